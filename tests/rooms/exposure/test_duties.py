"""Duties as dated facts: deadlines, what is coming, and how far processes are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from tests.rooms.exposure.conftest import NOW, WRITER, add, process
from tests.rooms.exposure.test_pages import text
from tests.rooms.exposure.test_registers import refused
from tests.rooms.risk.test_pages import sign_in
from verband.demo import process_rows
from verband.language.errors import InputError
from verband.rooms.exposure import services
from verband.rooms.exposure.models import Obligation

__all__ = ["sign_in"]
pytestmark = pytest.mark.django_db
ZONE = ZoneInfo("Europe/Amsterdam")
NOTICED = datetime(2026, 1, 31, 10, 0, tzinfo=ZONE)


def duty(key: str, **cells: str) -> None:
    of = {"act": "An act", "text": f"Doe {key}", "status": "in_force", "stated_on": "2026-01-01"}
    add("obligations", key=key, **{**of, **cells})


def due(notified: datetime | None = None) -> list[tuple[str, str, str]]:
    rows = [view.row for view in services.duties(WRITER)]
    return [
        (one.row.key, one.state, one.due.isoformat() if one.due else "")
        for one in services.clock(rows, NOTICED, notified=notified, zone=ZONE)
    ]


@pytest.mark.requirement("R063")
def test_a_reporting_clock_computes_deadlines_and_gives_none_to_what_is_coming() -> None:
    duty("report", report_within_months="1", counted_from="notification")
    duty("notify", report_within_h="72")
    duty("warn", report_within_h="24")
    duty("later", report_within_h="1", status="coming")
    duty("care")

    assert due() == [
        ("warn", "due", "2026-02-01T10:00:00+01:00"),
        ("notify", "due", "2026-02-03T10:00:00+01:00"),
        ("report", "waits", ""),
        ("later", "coming", ""),
    ]
    assert due(NOTICED)[2] == ("report", "due", "2026-02-28T10:00:00+01:00")


def test_hours_pass_over_the_change_of_the_clock_and_months_keep_the_hour() -> None:
    duty("warn", report_within_h="24")
    duty("month", report_within_months="1")
    rows = [view.row for view in services.duties(WRITER)]

    found = services.clock(rows, datetime(2026, 3, 28, 12, 0, tzinfo=ZONE), notified=None, zone=ZONE)

    warn, month = (one.due for one in found)
    assert warn is not None
    assert month is not None
    assert warn.astimezone(UTC) == datetime(2026, 3, 29, 11, 0, tzinfo=UTC)
    assert month.astimezone(UTC) == datetime(2026, 4, 28, 10, 0, tzinfo=UTC)


def test_a_notification_before_the_incident_was_noticed_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        services.clock([], NOTICED, notified=NOTICED.replace(day=30), zone=ZONE)

    assert (caught.value.code, caught.value.params["field"]) == ("exposure.notified_first", "notified")


@pytest.mark.parametrize(
    ("cells", "code", "field"),
    [
        ({"report_within_h": "0"}, "exposure.below_zero", "report_within_h"),
        ({"report_within_months": "-1"}, "exposure.below_zero", "report_within_months"),
        ({"report_within_months": "1.5"}, "exposure.number", "report_within_months"),
        ({"report_within_h": "24", "report_within_months": "1"}, "exposure.two_terms", "report_within_months"),
        ({"status": "maybe"}, "exposure.word", "status"),
        ({"key": "warn"}, "exposure.taken", "key"),
    ],
)
def test_a_duty_that_cannot_be_is_refused_at_its_field(cells: dict[str, str], code: str, field: str) -> None:
    duty("warn")
    of = {"key": "new", "act": "An act", "text": "Report", "status": "in_force", "stated_on": "2026-01-01"}

    assert refused("obligations", **{**of, **cells}) == (code, field)


@pytest.mark.requirement("R063")
def test_the_newest_standing_of_a_process_counts_and_met_has_its_evidence() -> None:
    services.add("processes", process("water"), who=WRITER, now=NOW)
    duty("care")
    of = {"obligation": "care", "process": "water"}
    add("fulfilments", **of, state="in_progress", as_of="2026-05-01")
    add("fulfilments", **of, state="open", as_of="2026-04-01")

    assert refused("fulfilments", **of, state="met", as_of="2026-05-02") == ("exposure.no_evidence", "evidence")
    assert refused("fulfilments", **of, state="open", as_of="2026-06-02") == ("exposure.not_yet", "as_of")
    assert refused("fulfilments", obligation="caer", process="water", state="open", as_of="2026-05-01") == (
        "exposure.unknown",
        "obligation",
    )
    (view,) = services.duties(WRITER)
    assert [view.count(state) for state in ("open", "in_progress", "met")] == [0, 1, 0]
    add("fulfilments", **of, state="met", as_of="2026-05-03", evidence="Audit report 7")
    assert services.duties(WRITER)[0].count("met") == 1


@pytest.mark.requirement("R063")
def test_the_page_gives_deadlines_and_shows_what_is_not_in_force_as_coming(sign_in: Callable[..., Client]) -> None:
    duty("warn", report_within_h="24")
    duty("later", report_within_h="72", status="coming")
    client = sign_in("ann")

    shown = text(client, "duties/?noticed=2026-01-31T10:00")

    assert "<strong>2026-02-01 10:00</strong>" in shown
    assert shown.count("coming: no deadline") == 1
    assert "2026-02-03" not in shown
    assert "<strong>1</strong> duty is in force," in shown
    assert "Say when the incident was noticed" in text(client, "duties/")


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("noticed=soon", "noticed"),
        ("noticed=0001-01-01", "noticed"),
        ("noticed=2026-01-31T10:00&notified=x", "notified"),
        ("noticed=2026-01-31T10:00&notified=2026-01-30T10:00", "notified"),
        ("notified=2026-01-30T10:00", "noticed"),
    ],
)
def test_a_moment_that_cannot_be_stands_beside_its_field(
    query: str, field: str, sign_in: Callable[..., Client]
) -> None:
    assert f'id="f-{field}-error"' in text(sign_in("ann"), f"duties/?{query}", 400)


@pytest.mark.requirement("R063")
def test_the_duties_that_come_along_are_coming_where_the_dutch_act_was_not_in_force() -> None:
    assert services.load_duties(process_rows.duties(), who=WRITER, now=NOW) == 6
    assert services.load_duties(process_rows.duties(), who=WRITER, now=NOW) == 0

    directives = Obligation.objects.filter(act__contains="(EU)")
    assert set(directives.values_list("status", flat=True)) == {"coming"}
    assert all("may differ" in row.text_en for row in directives)
    terms = {row.key: (row.report_within_h, row.report_within_months, row.counted_from) for row in directives}
    assert terms == {
        "nis2-early-warning": (24, None, "noticing"),
        "nis2-notification": (72, None, "noticing"),
        "nis2-final-report": (None, 1, "notification"),
        "cer-initial-notification": (24, None, "noticing"),
        "cer-detailed-report": (None, 1, "notification"),
    }
    assert [one[1] for one in due()] == ["coming"] * 5
