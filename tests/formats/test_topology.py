"""Topologies: points and connections of four kinds of files, told by their names, nothing skipped."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from pathlib import Path

import pytest

from verband.formats.cables import distance_km
from verband.formats.topology import Point, Tie, Topology, form_of, read_topology
from verband.language.errors import InputError

ZOO = """<?xml version="1.0"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
  <key id="d0" for="node" attr.name="label" attr.type="string"/>
  <key id="d1" for="node" attr.name="Latitude" attr.type="double"/>
  <key id="d2" for="node" attr.name="Longitude" attr.type="double"/>
  <key id="d3" for="node" attr.name="Country" attr.type="string"/>
  <key id="d4" for="graph" attr.name="Network" attr.type="string"/>
  <key id="d5" for="graph" attr.name="NetworkDate" attr.type="string"/>
  <graph edgedefault="undirected">
    <data key="d4">Example net</data><data key="d5">2010_10</data>
    <node id="0"><data key="d0">North</data><data key="d1">53.2</data><data key="d2">6.5</data>
      <data key="d3">NL</data></node>
    <node id="1"><data key="d0">South</data></node>
    <node id="2"><data key="d0">Off earth</data><data key="d1">530</data><data key="d2">6.5</data></node>
    <node id="1"><data key="d0">Twice</data></node>
    <edge source="0" target="1"/>
    <edge source="1" target="0"/>
    <edge source="1" target="1"/>
    <edge source="0" target="2"/>
  </graph>
</graphml>
"""
GAS_HEAD = (
    "name;description;element_type;country;lat;long;exact\nTEXT;TEXT;TEXT;TEXT;REAL;REAL;INT\n[];[];[];[];[];[];[]\n"
)
LNG = GAS_HEAD + "Quay;;{L};Holland;51.9;4.1;1\n;;{L};Holland;51.9;4.1;1\nBad;;{L};Holland;NaN;4.1;1\n"
COMPRESSORS = (
    GAS_HEAD + "Quay;;{C};Holland;51.8;4.2;2\nMiddle;;{C};Holland;52.0;5.0;2\nMiddle;;{C};Holland;52.0;5.0;2\n"
)
COORDINATES = GAS_HEAD + "East;;{P};Holland;52.2;6.8;2\n"
PIPES = (
    "NumID;Name;Point;lat;long;description\nINT;TEXT;TEXT;REAL;REAL;TEXT\n[];[];[];[];[];[]\n"
    ";Long;Quay;;;\n;Long;Middle;;;\n;Long;East;;;\n;Stub;East;;;\n;Away;East;;;\n;Away;Nowhere;;;\n"
)
LANDING = [("a", "Aport", 4.0, 52.0), ("b", "Bport", 1.0, 52.0), ("a", "Again", 4.0, 52.0)]


def feature(shape: str, numbers: object, **told: object) -> dict[str, object]:
    return {"type": "Feature", "properties": told, "geometry": {"type": shape, "coordinates": numbers}}


def written(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        stem, _, ending = name.rpartition("_")
        (folder / f"{stem}.{ending}").write_text(text, "utf-8")
    return folder


def refused(topology: Topology) -> list[tuple[int, str, str]]:
    return [(reject.line, reject.field, reject.code) for reject in topology.rejects]


def test_a_zoo_network_has_its_places_parallel_edges_and_what_cannot_be_with_its_line(tmp_path: Path) -> None:
    read = read_topology(written(tmp_path, net_graphml=ZOO))

    assert read.points == (Point("0", "North", "telecom_point", 53.2, 6.5, "NL"), Point("1", "South", "telecom_point"))
    assert [tie.name for tie in read.ties] == ["North – South", "South – North (2)"]
    assert (read.title, read.stated) == ("Example net", "Internet Topology Zoo; Example net; 2010_10")
    assert refused(read) == [
        (14, "latitude", "topology.degrees"),
        (15, "id", "topology.id_twice"),
        (18, "target", "topology.loop"),
        (19, "target", "topology.end_unknown"),
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('<?xml version="1.0"?><!DOCTYPE g [<!ENTITY a "b">]><graphml/>', "topology.doctype"),
        (ZOO[:400], "topology.xml"),
        ("<html></html>", "topology.xml"),
        ("no markup", "topology.xml"),
    ],
)
def test_xml_that_is_no_network_is_refused_whole(text: str, code: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read_topology(written(tmp_path, net_graphml=text))

    assert caught.value.code == code
    assert caught.value.message("nl")
    assert caught.value.hint("nl")


def test_gas_tables_become_points_and_pipelines_of_several_points(tmp_path: Path) -> None:
    files = {"Gas_LNG_csv": LNG, "Gas_Compressor_csv": COMPRESSORS, "Gas_PipeLines_csv": PIPES}

    read = read_topology(written(tmp_path, Gas_Coordinates_csv=COORDINATES, Input1_csv="x\n", **files))

    assert read.points == (
        Point("Quay", "Quay", "lng_terminal", 51.9, 4.1, "Holland", fed=True, notes=("also:compressor",)),
        Point("Middle", "Middle", "compressor", 52.0, 5.0, "Holland", notes=("town",)),
        Point("East", "East", "gas_point", 52.2, 6.8, "Holland", notes=("town",)),
        Point("Nowhere", "Nowhere", "gas_point"),
    )
    assert [tie.ends for tie in read.ties] == [("Quay", "Middle", "East"), ("East", "Nowhere")]
    assert refused(read) == [
        (5, "name", "topology.no_id"),
        (6, "lat", "topology.number"),
        (6, "name", "topology.id_twice"),
        (7, "Point", "topology.loop"),
    ]
    assert read.left_out == {"files": 1}


def test_gas_text_that_is_no_utf8_is_read_as_code_page_850(tmp_path: Path) -> None:
    (tmp_path / "Gas_Storage.csv").write_bytes(
        (GAS_HEAD + "N\xfcttermoor;;{S};Deutschland;53.2;7.4;1\n").encode("cp850")
    )
    written(tmp_path, Gas_PipeLines_csv=PIPES)

    assert "Nüttermoor" in [point.name for point in read_topology(tmp_path).points]


def test_a_gas_table_without_its_columns_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read_topology(written(tmp_path, Gas_PipeLines_csv="Name;Punt\nTEXT;TEXT\n[];[]\n"))

    assert (caught.value.code, caught.value.params["column"]) == ("topology.gas_head", "Point")


def test_cables_land_at_the_points_near_their_ends(tmp_path: Path) -> None:
    points = [feature("Point", [lon, lat], id=key, name=name) for key, name, lon, lat in LANDING]
    lines = [
        feature("LineString", [[4.01, 52.01], [2.5, 53.0], [1.02, 52.0]], name="North Sea 1"),
        feature("MultiLineString", [[[4.0, 52.0], [3.0, 52.5]], [[3.0, 52.5], [1.0, 52.0]]], name="Two parts"),
        feature("LineString", [[4.0, 52.0], [3.0, 54.0]], name="Open end"),
        feature("LineString", [[4.0, 52.0]], name="One place"),
        feature("LineString", [[4.0, 520], [3.0, 54.0]], name="Off earth"),
        feature("Polygon", [], name="A field"),
        feature("LineString", [[4.0, 52.0], [1.0, 52.0]]),
    ]
    made = {name: {"type": "FeatureCollection", "features": rows} for name, rows in (("l", lines), ("p", points))}

    read = read_topology(written(tmp_path, cables_geojson=json.dumps(made["l"]), landing_json=json.dumps(made["p"])))

    assert read.ties == (
        Tie("North Sea 1", "North Sea 1", "undersea_cable", ("a", "b")),
        Tie("Two parts", "Two parts", "undersea_cable", ("a", "b")),
    )
    assert [point.name for point in read.points] == ["Aport", "Bport"]
    assert read.left_out == {"ends_nowhere": 3}
    assert sorted(refused(read)) == [
        (3, "geometry", "topology.lands_nowhere"),
        (3, "id", "topology.id_twice"),
        (4, "geometry", "topology.feature"),
        (5, "latitude", "topology.degrees"),
        (6, "geometry", "topology.feature"),
        (7, "name", "topology.no_id"),
    ]


@pytest.mark.parametrize("text", ['{"type": "Feature"}', "[1, 2]", '{"type": "FeatureCollection"', '"x"'])
def test_json_that_is_no_collection_of_features_is_refused(text: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read_topology(written(tmp_path, cables_geojson=text))

    assert caught.value.code == "topology.json"


def test_a_degree_of_latitude_is_111_km() -> None:
    assert distance_km((52.0, 4.0), (53.0, 4.0)) == pytest.approx(111.19, abs=0.01)


def test_files_that_are_none_of_the_four_are_named() -> None:
    assert form_of(["lines.csv", "generators.csv", "buses.csv", "links.csv"]) == "grid"
    with pytest.raises(InputError) as caught:
        form_of(["a.graphml", "b.graphml"])
    assert "a.graphml, b.graphml" in caught.value.message("en")


def test_a_part_by_country_keeps_the_connections_between_its_points() -> None:
    points = tuple(
        Point(key, key, "substation", country=of) for key, of in (("a", "NL"), ("b", "DE"), ("c", "NL"), ("j", ""))
    )
    ties = tuple(
        Tie("".join(ends), "", "power_line", ends) for ends in (("a", "b"), ("a", "c"), ("c", "j"), ("b", "j"))
    )

    part = Topology("grid", "", "", points, ties, ()).of_countries(["nl"])

    assert [point.id for point in part.points] == ["a", "c", "j"]
    assert [tie.id for tie in part.ties] == ["ac", "cj"]
    assert part.left_out == {"outside": 3}


@pytest.mark.shared_data
@pytest.mark.parametrize(
    ("name", "points", "ties", "rejects"),
    [
        ("Surfnet", 50, 73, 0),
        ("Belnet2010", 22, 32, 0),
        ("Cogentco", 197, 245, 0),
        ("Colt", 153, 191, 0),
        ("Dfn", 58, 87, 0),
        ("Geant2012", 40, 61, 0),
        ("Interoute", 110, 156, 2),
        ("Janetbackbone", 29, 45, 0),
    ],
)
def test_networks_of_the_zoo_come_in_whole(
    name: str, points: int, ties: int, rejects: int, shared_data: Path, tmp_path: Path
) -> None:
    shutil.copy(shared_data / "topology" / f"{name}.graphml", tmp_path)

    read = read_topology(tmp_path)

    assert (len(read.points), len(read.ties), len(read.rejects)) == (points, ties, rejects)


@pytest.mark.shared_data
def test_the_public_gas_tables_come_in_with_every_row_accounted_for(shared_data: Path, tmp_path: Path) -> None:
    for file in (shared_data / "gas").glob("Gas_*.csv"):
        shutil.copy(file, tmp_path)

    read = read_topology(tmp_path)

    assert (len(read.points), len(read.ties), len(read.rejects)) == (729, 335, 7)
    assert Counter(point.kind for point in read.points)["lng_terminal"] == 31
    assert read.left_out == {"files": 2}


@pytest.mark.shared_data
def test_the_public_grid_is_a_topology_too(shared_data: Path, tmp_path: Path) -> None:
    for file in (shared_data / "grid").glob("*.csv"):
        shutil.copy(file, tmp_path)

    read = read_topology(tmp_path)

    assert (len(read.points), len(read.ties), sum(point.fed for point in read.points)) == (2287, 2686, 781)
    assert len(read.of_countries(["NL"]).points) == 42
