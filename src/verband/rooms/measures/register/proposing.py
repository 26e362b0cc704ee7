"""A measure that a person proposes here: with why what exists does not do (P17), and a ground where it is economic."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.db import transaction

from verband.language.errors import InputError
from verband.language.markings import Marking
from verband.rooms.audit import services as audit
from verband.rooms.measures import reading
from verband.rooms.measures.kinds import covered, kinds
from verband.rooms.measures.models import Coverage, Measure
from verband.rooms.measures.reading import MeasureView
from verband.rooms.measures.register import keeping as register
from verband.rooms.measures.register.kinds import ECONOMIC, PROPOSAL
from verband.rooms.measures.register.models import MeasureOrigin
from verband.rooms.people.contact import refuse_contact
from verband.rooms.people.services import Reader, demand
from verband.rooms.picture import keeping
from verband.rooms.picture import services as picture


def propose(posted: register.Posted, *, who: Reader, now: datetime) -> MeasureView:
    """Add a measure to the register in the state "proposed".

    Raises RefusedError("people.no_power"), ("register.above_ceiling"), InputError("register.empty") where a field
    lacks, `existing` among them, ("register.word"), ("register.past"), ("register.no_security_ground"),
    ("people.contact"), ("register.twice").
    """
    demand(who, register.POWER)
    columns = [column for column in PROPOSAL if column.name != "kind"]
    fields = register.filled(columns, posted, measures=())
    kind = register.text("kind", posted)
    known = [key for key, one in kinds().items() if one.measure]
    if kind not in known:
        raise InputError("register.word", field="kind", word=kind, known=", ".join(known))
    source = register.text("source", posted, most=400)
    economic = fields["accent"] == ECONOMIC
    if economic:
        for name in ("climate", "review_on"):
            if not fields[name]:
                raise InputError("register.empty", field=name)
        register.demand_ahead("review_on", fields["review_on"], keeping.today(now))
        register.check_grounds(fields["grounds"])
    refuse_contact(who, source=source, **fields)
    marking = keeping.marking_for(register.one("marking", posted), (), who, errors=register.ERRORS)
    day = keeping.today(now)
    told = chr(31).join((fields["title_en"], fields["title_nl"], who.username, str(int(now.timestamp()))))
    digest = hashlib.sha256(told.encode()).hexdigest()
    key = f"MEA-p{digest[:8]}"
    with transaction.atomic():
        if Measure.objects.filter(key=key).exists():
            raise InputError("register.twice", field="title_nl")
        _store(key, kind, fields, source, digest, marking=marking, now=now, day=day.isoformat())
        audit.note("measure proposed", actor=who.signature, object=f"measure {key}")
        keeping.keep(
            MeasureOrigin,
            act="reason of a proposed measure kept",
            about=f"measure {key}",
            fields={"measure": key, "source": source, "existing": fields["existing"]},
            marking=marking,
            who=who,
            now=now,
        )
        view = next(one for one in reading.measures(who) if one.key == key)
        step = {"state": "proposed", "since": day, "reason": ""}
        register.store("step", view, step, posted, rests_on=[marking], who=who, now=now)
        if economic:
            ground = {name: fields[name] for name in ("grounds", "climate", "review_on")}
            register.store("ground", view, ground, posted, rests_on=[marking], who=who, now=now)
    return view


def _store(
    key: str,
    kind: str,
    fields: dict[str, str],
    source: str,
    digest: str,
    *,
    marking: Marking,
    now: datetime,
    day: str,
) -> None:
    made = Measure.objects.create(
        key=key,
        title_nl=fields["title_nl"],
        title_en=fields["title_en"],
        kind=kind,
        accent=fields["accent"],
        accent_verified=True,
        owner=fields["owner"],
        owner_basis="stated",
        stated_on=day,
        source_nl=source,
        source_en=source,
        digest=digest,
        recorded_at=int(now.timestamp()),
        marking=picture.marking_row(marking),
    )
    interests = covered(fields["accent"], fields["theme"])
    Coverage.objects.bulk_create(
        Coverage(measure=made, interest=interest, theme=fields["theme"]) for interest in interests or ("",)
    )
