"""What the log promises, on every database."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from verband.rooms.audit import services as audit
from verband.rooms.audit.models import Entry, Head

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("P9")]


def _three() -> None:
    for name in ("first", "second", "third"):
        audit.note(name, actor="ann", object="x", detail={"n": 1})


def _without_guard() -> None:
    """Take the database's own guard away, as somebody with the file in his hands could."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER audit_entry_no_update")
            cursor.execute("DROP TRIGGER audit_entry_no_delete")
        else:
            cursor.execute("DROP TRIGGER audit_entry_append_only ON audit_entry")


def test_an_untouched_log_is_intact() -> None:
    _three()

    verdict = audit.verify()

    assert (verdict.intact, verdict.entries) == (True, 3)


@pytest.mark.parametrize(
    "change", [{"actor": "somebody else"}, {"detail": "{}"}, {"action": "read"}, {"digest": "0" * 64}]
)
def test_an_altered_entry_breaks_the_chain_there(change: dict[str, str]) -> None:
    _three()
    _without_guard()

    Entry.objects.filter(number=2).update(**change)

    assert audit.verify().broken_at == 2


def test_a_deleted_entry_breaks_the_chain_there() -> None:
    _three()
    _without_guard()

    Entry.objects.filter(number=2).delete()

    assert audit.verify().broken_at == 2


def test_a_cut_tail_is_noticed() -> None:
    _three()
    _without_guard()

    Entry.objects.filter(number=3).delete()

    assert (audit.verify().intact, audit.verify().reason) == (False, "cut")


def test_a_removed_head_is_noticed() -> None:
    _three()

    Head.objects.all().delete()

    assert not audit.verify().intact


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_entry SET actor = 'x' WHERE number = 2", "DELETE FROM audit_entry WHERE number = 2"]
)
def test_the_database_refuses_to_change_an_entry(statement: str) -> None:
    _three()

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert audit.verify().intact
