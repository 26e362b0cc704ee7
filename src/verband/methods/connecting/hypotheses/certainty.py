"""How sure a source says that it is, in four steps. The source's own words are kept and shown; this only sorts them."""

from __future__ import annotations

import re
from typing import Final

from verband.language.words import fold

#: Read in this order: a source that says unfounded is not sure, whatever else it says.
_REFUTED: Final = (
    "unfounded", "accident*", "cleared", "coincidence", "no link", "not related", "unrelated", "no evidence", "hoax",
    "ruled out", "not sabotage", "retracted", "disproved", "debunked", "later attributed to accident", "natural cause",
    "weerlegd", "ongegrond", "ongeluk", "no sign of", "no indication*", "domestic", "dismissed",
)  # fmt: skip
_SILENT: Final = (
    "no attribution", "not attributed", "unresolved", "not stated", "no offence stated", "not enough information",
    "uncertain", "unclear", "no names", "does not attribute", "onbekend",
)  # fmt: skip
_CAUTIOUS: Final = (
    "suspect*", "alleg*", "possib*", "claim*", "report*", "believ*", "blam*", "accus*", "indication*", "linked",
    "presum*", "under investigation", "investigation ongoing", "moderate confidence", "low confidence",
    "medium confidence", "not tried", "seems", "may be", "might", "could", "probabl*", "likely", "contested", "press",
    "hypothesis", "undecided", "verdacht*", "mogelijk*", "waarschijnlijk*", "vermoed*", "not confirmed",
)  # fmt: skip
_FIRM: Final = (
    "stated", "fact", "verdict", "convict*", "certain*", "confirm*", "established", "high confidence",
    "high degree of*", "strong indications", "very likely", "most likely", "identified", "attributed", "proven",
    "reliable information", "assess*", "charg*", "indict*", "court", "sentenced", "quite sure", "admitted", "listing",
    "vastgesteld", "veroordeeld", "bevestigd",
)  # fmt: skip
#: Says firmly what a cautious word beside it would weaken.
_OUTRIGHT: Final = (
    "stated as fact*", "very certain", "almost certain", "court verdict", "convicted", "high confidence",
    "high degree of*", "strong indications", "very likely", "most likely", "stated in listing", "upheld on appeal",
)  # fmt: skip


def level(words: str) -> str:
    """`firm`, `cautious`, `refuted` or `silent`, for the certainty that a source states; empty words are silent.

    A denial by whoever is blamed changes nothing. Words that none of the lists know are cautious: they say something,
    and not how sure.
    """
    text = fold(words)
    if not text:
        return "silent"
    if _says(text, _REFUTED):
        return "refuted"
    if _says(text, _SILENT):
        return "silent"
    if _says(text, _OUTRIGHT):
        return "firm"
    if _says(text, _CAUTIOUS):
        return "cautious"
    return "firm" if _says(text, _FIRM) else "cautious"


def _says(text: str, words: tuple[str, ...]) -> bool:
    return any(re.search(rf"(?<!\w){_pattern(word)}(?!\w)", text) for word in words)


def _pattern(word: str) -> str:
    return re.escape(word).replace(r"\*", r"\w*")
