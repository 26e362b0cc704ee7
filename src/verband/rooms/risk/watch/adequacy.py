"""The yearly check for each interest: are the parties equipped, and if not, who does what by when (R011)?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from verband.language.catalogues import catalogue
from verband.language.errors import InputError
from verband.language.markings import Marking
from verband.rooms.people.services import Reader
from verband.rooms.risk.models import AdequacyCheck, FollowUpDone
from verband.rooms.risk.watch import keeping

#: R011 says yearly.
CHECK_DAYS = 365


@dataclass(frozen=True)
class CheckView:
    """One check. `due_on` is the day by which the action that follows is due; `done` what came of it."""

    id: int
    interest: str
    verdict: str
    evidence: str
    follow_up: str
    downside: str
    existing: str
    function: str
    owner: str
    due_on: date | None
    done: str
    done_by: str
    by: str
    at: int
    marking: Marking

    @property
    def checked_on(self) -> date:
        """The day of the check."""
        return keeping.day_of(self.at)

    @property
    def again_on(self) -> date:
        """The day by which the interest is due for another check."""
        return self.checked_on + timedelta(days=CHECK_DAYS)

    def is_late(self, day: date) -> bool:
        """Whether an action follows that is past its day and not done."""
        return bool(self.due_on and not self.done and self.due_on < day)


@dataclass(frozen=True)
class Standing:
    """An interest on a day: its newest check, or none, and whether it is due."""

    interest: str
    newest: CheckView | None
    overdue: bool
    history: tuple[CheckView, ...]


def check(values: Mapping[str, str], *, who: Reader, now: datetime) -> AdequacyCheck:
    """Keep a check: `interest`, `verdict`, `evidence`, `marking`; with an action also `function`, `owner`, `due_on`,
    `downside` (what speaks against it) and `existing` (which measure that is there it uses, or why none does).

    Raises InputError("watch.no_follow_up") for "not equipped" without an action, and what `keeping` raises.
    """
    get = values.get
    interest = keeping.chosen("interest", get("interest", ""), "interests")
    verdict = keeping.chosen("verdict", get("verdict", ""), "adequacy")
    fields: dict[str, object] = {"interest": interest, "verdict": verdict}
    fields["evidence"] = keeping.filled("evidence", get("evidence", ""))
    follow_up = get("follow_up", "").strip()
    if not follow_up and catalogue("adequacy").get(verdict).fields.get("needs_action"):
        raise InputError("watch.no_follow_up", field="follow_up")
    if follow_up:
        fields["follow_up"] = follow_up
        fields["downside"] = keeping.filled("downside", get("downside", ""))
        fields["existing"] = keeping.filled("existing", get("existing", ""))
        fields["function"] = keeping.chosen("function", get("function", ""), "measure_functions")
        fields["owner"] = keeping.filled("owner", get("owner", ""))
        fields["due_on"] = keeping.day("due_on", get("due_on", ""))
    return keeping.keep(
        AdequacyCheck,
        act="adequacy checked",
        about=f"risk {interest}",
        fields=fields,
        marking=get("marking", ""),
        who=who,
        now=now,
    )


def done(number: str, *, result: str, who: Reader, now: datetime) -> FollowUpDone:
    """Note that the action after a check is done. Raises InputError("watch.followed_up")."""
    row = keeping.find(AdequacyCheck, number, who)
    if not row.follow_up or keeping.standing(FollowUpDone, who, check_of=row):
        raise InputError("watch.followed_up", field="result")
    fields = {"check_of": row, "result": keeping.filled("result", result)}
    return keeping.keep(
        FollowUpDone,
        act="follow-up done",
        about=f"risk {row.interest}",
        fields=fields,
        rests_on=(row.marking.value(),),
        who=who,
        now=now,
    )


def standings(who: Reader, *, now: datetime, known_on: int | None = None) -> tuple[Standing, ...]:
    """Every interest in its order with its newest check; overdue a year after it, or where there is none."""
    today = keeping.today(now, known_on)
    results = {row.check_of_id: row for row in keeping.standing(FollowUpDone, who, known_on=known_on)}
    every = [_view(row, results.get(row.pk)) for row in keeping.standing(AdequacyCheck, who, known_on=known_on)]
    found = []
    for interest in keeping.keys("interests"):
        mine = tuple(view for view in every if view.interest == interest)
        newest = mine[0] if mine else None
        found.append(Standing(interest, newest, newest is None or newest.again_on < today, mine))
    return tuple(found)


def overdue(who: Reader, *, now: datetime, known_on: int | None = None) -> tuple[Standing, ...]:
    """The interests that nobody checked within a year, or ever."""
    return tuple(one for one in standings(who, now=now, known_on=known_on) if one.overdue)


def balance(found: tuple[Standing, ...]) -> dict[str, int]:
    """How many actions of the newest checks prevent, mitigate and respond (P16)."""
    functions = [one.newest.function for one in found if one.newest and one.newest.function]
    return {key: functions.count(key) for key in keeping.keys("measure_functions")}


def _view(row: AdequacyCheck, result: FollowUpDone | None) -> CheckView:
    return CheckView(
        id=row.pk,
        interest=row.interest,
        verdict=row.verdict,
        evidence=row.evidence,
        follow_up=row.follow_up,
        downside=row.downside,
        existing=row.existing,
        function=row.function,
        owner=row.owner,
        due_on=row.due_on,
        done=result.result if result else "",
        done_by=result.kept_by if result else "",
        by=row.kept_by,
        at=row.kept_at,
        marking=row.marking.value(),
    )
