"""Which incidents belong together, and how often such a group arises by chance in this collection."""

from .model import Campaign, Evidence, Incident, Link, LinkEvidence, Parameters, Result, SameEvent
from .run import connect
from .same_event import same_events
from .table import FEATURES, WORDING

__all__ = [
    "FEATURES",
    "WORDING",
    "Campaign",
    "Evidence",
    "Incident",
    "Link",
    "LinkEvidence",
    "Parameters",
    "Result",
    "SameEvent",
    "connect",
    "same_events",
]
