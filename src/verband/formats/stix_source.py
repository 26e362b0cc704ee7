"""Who a STIX file is from, told from its content, and what its markings mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from verband.formats.stix_objects import Loose, Needed
from verband.language.records import SourceInfo
from verband.language.words import squash

_MITRE = "identity--c78cb6e5-0c4b-4611-8297-d1b8b55e40b5"
_DISARM = "identity--f1a0f560-2d9e-4c5d-bf47-7e96e805de82"
_ATTACK_DOMAINS = {
    "enterprise-attack": ("mitre-attack-enterprise", "MITRE ATT&CK Enterprise"),
    "ics-attack": ("mitre-attack-ics", "MITRE ATT&CK ICS"),
    "mobile-attack": ("mitre-attack-mobile", "MITRE ATT&CK Mobile"),
}
#: TLP 2.0 and the ids of TLP 1 in STIX 2.0 and 2.1.
#: Source: OASIS STIX 2.1 section 7.2.1.4 and the extension that FIRST's TLP 2.0 has in cti-stix-common-objects.
TLP_OF = {
    "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487": "CLEAR",
    "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb": "GREEN",
    "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421": "AMBER",
    "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003": "AMBER+STRICT",
    "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1": "RED",
    "marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9": "CLEAR",
    "marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da": "GREEN",
    "marking-definition--f88d31f6-486f-44da-b317-01333bde0b82": "AMBER",
    "marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed": "RED",
}
_OPEN_TO_CLOSED = ("CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED")
#: What a marking that nobody can read counts as.
UNREADABLE = "AMBER"


def source_of(objects: Iterable[Needed], *, file_name: str) -> SourceInfo:
    """The source of a file with these objects; the same file gives the same key whatever it is called.

    ATT&CK's three collections are three sources, DISARM is one by the id of its maker. Any other file is its most
    frequent maker's; only a file that names no maker is known by its own name.
    """
    objects = list(objects)
    makers = Counter(item.created_by_ref for item in objects if item.created_by_ref)
    maker = min(makers, key=lambda ref: (-makers[ref], ref)) if makers else None
    licence = next((_statement(item) for item in objects if _statement(item)), "")
    if maker == _MITRE:
        key, name = _attack_collection(objects)
        return SourceInfo(
            key=key,
            name=name,
            publisher="The MITRE Corporation",
            address="https://attack.mitre.org",
            licence=licence,
        )
    if maker == _DISARM:
        return SourceInfo(
            key="disarm",
            name="DISARM",
            publisher="DISARM Foundation",
            address="https://github.com/DISARMFoundation/DISARMframeworks",
            licence=licence,
        )
    if maker:
        name = next((item.name for item in objects if item.id == maker), "")
        return SourceInfo(key=f"stix-{maker.rpartition('--')[2]}", name=name or maker, publisher=name, licence=licence)
    stem = file_name.split(".")[0]
    return SourceInfo(key=f"file-{squash(stem) or 'unnamed'}", name=stem, licence=licence)


def _attack_collection(objects: list[Needed]) -> tuple[str, str]:
    """Matrices say which collection it is; without one, the domain that every object with a domain shares."""
    matrices = {domain for item in objects if item.type == "x-mitre-matrix" for domain in item.x_mitre_domains or ()}
    if len(matrices) != 1:
        domains = [set(item.x_mitre_domains) for item in objects if item.x_mitre_domains]
        matrices = set.intersection(*domains) if domains else set()
    if len(matrices) == 1:
        return _ATTACK_DOMAINS.get(next(iter(matrices)), ("mitre-attack", "MITRE ATT&CK"))
    return "mitre-attack", "MITRE ATT&CK"


def _statement(item: Needed) -> str:
    if isinstance(item, Loose) and item.type == "marking-definition" and isinstance(item.definition, dict):
        return str(item.definition.get("statement", ""))
    return ""


def markings_of(objects: Iterable[Needed]) -> dict[str, str]:
    """What each marking definition means: a TLP word, or "" for one that only states a copyright or licence."""
    meaning = dict(TLP_OF)
    for item in objects:
        if not isinstance(item, Loose) or item.type != "marking-definition" or item.id in meaning:
            continue
        if item.definition_type == "statement" and not item.extensions:
            meaning[item.id] = ""
        else:
            word = _stated_tlp(item)
            if word:
                meaning[item.id] = word
    return meaning


def _stated_tlp(item: Loose) -> str:
    """The TLP word of a definition that has an id of its own making; empty where it says nothing known."""
    words = [item.name]
    if isinstance(item.definition, dict):
        words.append(str(item.definition.get("tlp", "")))
    if isinstance(item.extensions, dict):
        words += [str(inner.get("tlp_2_0", "")) for inner in item.extensions.values() if isinstance(inner, dict)]
    for word in words:
        plain = word.upper().removeprefix("TLP:").strip()
        plain = "CLEAR" if plain == "WHITE" else plain
        if plain in _OPEN_TO_CLOSED:
            return plain
    return ""


def marking_of(refs: tuple[str, ...] | None, meaning: dict[str, str]) -> tuple[str | None, tuple[str, ...]]:
    """The marking word of an object and the references that could not be read.

    None leaves the marking to the source. Of several the most closed holds; an unreadable one counts as AMBER.
    """
    if not refs:
        return None, ()
    unreadable = tuple(ref for ref in refs if ref not in meaning)
    words = [meaning[ref] for ref in refs if meaning.get(ref)] + [UNREADABLE] * bool(unreadable)
    return (max(words, key=_OPEN_TO_CLOSED.index) if words else None), unreadable
