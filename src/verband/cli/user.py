"""`verband user`: accounts and one-time sign-in links."""

from __future__ import annotations

import shlex
from pathlib import Path

import click
from click.core import ParameterSource

from verband.cli.shell import guarded, json_option, open_workspace, plain, print_json, say, workspace_option
from verband.language.errors import InputError

_LONGEST = 150


@click.group("user")
def command() -> None:
    """Make accounts and one-time sign-in links."""


@command.command("add")
@click.argument("name")
@click.option("--role", required=True, help="analyst, desk, decider, oversight or administrator.")
@click.option("--organisation", default="", help="Short name of a registered organisation. Default: the home one.")
@click.option("--full-name", default="", help="How the person is shown.")
@click.option("--tlp", default="CLEAR", show_default=True, help="The highest TLP marking the person may see.")
@click.option("--classification", default="ongerubriceerd", show_default=True, help="The highest classification.")
@click.option("--language", type=click.Choice(["nl", "en"]), default=None, help="Of the pages. Default: the browser's.")
@click.option("--community", multiple=True, help="A community the person belongs to; may be repeated.")
@workspace_option
@json_option
@guarded
def add(
    name: str,
    role: str,
    organisation: str,
    full_name: str,
    tlp: str,
    classification: str,
    language: str | None,
    community: tuple[str, ...],
    workspace: Path,
    as_json: bool,
) -> None:
    """Make an account; it signs in by a one-time link."""
    if not 0 < len(name) <= _LONGEST or not name.isprintable() or name != name.strip():
        raise InputError("people.name_unfit", name=plain(name)[:60], limit=_LONGEST)
    open_workspace(workspace)
    from verband.rooms.people import services

    person = services.add_person(
        name,
        role=role,
        organisation=services.organisation(organisation),
        actor=services.COMMAND_LINE,
        name=full_name,
        tlp=tlp.upper(),
        classification=classification,
        communities=community,
        language=language or "",
    )
    if as_json:
        print_json({"username": person.username, "role": person.role, "organisation": person.organisation.key})
    else:
        say(f"Account '{person.username}' made, role {person.role}.")
        say(f"A link to sign in: {_link_command(person.username, workspace)}")


def _link_command(name: str, workspace: Path) -> str:
    """The command that makes a link for this person, for the workspace that this call was given."""
    given = click.get_current_context().get_parameter_source("workspace") is ParameterSource.COMMANDLINE
    words = ["verband", "user", "link", name, *(["--workspace", str(workspace)] if given else [])]
    return shlex.join(words)


@command.command("link")
@click.argument("name")
@click.option("--host", default="http://127.0.0.1:8000", show_default=True, help="Where the application is served.")
@workspace_option
@guarded
def link(name: str, host: str, workspace: Path) -> None:
    """Print a link that signs this person in once, within ten minutes."""
    open_workspace(workspace)
    from verband.rooms.people import services

    token = services.make_link(services.person(name), actor=services.COMMAND_LINE)
    click.echo(f"{host.rstrip('/')}/account/link/{token}/")


@command.command("list")
@workspace_option
@json_option
@guarded
def show(workspace: Path, as_json: bool) -> None:
    """The accounts with their organisation, role and ceiling."""
    open_workspace(workspace)
    from verband.rooms.people import services

    rows = [
        {"username": person.username, "role": person.role, "organisation": person.organisation.key, "tlp": person.tlp}
        for person in services.persons()
    ]
    if as_json:
        print_json(rows)
    for row in [] if as_json else rows:
        click.echo("{username:<20} {role:<15} {organisation:<20} TLP:{tlp}".format(**row))
