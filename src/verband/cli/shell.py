"""What every verb shares: opening the workspace, printing JSON, progress on stderr, errors and exit codes."""

from __future__ import annotations

import errno
import functools
import gc
import json
import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from verband.language.errors import StateError, VerbandError

_NEW_KEY = {
    "en": "The secret key of this workspace was gone and has been made anew: everybody signs in again.",
    "nl": "De geheime sleutel van deze werkmap was weg en is opnieuw gemaakt: iedereen logt opnieuw in.",
}
_Command = TypeVar("_Command", bound=Callable[..., Any])


def workspace_option(command: _Command) -> _Command:
    """The option --workspace, handed on as `workspace: Path`."""
    return click.option(
        "--workspace",
        type=click.Path(path_type=Path, file_okay=False),
        default=lambda: Path(os.environ.get("VERBAND_WORKSPACE") or "."),
        help="The workspace folder. Default: VERBAND_WORKSPACE, else the current folder.",
    )(command)


def json_option(command: _Command) -> _Command:
    """The option --json, handed on as `as_json: bool`."""
    return click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")(command)


def now() -> datetime:
    """The clock of the command line; SOURCE_DATE_EPOCH sets it for runs that must repeat to the bit."""
    fixed = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.fromtimestamp(int(fixed), UTC) if fixed else datetime.now(UTC)


def open_workspace(folder: Path, *, create: bool = False, queue: bool = False) -> Path:
    """Set Django up on that workspace, with its database in the form of this version; the folder.

    `create` makes it a workspace first; `queue` loads the queue of long jobs, which short verbs do without.
    Raises InputError("workspace.missing"), StateError("workspace.newer") and what the database refuses.
    """
    folder = folder.resolve()
    os.environ["VERBAND_WORKSPACE"] = str(folder)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "verband.workbench.settings")
    os.environ["VERBAND_JOBS"] = "1" if create or queue else "0"
    from verband.cli.shell_checks import check_database, check_secret_key, check_settings
    from verband.workbench import workspace

    check_settings()
    if create:
        workspace.create(folder)
    else:
        workspace.check(folder)
        check_database(folder)
    if check_secret_key(folder):
        say(_NEW_KEY[interface_language()])
    import django

    django.setup()
    from verband.workbench import database

    database.bring_up_to_date()
    return folder


def say(text: str) -> None:
    """A line for people, on stderr, so that stdout stays for results."""
    click.echo(plain(text), err=True)


def plain(text: str) -> str:
    """The text with what would move a terminal's cursor, and bytes that are no UTF-8, written as escapes."""
    return "".join(letter if letter.isprintable() or letter in "\n\t" else ascii(letter)[1:-1] for letter in text)


def interface_language() -> str:
    """The language of what a person reads here: Dutch where LANG says so, else English."""
    return "nl" if os.environ.get("LANG", "").startswith("nl") else "en"


def print_json(value: object) -> None:
    """The result on stdout: keys in order of writing, no clock, no path."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def run(command: click.Command) -> None:
    """Call the command and turn what it raises into a sentence and an exit code: 2 for wrong input, 1 for the rest."""
    # A verb is short and makes rows, not cycles: looking for some in every seven hundred new objects costs a tenth.
    gc.set_threshold(100_000, 20, 20)
    try:
        code = command.main(standalone_mode=False)
    except click.exceptions.Abort:
        say("Stopped.")
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except VerbandError as error:
        _show(error)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        sys.exit(1)
    finally:
        gc.freeze()
    sys.exit(code if isinstance(code, int) else 0)


def _show(error: VerbandError) -> None:
    language = interface_language()
    say(f"{'Fout' if language == 'nl' else 'Error'}: {error.message(language)}")
    if hint := error.hint(language):
        say(hint)


def guarded(function: _Command) -> _Command:
    """Wrap a verb so that what the database or the disk refuses comes out as an error that says what to do."""

    @functools.wraps(function)
    def inner(*args: Any, **kwargs: Any) -> Any:
        try:
            return function(*args, **kwargs)
        except VerbandError:
            raise
        except Exception as error:
            raise _translated(error) from error

    return inner  # type: ignore[return-value]


def _translated(error: Exception) -> Exception:
    from django.conf import settings
    from django.db.utils import DatabaseError

    if isinstance(error, DatabaseError):
        text = str(error).lower()
        if "locked" in text:
            return StateError("database.locked", seconds=settings.VERBAND_LOCK_WAIT_S)
        if "full" in text:
            return StateError("database.full")
        if "readonly" in text:
            return StateError("workspace.read_only", folder=settings.VERBAND_WORKSPACE)
        return StateError("database.unusable", reason=str(error).strip())
    if isinstance(error, BrokenPipeError) or not isinstance(error, OSError):
        return error
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return StateError("database.full")
    where = error.filename or settings.VERBAND_WORKSPACE
    return StateError("workspace.unwritable", folder=where, reason=error.strerror or str(error))
