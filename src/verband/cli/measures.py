"""`verband measures`: import or list measures and commitments. Decisions are made by a signed-in person."""

from __future__ import annotations

from pathlib import Path

import click
import msgspec

from verband.cli.shell import guarded, json_option, now, open_workspace, print_json, say, workspace_option


@click.group("measures")
def command() -> None:
    """Import or list measures and commitments."""


@command.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@workspace_option
@json_option
@guarded
def import_file(file: Path, workspace: Path, as_json: bool) -> None:
    """Load commitments from a csv file; those of a kind that stands by itself become measures as well.

    A row that is there already with the same words is unchanged; one with other words is kept beside the old one.
    """
    open_workspace(workspace)
    from verband.demo import rows
    from verband.formats.raw import look_at
    from verband.rooms.measures import services as measures
    from verband.rooms.people import services as people

    look_at(file)
    found_rows = measures.read_rows(file, titles=rows.titles())
    found = measures.load(found_rows, who=people.operator(), now=now())
    if as_json:
        print_json({"in": len(found_rows), **msgspec.to_builtins(found)})
    else:
        say(
            f"{file.name}: {len(found_rows)} in = {found.new} new + {found.changed} changed + {found.unchanged} "
            f"unchanged + {len(found.refused)} refused; {found.measures} are measures as well"
        )
        for refused in found.refused:
            say(f"  {refused.key}: {refused.reason}")
    if found.refused:
        raise click.exceptions.Exit(2)


@command.command("list")
@click.option("--accent", default="", help="Only this accent.")
@click.option("--theme", default="", help="Only this theme.")
@click.option("--commitments", "what", flag_value="commitments", help="List the commitments.")
@click.option("--measures", "what", flag_value="measures", default="measures", help="List the measures (default).")
@workspace_option
@json_option
@guarded
def show(accent: str, theme: str, what: str, workspace: Path, as_json: bool) -> None:
    """Measures or commitments with owner, status and term as stated, and where that stands."""
    open_workspace(workspace)
    from verband.language.catalogues import catalogue
    from verband.rooms.measures import services as measures
    from verband.rooms.people import services as people

    values = {}
    if accent:
        values["accent"] = catalogue("accents").resolve(accent).key
    if theme:
        values["theme"] = catalogue("themes").resolve(theme).key
    read = measures.commitments if what == "commitments" else measures.measures
    views = read(people.operator(), measures.Filter(values))
    if as_json:
        print_json(measures.exported(views))
        return
    for view in views:
        owner = f"{view.owner}{' (inferred)' if view.owner_inferred else ''}"
        line = f"line {view.source.line}" if view.source.line is not None else ""
        where = " ".join(filter(None, (view.source.number or view.source.title_en, line)))
        click.echo(f"{view.key}  {view.title_en}\n    {owner} · {view.status_as_stated or '-'} · {where}")
