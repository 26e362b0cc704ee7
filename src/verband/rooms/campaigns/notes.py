"""Why figures of one campaign that belong together are not the same number: a sentence for each, or none."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verband.language.decimals import decimal
from verband.rooms.campaigns import wording
from verband.rooms.campaigns.services import CampaignView

#: A difference below this, in bans, is rounding.
_ROUNDING = 0.005


def repeats(view: CampaignView, language: str) -> str:
    """How many of the incidents were read as one report with another; empty where none was."""
    reports = view.why.get(language, {}).get("reports", view.row.n)
    merged = view.row.n - reports
    if merged < 1:
        return ""
    text = ngettext(
        "%(merged)s of these %(n)s incidents was read as a repeat of another and is counted with it: %(n)s incidents "
        "are %(reports)s reports.",
        "%(merged)s of these %(n)s incidents were read as repeats of others and are counted with them: %(n)s incidents "
        "are %(reports)s reports.",
        merged,
    )
    return text % {"merged": merged, "n": view.row.n, "reports": reports}


def share(view: CampaignView, language: str) -> str:
    """How the share comes from the number of shuffled versions; empty where the run kept none."""
    worlds = len(view.run.null_best)
    if not worlds:
        return ""
    times = round(view.row.p * (worlds + 1)) - 1
    return _(
        "The collection itself counts as one more version: %(times)s of %(worlds)s becomes "
        "(%(times)s + 1) / (%(worlds)s + 1) = %(share)s."
    ) % {"times": times, "worlds": worlds, "share": wording.percent(view.row.p, language)}


def allowance(view: CampaignView, language: str) -> str:
    """What is taken off the strength before it is compared; empty where nothing is, and in a thin collection."""
    taken = view.row.bans - view.row.strength
    if view.run.thin or taken < _ROUNDING:
        return ""
    return _(
        "Before the comparison %(taken)s bans are taken off (%(bans)s becomes %(strength)s): shuffled versions keep "
        "less of what copied reports and news do than the collection itself."
    ) % {
        "taken": decimal(taken, 1, language),
        "bans": decimal(view.row.bans, 1, language),
        "strength": decimal(view.row.strength, 1, language),
    }
