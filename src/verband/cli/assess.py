"""`verband assess`: risk per interest, theme and scenario, with intervals, and the gaps of the triangle."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from verband.cli.shell import (
    guarded,
    interface_language,
    json_option,
    now,
    open_workspace,
    print_json,
    workspace_option,
)


@click.command("assess")
@click.option("--theme", default="", help="Only scenarios of this theme.")
@click.option("--known-on", default="", help="As it was known at the end of that day.")
@workspace_option
@json_option
@guarded
def command(theme: str, known_on: str, workspace: Path, as_json: bool) -> None:
    """Say what threatens each interest, what the scenarios come to, and which corners of the triangle are missing.

    It holds what the holder of the workspace may see. A scenario with a missing criterion has no single number.
    """
    # The pages that name campaigns need the queue.
    open_workspace(workspace, queue=True)
    from verband.language.catalogues import catalogue
    from verband.language.time import parse_time
    from verband.rooms.people import services as people
    from verband.rooms.risk import services as risk
    from verband.rooms.risk.scenarios.services import scenario_rows

    who, language = people.operator(), interface_language()
    wanted = catalogue("themes").resolve(theme).key if theme else ""
    moment = parse_time(known_on).end - 1 if known_on else None
    found = risk.triangle(who, now=now(), known_on=moment)
    scenarios = [row for row in scenario_rows(who, language, now=now(), known_on=moment) if _is_of(row, wanted)]
    gaps = risk.gaps_of(found)
    if as_json:
        print_json(
            {
                "interests": [_corner(cell.interest, cell, language) for cell in found.interests],
                "themes": [_corner(cell.theme, cell, language) for cell in found.themes],
                "gaps": [{"interest": c.interest, "theme": c.theme, "missing": list(c.missing)} for c in gaps.pairs],
                "scenarios": scenarios,
            }
        )
        return
    interests = catalogue("interests").labels(language)
    for cell in found.interests:
        click.echo(f"{interests[cell.interest]}: {cell.trend.sentence(language)}")
    click.echo("")
    if scenarios:
        click.echo("Scenarios: median (5 to 95 %); impact from 0 to 1, chance within the horizon of the method.")
    for row in scenarios:
        click.echo(_line(row))
    if not scenarios:
        click.echo("No scenario has been described yet: open Risk, Scenarios in the application and describe one.")
    click.echo(f"{len(gaps.pairs)} gaps: an interest in a theme with a threat and a corner that is missing.")


def _is_of(row: dict[str, Any], theme: str) -> bool:
    return not theme or row["theme"] == theme


def _corner(key: str, cell: Any, language: str) -> dict[str, Any]:
    return {
        "key": key,
        "last_12_months": cell.recent,
        "12_months_before": cell.before,
        "trend": cell.trend.word,
        "sentence": cell.trend.sentence(language),
        "campaigns": len(cell.campaigns),
        "measures": len(cell.measures),
        "resilience": "unknown" if cell.judgement is None else cell.judgement.text,
        "missing": list(cell.missing),
    }


def _line(row: dict[str, Any]) -> str:
    if not row["scored"]:
        return f"{row['title']}: not scored"
    impact = _spread(row["impact_low"], row["impact_median"], row["impact_high"])
    chance = _spread(row["chance_low"], row["chance_median"], row["chance_high"], percent=True)
    verified = "" if row["method_verified"] else "; method not verified"
    lacks = f"; missing {', '.join(row['missing'])}" if row["missing"] else ""
    return f"{row['title']}: impact {impact}, chance {chance}{lacks}{verified}"


def _spread(low: float | None, middle: float | None, high: float | None, *, percent: bool = False) -> str:
    if low is None or high is None:
        return "unknown"
    ends = f"{_number(low, percent)} to {_number(high, percent)}"
    return ends if middle is None else f"{_number(middle, percent)} ({ends})"


def _number(value: float, percent: bool) -> str:
    return f"{100 * value:.3g} %" if percent else f"{value:.3g}"
