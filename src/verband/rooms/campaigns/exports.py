"""Campaigns as rows, JSON and a STIX 2.1 bundle. Ids are made from what they name, so that two exports are the same.

Source: STIX 2.1 (OASIS, 2021); the TLP 2.0 markings and their extension as published in its common object repository.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from verband.language.catalogues import catalogue
from verband.language.ids import stix_id
from verband.language.markings import CLASSIFICATION, Marking, highest
from verband.language.time import Interval
from verband.rooms.campaigns.services import CampaignRow, CampaignView
from verband.rooms.picture.services import IncidentView

_TLP_EXTENSION = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d"
_TLP_CREATED = "2022-10-01T00:00:00.000Z"


def rows_as_values(rows: Iterable[CampaignRow], language: str) -> list[dict[str, Any]]:
    """The list of campaigns with one mapping for each, numbers as numbers and days as ISO."""
    return [
        {
            "id": row.uuid,
            "title": row.title_nl if language == "nl" else row.title_en,
            "state": row.state,
            "incidents": row.n,
            "domains": list(row.domains),
            "start": _day(row.start),
            "end": _day(None if row.end is None else row.end - 1),
            "bans": round(row.bans, 3),
            "p": row.p,
            "e_value": round(row.e_value, 3),
            "decided_by": row.decided_by,
            "marking": row.marking.words(),
        }
        for row in rows
    ]


def incidents_as_values(view: CampaignView) -> list[dict[str, Any]]:
    """The incidents of a campaign, a mapping for each record that the reader may see."""
    return [
        {
            "incident": incident.stix_id,
            "title": record.name,
            "when": record.when.words() if record.when else "",
            "domains": list(incident.values("domain")),
            "source": record.source,
            "source_id": record.key,
            "grade": record.reliability + record.credibility,
            "certainty": record.certainty,
            "marking": record.marking.words(),
        }
        for incident in view.incidents
        for record in incident.records
    ]


def campaign_as_values(view: CampaignView, language: str) -> dict[str, Any]:
    """One campaign with its run, incidents, reasons and decisions."""
    run = view.run
    return {
        **rows_as_values([view.row], language)[0],
        "run": {
            "method": run.method,
            "version": run.method_version,
            "parameters": run.parameters,
            "ceiling": Marking(run.ceiling_tlp, run.ceiling_classification).words(),
            "input": run.input_digest,
            "incidents": run.incidents,
            "comparisons": run.comparisons,
            "fdr": run.fdr,
            "smallest_showable": run.smallest_showable,
        },
        "incidents": [_incident_values(incident) for incident in view.incidents],
        "why": view.why.get(language, {}),
        "decisions": [
            {
                "verdict": made.verdict,
                "reason": made.reason,
                "by": made.decided_by,
                "undone": made.undone_at is not None,
            }
            for made in view.decisions
        ],
    }


def as_stix(views: Sequence[CampaignView], language: str) -> dict[str, Any]:
    """A STIX 2.1 bundle: campaigns, their incidents, `associated-with` between them, and their TLP 2.0 markings.

    An incident carries the highest marking of its visible records, a campaign its own, a relationship that of both.
    """
    found: dict[str, dict[str, Any]] = {}
    for view in views:
        parts = [_stix_campaign(view, language), *(_stix_incident(incident) for incident in view.incidents)]
        parts += [_stix_relation(view, incident) for incident in view.incidents]
        markings = [view.row.marking, *(incident.marking for incident in view.incidents)]
        markings += [_both(view, incident) for incident in view.incidents]
        for item in (*_marking_definitions(markings), *parts):
            found.setdefault(item["id"], item)
    return {"type": "bundle", "id": stix_id("bundle", *found), "objects": list(found.values())}


def _stix_campaign(view: CampaignView, language: str) -> dict[str, Any]:
    campaign: dict[str, Any] = {
        **_head("campaign", f"campaign--{view.row.uuid}", _stamp(view.run.run_at), view.row.marking),
        "name": view.row.title_nl if language == "nl" else view.row.title_en,
        "description": " ".join(view.why.get(language, {}).get("coincidence", [])),
        "lang": language,
        "x_verband_state": view.row.state,
    }
    if view.row.start is not None and view.row.end is not None:
        campaign |= {"first_seen": _stamp(view.row.start), "last_seen": _stamp(view.row.end)}
    return campaign


def _stix_relation(view: CampaignView, incident: IncidentView) -> dict[str, Any]:
    identifier = stix_id("relationship", view.row.uuid, incident.stix_id)
    return {
        **_head("relationship", identifier, _stamp(view.run.run_at), _both(view, incident)),
        "relationship_type": "associated-with",
        "source_ref": f"campaign--{view.row.uuid}",
        "target_ref": incident.stix_id,
    }


def _incident_values(incident: IncidentView) -> dict[str, Any]:
    return {
        "id": incident.stix_id,
        "title": incident.name,
        "when": incident.when.words() if incident.when else "",
        "marking": incident.marking.words(),
        "records": [
            {
                "source": record.source,
                "source_id": record.key,
                "grade": record.reliability + record.credibility,
                "certainty": record.certainty,
            }
            for record in incident.records
        ],
    }


def _stix_incident(incident: IncidentView) -> dict[str, Any]:
    recorded = [record.recorded_at for record in incident.records]
    references = [
        {"source_name": record.source, "external_id": record.key, "description": record.certainty or record.source_name}
        for record in incident.records
    ]
    found = {
        **_head("incident", incident.stix_id, _stamp(min(recorded)), incident.marking),
        "modified": _stamp(max(recorded)),
        "name": incident.name,
        "description": incident.lead.summary or incident.name,
        "external_references": references,
    }
    if incident.when is not None:
        found["x_verband_when"] = _span(incident.when)
    return found


def _head(kind: str, identifier: str, created: str, marking: Marking) -> dict[str, Any]:
    return {
        "type": kind,
        "spec_version": "2.1",
        "id": identifier,
        "created": created,
        "modified": created,
        "object_marking_refs": [item["id"] for item in _marking_definitions([marking])],
    }


def _marking_definitions(markings: Sequence[Marking]) -> list[dict[str, Any]]:
    """TLP 2.0 by its published definition; classification and releasability as a statement in words."""
    found: dict[str, dict[str, Any]] = {}
    for marking in markings:
        tlp = catalogue("tlp").get(marking.tlp)
        identifier = str(tlp.fields["stix_id"])
        found[identifier] = {
            "type": "marking-definition",
            "spec_version": "2.1",
            "id": identifier,
            "created": _TLP_CREATED,
            "name": f"TLP:{marking.tlp}",
            "extensions": {
                _TLP_EXTENSION: {"extension_type": "property-extension", "tlp_2_0": str(tlp.fields["stix_value"])}
            },
        }
        if marking.classification != CLASSIFICATION[0] or marking.releasable_to is not None:
            identifier = stix_id("marking-definition", marking.words())
            found[identifier] = {
                "type": "marking-definition",
                "spec_version": "2.1",
                "id": identifier,
                "created": _TLP_CREATED,
                "definition_type": "statement",
                "definition": {"statement": marking.words()},
            }
    return list(found.values())


def _both(view: CampaignView, incident: IncidentView) -> Marking:
    return highest((view.row.marking, incident.marking))


def _span(interval: Interval) -> Mapping[str, str]:
    return {"start": _stamp(interval.start), "end": _stamp(interval.end), "precision": interval.precision}


def _stamp(moment: int) -> str:
    return _moment(moment).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def _day(moment: int | None) -> str:
    return "" if moment is None else _moment(moment).strftime("%Y-%m-%d")


def _moment(seconds: int) -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
