"""What is lost where one source of a product or a material stops, by its share and by what could take its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from verband.language.errors import InputError
from verband.language.rounded import Rounded


@dataclass(frozen=True)
class Loss:
    """The part (0-1) of supply that falls away when a source stops.

    `lost`: where nothing takes its place. `left`: what is still missing where the assumed part of it is replaced.
    `listed`: False where the source is not among the shares, so that `lost` runs from 0 to the largest share that one
    outside the list can have.
    """

    source: str
    lost: Rounded
    left: Rounded
    listed: bool


def source_stops(
    shares: Sequence[tuple[str, Rounded]], source: str, *, substitutable: float = 0.0, unlisted: float = 0.0
) -> Loss:
    """The loss when `source` stops: its share, and that times (1 - substitutable).

    `substitutable` (0-1) is an assumption: the part of the loss that others or other products replace; it says nothing
    about how soon. `unlisted` (0-1): the largest share that a source which is not listed can have. A source that is
    listed more than once counts with the sum. Raises InputError("supply.share") for an assumption or share outside 0-1.
    """
    for value in (substitutable, unlisted, *(part for _, share in shares for part in (share.low, share.high))):
        if not 0 <= value <= 1:
            raise InputError("supply.share", value=value)
    mine = [share for name, share in shares if name == source]
    if mine:
        lost = Rounded(
            min(1.0, sum(share.value for share in mine)),
            min(1.0, sum(share.low for share in mine)),
            min(1.0, sum(share.high for share in mine)),
        )
    else:
        lost = Rounded(0.0, 0.0, unlisted)
    left = Rounded(*(part * (1.0 - substitutable) for part in (lost.value, lost.low, lost.high)))
    return Loss(source, lost, left, bool(mine))
