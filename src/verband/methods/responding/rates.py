"""Rates of responses in cells, thin ones not shown and not to be worked out from the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from verband.language.errors import InputError

from .intervals import interval
from .model import GROUPINGS, LEVEL, SMALLEST, UNNAMED, Case, Cell, Group, RateTable


def rates(
    cases: Sequence[Case], *, instruments: Sequence[str], smallest: int = SMALLEST, level: float = LEVEL
) -> RateTable:
    """For each instrument how many cases name it: of all cases, and of each group that a case is in.

     Only cases with a stated response are counted in a cell. A cell is shown from `smallest` cases in its group and
     `smallest` cases among them that name the instrument. Where a cell that is not shown would still follow, to one
     number, from the figure for all cases and the cells beside it, the figure for all cases is not shown either
     (complementary suppression). A case that a grouping says nothing of is in the group `none`; one that is in several
     groups counts in each. Names and order of cases change no figure.

     Raises InputError("responding.grouping") for another grouping than `GROUPINGS`, ("responding.instrument") for an
     instrument that is not listed, ("responding.twice"), ("responding.unstated") for a case with an instrument and no
     stated response, ("responding.smallest") for a smallest cell under 2.
    X
    """
    _check(cases, instruments, smallest)
    used_groupings = [name for name in GROUPINGS if any(name in case.groups for case in cases)]
    stated = [case for case in cases if case.stated]
    groups = tuple(group for name in used_groupings for group in _groups(cases, name))
    once = {name: all(len(_in(case, name)) == 1 for case in stated) for name in used_groupings}
    cells: list[Cell] = []
    for instrument in instruments:
        named = [case for case in stated if instrument in case.instruments]
        rows = {name: _row(named, instrument, groups, name) for name in used_groupings}
        gives_away = any(
            _follows(row, total=len(named), smallest=smallest, partition=once[name]) for name, row in rows.items()
        )
        whole = _counted("", "", instrument, len(named), len(stated))
        cells.append(_finished(whole, smallest, level, withheld=gives_away))
        cells += [_finished(cell, smallest, level, withheld=False) for row in rows.values() for cell in row]
    return RateTable(tuple(cells), groups, len(stated), len(cases) - len(stated), smallest, level)


def _groups(cases: Iterable[Case], name: str) -> list[Group]:
    stated: Counter[str] = Counter()
    unstated: Counter[str] = Counter()
    order: dict[str, None] = {}
    for case in cases:
        for key in _in(case, name):
            order.setdefault(key)
            (stated if case.stated else unstated)[key] += 1
    return [Group(name, key, stated[key], unstated[key]) for key in order]


def _in(case: Case, name: str) -> tuple[str, ...]:
    """The groups of a case, each once; `none` where the grouping says nothing."""
    return tuple(dict.fromkeys(case.groups.get(name, ()))) or (UNNAMED,)


def _row(named: Sequence[Case], instrument: str, groups: Iterable[Group], name: str) -> list[Cell]:
    counted = Counter(key for case in named for key in _in(case, name))
    return [
        _counted(name, group.key, instrument, counted[group.key], group.stated)
        for group in groups
        if group.grouping == name and group.stated
    ]


def _counted(grouping: str, group: str, instrument: str, used: int, cases: int) -> Cell:
    return Cell(grouping, group, instrument, True, cases, used)


def _follows(row: Sequence[Cell], *, total: int, smallest: int, partition: bool) -> bool:
    """Whether a reader who sees `total` and the shown cells can work out the count of one that is not shown.

    Such a count is 0 to `smallest` - 1 and at most the size of its group. In a partition the hidden counts add up to
    what is left of the total; where cases may be in several groups they add up to at least that.
    """
    if total < smallest:
        return False
    hidden = [cell for cell in row if (cell.used or 0) < smallest]
    left = total - sum(cell.used or 0 for cell in row if cell not in hidden)
    tops = [min(cell.cases, smallest - 1) for cell in hidden]
    for top in tops:
        low = max(0, left - (sum(tops) - top))
        high = min(top, max(left, 0)) if partition else min(top, total)
        if top and low >= high:
            return True
    return False


def _finished(cell: Cell, smallest: int, level: float, *, withheld: bool) -> Cell:
    used = cell.used or 0
    if withheld or used < smallest or cell.cases < smallest:
        return Cell(cell.grouping, cell.group, cell.instrument, False, cell.cases)
    low, high = interval(used, cell.cases, level=level)
    return Cell(cell.grouping, cell.group, cell.instrument, True, cell.cases, used, used / cell.cases, low, high)


def _check(cases: Sequence[Case], instruments: Sequence[str], smallest: int) -> None:
    if smallest < 2:
        raise InputError("responding.smallest", smallest=smallest)
    seen: set[str] = set()
    for case in cases:
        if case.key in seen:
            raise InputError("responding.twice", case=case.key)
        seen.add(case.key)
        for name in case.groups:
            if name not in GROUPINGS:
                raise InputError("responding.grouping", case=case.key, grouping=name, known=", ".join(GROUPINGS))
        for word in sorted(case.instruments - set(instruments)):
            raise InputError("responding.instrument", case=case.key, instrument=word)
        if case.instruments and not case.stated:
            raise InputError("responding.unstated", case=case.key)
