"""The pages of the reports: what a reader finds, makes, opens and may not."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from tests.rooms.reports.conftest import NOW
from verband.rooms.audit import services as audit
from verband.rooms.people.services import Reader
from verband.rooms.reports import services
from verband.rooms.reports.models import Report

Browse = Callable[[str], Client]
pytestmark = pytest.mark.usefixtures("runs")


@pytest.fixture
def amber(ann: Reader) -> Report:
    return services.make("picture", who=ann, now=NOW, language="en", formats=["html", "json"])


def test_a_reader_makes_a_report_and_reads_it_here(browse: Browse) -> None:
    answer = browse("ann").post("/reports/make/", {"kind": "picture", "language": "en", "known_on": ""}, follow=True)

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Drones over a naval base" in page
    assert page.count("<h1") == 1
    assert Report.objects.get().files.keys() == set(services.FORMATS)


def test_the_list_shows_reports_under_the_ceiling_alone(browse: Browse, amber: Report) -> None:
    own = browse("ann").get("/reports/").content.decode()
    other = browse("cleo").get("/reports/").content.decode()

    assert f"/reports/{amber.pk}/" in own
    assert f"/reports/{amber.pk}/" not in other
    assert "0 reports" in other.replace("<strong>", "").replace("</strong>", "")


def test_a_report_above_the_ceiling_is_not_there(browse: Browse, amber: Report) -> None:
    for address in (f"/reports/{amber.pk}/", f"/reports/{amber.pk}/html/", "/reports/999/"):
        assert browse("cleo").get(address).status_code == 404


def test_a_clear_reader_makes_a_clear_report(browse: Browse) -> None:
    page = browse("cleo").post("/reports/make/", {"kind": "picture", "language": "en"}, follow=True).content.decode()

    assert "Cable damaged near the strait" in page
    assert "Drones" not in page
    assert Report.objects.get().marking.tlp == "CLEAR"


def test_a_download_is_logged_as_an_export(browse: Browse, amber: Report) -> None:
    answer = browse("ann").get(f"/reports/{amber.pk}/json/")

    assert answer["Content-Type"] == "application/json"
    assert 'filename="picture-en-2025-03-10-1.json"' in answer["Content-Disposition"]
    entry = next(audit.entries(action="exported"))
    assert (entry.object, entry.actor) == (f"report {amber.pk}", "ann (analyst, home)")


def test_a_format_that_was_not_made_is_not_there(browse: Browse, amber: Report) -> None:
    assert browse("ann").get(f"/reports/{amber.pk}/docx/").status_code == 404


def test_an_altered_file_is_not_shown(browse: Browse, amber: Report, workspace_folders: Path) -> None:
    file = workspace_folders / "reports" / amber.files["html"]["file"]
    file.write_text("<script>alert(1)</script>")

    answer = browse("ann").get(f"/reports/{amber.pk}/")

    assert answer.status_code == 503
    assert "<script>alert" not in answer.content.decode()


def test_who_may_read_but_not_write_sees_no_form(browse: Browse, amber: Report) -> None:
    page = browse("dirk").get("/reports/").content.decode()

    assert f"/reports/{amber.pk}/" in page
    assert "/reports/make/" not in page
    assert browse("dirk").post("/reports/make/", {"kind": "picture", "language": "en"}).status_code == 403


def test_reading_a_marked_report_is_logged(browse: Browse, amber: Report) -> None:
    browse("ann").get(f"/reports/{amber.pk}/")

    assert next(audit.entries(action="read")).object == f"report {amber.pk}"


def test_a_wrong_day_is_answered_beside_the_form(browse: Browse) -> None:
    answer = browse("ann").post("/reports/make/", {"kind": "picture", "language": "en", "known_on": "soon"})

    assert answer.status_code == 400
    assert 'role="alert"' in answer.content.decode()
    assert not Report.objects.exists()


def test_a_wrong_kind_is_answered_with_those_there_are(browse: Browse) -> None:
    answer = browse("ann").post("/reports/make/", {"kind": "pictur", "language": "en"})

    assert answer.status_code == 400
    assert re.search(r"Known: picture, .*algorithm-cards\.", answer.content.decode())
