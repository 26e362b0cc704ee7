"""Which incidents belong together, and how often such a group arises by chance in this collection."""

from .given import Given, weigh
from .large import connect_table
from .model import Campaign, Capped, Evidence, Incident, Kin, Link, LinkEvidence, Parameters, Result, SameEvent
from .nights import Night
from .reaching import Reached, reached
from .run import connect
from .same_event import same_events
from .table import FEATURES, WORDING

__all__ = [
    "FEATURES",
    "WORDING",
    "Campaign",
    "Capped",
    "Evidence",
    "Given",
    "Incident",
    "Kin",
    "Link",
    "LinkEvidence",
    "Night",
    "Parameters",
    "Reached",
    "Result",
    "SameEvent",
    "connect",
    "connect_table",
    "reached",
    "same_events",
    "weigh",
]
