"""Deterministic ids in the form of STIX 2.1."""

from __future__ import annotations

import re
import uuid

#: Our own namespace: STIX keeps 00abedb4-aa42-466c-9c01-fed23315a9b7 for its observables.
NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:verband:id")

_STIX_ID = re.compile(r"^[a-z0-9][a-z0-9-]*--[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$")


def stix_id(kind: str, *parts: str) -> str:
    """The id of the thing of that kind which these parts name: `kind--uuid5`, the same on every machine."""
    return f"{kind}--{uuid.uuid5(NAMESPACE, chr(31).join((kind, *parts)))}"


def group_id(members: list[str]) -> str:
    """A UUIDv5 over the sorted ids of a group, so that a group of the same members has the same id."""
    return str(uuid.uuid5(NAMESPACE, chr(31).join(sorted(members))))


def is_stix_id(text: str) -> bool:
    """Whether the text has the form `type--uuid` in lower case."""
    return _STIX_ID.match(text) is not None


def kind_of(identifier: str) -> str:
    """The type in front of `--`."""
    return identifier.partition("--")[0]
