"""Every page of the application by area: who opens it, and how he gets there."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """One page: the name of its address pattern, the address opened, and the links followed from there (CSS)."""

    view: str
    path: str
    follow: tuple[str, ...] = ()
    role: str = "analyst"
    status: int = 200


_CAMPAIGN = "a[href^='/campaigns/']:not([href$='/connect/']):not([href$='/attribution/']):not([href$='/campaigns/'])"
_MAIN = "#main "
_THING = _MAIN + "a[href*='/incidents/things/{}--']"


def _campaign(view: str, tab: str = "") -> Place:
    """A tab of the first campaign in the list, which is a proposed one."""
    tabs = (f".tabs a[href*='/{tab}/']",) if tab else ()
    return Place(f"campaigns:{view}", "/campaigns/", (_MAIN + "table.data " + _CAMPAIGN, *tabs))


AREAS: dict[str, tuple[Place, ...]] = {
    "account": (
        Place("people:login", "/account/login/", role="nobody"),
        Place("people:login", "/incidents/", role="nobody"),
        Place("people:account", "/account/"),
        Place("people:account", "/account/", role="desk"),
    ),
    "picture": (
        Place("workbench:picture", "/"),
        Place("workbench:picture", "/", role="desk"),
        Place("workbench:picture", "/?known_on=2020-01-01"),
        Place("workbench:picture", "/?known_on=2030-01-01"),
    ),
    "search": (
        Place("workbench:search", "/search/"),
        Place("workbench:search", "/search/?q=gazprom"),
        Place("workbench:search", "/search/?q=no-such-name"),
    ),
    "incidents": (
        Place("picture:incidents", "/incidents/"),
        Place("picture:incidents", "/incidents/?domain=cyber&country=NL&from=2020&until=2024"),
        Place("picture:incidents", "/incidents/?text=no-such-word"),
        Place("picture:incidents", "/incidents/?with=context&event_type=response"),
        Place("picture:same", "/incidents/same/"),
    ),
    "things": (
        Place("picture:thing", "/incidents/", (_THING.format("incident"),)),
        Place("picture:thing", "/incidents/?with=context&event_type=response", (_THING.format("incident"),)),
        Place("picture:thing", "/incidents/?event_type=disclosure", (_THING.format("incident"),)),
        Place("picture:thing", "/incidents/same/", (_THING.format("incident"),)),
        Place("picture:thing", "/search/?q=noname", (_THING.format("intrusion-set"),)),
        Place("picture:thing", "/search/?q=russia", (_THING.format("location"),)),
        Place("picture:thing", "/search/?q=gazprom", (_THING.format("incident"),), role="desk"),
    ),
    "campaigns": (
        Place("campaigns:list", "/campaigns/"),
        Place("campaigns:runs", "/campaigns/runs/"),
        Place("campaigns:merge", "/campaigns/merge/"),
        _campaign("campaign"),
        _campaign("incidents", "incidents"),
        _campaign("matrix", "matrix"),
        _campaign("what_if", "what-if"),
        _campaign("hybrid", "hybrid"),
        _campaign("hypotheses", "hypotheses"),
        _campaign("attribution", "attribution"),
        _campaign("history", "history"),
        Place("campaigns:split", "/campaigns/", (_MAIN + "table.data " + _CAMPAIGN, ".acts a[href$='/split/']")),
        Place("campaigns:known_groups", "/campaigns/known-groups/"),
        Place("campaigns:known_groups", "/campaigns/known-groups/?items=T1059.001%0Ano-such-software"),
    ),
    "measures": (
        Place("measures:list", "/measures/"),
        Place("measures:list", "/measures/?interest=economic_security"),
        Place("measures:commitments", "/measures/commitments/"),
        Place("measures:commitments", "/measures/commitments/?owed=yes&term=overdue"),
        Place("measures:commitments", "/measures/commitments/?later=perhaps", status=400),
        Place("measures:letters", "/measures/letters/"),
        Place("measures:letter", "/measures/letters/0000000000000000/", status=404),
        Place("measures:measure", "/measures/", (_MAIN + "tbody a[href^='/measures/']",)),
        Place("measures:commitment", "/measures/commitments/", (_MAIN + "tbody a[href^='/measures/commitments/']",)),
        Place("measures:measure", "/measures/MEA-015/"),
        Place("measures:register", "/measures/register/"),
        Place("measures:register", "/measures/register/?lacks=ground&accent=economic_and_knowledge_security"),
        Place("measures:register", "/measures/register/?state=finished", status=400),
        Place("risk:means_matrix", "/risk/matrix/"),
        Place("risk:means_matrix", "/risk/matrix/?scheme=functions_prevent_mitigate_respond&means=disinformation"),
        Place("risk:means_matrix", "/risk/matrix/?means=takeover_investment&readings=no", role="decider"),
        Place("measures:autonomy", "/measures/autonomy/"),
        Place("measures:autonomy", "/measures/autonomy/?measure=MEA-105&pillar=eu_strength&direction=promote"),
    ),
    "exposure": (
        Place("exposure:list", "/exposure/"),
        Place("exposure:what_if", "/exposure/what-if/"),
        Place("exposure:what_if", "/exposure/what-if/?fail=electricity_national&fail=oil&hours=24&at=8"),
        Place("exposure:what_if", "/exposure/what-if/?fail=oil&hours=never", status=400),
        Place("exposure:what_if", "/exposure/what-if/", role="decider"),
        Place("exposure:restoration", "/exposure/restoration/"),
        Place("exposure:restoration", "/exposure/restoration/?fail=oil&repair-oil=12"),
        Place("exposure:restoration", "/exposure/restoration/?fail=oil&repair-oil=soon", status=400),
        Place("exposure:outages", "/exposure/outages/"),
        Place("exposure:ranking", "/exposure/ranking/?hours=48"),
        Place("exposure:pairs", "/exposure/pairs/"),
        Place("exposure:strengthening", "/exposure/strengthening/"),
        Place("exposure:strengthening", "/exposure/strengthening/?buffer=-1", status=400),
        Place("exposure:campaign", "/campaigns/", (_MAIN + "table.data " + _CAMPAIGN, ".tabs a[href^='/exposure/']")),
        Place("exposure:incident", "/exposure/incidents/incident--00000000-0000-4000-8000-000000000000/", status=404),
        Place("exposure:register", "/exposure/registers/stands-for/"),
        Place("exposure:scan", "/exposure/scan/"),
        Place("exposure:scan", "/exposure/scan/?country=Belgium", status=403),
        Place("exposure:node", "/exposure/", (_MAIN + "tbody a[href^='/exposure/nodes/']",)),
        Place("exposure:assets", "/exposure/assets/"),
        Place("exposure:assets", "/exposure/assets/?group=undersea"),
        Place("exposure:claims", "/exposure/claims/"),
        Place("exposure:duties", "/exposure/duties/?noticed=2026-03-01T10:00"),
        Place("exposure:duties", "/exposure/duties/?noticed=soon", status=400),
        Place("exposure:inspections", "/exposure/inspections/"),
        Place("exposure:rounds", "/exposure/rounds/?from=telecom"),
        Place("exposure:round", "/exposure/rounds/telecom/"),
        Place("exposure:imports", "/exposure/imports/"),
        Place("exposure:register", "/exposure/registers/processes/"),
        Place("exposure:register", "/exposure/registers/requirements/"),
        Place("exposure:register", "/exposure/registers/country-rules/"),
        Place("exposure:list", "/exposure/?known_on=2020-01-01"),
    ),
    "strategic dependencies": (
        Place("exposure:strategic", "/exposure/strategic/"),
        Place("exposure:strategic_register", "/exposure/strategic/register/"),
        Place("exposure:strategic_stops", "/exposure/strategic/stops/"),
        Place("exposure:strategic_stops", "/exposure/strategic/stops/?source=Atlantis&replaced=200", status=400),
        Place("exposure:strategic_sectors", "/exposure/strategic/sectors/"),
        Place("exposure:strategic_editions", "/exposure/strategic/editions/"),
        Place("exposure:strategic", "/exposure/strategic/?known_on=2020-01-01"),
    ),
    "interests and gaps": (
        Place("risk:triangle", "/risk/"),
        Place("risk:gaps", "/risk/gaps/"),
        Place("risk:interest", "/risk/", (_MAIN + "a[href^='/risk/interests/']",)),
        Place("risk:theme", "/risk/", (_MAIN + "a[href^='/risk/themes/']",)),
        Place("risk:pair", "/risk/gaps/", (_MAIN + "tbody a[href^='/risk/interests/']",)),
    ),
    "scenarios": (
        Place("risk:scenarios", "/risk/scenarios/"),
        Place("risk:scenarios", "/risk/scenarios/?theme=state_threats"),
        Place("risk:scenario_new", "/risk/scenarios/new/"),
    ),
    "what is watched": (
        Place("risk:watch", "/risk/", (".nav a[href='/risk/watch/']",)),
        Place("risk:resilience", "/risk/watch/resilience/"),
        Place("risk:trends", "/risk/watch/trends/"),
        Place("risk:indicators", "/risk/watch/indicators/"),
        Place("risk:watch_plans", "/risk/watch/plans/"),
        Place("risk:pictures", "/risk/watch/pictures/"),
        Place("risk:phenomena", "/risk/watch/phenomena/"),
        Place("risk:demonstrations", "/risk/watch/phenomena/", (".acts a[href*='/demonstrations/']",)),
        Place("risk:scope", "/incidents/", (_THING.format("incident"), _MAIN + "a[href*='/watch/scope/']")),
        Place("risk:watch", "/risk/watch/?known_on=2020-01-01"),
    ),
    "the cycle": (
        Place("risk:cycle", "/risk/cycle/"),
        Place("risk:cycle_edition", "/risk/cycle/phases/midterm-review-2021/"),
        Place("risk:cycle_edition", "/risk/cycle/phases/security-strategy-2023/"),
        Place("risk:editions", "/risk/cycle/editions/"),
        Place("risk:edition_difference", "/risk/cycle/editions/difference/"),
        Place("risk:trace", "/risk/cycle/trace/"),
        Place("risk:finding", "/risk/cycle/trace/", (_MAIN + "tbody a[href^='/risk/cycle/trace/']",)),
        Place("risk:review_newest", "/risk/cycle/review/"),
        Place("risk:review", "/risk/cycle/review/midterm-review-2021/?part=verdict&theme=cbrn"),
        Place("risk:strategies", "/risk/cycle/strategies/"),
        Place("risk:functions", "/risk/cycle/functions/"),
        Place("risk:cycle", "/risk/cycle/?known_on=2020-01-01"),
    ),
    "response": (
        Place("response:list", "/response/"),
        Place("response:list", "/response/?known_on=2020-01-01"),
        Place("response:new", "/response/new/?origin=gap--economic_security--digital_threats"),
        Place("response:new", "/incidents/", (_THING.format("incident"), _MAIN + "a[href*='/response/new/']")),
        Place("response:list", "/response/", role="decider"),
        Place("response:instruments", "/response/instruments/"),
        Place("response:instruments", "/response/instruments/?lead_time=days&gate=political"),
        Place("response:registers", "/response/registers/"),
        Place("response:registers", "/response/registers/?known_on=2020-01-01"),
        *(
            Place("response:register", f"/response/registers/{register}/")
            for register in ("sanctions", "diplomatic", "legal", "action-points", "coalitions", "cbrn")
        ),
        Place("response:register", "/response/registers/diplomatic/", role="decider"),
        Place("response:register", "/response/registers/no-such-register/", status=404),
        Place("response:register_entry", "/response/registers/diplomatic/inc-048/"),
        Place("response:register_entry", "/response/registers/legal/com-101/"),
        Place("risk:scope", "/risk/watch/scope/gap--economic_security--digital_threats/"),
    ),
    "intervening and evaluating": (
        Place("response:modes", "/response/", (_MAIN + "a[href='/response/mode/']",)),
        Place(
            "response:mode_new", "/incidents/", (_THING.format("incident"), _MAIN + "a[href*='/response/mode/new/']")
        ),
        Place("response:evaluations", "/response/", (_MAIN + "a[href='/response/evaluation/']",)),
        Place("response:attributions", "/response/", (_MAIN + "a[href='/response/attribution/']",)),
        Place(
            "response:attribution",
            "/campaigns/",
            (
                _MAIN + "table.data " + _CAMPAIGN,
                ".tabs a[href$='/attribution/']",
                _MAIN + "a[href^='/response/attribution/']",
            ),
        ),
        Place("response:modes", "/response/mode/?known_on=2020-01-01"),
        Place("response:evaluations", "/response/evaluation/", role="decider"),
    ),
    "reports": (
        Place("reports:list", "/reports/"),
        Place("reports:report", "/reports/", (_MAIN + "tbody a[href^='/reports/']",)),
    ),
    "data tables": (
        Place("workbench:data", "/data/"),
        *(
            Place("workbench:data_table", f"/data/{name}/")
            for name in ("public-incidents", "policy-incidents", "statements", "commitments", "themes", "sources")
        ),
    ),
    "words and help": (
        Place("workbench:help", "/help/"),
        Place("workbench:catalogues", "/language/"),
        Place("workbench:catalogue", "/language/means/"),
        Place("workbench:catalogue", "/language/countries/"),
        Place("workbench:catalogue", "/language/interests/"),
        Place("workbench:catalogue", "/language/person_features/"),
    ),
    "oversight": (
        Place("workbench:oversight", "/oversight/", role="oversight"),
        Place("workbench:oversight", "/oversight/?action=refused", role="oversight"),
        Place("workbench:oversight", "/oversight/?actor=nobody-of-this-name", role="oversight"),
        Place("workbench:picture", "/", role="oversight"),
    ),
    "administration": (
        Place("people:organisations", "/account/organisations/", role="admin"),
        Place("workbench:picture", "/", role="admin"),
    ),
    "refusals": (
        Place("risk:triangle", "/risk/", role="desk", status=403),
        Place("workbench:oversight", "/oversight/", status=403),
        Place("workbench:upload", "/upload/", role="desk"),
        Place("picture:thing", "/incidents/things/incident--no-such-thing/", status=404),
        Place("", "/no-such-page/", status=404),
    ),
}


def places(area: str, language: str) -> tuple[Place, ...]:
    """The pages of an area: all of them in Dutch, in English the first of each pattern and role."""
    if language == "nl":
        return AREAS[area]
    return tuple({(place.view, place.role): place for place in reversed(AREAS[area])}.values())


#: Opened by tests of their own, which act first.
BY_ACTING = {
    *("workbench:upload", "workbench:upload_result", "people:link", "campaigns:grouping", "campaigns:compare"),
    *(f"risk:{name}" for name in ("scenario", "scenario_why", "scenario_compare", "scenario_edition", "session")),
    *("risk:indicator", "risk:situation", "exposure:import", "exposure:outage"),
    *("exposure:strategic_item", "exposure:strategic_dependency", "exposure:strategic_job"),
    *(f"response:{name}" for name in ("case", "trail", "option", "replace")),
    *(f"response:{name}" for name in ("mode", "hand_over", "evaluation", "threshold")),
}
#: Answer with a file or a word, not with a page.
FILES = {"workbench:health", "workbench:upload_rejects", "reports:download", "risk:cycle_frozen"}
#: Only ever posted to; opening one is refused.
POSTED = {
    "response:register_act": "/response/registers/legal/act/add/",
    "workbench:set_language": "/language/set/",
    "workbench:verify": "/oversight/verify/",
    "risk:scenario_act": "/risk/scenarios/x/withdraw/",
    "risk:session_act": "/risk/scenarios/x/session/next/",
    "risk:session_scores": "/risk/scenarios/x/session/scores/",
    "people:logout": "/account/logout/",
    "people:password": "/account/password/",
    "picture:decide_same": "/incidents/things/incident--x/same/1/",
    "campaigns:connect": "/campaigns/connect/",
    "campaigns:decide": "/campaigns/00000000-0000-4000-8000-000000000000/decide/",
    "campaigns:ask": "/campaigns/00000000-0000-4000-8000-000000000000/what-if/ask/",
    "campaigns:undo_grouping": "/campaigns/groupings/00000000-0000-4000-8000-000000000000/undo/",
    "campaigns:undo": "/campaigns/00000000-0000-4000-8000-000000000000/undo/",
    **{
        f"campaigns:{view}": f"/campaigns/00000000-0000-4000-8000-000000000000/{tab}"
        for view, tab in (
            ("hybrid_state", "hybrid/state/"),
            ("hybrid_withdraw", "hybrid/1/withdraw/"),
            ("hypotheses_act", "hypotheses/sign/"),
            ("hypotheses_look", "hypotheses/1/look/"),
            ("hypotheses_withdraw", "hypotheses/cell/1/withdraw/"),
            ("attribution_take", "attribution/technical/take/"),
            ("attribution_withdraw", "attribution/1/withdraw/"),
        )
    },
    **{
        f"risk:{view}": f"/risk/cycle/{address}"
        for view, address in (
            ("cycle_add", "add/"),
            ("cycle_product", "phases/x/product/"),
            ("cycle_deliver", "phases/x/product/1/"),
            ("cycle_close", "phases/x/close/"),
            ("cycle_freeze", "phases/x/freeze/"),
            ("cycle_remake", "phases/x/frozen/1/again/"),
            ("cycle_unfreeze", "phases/x/frozen/1/withdraw/"),
            ("finding_answer", "trace/x/answer/"),
            ("finding_withdraw", "trace/x/1/withdraw/"),
            ("review_write", "review/x/write/"),
            ("review_withdraw", "review/x/1/withdraw/"),
            ("strategy_goal", "strategies/goal/"),
            ("goal_fate", "strategies/goals/1/fate/"),
            ("goal_fate_withdraw", "strategies/fates/1/withdraw/"),
            ("strategy_cell", "strategies/cell/"),
            ("strategy_cell_withdraw", "strategies/cells/1/withdraw/"),
            ("function_tag", "functions/tag/"),
            ("function_withdraw", "functions/1/withdraw/"),
        )
    },
    "exposure:round_act": "/exposure/rounds/act/begin/",
    "exposure:import_act": "/exposure/imports/act/upload/",
    "exposure:outage_keep": "/exposure/outages/keep/",
    "exposure:outage_withdraw": "/exposure/outages/x/withdraw/",
    "exposure:strategic_bring": "/exposure/strategic/editions/bring/",
    "exposure:strategic_act": "/exposure/strategic/act/dependencies/add/",
    "measures:register_act": "/measures/register/step/",
    "measures:autonomy_act": "/measures/autonomy/place/",
    "measures:later_act": "/measures/commitments/act/keep/",
    "measures:letter_act": "/measures/letters/act/open/",
    "exposure:register_act": "/exposure/registers/processes/add/",
    "risk:judge": "/risk/interests/economic/cyber/judge/",
    "risk:withdraw": "/risk/judgements/1/withdraw/",
    "risk:watch_act": "/risk/watch/act/note/",
    "response:act": "/response/act/advise/",
    "response:mode_act": "/response/mode/act/line/",
    "response:evaluation_act": "/response/evaluation/act/write/",
    "response:attribution_act": "/response/attribution/act/decide/",
    "reports:make": "/reports/make/",
}
