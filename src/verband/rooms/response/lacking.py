"""What a package lacks before it may be submitted to a decision maker, all at once. Pure.

A lack refuses; a caution is shown and stays the reader's to weigh. Both are keys, worded where they are shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from verband.language.errors import InputError
from verband.language.instruments import DIALOGUE

ALLIED = ("eu", "nato")
NATIONAL = "national"
#: The two goals of the framework (R029).
FIRST_GOAL, SECOND_GOAL = frozenset({"deter", "stop"}), frozenset({"mitigate", "deny"})
#: Every lack with its words; `{option}` is the option that it is about.
LACKS = {
    "options": ("een optie in het pakket", "an option in the package"),
    "dialogue": ("gesprek en dialoog als optie in deze zaak", "talks and dialogue as an option of this case"),
    "milder": (
        "een mildere optie in deze zaak naast '{option}'",
        "a milder option of this case beside '{option}'",
    ),
    "proportionality": ("de afweging van evenredigheid bij '{option}'", "the proportionality note of '{option}'"),
    "alternative": (
        "het minder ingrijpende alternatief bij '{option}'",
        "the less intrusive alternative of '{option}'",
    ),
    "option_chances": ("de kansen van '{option}'", "the chances of '{option}'"),
    "option_risks": ("de risico's van '{option}'", "the risks of '{option}'"),
    "legal_basis": (
        "een rechtsgrond en eigenaar bij het instrument van '{option}'",
        "a legal basis and an owner of the instrument of '{option}'",
    ),
    "pillar": (
        "een overwogen maatregel of een reden bij de FIMI-pijler '{option}'",
        "a considered measure or a reason for the FIMI pillar '{option}'",
    ),
    "indicators": ("een indicator met een dag om te kijken", "an indicator with a day to look"),
    "allied": ("hoe EU en NAVO zijn overwogen", "how EU and NATO were considered"),
    "national_reasons": (
        "de reden waarom het alleen nationaal gebeurt",
        "the reason why it is done nationally only",
    ),
    "chances": ("de kansen in het advies", "the chances in the advice"),
    "risks": ("de risico's in het advies", "the risks in the advice"),
    "single_area": (
        "waarom maar één beleidsterrein antwoordde, of een vraag aan de andere",
        "why only one policy area answered, or a question to the others",
    ),
}
#: The lacks that the advice itself makes good; the others are made good in the case or the option.
OF_ADVICE = ("allied", "national_reasons", "chances", "risks", "single_area")


@dataclass(frozen=True)
class Offered:
    """An option as far as completeness goes. `steps` is how intrusive its instrument is (0 = the mildest)."""

    key: str
    name: str
    instrument: str
    steps: int
    channel: str
    goals: tuple[str, ...]
    proportionality: str
    alternative: str
    chances: str
    risks: str
    indicators: int
    beyond: bool = False
    offerable: bool = True


@dataclass(frozen=True)
class Advice:
    """What the adviser says of the whole package."""

    chances: str = ""
    risks: str = ""
    allied: str = ""
    national_reasons: str = ""
    single_area: str = ""


@dataclass(frozen=True)
class Lack:
    """One thing that lacks; `option` names the option or pillar that it is about, empty for the package."""

    key: str
    option: str = ""

    def words(self, language: str) -> str:
        """What lacks, in `nl` or `en`."""
        return LACKS[self.key][0 if language == "nl" else 1].format(option=self.option)


class LacksError(InputError):
    """A package that is not complete: every lack is named, in the reader's language."""

    def __init__(self, lacks: Mapping[str, Sequence[Lack]]) -> None:
        """`lacks` by language, as options are named in it."""
        keys = [one.key for one in lacks["en"]]
        field = next((key for key in keys if key in OF_ADVICE), "reason")
        super().__init__("response.lacks", field=field, lacks=keys)
        self.lacks = {language: tuple(found) for language, found in lacks.items()}

    def message(self, language: str = "en") -> str:
        """The sentence with every lack in it."""
        said = "; ".join(one.words(language) for one in self.lacks[language])
        return f"{super().message(language)} {said}."


def lacks(
    package: Sequence[Offered],
    offered: Sequence[Offered],
    advice: Advice,
    *,
    answered: int,
    not_asked: int,
    open_pillars: Sequence[str] = (),
) -> tuple[Lack, ...]:
    """Everything that lacks, in the order of the line.

    `package` are its options, `offered` all options of the case; `answered` and `not_asked` count policy areas.
    `open_pillars` names the pillars of a FIMI case that have neither a considered measure nor a reason (R036).
    """
    found = [] if package else [Lack("options")]
    if not any(one.instrument == DIALOGUE for one in offered):
        found.append(Lack("dialogue"))
    for one in package:
        if one.steps and not any(other.steps < one.steps for other in offered):
            found.append(Lack("milder", one.name))
        texts = (("proportionality", one.proportionality), ("alternative", one.alternative))
        found += [Lack(key, one.name) for key, text in texts if not text.strip()]
        parts = (("option_chances", one.chances), ("option_risks", one.risks))
        found += [Lack(key, one.name) for key, text in parts if not text.strip()]
        if not one.offerable:
            found.append(Lack("legal_basis", one.name))
    found += [Lack("pillar", name) for name in open_pillars]
    if package and not any(one.indicators for one in package):
        found.append(Lack("indicators"))
    if not advice.allied.strip():
        found.append(Lack("allied"))
    if national_only(package) and not advice.national_reasons.strip():
        found.append(Lack("national_reasons"))
    found += [Lack(key) for key in ("chances", "risks") if not getattr(advice, key).strip()]
    if answered < 2 and not_asked and not advice.single_area.strip():
        found.append(Lack("single_area"))
    return tuple(found)


def cautions(package: Sequence[Offered]) -> tuple[str, ...]:
    """What is warned of: `one_goal` (not both goals of the framework), `beyond` (more intrusive than the severity
    permits by this installation's convention).
    """
    goals = {goal for one in package for goal in one.goals}
    found = [] if not package or (goals & FIRST_GOAL and goals & SECOND_GOAL) else ["one_goal"]
    return tuple([*found, "beyond"] if any(one.beyond for one in package) else found)


def national_only(package: Sequence[Offered]) -> bool:
    """Whether every option goes through the national channel alone (P7)."""
    return bool(package) and all(one.channel == NATIONAL for one in package)
