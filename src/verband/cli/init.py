"""`verband init`: make a workspace with its home organisation and first account."""

from __future__ import annotations

from pathlib import Path

import click

from verband.cli.shell import guarded, json_option, open_workspace, print_json, say, workspace_option


@click.command("init")
@workspace_option
@json_option
@click.option("--organisation", default="home", show_default=True, help="Short name of who works here.")
@click.option("--name", default="", help="Its full name. Default: the short name.")
@click.option(
    "--profile",
    default="researcher",
    show_default=True,
    help="What its legal task lets it use: coordinator, ministry, service, municipality, vital_operator, "
    "knowledge_institution or researcher.",
)
@click.option(
    "--legal-task",
    default="Research with published data",
    show_default=True,
    help="The registered task that the profile follows from.",
)
@guarded
def command(workspace: Path, as_json: bool, organisation: str, name: str, profile: str, legal_task: str) -> None:
    """Make a workspace: a folder with a database, a secret key, a home organisation and an administrator.

    Running it again changes nothing.
    """
    from verband.language.catalogues import catalogue

    profile = catalogue("profiles").resolve(profile).key
    folder = open_workspace(workspace, create=True)
    from verband.rooms.people import services as people

    made = people.set_up(
        organisation,
        name=name or organisation,
        profile=profile,
        legal_task=legal_task,
        source="registered at 'verband init'",
    )
    if as_json:
        print_json({"organisation": organisation, "profile": profile, "new": made})
    else:
        say(f"Workspace {'made' if made else 'was there already'}: {folder}")
        say(f"Organisation '{organisation}' with profile '{profile}', account 'admin'.")
        say("Next: verband ingest FILE...   then: verband connect   and: verband serve")
