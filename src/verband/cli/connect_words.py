"""What `verband connect` prints for people, in the language that is active."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verband.language.decimals import figure
from verband.methods.connecting import Result, explain
from verband.rooms.campaigns import run_words, wording
from verband.rooms.campaigns.services import CampaignRow, Outcome

__all__ = ["lines", "twice"]


def lines(outcome: Outcome, rows: Sequence[CampaignRow], language: str) -> Iterator[str]:
    """What was read, what is proposed, the campaigns with how often each arises by chance, and what limits the run.

    `rows`: the list of campaigns after the run.
    """
    result = outcome.result
    yield _read(result, language)
    if "night" in result.notes:
        yield _night(result, language)
    yield from _proposed(rows)
    yield from run_words.too_little(outcome.run)
    for row in rows:
        yield _campaign(row, language)
    yield from _alike(outcome, rows, language)
    if result.campaigns:
        yield _("Of the proposals together: %(said)s") % {"said": explain.how_many(result.campaigns[-1], language)}
    if result.repeats:
        yield explain.repeated(result, language)
    yield f"{outcome.run.limits(language)} {explain.why_coincidence(language)[0]}"


def twice(result: Result) -> str:
    """How many pairs wait for a person as one event told twice."""
    number = len(result.same_event)
    return ngettext(
        "%(number)s pair of incidents may be one event told twice; it waits for a person.",
        "%(number)s pairs of incidents may be one event told twice; they wait for a person.",
        number,
    ) % {"number": number}


def _read(result: Result, language: str) -> str:
    incidents = ngettext("%(number)s incident read", "%(number)s incidents read", result.incidents)
    groups = ngettext("%(number)s group compared", "%(number)s groups compared", result.comparisons)
    rate = _("false discovery held at %(rate)s") % {"rate": figure(result.parameters.fdr, language)}
    return f"{incidents % {'number': result.incidents}}, {groups % {'number': result.comparisons}}; {rate}."


def _night(result: Result, language: str) -> str:
    new, rate = int(result.notes["night_new"]), figure(result.parameters.fdr, language)
    came = ngettext("%(number)s incident is new", "%(number)s incidents are new", new) % {"number": new}
    tested = _("nothing was tested, and what was proposed stays")
    if new:
        tested = _(
            "only groups with one of them were tested; a first proposal could spend %(level)s of the rate %(rate)s"
        ) % {"level": figure(result.notes["night_level"], language, digits=2), "rate": rate}
    night = _("Night %(night)s") % {"night": f"{result.notes['night']:g}"}
    return f"{night}: {came}, {tested}."


def _proposed(rows: Sequence[CampaignRow]) -> Iterator[str]:
    """What waits for a decision, of this run and of earlier ones, and apart from these what people decided before."""
    waiting = [row for row in rows if row.state == "proposed"]
    number, earlier = sum(row.earlier is None for row in waiting), sum(row.earlier is not None for row in waiting)
    yield ngettext(
        "%(number)s campaign proposed; a person decides (verband serve).",
        "%(number)s campaigns proposed; a person decides (verband serve).",
        number,
    ) % {"number": number}
    if earlier:
        yield ngettext(
            "%(number)s more was proposed by an earlier run and waits too.",
            "%(number)s more were proposed by earlier runs and wait too.",
            earlier,
        ) % {"number": earlier}
    accepted, rejected = (sum(row.state == state for row in rows) for state in ("accepted", "rejected"))
    if accepted or rejected:
        yield ngettext(
            "%(number)s campaign is not counted, as people decided about it: %(accepted)s accepted, "
            "%(rejected)s rejected.",
            "%(number)s campaigns are not counted, as people decided about them: %(accepted)s accepted, "
            "%(rejected)s rejected.",
            accepted + rejected,
        ) % {"number": accepted + rejected, "accepted": accepted, "rejected": rejected}


def _campaign(row: CampaignRow, language: str) -> str:
    states = {
        "proposed": _("proposed"),
        "accepted": _("accepted"),
        "rejected": _("rejected"),
        "coincidence": _("held for coincidence"),
    }
    title = _title(row, language)
    often = ngettext(
        "in %(times)s of %(worlds)s shuffled version", "in %(times)s of %(worlds)s shuffled versions", row.worlds
    ) % {"times": explain.beaten(row.p, row.worlds), "worlds": row.worlds}
    return f"  {title}: {wording.bans(row.bans, language)}, {often} - {states[row.state]}"


def _alike(outcome: Outcome, rows: Sequence[CampaignRow], language: str) -> Iterator[str]:
    """Proposals that may be waves of one."""
    titles = {row.uuid: _title(row, language) for row in rows}
    for one in outcome.run.kin:
        if one["a"] in titles and one["b"] in titles:
            yield _("Alike, perhaps waves of one campaign: %(first)s; and %(second)s.") % {
                "first": titles[one["a"]],
                "second": titles[one["b"]],
            }


def _title(row: CampaignRow, language: str) -> str:
    return row.title_nl if language == "nl" else row.title_en
