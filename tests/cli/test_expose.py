"""`verband expose` as a person calls it."""

from __future__ import annotations

import json
from importlib.resources import as_file, files
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.cli.conftest import call
from verband.formats.dependencies import read_needs
from verband.language.catalogues import catalogue

HEADER = "node,owner,class,members,k,buffer,spread,basis,source,note"
#: A hospital with a generator beside the grid for two days, and water whose own supply lasts 12 hours.
HOSPITAL = """grid,Operator,,,,,,,,
generator,Hospital,,,,,,,,
hospital,Hospital,A,grid | generator,1,48 h,,own assumption,,
hospital,,,water,all,1 d,,own assumption,,
water,Water company,A,grid,1,12 h,3,stated,https://example.org/plan,"""
SHARES = "Material,Stage,Country,Share,t"
FLOWS = """year,product,exporter,importer,value
2020,magnets,CN,NL,90
2020,magnets,US,NL,10
2020,magnets,CN,US,100
2021,magnets,CN,NL,80
2021,magnets,NL,DE,200
"""
#: Two buses on one line from the only generator, and a third that hangs on the second.
GRID = {
    "buses": "bus_id,station_id,voltage,country,x,y\n1,a,380,NL,4,52\n2,b,380,NL,5,52\n3,c,380,NL,6,52\n",
    "lines": "line_id,bus0,bus1,under_construction\n1,1,2,f\n2,2,3,f\n",
    "generators": "generator_id,bus_id,technology,capacity\n1,1,Hydro,100\n",
}
STANDING = """drinking_water: north 1,,A,bus 3,1,24 h,,own assumption,,
rail: north 1,,B,bus 2,1,,,own assumption,,"""


def described(folder: Path, rows: str) -> str:
    file = folder / "network.csv"
    file.write_text(f"{HEADER}\n{rows}\n", "utf-8")
    return str(file)


@pytest.fixture
def grid(tmp_path: Path) -> str:
    folder = tmp_path / "grid"
    folder.mkdir()
    for name, text in GRID.items():
        (folder / f"{name}.csv").write_text(text, "utf-8")
    return str(folder)


def test_what_fails_falls_in_its_time_and_by_what_it_lost(tmp_path: Path) -> None:
    done = call("expose", "--fail", "grid", "--json", described(tmp_path, HOSPITAL))

    said = json.loads(done.stdout)
    steps = [(step["node"], step["time_h"], step["missing"]) for step in said["fallen"]]
    assert steps == [("grid", 0.0, []), ("water", 12.0, ["grid"]), ("hospital", 36.0, ["water"])]
    assert said["lost_h"] == 3 * (72 - 12) + 3 * (72 - 36)
    assert said["low_h"] < said["lost_h"] < said["high_h"]
    assert said["basis"] == {"stated": 1, "own_assumption": 2, "not_said": 0}


def test_without_a_failure_every_node_is_ranked_and_equal_costs_share_a_place(tmp_path: Path) -> None:
    done = call("expose", "cascade", described(tmp_path, HOSPITAL + "\nspare,,,,,,,,,"), "--json")

    ranking = [(one["rank"], one["node"], one["lost_h"]) for one in json.loads(done.stdout)["ranking"]]
    assert ranking == [
        (1, "water", 360.0),
        (2, "grid", 288.0),
        (3, "hospital", 216.0),
        (4, "generator", 0.0),
        (4, "spare", 0.0),
    ]


def test_two_runs_print_the_same_bytes_and_another_seed_other_intervals(tmp_path: Path) -> None:
    file = described(tmp_path, HOSPITAL)

    first, second, other = (call("expose", file, "--json", "--seed", seed).stdout for seed in ("1", "1", "2"))

    assert first == second
    assert first != other
    assert str(tmp_path) not in first


def test_a_cycle_that_nothing_supplies_from_outside_is_accepted_and_named(tmp_path: Path) -> None:
    file = described(tmp_path, "gas,,A,power,1,6 h,,,,\npower,,A,gas,1,,,,,")

    done = call("expose", file, "--fail", "gas", "--json")

    assert done.returncode == 0
    assert json.loads(done.stdout)["closed_cycles"] == [["gas", "power"]]
    assert "gas and power supply each other" in done.stderr


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("b,,,a,2,,,,,", ("line 3", "2 of 1")),
        ("b,,,a,1,-4 h,,,,", ("line 3", "-4", "zero or more")),
        ("b,,,b,1,,,,,", ("line 3", "names 'b' itself")),
        ("b,,,a,1,4 weeks,,,,", ("line 3", "4 weeks", "min, h, d")),
        ("b,,,a,1,4,,,,", ("line 3", "unit")),
        ('b,,,a,1,"1,5 d",,,,', ("line 3", "'1,5 d'", "Decimals have a point")),
        ("b,,,a,one,,,,,", ("line 3", "'one'", "whole number")),
        ("b,,,aa,1,,,,,", ("line 3", "'aa'", "nearest is 'a'")),
        ("b,,,a,1,,.5,,,", ("line 3", "0.5", "factor of 1 or more")),
        ("b,,C,a,1,,,,,", ("line 3", "'C'", "A, B")),
        ("b,,,a,1,,,guess,,", ("line 3", "'guess'", "own assumption")),
        ("b,,,a,1,,,stated,,", ("line 3", "no source")),
        ("b,,,a | ,1,,,,,", ("line 3", "members")),
        (",,,a,1,,,,,", ("line 3", "'node'")),
        ("b,,,a,1", ("line 3", "row missing")),
        ("a,Other,,,,,,,,", ("line 3", "one of 'Owner' and one of 'Other'")),
        ("a,,B,,,,,,,\na,,A,,,,,,,", ("line 4", "'B'", "'A'")),
    ],
)
def test_a_wrong_row_is_named_with_its_line_and_the_way_out(tmp_path: Path, row: str, words: tuple[str, ...]) -> None:
    done = call("expose", described(tmp_path, f"a,Owner,,,,,,,,\n{row}"))

    assert done.returncode == 2
    assert "network.csv" in done.stderr
    assert all(word in done.stderr for word in words), done.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("materails",), "Did you mean 'materials'"),
        (("nowhere.csv",), "nowhere.csv"),
        (("grid", "nowhere"), "buses.csv"),
        (("sector", "nowhere.npz", "--country", "NL", "--industry", "c1", "--share", "0.1"), "nowhere.npz"),
        (("trade", "nowhere.csv", "--members", "NL"), "nowhere.csv"),
        (("trade", "nowhere.csv", "--members", "NL", "--columns", "jaar=t"), "year"),
        (("materials", "nowhere.csv"), "nowhere.csv"),
    ],
)
def test_wrong_words_are_answered_with_the_way_out(arguments: tuple[str, ...], words: str) -> None:
    done = call("expose", *arguments)

    assert done.returncode == 2
    assert words in done.stderr


def test_an_unknown_failure_is_answered_with_the_nearest_name(tmp_path: Path) -> None:
    done = call("expose", described(tmp_path, HOSPITAL), "--fail", "gird", LANG="nl_NL.UTF-8")

    assert done.returncode == 2
    assert "De meest gelijkende naam is 'grid'" in done.stderr


def test_shares_that_cover_9_percent_take_no_rank_and_nothing_is_called_supply_risk(tmp_path: Path) -> None:
    file = tmp_path / "shares.csv"
    file.write_text(f"{SHARES}\nTin,E,A,9%,1\nZinc,E,A,60%,1\nZinc,E,B,40%,1\nZinc,E,C,4,1\n", "utf-8")

    done = call("expose", "materials", str(file), "--json")

    said = json.loads(done.stdout)
    assert [(row["material"], row["rank"], row["low_coverage"]) for row in said["rows"]] == [
        ("Zinc", 1, False),
        ("Tin", None, True),
    ]
    assert said["rows"][0]["hhi_t"]["value"] == pytest.approx(0.6**2 + 0.4**2)
    assert "not supply risk" in said["sentence"]["en"]
    assert [reject["line"] for reject in said["rejects"]] == [5]


def test_shares_that_sum_to_140_percent_are_refused_with_their_line(tmp_path: Path) -> None:
    file = tmp_path / "shares.csv"
    file.write_text(f"{SHARES}\nZinc,E,A,90%,1\nTin,E,A,70%,1\nTin,E,B,70%,1\n", "utf-8")

    done = call("expose", "materials", str(file))

    assert done.returncode == 2
    assert "shares.csv, line 3" in done.stderr
    assert "140.0 %" in done.stderr
    dutch = call("expose", "materials", str(file), LANG="nl_NL.UTF-8")
    assert "tellen op tot 140,0 %" in dutch.stderr


def test_a_folder_gives_the_table_of_each_csv_of_shares_in_it(tmp_path: Path) -> None:
    (tmp_path / "eu.csv").write_text(f"{SHARES}\nTin,E,A,90%,1\n", "utf-8")
    (tmp_path / "world.csv").write_text(f"{SHARES}\nZinc,E,A,95%,1\n", "utf-8")
    (tmp_path / "uses.csv").write_text("Material,Application\nTin,Solder\n", "utf-8")

    said = json.loads(call("expose", "materials", str(tmp_path), "--json").stdout)["files"]

    assert {name: [row["material"] for row in told["rows"]] for name, told in said.items()} == {
        "eu.csv": ["Tin"],
        "world.csv": ["Zinc"],
    }


def test_a_file_of_a_folder_that_cannot_be_read_is_named_beside_the_tables_of_the_others(tmp_path: Path) -> None:
    (tmp_path / "bad.csv").write_text(f"{SHARES}\nTin,E,A,70%,1\nTin,E,B,70%,1\n", "utf-8")
    (tmp_path / "good.csv").write_text(f"{SHARES}\nZinc,E,A,95%,1\n", "utf-8")

    done = call("expose", "materials", str(tmp_path), "--json")

    said = json.loads(done.stdout)
    assert done.returncode == 0
    assert list(said["files"]) == ["good.csv"]
    assert "140.0 %" in said["unread"]["bad.csv"]
    assert "bad.csv was left out: bad.csv, line 2: " in done.stderr


def test_a_folder_of_which_no_file_can_be_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bad.csv").write_text(f"{SHARES}\nTin,E,A,70%,1\nTin,E,B,70%,1\n", "utf-8")

    done = call("expose", "materials", str(tmp_path))

    assert done.returncode == 2
    assert "bad.csv, line 2" in done.stderr
    assert done.stdout == ""


def test_a_folder_without_shares_is_refused_with_the_columns(tmp_path: Path) -> None:
    (tmp_path / "uses.csv").write_text("Material,Application\nTin,Solder\n", "utf-8")

    done = call("expose", "materials", str(tmp_path))

    assert done.returncode == 2
    assert "Material, Stage, Country, Share, t" in done.stderr


def test_trade_gives_verdicts_what_lasts_and_thresholds_that_nobody_checked(tmp_path: Path) -> None:
    file = tmp_path / "flows.csv"
    file.write_text(FLOWS, "utf-8")

    done = call("expose", "trade", str(file), "--members", "NL", "--json")

    said = json.loads(done.stdout)
    verdicts = {(one["year"], one["verdict"]) for one in said["products"]["geodep"]}
    assert verdicts == {(2020, "dependent"), (2021, "not_dependent")}
    assert said["products"]["geodep"][0]["indicators"]["geodep_substitution"]["value"] == 9999
    assert said["persistence"]["geodep"] == [
        {"year": 2020, "dependent": 1, "still": 0, "no_longer": 1, "not_judged": 0, "share": 0.0}
    ]
    assert "eu_concentration" in {cell["key"] for cell in said["thresholds_not_verified"]}
    assert str(tmp_path) not in done.stdout


def test_trade_in_an_unknown_unit_is_refused_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "flows.csv"
    file.write_text("year,product,exporter,importer,value,unit\n2020,tin,CN,NL,1,barrels\n", "utf-8")

    done = call("expose", "trade", str(file), "--members", "NL")

    assert done.returncode == 2
    assert "flows.csv" in done.stderr
    assert "barrels" in done.stderr


def test_a_bus_costs_what_it_cuts_off_and_every_assumption_is_marked(grid: str, tmp_path: Path) -> None:
    done = call("expose", "grid", grid, "--processes", described(tmp_path, STANDING), "--json")

    said = json.loads(done.stdout)
    # Buses 1 and 2 both take down rail at once (72 h) and water after a day (3 x 48 h); bus 3 water alone.
    assert [(one["rank"], one["node"], one["lost_h"]) for one in said["buses"]] == [
        (1, "bus 1", 216.0),
        (1, "bus 2", 216.0),
        (3, "bus 3", 144.0),
    ]
    assert {one["basis"] for one in said["requirements"]} == {"own assumption"}
    assert any("Flows and limits" in line for line in said["not_modelled"])
    assert grid not in done.stdout


def test_a_bus_that_does_not_exist_is_named_with_the_line_of_the_process(grid: str, tmp_path: Path) -> None:
    done = call("expose", "grid", grid, "--processes", described(tmp_path, "rail,,B,bus 33,1,,,,,"))

    assert done.returncode == 2
    assert "network.csv, line 2" in done.stderr
    assert "nearest is '3'" in done.stderr


def test_the_number_of_a_bus_alone_is_answered_with_the_bus(grid: str, tmp_path: Path) -> None:
    done = call("expose", "grid", grid, "--processes", described(tmp_path, STANDING), "--fail", "3")

    assert done.returncode == 2
    assert "The nearest name is 'bus 3'" in done.stderr


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ("grid,Y,,,,,,,,", ("line 3", "one of 'X' and one of 'Y'")),
        ("grid,,,,,,,,,", ("line 3", "'grid' and 'Grid' (line 2) differ in capitals alone")),
    ],
)
def test_two_names_that_differ_in_capitals_alone_are_refused(
    tmp_path: Path, other: str, words: tuple[str, ...]
) -> None:
    done = call("expose", described(tmp_path, f"Grid,X,,,,,,,,\n{other}"))

    assert done.returncode == 2
    assert all(word in done.stderr for word in words)


def test_a_name_is_the_same_however_its_accent_was_typed(tmp_path: Path) -> None:
    rows = "caf\u00e9,X,,,,,,,,\nhome,,A,cafe\u0301,1,,,,,"

    done = call("expose", described(tmp_path, rows), "--fail", "cafe\u0301", "--json")

    assert [step["node"] for step in json.loads(done.stdout)["fallen"]] == ["caf\u00e9", "home"]


def test_where_nothing_is_near_no_nearest_is_named(tmp_path: Path) -> None:
    done = call("expose", described(tmp_path, HOSPITAL), "--fail", "zzzz")

    assert done.returncode == 2
    assert "nearest" not in done.stderr
    assert "Name a node as the description writes it." in done.stderr


def test_a_missing_column_is_answered_with_what_the_first_line_has_where_nothing_is_near(tmp_path: Path) -> None:
    file = tmp_path / "odd.csv"
    file.write_text("aaa,bbb\n1,2\n", "utf-8")

    done = call("expose", str(file))

    assert done.returncode == 2
    assert "Did you mean" not in done.stderr
    assert "The first line has: aaa, bbb." in done.stderr


def test_where_no_bus_takes_a_process_down_that_is_what_is_said(grid: str, tmp_path: Path) -> None:
    done = call("expose", "grid", grid, "--processes", described(tmp_path, "rail,,B,,,,,,,"))

    assert done.returncode == 0, done.stderr
    assert "No single bus takes down a bus that a process stands on." in done.stdout
    assert "goes down with ." not in done.stdout


def test_one_node_is_told_in_the_singular(tmp_path: Path) -> None:
    done = call("expose", described(tmp_path, "rail,,B,,,,,,,"), "--fail", "rail")

    assert "network.csv: 1 node, 0 requirements." in done.stderr
    assert "1 node fails within 72 hours" in done.stdout


def test_a_report_that_is_a_folder_is_answered_with_the_option_of_this_command(grid: str, tmp_path: Path) -> None:
    folder = tmp_path / "made.pdf"
    folder.mkdir()
    options = ("--processes", described(tmp_path, STANDING), "--draws", "20")

    done = call("expose", "grid", grid, *options, "--report", str(folder))

    assert done.returncode == 2
    assert "is a folder" in done.stderr
    assert "--report" in done.stderr
    assert "--out" not in done.stderr


def test_a_file_that_is_no_utf8_is_not_answered_with_an_option_that_this_command_lacks(tmp_path: Path) -> None:
    file = tmp_path / "network.csv"
    file.write_bytes(f"{HEADER}\ncaf\u00e9,,B,,,,,,,\n".encode("cp1252"))

    done = call("expose", str(file))

    assert done.returncode == 2
    assert "line 2" in done.stderr
    assert "--encoding" not in done.stderr


def test_a_member_that_no_flow_names_is_answered_with_the_nearest(tmp_path: Path) -> None:
    file = tmp_path / "flows.csv"
    file.write_text(FLOWS, "utf-8")

    done = call("expose", "trade", str(file), "--members", "NL,XX")

    assert done.returncode == 2
    assert "The flows name no country 'XX'." in done.stderr
    assert "CN, DE, NL, US" in done.stderr


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("What is not modelled", "no line is overloaded", "own assumption", "drinking-water supply, north 1")),
        (
            "nl",
            (
                "Wat niet is gemodelleerd",
                "geen lijn raakt overbelast",
                "eigen aanname",
                "drinkwatervoorziening, noord 1",
            ),
        ),
    ],
)
def test_the_report_says_what_is_not_modelled_in_every_format(
    grid: str, tmp_path: Path, language: str, words: tuple[str, ...]
) -> None:
    options = ("--processes", described(tmp_path, STANDING), "--language", language, "--draws", "20")

    for form in ("html", "json", "docx", "pdf"):
        done = call("expose", "grid", grid, *options, "--report", str(tmp_path / f"made.{form}"))
        assert done.returncode == 0, done.stderr

    html, value = ((tmp_path / f"made.{form}").read_text("utf-8") for form in ("html", "json"))
    assert all(word in html and word in value for word in words)
    assert json.loads(value)["tlp"] == "AMBER"
    assert (tmp_path / "made.pdf").read_bytes().startswith(b"%PDF")
    assert (tmp_path / "made.docx").read_bytes().startswith(b"PK")


def test_a_report_in_a_format_that_is_not_made_is_refused_before_anything_is_read(grid: str, tmp_path: Path) -> None:
    done = call("expose", "grid", grid, "--report", str(tmp_path / "made.odt"))

    assert done.returncode == 2
    assert "html, pdf, docx, json" in done.stderr
    assert not (tmp_path / "made.odt").exists()


@pytest.mark.shared_data
def test_the_ten_most_critical_buses_of_the_real_grid_have_intervals(shared_data: Path, tmp_path: Path) -> None:
    report = tmp_path / "cascade.pdf"

    done = call("expose", "grid", str(shared_data / "grid"), "--json", "--report", str(report))

    said = json.loads(done.stdout)
    assert len(said["buses"]) == 10
    assert all(one["low_h"] < one["lost_h"] < one["high_h"] for one in said["buses"])
    # In that data bus 5106 hangs on bus 4687 alone: two parts of the country fall with it.
    assert said["buses"][0]["node"] == "bus 4687"
    assert {"bus 4687", "bus 5106"} <= {step["node"] for step in said["cascade"]["fallen"] if step["time_h"] == 0}
    assert {one["basis"] for one in said["requirements"]} == {"own assumption"}
    assert report.read_bytes().startswith(b"%PDF")


@pytest.mark.shared_data
def test_the_public_supply_shares_give_their_table(shared_data: Path) -> None:
    done = call("expose", "materials", str(shared_data / "critical_materials"))

    assert done.returncode == 0
    assert "eu_supply_shares.csv:" in done.stdout
    assert "global_supply_shares.csv:" in done.stdout
    assert "This is not supply risk" in done.stdout
    assert "line 712" in done.stderr


@pytest.mark.shared_data
def test_a_shock_to_one_sector_is_found_without_the_inverse_and_states_its_error(shared_data: Path) -> None:
    table = str(shared_data / "wiod" / "wiot_2011.npz")

    done = call("expose", "sector", table, "--country", "NLD", "--industry", "c8", "--share", "10%", "--json")
    wrong = call("expose", "sector", table, "--country", "NLD", "--industry", "c8", "--share", "140%")

    said = json.loads(done.stdout)
    hit = said["sectors"][0]
    assert (hit["country"], hit["industry"], said["how"]) == ("NLD", "c8", "series")
    assert hit["share"] >= 0.1
    assert 0 < said["error"] < 1e-3
    assert said["lost"] > hit["first"] > 0
    assert wrong.returncode == 2
    assert "1.4" in wrong.stderr


def test_the_processes_that_come_along_have_their_class_from_the_overview_and_all_else_is_marked_as_assumed() -> None:
    known = {entry.key: str(entry.fields["class"]) for entry in catalogue("vital_processes").entries}

    with as_file(files("verband.demo").joinpath("data", "processes_on_grid.csv")) as path:
        rows = read_needs(path).rows

    assert {(row.node.partition(": ")[0], row.grade) for row in rows} <= set(known.items())
    assert {row.basis for row in rows} == {"own assumption"}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--horizon", "1e308"), ("1e+308", "87600")),
        (("--horizon", "87601"), ("87601", "87600")),
        (("--seed", "-1"), ("seed", "below zero")),
        (("--draws", "1000000000"), ("1000000000", "100000")),
    ],
)
def test_a_run_that_cannot_be_made_is_refused_with_what_can(
    tmp_path: Path, arguments: tuple[str, ...], words: tuple[str, ...]
) -> None:
    done = call("expose", described(tmp_path, HOSPITAL), *arguments)

    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert all(word in done.stderr for word in words), done.stderr


def test_a_spread_above_a_thousand_is_refused_with_its_line(tmp_path: Path) -> None:
    done = call("expose", described(tmp_path, "a,,,,,,,,,\nb,,A,a,1,3 h,1e308,,,"))

    assert done.returncode == 2
    assert "network.csv, line 3" in done.stderr
    assert "at most 1000" in done.stderr


def test_supply_shares_without_a_row_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "shares.csv"
    file.write_text(f"{SHARES}\n", "utf-8")

    done = call("expose", "materials", str(file), LANG="nl_NL.UTF-8")

    assert done.returncode == 2
    assert "'shares.csv' heeft een kopregel en geen rijen" in done.stderr


def test_a_folder_finds_shares_between_semicolons_and_in_utf_16_and_passes_over_folders(tmp_path: Path) -> None:
    (tmp_path / "older.csv").mkdir()
    (tmp_path / "semicolons.csv").write_text(f"{SHARES}\nTin,E,A,90%,1\n".replace(",", ";"), "utf-8")
    (tmp_path / "wide.csv").write_text(f"{SHARES}\nZinc,E,A,95%,1\n", "utf-16")

    done = call("expose", "materials", str(tmp_path), "--json")

    assert sorted(json.loads(done.stdout)["files"]) == ["semicolons.csv", "wide.csv"]


def test_a_factor_that_no_material_has_is_refused_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "shares.csv"
    file.write_text(f"{SHARES}\nZinc,E,A,90%,1\nTin,E,A,90%,1e308\n", "utf-8")

    done = call("expose", "materials", str(file))

    assert "shares.csv, line 3, t: '1e308'" in done.stderr
    assert "above 1e+12" in done.stderr
    assert "Tin" not in done.stdout


@pytest.mark.parametrize(
    ("year", "value", "words"), [("abc", 1.0, "'year' of 'flows.parquet'"), (2020, "x", "'value' of 'flows.parquet'")]
)
def test_parquet_whose_years_or_values_are_letters_is_refused(
    tmp_path: Path, year: object, value: object, words: str
) -> None:
    row = {"year": [year], "product": ["tin"], "exporter": ["CN"], "importer": ["NL"], "value": [value]}
    pq.write_table(pa.table(row), tmp_path / "flows.parquet")

    done = call("expose", "trade", str(tmp_path), "--members", "NL")

    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert words in done.stderr


def test_a_folder_is_no_table_of_sectors(tmp_path: Path) -> None:
    done = call("expose", "sector", str(tmp_path), "--country", "NLD", "--industry", "c8", "--share", "10%")

    assert done.returncode == 2
    assert "is a folder" in done.stderr


def test_the_processes_that_come_along_are_not_set_on_another_grid(grid: str) -> None:
    done = call("expose", "grid", grid)

    assert done.returncode == 2
    assert "--processes" in done.stderr
    assert "processes_on_grid.csv" not in done.stderr


def test_the_ending_of_a_report_may_be_in_capitals(grid: str, tmp_path: Path) -> None:
    options = ("--processes", described(tmp_path, STANDING), "--draws", "20")

    done = call("expose", "grid", grid, *options, "--report", str(tmp_path / "made.JSON"))

    assert done.returncode == 0
    assert json.loads((tmp_path / "made.JSON").read_text("utf-8"))["tlp"] == "AMBER"
