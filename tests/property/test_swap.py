"""The swap test (P1): other names for the same actors give the same campaigns, weights, order, links and words.

The names, aliases and adjectives of actors are exchanged in every field and in the alias table. The columns `country`
and `place` with their coordinates stay: they say where an incident happened, and a place is not an actor. An incident
in the Netherlands laid at Russia's door is one in the Netherlands laid at China's door, with every word that named the
one naming the other.
"""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.property.swapping import Swap, swap
from verband.formats import open_reading
from verband.formats.actors import Actor, Actors, known_actors
from verband.language.markings import Ceiling
from verband.language.words import fold
from verband.methods import connecting as method
from verband.rooms.campaigns import hybrid, hypotheses, judging_exports
from verband.rooms.campaigns import services as campaigns
from verband.rooms.campaigns.models import Campaign
from verband.rooms.people import services as people
from verband.rooms.picture import ingest
from verband.rooms.picture import services as picture
from verband.rooms.picture.models import Link, Record, Sameness
from verband.rooms.risk import services as risk

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("P1")]

NOW = datetime(2026, 1, 10, 12, 0, tzinfo=UTC)
_DATA = files("verband.demo") / "data"
_STATES = (
    "Russia", "China", "Iran", "Netherlands", "Germany", "Ukraine", "Poland", "Belarus", "France", "Turkey", "Eritrea",
)  # fmt: skip
_GROUPS = ("APT28", "APT31", "Sandworm", "APT29", "Killnet", "Callisto", "NoName057(16)", "HAFNIUM")


@pytest.fixture
def who(db: None) -> people.Reader:
    people.set_up("home", name="Home", profile="coordinator", legal_task="coordination", source="test")
    return people.operator()


def groups_and_states() -> tuple[tuple[Actor, ...], tuple[Actor, ...]]:
    known = known_actors()
    return known._groups, known._countries


def named(names: Sequence[str]) -> list[Actor]:
    groups, states = groups_and_states()
    by_name = {actor.name: actor for actor in (*groups, *states)}
    return [by_name[name] for name in names]


def test_other_names_in_the_embedded_data_give_the_same_campaigns_to_the_bit(
    who: people.Reader, tmp_path: Path
) -> None:
    groups, states = groups_and_states()
    other = _both(swap(states, named(_STATES)), swap(groups, named(_GROUPS)))
    tables = {name: (_DATA / name).read_text("utf-8") for name in ("public_incidents.csv", "policy_incidents.csv")}
    swapped = {name: _each_row(text, other) for name, text in tables.items()}
    cells = [cell for text in tables.values() for row in csv.reader(io.StringIO(text)) for cell in row]
    assert [fold(other.back(other.to_other(cell))) for cell in cells] == [fold(cell) for cell in cells]
    assert sum(other.to_other(cell) != cell for cell in cells) > 1000

    stated = _outcome(tables, known_actors(), who, tmp_path / "stated")
    exchanged = _outcome(swapped, other.actors(groups, states), who, tmp_path / "exchanged")

    assert stated["incidents"] > 200
    assert stated["groups"]
    assert len(stated["attributed"]) > 100
    assert list(_differences(exchanged, stated, other)) == []


_means = st.sampled_from(["phishing", "cable cutting", "drone overflight", "parcel bombs", "defacement", "arson"])
_row = st.fixed_dictionaries(
    {
        "day": st.integers(0, 900),
        "domain": st.sampled_from(["cyber", "maritime", "information", "espionage"]),
        "means": _means,
        "country": st.sampled_from(["NL", "DE", "EE", ""]),
        "target": st.sampled_from(["{a} embassy", "rail signals", "ministry of {a}", "ferry near {b}", "{a}"]),
        "title": st.sampled_from(
            ["{a} group behind leak at {b} firm", "{b} port hit", "Agents of {a} held", "{a}n spies, says {b}"]
        ),
        "shared": st.sampled_from(["malware=Graphite", "modus=posing as {b} officials", "technique=spear mail", ""]),
        "actors": st.tuples(st.sampled_from(_STATES + _GROUPS), st.sampled_from(_STATES)),
    }
)


@settings(
    max_examples=4,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(rows=st.lists(_row, min_size=2, max_size=24), seed=st.randoms(use_true_random=False))
def test_any_collection_and_any_exchange_of_names_give_the_same_result(
    rows: list[dict[str, Any]], seed: random.Random, who: people.Reader, tmp_path: Path
) -> None:
    groups, states = groups_and_states()
    orders = [named(seed.sample(names, len(names))) for names in (_STATES, _GROUPS)]
    other = _both(swap(states, orders[0]), swap(groups, orders[1]))
    table = _as_csv([_incident(number, row) for number, row in enumerate(rows)])

    stated = _outcome({"t.csv": table}, known_actors(), who, tmp_path / "stated")
    exchanged = _outcome({"t.csv": _each_row(table, other)}, other.actors(groups, states), who, tmp_path / "other")

    assert stated["incidents"] == len(rows)
    assert list(_differences(exchanged, stated, other)) == []


def _both(first: Swap, second: Swap) -> Swap:
    return Swap(first.pairs | second.pairs)


def _incident(number: int, row: Mapping[str, Any]) -> dict[str, str]:
    first, second = row["actors"]

    def text(name: str) -> str:
        return str(row[name]).format(a=first, b=second)

    day = datetime.fromtimestamp(1_640_995_200 + row["day"] * 86_400, UTC)
    return {
        "id": f"R-{number:03d}",
        "event_type": "incident",
        "title": text("title"),
        "summary": f"{text('title')}. {second} denies it.",
        "date_start": f"{day:%Y-%m-%d}",
        "date_end": "",
        "country": row["country"],
        "place": "",
        "lat": "",
        "lon": "",
        "domain": row["domain"],
        "means": row["means"],
        "target": text("target"),
        "target_sector": "",
        "interests": "economic",
        "actor_as_stated": first,
        "actor_kind": "state",
        "certainty_as_stated": f"stated by {second}",
        "shared_features": text("shared"),
    }


def _as_csv(rows: Sequence[Mapping[str, str]]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _each_row(table: str, other: Swap) -> str:
    return _as_csv([other.row(row) for row in csv.DictReader(io.StringIO(table))])


def _outcome(tables: Mapping[str, str], actors: Actors, who: people.Reader, folder: Path) -> dict[str, Any]:
    """What the whole line makes of the tables; the database is as before afterwards."""
    folder.mkdir(exist_ok=True)
    with transaction.atomic():
        for name, text in tables.items():
            path = folder / name
            path.write_text(text, "utf-8")
            reading = open_reading(path, actors=actors)
            ingest.store(reading, path=path, sha256=reading.sha256, actor="test", ceiling=Ceiling("RED"), now=NOW)
        done = campaigns.connect(who=who, now=NOW, parameters=method.Parameters(replicates=19))
        found = _seen(done, who)
        transaction.set_rollback(True)
    return found


def _seen(done: campaigns.Outcome, who: people.Reader) -> dict[str, Any]:
    """Everything that a reader could tell apart, in its order, with records and things as row keys."""
    keys = {record.pk: f"{record.source.key}:{record.key}" for record in Record.objects.select_related("source")}
    rows = dict(Record.objects.exclude(thing=None).values_list("thing_id", "pk"))

    def keyed(value: Any) -> Any:
        if isinstance(value, dict):
            return {k: [keys[int(n)] for n in v] if k == "records" else keyed(v) for k, v in value.items()}
        return [keyed(item) for item in value] if isinstance(value, list) else value

    found = risk.triangle(who, now=NOW)
    return {
        "incidents": done.result.incidents,
        "smallest": done.run.smallest_showable,
        "null": done.run.null_best,
        "comparisons": done.run.comparisons,
        "json": campaigns.as_json(done),
        "groups": [
            {
                "proposed": item.proposed,
                "members": [keys[rows[member.thing_id]] for member in item.members.all()],
                "bans": item.bans,
                "p": item.p,
                "e": item.e_value,
                "titles": [item.title_nl, item.title_en],
                "domains": item.domains,
                "marking": item.marking.value().words(),
                "span": (item.start, item.end),
                "why": keyed(item.why),
                "judged": _judged(str(item.uuid), who),
                "links": [
                    (row.first, row.second, row.link_bans, row.feature, row.value, row.bans, row.incidents_with_value)
                    for row in item.evidence.all()
                ],
            }
            for item in Campaign.objects.filter(run=done.run)
        ],
        "same": [
            (keys[rows[item.first_id]], keys[rows[item.second_id]], item.strength, item.evidence)
            for item in Sameness.objects.order_by("pk")
        ],
        "attributed": [
            (keys[link.record_id], link.kind, link.target_thing.stix_id)
            for link in Link.objects.select_related("target_thing").order_by("pk")
        ],
        "list": [keys[view.lead.id] for view in picture.incidents(who.ceiling)],
        "triangle": [
            (cell.interest, cell.theme, cell.recent, cell.before, cell.unplaced, cell.in_all, cell.means)
            for cell in found.cells
        ],
        "gaps": [(cell.interest, cell.theme, cell.missing) for cell in found.gaps],
        "unplaced": [[keys[view.lead.id] for view in views] for views in (found.without_interest, found.without_theme)],
    }


def _judged(uuid: str, who: people.Reader) -> dict[str, Any]:
    """What the tool reads of a group before a person judges: the table of hypotheses, its ranking, the checklist."""
    view = campaigns.campaign(uuid, who)
    table = hypotheses.table(view, who)
    return {
        "matrix": judging_exports.matrix(table, "en"),
        "order": [(score.hypothesis, score.against) for score in table.result.scores],
        "hinges": table.result.hinges,
        "elements": judging_exports.checklist(hybrid.checklist(view, who)),
    }


def _differences(one: Any, stated: Any, other: Swap, path: str = "") -> Iterator[tuple[str, Any, Any]]:
    """Where two outcomes differ, leaf by leaf.

    A text is equal as it stands or mapped back: the name of a place in it was never exchanged. Texts are compared
    folded, because the method folds and an exchange keeps no capitals.
    """
    if isinstance(one, Mapping) and isinstance(stated, Mapping) and one.keys() == stated.keys():
        for key in one:
            yield from _differences(one[key], stated[key], other, f"{path}/{key}")
    elif isinstance(one, list | tuple) and isinstance(stated, list | tuple) and len(one) == len(stated):
        for number, (left, right) in enumerate(zip(one, stated, strict=True)):
            yield from _differences(left, right, other, f"{path}/{number}")
    elif isinstance(one, str) and isinstance(stated, str):
        if fold(stated) not in (fold(one), fold(other.back(one))):
            yield path, one, stated
    elif one != stated:
        yield path, one, stated


def test_the_exchange_moves_every_actor_and_gives_each_spelling_once() -> None:
    _, states = groups_and_states()
    order = named(_STATES)

    other = swap(states, order)

    assert all(other.to_other(first.name) == second.name for first, second in pairwise(order))
    assert other.to_other("Russian spies; the Kremlin") != "Russian spies; the Kremlin"
    assert other.back(other.to_other("Russian spies; China")) == "Russian spies; China"
