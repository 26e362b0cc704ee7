"""Every address of the application, filled in from a collection, and what a reader gets there as text.

The addresses come from Django's resolver: one that nobody wrote a way to fill in for raises KeyError with its name.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pypdf
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.property import entered, exposed, intervened, promised, responded, watched, weighed
from tests.property.world import NOW, TOP, Collection, Said, Told, token
from verband.rooms.exposure.services import registers
from verband.rooms.people.models import Person
from verband.rooms.response.registers.kinds import registers as register_kinds
from verband.workbench.data_pages import _TABLES

#: Of no thing, campaign, report or job.
UNKNOWN_UUID = "6f1d6f6e-57a8-4f25-9d3c-0a8f6a3f9a10"
UNKNOWN_THING = "incident--00000000-0000-4000-8000-999999999999"
UNKNOWN_NUMBER = 987_654
UNKNOWN_WORD = token(254)
#: The log is shown whole to oversight: who did what, with the names of files and sources, and with reasons. It holds no
#: text of a record.
WHOLE_LOG = "/oversight/"


@dataclass(frozen=True)
class Known:
    """What addresses can be filled in with: the rows, and the ids of campaigns, reports, jobs and what is watched."""

    held: Collection
    campaigns: Sequence[str] = ()
    reports: Sequence[int] = ()
    jobs: Sequence[str] = ()
    groupings: Sequence[str] = ()
    numbers: Mapping[str, Sequence[int]] = field(default_factory=dict)
    cases: Sequence[str] = ()
    modes: Sequence[str] = ()

    def things(self) -> list[str]:
        """Some incidents, those told twice among them, and the actors of some of these."""
        told = self.held.told
        some = [*told[:: max(1, len(told) // _THINGS)], *(row for row in told if row.same_as is not None)][:_THINGS]
        return [thing for row in some for thing in (row.thing, row.actor)[: 1 + row.number % 2]]

    def of(self, *kinds: str) -> list[Said]:
        return [row for row in self.held.said if row.kind in kinds]


_THINGS = 8
_ASKED_MORE = 2
_ASKED_ALL = ("workbench:data_table", "exposure:register", "response:register")
_ASKED = 2
_Fill = Callable[[Known], Sequence[Mapping[str, object]]]


def _none(known: Known) -> Sequence[Mapping[str, object]]:
    return [{}]


def _campaigns(known: Known) -> Sequence[Mapping[str, object]]:
    return [{"uuid": uuid} for uuid in (*known.campaigns, UNKNOWN_UUID)]


def _pairs(known: Known) -> Sequence[Mapping[str, object]]:
    return [
        {"interest": "economic_security", "theme": "digital_threats"},
        {"interest": "territorial_security", "theme": "state_threats"},
    ]


def _editions(known: Known, *kinds: str) -> list[str]:
    """The keys of editions of the cycle, of those kinds where some are named, and of one that nobody has."""
    found = [f"{kind}-{row.token}" for row in known.of("cycle") for kind in kinds or ("plan", "review")]
    return [*found, f"plan-{UNKNOWN_WORD}"]


def _scenes(known: Known) -> list[str]:
    """The keys of two scenarios, and of one that nobody has."""
    return [weighed.key_of(token) for token in (*(row.token for row in known.of("text")[:2]), UNKNOWN_WORD)]


def _nodes(known: Known) -> list[str]:
    """The keys of processes and a supplier, and of one that nobody has."""
    words = [row.token for row in known.of("judgement")]
    return [
        *map(exposed.process_of, words),
        *map(exposed.supplier_of, words[:1]),
        exposed.process_of(UNKNOWN_WORD),
    ]


def _judged(known: Known) -> list[str]:
    """The words with which registers of exposure were written, and one that nobody used."""
    return [*(row.token for row in known.of("judgement")), UNKNOWN_WORD]


def _outages(known: Known) -> list[str]:
    """The keys of saved outages, and of one that nobody has."""
    return [exposed.outage_of(word, now=NOW) for word in (*(row.token for row in known.of("judgement")), UNKNOWN_WORD)]


def _items(known: Known) -> list[str]:
    """The addresses of products and materials, and of one that nobody has."""
    words = [row.token for row in known.of("judgement")]
    return [*map(exposed.product_of, words), *map(exposed.material_of, words[:1]), exposed.product_of(UNKNOWN_WORD)]


def _dependencies(known: Known) -> list[str]:
    return [exposed.dependency_of(token) for token in (*(row.token for row in known.of("judgement")), UNKNOWN_WORD)]


def _cases(known: Known) -> list[str]:
    """The keys of cases, and of one that nobody has."""
    return [*known.cases, "0" * 16]


def _letters(known: Known) -> list[str]:
    """The keys of two progress letters, and of one that nobody opened."""
    words = (*(row.token for row in known.of("letter")[:2]), UNKNOWN_WORD)
    return [promised.key_of(word, TOP, now=NOW) for word in words]


def _modes(known: Known) -> Sequence[Mapping[str, object]]:
    """The keys of interventions, and of one that nobody has."""
    return [{"key": key} for key in (*known.modes, "0" * 16)]


def _evaluated(known: Known) -> Sequence[Mapping[str, object]]:
    """Versions of the framework, a case and an intervention that are evaluated, and what nobody has."""
    words = [row.token for row in known.of("judgement")]
    found = [("framework", intervened.version_of(word)) for word in (*words, UNKNOWN_WORD)]
    found += [("case", key) for key in known.cases[:1]] + [("mode", key) for key in (*known.modes[:1], "0" * 16)]
    return [{"kind": kind, "subject": subject} for kind, subject in found]


def _findings(known: Known) -> list[str]:
    return [f"STA-{token}" for token in (*(row.token for row in known.of("statement")), UNKNOWN_WORD)]


def _jobs(known: Known) -> Sequence[Mapping[str, object]]:
    return [{"job": job} for job in (*known.jobs, UNKNOWN_UUID)]


_OF_CAMPAIGN = (
    *("campaign", "incidents", "history", "matrix", "what_if", "ask", "split", "decide", "undo"),
    *("hybrid", "hybrid_state", "hypotheses", "attribution"),
)
#: How each address with a blank in it is filled in.
_FILLED: dict[str, _Fill] = {
    "workbench:catalogue": lambda known: [{"name": "domains"}, {"name": "tlp"}],
    "workbench:data_table": lambda known: [{"name": table.key} for table in _TABLES],
    "workbench:upload_result": _jobs,
    "workbench:upload_rejects": _jobs,
    "people:link": lambda known: [{"token": UNKNOWN_WORD}],
    "picture:thing": lambda known: [{"stix_id": thing} for thing in (*known.things(), UNKNOWN_THING)],
    "picture:decide_same": lambda known: [{"stix_id": thing, "number": 1} for thing in known.things()[:2]],
    **dict.fromkeys([f"campaigns:{name}" for name in _OF_CAMPAIGN], _campaigns),
    "campaigns:hypotheses_act": lambda known: [{**one, "act": "sign"} for one in _campaigns(known)],
    "campaigns:hypotheses_look": lambda known: [{**one, "number": 1} for one in _campaigns(known)],
    "campaigns:hypotheses_withdraw": lambda known: [
        {**one, "kind": "signature", "number": 1} for one in _campaigns(known)
    ],
    "campaigns:hybrid_withdraw": lambda known: [{**one, "number": 1} for one in _campaigns(known)],
    "campaigns:attribution_take": lambda known: [{**one, "level": "technical"} for one in _campaigns(known)],
    "campaigns:attribution_withdraw": lambda known: [{**one, "number": 1} for one in _campaigns(known)],
    "campaigns:grouping": lambda known: [{"uuid": uuid} for uuid in (*known.groupings, UNKNOWN_UUID)],
    "campaigns:undo_grouping": lambda known: [{"uuid": uuid} for uuid in (*known.groupings, UNKNOWN_UUID)],
    "measures:measure": lambda known: [
        {"key": key.replace("COM", "MEA")} for key in (*(row.commitment for row in known.of("law")), "COM-unknown")
    ],
    "measures:commitment": lambda known: [
        {"key": key} for key in (*(row.commitment for row in known.of("law", "letter")), "COM-unknown")
    ],
    "exposure:node": lambda known: [{"key": key} for key in _nodes(known)],
    "exposure:outage": lambda known: [{"key": key} for key in _outages(known)],
    "exposure:outage_withdraw": lambda known: [{"key": key} for key in _outages(known)[:2]],
    "exposure:campaign": _campaigns,
    "exposure:incident": lambda known: [{"stix_id": thing} for thing in (*known.things(), UNKNOWN_THING)],
    "exposure:register": lambda known: [{"register": one.key} for one in registers()],
    "exposure:strategic_item": lambda known: [{"item": key} for key in _items(known)],
    "exposure:strategic_dependency": lambda known: [{"key": key} for key in _dependencies(known)],
    "exposure:strategic_job": _jobs,
    "exposure:strategic_act": lambda known: [{"step": "dependencies", "act": "add"}],
    "measures:register_act": lambda known: [{"act": "step"}],
    "measures:letter": lambda known: [{"key": key} for key in _letters(known)],
    "measures:later_act": lambda known: [{"act": "keep"}],
    "measures:letter_act": lambda known: [{"act": "open"}],
    "measures:autonomy_act": lambda known: [{"act": "place"}],
    "exposure:register_act": lambda known: [{"register": one.key, "act": "add"} for one in registers()[:2]],
    "exposure:round": lambda known: [{"key": exposed.round_of(word)} for word in _judged(known)],
    "exposure:import": lambda known: [{"key": exposed.import_of(word)} for word in _judged(known)],
    "exposure:round_act": lambda known: [{"act": "begin"}],
    "exposure:import_act": lambda known: [{"act": "upload"}],
    "risk:interest": lambda known: [{"interest": "economic_security"}, {"interest": "territorial_security"}],
    "risk:theme": lambda known: [{"theme": "digital_threats"}, {"theme": "state_threats"}],
    **dict.fromkeys(
        [f"risk:{name}" for name in ("cycle_edition", "cycle_product", "cycle_close", "cycle_freeze")],
        lambda known: [{"key": key} for key in _editions(known)],
    ),
    **dict.fromkeys(
        [f"risk:{name}" for name in ("cycle_deliver", "cycle_frozen", "cycle_remake", "cycle_unfreeze")],
        lambda known: [{"key": key, "number": 1} for key in _editions(known)],
    ),
    **dict.fromkeys(
        ["risk:review", "risk:review_write"], lambda known: [{"key": key} for key in _editions(known, "review")]
    ),
    "risk:review_withdraw": lambda known: [{"key": key, "number": 1} for key in _editions(known, "review")],
    **dict.fromkeys(["risk:finding", "risk:finding_answer"], lambda known: [{"key": key} for key in _findings(known)]),
    "risk:finding_withdraw": lambda known: [{"key": key, "number": 1} for key in _findings(known)],
    **dict.fromkeys(
        [f"risk:{name}" for name in ("goal_fate", "goal_fate_withdraw", "strategy_cell_withdraw", "function_withdraw")],
        lambda known: [{"number": 1}],
    ),
    **dict.fromkeys(
        [f"risk:{name}" for name in ("scenario", "scenario_why", "scenario_compare", "session", "session_scores")],
        lambda known: [{"key": key} for key in _scenes(known)],
    ),
    "risk:scenario_edition": lambda known: [{"key": key, "number": 1} for key in _scenes(known)],
    "risk:scenario_act": lambda known: [{"key": key, "act": "withdraw"} for key in _scenes(known)],
    "risk:session_act": lambda known: [{"key": key, "act": "next"} for key in _scenes(known)],
    "risk:pair": _pairs,
    "risk:judge": _pairs,
    "risk:withdraw": lambda known: [{"number": 1}],
    "risk:indicator": lambda known: [
        {"number": number} for number in (*known.numbers.get("indicators", ()), UNKNOWN_NUMBER)
    ],
    "risk:situation": lambda known: [
        {"number": number} for number in (*known.numbers.get("pictures", ()), UNKNOWN_NUMBER)
    ],
    "risk:scope": lambda known: [
        {"subject": subject} for subject in (*known.things()[:2], *known.campaigns[:1], UNKNOWN_THING)
    ],
    "risk:watch_act": lambda known: [{"act": "note"}],
    **dict.fromkeys(
        [f"response:{name}" for name in ("case", "trail", "option")],
        lambda known: [{"key": key} for key in _cases(known)],
    ),
    "response:replace": lambda known: [{"key": key, "option": responded.first_option(key)} for key in _cases(known)],
    "response:act": lambda known: [{"act": "advise"}],
    "response:register": lambda known: [{"register": one.key} for one in register_kinds()],
    "response:register_act": lambda known: [{"register": "legal", "act": "add"}],
    "response:register_entry": lambda known: [
        {"register": one.key, "key": entered.key_of(one.key, word)}
        for word in _judged(known)
        for one in register_kinds()[:2]
    ],
    "response:mode": _modes,
    "response:hand_over": _modes,
    "response:mode_act": lambda known: [{"act": "line"}],
    "response:evaluation": _evaluated,
    "response:evaluation_act": lambda known: [{"act": "write"}],
    "response:attribution": _campaigns,
    "response:threshold": lambda known: [{"key": key} for key in _cases(known)],
    "response:attribution_act": lambda known: [{"act": "decide"}],
    "reports:report": lambda known: [{"number": number} for number in (*known.reports, UNKNOWN_NUMBER)],
    "reports:download": lambda known: [
        {"number": number, "form": form} for number in (*known.reports, UNKNOWN_NUMBER) for form in ("html", "json")
    ],
}
_KNOWN_ON = ("known_on=2025-08-31", "known_on=2025-09-02")
#: What a list or page is asked for beside itself: exports, what is folded, filters, past moments.
_QUERIES: dict[str, Sequence[str]] = {
    "workbench:picture": _KNOWN_ON,
    "workbench:search": ("q=title", "q=zq", "q=title&format=csv", "q=alias&known_on=2025-09-02"),
    "workbench:data_table": ("format=csv", "text=zq", "known_on=2025-09-02"),
    "workbench:catalogues": ("format=json",),
    "workbench:catalogue": ("format=csv",),
    "picture:incidents": (
        "format=csv",
        "format=json&with=context",
        "domain=cyber&country=NL&from=2025-01&until=2025-06",
        "text=Summary&with=context",
        "interest=economic_security&event_type=incident",
        f"source={'public-incidents'}",
        *_KNOWN_ON,
    ),
    "picture:same": ("format=csv", "format=json", "pairs=all", "known_on=2025-09-02"),
    "picture:thing": ("format=csv", "records=all"),
    "campaigns:list": ("format=csv", "format=json", "format=stix", *_KNOWN_ON),
    "campaigns:campaign": ("links=all", "feature=malware", "format=json", "format=stix", "known_on=2025-09-02"),
    "campaigns:known_groups": ("items=T1059%0Azq", "items=T1059&format=csv", "known_on=2025-09-02"),
    "campaigns:incidents": ("format=csv", "format=json"),
    "campaigns:matrix": ("format=csv", "format=json", "columns=all"),
    "campaigns:what_if": ("format=csv", "format=json", "without_feature=means", "known_on=2025-09-02"),
    "campaigns:runs": ("format=csv", "format=json", *_KNOWN_ON),
    "campaigns:compare": ("format=csv", "format=json"),
    "campaigns:grouping": ("format=csv", "format=json"),
    "campaigns:hybrid": ("format=csv", "format=json", "known_on=2025-09-02"),
    "campaigns:hypotheses": ("format=csv", "format=json", "known_on=2025-09-02"),
    "campaigns:attribution": ("format=csv", "format=json", "known_on=2025-09-02"),
    "measures:list": ("format=csv", "text=zq", "theme=digital_threats", "known_on=2025-09-02"),
    "measures:measure": ("known_on=2025-09-02",),
    "measures:register": ("format=csv", "text=zq", "lacks=ground", "known_on=2025-09-02"),
    "risk:means_matrix": (
        "format=csv",
        "scheme=functions_prevent_defend_strengthen",
        "means=espionage&readings=no",
        *_KNOWN_ON,
    ),
    "measures:autonomy": ("format=csv", "known_on=2025-09-02"),
    "measures:commitments": ("format=json", "text=zq", "interest=economic_security", "known_on=2025-08-31"),
    "measures:letters": ("format=csv", *_KNOWN_ON),
    "measures:letter": ("format=csv", "known_on=2025-09-02"),
    "exposure:list": ("format=csv", *_KNOWN_ON),
    "exposure:what_if": ("hours=24", "known_on=2025-09-02"),
    "exposure:outages": ("format=csv", *_KNOWN_ON),
    "exposure:outage": ("format=csv", "known_on=2025-09-02"),
    "exposure:pairs": ("format=csv", "hours=24", "known_on=2025-09-02"),
    "exposure:strengthening": ("format=csv", "buffer=48", "known_on=2025-09-02"),
    "exposure:restoration": ("until=48", "known_on=2025-09-02"),
    "exposure:campaign": ("format=csv", "known_on=2025-09-02"),
    "exposure:incident": ("format=json", "known_on=2025-09-02"),
    "exposure:ranking": ("format=csv", "hours=24", "known_on=2025-09-02"),
    "exposure:scan": ("country=Belgium", "country=Belgium&format=csv", "country=Iran", "known_on=2025-09-02"),
    "exposure:assets": ("format=csv", "group=telecom", *_KNOWN_ON),
    "exposure:claims": ("format=csv", *_KNOWN_ON),
    "exposure:duties": ("format=json", "noticed=2025-03-01T10:00", "known_on=2025-09-02"),
    "exposure:inspections": ("format=csv", "known_on=2025-09-02"),
    "exposure:rounds": ("format=csv", *_KNOWN_ON),
    "exposure:round": ("format=json", "known_on=2025-09-02"),
    "exposure:imports": ("format=csv", *_KNOWN_ON),
    "exposure:import": ("format=csv", "known_on=2025-09-02"),
    "exposure:node": ("format=json", "known_on=2025-09-02"),
    "exposure:register": ("format=csv", "known_on=2025-09-02"),
    "exposure:strategic": ("format=csv", "kind=materials", "state=warning", "scope=NL", *_KNOWN_ON),
    "exposure:strategic_item": ("format=json", "source=Land&replaced=20", "known_on=2025-09-02"),
    "exposure:strategic_stops": ("source=Belgium", "source=Belgium&format=csv", "known_on=2025-09-02"),
    "exposure:strategic_sectors": ("format=csv", "known_on=2025-09-02"),
    "exposure:strategic_editions": ("format=json", "known_on=2025-09-02"),
    "exposure:strategic_register": ("format=csv", "state=risky", *_KNOWN_ON),
    "exposure:strategic_dependency": ("format=json", "known_on=2025-09-02"),
    "risk:triangle": ("format=csv", *_KNOWN_ON),
    "risk:gaps": ("format=json", *_KNOWN_ON),
    "risk:interest": ("known_on=2025-09-02",),
    "risk:theme": ("known_on=2025-09-02",),
    "risk:pair": ("known_on=2025-09-02",),
    "risk:watch": ("format=csv", *_KNOWN_ON),
    "risk:resilience": ("format=json", *_KNOWN_ON),
    "risk:trends": ("format=csv", *_KNOWN_ON),
    "risk:indicators": ("format=csv", "known_on=2025-09-02"),
    "risk:indicator": ("format=json",),
    "risk:watch_plans": ("format=json", "known_on=2025-09-02"),
    "risk:pictures": ("format=csv", "known_on=2025-09-02"),
    "risk:situation": ("format=csv",),
    "risk:phenomena": ("format=json", "known_on=2025-09-02"),
    "risk:scenarios": ("format=csv", "theme=digital_threats", *_KNOWN_ON),
    "risk:scenario": ("format=json", "known_on=2025-09-02"),
    "risk:scenario_why": ("format=csv",),
    "risk:session": ("format=csv", "known_on=2025-09-02"),
    "risk:cycle": ("format=csv", *_KNOWN_ON),
    "risk:cycle_edition": ("known_on=2025-09-02",),
    "risk:editions": ("format=csv", "known_on=2025-09-02"),
    "risk:edition_difference": ("format=json",),
    "risk:trace": ("format=csv", "state=unanswered", "known_on=2025-09-02"),
    "risk:finding": ("proposals=all", "known_on=2025-09-02"),
    "risk:review": ("format=json", "part=conclusion", "known_on=2025-09-02"),
    "risk:strategies": ("format=csv", "format=json&table=grid", "known_on=2025-09-02"),
    "risk:functions": ("format=csv", "function=functions_prevent_defend_strengthen:defend", "known_on=2025-09-02"),
    "response:list": ("format=csv", *_KNOWN_ON),
    "response:instruments": ("format=json", "lead_time=days", "gate=political&power=diplomatic", *_KNOWN_ON),
    "response:new": ("origin=gap--economic_security--digital_threats",),
    "response:case": ("format=json", *_KNOWN_ON),
    "response:trail": ("format=csv", "format=json", "known_on=2025-09-02"),
    "response:registers": ("format=csv", *_KNOWN_ON),
    "response:register": ("format=csv", "format=json&table=view", "known_on=2025-09-02"),
    "response:register_entry": ("format=json", "known_on=2025-09-02"),
    "response:option": ("instrument=dialogue", "instrument=own"),
    "response:modes": ("format=csv", *_KNOWN_ON),
    "response:mode_new": ("origin=gap--economic_security--digital_threats",),
    "response:mode": ("format=csv", "format=json", "known_on=2025-09-02"),
    "response:hand_over": ("format=json", "known_on=2025-09-02"),
    "response:evaluations": ("format=csv", *_KNOWN_ON),
    "response:evaluation": ("format=json", "known_on=2025-09-02"),
    "response:attributions": ("format=csv", *_KNOWN_ON),
    "response:attribution": ("format=json", "known_on=2025-09-02"),
    "response:threshold": ("format=csv", "known_on=2025-09-02"),
    "workbench:oversight": ("format=json", "action=ingested"),
}
#: Where one row's word is asked for: the answer is that for a word that nobody ever used.
ASKING = (
    "/search/?q={word}",
    "/search/?q={word}&format=json",
    "/incidents/?text={word}",
    "/incidents/?text={word}&format=csv",
    "/incidents/?source=source-{word}",
    "/incidents/?sector=sector {word}",
    "/data/public-incidents/?text={word}",
    "/data/sources/?text={word}",
    "/measures/?text={word}",
    "/measures/?owner=Owner {word}",
    "/measures/commitments/?status=Status {word}",
    "/measures/register/?text={word}&format=csv",
)


def names() -> list[str]:
    """The name of every address of the application, with its namespace, in the resolver's order."""

    def walk(items: Sequence[URLPattern | URLResolver], space: str) -> Iterator[str]:
        for item in items:
            if isinstance(item, URLResolver):
                yield from walk(item.url_patterns, item.namespace or space)
            else:
                assert item.name, f"an address without a name: {item.pattern}"
                yield f"{space}:{item.name}"

    return list(walk(get_resolver().url_patterns, ""))


def has_blanks(name: str) -> bool:
    """Whether the address has a part to fill in."""
    try:
        reverse(name)
    except Exception:
        return True
    return False


def addresses(known: Known, *, every: bool) -> list[str]:
    """Each address filled in; with `every` also exports, filters, what is folded and past moments.

    Raises KeyError with the name of an address that nothing here can fill in.
    """
    found = []
    for name in names():
        fill = _FILLED[name] if has_blanks(name) else _none
        for at, blanks in enumerate(fill(known) if every else _few(fill(known))):
            path = reverse(name, kwargs=dict(blanks))
            found.append(path)
            if every and (at < _ASKED_MORE or name in _ASKED_ALL):
                found += [f"{path}?{query}" for query in _QUERIES.get(name, ())]
    return found


def _few(filled: Sequence[Mapping[str, object]]) -> Sequence[Mapping[str, object]]:
    """The first two and the last, which is of something that nobody has."""
    return [*filled[:2], *filled[2:][-1:]]


def hidden_addresses(hidden: Sequence[Told | Said]) -> Iterator[tuple[str, str]]:
    """Addresses of and questions for what is hidden, each beside that of something that never was."""
    for at, row in enumerate(hidden):
        if isinstance(row, Told):
            if row.same_as is None:
                yield f"/incidents/things/{row.thing}/", f"/incidents/things/{UNKNOWN_THING}/"
            yield f"/incidents/things/{row.actor}/?format=csv", f"/incidents/things/{UNKNOWN_THING}/?format=csv"
        elif row.kind in ("law", "letter"):
            yield f"/measures/commitments/{row.commitment}/", f"/measures/commitments/COM-{UNKNOWN_WORD}/"
            yield f"/measures/MEA-{row.token}/", f"/measures/MEA-{UNKNOWN_WORD}/"
            keys = [promised.key_of(word, TOP, now=NOW) for word in (row.token, UNKNOWN_WORD)]
            yield f"/measures/letters/{keys[0]}/", f"/measures/letters/{keys[1]}/"
        elif row.kind == "judgement":
            number = watched.number_of(row.token)
            yield f"/risk/watch/indicators/{number}/", f"/risk/watch/indicators/{UNKNOWN_NUMBER}/"
            own, unknown = responded.key_of(row.token), "0" * 16
            for page in ("", "trail/", "option/", f"option/{responded.first_option(own)}/"):
                yield f"/response/{own}/{page}", f"/response/{unknown}/{page}"
            for one in register_kinds():
                pages = (entered.key_of(one.key, word) for word in (row.token, UNKNOWN_WORD))
                own, unknown = (f"/response/registers/{one.key}/{key}/" for key in pages)
                yield own, unknown
            for page in ("evaluation/case/{}/", "attribution/threshold/{}/"):
                yield f"/response/{page.format(own)}", f"/response/{page.format(unknown)}"
            own, unknown = intervened.key_of(row.token), "0" * 16
            for page in ("", "hand-over/"):
                yield f"/response/mode/{own}/{page}", f"/response/mode/{unknown}/{page}"
            own, unknown = intervened.version_of(row.token), intervened.version_of(UNKNOWN_WORD)
            yield f"/response/evaluation/framework/{own}/", f"/response/evaluation/framework/{unknown}/"
            own, unknown = exposed.process_of(row.token), exposed.process_of(UNKNOWN_WORD)
            for page in ("nodes/{}/", "what-if/?fail={}", "restoration/?fail={}", "scan/?supplier={}"):
                yield f"/exposure/{page.format(own)}", f"/exposure/{page.format(unknown)}"
            yield (
                f"/exposure/rounds/{exposed.round_of(row.token)}/",
                f"/exposure/rounds/{exposed.round_of(UNKNOWN_WORD)}/",
            )
            own, unknown = exposed.import_of(row.token), exposed.import_of(UNKNOWN_WORD)
            yield f"/exposure/imports/{own}/", f"/exposure/imports/{unknown}/"
            outage = exposed.outage_of(row.token, now=NOW)
            for page in ("/exposure/outages/{}/", "/risk/scenarios/new/?outage={}"):
                yield page.format(outage), page.format(outage.replace(row.token, UNKNOWN_WORD))
            for key in (exposed.product_of, exposed.material_of):
                yield f"/exposure/strategic/items/{key(row.token)}/", f"/exposure/strategic/items/{key(UNKNOWN_WORD)}/"
            own, unknown = exposed.dependency_of(row.token), exposed.dependency_of(UNKNOWN_WORD)
            yield f"/exposure/strategic/register/{own}/", f"/exposure/strategic/register/{unknown}/"
        elif row.kind == "text":
            own, unknown = weighed.key_of(row.token), weighed.key_of(UNKNOWN_WORD)
            for page in ("", "why/", "compare/", "session/", "editions/1/"):
                yield f"/risk/scenarios/{own}/{page}", f"/risk/scenarios/{unknown}/{page}"
        elif row.kind == "statement":
            yield f"/risk/cycle/trace/STA-{row.token}/", f"/risk/cycle/trace/STA-{UNKNOWN_WORD}/"
        elif row.kind == "cycle":
            yield f"/risk/cycle/phases/plan-{row.token}/", f"/risk/cycle/phases/plan-{UNKNOWN_WORD}/"
            yield f"/risk/cycle/phases/plan-{row.token}/frozen/1/", f"/risk/cycle/phases/plan-{UNKNOWN_WORD}/frozen/1/"
            yield f"/risk/cycle/review/review-{row.token}/", f"/risk/cycle/review/review-{UNKNOWN_WORD}/"
        for question in (ASKING * 2)[at % len(ASKING) :][:_ASKED]:
            yield question.format(word=row.token), question.format(word=UNKNOWN_WORD)


def browser(name: str, language: str = "en") -> Client:
    """A browser in which that person is signed in."""
    client = Client()
    client.cookies["django_language"] = language
    client.force_login(Person.objects.get(username=name))
    return client


def get(client: Client, address: str) -> str:
    """Status and body of an answer as text."""
    answer: Any = client.get(address)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return f"{answer.status_code} {answer.headers.get('Content-Disposition', '')}\n{body.decode('utf-8', 'replace')}"


def without(text: str, address: str) -> str:
    """An answer without the word or id that its address asked for, however it is written there."""
    found = alike(text, numbers=False)
    for word in re.findall(r"zq\w+ux(?:-[0-9a-f]{12})?|[a-z-]+--[0-9a-f-]{36}|\b[0-9a-f]{16}\b", address):
        found = found.replace(word, "asked")
    return found


def text_of(form: str, content: bytes) -> str:
    """The words of a report's file."""
    if form == "pdf":
        return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)
    if form == "docx":
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            return "\n".join(file.read(name).decode("utf-8", "replace") for name in file.namelist() if "xml" in name)
    return content.decode()


_RANDOM = (
    (re.compile(r'name="csrfmiddlewaretoken" value="\w+"'), "csrf"),
    # Midnight may fall between two readings.
    (re.compile(r'(name="known_on" value="[^"]*" max=)"[\d-]+"'), r"\g<1>today"),
    # Running numbers, and the clock: when accounts were made. What records and runs say is all of 2025.
    (re.compile(r"same-\d+-"), "same-0-"),
    (re.compile(r"/same/\d+/"), "/same/0/"),
    (re.compile(r"withdraw-([a-z]+-)?\d+"), r"withdraw-\g<1>0"),
    (re.compile(r"([?;]result=)\d+"), r"\g<1>0"),
    (re.compile(r'"\d+, 1 September 2025'), '"0, 1 September 2025'),
    (re.compile(r"<td>\d+, 1 September 2025"), "<td>0, 1 September 2025"),
    (re.compile(r"/judgements/\d+/"), "/judgements/0/"),
    (re.compile(r"/watch/(indicators|pictures)/\d+/"), r"/watch/\1/0/"),
    (re.compile(r'name="(number|at)" value="\d+"'), r'name="\1" value="0"'),
    (re.compile(r'name="indicators" value="\d+"'), 'name="indicators" value="0"'),
    (re.compile(r'<option value="\d+"( selected)?>Scan'), '<option value="0">Scan'),
    (re.compile(r'filename="(indicator|situation-picture)-\d+'), r'filename="\1-0'),
    (re.compile(r'((?:id|for|aria-describedby|aria-labelledby)="(?:new-)?(?:trend|[a-z]+(?:-[a-z]+)?))-\d+'), r"\1-0"),
    # Rows of the cycle: forms that withdraw, deliver or tell what became of a goal, and goals to choose from.
    (re.compile(r"/(\d+)/(withdraw|fate)/"), r"/0/\2/"),
    (re.compile(r"/product/\d+/"), "/product/0/"),
    (re.compile(r"(deliver|fate|cell)-\d+"), r"\1-0"),
    (re.compile(r"\b([Rr]un|[Rr]onde) \d+"), r"\1 0"),
    (re.compile(r"(picture-\w\w-[\d-]{10})-\d+\."), r"\1-0."),
    (re.compile(r"(?!2025)20\d\d-\d\d-\d\d \d\d:\d\d"), "now"),
)
#: Numbers of rows in the database where they are no link: in a figure's data, in the heads of an export.
_NUMBERED = (
    re.compile(r'("id": ?)(\d+)()'),
    re.compile(r'(data-incident=")(\d+)()'),
    re.compile(r'(data-members=")([\d ]*)()'),
    re.compile(r"( #)(\d+)()"),
    re.compile(r'("records": \[)([\d,\s]*)(\])'),
)
_DIGEST = re.compile(r"\b[0-9a-f]{64}\b")


def alike(text: str, *, numbers: bool) -> str:
    """The text without what differs from one database to the next by itself.

    With `numbers` the rows' numbers become their rank on the page: then hidden rows may have come in between.
    """
    for pattern, instead in _RANDOM:
        text = pattern.sub(instead, text)
    if not numbers:
        return text
    for pattern in _NUMBERED:
        ranks: dict[str, str] = {}

        def ranked(match: re.Match[str], ranks: dict[str, str] = ranks) -> str:
            rows = re.sub(r"\d+", lambda row: ranks.setdefault(row[0], str(len(ranks) + 1)), match[2])
            return f"{match[1]}{rows}{match[3]}"

        text = pattern.sub(ranked, text)
    return _DIGEST.sub("digest", text)
