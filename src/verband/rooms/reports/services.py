"""The front door of reports: make one for a reader, list those that he may see, and read what was made."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from django.conf import settings
from django.db import transaction
from django.utils import translation

from verband.language.errors import InputError, NotFoundError, StateError
from verband.language.markings import Marking
from verband.rooms.audit import services as audit
from verband.rooms.people import services as people
from verband.rooms.people.services import Reader, demand
from verband.rooms.picture import services as picture
from verband.rooms.reports import rendering
from verband.rooms.reports.document import Document
from verband.rooms.reports.kinds import (
    assessment_difference,
    cards,
    commitments_trace,
    decision_note,
    eu_nato_proposal,
    midterm_review,
    option_note,
    progress_letter,
    response_letter,
    risk_analysis,
)
from verband.rooms.reports.kinds import picture as threat_picture
from verband.rooms.reports.kinds.basis import VALID_DAYS, Basis
from verband.rooms.reports.models import Report
from verband.rooms.reports.rendering import FORMATS, MEDIA
from verband.rooms.reports.text import clean
from verband.rooms.reports.words import Words

__all__ = [
    "FORMATS",
    "KINDS",
    "LANGUAGES",
    "MEDIA",
    "VALID_DAYS",
    "Draft",
    "Kept",
    "draft",
    "keep",
    "kept",
    "make",
    "numbers",
    "read",
    "rendered",
    "reports",
]

LANGUAGES = ("nl", "en")
_DAY_S = 86_400


@dataclass(frozen=True)
class _Kind:
    document: Callable[[Basis], Document]
    marking: Callable[[Basis], Marking]
    of_run: bool
    numbers: Callable[[Basis], dict[str, object]] = lambda basis: {}
    #: Whether it is about one thing that `about` names, and cannot be made without.
    keyed: bool = False


KINDS: dict[str, _Kind] = {
    "picture": _Kind(threat_picture.document, lambda basis: basis.marking, True),
    "midterm-review": _Kind(midterm_review.document, midterm_review.marking, False, midterm_review.numbers),
    "threat-assessment-difference": _Kind(
        assessment_difference.document, assessment_difference.marking, False, assessment_difference.numbers
    ),
    "commitments-trace": _Kind(commitments_trace.document, commitments_trace.marking, False, commitments_trace.numbers),
    "progress-letter": _Kind(progress_letter.document, progress_letter.marking, False, progress_letter.numbers),
    "risk-analysis": _Kind(risk_analysis.document, risk_analysis.marking, False, risk_analysis.numbers),
    "option-note": _Kind(option_note.document, option_note.marking, False, option_note.numbers, keyed=True),
    "decision-note": _Kind(decision_note.document, decision_note.marking, False, decision_note.numbers, keyed=True),
    "eu-nato-proposal": _Kind(
        eu_nato_proposal.document, eu_nato_proposal.marking, False, eu_nato_proposal.numbers, keyed=True
    ),
    "response-letter": _Kind(
        response_letter.document, response_letter.marking, False, response_letter.numbers, keyed=True
    ),
    "algorithm-cards": _Kind(cards.document, lambda basis: Marking(), False),
}


@dataclass(frozen=True)
class Draft:
    """A document with what it was made from, not rendered yet."""

    kind: str
    basis: Basis
    document: Document


@dataclass(frozen=True)
class Kept:
    """A report as it lies in the workspace. `outdated` where it is older than its validity at the moment asked for."""

    id: int
    kind: str
    language: str
    marking: Marking
    made_by: str
    made_at: int
    formats: tuple[str, ...]
    names: dict[str, str]
    run: int | None
    outdated: bool


def make(
    kind: str,
    *,
    who: Reader,
    now: datetime,
    language: str,
    formats: Sequence[str] = FORMATS,
    folder: Path | None = None,
    known_on: int | None = None,
    since: int | None = None,
    about: Sequence[str] = (),
) -> Report:
    """Make a report for the reader, of what he may see, and keep its files in the folder (default: the workspace's).

    `known_on` (seconds since 1970) gives the picture of then; `since` lists as new what was recorded after it;
    `about` names the editions that a report of the cycle is about, the key of a progress letter, or the case or package
    that a document of a response is about. The same workspace and `now` give the same bytes. Raises
    InputError("reports.kind"), ("reports.language"), ("reports.format"), ("reports.about"), ("reports.not_decided"),
    NotFoundError("response.none"), RefusedError("people.no_power"), StateError("reports.unwritable").
    """
    wanted = _formats(formats)
    made = draft(kind, who=who, now=now, language=language, known_on=known_on, since=since, about=about)
    return keep(made, formats=wanted, folder=folder)


def draft(
    kind: str,
    *,
    who: Reader,
    now: datetime,
    language: str,
    known_on: int | None = None,
    since: int | None = None,
    about: Sequence[str] = (),
) -> Draft:
    """The document that `make` would render. Raises what `make` raises before it writes."""
    demand(who, "write_report")
    if kind not in KINDS:
        raise InputError("reports.kind", kind=kind, known=", ".join(KINDS))
    if language not in LANGUAGES:
        raise InputError("reports.language", language=language, known=", ".join(LANGUAGES))
    if KINDS[kind].keyed and len(about) != 1:
        raise InputError("reports.about", field="about", kind=kind, n=len(about))
    home = people.organisation(who.organisation)
    name = home.name_nl if language == "nl" else home.name_en
    basis = Basis(who, Words(language), now, known_on, since, name, tuple(about))
    with translation.override(language):
        document = KINDS[kind].document(basis)
    return Draft(kind, basis, _cleaned(document))


def keep(made: Draft, *, formats: Sequence[str] = FORMATS, folder: Path | None = None) -> Report:
    """Render a draft, write its files and log it.

    Raises InputError("reports.format"), StateError("reports.unwritable").
    """
    files = rendering.render(made.document, _formats(formats), made_at=made.basis.now)
    into = folder or _folder()
    day = made.basis.now.astimezone(UTC).date()
    names = _write(into, f"{made.kind}-{made.document.language}-{day.isoformat()}", files)
    try:
        return _keep(made, names, files)
    except BaseException:
        for name in names.values():
            (into / name).unlink(missing_ok=True)
        raise


def numbers(made: Draft) -> dict[str, object]:
    """What a draft comes to, with no clock, path or random id: equal for two runs on the same workspace."""
    said: dict[str, object] = {
        "kind": made.kind,
        "language": made.document.language,
        "marking": made.document.marking,
        "sections": [section.title for section in made.document.sections],
    }
    if not KINDS[made.kind].of_run:
        return said | KINDS[made.kind].numbers(made.basis)
    basis = made.basis
    return said | {
        "incidents": len(basis.incidents),
        "new": len(basis.new),
        "campaigns": [{"id": row.uuid, "incidents": row.n, "p": row.p, "state": row.state} for row in basis.groups],
        "held_for_coincidence": len(basis.coincidences),
        "gaps": len(basis.triangle.gaps),
        "same_event": len(basis.same),
    }


def rendered(document: Document, form: str, *, made_at: datetime) -> bytes:
    """The bytes of a document that stands on no workspace, in one format; nothing is kept or logged.

    Raises InputError("reports.format").
    """
    (chosen,) = _formats((form,))
    return rendering.render(_cleaned(document), (chosen,), made_at=made_at)[chosen]


def reports(who: Reader, *, now: datetime) -> list[Kept]:
    """Reports whose marking the reader may see, newest first."""
    found = Report.objects.filter(marking_id__in=picture.visible_markings(who.ceiling)).select_related("marking")
    return [_kept(report, now) for report in found]


def kept(number: int, who: Reader, *, now: datetime) -> Kept:
    """One report. Raises NotFoundError("reports.unknown") alike where there is none and where it may not be seen."""
    visible = Report.objects.filter(pk=number, marking_id__in=picture.visible_markings(who.ceiling))
    found = visible.select_related("marking").first()
    if found is None:
        raise NotFoundError("reports.unknown", number=number)
    return _kept(found, now)


def read(number: int, form: str, who: Reader) -> bytes:
    """The bytes of one format, unchanged since it was made.

    Raises NotFoundError("reports.unknown"), ("reports.no_format"), StateError("reports.gone") where the file is missing
    or was altered.
    """
    visible = Report.objects.filter(pk=number, marking_id__in=picture.visible_markings(who.ceiling))
    found = visible.first()
    if found is None:
        raise NotFoundError("reports.unknown", number=number)
    entry = found.files.get(form)
    if entry is None:
        raise NotFoundError("reports.no_format", form=form, known=", ".join(found.files))
    try:
        content = _folder().joinpath(str(entry["file"])).read_bytes()
    except OSError as error:
        raise StateError("reports.gone", file=entry["file"]) from error
    if hashlib.sha256(content).hexdigest() != entry["sha256"]:
        raise StateError("reports.gone", file=entry["file"])
    return content


def _cleaned(document: Document) -> Document:
    """The document with no character in it that a format would choke on; all formats say the same."""

    def over(value: object) -> object:
        if isinstance(value, str):
            return clean(value)
        if isinstance(value, list | tuple):
            return [over(part) for part in value]
        if isinstance(value, dict):
            return {key: over(part) for key, part in value.items()}
        return value

    return msgspec.convert(over(msgspec.to_builtins(document)), Document)


def _folder() -> Path:
    return Path(settings.VERBAND_WORKSPACE) / "reports"


def _formats(formats: Sequence[str]) -> tuple[str, ...]:
    for form in formats:
        if form not in FORMATS:
            raise InputError("reports.format", form=form, known=", ".join(FORMATS))
    return tuple(form for form in FORMATS if form in formats) or FORMATS


def _write(folder: Path, stem: str, files: dict[str, bytes]) -> dict[str, str]:
    """Write the files under the first number that is free for all of them; names by format, no older file touched."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        taken = {path.stem for path in folder.glob(f"{stem}-*")}
        number = 1
        while f"{stem}-{number}" in taken:
            number += 1
        names = {form: f"{stem}-{number}.{form}" for form in files}
        written: list[Path] = []
        try:
            for form, content in files.items():
                with (folder / names[form]).open("xb") as stream:
                    written.append(folder / names[form])
                    stream.write(content)
        except OSError:
            for path in written:
                with suppress(OSError):
                    path.unlink()
            raise
    except FileExistsError:
        return _write(folder, stem, files)
    except OSError as error:
        raise StateError("reports.unwritable", folder=folder, reason=error.strerror or "") from error
    return names


def _keep(made_from: Draft, names: dict[str, str], files: dict[str, bytes]) -> Report:
    kind, basis = made_from.kind, made_from.basis
    rules, who = KINDS[kind], basis.who
    marking = rules.marking(basis)
    entries = {form: {"file": name, "sha256": hashlib.sha256(files[form]).hexdigest()} for form, name in names.items()}
    with transaction.atomic():
        made = Report.objects.create(
            kind=kind,
            language=basis.words.language,
            run=basis.run if rules.of_run else None,
            marking=picture.marking_row(marking),
            files=entries,
            made_by=who.signature,
            made_at=basis.moment,
        )
        audit.note(
            "report made",
            actor=who.signature,
            object=f"report {made.pk}",
            detail={
                "kind": kind,
                "language": basis.words.language,
                "marking": marking.words(),
                "known_on": basis.known_on,
                "files": {form: entry["sha256"] for form, entry in entries.items()},
            },
        )
    return made


def _kept(report: Report, now: datetime) -> Kept:
    return Kept(
        id=report.pk,
        kind=report.kind,
        language=report.language,
        marking=report.marking.value(),
        made_by=report.made_by,
        made_at=report.made_at,
        formats=tuple(form for form in FORMATS if form in report.files),
        names={form: entry["file"] for form, entry in report.files.items()},
        run=report.run_id,
        outdated=now.timestamp() > report.made_at + VALID_DAYS * _DAY_S,
    )
