"""What the pages of scenarios show of each result, in words and as rows for export."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from verband.language.catalogues import catalogue
from verband.methods.weighing import Box, Part
from verband.rooms.risk.scenarios import method_words
from verband.rooms.risk.scenarios.assessing import Risk
from verband.rooms.risk.scenarios.describing import ScenarioView


def gravest_first(views: Sequence[ScenarioView], risks: Mapping[str, Risk]) -> list[ScenarioView]:
    """Those that could weigh most first, then those that nobody scored."""

    def weight(view: ScenarioView) -> tuple[bool, float]:
        risk = risks.get(view.key)
        return (risk is None, -risk.box.impact_high if risk else 0.0)

    return sorted(views, key=weight)


def listed(views: Sequence[ScenarioView], risks: Mapping[str, Risk], language: str) -> list[dict[str, Any]]:
    """A row for each scenario, in their order."""
    return [
        {
            "view": view,
            "title": view.title(language),
            "risk": risks.get(view.key),
            "old": sum(link.old for link in view.standing_links),
        }
        for view in views
    ]


def boxes(risk: Risk, language: str) -> list[dict[str, Any]]:
    """Impact under each base, the bound where all move together, and the chance, each from 5 to 95 %."""
    rows = []
    for base, box in risk.weighed.boxes.items():
        words = _("Impact, each class counts %(base)s times the one below") % {"base": base}
        rows.append(_row(words, box.impact_low, box.impact_median, box.impact_high))
        together = _("the same, all criteria moving together")
        rows.append(_row(together, box.impact_low_together, None, box.impact_high_together, bound=True))
    if risk.basis != "experts":
        box = risk.of_experts.boxes[risk.base]
        rows.append(_row(_("Impact, of the experts as they stood"), box.impact_low, box.impact_median, box.impact_high))
    box = risk.box
    years = f"{risk.weighed.method.horizon_years:g}"
    words = _("Chance within %(years)s years") % {"years": years}
    rows.append(_row(words, box.chance_low, box.chance_median, box.chance_high))
    return rows


def why(view: ScenarioView, risk: Risk, language: str) -> list[dict[str, Any]]:
    """Each criterion with its classes, value, weight and part of the whole, and where its boundaries come from."""
    impact = risk.weighed.impacts[risk.base]
    return [_why(view, part, language) for part in sorted(impact.parts, key=lambda part: -part.high)]


def without(view: ScenarioView, risk: Risk, language: str) -> list[dict[str, Any]]:
    """For each measure that says what it changes: what the impact and chance would be if it were not there."""
    return [
        {
            "link": link,
            "title": link.title or link.text,
            "changes": [(method_words.name(view.method, key, language), word) for key, word in link.without.items()],
            "impact": (box.impact_low, box.impact_median, box.impact_high),
            "chance": (box.chance_low, box.chance_median, box.chance_high),
            "before": (risk.box.impact_low, risk.box.impact_median, risk.box.impact_high),
            "chance_before": (risk.box.chance_low, risk.box.chance_median, risk.box.chance_high),
        }
        for link, box in risk.without
    ]


def exported(views: Sequence[ScenarioView], risks: Mapping[str, Risk], language: str) -> list[dict[str, Any]]:
    """One flat row for each scenario."""
    return [_exported(view, risks.get(view.key), language) for view in views]


def links(view: ScenarioView) -> list[dict[str, Any]]:
    """What a scenario rests on, one row for each."""
    return [
        {
            "kind": link.kind,
            "ref": link.ref,
            "text": link.text,
            "observed_on": link.observed_on.isoformat(),
            "valid_until": link.valid_until.isoformat(),
            "old": link.old,
            "withdrawn": link.withdrawn_at is not None,
            "marking": link.marking.words(),
        }
        for link in view.links
    ]


def _exported(view: ScenarioView, risk: Risk | None, language: str) -> dict[str, Any]:
    row: dict[str, Any] = {
        "scenario": view.key,
        "title": view.title(language),
        "theme": view.theme,
        "interests": list(view.interests),
        "method": f"{view.method.name} {view.method.version}",
        "profile": view.profile,
        "scored": risk is not None,
    }
    box = risk.box if risk else None
    row |= _numbers(box)
    row |= {
        "missing": list(risk.missing) if risk else [],
        "method_verified": not risk.weighed.unverified if risk else False,
        "experts": risk.experts if risk else 0,
        "dissents": risk.dissents if risk else 0,
        "marking": view.marking.words(),
    }
    return row


def _numbers(box: Box | None) -> dict[str, float | None]:
    return {
        name: getattr(box, name) if box else None
        for name in ("impact_low", "impact_median", "impact_high", "chance_low", "chance_median", "chance_high")
    }


def _why(view: ScenarioView, part: Part, language: str) -> dict[str, Any]:
    criterion = view.method.criterion(part.criterion)
    return {
        "criterion": part.criterion,
        "name": method_words.name(view.method, part.criterion, language),
        "interest": catalogue("interests").get(criterion.interest).label(language),
        "classes": ", ".join(f"{key} {share:.0%}" for key, share in part.classes.items()),
        "median": part.median or "",
        "value": part.value,
        "weight": part.weight,
        "share": part.share,
        "low": part.low,
        "high": part.high,
        "missing": part.missing,
        "verified": criterion.verified and criterion.scale_cell.verified,
        "source": criterion.scale_cell.source,
    }


def _row(
    words: str, low: float | None, middle: float | None, high: float | None, *, bound: bool = False
) -> dict[str, Any]:
    return {"words": words, "low": low, "middle": middle, "high": high, "bound": bound}
