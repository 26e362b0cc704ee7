"""`verband respond`: read the cases of response. Nothing is decided here: a signed-in person decides."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

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

if TYPE_CHECKING:
    from verband.language.markings import Marking
    from verband.rooms.response.services import CaseView, OptionView, PackageView


@click.group("respond")
def command() -> None:
    """Read cases, packages and decisions; they are made by signed-in persons, never here."""


@command.command("list")
@workspace_option
@json_option
@guarded
def show_all(workspace: Path, as_json: bool) -> None:
    """The cases with their packages, how each stands, and what comes next."""
    # The pages that name campaigns need the queue.
    open_workspace(workspace, queue=True)
    from django.utils import translation

    from verband.cli import respond_words
    from verband.rooms.people import services as people
    from verband.rooms.picture import services as picture
    from verband.rooms.response import services as response

    who, language = people.operator(), interface_language()
    found = [(one, response.packages(one, who, now=now())) for one in response.cases(who)]
    picture.note_reading(who, "response cases", [mark for one in found for mark in _markings(*one)])
    if as_json:
        print_json(response.exported_cases(found))
        return
    with translation.override(language):
        for line in respond_words.overview(found, who, language):
            click.echo(line)


@command.command("show")
@click.argument("key")
@workspace_option
@json_option
@guarded
def show(key: str, workspace: Path, as_json: bool) -> None:
    """One case by its key or that of a package in it: options, packages, who decided what under which mandate."""
    open_workspace(workspace, queue=True)
    from django.utils import translation

    from verband.cli import respond_words
    from verband.rooms.people import services as people
    from verband.rooms.picture import services as picture
    from verband.rooms.response import services as response

    who, language = people.operator(), interface_language()
    case = response.case_of(key, who)
    held = response.packages(case, who, now=now())
    offered = response.options(case.row, who)
    picture.note_reading(who, f"response {case.key}", _markings(case, held, offered))
    if as_json:
        print_json(
            {
                "case": response.exported_cases([(case, held)])[0],
                "options": response.exported_options(case, offered, response.like_cases(case, offered, who)),
                "steps": response.exported_trail(held, language),
            }
        )
        return
    with translation.override(language):
        for line in respond_words.whole(case, offered, held, language):
            click.echo(line)


def _markings(case: CaseView, packages: Sequence[PackageView], options: Sequence[OptionView] = ()) -> list[Marking]:
    below = [one.markings for one in packages] + [one.markings for one in options]
    return [*case.markings, *(mark for each in below for mark in each)]
