"""Judgements for these tests: written by hand, or drawn by hypothesis."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

from verband.language.risk_methods import RiskMethod, risk_method
from verband.methods.weighing import Judgement, LikelihoodScore, Score

ANV: RiskMethod = risk_method("anv")
KEYS = [item.key for item in ANV.criteria]
CLASSES = [item.key for item in ANV.classes]


def sure(
    expert: str = "ash", /, *, likelihood: str | None = "C", default: str | None = "X", **scores: str
) -> Judgement:
    """An expert without doubt: `c11="B"` is class B for 1.1; the other criteria are `default`, None leaves them out."""
    given = {f"{name[1]}.{name[2:]}": key for name, key in scores.items()}
    every = {key: given.get(key, default) for key in KEYS}
    made = tuple(Score.sure(key, found) for key, found in every.items() if found is not None)
    return Judgement(expert, made, LikelihoodScore.sure(likelihood) if likelihood else None)


def three(places: Sequence[int]) -> tuple[str, str, str]:
    """Class keys of three places, lowest first."""
    lower, expected, upper = sorted(places)
    return CLASSES[lower], CLASSES[expected], CLASSES[upper]


_CLASSED = st.tuples(*[st.integers(0, 4)] * 3).map(three)
_ANSWER = st.one_of(_CLASSED, st.just(("X", "X", "X")))


def judgements(*, least: int = 1, most: int = 4) -> st.SearchStrategy[list[Judgement]]:
    """Experts who score every criterion."""
    answers = st.lists(_ANSWER, min_size=len(KEYS), max_size=len(KEYS))
    return st.lists(answers, min_size=least, max_size=most).map(
        lambda rows: [
            Judgement(
                f"expert {number}",
                tuple(Score(key, *found) for key, found in zip(KEYS, row, strict=True)),
                LikelihoodScore.sure("C"),
            )
            for number, row in enumerate(rows)
        ]
    )


def weights() -> st.SearchStrategy[dict[str, float]]:
    """Whole, rational or arbitrary weights, some of them zero, not all."""
    one = st.one_of(st.integers(0, 5).map(float), st.sampled_from([0.25, 1 / 3, 0.1]), st.floats(0.01, 10))
    return (
        st.lists(one, min_size=len(KEYS), max_size=len(KEYS))
        .map(lambda found: dict(zip(KEYS, found, strict=True)))
        .filter(lambda found: any(found.values()))
    )
