"""STIX 2.0 and 2.1: a bundle, a list of objects, one object, or one object a line."""

from __future__ import annotations

import codecs
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any

import msgspec

from verband.formats.raw import RawFile, known_encoding
from verband.formats.rejects import TEXT, in_field, rejected
from verband.formats.stix_objects import INCIDENT_CORE, Loose, Needed, Read, read_object
from verband.formats.stix_source import marking_of, markings_of, source_of
from verband.language.errors import InputError
from verband.language.person_features import may_hold
from verband.language.records import Attribute, Link, Record, Reject, SourceInfo, Stripped
from verband.language.time import Interval, parse_time, span

#: DISARM's bundle calls its source and its kill chain by MITRE's name.
_RELABELLED = {"disarm": {"mitre-attack": "DISARM"}}
#: Addresses and accounts of people are no names to search by.
_UNNAMED = frozenset({"email-addr", "user-account"})
_FIDELITY = {"day": 10, "month": 7, "year": 4}
#: A text this short is never a danger, and no object of a real collection holds so many commas.
_SMALL = 1 << 25
_COMMAS = 20


#: A marking word, or None for the source's own, and the references that could not be read.
Marked = tuple[str | None, tuple[str, ...]]


class _Bundle(msgspec.Struct):
    type: str = ""
    objects: list[msgspec.Raw] = []


class StixReading:
    """A STIX file being read. `line` of a record or reject is the object's place in the file, from 1."""

    format = "stix"

    def __init__(self, file: RawFile, *, encoding: str = "") -> None:
        self.sha256, self.size = file.sha256, file.size
        self.check_unchanged = file.check_unchanged
        self._counts: Counter[str] = Counter()
        self._raws = _objects(_text(file, encoding), file)
        self.total: int | None = len(self._raws)
        limit = file.limits.object_bytes
        self._read = [_attempt(raw, line, self._counts, limit) for line, raw in enumerate(self._raws, start=1)]
        needed = [item.needed for item in self._read if isinstance(item, Read)]
        self.source: SourceInfo = source_of(needed, file_name=file.name)
        self._meaning = markings_of(needed)

    def __iter__(self) -> Iterator[Record | Reject]:
        labels = _RELABELLED.get(self.source.key, {})
        first: dict[tuple[str, str], int] = {}
        marked = cache(lambda refs: marking_of(refs, self._meaning))
        for line, (raw, read) in enumerate(zip(self._raws, self._read, strict=True), start=1):
            if isinstance(read, Reject):
                yield read
                continue
            content = _content(raw, read)
            at = first.setdefault((read.needed.id, read.needed.modified), line - 1)
            if at != line - 1 and _content(self._raws[at], self._read[at]) != content:
                error = InputError("stix.twice", id=read.needed.id, field="id")
                yield rejected(line, error, key=read.needed.id, text=_shown(raw))
                continue
            try:
                yield _record(read, content, line, marked(read.needed.object_marking_refs), labels)
            except InputError as error:
                yield rejected(line, error, key=read.needed.id, text=_shown(raw))

    @property
    def stripped(self) -> tuple[Stripped, ...]:
        """The person features that were left out, most frequent first."""
        return tuple(Stripped(field, count) for field, count in self._counts.most_common())


def _text(file: RawFile, encoding: str) -> bytes | bytearray:
    """The JSON text as UTF-8, from what the file's mark says, else from `encoding`, else it is UTF-8.

    Raises InputError("text.encoding") with the line and byte where it is something else.
    """
    data = file.read()
    stated = known_encoding(file.bom or encoding or "utf-8")
    if codecs.lookup(stated).name not in ("utf-8", "utf-8-sig"):
        try:
            return data.decode(stated).encode("utf-8")
        except UnicodeDecodeError as error:
            line = data[: error.start].decode(stated, "ignore").count("\n") + 1
            raise InputError("text.encoding", file=file.name, encoding=stated, line=line, offset=error.start) from error
    if not data.isascii():
        _check_utf8(data, file)
    return data[len(codecs.BOM_UTF8) :] if file.bom else data


def _check_utf8(data: bytes | bytearray, file: RawFile) -> None:
    decoder, view = codecs.getincrementaldecoder("utf-8")(), memoryview(data)
    step = 1 << 20
    for start in range(0, len(view), step):
        waiting = len(decoder.getstate()[0])
        try:
            decoder.decode(view[start : start + step], final=start + step >= len(view))
        except UnicodeDecodeError as error:
            offset = start - waiting + error.start
            line = data.count(b"\n", 0, offset) + 1
            raise InputError("text.encoding", file=file.name, encoding="utf-8", line=line, offset=offset) from error


def _objects(data: bytes | bytearray, file: RawFile) -> list[msgspec.Raw]:
    """The objects as they stand in the text, undecoded.

    Raises InputError("json.truncated"), ("json.malformed"), ("json.too_deep"), ("file.too_many") or ("stix.none").
    """
    # Millions of units of two bytes would take a hundred times their own room; only commas part them.
    if len(data) > _SMALL and data.count(b",") > _COMMAS * file.limits.objects:
        raise InputError("file.too_many", file=file.name, limit=file.limits.objects)
    start = data.lstrip()[:1] if len(data) < 64 else data[:64].lstrip()[:1]
    try:
        if start == b"[":
            return _some(msgspec.json.decode(data, type=list[msgspec.Raw]), file)
        bundle = msgspec.json.decode(data, type=_Bundle)
    except msgspec.ValidationError as error:
        raise InputError("stix.none", file=file.name) from error
    except RecursionError as error:
        raise InputError("json.too_deep", file=file.name, limit=file.limits.depth) from error
    except msgspec.DecodeError as error:
        return _some(_lines(data, error, file), file)
    if bundle.type not in ("", "bundle") and not bundle.objects:
        return [msgspec.Raw(bytes(data))]
    return _some(bundle.objects, file)


def _lines(data: bytes | bytearray, whole: msgspec.DecodeError, file: RawFile) -> list[msgspec.Raw]:
    """One object a line. Raises what is wrong with the text: as lines where its first line is an object by itself."""
    first, found, rest = data.partition(b"\n")
    if not found or not rest.strip():
        raise _malformed(whole, data, file) from whole
    decoder = msgspec.json.Decoder(msgspec.Raw)
    try:
        decoder.decode(first)
    except msgspec.DecodeError:
        raise _malformed(whole, data, file) from whole
    try:
        return decoder.decode_lines(data)
    except (msgspec.DecodeError, RecursionError) as error:
        raise _bad_line(data, error, file) from error


def _bad_line(data: bytes | bytearray, whole: Exception, file: RawFile) -> InputError:
    """Which line is no JSON."""
    decoder, offset = msgspec.json.Decoder(msgspec.Raw), 0
    for line, text in enumerate(bytes(data).split(b"\n"), start=1):
        try:
            if text.strip():
                decoder.decode(text)
        except msgspec.DecodeError as error:
            return InputError("json.malformed", file=file.name, line=line, offset=offset, reason=str(error))
        except RecursionError:
            break
        offset += len(text) + 1
    return InputError("json.too_deep", file=file.name, limit=file.limits.depth)


def _some(objects: list[msgspec.Raw], file: RawFile) -> list[msgspec.Raw]:
    if not objects:
        raise InputError("stix.none", file=file.name)
    if len(objects) > file.limits.objects:
        raise InputError("file.too_many", file=file.name, limit=file.limits.objects)
    return objects


def _malformed(error: msgspec.DecodeError, data: bytes | bytearray, file: RawFile) -> InputError:
    reason = str(error)
    if "truncated" in reason:
        return InputError("json.truncated", file=file.name, size=len(data), line=data.count(b"\n") + 1)
    digits = "".join(letter for letter in reason.rpartition("byte")[2] if letter.isdigit())
    offset = int(digits) if digits else 0
    return InputError(
        "json.malformed",
        file=file.name,
        line=data.count(b"\n", 0, offset) + 1,
        offset=offset,
        reason=reason.partition(" (byte")[0].removeprefix("JSON is malformed: "),
    )


def _attempt(raw: msgspec.Raw, line: int, counts: Counter[str], limit: int) -> Read | Reject:
    try:
        size = memoryview(raw).nbytes
        if size > limit:
            raise InputError("stix.object_too_large", field="", mib=size >> 20, limit_mib=limit >> 20)
        return read_object(raw, counts)
    except InputError as error:
        return rejected(line, error, key=str(error.params.get("id", "")), text=_shown(raw))
    except msgspec.DecodeError as error:
        return rejected(line, InputError("stix.field", field="", reason=str(error)), text=_shown(raw))
    except RecursionError:
        return rejected(line, InputError("stix.too_deep", field=""))


def _shown(raw: msgspec.Raw) -> str:
    """The start of an object's text, for the person who mends it; nothing where a person feature may stand in it."""
    start = bytes(memoryview(raw)[:TEXT])
    return "" if may_hold(start) else start.decode("utf-8", "replace")


def _content(raw: msgspec.Raw, read: Read | Reject) -> bytes:
    return read.content if isinstance(read, Read) and read.content is not None else bytes(raw)


def _record(read: Read, content: bytes, line: int, marked: Marked, labels: dict[str, str]) -> Record:
    item = read.needed
    live = not (item.revoked or item.x_mitre_deprecated)
    marking, unreadable = marked
    if item.type == "relationship":
        return Record(
            key=item.id,
            kind=item.type,
            thing=None,
            name=item.name,
            content=content,
            line=line,
            version=item.modified,
            when=_seen(item.first_seen, item.last_seen) if item.first_seen or item.last_seen else None,
            live=live,
            marking=marking,
            attributes=_unread(unreadable) if unreadable else (),
            links=(Link(item.relationship_type, item.source_ref, item.target_ref),),
        )
    when = _when(item)
    person = item.identity_class == "individual"
    return Record(
        key=item.id,
        kind=item.type,
        thing=None if person or item.type == "sighting" else item.id,
        name=_name(item),
        content=content,
        line=line,
        version=item.modified,
        when=when,
        live=live,
        evidence=item.type == "incident" and when is not None and _core(item) is not None,
        marking=marking,
        names=_aliases(item),
        attributes=(*_labelled(read, labels), *_unread(unreadable)),
        links=_sightings(item),
    )


def _name(item: Needed) -> str:
    if item.name or not isinstance(item, Loose) or item.type in _UNNAMED:
        return item.name
    return item.value if isinstance(item.value, str) else ""


def _aliases(item: Needed) -> tuple[str, ...]:
    """Every other name, once, in the order of the object."""
    if not item.aliases and not item.x_mitre_aliases:
        return ()
    return tuple(
        dict.fromkeys(alias for alias in (*(item.aliases or ()), *(item.x_mitre_aliases or ())) if alias != item.name)
    )


def _labelled(read: Read, labels: dict[str, str]) -> Iterator[Attribute]:
    """External ids and phases under the name of the framework that they are really from."""
    for source, identifier in read.external[:1]:
        yield Attribute("external_id", identifier, f"{labels.get(source, source)} {identifier}")
    for chain, phase in read.phases:
        yield Attribute("tactic", phase, f"{labels.get(chain, chain)} {phase}")


def _unread(refs: tuple[str, ...]) -> tuple[Attribute, ...]:
    return tuple(Attribute("marking_unread", ref, ref) for ref in refs)


def _sightings(item: Needed) -> tuple[Link, ...]:
    if item.type != "sighting" or not isinstance(item, Loose):
        return ()
    if "--" not in item.sighting_of_ref:
        raise InputError("stix.field", field="sighting_of_ref", reason="missing")
    return tuple(Link("sighted", where, item.sighting_of_ref) for where in item.where_sighted_refs)


def _core(item: Needed) -> dict[str, Any] | None:
    """The incident core extension where it holds a start time."""
    if isinstance(item, Loose) and isinstance(item.extensions, dict):
        core = item.extensions.get(INCIDENT_CORE)
        if isinstance(core, dict) and isinstance(core.get("start_time"), str):
            return core
    return None


def _when(item: Needed) -> Interval | None:
    core = _core(item) if item.type == "incident" else None
    if core is None:
        return _seen(item.first_seen, item.last_seen)
    start = _trimmed(core["start_time"], core.get("start_time_fidelity"))
    end = core.get("end_time")
    return _seen(start, _trimmed(end, core.get("end_time_fidelity")) if isinstance(end, str) else None, "start_time")


def _trimmed(stamp: str, fidelity: object) -> str:
    """The stamp cut to the precision that the object claims for it."""
    return stamp[: _FIDELITY.get(str(fidelity), len(stamp))]


def _seen(first: str | None, last: str | None, field: str = "first_seen") -> Interval | None:
    """From the first to the last time that something was seen; one of them alone is only that moment."""
    with in_field(field):
        if not first or not last:
            return parse_time(first or last or "") if first or last else None
        return span(parse_time(first), parse_time(last))
