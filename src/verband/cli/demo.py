"""`verband demo`: the whole line on the embedded public data, ending with a report."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from verband.cli.shell import guarded, interface_language, json_option, now, open_workspace, print_json, say

if TYPE_CHECKING:
    from verband.demo.loader import Summary

_FORMATS = ("html", "pdf")


@click.command("demo")
@click.option(
    "--workspace",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("workspace"),
    show_default=True,
    help="The folder to make; it must not hold work of its own.",
)
@click.option(
    "--language", type=click.Choice(["nl", "en"]), default=None, help="Of the report. Default: from LANG, else en."
)
@json_option
@guarded
def command(workspace: Path, language: str | None, as_json: bool) -> None:
    """Load the embedded public data, connect it, and make a report; a second run changes nothing.

    Accounts with different ceilings are made, so that two people see two pictures.
    """
    from verband.demo import stamp

    stamp.prepare(workspace)
    folder = open_workspace(workspace, create=True)
    from verband.demo import loader

    moment = now()
    if not loader.is_loaded(folder):
        loader.load(folder, now=moment, say=say)
    reports = _reports(folder, language or interface_language())
    found = loader.summary(folder, now=moment)
    if as_json:
        print_json(_as_json(found, reports))
        return
    from django.utils import translation

    from verband.cli import demo_words

    with translation.override(interface_language()):
        for line in demo_words.lines(found, interface_language()):
            click.echo(line)
        for line in demo_words.made([workspace / name for name in reports], _open(workspace), workspace):
            click.echo(line)


def _open(workspace: Path) -> str:
    """The short command that opens this workspace."""
    return "make open" if workspace == Path("workspace") else f"make open WORKSPACE={workspace}"


def _reports(folder: Path, language: str) -> list[str]:
    """The report's files within the workspace, made now where this version has not made them."""
    from verband.demo import stamp
    from verband.rooms.people import services as people
    from verband.rooms.reports import services as reports

    kept = stamp.read(folder)
    key = f"{kept.get('loaded')} {language}"
    made = kept.get("reports")
    known = made if isinstance(made, dict) else {}
    files = known.get(key)
    if isinstance(files, list) and files and all((folder / str(name)).exists() for name in files):
        return [str(name) for name in files]
    say("Making the report ...")
    report = reports.make(
        "picture", who=people.operator(), now=now(), language=language, formats=_FORMATS, folder=folder / "reports"
    )
    names = [f"reports/{file['file']}" for form, file in report.files.items() if form in _FORMATS]
    stamp.write(folder, {**kept, "reports": {**known, key: names}})
    return names


def _as_json(found: Summary, reports: list[str]) -> dict[str, object]:
    return {
        "files": list(found.files),
        "incidents": found.incidents,
        "statements": found.statements,
        "commitments": found.commitments,
        "measures": found.measures,
        "campaigns": [{"id": row.uuid, "title": row.title_en, "n": row.n, "p": row.p} for row in found.proposed],
        "coincidences": len(found.coincidences),
        "same_events": [{"first": pair.first, "second": pair.second} for pair in found.same_events],
        "gaps": [
            {"interest": cell.interest, "theme": cell.theme, "missing": list(cell.missing)}
            for cell in found.triangle.gaps
        ],
        "reports": reports,
    }
