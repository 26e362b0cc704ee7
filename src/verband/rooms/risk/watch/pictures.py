"""The shared picture of a theme: statements that parties endorse or dissent from, until its last day (R018)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from verband.language.errors import InputError
from verband.language.markings import Marking
from verband.rooms.people.services import Reader
from verband.rooms.risk.models import PictureLine, PictureProposal, SituationPicture, Voice
from verband.rooms.risk.watch import keeping, persons

VERDICTS = ("endorse", "dissent")


@dataclass(frozen=True)
class LineView:
    """A statement with what each party says of it now (newest first), and what they said before."""

    row: PictureLine
    voices: tuple[Voice, ...]
    earlier: tuple[Voice, ...]

    def of(self, verdict: str) -> tuple[Voice, ...]:
        """The voices that say so."""
        return tuple(voice for voice in self.voices if voice.verdict == verdict)

    @property
    def endorsed(self) -> tuple[Voice, ...]:
        """Who stands behind it."""
        return self.of("endorse")

    @property
    def dissent(self) -> tuple[Voice, ...]:
        """Who does not."""
        return self.of("dissent")


@dataclass(frozen=True)
class PictureView:
    """A picture on a day.

    `state`: `draft`, `proposed`, `endorsed` once every statement has a party behind it, `outdated` after its last day.
    """

    row: SituationPicture
    day: date
    proposed: PictureProposal | None
    lines: tuple[LineView, ...]

    @property
    def outdated(self) -> bool:
        """Whether its last day has passed."""
        return self.day > self.row.valid_until

    @property
    def state(self) -> str:
        """How it stands; an outdated picture keeps its voices."""
        if self.outdated:
            return "outdated"
        if self.proposed is None:
            return "draft"
        return "endorsed" if self.lines and all(line.endorsed for line in self.lines) else "proposed"

    @property
    def parties(self) -> tuple[str, ...]:
        """The parties that spoke, each once, in the order of its statements."""
        return tuple(dict.fromkeys(voice.party for line in self.lines for voice in line.voices))

    @property
    def dissents(self) -> int:
        """How many voices dissent."""
        return sum(len(line.dissent) for line in self.lines)

    @property
    def marking(self) -> Marking:
        """Its marking."""
        marking: Marking = self.row.marking.value()
        return marking


def draw_up(values: Mapping[str, str], *, who: Reader, now: datetime) -> SituationPicture:
    """Begin a picture: `theme`, `title`, `valid_until`, `marking`. Raises InputError("watch.order") for a past day."""
    title = keeping.filled("title", values.get("title", ""))
    persons.refuse_persons(who, title=title)
    theme = keeping.chosen("theme", values.get("theme", ""), "themes")
    valid_until = keeping.day("valid_until", values.get("valid_until", ""))
    if valid_until < keeping.today(now):
        raise InputError("watch.order", field="valid_until", first=keeping.today(now))
    return keeping.keep(
        SituationPicture,
        act="situation picture begun",
        about=f"risk {theme}",
        fields={"theme": theme, "title": title, "valid_until": valid_until},
        marking=values.get("marking", ""),
        who=who,
        now=now,
    )


def add_line(number: str, values: Mapping[str, str], *, who: Reader, now: datetime) -> PictureLine:
    """Add a statement with its source to a draft: `text`, `source`. Raises InputError("watch.proposed")."""
    view = picture(number, who, now=now)
    _demand_valid(view, "text")
    if view.proposed:
        raise InputError("watch.proposed", field="text")
    text, source = (keeping.filled(name, values.get(name, "")) for name in ("text", "source"))
    persons.refuse_persons(who, text=text)
    fields = {"picture": view.row, "text": text, "source": source}
    return _keep(PictureLine, "statement added to a picture", view, fields, who, now)


def propose(number: str, *, who: Reader, now: datetime) -> PictureProposal:
    """Lay a draft before the parties. Raises InputError("watch.proposed"), ("watch.no_lines"), ("watch.outdated")."""
    view = picture(number, who, now=now)
    _demand_valid(view, "text")
    if view.proposed:
        raise InputError("watch.proposed", field="text")
    if not view.lines:
        raise InputError("watch.no_lines", field="text")
    return _keep(PictureProposal, "situation picture proposed", view, {"picture": view.row}, who, now)


def speak(line: str, *, verdict: str, reason: str, who: Reader, now: datetime) -> Voice:
    """Endorse a statement or dissent from it for one's own organisation, with a reason.

    A newer voice of the party stands in front of its older one, which stays readable. An analyst or a decision maker
    speaks. Raises InputError("watch.not_proposed_yet"), ("watch.outdated"), ("watch.no_party"), ("watch.word").
    """
    row = keeping.find(PictureLine, line, who)
    view = picture(str(row.picture_id), who, now=now)
    if view.proposed is None:
        raise InputError("watch.not_proposed_yet", field="reason")
    _demand_valid(view, "reason")
    if not who.organisation:
        raise InputError("watch.no_party", field="reason")
    text = keeping.filled("reason", reason)
    persons.refuse_persons(who, reason=text)
    fields = {
        "line": row,
        "party": who.organisation,
        "verdict": keeping.among("verdict", verdict, VERDICTS),
        "reason": text,
    }
    power = "decide" if who.may("decide") else keeping.POWER
    act = {"endorse": "statement endorsed", "dissent": "statement dissented"}[verdict]
    return _keep(Voice, act, view, fields, who, now, power=power)


def pictures(who: Reader, *, now: datetime, known_on: int | None = None) -> list[PictureView]:
    """The pictures that the reader may see, newest first."""
    day = keeping.today(now, known_on)
    proposals = {row.picture_id: row for row in keeping.standing(PictureProposal, who, known_on=known_on)}
    voices = keeping.standing(Voice, who, known_on=known_on)
    lines: dict[int, list[LineView]] = {}
    for row in reversed(keeping.standing(PictureLine, who, known_on=known_on)):
        newest: dict[str, Voice] = {}
        mine = [voice for voice in voices if voice.line_id == row.pk]
        for voice in mine:
            newest.setdefault(voice.party, voice)
        earlier = tuple(voice for voice in mine if newest[voice.party] is not voice)
        lines.setdefault(row.picture_id, []).append(LineView(row, tuple(newest.values()), earlier))
    return [
        PictureView(row, day, proposals.get(row.pk), tuple(lines.get(row.pk, ())))
        for row in keeping.standing(SituationPicture, who, known_on=known_on)
    ]


def picture(number: str, who: Reader, *, now: datetime, known_on: int | None = None) -> PictureView:
    """One of them. Raises NotFoundError("watch.none") and InputError("watch.withdrawn")."""
    row = keeping.find(SituationPicture, number, who, known_on=known_on)
    return next(view for view in pictures(who, now=now, known_on=known_on) if view.row.pk == row.pk)


def _demand_valid(view: PictureView, field: str) -> None:
    if view.outdated:
        raise InputError("watch.outdated", field=field, day=view.row.valid_until)


def _keep(
    kind: type[keeping.K],
    act: str,
    view: PictureView,
    fields: dict[str, object],
    who: Reader,
    now: datetime,
    *,
    power: str = keeping.POWER,
) -> keeping.K:
    return keeping.keep(
        kind,
        act=act,
        about=f"risk {view.row.theme}",
        fields=fields,
        rests_on=(view.marking,),
        who=who,
        now=now,
        power=power,
    )
