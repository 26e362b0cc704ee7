"""What a package lacks, read from the options of its case and from who was asked."""

from __future__ import annotations

from collections.abc import Sequence

from verband.language.catalogues import catalogue
from verband.rooms.people.services import Reader
from verband.rooms.response import lacking, options, toolboxes
from verband.rooms.response.cases import ANSWERED, NOT_ASKED, CaseView, case
from verband.rooms.response.lacking import Advice, Lack
from verband.rooms.response.models import Package
from verband.rooms.response.options import OptionView


def lacks_of(
    chosen: Sequence[OptionView],
    offered: Sequence[OptionView],
    advice: Advice,
    of: CaseView,
    language: str,
    *,
    open_pillars: Sequence[str] = (),
) -> tuple[Lack, ...]:
    """What a package of the options `chosen` lacks with that advice, beside all options of the case.

    `open_pillars` are keys of FIMI pillars without measure or reason.
    """
    return lacking.lacks(
        [one.offered(language) for one in chosen],
        [one.offered(language) for one in offered],
        advice,
        answered=len(of.areas_in(ANSWERED)),
        not_asked=len(of.areas_in(NOT_ASKED)),
        open_pillars=[catalogue("fimi_pillars").get(key).label(language) for key in open_pillars],
    )


def demand_complete(row: Package, advice: Advice, who: Reader) -> bool:
    """Whether the package is national only; raises `LacksError` with every lack at once."""
    of = case(row.case.key, who)
    included = row.inclusions.filter(withdrawn_at=None, option__withdrawn_at=None).select_related("option")
    chosen = [options.view(one.option, who) for one in included]
    offered = options.options(of.row, who)
    pillars = toolboxes.mapped(of, offered, who).open_pillars
    found = {
        language: lacks_of(chosen, offered, advice, of, language, open_pillars=pillars) for language in ("nl", "en")
    }
    if found["en"]:
        raise lacking.LacksError(found)
    return lacking.national_only([one.offered("en") for one in chosen])
