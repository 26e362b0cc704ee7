"""The log in the words of the page's language: who acted, what the act was, on what, and its detail."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from verband.rooms.people.services import COMMAND_LINE
from verband.workbench.marks import find, in_words, word

#: `name (role, organisation)`, as `Reader.signature` writes it.
_SIGNED = re.compile(r"(?P<name>.+) \((?P<role>[a-z_]+), (?P<organisation>[\w-]*)\)")
#: `connecting 1`: a method and its version.
_METHOD = re.compile(r"(?P<key>[a-z_]+) (?P<version>\d[\w.]*)")
_SHOWN_VALUE = 90


def actor_words(signature: str, organisations: Mapping[str, str]) -> str:
    """Who acted, with role and organisation in words; as it is written where it is no signature.

    `organisations` gives the name of each key.
    """
    if signed := _SIGNED.fullmatch(signature):
        home = organisations.get(signed["organisation"], signed["organisation"])
        if signed["name"] == COMMAND_LINE:
            return ", ".join(filter(None, (gettext("command line"), home)))
        return f"{signed['name']} ({', '.join(filter(None, (word('roles', signed['role']), home)))})"
    if signature == COMMAND_LINE:
        return gettext("command line")
    if signature == "somebody":
        return gettext("somebody")
    if (found := _METHOD.fullmatch(signature)) and find("methods", found["key"]):
        return method_words(found["key"], found["version"])
    return signature


def method_words(key: str, version: str) -> str:
    """A method and its version: `connect, version 1`."""
    return gettext("%(method)s, version %(version)s") % {"method": word("methods", key), "version": version}


def act_words(action: str) -> str:
    """An act of the log; as it is written where it has no word yet."""
    words = (
        _cycle_acts()
        | _response_acts()
        | _register_acts()
        | _progress_acts()
        | _toolbox_acts()
        | _response_register_acts()
        | _intervention_acts()
        | {
            "account made": gettext("account made"),
            "adequacy check withdrawn": gettext("yearly check withdrawn"),
            "adequacy checked": gettext("yearly check kept"),
            "assumption stated": gettext("assumption stated"),
            "assumption withdrawn": gettext("assumption withdrawn"),
            "attribution step taken": gettext("step of attribution taken"),
            "attribution step withdrawn": gettext("step of attribution withdrawn"),
            "campaign accept": gettext("campaign accepted"),
            "campaign reject": gettext("campaign rejected"),
            "campaign undone": gettext("decision on a campaign undone"),
            "campaigns merge": gettext("campaigns merged"),
            "campaigns split": gettext("campaign split"),
            "commitments loaded": gettext("commitments loaded"),
            "connected": gettext("connected"),
            "dependencies imported": gettext("dependencies brought in"),
            "dependency kept": gettext("row of a dependency register kept"),
            "dependency withdrawn": gettext("row of a dependency register withdrawn"),
            "exported": gettext("exported"),
            "file received": gettext("file received"),
            "follow-up done": gettext("action after a check done"),
            "grouping undone": gettext("grouping undone"),
            "groups ranked": gettext("compared with known groups"),
            "hybrid element stated": gettext("element of the hybrid test stated"),
            "hybrid element withdrawn": gettext("element of the hybrid test withdrawn"),
            "hypotheses signature withdrawn": gettext("signature under hypotheses withdrawn"),
            "hypotheses signed": gettext("hypotheses signed"),
            "hypothesis cell judged": gettext("cell of the hypotheses judged"),
            "hypothesis cell withdrawn": gettext("judgement of a cell withdrawn"),
            "hypothesis evidence added": gettext("evidence added to the hypotheses"),
            "hypothesis evidence withdrawn": gettext("added evidence withdrawn"),
            "indicator looked for": gettext("indicator looked for"),
            "indicator set": gettext("indicator set"),
            "indicator withdrawn": gettext("indicator withdrawn"),
            "ingested": gettext("file read in"),
            "log checked": gettext("log checked"),
            "measure put under a pillar": gettext("measure put under a pillar"),
            "measure taken from a pillar": gettext("measure taken from a pillar"),
            "mandate registered": gettext("mandate registered"),
            "observation withdrawn": gettext("observation withdrawn"),
            "organisation registered": gettext("organisation registered"),
            "password set": gettext("password set"),
            "phenomenon note withdrawn": gettext("phenomenon note withdrawn"),
            "phenomenon noted": gettext("phenomenon noted"),
            "proxy relation stated": gettext("relation of a proxy stated"),
            "read": gettext("read"),
            "refused": gettext("refused"),
            "report made": gettext("report made"),
            "resilience judged": gettext("resilience judged"),
            "resilience judgement withdrawn": gettext("judgement of resilience withdrawn"),
            "sameness accept": gettext("held the same"),
            "sameness proposed": gettext("proposed as the same"),
            "sameness reject": gettext("kept apart"),
            "sameness undo": gettext("sameness undone"),
            "scan opened": gettext("horizon scan opened"),
            "scope test draft": gettext("draft of a scope test written"),
            "scope test reasoned": gettext("reasons of a scope test given"),
            "scope test reopened": gettext("scope test reopened"),
            "scope test reviewed": gettext("scope test reviewed"),
            "sign-in link made": gettext("sign-in link made"),
            "signed in": gettext("signed in"),
            "signed out": gettext("signed out"),
            "situation picture begun": gettext("shared picture begun"),
            "situation picture proposed": gettext("shared picture proposed"),
            "situation picture withdrawn": gettext("shared picture withdrawn"),
            "statement added to a picture": gettext("statement added to a shared picture"),
            "statement dissented": gettext("dissented from a statement"),
            "statement endorsed": gettext("statement endorsed"),
            "statements loaded": gettext("statements loaded"),
            "topology registered": gettext("network taken into the registers"),
            "topology withdrawn": gettext("network withdrawn from the registers"),
            "theme texts loaded": gettext("texts on themes loaded"),
            "threat level stated": gettext("published threat level kept"),
            "threat level withdrawn": gettext("published threat level withdrawn"),
            "trend looked at": gettext("trend looked at"),
            "trend withdrawn": gettext("trend withdrawn"),
            "trend written down": gettext("trend written down"),
            "warning indicator looked at": gettext("warning indicator looked at"),
            "warning indicator set": gettext("warning indicator set"),
            "warning indicator withdrawn": gettext("warning indicator withdrawn"),
            "warning level confirmed": gettext("level of a warning confirmed"),
            "warning outcome logged": gettext("miss or false alarm logged"),
            "watch plan closed": gettext("watch plan closed"),
            "watch plan extended": gettext("watch plan extended"),
            "watch plan made": gettext("watch plan made"),
            "watch plan reviewed": gettext("watch plan reviewed"),
            "watch plan withdrawn": gettext("watch plan withdrawn"),
            "what if": gettext("asked what if"),
        }
    )
    return words.get(action, action)


def _cycle_acts() -> dict[str, str]:
    return {
        "answer to a finding withdrawn": gettext("answer to a finding withdrawn"),
        "cell withdrawn": gettext("cell of the comparison withdrawn"),
        "cell written": gettext("cell of the comparison filled"),
        "cells loaded": gettext("comparison of strategies loaded"),
        "change of a frozen edition refused": gettext("change of a frozen edition refused"),
        "edition added": gettext("edition added"),
        "edition closed": gettext("edition closed"),
        "edition frozen": gettext("edition frozen"),
        "editions loaded": gettext("editions loaded"),
        "fate of a goal told": gettext("said what became of a goal"),
        "fate of a goal withdrawn": gettext("what became of a goal withdrawn"),
        "finding answered": gettext("finding answered"),
        "frozen edition made again": gettext("frozen edition made again"),
        "frozen edition withdrawn": gettext("frozen edition withdrawn"),
        "function of a measure told": gettext("said what a measure is for"),
        "function of a measure withdrawn": gettext("what a measure is for withdrawn"),
        "goal registered": gettext("goal registered"),
        "goals loaded": gettext("goals loaded"),
        "product added": gettext("product added"),
        "product delivered": gettext("product delivered"),
        "review line withdrawn": gettext("line of a review withdrawn"),
        "review line written": gettext("line of a review written"),
        "review lines loaded": gettext("lines of a review loaded"),
    }


def _progress_acts() -> dict[str, str]:
    return {
        "contribution to a letter kept": gettext("contribution to a progress letter kept"),
        "contribution to a letter withdrawn": gettext("contribution to a progress letter withdrawn"),
        "later knowledge kept": gettext("what is known later kept"),
        "later knowledge withdrawn": gettext("what is known later withdrawn"),
        "progress letter agreed": gettext("progress letter agreed"),
        "progress letter draft": gettext("progress letter made a draft again"),
        "progress letter opened": gettext("progress letter opened"),
        "progress letter sent": gettext("progress letter sent"),
        "progress letter withdrawn": gettext("progress letter withdrawn"),
    }


def _response_acts() -> dict[str, str]:
    return {
        "effect of a response kept": gettext("effect of a response kept"),
        "indicator of an option kept": gettext("indicator of an option kept"),
        "option left out of a package": gettext("option left out of a package"),
        "option put in a package": gettext("option put in a package"),
        "policy area answered": gettext("answer of a policy area kept"),
        "policy area asked": gettext("policy area asked"),
        "response advise": gettext("package submitted with advice"),
        "response case opened": gettext("case of response opened"),
        "response case withdrawn": gettext("case of response withdrawn"),
        "response close": gettext("package closed"),
        "response decide": gettext("decided about a package"),
        "response execute": gettext("package executed"),
        "response follow": gettext("effects of a package judged"),
        "response option withdrawn": gettext("option withdrawn"),
        "response option written": gettext("option written"),
        "response package put together": gettext("package put together"),
        "response prepare": gettext("package in preparation"),
        "response rework": gettext("package back in preparation"),
        "response withdraw": gettext("package withdrawn"),
    }


def _register_acts() -> dict[str, str]:
    return {
        "aim of a measure kept": gettext("aim of a measure kept"),
        "conflict of measures kept": gettext("conflict of two measures kept"),
        "effect of a measure kept": gettext("effect of a measure kept"),
        "ground of a measure kept": gettext("ground of a measure kept"),
        "means of a measure kept": gettext("means of a measure kept"),
        "measure proposed": gettext("measure proposed"),
        "part of a party kept": gettext("part of a party in a measure kept"),
        "reason of a proposed measure kept": gettext("reason of a proposed measure kept"),
        "row of the register of measures withdrawn": gettext("row of the register of measures withdrawn"),
        "state of a measure kept": gettext("state of a measure kept"),
        "term of a measure kept": gettext("term of a measure kept"),
    }


def _toolbox_acts() -> dict[str, str]:
    return {
        "codings of responses loaded": gettext("codings of responses loaded"),
        "legal basis of an instrument kept": gettext("legal basis of an instrument kept"),
        "legal basis of an instrument withdrawn": gettext("legal basis of an instrument withdrawn"),
        "reason for an empty pillar kept": gettext("reason for an empty pillar kept"),
        "reason for an empty pillar withdrawn": gettext("reason for an empty pillar withdrawn"),
    }


def _response_register_acts() -> dict[str, str]:
    return {
        "register entry kept": gettext("entry of a register of the response kept"),
        "register entry withdrawn": gettext("entry of a register of the response withdrawn"),
        "register file brought in": gettext("file brought into a register of the response"),
        "register file refused": gettext("file for a register of the response refused"),
        "register step kept": gettext("step of an entry kept"),
        "register step withdrawn": gettext("step of an entry withdrawn"),
    }


def _intervention_acts() -> dict[str, str]:
    """Acts of incident mode, of evaluation, of attribution and of notes about the threshold."""
    return {
        "action of a lesson done": gettext("action of a lesson done"),
        "action of a lesson kept": gettext("action of a lesson kept"),
        "action of a lesson opened again": gettext("action of a lesson opened again"),
        "action of an intervention written": gettext("action of an intervention written"),
        "decided about attribution": gettext("decided about attribution"),
        "decision of attribution withdrawn": gettext("decision of attribution withdrawn"),
        "empty track of an intervention explained": gettext("empty track of an intervention explained"),
        "evaluation replaced": gettext("evaluation replaced by a newer one"),
        "evaluation written": gettext("evaluation written"),
        "hand-over of an intervention written": gettext("hand-over of an intervention written"),
        "hand-over replaced": gettext("hand-over replaced by a newer one"),
        "intervention advise": gettext("action laid before the authority"),
        "intervention begun": gettext("intervention begun"),
        "intervention decide": gettext("decided about an action"),
        "intervention execute": gettext("action executed"),
        "intervention goes on": gettext("step of an intervention"),
        "intervention prepare": gettext("action in preparation"),
        "intervention rework": gettext("action back in preparation"),
        "intervention withdraw": gettext("action withdrawn"),
        "intervention withdrawn": gettext("intervention withdrawn"),
        "line of an intervention kept": gettext("line added to the log of an intervention"),
        "note about the threshold kept": gettext("note about the threshold kept"),
        "note about the threshold reviewed": gettext("note about the threshold reviewed"),
        "note about the threshold withdrawn": gettext("note about the threshold withdrawn"),
        "part in an intervention given": gettext("part in an intervention given"),
        "part in an intervention withdrawn": gettext("part in an intervention withdrawn"),
        "response case closed": gettext("case of response closed"),
        "response case opened again": gettext("case of response opened again"),
        "step of the framework taken": gettext("step of the framework taken"),
    }


def name_words(name: str) -> str:
    """The name of an account or function; those that the demonstration makes up are in the language of the page."""
    return {
        "Administrator": gettext("Administrator"),
        "Analyst (example)": gettext("Analyst (example)"),
        "Analyst at a partner (example)": gettext("Analyst at a partner (example)"),
        "Desk officer at a ministry (example)": gettext("Desk officer at a ministry (example)"),
        "Public prosecutor (example)": gettext("Public prosecutor (example)"),
        "Decision maker (example)": gettext("Decision maker (example)"),
        "Desk officer (example)": gettext("Desk officer (example)"),
        "Overseer (example)": gettext("Overseer (example)"),
        "Minister (example)": gettext("Minister (example)"),
    }.get(name, name)


def object_words(text: str) -> str:
    """What an act was on: the kind of page or thing in words, its key as it is written."""
    if text in (whole := _whole_objects()):
        return whole[text]
    kind, _, key = text.partition(" ")
    if kind == "room":
        return gettext("room %(name)s") % {"name": word("rooms", key)}
    if kind == "method":
        return gettext("method %(name)s") % {"name": word("methods", key)}
    if kind == "exposure" and key in (pages := _exposure_pages()):
        return f"{_kinds()[kind]}: {pages[key]}"
    if kind == "risk":
        parts = [find("interests", part) or find("themes", part) for part in key.split()]
        return " × ".join([in_words(part) for part in parts if part]) or text
    return f"{_kinds()[kind]} {key}" if key and kind in _kinds() else text


def detail_words(detail: str) -> str:
    """The detail of an entry as `name: value` with semicolons; empty where there is none; the text if it is no JSON."""
    try:
        found: Any = json.loads(detail or "{}")
    except ValueError:
        return detail
    if not isinstance(found, dict):
        return detail
    names = _detail_names()
    return "; ".join(f"{names.get(name, name)}: {text}" for name, value in found.items() if (text := _plain(value)))


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        return _cut(", ".join(f"{key} {text}" for key, part in value.items() if (text := _plain(part))))
    if isinstance(value, list):
        return _cut(", ".join(filter(None, map(_plain, value))))
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    return "" if value is None else _cut(str(value))


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN_VALUE else f"{text[: _SHOWN_VALUE - 1]}…"


def _whole_objects() -> dict[str, str]:
    return {
        "autonomy board": gettext("board of open strategic autonomy"),
        "campaigns": gettext("list of campaigns"),
        "cycle": gettext("board of the cycle"),
        "findings and answers": gettext("findings and answers"),
        "functions of measures": gettext("what measures are for"),
        "gaps": gettext("gaps"),
        "horizon scan": gettext("horizon scan"),
        "incidents": gettext("list of incidents"),
        "indicator": gettext("indicator"),
        "indicators": gettext("list of indicators"),
        "known groups": gettext("known groups"),
        "log": gettext("log"),
        "means against measures": gettext("means against measures"),
        "measures of a dependency": gettext("measures of a dependency"),
        "one-time link": gettext("one-time link"),
        "password": gettext("password"),
        "person or lawful conduct": gettext("a person, or lawful conduct"),
        "phenomena": gettext("page of phenomena"),
        "picture": gettext("picture"),
        "pictures": gettext("list of shared pictures"),
        "plans": gettext("list of watch plans"),
        "progress letters": gettext("list of progress letters"),
        "proposals of sameness": gettext("pairs that may be the same"),
        "register entry": gettext("entry of a register of the response"),
        "register index": gettext("registers of the response"),
        "register of measures": gettext("register of measures"),
        "register register": gettext("register of the response"),
        "resilience": gettext("page of resilience"),
        "response attribution attribution": gettext("attribution of a campaign"),
        "response attribution list": gettext("list of attributions"),
        "response attribution threshold": gettext("notes about the threshold"),
        "response case": gettext("case of response"),
        "response evaluation evaluation": gettext("page of an evaluation"),
        "response evaluation list": gettext("list of evaluations"),
        "response mode hand_over": gettext("hand-over of an intervention"),
        "response mode list": gettext("list of interventions"),
        "response mode mode": gettext("page of an intervention"),
        "response mode new": gettext("form of a new intervention"),
        "response list": gettext("list of cases of response"),
        "response instruments": gettext("instruments of response"),
        "response new": gettext("form of a new case of response"),
        "response option": gettext("form of an option of response"),
        "response trail": gettext("decision trail"),
        "scope": gettext("scope test"),
        "sign-in link": gettext("sign-in link"),
        "situation": gettext("shared picture"),
        "statements by edition": gettext("statements by edition"),
        "strategies": gettext("strategies"),
        "trends": gettext("horizon scan"),
        "triangle": gettext("triangle"),
        "watch": gettext("page of what is watched"),
    }


def _exposure_pages() -> dict[str, str]:
    """Pages and registers of the room, as its tabs and titles name them."""
    return {
        "list": gettext("Dependencies"),
        "what_if": gettext("What if these fail"),
        "ranking": gettext("What matters most"),
        "pairs": gettext("Two at once"),
        "strengthening": gettext("What helps most"),
        "restoration": gettext("When is everything up again?"),
        "outages": gettext("Outage scenarios"),
        "outage": gettext("Outage scenarios"),
        "targets": gettext("What fails if what was hit fails?"),
        "scan": gettext("Who holds what"),
        "assets": gettext("Undersea, ports and stocks"),
        "claims": gettext("Civil-military claims"),
        "claim-answers": gettext("Answers to claims"),
        "duties": gettext("Duties"),
        "obligations": gettext("Obligations"),
        "fulfilments": gettext("How far duties are met"),
        "inspections": gettext("Inspections"),
        "findings": gettext("Findings of inspections"),
        "rounds": gettext("Sector rounds"),
        "round": gettext("Sector rounds"),
        "sector-processes": gettext("Processes of sectors"),
        "sector-steps": gettext("The steps of a round"),
        "imports": gettext("Imports of networks"),
        "import": gettext("Imports of networks"),
        "register": gettext("Registers"),
        "processes": gettext("Processes and assets"),
        "requirements": gettext("Requirements"),
        "suppliers": gettext("Suppliers"),
        "supplies": gettext("What is held of suppliers"),
        "stocks": gettext("Stocks"),
        "stands-for": gettext("What nodes stand for"),
        "country-rules": gettext("Country rules"),
    }


def _kinds() -> dict[str, str]:
    return {
        "campaign": gettext("campaign"),
        "campaigns": gettext("campaigns"),
        "commitment": gettext("commitment"),
        "data": gettext("data"),
        "difference": gettext("difference"),
        "edition": gettext("edition"),
        "evaluation": gettext("evaluation"),
        "exposure": gettext("exposure"),
        "finding": gettext("finding"),
        "framework": gettext("framework"),
        "grouping": gettext("grouping"),
        "instrument": gettext("instrument"),
        "letter": gettext("progress letter"),
        "intervention": gettext("intervention"),
        "measure": gettext("measure"),
        "rejects": gettext("rejects"),
        "report": gettext("report"),
        "response": gettext("response"),
        "review": gettext("review"),
        "run": gettext("run"),
        "runs": gettext("runs"),
        "thing": gettext("thing"),
        "threshold": gettext("threshold"),
    }


def _detail_names() -> dict[str, str]:
    return {
        "address": gettext("address"),
        "assets": gettext("assets"),
        "bytes": gettext("bytes"),
        "campaigns": gettext("campaigns"),
        "carried_to": gettext("carried over to"),
        "ceiling": gettext("ceiling"),
        "change": gettext("change"),
        "content": gettext("digest of the content"),
        "changed": gettext("changed"),
        "entries": gettext("entries"),
        "evidence": gettext("where it is"),
        "file": gettext("file"),
        "files": gettext("files"),
        "format": gettext("format"),
        "gate": gettext("gate"),
        "in": gettext("in"),
        "input": gettext("digest of the input"),
        "intact": gettext("intact"),
        "kind": gettext("kind"),
        "key": gettext("key"),
        "known_on": gettext("as known on"),
        "language": gettext("language"),
        "left_out": gettext("left out in a what-if"),
        "mandate": gettext("mandate"),
        "marking": gettext("marking"),
        "markings": gettext("markings"),
        "new": gettext("new"),
        "number": gettext("number"),
        "outcome": gettext("outcome"),
        "package": gettext("package"),
        "pairs": gettext("pairs"),
        "parameters": gettext("settings"),
        "product": gettext("product"),
        "profile": gettext("profile"),
        "purpose": gettext("purpose"),
        "reason": gettext("reason"),
        "records": gettext("records"),
        "refused": gettext("refused"),
        "rejected": gettext("rejected"),
        "rejects_file": gettext("rejects"),
        "requirements": gettext("requirements"),
        "role": gettext("role"),
        "rows": gettext("rows"),
        "same": gettext("same digest"),
        "sha256": gettext("digest"),
        "source": gettext("source"),
        "state": gettext("state"),
        "steps": gettext("steps"),
        "stripped": gettext("left out"),
        "unchanged": gettext("unchanged"),
    }
