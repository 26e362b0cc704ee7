"""What experts say: for each criterion a lower, expected and upper class, and a likelihood; and what is refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType

from verband.language.errors import InputError
from verband.language.risk_methods import Cell, Named, Profile, RiskMethod

#: The heaviest weight: beyond it sums lose their digits.
HEAVIEST = 1e9
#: The mass of one expert on lower, expected and upper; where they coincide it is added.
MASS = (0.2, 0.6, 0.2)


@dataclass(frozen=True)
class Score:
    """Class keys of one criterion or sub-criterion; all three the key of "not applicable" where it does not apply."""

    criterion: str
    lower: str
    expected: str
    upper: str

    @classmethod
    def sure(cls, criterion: str, key: str) -> Score:
        """One class without doubt, "not applicable" included."""
        return cls(criterion, key, key, key)

    @property
    def keys(self) -> tuple[str, str, str]:
        """Lower, expected, upper."""
        return self.lower, self.expected, self.upper


@dataclass(frozen=True)
class LikelihoodScore:
    """Band keys (`C`, or a part such as `C-low`): lower, expected and upper; the three may be the same."""

    lower: str
    expected: str
    upper: str

    @classmethod
    def sure(cls, key: str) -> LikelihoodScore:
        """One band without doubt."""
        return cls(key, key, key)

    @property
    def keys(self) -> tuple[str, str, str]:
        """Lower, expected, upper."""
        return self.lower, self.expected, self.upper


@dataclass(frozen=True)
class Judgement:
    """What one expert (an alias) says of one scenario. A criterion that is not in `scores` is missing, never zero."""

    expert: str
    scores: tuple[Score, ...]
    likelihood: LikelihoodScore | None = None


Ranks3 = tuple[int, int, int]


def check(method: RiskMethod, judgements: Iterable[Judgement], *, scenario: str = "") -> None:
    """Nothing, where every judgement can be weighed by this method.

    Raises InputError with scenario, expert and criterion: ("weighing.expert_twice"), ("weighing.criterion") for an
    unknown one, ("weighing.twice") for one scored twice or as a whole and in parts, ("weighing.class") for a class
    or band that is not the method's, ("weighing.partly") where "not applicable" is mixed with classes,
    ("weighing.order") where lower, expected and upper do not rise.
    """
    checked(method, judgements, scenario=scenario)


def checked(method: RiskMethod, judgements: Iterable[Judgement], *, scenario: str = "") -> dict[str, dict[str, Ranks3]]:
    """For each expert the ranks of each criterion that was scored, as `_ranks_of` gives them.

    Raises what `check` raises.
    """
    judgements = tuple(judgements)
    for expert, times in Counter(judgement.expert for judgement in judgements).items():
        if times > 1:
            raise InputError("weighing.expert_twice", scenario=scenario, expert=expert)
    known = {key: item.key for item in method.criteria for key in (item.key, *(sub.key for sub in item.subs))}
    rank = {item.key: item.rank for item in (*method.classes, *filter(None, [method.not_applicable]))}
    said = {}
    for judgement in judgements:
        where = {"scenario": scenario, "expert": judgement.expert}
        said[judgement.expert] = _ranks_of(method, judgement, known, rank, where)
        if judgement.likelihood:
            _check_likelihood(method, judgement.likelihood, where)
    return said


def _ranks_of(
    method: RiskMethod,
    judgement: Judgement,
    known: Mapping[str, str],
    rank: Mapping[str, int],
    where: Mapping[str, str],
) -> dict[str, Ranks3]:
    """Lower, expected and upper rank for each criterion that the expert scored, in the order of the method.

    Of a criterion with sub-criteria the highest counts; while one of them is missing the criterion is missing.
    """
    said: dict[str, Ranks3] = {}
    for score in judgement.scores:
        if score.criterion not in known:
            raise InputError("weighing.criterion", criterion=score.criterion, known=", ".join(known), **where)
        if score.criterion in said or (score.criterion != known[score.criterion] and known[score.criterion] in said):
            raise InputError("weighing.twice", criterion=score.criterion, **where)
        said[score.criterion] = _ranks(rank, score, where)
    return {item.key: found for item in method.criteria if (found := _whole(said, item.key, item.subs, where))}


def _whole(said: Mapping[str, Ranks3], key: str, subs: Sequence[Named], where: Mapping[str, str]) -> Ranks3 | None:
    parts = [said[sub.key] for sub in subs if sub.key in said]
    if key in said:
        if parts:
            raise InputError("weighing.twice", criterion=key, **where)
        return said[key]
    if not subs or len(parts) < len(subs):
        return None
    return max(part[0] for part in parts), max(part[1] for part in parts), max(part[2] for part in parts)


def _ranks(rank: Mapping[str, int], score: Score, where: Mapping[str, str]) -> Ranks3:
    for key in score.keys:
        if key not in rank:
            raise InputError("weighing.class", criterion=score.criterion, given=key, known=", ".join(rank), **where)
    lower, expected, upper = (rank[key] for key in score.keys)
    if 0 in (lower, expected, upper) and len({lower, expected, upper}) > 1:
        raise InputError("weighing.partly", criterion=score.criterion, given=" - ".join(score.keys), **where)
    if not lower <= expected <= upper:
        raise InputError("weighing.order", criterion=score.criterion, given=" - ".join(score.keys), **where)
    return lower, expected, upper


def _check_likelihood(method: RiskMethod, said: LikelihoodScore, where: Mapping[str, str]) -> None:
    known = {item.key: item.middle for band in method.bands for item in (band, *band.parts)}
    for key in said.keys:
        if key not in known:
            raise InputError("weighing.class", criterion="likelihood", given=key, known=", ".join(known), **where)
    middles = [known[key] for key in said.keys]
    if any(after < before * (1 - 1e-9) for before, after in pairwise(middles)):
        raise InputError("weighing.order", criterion="likelihood", given=" - ".join(said.keys), **where)


def checked_weights(weights: Mapping[str, float]) -> dict[str, float]:
    """The weights as given, in the order of their keys, where all are numbers of zero or more and not all zero.

    Raises InputError("weighing.weight") with the key, or ("weighing.weights_zero").
    """
    for key, value in sorted(weights.items()):
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if not (number and 0 <= value <= HEAVIEST):
            raise InputError("weighing.weight", key=key, value=value)
    if not any(weights.values()):
        raise InputError("weighing.weights_zero", keys=", ".join(sorted(weights)))
    return dict(sorted(weights.items()))


def check_profile(method: RiskMethod, profile: Profile) -> None:
    """Nothing, where the profile weighs exactly the criteria of the method, of which there are some.

    Raises what `profile_of` raises.
    """
    profile_of(method, profile.weights)


def profile_of(
    method: RiskMethod,
    weights: Mapping[str, float],
    *,
    key: str = "own",
    nl: str = "eigen gewichten",
    en: str = "own weights",
    source: str = "Set by the user",
) -> Profile:
    """Weights that a person chose, as a profile; its cell is never verified.

    Every criterion of the method needs a weight; 0 leaves it out. Raises InputError("weighing.weights_missing"),
    ("weighing.criterion") for a key that is none, ("weighing.weight"), ("weighing.weights_zero").
    """
    known = [item.key for item in method.criteria]
    strange = sorted(set(weights) - set(known))
    if strange:
        where = {"scenario": "", "expert": ""}
        raise InputError("weighing.criterion", criterion=strange[0], known=", ".join(known), **where)
    absent = [name for name in known if name not in weights]
    if absent:
        raise InputError("weighing.weights_missing", keys=", ".join(absent))
    checked = checked_weights(weights)
    cell = Cell(f"profile.{key}", f"gewichten: {nl}", f"weights: {en}", source, False)
    return Profile(key, nl, en, cell, MappingProxyType({name: checked[name] for name in known}))
