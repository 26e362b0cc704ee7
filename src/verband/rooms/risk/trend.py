"""Whether there were more incidents in one span than in the span of equal length before it. Pure arithmetic."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from math import exp, fsum, inf, isinf, lgamma, log, log1p

from verband.language.decimals import marked

#: Below this many in all, no division over the two spans is out of the ordinary at 95 %: .5 ** 5 = .031 > .025.
FEWEST = 6
#: So many months with nothing at all mean that the collection ended.
_SILENT = 2
_STEPS = 60

#: The sentence that no trend stands without.
CAVEAT = {
    "nl": "De wijze van melden kan veranderd zijn.",
    "en": "Reporting may have changed.",
}
_WORDS = {
    "rising": {"nl": "stijgend", "en": "rising"},
    "falling": {"nl": "dalend", "en": "falling"},
    "no_clear_change": {"nl": "geen duidelijke verandering", "en": "no clear change"},
    "ends_early": {
        "nl": "minder, maar de verzameling eindigt eerder",
        "en": "fewer, but the collection ends earlier",
    },
    "too_few": {"nl": "te weinig om iets te zeggen", "en": "too few to say"},
}


@dataclass(frozen=True)
class Trend:
    """The ratio of two counts over equal spans, with its interval. `ratio` and `high` may be inf; 0/0 is nan."""

    recent: int
    before: int
    ratio: float
    low: float
    high: float
    word: str
    silent_months: int = 0

    def label(self, language: str) -> str:
        """The trend in two or three words; show it with the caveat or use `sentence`."""
        return _WORDS[self.word]["nl" if language == "nl" else "en"]

    def sentence(self, language: str) -> str:
        """The trend in words, with the counts and, where there are enough, the interval; the caveat always ends it."""
        dutch = language == "nl"
        text = f"{self.label(language).capitalize()}: {self.recent} " + (
            f"in de laatste 12 maanden, {self.before} in de 12 daarvoor"
            if dutch
            else f"in the last 12 months, {self.before} in the 12 before"
        )
        if self.word != "too_few":
            text += f"; {self.share(language)}"
        if self.silent_months:
            text += f". {self.silence(language)}"
        return f"{text}. {CAVEAT['nl' if dutch else 'en']}"

    def share(self, language: str) -> str:
        """The ratio with its interval: `ratio 0.13 (0.03 - 0.38)`; empty where there are too few to say."""
        if self.word == "too_few":
            return ""
        dutch = language == "nl"
        numbers = f"{_number(self.ratio, dutch)} ({_number(self.low, dutch)} - {_number(self.high, dutch)})"
        return f"{'verhouding' if dutch else 'ratio'} {numbers}"

    def silence(self, language: str) -> str:
        """For how long the collection has held nothing at all, without a full stop; empty where it is not silent."""
        months = self.silent_months
        if not months:
            return ""
        if months == 1:
            return (
                "Van de laatste maand bevat de verzameling niets"
                if language == "nl"
                else "Of the last month the collection holds nothing"
            )
        if language == "nl":
            return f"Van de laatste {months} maanden bevat de verzameling niets"
        return f"Of the last {months} months the collection holds nothing"


@cache
def trend(recent: int, before: int, *, silent_months: int = 0, level: float = 0.95) -> Trend:
    """The ratio recent/before with an exact interval, and its word: rising, falling, no_clear_change or too_few.

    `silent_months` is for how long the whole collection has held nothing. From the second month on a fall is no fall
    but `ends_early`, because nobody looked; a rise is one all the same.

    Given their sum, the recent count is binomial with share r/(1+r), where r is the ratio of two Poisson rates over
    equal spans, so the Clopper-Pearson limits of that share become those of the ratio. Rising: the lower limit is
    above 1. Counts that are not independent (one campaign, many reports) make the true interval wider.

    Source: Przyborowski and Wilenski 1940 (Biometrika 31:313); Clopper and Pearson 1934 (Biometrika 26:404).
    """
    low, high = clopper_pearson(recent, recent + before, level=level)
    ratio = recent / before if before else (inf if recent else float("nan"))
    odds_low, odds_high = low / (1 - low) if low < 1 else inf, high / (1 - high) if high < 1 else inf
    if recent + before < FEWEST:
        word = "too_few"
    elif odds_low > 1:
        word = "rising"
    elif odds_high < 1:
        word = "ends_early" if silent_months >= _SILENT else "falling"
    else:
        word = "no_clear_change"
    return Trend(recent, before, ratio, odds_low, odds_high, word, silent_months)


def clopper_pearson(hits: int, trials: int, *, level: float = 0.95) -> tuple[float, float]:
    """The exact interval of a binomial share, 0-1; no trials say nothing: (0, 1).

    Source: Clopper and Pearson 1934, found by halving.
    """
    tail = (1 - level) / 2
    low = 0.0 if hits == 0 else _solve(lambda share: _at_least(hits, trials, share) < tail)
    high = 1.0 if hits == trials else _solve(lambda share: 1 - _at_least(hits + 1, trials, share) > tail)
    return low, high


def _solve(below: Callable[[float], bool]) -> float:
    low, high = 0.0, 1.0
    for _ in range(_STEPS):
        middle = (low + high) / 2
        if below(middle):
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _at_least(hits: int, trials: int, share: float) -> float:
    """The chance of at least so many hits; the share lies strictly between 0 and 1."""
    yes, no, top = log(share), log1p(-share), lgamma(trials + 1)
    return fsum(
        exp(top - lgamma(k + 1) - lgamma(trials - k + 1) + k * yes + (trials - k) * no) for k in range(hits, trials + 1)
    )


def _number(value: float, dutch: bool) -> str:
    if isinf(value):
        return "∞"
    text = f"{value:.2f}" if value < 10 else f"{value:.0f}"
    return marked(text, "nl" if dutch else "en")
