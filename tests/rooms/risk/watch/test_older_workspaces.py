"""A workspace from before evidence had days opens, and its judgements stand as they did."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tests.rooms.risk.conftest import reader
from verband.language.markings import Marking
from verband.rooms.picture import services as picture
from verband.rooms.risk import services

BEFORE = ("risk", "0001_initial")


@pytest.mark.django_db(transaction=True)
@pytest.mark.requirement("R015")
def test_older_judgements_get_their_evidence_of_the_day_no_level_and_no_stated_party() -> None:
    newest = [node for node in MigrationExecutor(connection).loader.graph.leaf_nodes() if node[0] == "risk"]
    try:
        MigrationExecutor(connection).migrate([BEFORE])
        old = MigrationExecutor(connection).loader.project_state([BEFORE]).apps
        marking = picture.marking_row(Marking())
        old.get_model("risk", "ResilienceJudgement").objects.create(
            interest="economic_security",
            theme="cbrn",
            text="Holds",
            evidence="Exercise",
            reason="Asked",
            marking_id=marking.pk,
            judged_by="ann",
            judged_at=1_700_000_000,
        )
    finally:
        MigrationExecutor(connection).migrate(newest)

    (view,) = services.judgements(reader())
    (profile,) = [one for one in services.resilience(reader(), now=datetime(2033, 1, 1, tzinfo=UTC)) if one.held]
    assert (view.party, view.level, view.expires_on) == ("not_stated", "", None)
    assert [(item.text, item.observed_on) for item in view.items] == [("Exercise", date(2023, 11, 14))]
    assert view.holding(date(2033, 1, 1))
    assert (profile.party, profile.level, profile.because) == ("not_stated", "unknown", "no_level")
