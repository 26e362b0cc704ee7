"""What an option takes from the registers: a legal basis that is in force, and a coalition for its channel."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from verband.language.errors import InputError
from verband.language.markings import Marking, highest
from verband.rooms.people.services import Reader
from verband.rooms.response.registers import reading
from verband.rooms.response.registers.kinds import BEGIN
from verband.rooms.response.registers.reading import EntryView

LEGAL, COALITIONS = "legal", "coalitions"
COALITION_CHANNEL = "coalition"
_IN_FORCE = "in_force"


@dataclass(frozen=True)
class Basis:
    """A law or rule of the register, and whether it is in force on the day that was asked for."""

    entry: EntryView
    in_force: bool


class NotInForceError(InputError):
    """A basis was chosen that is not in force; its message says the state that it is in, in the reader's language."""

    def __init__(self, view: EntryView) -> None:
        super().__init__("registers.not_in_force", field="basis", **_standing(view, "en"))
        self._view = view

    def message(self, language: str = "en") -> str:
        """The sentence with title, state and time."""
        return InputError(self.code, **_standing(self._view, language)).message(language)


def bases(who: Reader, day: date, *, instrument: str = "", known_on: int | None = None) -> tuple[Basis, ...]:
    """The laws of the register that the reader may see, those for the instrument and for every one."""
    found = reading.standing(LEGAL, who, known_on=known_on)
    wanted = [one for one in found if not one.ended and one.value("instrument") in ("", instrument)]
    return tuple(Basis(one, in_force(one, day)) for one in wanted)


def in_force(view: EntryView, day: date) -> bool:
    """Whether the newest step says in force, and its time has surely begun: of a month or year, when it is over."""
    if view.withdrawn or view.state != _IN_FORCE:
        return False
    return reading.as_date(reading.when(view.steps[-1].happened).end - 1) <= day


def demand_basis(key: str, who: Reader, day: date, *, instrument: str = "") -> Marking | None:
    """The marking of the chosen basis; None where none was chosen.

    Raises NotInForceError ("registers.not_in_force") with the state it is in, InputError("registers.no_basis") for one
    that is not in the register, not to be seen, ended, or meant for another instrument.
    """
    if not key:
        return None
    found = next((one for one in bases(who, day, instrument=instrument) if one.entry.key == key), None)
    if found is None:
        raise InputError("registers.no_basis", field="basis")
    if not found.in_force:
        raise NotInForceError(found.entry)
    return _highest(found.entry)


def coalitions(who: Reader, *, subject: str = "", known_on: int | None = None) -> tuple[EntryView, ...]:
    """The registered coalitions that have not ended, on that subject where one is given, the oldest first."""
    found = reading.standing(COALITIONS, who, known_on=known_on)
    live = (one for one in found if one.steps and not one.ended)
    return tuple(one for one in live if subject in ("", one.value("subject")))


def demand_coalition(key: str, channel: str, who: Reader) -> Marking | None:
    """The marking of the chosen coalition; None where none was chosen.

    Raises InputError("registers.no_coalition_channel") with another channel, ("registers.no_coalition") for one that is
    not in the register.
    """
    if not key:
        return None
    if channel != COALITION_CHANNEL:
        raise InputError("registers.no_coalition_channel", field="coalition")
    found = next((one for one in coalitions(who) if one.key == key), None)
    if found is None:
        raise InputError("registers.no_coalition", field="coalition")
    return _highest(found)


def named(register: str, key: str, who: Reader, *, known_on: int | None = None) -> EntryView | None:
    """The entry that an option names, withdrawn or not; None where it names none that the reader may see."""
    views = reading.entries(register, who, known_on=known_on) if key else ()
    return next((one for one in views if one.key == key), None)


def _standing(view: EntryView, language: str) -> dict[str, str]:
    return {
        "title": view.title(language),
        "state": view.of.state_words(view.state, language) if view.state != BEGIN else "-",
        "happened": view.steps[-1].happened if view.steps else "-",
    }


def _highest(view: EntryView) -> Marking:
    return highest(view.markings)
