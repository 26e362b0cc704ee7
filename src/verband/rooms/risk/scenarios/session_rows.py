"""What the page of a session shows of each criterion."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from verband.language.catalogues import catalogue
from verband.language.risk_methods import RiskMethod
from verband.rooms.risk.models import Agreed, Dissent, Remark
from verband.rooms.risk.scenarios import method_words
from verband.rooms.risk.scenarios.method_words import LIKELIHOOD
from verband.rooms.risk.scenarios.sessions import STAGES, Given, SessionView, criteria

NOT_APPLICABLE = "X"


@dataclass(frozen=True)
class Row:
    """One criterion, or the likelihood: all experts whom the reader sees, his own score, and what was agreed."""

    criterion: str
    name: str
    interest: str
    verified: bool
    source: str
    bounds: tuple[tuple[str, str], ...]
    given: tuple[Given, ...]
    mine: Given | None
    agreed: Agreed | None
    dissents: tuple[Dissent, ...]
    remarks: tuple[Remark, ...]
    filled: Mapping[str, str]

    @property
    def is_likelihood(self) -> bool:
        """Whether it is scored in bands."""
        return self.criterion == LIKELIHOOD

    @property
    def apart(self) -> bool:
        """Whether experts expect different classes."""
        return len({one.expected for one in self.given}) > 1


def rows(found: SessionView, method: RiskMethod, language: str) -> list[Row]:
    """A row for each criterion of the method, then the likelihood."""
    standing = found.standing()
    own = found.seat.alias if found.seat else ""
    out = []
    for key in criteria(method):
        given = tuple(one for one in standing if one.criterion == key)
        mine = next((one for one in given if one.alias == own), None)
        name, interest, verified, source, bounds = _said(method, key, language)
        out.append(
            Row(
                criterion=key,
                name=name,
                interest=interest,
                verified=verified,
                source=source,
                bounds=bounds,
                given=given,
                mine=mine,
                agreed=found.agreed.get(key),
                dissents=tuple(one for one in found.dissents if one.criterion == key),
                remarks=tuple(one for one in found.remarks if one.criterion == key),
                filled={
                    "lower": mine.lower if mine else "",
                    "expected": mine.expected if mine else "",
                    "upper": mine.upper if mine else "",
                    "rationale": mine.rationale if mine else "",
                    "knowledge": mine.knowledge if mine else "moderate",
                },
            )
        )
    return out


def filled(listed: list[Row], posted: Mapping[str, str]) -> list[Row]:
    """The rows with what was just filled in, so that nothing of it is lost."""
    return [
        replace(row, filled={name: posted.get(f"{row.criterion}-{name}", old) for name, old in row.filled.items()})
        for row in listed
    ]


def classes(method: RiskMethod, language: str) -> list[tuple[str, str]]:
    """Classes that a criterion may have, mildest first, and that it does not apply."""
    found = [(one.key, f"{one.key} · {one.label(language)}") for one in method.classes]
    return [*found, (NOT_APPLICABLE, f"{NOT_APPLICABLE} · {_('does not apply')}")]


def bands(method: RiskMethod, language: str) -> list[tuple[str, str]]:
    """Bands of the likelihood, least likely first."""
    return [(one.key, f"{one.key} · {one.label(language)}") for one in method.bands]


def stages(found: SessionView | None) -> list[dict[str, Any]]:
    """All stages in their order, with which is done and which is now."""
    words = {
        "invited": _("Invitation"),
        "first": _("First round, without names"),
        "discussion": _("Discussion"),
        "second": _("Second round"),
        "consensus": _("What is agreed"),
        "closed": _("Closed"),
    }
    at = STAGES.index(found.stage) if found else -1
    return [{"word": words[key], "done": place < at, "now": place == at} for place, key in enumerate(STAGES)]


def exported(found: SessionView, method: RiskMethod, language: str) -> list[dict[str, Any]]:
    """What the reader sees of each expert and criterion, then what was agreed and each dissent."""
    out: list[dict[str, Any]] = []
    for row in rows(found, method, language):
        head = {"criterion": row.criterion, "name": row.name}
        for one in row.given:
            out.append(head | _triple("score", one, one.rationale) | {"by": one.alias, "knowledge": one.knowledge})
        if row.agreed:
            out.append(head | _triple("agreed", row.agreed, row.agreed.text) | {"by": "", "knowledge": ""})
        for dissent in row.dissents:
            by = dissent.name or dissent.seat.alias
            out.append(head | _triple("dissent", dissent, dissent.text) | {"by": by, "knowledge": ""})
    return out


def _triple(what: str, one: Given | Agreed | Dissent, text: str) -> dict[str, Any]:
    return {"what": what, "lower": one.lower, "expected": one.expected, "upper": one.upper, "text": text}


def _said(method: RiskMethod, key: str, language: str) -> tuple[str, str, bool, str, tuple[tuple[str, str], ...]]:
    """Name, interest, whether it is verified, source, and what each class stands for where that is known."""
    if key == LIKELIHOOD:
        years = f"{method.horizon_years:g}"
        name = _("Likelihood within %(years)s years") % {"years": years}
        verified = all(band.verified for band in method.bands)
        return name, "", verified, method.bands[0].source, tuple(method_words.bands(method, language))
    criterion = method.criterion(key)
    return (
        method_words.name(method, key, language),
        catalogue("interests").get(criterion.interest).label(language),
        criterion.verified and criterion.scale_cell.verified,
        criterion.scale_cell.source,
        tuple(method_words.scale(criterion, language)),
    )
