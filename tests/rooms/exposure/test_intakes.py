"""Networks into the registers: looked at first, registered on a stated assumption, taken back as a whole."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.formats.test_topology import COORDINATES, LNG, PIPES, ZOO
from tests.rooms.exposure.conftest import NOW, WRITER, process, reader
from tests.rooms.exposure.test_pages import text
from tests.rooms.risk.test_pages import sign_in
from verband.language.errors import InputError, NotFoundError, RefusedError
from verband.rooms.audit.models import Entry
from verband.rooms.exposure import intakes, services
from verband.rooms.exposure.models import Intake, Process, Requirement

__all__ = ["sign_in"]
pytestmark = pytest.mark.django_db
CELLS = {"title": "Example net", "prefix": "net", "assumption": "alone", "source": "A paper", "marking": "CLEAR"}
NET = [("net.graphml", ZOO.encode())]
GAS = [(f"{name}.csv", text.encode()) for name, text in (("Gas_LNG", LNG), ("Gas_PipeLines", PIPES))]


def upload(files: list[tuple[str, bytes]] | None = None, **cells: str) -> Intake:
    return intakes.upload(NET if files is None else files, {**CELLS, **cells}, who=WRITER, now=NOW)


def register(row: Intake) -> tuple[int, int, int]:
    done = intakes.register(str(row.pk), who=WRITER, now=NOW)
    return done.assets, done.requirements, done.unchanged


def told() -> list[tuple[str, list[str], int]]:
    return [(row.node, row.members, row.k) for row in Requirement.objects.filter(withdrawn_at=None)]


def test_an_upload_is_looked_at_before_anything_is_registered() -> None:
    row = upload()

    found = intakes.preview(row)
    assert [one.key for one in found.assets] == ["net-north", "net-south", "net-north-south", "net-south-north-2"]
    assert (found.refused[0].line, found.refused[0].code) == (14, "topology.degrees")
    assert "op aarde" in found.refused[0].nl
    assert not Process.objects.exists()


def test_assets_alone_make_no_requirement_and_carry_class_place_and_source() -> None:
    assert register(upload()) == (4, 0, 0)

    north = Process.objects.get(key="net-north")
    assert (north.kind, north.asset_class, north.latitude, north.owner) == ("asset", "telecom_point", 53.2, "")
    assert north.source == "A paper (Internet Topology Zoo; Example net; 2010_10)"
    assert Entry.objects.filter(action="topology registered").count() == 1


def test_neighbours_take_points_alone_and_say_that_it_is_an_assumption() -> None:
    assert register(upload(assumption="neighbours", buffer_h="2")) == (2, 2, 0)

    assert told() == [("net-north", ["net-south"], 1), ("net-south", ["net-north"], 1)]
    assert all(row.source.startswith("Own assumption on import") for row in Requirement.objects.all())
    assert set(Requirement.objects.values_list("buffer_h", flat=True)) == {2.0}


def test_connections_fail_with_their_points_and_points_with_all_their_connections() -> None:
    register(upload(assumption="connections"))

    lines = ["net-north-south", "net-south-north-2"]
    assert told() == [
        ("net-north", lines, 1),
        ("net-south", lines, 1),
        ("net-north-south", ["net-north", "net-south"], 2),
        ("net-south-north-2", ["net-south", "net-north"], 2),
    ]
    steps = services.cascade(services.network(WRITER), ["net-north"], horizon_h=24).cascade.steps()
    assert {step.name for step in steps} == {"net-north", "net-south", *lines}


def test_where_gas_comes_in_nothing_is_needed_and_a_pipeline_joins_its_neighbours_in_order() -> None:
    register(upload([*GAS, ("Gas_Coordinates.csv", COORDINATES.encode())], assumption="neighbours"))

    assert told() == [
        ("net-middle", ["net-quay", "net-east"], 1),
        ("net-east", ["net-middle", "net-nowhere"], 1),
        ("net-nowhere", ["net-east"], 1),
    ]


def test_what_is_there_already_is_left_as_it_is() -> None:
    services.add("processes", process("net-north", kind="asset", owner="Somebody"), who=WRITER, now=NOW)

    assert register(upload()) == (3, 0, 1)
    assert Process.objects.get(key="net-north").owner == "Somebody"


def test_an_import_is_registered_once_and_taken_back_with_all_that_it_made() -> None:
    row = upload(assumption="neighbours")
    register(row)

    with pytest.raises(InputError, match="registered already"):
        register(row)
    intakes.withdraw(str(row.pk), reason="Wrong file", who=WRITER, now=NOW + timedelta(days=2))
    assert services.network(WRITER).nodes == {}
    assert set(Process.objects.values_list("withdrawn_reason", flat=True)) == {"Wrong file"}
    day_after = int((NOW + timedelta(days=1)).timestamp())
    assert list(services.network(WRITER, known_on=day_after).nodes) == ["net-north", "net-south"]
    with pytest.raises(InputError, match="withdrawn already"):
        register(row)
    assert register(upload()) == (4, 0, 0)


@pytest.mark.parametrize(
    ("files", "cells", "code", "field"),
    [
        ([], {}, "exposure.empty", "files"),
        ([("a.txt", b"x")], {}, "topology.unknown", "files"),
        ([("a.graphml", b"")], {}, "file.empty", ""),
        ([("a.graphml", b"<html/>")], {}, "topology.xml", ""),
        ([("a.graphml", b"x" * 8_000_001)], {}, "exposure.files", "files"),
        (NET, {"countries": "Belgium"}, "exposure.nothing_left", "files"),
        (NET, {"assumption": "all"}, "exposure.word", "assumption"),
        (NET, {"prefix": "Net 1"}, "exposure.key", "prefix"),
        (NET, {"buffer_h": "-1"}, "exposure.below_zero", "buffer_h"),
        (NET, {"source": ""}, "exposure.empty", "source"),
        (NET, {"marking": ""}, "exposure.empty", "marking"),
    ],
)
def test_what_cannot_be_brought_in_is_refused_with_its_field(
    files: list[tuple[str, bytes]], cells: dict[str, str], code: str, field: str
) -> None:
    with pytest.raises(InputError) as caught:
        upload(files, **cells)

    assert (caught.value.code, str(caught.value.params.get("field", ""))) == (code, field)
    assert not Intake.objects.exists()


def test_only_who_may_both_upload_and_assess_brings_in_and_only_who_may_see_finds_it() -> None:
    for who in (reader("upload"), reader("assess")):
        with pytest.raises(RefusedError):
            intakes.upload(NET, CELLS, who=who, now=NOW)
    row = upload(marking="AMBER")
    with pytest.raises(NotFoundError):
        intakes.register(str(row.pk), who=reader("assess"), now=NOW)
    register(row)
    assert services.network(reader()).nodes == {}


@pytest.mark.parametrize("number", ["", "-1", "²", "9" * 18, "9" * 5_000])
def test_a_number_that_no_row_has_is_the_number_of_nothing(number: str) -> None:
    upload()

    with pytest.raises(NotFoundError) as caught:
        intakes.register(number, who=WRITER, now=NOW)

    assert caught.value.code == "exposure.none"


def test_a_network_is_uploaded_looked_at_registered_and_withdrawn_on_the_pages(sign_in: Callable[..., Client]) -> None:
    client = sign_in("ann")

    empty = client.post("/exposure/imports/act/upload/", CELLS)
    assert (empty.status_code, 'id="upload-files-error"' in empty.content.decode()) == (400, True)
    file = SimpleUploadedFile("net.graphml", ZOO.encode())
    made = client.post("/exposure/imports/act/upload/", {**CELLS, "files": file}, follow=True).content.decode()
    assert "it would make 4 assets and 0 requirements; 4 rows are refused." in made
    assert "is no place on the earth" in made
    row = Intake.objects.get()
    named = {"number": row.pk, "key": row.key}
    assert "topology.degrees" in text(client, f"imports/{row.key}/?format=csv")
    twice = client.post(
        "/exposure/imports/act/upload/", {**CELLS, "files": SimpleUploadedFile("net.graphml", ZOO.encode())}
    )
    assert (twice.status_code, "brought in before" in twice.content.decode()) == (400, True)
    done = client.post("/exposure/imports/act/register/", named, follow=True).content.decode()
    assert "Registered: 4 assets and 0 requirements; 0 were there already." in done
    again = client.post("/exposure/imports/act/register/", named)
    assert (again.status_code, "registered already" in again.content.decode()) == (400, True)
    wrong = client.post("/exposure/imports/act/withdraw/", {**named, "reason": ""})
    assert 'id="import-reason-error"' in wrong.content.decode()
    gone = {**named, "reason": "Wrong file"}
    assert "Wrong file" in client.post("/exposure/imports/act/withdraw/", gone, follow=True).content.decode()
    assert "Example net,zoo,net,alone" in text(client, "imports/?format=csv")
    text(client, "imports/net-99/", 404)


@pytest.mark.shared_data
def test_public_networks_come_in_and_fail_as_assumed(shared_data: Path) -> None:
    surfnet = (shared_data / "topology" / "Surfnet.graphml").read_bytes()

    made = register(upload([("Surfnet.graphml", surfnet)], assumption="neighbours", prefix="surfnet"))

    assert made == (50, 50, 0)
    network = services.network(WRITER)
    assert len(services.cascade(network, [network.requirements[0].node], horizon_h=24).cascade.steps()) >= 1
