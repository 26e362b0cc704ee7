"""STIX objects from JSON text: the few fields that are needed, and proof that no person feature is among the rest."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from typing import Any

import msgspec

from verband.formats.limits import LIMITS
from verband.language import person_features
from verband.language.errors import InputError
from verband.language.ids import is_stix_id
from verband.language.records import json_bytes

#: Names of people who helped, and how to reach a person: they stay in the raw document (D1).
WITHHELD = frozenset({"x_mitre_contributors"})
_WITHHELD_OF_PERSONS = frozenset({"name", "description", "contact_information", "roles"})
#: Tells a reader of the content what was left out of it, and that the raw document has it.
WITHHELD_KEY = "x_verband_withheld"
#: The incident core extension of cti-stix-common-objects.
INCIDENT_CORE = "extension-definition--ef765651-680c-498d-9894-99799f2fa126"


class Reference(msgspec.Struct, forbid_unknown_fields=True, gc=False):
    """A pointer to another source's description of the object."""

    source_name: str = ""
    external_id: str = ""
    url: str = ""
    description: str = ""


class Phase(msgspec.Struct, forbid_unknown_fields=True, gc=False):
    """A phase of a kill chain."""

    kill_chain_name: str = ""
    phase_name: str = ""


class Needed(msgspec.Struct, gc=False):
    """The fields of an object that a record is made of; whatever else it holds is skipped."""

    type: str
    id: str
    modified: str = ""
    created_by_ref: str | None = None
    relationship_type: str = ""
    source_ref: str = ""
    target_ref: str = ""
    revoked: bool | None = False
    x_mitre_deprecated: bool | None = False
    object_marking_refs: tuple[str, ...] | None = ()
    name: str = ""
    aliases: tuple[str, ...] | None = ()
    x_mitre_aliases: tuple[str, ...] | None = ()
    x_mitre_domains: tuple[str, ...] | None = ()
    first_seen: str | None = None
    last_seen: str | None = None
    identity_class: str = ""
    definition_type: str = ""


class Known(Needed, forbid_unknown_fields=True, gc=False):
    """An object of which every key at every depth is one of these: STIX and ATT&CK names, no person feature among them.

    Three in four objects of a real collection are; the others are walked. The types are strict for the same reason:
    a `description` that is an object would hide keys.
    """

    external_references: list[Reference] | None = None
    kill_chain_phases: list[Phase] | None = None
    spec_version: str = ""
    created: str = ""
    description: str = ""
    labels: list[str] = []
    lang: str = ""
    confidence: int = 0
    x_mitre_attack_spec_version: str = ""
    x_mitre_modified_by_ref: str = ""
    x_mitre_version: str = ""
    x_mitre_platforms: list[str] = []
    x_mitre_detection: str = ""
    x_mitre_is_subtechnique: bool = False
    x_mitre_impact_type: list[str] = []
    x_mitre_remote_support: bool = False
    x_mitre_shortname: str = ""
    x_mitre_tactic_type: list[str] = []
    x_mitre_first_seen_citation: str = ""
    x_mitre_last_seen_citation: str = ""
    x_mitre_contributors: list[str] | None = None


class Loose(Needed):
    """An object that was walked: references and phases may hold anything, and a few more fields are read."""

    external_references: list[dict[str, Any]] | None = None
    kill_chain_phases: list[dict[str, Any]] | None = None
    sighting_of_ref: str = ""
    where_sighted_refs: tuple[str, ...] = ()
    value: Any = None
    definition: Any = None
    extensions: Any = None


class Read(msgspec.Struct, gc=False):
    """One object as it was read: the needed fields, its external ids and phases as (source, word), and its own content.

    `content` is None where the object can be kept byte for byte.
    """

    needed: Needed
    external: tuple[tuple[str, str], ...]
    phases: tuple[tuple[str, str], ...]
    content: bytes | None = None


_KINDS = {type(None): "null", bool: "boolean", int: "number", float: "number", str: "text", list: "list"}
_SPACED = re.compile(rb'"\s+:')
_KNOWN = msgspec.json.Decoder(Known)
_FIELDS = msgspec.json.Decoder(dict[str, msgspec.Raw])


def read_object(raw: msgspec.Raw, counts: Counter[str]) -> Read:
    """One object. Each person feature in it is left out and counted under its own name.

    Raises InputError("stix.field") or ("stix.id"), with `field` among the parameters.
    """
    try:
        known = _KNOWN.decode(raw)
    except msgspec.ValidationError:
        return _walked(raw, counts)
    _check_ids(known)
    content = None
    if known.type == "identity" and (twice := _twice(raw)):
        # The name of a person could stand behind the first of two.
        raise InputError("stix.key_twice", field=twice, key=twice[:80])
    if known.x_mitre_contributors is not None or known.identity_class == "individual":
        content = _without_withheld(raw, known)
    # The longest texts are let go at once: thousands of objects are held before the first becomes a record.
    known.description = known.x_mitre_detection = ""
    if known.external_references is None and known.kill_chain_phases is None:
        return Read(known, (), (), content)
    external = tuple((ref.source_name, ref.external_id) for ref in known.external_references or () if ref.external_id)
    phases = tuple((phase.kill_chain_name, phase.phase_name) for phase in known.kill_chain_phases or ())
    known.external_references = known.kill_chain_phases = None
    return Read(known, external, phases, content)


def _walked(raw: msgspec.Raw, counts: Counter[str]) -> Read:
    """An object with keys that nobody foresaw, looked through key by key."""
    value = msgspec.json.decode(raw)
    if not isinstance(value, dict):
        raise InputError("stix.not_object", field="", kind=_KINDS.get(type(value), "value"))
    if value.get("type") == "bundle":
        raise InputError("stix.bundle_within", field="type")
    keys = _keys(value, person_features.is_person_feature)
    kept = value
    if keys < 0:
        kept = person_features.strip(value, counts)
    elif _may_hide(raw, keys) and (twice := _twice(raw)):
        # Of a key that stands twice only the last one is read: what the first one hides would stay in the text.
        raise InputError("stix.key_twice", field=twice, key=twice[:80])
    try:
        needed = msgspec.convert(kept, Loose)
    except msgspec.ValidationError as error:
        field, reason = _place(error)
        raise InputError("stix.field", field=field, reason=reason) from error
    _check_ids(needed)
    stripped = None if kept is value else json_bytes(kept)
    content = _without_withheld(raw if stripped is None else msgspec.Raw(stripped), needed)
    external = tuple(
        (str(ref.get("source_name", "")), str(ref["external_id"]))
        for ref in needed.external_references or ()
        if ref.get("external_id")
    )
    phases = tuple(
        (str(phase.get("kill_chain_name", "")), str(phase.get("phase_name", "")))
        for phase in needed.kill_chain_phases or ()
    )
    needed.external_references = needed.kill_chain_phases = None
    return Read(needed, external, phases, content or stripped)


def _twice(raw: msgspec.Raw) -> str:
    """A key that stands twice in one object of the text; empty where there is none."""
    found: list[str] = []

    def look(pairs: list[tuple[str, object]]) -> None:
        keys = [key for key, _ in pairs]
        found.extend(key for key in keys if keys.count(key) > 1)

    json.loads(bytes(raw), object_pairs_hook=look)
    return found[0] if found else ""


def _may_hide(raw: msgspec.Raw, keys: int) -> bool:
    """Whether the text may hold more keys than were read; False is certain.

    Each key is followed by a quote and a colon, with space between them or not, and so are some words inside a text.
    """
    text = bytes(raw)
    return text.count(b'":') != keys or _SPACED.search(text) is not None


def _keys(value: Any, suspect: Callable[[str], bool], depth: int = 0) -> int:
    """How many keys stand in it at any depth; less than none where a person feature is among them.

    Raises InputError("stix.too_deep").
    """
    if depth > LIMITS.depth:
        raise InputError("stix.too_deep", field="")
    inner = value.values() if type(value) is dict else value
    count = 0
    if type(value) is dict:
        count = len(value)
        for key in value:
            if suspect(key):
                return -1
    for part in inner:
        if type(part) is dict or type(part) is list:
            below = _keys(part, suspect, depth + 1)
            if below < 0:
                return -1
            count += below
    return count


def _without_withheld(raw: msgspec.Raw, needed: Needed) -> bytes | None:
    """The object's text without what is said of persons, every other value as it stood; None where nothing is left out.

    A person's name is taken out of `needed` too.
    """
    fields = _FIELDS.decode(raw)
    individual = needed.type == "identity" and needed.identity_class == "individual"
    out = sorted((WITHHELD | _WITHHELD_OF_PERSONS if individual else WITHHELD) & fields.keys())
    if not out:
        return None
    if individual:
        needed.name = ""
    kept = {name: value for name, value in fields.items() if name not in out}
    return msgspec.json.encode({**kept, WITHHELD_KEY: out})


def _check_ids(needed: Needed) -> None:
    if not is_stix_id(needed.id) or not needed.id.startswith(needed.type + "--"):
        raise InputError("stix.id", field="id", id=needed.id[:80], type=needed.type[:80])
    if needed.type != "relationship":
        return
    if not needed.relationship_type:
        raise InputError("stix.field", field="relationship_type", reason="missing")
    for field, end in (("source_ref", needed.source_ref), ("target_ref", needed.target_ref)):
        if "--" not in end:
            raise InputError("stix.field", field=field, reason="missing" if not end else "is no id")


def _place(error: msgspec.ValidationError) -> tuple[str, str]:
    """The field that msgspec's message names, and what it says of it."""
    text = str(error)
    reason, _, path = text.partition(" - at `")
    if path:
        return path.rstrip("`").lstrip("$.").split("[")[0], reason
    return (text.split("`")[1] if text.count("`") >= 2 else ""), reason
