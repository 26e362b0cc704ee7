"""Known groups of ATT&CK for the benchmark `attribution`: what they use, who says so, and the cases made from it."""

from __future__ import annotations

import csv
import gzip
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from benchmarks.ingest import shared_data
from verband.methods.connecting.attribution import Case, Profile, Query, profile

_CATALOGUE = "mitre-attack"
_LEAST = 5


@dataclass(frozen=True)
class Use:
    """One `uses` relation: who, what, the reports that say so, and the day on which it was written down."""

    user: str
    item: str
    reports: frozenset[str]
    created: str


@dataclass(frozen=True)
class Asked:
    """A query with the group that is behind it, and the collection without what may not be known."""

    group: str
    case: Case


@dataclass(frozen=True)
class Collected:
    """The live groups and what they and their software use; `ids` of techniques, names of groups and of software
    (some are both), and the day on which each campaign was written down, by its ATT&CK id.
    """

    groups: tuple[str, ...]
    uses: tuple[Use, ...]
    ids: Mapping[str, str]
    group_names: Mapping[str, str]
    software_names: Mapping[str, str]
    campaigns: Mapping[str, str]

    @cached_property
    def by_user(self) -> Mapping[str, Sequence[Use]]:
        """Relations by the group or software that uses."""
        return _grouped((use.user, use) for use in self.uses)

    @cached_property
    def by_report(self) -> Mapping[str, Sequence[Use]]:
        """Relations by each report that they cite."""
        return _grouped((report, use) for use in self.uses for report in sorted(use.reports))

    @cached_property
    def whole(self) -> tuple[Profile, ...]:
        """The profile of each group with everything known, in the order of `groups`."""
        return tuple(_profile(group, self.by_user) for group in self.groups)


def collected() -> Collected:
    """The enterprise bundle: groups, techniques and software that are neither revoked nor deprecated."""
    path = shared_data() / "attack" / "enterprise-attack-18.1-stix20.json.gz"
    with gzip.open(path) as file:
        objects = [item for item in json.load(file)["objects"] if _live(item)]
    held = {item["id"]: item for item in objects if item["type"] != "relationship"}
    groups = {item["name"]: key for key, item in held.items() if item["type"] == "intrusion-set"}
    software = {item["name"]: key for key, item in held.items() if item["type"] in ("malware", "tool")}
    users = {*groups.values(), *software.values()}
    uses = [item for item in objects if item.get("relationship_type") == "uses" and item["target_ref"] in held]
    return Collected(
        groups=tuple(groups.values()),
        uses=tuple(_use(item) for item in uses if item["source_ref"] in users),
        ids={_id(item): key for key, item in held.items() if item["type"] == "attack-pattern"},
        group_names=groups,
        software_names=software,
        campaigns={_id(item): item["created"][:10] for item in held.values() if item["type"] == "campaign"},
    )


def left_out_reports(known: Collected) -> Iterator[Asked]:
    """Test B: each report with at least five items of a group, of which five are left when the report is hidden.

    Every relation that cites this report alone is hidden, whoever uses it, software included; where others cite it
    too, the report no longer counts as backing.
    """
    for place, group in enumerate(known.groups):
        reports = dict.fromkeys(report for use in known.by_user[group] for report in sorted(use.reports))
        for report in reports:
            items = dict.fromkeys(use.item for use in known.by_report[report] if use.user == group)
            if len(items) < _LEAST:
                continue
            profiles = _hiding(known, report)
            left = profiles[place]
            if len(left.techniques) + len(left.software) >= _LEAST:
                yield Asked(group, Case(_query(items), profiles, place))


def campaigns(known: Collected) -> Iterator[Asked]:
    """Test A: each campaign of which a live group is named, against what was written of the groups before it.

    A campaign of two groups is asked for each of them.
    """
    path = shared_data() / "attack" / "campaign_attribution_derived.csv"
    with path.open(newline="", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["id"] in known.campaigns]
    for row in rows:
        earlier = _grouped((use.user, use) for use in known.uses if use.created < known.campaigns[row["id"]])
        items = [known.ids[key] for key in row["techniques"].split("|") if key in known.ids]
        items += [known.software_names[key] for key in row["software"].split("|") if key in known.software_names]
        for name in filter(None, row["attributed_group"].split("|")):
            group = known.group_names.get(name)
            if group is not None and earlier.get(group):
                profiles = tuple(_profile(one, earlier) for one in known.groups)
                yield Asked(group, Case(_query(items), profiles, known.groups.index(group)))


def _hiding(known: Collected, report: str) -> tuple[Profile, ...]:
    """Every profile without the report; those that it does not touch are the same values as ever."""
    touched = {use.user for use in known.by_report[report]}
    by_user = {**known.by_user, **{user: _without(known.by_user[user], report) for user in touched}}
    return tuple(
        _profile(group, by_user) if group in touched or touched & whole.software.keys() else whole
        for group, whole in zip(known.groups, known.whole, strict=True)
    )


def _profile(group: str, by_user: Mapping[str, Sequence[Use]]) -> Profile:
    uses = by_user.get(group, ())
    software = {use.item: len(use.reports) for use in uses if not _is_technique(use.item)}
    return profile(
        group,
        techniques={use.item: len(use.reports) for use in uses if _is_technique(use.item)},
        software=software,
        known_for={name: [use.item for use in by_user.get(name, ())] for name in software},
    )


def _query(items: Iterable[str]) -> Query:
    every = tuple(items)
    return Query(
        techniques=tuple(item for item in every if _is_technique(item)),
        software=tuple(item for item in every if not _is_technique(item)),
    )


def _without(uses: Sequence[Use], report: str) -> list[Use]:
    kept = [use if report not in use.reports else replace(use, reports=use.reports - {report}) for use in uses]
    return [now for now, use in zip(kept, uses, strict=True) if now.reports or not use.reports]


def _grouped(pairs: Iterable[tuple[str, Use]]) -> dict[str, list[Use]]:
    found: dict[str, list[Use]] = defaultdict(list)
    for key, use in pairs:
        found[key].append(use)
    return dict(found)


def _use(item: Mapping[str, Any]) -> Use:
    names = {part["source_name"] for part in item.get("external_references", ())} - {_CATALOGUE}
    return Use(item["source_ref"], item["target_ref"], frozenset(names), item["created"][:10])


def _is_technique(item: str) -> bool:
    return item.startswith("attack-pattern--")


def _live(item: Mapping[str, Any]) -> bool:
    return not item.get("revoked") and not item.get("x_mitre_deprecated")


def _id(item: Mapping[str, Any]) -> str:
    return next(part["external_id"] for part in item["external_references"] if part["source_name"] == _CATALOGUE)
