"""What a cell says in words, and what it does not say, in both languages."""

from __future__ import annotations

from .model import Beside, Cell

#: Goes with every cell.
NOTABLE = {
    "nl": "Deze rijen zijn verzameld omdat ze opvielen; hoe vaak zo'n reactie in het algemeen volgt, of wat zij "
    "uitrichtte, zeggen ze niet.",
    "en": "These rows were collected because they were notable; they do not say how often such a response follows in "
    "general, or what it achieved.",
}
#: Goes with every count of rows of which nothing is stated.
UNSTATED = {
    "nl": "Dat bij een rij geen reactie staat, betekent niet dat er geen reactie was.",
    "en": "That a row states no response does not mean that there was none.",
}


def sentence(cell: Cell, *, instrument: str, group: str, language: str) -> str:
    """What the cell says, with words for instrument and group (empty for all together); always with `NOTABLE`."""
    dutch = language == "nl"
    within = f" ({group})" if group else ""
    if not cell.shown or cell.share is None or cell.low is None or cell.high is None:
        said = (
            f"{instrument}{within}: niet getoond, omdat het om te weinig gevallen gaat of omdat zo'n getal "
            "eruit zou volgen."
            if dutch
            else f"{instrument}{within}: not shown, because there are too few cases or because such a figure would "
            "follow."
        )
    else:
        share, low, high = (f"{100 * value:.0f}" for value in (cell.share, cell.low, cell.high))
        said = (
            f"{instrument}{within}: genoemd bij {cell.used} van {cell.cases} incidenten met een vermelde reactie "
            f"({share} %, interval {low} tot {high} %)."
            if dutch
            else f"{instrument}{within}: named in {cell.used} of {cell.cases} incidents with a stated response "
            f"({share} %, interval {low} to {high} %)."
        )
    return f"{said} {NOTABLE['nl' if dutch else 'en']}"


def beside_sentence(beside: Beside, *, language: str) -> str:
    """What the other collection has, and that it cannot carry a rate."""
    if language == "nl":
        return (
            f"{beside.name} ({beside.source}): van {beside.incidents} incidenten hebben er {beside.political} een "
            f"politieke en {beside.legal} een juridische reactie. Dat kan geen verhouding dragen."
        )
    return (
        f"{beside.name} ({beside.source}): of {beside.incidents} incidents {beside.political} have a political and "
        f"{beside.legal} a legal response. That cannot carry a rate."
    )
