"""`verband demo`: the whole line on the embedded public data, ending with a report."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from verband.cli.shell import guarded, interface_language, json_option, now, open_workspace, print_json, say

if TYPE_CHECKING:
    from verband.demo.loader import SameEvent, Summary
    from verband.rooms.campaigns.services import CampaignRow

_CAMPAIGNS, _COINCIDENCES, _SAME, _GAPS = 5, 3, 12, 5
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
    for line in _lines(found):
        click.echo(line)
    for name in reports:
        click.echo(f"Report: {workspace / name}")
    click.echo(f"Open it: {_open(workspace)}   (or: verband serve --workspace {workspace})")


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


def _lines(found: Summary) -> list[str]:
    lines = ["", "What came in"]
    for counts in found.files:
        lines.append("  {file}: {in} rows = {new} new + {unchanged} unchanged + {rejected} rejected".format(**counts))
    lines.append(
        f"  {found.statements} statements, {found.commitments} commitments ({found.measures} of them measures "
        f"as well), {found.theme_texts} texts on eleven themes"
    )
    newest = found.triangle.newest
    if newest is not None and newest.when is not None:
        lines.append(f"  Newest incident on record: {newest.when.words()}")
    lines += ["", f"Campaigns proposed: {len(found.proposed)} (people decide)"]
    lines += [_campaign(row) for row in found.proposed[:_CAMPAIGNS]]
    lines.append(
        "  People chose what is in this collection, so what is shared here may be shared because it was chosen."
    )
    lines += ["", f"Held for coincidence: {len(found.coincidences)} groups looked at and not proposed"]
    lines += [_campaign(row) for row in found.coincidences[:_COINCIDENCES]]
    lines += ["", f"Rows that may tell one event twice: {len(found.same_events)} pairs proposed as the same incident"]
    lines += [_same(pair) for pair in found.same_events[:_SAME]]
    return [*lines, "", *_gaps(found), ""]


def _campaign(row: CampaignRow) -> str:
    """One line: what it is called, and how often a group like this arises by chance in this collection."""
    chance = f"{100 * row.p:.1f} %" if row.p >= 0.001 else "less than 0.1 %"
    often = f"a group like this arises by chance in this collection in {chance} of shuffled versions"
    return f"  {row.title_en}\n      {often}"


def _same(pair: SameEvent) -> str:
    return f"  {_short(pair.first)}  =  {_short(pair.second)}  ({pair.bans:.1f} bans)"


def _gaps(found: Summary) -> list[str]:
    from verband.language.catalogues import catalogue

    interests, themes = catalogue("interests").labels("en"), catalogue("themes").labels("en")
    gaps = found.triangle.gaps
    lines = [f"Gaps: {len(gaps)} pairs of interest and theme with a threat and a missing corner"]
    for cell in gaps[:_GAPS]:
        missing = " and ".join(
            {"resilience": "no judgement of resilience", "measure": "no measure"}[m] for m in cell.missing
        )
        pair = f"{interests[cell.interest]} x {themes[cell.theme]}"
        lines.append(f"  {pair}: {cell.last_24_months} incidents in 24 months, {missing}")
    return lines


def _short(text: str, limit: int = 58) -> str:
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


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
