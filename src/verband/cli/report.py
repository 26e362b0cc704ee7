"""`verband report`: a document from what is known, as html, pdf, docx or json."""

from __future__ import annotations

from pathlib import Path

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
from verband.language.errors import InputError, StateError


@click.command("report")
@click.argument("kind")
@click.option(
    "--format", "formats", multiple=True, help="html, pdf, docx or json; may be given more than once. Default: all."
)
@click.option("--language", default=None, help="nl or en. Default: from LANG, else en.")
@click.option(
    "--out", type=click.Path(path_type=Path), default=None, help="Copy the files to this folder, or one to this file."
)
@click.option("--known-on", default="", help="Make the picture as it was known at the end of that day.")
@click.option(
    "--since", default="", help="List as new what was recorded after that day. Default: the newest 90, 180 or 365 days."
)
@click.option(
    "--edition",
    "--about",
    "about",
    multiple=True,
    help="Edition that a report of the cycle is about; two for a difference, the earlier first; or the key of a "
    "progress letter. Default: the newest. The key of the case or package that a document of a response is about; "
    "it has no default.",
)
@workspace_option
@json_option
@guarded
def command(
    kind: str,
    formats: tuple[str, ...],
    language: str | None,
    out: Path | None,
    known_on: str,
    since: str,
    about: tuple[str, ...],
    workspace: Path,
    as_json: bool,
) -> None:
    """Make a report of KIND.

    KIND is picture, midterm-review, threat-assessment-difference, commitments-trace, progress-letter, risk-analysis,
    option-note, decision-note, eu-nato-proposal, response-letter or algorithm-cards. The four of a response need
    --about KEY.

    It holds what the holder of the workspace may see and carries the highest marking of everything in it. The files
    are kept in the folder 'reports' of the workspace; --out gives you a copy.
    """
    # The charts of campaigns link to pages, and the pages need the queue.
    folder = open_workspace(workspace, queue=True)
    from verband.language.time import parse_time
    from verband.rooms.audit import services as audit
    from verband.rooms.people import services as people
    from verband.rooms.reports import services as reports

    who, moment = people.operator(), now()
    wanted = _wanted(formats, out, reports.FORMATS)
    into_file = out is not None and out.suffix.lstrip(".") in reports.FORMATS and not out.is_dir()
    if into_file and len(wanted) > 1:
        raise InputError("reports.out", out=out, n=len(wanted))
    chosen = language or interface_language()
    draft = reports.draft(
        kind,
        who=who,
        now=moment,
        language=chosen,
        known_on=parse_time(known_on).end - 1 if known_on else None,
        since=parse_time(since).end - 1 if since else None,
        about=about,
    )
    made = reports.keep(draft, formats=wanted)
    for form, entry in made.files.items():
        kept = folder / "reports" / entry["file"]
        if out is None:
            say(f"{form}: {kept}")
            continue
        target = out if into_file else out / entry["file"]
        _copy(kept, target)
        audit.note("exported", actor=who.signature, object=f"report {made.pk}", detail={"format": form})
        say(f"{form}: {target}")
    if as_json:
        print_json({**reports.numbers(draft), "formats": list(made.files)})


def _wanted(formats: tuple[str, ...], out: Path | None, known: tuple[str, ...]) -> tuple[str, ...]:
    """The formats asked for; without any, what the file's name says, else all."""
    if formats:
        return tuple(dict.fromkeys(formats))
    suffix = out.suffix.lstrip(".") if out is not None and not out.is_dir() else ""
    return (suffix,) if suffix in known else known


def _copy(kept: Path, target: Path) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(kept.read_bytes())
    except OSError as error:
        raise StateError("reports.unwritable", folder=target.parent, reason=error.strerror or "") from error
