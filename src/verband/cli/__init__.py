"""The `verband` command. Each verb is a module that is imported when it is called."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import click

from verband import __version__

_VERBS = {
    "assess": "risk per interest, theme and scenario, with intervals, and the gaps",
    "audit": "check or read the tamper-evident log",
    "connect": "link incidents and propose campaigns, tested against chance",
    "demo": "the whole line on the embedded public data, ending with a report",
    "doctor": "say whether this machine and workspace are sound",
    "expose": "what fails when this fails, and on whom we depend",
    "ingest": "bring files into the picture",
    "init": "make a workspace",
    "measures": "import or list measures and commitments",
    "report": "make a report as html, pdf, docx or json",
    "respond": "read cases of response, packages and decisions",
    "serve": "open the application on this machine",
    "user": "make accounts and one-time sign-in links",
    "worker": "do the long jobs that the application hands over",
}


class _Verbs(click.Group):
    """Knows the verbs by name and loads one when it is needed, so that help stays quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_VERBS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in _VERBS:
            return None
        command: click.Command = import_module(f"verband.cli.{name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(_VERBS.items()))

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        if args and args[0] not in _VERBS:
            from verband.language.words import closest

            nearest = closest(args[0], _VERBS)
            ctx.fail(f"There is no command '{args[0]}'." + (f" Did you mean '{nearest}'?" if nearest else ""))
        return super().resolve_command(ctx, args)


@click.group(cls=_Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="verband")
def cli() -> None:
    """Verband: from scattered signals to campaigns, tested against chance.

    A workspace is a folder: --workspace DIR, else VERBAND_WORKSPACE, else the current folder.
    """


def main() -> None:
    """Run the command; an error prints one sentence and what to do, and sets the exit code."""
    from verband.cli.shell import run

    run(cli)
