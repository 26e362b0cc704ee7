"""The figures and settings of a run in the words of the page's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from verband.language.catalogues import catalogue
from verband.rooms.campaigns import lengths


def method_rows(stated: Iterable[Mapping[str, str]]) -> list[dict[str, str]]:
    """The figures behind a campaign: settings by a name, spans of days as lengths, the method by its word."""
    return [_row(str(item["name"]), str(item["value"])) for item in stated]


def setting_row(key: str, value: str) -> dict[str, str]:
    """One setting of a run: its name in words, and its value."""
    return {"name": _settings().get(key, key.replace("_", " ")), "value": _setting(key, value)}


def _row(name: str, value: str) -> dict[str, str]:
    first, _space, key = name.partition(" ")
    if first in ("setting", "instelling"):
        return setting_row(key, value)
    method, _space, version = value.partition(" ")
    if version and (entry := catalogue("methods").find(method)):
        known = entry.label(_language())
        return {"name": name, "value": _("%(method)s, version %(version)s") % {"method": known, "version": version}}
    return {"name": name, "value": value}


def _setting(key: str, value: str) -> str:
    if value == "-":
        return _("all") if key == "features" else _("none")
    if key == "spans_days":
        return _spans(value)
    try:
        number = f"{float(value):g}"
    except ValueError:
        return value
    return number.replace(".", ",") if _language() == "nl" else number


def _spans(value: str) -> str:
    parts = [part.strip() for part in value.split(",")]
    try:
        return ", ".join(lengths.duration(float(part)) for part in parts)
    except ValueError:
        return value


def _settings() -> dict[str, str]:
    return {
        "seed": _("seed"),
        "fdr": _("highest share of chance among what is proposed"),
        "replicates": _("most shuffled worlds of a search"),
        "replicates_least": _("fewest shuffled worlds"),
        "features": _("only these features"),
        "smallest": _("smallest group"),
        "largest": _("largest group"),
        "spans_days": _("spans of time tried"),
        "seeds_per_hundred": _("starting pairs for each hundred incidents"),
        "exclude_sources": _("sources left out"),
        "exclude_features": _("features left out"),
    }


def _language() -> str:
    return "nl" if (get_language() or "nl").startswith("nl") else "en"
