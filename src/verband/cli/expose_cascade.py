"""What `verband expose cascade` prints: what falls and when, or what each failure costs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from verband.cli.shell import interface_language, plain, print_json, say
from verband.formats.dependencies import ASSUMED, STATED, NeedRow, Needs, read_needs
from verband.language.errors import InputError, LocatedError
from verband.methods.depending import cascades
from verband.rooms.reports.kinds.grid_cascade import place_of
from verband.rooms.reports.words import Words


def show(
    file: Path, failed: tuple[str, ...], *, horizon_h: float, draws: int, seed: int, rows: int, as_json: bool
) -> None:
    """Read, compute and print. Raises what reading a description and computing over it raise."""
    words = Words(interface_language())
    needs = read_needs(file)
    system = system_of(needs)
    parameters = cascades.Parameters(horizon_h=horizon_h, draws=draws, seed=seed)
    nodes, groups = words.count("node", system.size), words.count("requirement", len(system.node))
    say(words("expose.read", nodes=nodes, needs=groups, file=needs.file))
    for cycle in system.closed_cycles:
        say(words("expose.cycle", nodes=words.listed(cycle)))
    said: dict[str, Any] = {"nodes": system.size, "requirements": len(system.node), **told(parameters)}
    said |= {"closed_cycles": system.closed_cycles, "basis": basis(needs)}
    if failed:
        blast = cascades.blast_radius(system, failed, parameters)
        said |= fallen(blast)
        lines = cascade_lines(blast, words, rows)
    else:
        found = cascades.criticality(system, parameters)
        said |= {"version": found.version, "ranking": [ranked(one, found.standings) for one in found.standings]}
        lines = [
            words("expose.ranking", horizon=f"{horizon_h:g}", n=draws),
            *ranking_lines(found.standings[:rows], words),
        ]
    if as_json:
        print_json(said)
        return
    for line in (*lines, *assumption_lines(needs, words)):
        click.echo(plain(line))


def system_of(needs: Needs, *, more: tuple[cascades.Node, ...] = ()) -> cascades.System:
    """The description as a system, with `more` nodes that are described elsewhere.

    Raises LocatedError, with the line, for what `cascades.system_of` refuses, ("needs.grade_differs"), ("needs.alike").
    """
    _check_spelling(needs)
    found: dict[str, list[NeedRow]] = {}
    for row in needs.rows:
        _check_alike(needs, found.setdefault(row.node, []), row)
        found[row.node].append(row)
    nodes = [_node(name, rows) for name, rows in found.items()]
    try:
        return cascades.system_of((*nodes, *more))
    except InputError as error:
        rows = [row for row in found.get(str(error.params.get("node")), []) if row.members]
        group = error.params.get("group")
        at = rows[group - 1].line if isinstance(group, int) and 0 < group <= len(rows) else 0
        raise LocatedError(error, file=needs.file, line=at) from error


def _check_spelling(needs: Needs) -> None:
    """Names that differ in capitals alone read as one: nobody would see which of the two a requirement means."""
    seen: dict[str, NeedRow] = {}
    for row in needs.rows:
        first = seen.setdefault(row.node.casefold(), row)
        if first.node == row.node:
            continue
        if first.owner and row.owner and first.owner != row.owner:
            error = InputError("depending.owner_differs", node=row.node, one=first.owner, other=row.owner)
        else:
            error = InputError("needs.alike", node=row.node, other=first.node, before=first.line)
        raise LocatedError(error, file=needs.file, line=row.line)


def _check_alike(needs: Needs, before: list[NeedRow], row: NeedRow) -> None:
    for name, code in (("owner", "depending.owner_differs"), ("grade", "needs.grade_differs")):
        said = [value for one in before if (value := getattr(one, name))]
        own = getattr(row, name)
        if said and own and own != said[0]:
            error = InputError(code, node=row.node, one=said[0], other=own)
            raise LocatedError(error, file=needs.file, line=row.line)


def _node(name: str, rows: list[NeedRow]) -> cascades.Node:
    owner = next((row.owner for row in rows if row.owner), "")
    grade = next((row.grade for row in rows if row.grade), "")
    groups = (cascades.Requirement(row.members, row.k, row.buffer_h, row.spread) for row in rows if row.members)
    return cascades.Node(name, tuple(groups), grade, owner)


def told(parameters: cascades.Parameters) -> dict[str, Any]:
    """The parameters that a person chose, and what a requirement without a spread was given."""
    return {
        "horizon_h": parameters.horizon_h,
        "draws": parameters.draws,
        "seed": parameters.seed,
        "weights": dict(parameters.weights),
        "spread_where_none_is_stated": parameters.spread,
    }


def basis(needs: Needs) -> dict[str, int]:
    """How many requirements are stated by a source, are an own assumption, or say nothing of it."""
    groups = [row.basis for row in needs.rows if row.members]
    return {"stated": groups.count(STATED), "own_assumption": groups.count(ASSUMED), "not_said": groups.count("")}


def assumption_lines(needs: Needs, words: Words) -> list[str]:
    """What must be said with every figure: on what the requirements rest."""
    found = basis(needs)
    return ["", words("expose.basis", **found), words("expose.spread")]


def fallen(blast: cascades.Blast) -> dict[str, Any]:
    """The cascade as JSON, earliest first."""
    steps = [
        {
            "node": step.name,
            "time_h": step.time_h,
            "requirement": step.group,
            "missing": step.missing,
            "supply_lost_h": step.supply_lost_h,
            "class": step.grade,
            "owner": step.owner,
        }
        for step in blast.cascade.steps()
    ]
    lost = {"lost_h": blast.lost_h, "low_h": blast.low_h, "high_h": blast.high_h}
    return {
        "version": blast.version,
        "failed": blast.cascade.starts,
        "by_class": dict(blast.by_grade),
        **lost,
        "fallen": steps,
    }


def ranked(one: cascades.Standing, among: Sequence[cascades.Standing]) -> dict[str, Any]:
    """One place in a ranking as JSON."""
    return {
        "rank": place_of(one, among),
        "node": one.name,
        "lost_h": one.lost_h,
        "low_h": one.low_h,
        "high_h": one.high_h,
        "fallen": one.fallen,
    }


def cascade_lines(blast: cascades.Blast, words: Words, rows: int, label: Callable[[str], str] = str) -> list[str]:
    """The cascade for people: what was lost, and a line for each node that falls; `label` gives a node in words."""
    steps = blast.cascade.steps()
    counts = words.listed([words("expose.of_class", n=n, grade=grade) for grade, n in blast.by_grade.items()])
    head = words.agreeing(
        "expose.fallen",
        len(steps),
        counts=counts or words("format.none"),
        horizon=f"{blast.parameters.horizon_h:g}",
        lost=spread(blast.lost_h, blast.low_h, blast.high_h, words),
    )
    lines = [head]
    for step in steps[:rows]:
        missing = words.listed([label(name) for name in step.missing])
        why = words("expose.because", group=step.group, missing=missing) if step.group else ""
        lines.append(f"{words.decimal(step.time_h):>7} h  {named(label(step.name), step.grade, words)}{why}")
    if len(steps) > rows:
        lines.append(words("expose.more", n=len(steps) - rows))
    return lines


def ranking_lines(
    standings: Sequence[cascades.Standing], words: Words, labels: Mapping[str, str] | None = None
) -> list[str]:
    """A ranking for people."""
    return [
        f"{place_of(one, standings):>3}  {(labels or {}).get(one.name, one.name)}: "
        + words.agreeing("expose.costs", one.fallen, lost=spread(one.lost_h, one.low_h, one.high_h, words))
        for one in standings
    ]


def spread(value: float, low: float | None, high: float | None, words: Words) -> str:
    """`312.0 (290.1 – 330.4)`, the figure alone where no interval was drawn."""
    if low is None or high is None:
        return words.decimal(value)
    return f"{words.decimal(value)} ({words.decimal(low)} – {words.decimal(high)})"


def named(name: str, grade: str, words: Words) -> str:
    """The node with its class, where it has one."""
    return f"{name} ({words('expose.class', grade=grade)})" if grade else name
