"""The figures and settings of a run in the words of the page's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from verband.language.catalogues import catalogue
from verband.language.decimals import marked
from verband.rooms.asking import page_language
from verband.rooms.campaigns import lengths
from verband.rooms.campaigns.models import Run


def method_rows(stated: Iterable[Mapping[str, str]]) -> list[dict[str, str]]:
    """The figures behind a campaign: settings by a name, spans of days as lengths, the method by its word."""
    return [_row(str(item["name"]), str(item["value"])) for item in stated]


def setting_row(key: str, value: str) -> dict[str, str]:
    """One setting of a run: its name in words, and its value."""
    return {"name": _settings().get(key, key.replace("_", " ")), "value": _setting(key, value)}


def too_little(run: Run) -> list[str]:
    """Why a run of these incidents could not propose anything, each with the way out; empty where that is not so."""
    if not run.incidents:
        return [
            _(
                "There was no incident to read: bring files in first (verband ingest, or “Upload a file”). "
                "Opinion, protest, responses and context are shown and never linked."
            )
        ]
    if run.incidents == 1:
        return [_("There was one incident to read, and one alone belongs with nothing: bring in more beside it.")]
    said = []
    if run.different == 1:
        said.append(
            _(
                "All %(number)s incidents say exactly the same, dates included, so that nothing sets any of them "
                "apart: look whether one row came in many times, or bring in incidents that tell of something else."
            )
            % {"number": run.incidents}
        )
    if run.dated == 0:
        said.append(
            _(
                "None of the %(number)s incidents has a date, and closeness in time is what is tested: fill in the "
                "dates in the file, or name their column in the mapping, and bring it in again."
            )
            % {"number": run.incidents}
        )
    return said


def _row(name: str, value: str) -> dict[str, str]:
    first, _space, key = name.partition(" ")
    if first in ("setting", "instelling"):
        return setting_row(key, value)
    method, _space, version = value.partition(" ")
    if version and (entry := catalogue("methods").find(method)):
        known = entry.label(page_language())
        return {"name": name, "value": _("%(method)s, version %(version)s") % {"method": known, "version": version}}
    return {"name": name, "value": value}


def _setting(key: str, value: str) -> str:
    if value == "-":
        return _("all") if key == "features" else _("none")
    if key == "spans_days":
        return _spans(value)
    try:
        number = f"{float(value):g}"
    except ValueError:
        return value
    return marked(number, page_language())


def _spans(value: str) -> str:
    parts = [part.strip() for part in value.split(",")]
    try:
        return ", ".join(lengths.duration(float(part)) for part in parts)
    except ValueError:
        return value


def _settings() -> dict[str, str]:
    return {
        "seed": _("seed"),
        "fdr": _("highest share of chance among what is proposed"),
        "replicates": _("most shuffled worlds of a search"),
        "replicates_least": _("fewest shuffled worlds"),
        "features": _("only these features"),
        "smallest": _("smallest group"),
        "largest": _("largest group"),
        "spans_days": _("spans of time tried"),
        "seeds_per_hundred": _("starting pairs for each hundred incidents"),
        "exclude_sources": _("sources left out"),
        "exclude_features": _("features left out"),
    }
