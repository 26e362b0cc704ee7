"""Titles of the word lists, in the words of the page's language."""

from __future__ import annotations

from django.utils.translation import gettext


def list_title(name: str) -> str:
    """The title of a word list; its key with spaces where it has none yet."""
    return {
        "accents": gettext("accents of the approach"),
        "actor_kinds": gettext("kinds of actors"),
        "attack_ics_tactics": gettext("tactics of ATT&CK, industrial control systems"),
        "attack_tactics": gettext("tactics of ATT&CK, enterprise"),
        "attribution_levels": gettext("levels of attribution"),
        "classification": gettext("Dutch classification"),
        "colour_groups": gettext("colour groups"),
        "commitment_themes": gettext("themes of commitments"),
        "confidence": gettext("confidence"),
        "countries": gettext("countries"),
        "credibility": gettext("credibility of a statement"),
        "dependency_indicators": gettext("thresholds of dependency"),
        "dimefil": gettext("instruments of power (DIMEFIL)"),
        "disarm_tactics": gettext("tactics of DISARM"),
        "domains": gettext("domains"),
        "event_types": gettext("kinds of events"),
        "features": gettext("features of a record"),
        "five_questions": gettext("the five questions"),
        "hybrid_elements": gettext("elements of the hybrid definition"),
        "interests": gettext("national security interests"),
        "jrc_domains": gettext("domains of the JRC"),
        "link_kinds": gettext("kinds of links"),
        "means": gettext("list of means"),
        "means_groups": gettext("groups of means"),
        "methods": gettext("methods"),
        "person_features": gettext("features of persons"),
        "phases": gettext("phases"),
        "policy_domains": gettext("domain words of the policy texts"),
        "policy_texts": gettext("policy texts"),
        "probability_icd203": gettext("words of probability, ICD 203"),
        "probability_nl": gettext("words of probability, Dutch"),
        "probability_phia": gettext("words of probability, PHIA"),
        "profiles": gettext("profiles of organisations"),
        "regions": gettext("regions"),
        "releasability": gettext("releasability"),
        "reliability": gettext("reliability of a source"),
        "response_means": gettext("means of response"),
        "roles": gettext("roles"),
        "rooms": gettext("rooms"),
        "scope_outcomes": gettext("outcomes of the scope test"),
        "sectors": gettext("sectors"),
        "source_kinds": gettext("kinds of sources"),
        "themes": gettext("themes of the strategy"),
        "thing_kinds": gettext("kinds of things"),
        "tlp": gettext("Traffic Light Protocol"),
        "trade_units": gettext("units of trade flows"),
        "vital_processes": gettext("vital processes"),
    }.get(name, name.replace("_", " "))
