"""The registers: what their columns are, and which check holds between a row and the rows that are there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from verband.language.errors import NotFoundError
from verband.language.words import closest
from verband.rooms.exposure import checking, keeping, models
from verband.rooms.exposure.checking import COUNTED_FROM, Check, Known
from verband.rooms.exposure.columns import Column
from verband.rooms.exposure.models import Kept
from verband.rooms.people.services import Reader

KINDS = ("process", "asset")
GRADES = ("A", "B")
HELD = ("product", "software", "equipment")
STATUSES = ("in_force", "coming")
LANGUAGES = ("nl", "en")
OUTCOMES = ("in_order", "shortcoming")
STATES = ("open", "in_progress", "met")
CLAIMS = ("host_nation", "corridor", "other")
ANSWERS = ("agreed", "declined")


@dataclass(frozen=True)
class Register:
    """A register by its address. `check` completes the values and gives the markings of the rows that they name."""

    key: str
    model: type[Kept]
    columns: tuple[Column, ...]
    check: Check

    def known(self, who: Reader, now: datetime) -> Known:
        """What a row that is written now may name."""
        return Known(who, keeping.today(now, None))


_SOURCE = Column("source", longest=400)
_BY_KEY = {
    register.key: register
    for register in (
        Register(
            "processes",
            models.Process,
            (
                Column("kind", "choice", words=KINDS),
                Column("key", "key", longest=80),
                Column("name_nl", longest=200),
                Column("name_en", longest=200),
                Column("owner", required=False, longest=200),
                Column("vital", "choice", required=False, of="vital_processes"),
                Column("grade", "choice", required=False, words=GRADES),
                Column("sector", required=False, longest=60),
                Column("interest", "choice", required=False, of="interests"),
                Column("impact", "text", required=False),
                Column("impact_language", "choice", required=False, words=LANGUAGES),
                Column("review_on", "day", required=False),
                Column("asset_class", "choice", required=False, of="asset_classes"),
                Column("latitude", "number", required=False),
                Column("longitude", "number", required=False),
                _SOURCE,
            ),
            checking.process,
        ),
        Register(
            "requirements",
            models.Requirement,
            (
                Column("node", "key"),
                Column("members", "keys"),
                Column("k", "whole"),
                Column("buffer_h", "number"),
                Column("buffer_low_h", "number", required=False),
                Column("buffer_high_h", "number", required=False),
                _SOURCE,
            ),
            checking.requirement,
        ),
        Register(
            "suppliers",
            models.Supplier,
            (
                Column("key", "key", longest=80),
                Column("name", longest=200),
                Column("country", required=False, longest=100),
                Column("controlled_from", required=False, longest=100),
                _SOURCE,
            ),
            checking.supplier,
        ),
        Register(
            "supplies",
            models.Supply,
            (
                Column("supplier", "key"),
                Column("process", "key"),
                Column("product", longest=200),
                Column("kind", "choice", words=HELD),
                Column("function", required=False, longest=200),
                Column("access", required=False, longest=200),
                _SOURCE,
            ),
            checking.supply,
        ),
        Register(
            "stocks",
            models.Stock,
            (
                Column("process", "key"),
                Column("product", longest=200),
                Column("days", "number", required=False),
                Column("amount", "number", required=False),
                Column("use_per_day", "number", required=False),
                Column("unit", required=False, longest=40),
                Column("valid_until", "day"),
                _SOURCE,
            ),
            checking.stock,
        ),
        Register(
            "obligations",
            models.Obligation,
            (
                Column("key", "key", longest=80),
                Column("act", longest=100),
                Column("text", "text"),
                Column("text_en", "text", required=False),
                Column("status", "choice", words=STATUSES),
                Column("stated_on", "day"),
                Column("sector", required=False, longest=60),
                Column("report_within_h", "number", required=False),
                Column("report_within_months", "whole", required=False),
                Column("counted_from", "choice", required=False, words=COUNTED_FROM),
                _SOURCE,
            ),
            checking.obligation,
        ),
        Register(
            "fulfilments",
            models.Fulfilment,
            (
                Column("obligation", "key"),
                Column("process", "key"),
                Column("state", "choice", words=STATES),
                Column("as_of", "day"),
                Column("evidence", "text", required=False),
                _SOURCE,
            ),
            checking.fulfilment,
        ),
        Register(
            "claims",
            models.Claim,
            (
                Column("key", "key", longest=80),
                Column("kind", "choice", words=CLAIMS),
                Column("asker", longest=200),
                Column("asset", "key"),
                Column("from_day", "day"),
                Column("until_day", "day"),
                Column("purpose", "text"),
                _SOURCE,
            ),
            checking.claim,
        ),
        Register(
            "claim-answers",
            models.ClaimAnswer,
            (
                Column("claim", "key"),
                Column("answer", "choice", words=ANSWERS),
                Column("answered_by", longest=200),
                Column("answered_on", "day"),
                Column("text", "text", required=False),
                _SOURCE,
            ),
            checking.claim_answer,
        ),
        Register(
            "findings",
            models.Finding,
            (
                Column("process", "key"),
                Column("found_on", "day"),
                Column("outcome", "choice", words=OUTCOMES),
                Column("text", "text"),
                _SOURCE,
            ),
            checking.finding,
        ),
        Register(
            "stands-for",
            models.StandsFor,
            (Column("node", "key"), Column("thing", longest=300), Column("reason", "text"), _SOURCE),
            checking.stands_for,
        ),
        Register(
            "country-rules",
            models.CountryRule,
            (
                Column("country", longest=100),
                Column("reason", "text"),
                Column("legal_ground", longest=300),
                Column("valid_until", "day"),
                Column("reviewer", longest=200),
                _SOURCE,
            ),
            checking.country_rule,
        ),
    )
}


def registers() -> tuple[Register, ...]:
    """Every register in the order of the pages."""
    return tuple(_BY_KEY.values())


def register(key: str) -> Register:
    """One register. Raises NotFoundError("exposure.no_register")."""
    if key not in _BY_KEY:
        raise NotFoundError("exposure.no_register", key=key, nearest=closest(key, list(_BY_KEY)) or "")
    return _BY_KEY[key]
