"""`verband connect`: which incidents belong together, and could it be chance?"""

from __future__ import annotations

from collections.abc import Sequence
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
    say,
    workspace_option,
)
from verband.language.errors import InputError
from verband.language.words import closest


@click.command("connect")
@workspace_option
@json_option
@click.option("--features", default=None, help="Read only these features, with commas between. Default: all.")
@click.option("--null-replicates", type=click.IntRange(19), default=None, help="Shuffled worlds to compare with.")
@click.option("--seed", type=int, default=0, show_default=True, help="The same seed gives the same result to the bit.")
@click.option(
    "--fdr",
    type=click.FloatRange(0.0, 1.0, min_open=True, max_open=True),
    default=0.05,
    show_default=True,
    help="Of the campaigns proposed, the share that may be chance.",
)
@click.option(
    "--engine",
    type=click.Choice(["duckdb", "spark"]),
    default="duckdb",
    show_default=True,
    help="What finds the links; the result is the same. Spark needs Java.",
)
@click.option(
    "--nightly",
    is_flag=True,
    help="Test only what came in since the last night; all nights together keep the promise of --fdr.",
)
@guarded
def command(
    workspace: Path,
    as_json: bool,
    features: str | None,
    null_replicates: int | None,
    seed: int,
    fdr: float,
    engine: str,
    nightly: bool,
) -> None:
    """Link incidents and propose campaigns at a stated false discovery rate; people decide.

    Each campaign is printed with how often a group like it arises by chance in this collection.
    """
    open_workspace(workspace)
    from django.utils import translation

    from verband.cli import connect_words
    from verband.methods import connecting as method
    from verband.rooms.campaigns import services as campaigns
    from verband.rooms.people import services as people

    parameters = _parameters(method, (*campaigns.READ, method.WORDING), features, null_replicates, seed, fdr)
    outcome = campaigns.run_for_everyone(
        who=people.operator(), now=now(), parameters=parameters, engine=engine, nightly=nightly
    )
    if as_json:
        print_json(campaigns.as_json(outcome))
        return
    language = interface_language()
    with translation.override(language):
        for line in connect_words.lines(outcome, campaigns.overview(people.operator()), language):
            click.echo(line)
        if outcome.result.same_event:
            say(connect_words.twice(outcome.result))


def _parameters(
    method: Any, read: Sequence[str], features: str | None, replicates: int | None, seed: int, fdr: float
) -> Any:
    """The method's own defaults but for what was asked. Raises InputError("connect.fdr") and what `_named` raises."""
    if not 0.0 < fdr < 1.0:
        raise InputError("connect.fdr", given=fdr)
    given: dict[str, object] = {"seed": seed, "fdr": fdr}
    if replicates is not None:
        given["replicates"] = replicates
    if features is not None:
        given["features"] = _named(features, read)
    return method.Parameters(**given)


def _named(features: str, read: Sequence[str]) -> tuple[str, ...]:
    """The features that the option names, in its order.

    Raises InputError("connect.no_feature") where it names none and ("connect.feature") for an unknown one.
    """
    names = tuple(name.strip() for name in features.split(",") if name.strip())
    known = ", ".join(read)
    if not names:
        raise InputError("connect.no_feature", given=features, read=known)
    for name in names:
        if name not in read:
            raise InputError("connect.feature", name=name, nearest=closest(name, read), read=known)
    return names
