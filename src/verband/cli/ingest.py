"""`verband ingest`: files into the picture."""

from __future__ import annotations

from pathlib import Path

import click

from verband.cli.shell import (
    guarded,
    interface_language,
    json_option,
    now,
    open_workspace,
    plain,
    print_json,
    say,
    workspace_option,
)
from verband.language.errors import InputError, VerbandError


@click.command("ingest")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--format", "form", default=None, help="stix, eurepoc, incidents or csv; found by content without it.")
@click.option("--mapping", type=click.Path(path_type=Path), default=None, help="A mapping file for a csv of your own.")
@click.option("--encoding", default="", help="Of text that is not UTF-8: cp1252, latin-1, utf-16 ...")
@workspace_option
@json_option
@guarded
def command(
    files: tuple[Path, ...], form: str | None, mapping: Path | None, encoding: str, workspace: Path, as_json: bool
) -> None:
    """Bring files into the picture, each whole or not at all; gzip is read as it is.

    Nothing is dropped: in = new + unchanged + rejected, and what could not be read stands in a rejects file with its
    line, field and reason.
    """
    open_workspace(workspace)
    from verband.rooms.people import services as people
    from verband.rooms.picture import services as picture

    who, language = people.operator(), interface_language()
    results: list[dict[str, object]] = []
    failed: VerbandError | None = None
    for file in files:
        with _Bar(plain(file.name)) as bar:
            try:
                counts = picture.ingest_file(
                    file, who=who, now=now(), format=form, mapping=mapping, encoding=encoding, progress=bar.move
                )
            except VerbandError as raised:
                # This verb alone can be told the encoding.
                code = raised.code
                error = InputError("ingest.encoding", **raised.params) if code == "text.encoding" else raised
                failed = failed or error
                not_stored = "niet opgeslagen" if language == "nl" else "not stored"
                say(f"{file.name or file}: {not_stored}. {error.message(language)} {error.hint(language)}".rstrip())
                continue
        results.append(counts.as_json())
        if not as_json:
            say(_sentence(counts.as_json()))
    if as_json:
        print_json({"files": results})
    if failed is not None:
        raise click.exceptions.Exit(failed.exit_code)


def _sentence(counts: dict[str, object]) -> str:
    text = "{file} ({format}): {in} in = {new} new + {unchanged} unchanged + {rejected} rejected".format(**counts)
    if counts["stripped"]:
        text += f"; person features left out: {counts['stripped']}"
    if counts["rejects_file"]:
        text += f"; rejects in {counts['rejects_file']}"
    return text


class _Bar:
    """A progress bar on a terminal's stderr; nothing where stderr is no terminal."""

    def __init__(self, label: str) -> None:
        self._label = label
        self._progress: object = None
        self._task: object = None

    def __enter__(self) -> _Bar:
        import sys

        if sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

            progress = Progress(
                TextColumn("{task.description}"),
                BarColumn(),
                MofNCompleteColumn(),
                console=Console(stderr=True),
                transient=True,
            )
            progress.start()
            self._progress, self._task = progress, progress.add_task(self._label, total=None)
        return self

    def move(self, done: int, total: int | None) -> None:
        """Show how many units are done."""
        if self._progress is not None:
            self._progress.update(self._task, completed=done, total=total)  # type: ignore[attr-defined]

    def __exit__(self, *_: object) -> None:
        if self._progress is not None:
            self._progress.stop()  # type: ignore[attr-defined]
