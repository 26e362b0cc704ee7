"""A worked case for each of the four accents: a campaign of the embedded incidents, and what is written about it.

The incidents are real and public; every option, decision and effect here is an example and was never decided.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class WorkedOption:
    """An option: instrument, channel, type in the EU hybrid toolbox where it goes through the EU, and what exactly."""

    instrument: str
    channel: str
    what: str
    theory: str
    downside: str
    eu_type: str = ""


@dataclass(frozen=True)
class Worked:
    """A case: accent, the source's number of an incident in its campaign, and who decides under which gate."""

    accent: str
    incident: str
    language: str
    title: str
    question: str
    options: tuple[WorkedOption, ...]
    #: Instruments that are decided as one, and the account that may decide them.
    package: tuple[str, ...]
    decider: str = "decider"
    #: Under an own law: the law and the organisation.
    competent: Mapping[str, str] | None = None


DIALOGUE = WorkedOption(
    "dialogue",
    "bilateral",
    "Ask for clarification through the embassy",
    "A question that expects an answer makes a next attempt less easy to deny.",
    "It gives time and may look weak.",
)
CASES = (
    Worked(
        accent="proactive_action",
        incident="PHY-029",
        language="en",
        title="Incendiary parcels in air freight (worked example)",
        question="What can be done against parcels that ignite in freight, and who decides?",
        options=(
            DIALOGUE,
            WorkedOption(
                "nato_consultation",
                "nato",
                "Consult allies on the pattern of the parcels",
                "What one ally saw, another can look for.",
                "It shows what is known.",
            ),
            WorkedOption(
                "eu_sanctions",
                "eu",
                "Propose listings of organisations that a court or council names",
                "Access to money and travel becomes harder.",
                "It cannot well be taken back.",
                eu_type="restrictive",
            ),
        ),
        package=("dialogue", "nato_consultation", "eu_sanctions"),
    ),
    Worked(
        accent="economic_and_knowledge_security",
        incident="ECO-001",
        language="nl",
        title="Gas leveringen gestopt na eis tot betaling (uitgewerkt voorbeeld)",
        question="Wat kan er tegen druk met energieleveringen, en wie besluit?",
        options=(
            DIALOGUE,
            WorkedOption(
                "anti_coercion",
                "eu",
                "Het EU-instrument tegen economische dwang laten onderzoeken",
                "Samen reageren maakt druk op één land minder lonend.",
                "Het duurt lang en kan handel kosten.",
                eu_type="restrictive",
            ),
        ),
        package=("dialogue", "anti_coercion"),
    ),
    Worked(
        accent="interference",
        incident="INF-054",
        language="nl",
        title="Valse bommeldingen op naam van critici (uitgewerkt voorbeeld)",
        question="Wat kan er tegen dreiging op naam van critici, en wie besluit?",
        options=(
            DIALOGUE,
            WorkedOption(
                "judicial_cooperation",
                "coalition",
                "Om rechtshulp vragen bij het onderzoek naar de meldingen",
                "Bewijs uit andere landen kan een zaak voor de rechter brengen.",
                "Het duurt en toont waar het onderzoek staat.",
            ),
        ),
        package=("judicial_cooperation",),
        decider="prosecutor",
        competent={"route": "prosecution", "authority": "prosecution"},
    ),
    Worked(
        accent="democratic_processes",
        incident="INF-118",
        language="en",
        title="Staged ballot videos before an election (worked example)",
        question="What can be done against staged videos before an election, and who decides?",
        options=(
            DIALOGUE,
            WorkedOption(
                "warning",
                "national",
                "Warn voters and editors with what the city stated",
                "A claim that was answered beforehand spreads less.",
                "A warning repeats the claim.",
            ),
            WorkedOption(
                "broadcasting_suspension",
                "eu",
                "Propose to suspend channels that a council decision names",
                "Fewer people are reached by state controlled channels.",
                "It touches freedom of information and needs its own test.",
                eu_type="restrictive",
            ),
        ),
        package=("dialogue", "broadcasting_suspension"),
    ),
)
