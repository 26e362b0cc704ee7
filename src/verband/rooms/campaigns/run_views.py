"""Pages of runs: the list, and two of them beside each other."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from verband.language.catalogues import catalogue
from verband.language.markings import Ceiling, Marking
from verband.rooms.asking import known_on_of, page_language, reader_of
from verband.rooms.campaigns import comparing, run_words, wording
from verband.rooms.campaigns.models import Campaign, Run
from verband.rooms.people.services import Reader
from verband.rooms.picture import exports as tables
from verband.rooms.picture import services as picture


@require_GET
def runs(request: HttpRequest) -> HttpResponse:
    """Which runs were made, by whom and with what, and how do two of them differ?"""
    who, language = reader_of(request), page_language()
    known_on = known_on_of(request)
    rows = [row for row in comparing.runs(who) if known_on is None or row.run.run_at <= known_on]
    if form := tables.wanted(request):
        return tables.response(who, name="runs", form=form, rows=[_run_values(row) for row in rows])
    _note(who, "runs", [row.run for row in rows])
    lines = [{"row": row, "run": row.run, "words": parameter_words(row.run, language)} for row in rows]
    chosen = dict(zip(("a", "b"), _asked(request, rows), strict=True))
    context = {"lines": lines, "chosen": chosen, "may_export": who.may("export")}
    return render(request, "campaigns/runs.html", context)


@require_GET
def compare(request: HttpRequest) -> HttpResponse:
    """What changed between two runs, in what they read and in what they propose? Without a choice: the newest two."""
    who, language = reader_of(request), page_language()
    asked = _asked(request, comparing.runs(who))
    if not any(asked):
        return redirect("campaigns:runs")
    first, second = (comparing.run(key, who) for key in asked)
    found = comparing.compare(first, second, who=who)
    if form := tables.wanted(request):
        name = f"runs-{first.key}-{second.key}"
        return tables.response(who, name=name, form=form, rows=[_pair_values(pair, language) for pair in found.pairs])
    _note(who, f"runs {first.key} {second.key}", [first, second])
    pairs: list[dict[str, Any]] = [
        {
            "pair": pair,
            "uuid": _page_of(pair),
            "title": _title(pair.second or pair.first, language),
            "n": [item.members.count() if item else None for item in (pair.first, pair.second)],
        }
        for pair in found.pairs
    ]
    states = [
        (state, [entry for entry in pairs if entry["pair"].state == state])
        for state in (comparing.CHANGED, comparing.NEW, comparing.GONE, comparing.SAME)
    ]
    context = {
        "found": found,
        "first": first,
        "second": second,
        "first_words": parameter_words(first, language),
        "second_words": parameter_words(second, language),
        "states": [(state, entries) for state, entries in states if entries],
        "counts": {state: len(entries) for state, entries in states},
        "settings": [_setting(row, language) for row in found.settings if row.key != "ceiling"],
        "read": [
            (_("incidents that came in"), found.added),
            (_("incidents no longer read"), found.withdrawn),
            (_("incidents with other evidence"), found.altered),
        ],
        "may_export": who.may("export"),
    }
    return render(request, "campaigns/compare.html", context)


def parameter_words(run: Run, language: str) -> str:
    """The settings of a run in one line: what is left out, the share of chance, the seed, what is not the default."""
    left = [wording.feature_word(name, language) for name in run.left_out.get("features", [])]
    left += [*run.left_out.get("publishers", []), *run.left_out.get("sources", [])]
    words = [_("without %(names)s") % {"names": wording.listed(left, language)}] if left else []
    words.append(_("at most %(share)s chance") % {"share": wording.percent(run.fdr, language)})
    words.append(_("seed %(seed)s") % {"seed": run.parameters.get("seed", 0)})
    features = run.parameters.get("features")
    if features:
        names = [wording.feature_word(name, language) for name in features]
        words.append(_("only %(names)s") % {"names": wording.listed(names, language)})
    return "; ".join(words)


def _asked(request: HttpRequest, rows: list[comparing.RunRow]) -> tuple[str, str]:
    """The keys of the runs that the address asks for, else of the newest two that are no what-if, the older first."""
    newest = [row.run.key for row in rows if row.run.what_if_of_id is None][:2]
    first, second = (newest[1], newest[0]) if len(newest) > 1 else ("", "")
    return request.GET.get("a") or first, request.GET.get("b") or second


def _page_of(pair: comparing.Pair) -> str:
    """The id of the campaign's page; empty for a group that only what-if runs found, which has none."""
    found = [str(item.uuid) for item in (pair.second, pair.first) if item is not None]
    known = Campaign.objects.filter(uuid__in=found, run__what_if_of=None).values_list("uuid", flat=True)
    return next((uuid for uuid in found if uuid in {str(one) for one in known}), "")


def _title(item: Campaign | None, language: str) -> str:
    if item is None:
        return ""
    return item.title_nl if language == "nl" else item.title_en


def _setting(row: comparing.Setting, language: str) -> dict[str, Any]:
    names = {
        "method": _("method"),
        "ceiling": _("ceiling"),
        "left_out_features": _("features left out"),
        "left_out_publishers": _("publishers left out"),
        "left_out_sources": _("sources left out"),
    }
    name = names.get(row.key) or run_words.setting_row(row.key, "")["name"]
    return {
        "name": name,
        "first": _value(row.key, row.first, language),
        "second": _value(row.key, row.second, language),
    }


def _value(key: str, value: Any, language: str) -> str:
    if isinstance(value, Ceiling):
        return Marking(value.tlp, value.classification).words()
    if key == "method":
        name, _space, version = str(value).partition(" ")
        entry = catalogue("methods").find(name)
        word = entry.label(language) if entry else name
        return _("%(method)s, version %(version)s") % {"method": word, "version": version}
    if key.startswith("left_out_") or key == "features":
        words = [wording.feature_word(name, language) if "features" in key else name for name in value or []]
        return ", ".join(words) or (_("all") if key == "features" else _("nothing"))
    text = ", ".join(map(str, value)) if isinstance(value, list) else ("-" if value is None else str(value))
    return run_words.setting_row(key, text)["value"]


def _note(who: Reader, name: str, found: list[Run]) -> None:
    picture.note_reading(who, name, [Marking(run.ceiling_tlp, run.ceiling_classification) for run in found])


def _run_values(row: comparing.RunRow) -> dict[str, Any]:
    run = row.run
    return {
        "run": run.key,
        "at": run.run_at,
        "by": run.run_by,
        "what_if_of": run.what_if_of.key if run.what_if_of else "",
        "ceiling": Marking(run.ceiling_tlp, run.ceiling_classification).words(),
        "method": run.method,
        "version": run.method_version,
        "parameters": {key: value for key, value in run.parameters.items() if key != "exclude_sources"},
        "left_out": run.left_out,
        "input": run.input_digest,
        "incidents": run.incidents,
        "proposed": row.proposed,
    }


def _pair_values(pair: comparing.Pair, language: str) -> dict[str, Any]:
    first, second = pair.first, pair.second
    return {
        "state": pair.state,
        "first": str(first.uuid) if first else "",
        "second": str(second.uuid) if second else "",
        "title": _title(second or first, language),
        "came": [view.stix_id for view in pair.came],
        "went": [view.stix_id for view in pair.went],
        "bans_first": round(first.bans, 3) if first else None,
        "bans_second": round(second.bans, 3) if second else None,
        "p_first": first.p if first else None,
        "p_second": second.p if second else None,
        "proposed_first": bool(first and first.proposed),
        "proposed_second": bool(second and second.proposed),
    }
