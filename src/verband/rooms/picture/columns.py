"""What fits the columns of the picture's tables, and the reject for what does not."""

from __future__ import annotations

from verband.language.errors import InputError
from verband.language.records import Record, Reject

#: The widths of columns, in characters.
_KEY, _KIND, _THING = 300, 60, 120


def reject(record: Record, name: str, code: str, *, keep: bool = False, **params: object) -> Reject:
    """The reject of a record for what stands in its field `name`; with `keep` the start of its content is kept too."""
    text = record.content.decode("utf-8", "replace")[:2000] if keep else ""
    return Reject(record.line, record.key, name, code, str(InputError(code, **params)), text)


def unfit(record: Record) -> Reject | None:
    """Why no database holds this record: an id that is too long, or a character zero. What is only shown is cut."""
    if len(record.key) > _KEY or len(record.kind) > _KIND or len(record.version) > _KIND:
        return _too_long(
            record, ("id", record.key, _KEY), ("type", record.kind, _KIND), ("version", record.version, _KIND)
        )
    if record.thing is not None and len(record.thing) > _THING:
        return _too_long(record, ("id", record.thing, _THING))
    for link in record.links:
        if len(link.source) > _THING or len(link.target) > _THING or len(link.kind) > _KIND:
            ends = ("link's end", link.source, _THING), ("link's end", link.target, _THING)
            return _too_long(record, *ends, ("link", link.kind, _KIND))
    # In JSON the character is always written as an escape, so that the content tells at once.
    if b"\\u0000" in record.content and "\0" in _texts_of(record):
        return reject(record, "", "ingest.zero_character", keep=True)
    return None


def _too_long(record: Record, *texts: tuple[str, str, int]) -> Reject:
    """The first of these texts that is longer than its bound."""
    where, found, limit = next((name, len(text), limit) for name, text, limit in texts if len(text) > limit)
    return reject(record, where, "ingest.too_long", keep=True, field=where, found=found, limit=limit)


def _texts_of(record: Record) -> str:
    """Every text of the record that goes into a column, in one."""
    texts = [record.key, record.kind, record.version, record.name, record.summary, record.certainty, *record.names]
    texts += [part for attribute in record.attributes for part in (attribute.name, attribute.value, attribute.stated)]
    texts += [part for link in record.links for part in (link.kind, link.source, link.target, link.target_name or "")]
    return " ".join(texts)


def fitting(text: str, width: int) -> str:
    """The text without characters zero, cut to `width` characters."""
    return text.replace("\0", "")[:width]
