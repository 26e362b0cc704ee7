"""`verband connect`: which incidents belong together, and could it be chance?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from verband.cli.shell import guarded, json_option, now, open_workspace, print_json, say, workspace_option
from verband.language.errors import InputError
from verband.language.words import closest


@click.command("connect")
@workspace_option
@json_option
@click.option("--features", default="", help="Read only these features, with commas between. Default: all.")
@click.option("--null-replicates", type=click.IntRange(19), default=None, help="Shuffled worlds to compare with.")
@click.option("--seed", type=int, default=0, show_default=True, help="The same seed gives the same result to the bit.")
@click.option(
    "--fdr",
    type=click.FloatRange(0.0, 1.0, min_open=True, max_open=True),
    default=0.05,
    show_default=True,
    help="Of the campaigns proposed, the share that may be chance.",
)
@guarded
def command(workspace: Path, as_json: bool, features: str, null_replicates: int | None, seed: int, fdr: float) -> None:
    """Link incidents and propose campaigns at a stated false discovery rate; people decide.

    Each campaign is printed with how often a group like it arises by chance in this collection.
    """
    open_workspace(workspace)
    from verband.methods import connecting as method
    from verband.rooms.campaigns import services as campaigns
    from verband.rooms.people import services as people

    parameters = _parameters(method, features, null_replicates, seed, fdr)
    outcome = campaigns.run_for_everyone(who=people.operator(), now=now(), parameters=parameters)
    printed = campaigns.as_json(outcome)
    if as_json:
        print_json(printed)
        return
    result = outcome.result
    click.echo(
        f"{result.incidents} incidents read, {result.comparisons} groups compared; false discovery held at {fdr:g}."
    )
    click.echo(f"{len(result.campaigns)} campaigns proposed; a person decides (verband serve).")
    for row in campaigns.overview(people.operator()):
        chance = f"{100 * row.p:.1f} %" if row.p >= 0.001 else "< 0.1 %"
        state = "held for coincidence" if row.state == "coincidence" else row.state
        click.echo(
            f"  {row.title_en}: {row.n} incidents, {row.bans:.1f} bans, by chance in {chance} of cases - {state}"
        )
    click.echo(
        f"With fewer than {result.smallest_showable} incidents this data could not have shown a campaign. "
        "People chose what is in this collection."
    )
    if result.same_event:
        say(f"{len(result.same_event)} pairs of incidents may be one event told twice; they wait for a person.")


def _parameters(method: Any, features: str, replicates: int | None, seed: int, fdr: float) -> Any:
    """The method's own defaults but for what was asked. Raises InputError("connect.feature") for an unknown feature."""
    given: dict[str, object] = {"seed": seed, "fdr": fdr}
    if replicates is not None:
        given["replicates"] = replicates
    if features:
        names = tuple(name.strip() for name in features.split(",") if name.strip())
        for name in names:
            if name not in method.FEATURES:
                nearest = closest(name, method.FEATURES) or ", ".join(method.FEATURES)
                raise InputError("connect.feature", name=name, nearest=nearest)
        given["features"] = names
    return method.Parameters(**given)
