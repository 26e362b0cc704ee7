"""Tags that every template knows: markings, domains, words of the catalogues, times, figures with their tables."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django import template
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import escape, format_html, format_html_join, json_script
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext

from verband.language.catalogues import catalogue
from verband.language.markings import CLASSIFICATION, Ceiling, Marking
from verband.language.time import Interval
from verband.rooms.asking import page_language
from verband.rooms.measures import services as measures
from verband.rooms.people import services as people
from verband.workbench.field_words import field_words
from verband.workbench.log_words import (
    act_words,
    actor_words,
    detail_words,
    method_words,
    name_words,
    object_words,
)
from verband.workbench.marks import entry_shape, find, in_words, joined, look, shape, svg, word
from verband.workbench.words import moment_words, when_words

register = template.Library()

#: The language of the tables that are read today.
_STORED = "en"

_ISLANDS = {
    "charts": (
        "vendor/vega/vega.min.js",
        "vendor/vega/vega-lite.min.js",
        "vendor/vega/vega-embed.min.js",
        "vendor/vega/vega-interpreter.js",
        "js/charts.js",
    ),
    "graph": ("vendor/cytoscape/cytoscape.min.js", "js/graph.js"),
    "play": ("js/play.js",),
}


@register.simple_tag
def marking(value: Marking | Ceiling | None) -> SafeString:
    """The marking as a labelled badge: the TLP colours on black, the classification and to whom it is released."""
    if value is None:
        return SafeString("")
    parts = [
        format_html('<span class="tlp tlp-{}">TLP:{}</span>', value.tlp.rpartition("+")[2] or value.tlp, value.tlp)
    ]
    if value.classification != CLASSIFICATION[0]:
        parts.append(
            format_html(
                '<span class="classification">{}</span>', label("classification", value.classification, mark=False)
            )
        )
    released = getattr(value, "releasable_to", None)
    if isinstance(value, Ceiling):
        released = value.communities or None
    if released is not None:
        words = ", ".join(sorted(released)) or gettext("nobody")
        parts.append(
            format_html('<span class="chip line"><span class="sr-only">{} </span>{}</span>', gettext("for"), words)
        )
    return format_html(
        '<span class="marking"><span class="sr-only">{} </span>{}</span>', gettext("Marking:"), joined(parts)
    )


@register.simple_tag
def domain(key: str) -> SafeString:
    """A domain as a coloured shape and its word; colour never speaks alone."""
    return format_html('<span class="domain">{}{}</span>', shape(key), word("domains", key))


@register.simple_tag
def domain_icons(keys: Iterable[str]) -> SafeString:
    """Domains as small shapes for a dense row; their words are the accessible name and the tooltip."""
    known = dict.fromkeys(keys)
    words = ", ".join(word("domains", key) for key in known)
    shapes = {entry_shape(key)[0]: key for key in reversed(list(known))}
    icons = joined(shape(key) for key in reversed(list(shapes.values())))
    return format_html('<span class="icons" role="img" aria-label="{}" title="{}">{}</span>', words, words, icons)


@register.simple_tag
def colour_group(key: str) -> SafeString:
    """One of the seven colour groups as a shape and its word."""
    entry = catalogue("colour_groups").find(key)
    if entry is None:
        return SafeString(escape(key))
    return format_html(
        '<span class="domain">{}{}</span>', svg(str(entry.fields["shape"]), str(entry.fields["token"])), in_words(entry)
    )


@register.simple_tag
def label(name: str, key: str, mark: object = True) -> SafeString:
    """The word of a catalogue in the language of the page; one that is only recalled is marked "not verified"."""
    entry = find(name, key)
    if entry is None:
        return SafeString(escape(key or "–"))
    if entry.verified or not mark:
        return SafeString(escape(in_words(entry)))
    return format_html('{} <span class="unverified">({})</span>', in_words(entry), gettext("not verified"))


@register.simple_tag
def thing_kind(key: str) -> SafeString:
    """The kind of a thing: its own word, else that of the event it is."""
    return label("event_types" if find("thing_kinds", key) is None else "thing_kinds", key, mark=False)


@register.simple_tag
def labels(name: str, keys: Iterable[str]) -> SafeString:
    """Several words of a catalogue, with commas; a dash where there are none."""
    return format_html_join(", ", "{}", ((label(name, key),) for key in keys)) or SafeString("–")


@register.simple_tag
def grade(record: Any) -> SafeString:
    """Reliability and credibility of a record side by side, as `B2`, with their words as a tooltip."""
    reliability, credibility = str(record.reliability), str(record.credibility)
    words = f"{word('reliability', reliability)}; {word('credibility', credibility)}"
    return format_html(
        '<span class="grade" title="{}">{}{}<span class="sr-only"> ({})</span></span>',
        words,
        reliability,
        credibility,
        words,
    )


@register.simple_tag
def stored() -> SafeString:
    """`lang="en"` for stored text where the page is in another language: a record carries no language of its own."""
    return mark_safe("" if page_language() == _STORED else f' lang="{_STORED}"')  # noqa: S308 - our own constant


@register.simple_tag
def as_stated(text: str) -> SafeString:
    """A status or a term of the measures in the language of the page; marked as English where there are no words."""
    return measures.stated_html(text, page_language())


@register.simple_tag(takes_context=True)
def actor(context: template.Context, signature: str) -> str:
    """Who did something: name, role and organisation in words, instead of the log's keys."""
    return actor_words(signature, _organisation_names(context))


@register.simple_tag(takes_context=True)
def organisation(context: template.Context, key: str) -> str:
    """The name of a registered organisation; the key where it is none."""
    return _organisation_names(context).get(key, key)


def _organisation_names(context: template.Context) -> dict[str, str]:
    """The name of each organisation in the page's language, read once for a request."""
    request = context.get("request")
    names: dict[str, str] | None = getattr(request, "organisation_names", None)
    if names is None:
        names = {home.key: home.name_nl if page_language() == "nl" else home.name_en for home in people.organisations()}
        if request is not None:
            request.organisation_names = names
    return names


@register.simple_tag
def method(key: str, version: str) -> str:
    """A method with its version, in words."""
    return method_words(key, version)


@register.filter
def field_label(name: str) -> str:
    """What a field of the project's own tables holds, in words; empty for another source's field."""
    return field_words(name)


@register.filter
def power(key: str) -> str:
    """A power that a role or a mandate gives, in words."""
    return word("powers", key)


register.filter("act", act_words)
register.filter("person_name", name_words)
register.filter("log_object", object_words)
register.filter("log_detail", detail_words)


@register.simple_tag
def when(interval: Interval | None) -> SafeString:
    """The time with no more precision than its source gave."""
    if interval is None:
        return format_html('<span class="muted">{}</span>', gettext("no date"))
    return format_html('<span class="nowrap">{}</span>', when_words(interval))


@register.simple_tag
def interval_words(interval: Interval | None) -> str:
    """The same as plain text, for attributes and tables."""
    return when_words(interval) if interval else gettext("no date")


@register.filter
def moment(seconds: int | None) -> str:
    """A moment in seconds since 1970 as day and time in the installation's zone."""
    return "–" if seconds is None else moment_words(seconds)


@register.simple_tag
def spread(value: float, low: float, high: float, digits: int = 1) -> SafeString:
    """A number with its interval; no number of the application stands without one where it has one."""
    return format_html(
        '<span class="spread">{} <span class="range">({} – {})</span></span>',
        *(decimal(number, digits) for number in (value, low, high)),
    )


@register.filter
def decimal(value: float, digits: int = 1) -> str:
    """A number with that many decimals, with the decimal mark of the page's language."""
    text = f"{value:,.{digits}f}"
    return text.translate(str.maketrans(",.", ".,")) if page_language() == "nl" else text


@register.filter
def chance(p: float | None) -> str:
    """How often such a group arises by chance, in percent: `0.4 %`, `< 0.1 %`."""
    if p is None:
        return "–"
    percent = 100 * p
    if percent < 0.1:
        return f"< {decimal(0.1, 1)} %"
    return f"{decimal(percent, 1 if percent < 10 else 0)} %"


@register.filter
def percent(share: float) -> str:
    """A share as whole percent: `5 %`."""
    return f"{100 * share:.0f} %"


@register.simple_tag
def thing_address(stix_id: str) -> str:
    """Where the page of a thing is."""
    return reverse("picture:thing", args=[stix_id])


@register.simple_tag
def sparkline(counts: Sequence[float], words: str = "") -> SafeString:
    """A small line of counts, oldest first; the numbers are its accessible name."""
    if not counts:
        return SafeString("")
    top = max(counts) or 1
    step = 68 / max(1, len(counts) - 1)
    path = " ".join(f"{'L' if at else 'M'}{2 + at * step:.1f} {18 - 15 * n / top:.1f}" for at, n in enumerate(counts))
    name = words or ngettext("%(n)s step", "%(n)s steps", len(counts)) % {"n": len(counts)}
    name = f"{name}: {', '.join(format(count, 'g') for count in counts)}"
    return format_html(
        '<svg class="sparkline" width="72" height="20" role="img" aria-label="{}"><path d="{}"/></svg>', name, path
    )


@register.simple_tag
def bar(value: float, top: float, tone: str = "") -> SafeString:
    """A bar of `value` out of `top`; the number itself stands beside it in the text."""
    share = max(0.0, min(1.0, value / top)) if top else 0.0
    return format_html(
        '<span class="bar-track" aria-hidden="true"><span class="bar {}" style="width:{}%"></span></span>',
        tone,
        f"{100 * share:.1f}",
    )


@register.inclusion_tag("workbench/_figure.html", takes_context=True)
def chart(
    context: template.Context,
    id: str,
    spec: Mapping[str, Any],
    table: Any = None,
    title: str = "",
    caption: str = "",
) -> dict[str, Any]:
    """A figure drawn from a Vega-Lite specification, with its name and the table that says the same.

    `table` is `{"head": [...], "rows": [[...], ...]}` or a list of mappings with equal keys.
    """
    return _figure(context, "chart", "charts", id, spec, table, title or str(spec.get("description", "")), caption)


@register.inclusion_tag("workbench/_figure.html", takes_context=True)
def graph(
    context: template.Context,
    id: str,
    elements: Mapping[str, Any],
    table: Any = None,
    title: str = "",
    caption: str = "",
) -> dict[str, Any]:
    """A figure of nodes and edges, with its name and the table that says the same.

    `elements` is `{"nodes": [{"id", "label", "kind"?, "domain"?, "href"?}], "edges": [{"source", "target",
    "width"?}]}`; a `domain` gives colour and shape, kind `shared` is a plain square.
    """
    nodes = [{**node, **look(str(node["domain"]))} if node.get("domain") else node for node in elements["nodes"]]
    return _figure(context, "graph", "graph", id, {**elements, "nodes": nodes}, table, title, caption)


@register.simple_tag(takes_context=True)
def played(context: template.Context, id: str, value: Mapping[str, Any]) -> SafeString:
    """The moments of a `div[data-play]` of that id for the script that plays them: `{"steps", "labels"}`."""
    request = context.get("request")
    if request is not None:
        request.islands = getattr(request, "islands", frozenset()) | {"play"}
    return json_script(value, f"{id}-moments")


@register.simple_tag(takes_context=True)
def islands(context: template.Context) -> SafeString:
    """The scripts of the figures that the page has turned out to hold, each once."""
    wanted = getattr(context["request"], "islands", ()) if "request" in context else ()
    files = dict.fromkeys(file for name in sorted(wanted) for file in _ISLANDS[name])
    return format_html_join("\n", '<script src="{}" defer></script>', ((static(file),) for file in files))


@register.simple_tag(takes_context=True)
def export_links(context: template.Context, *forms: str) -> SafeString:
    """Links to the same address as csv and json (or the formats named): `?format=csv`, every filter kept."""
    request: HttpRequest = context["request"]
    links = (
        (_address(request, format=form, page=None), form, gettext("download this table as"))
        for form in forms or ("csv", "json")
    )
    return format_html(
        '<span class="exports">{}</span>',
        format_html_join("", '<a href="{0}" download><span class="sr-only">{2} </span>{1}</a>', links),
    )


@register.simple_tag(takes_context=True)
def address_with(context: template.Context, **changes: Any) -> str:
    """The present address with some parameters set, or taken out where the value is empty."""
    return _address(context["request"], **changes)


@register.simple_tag(takes_context=True)
def kept_query(context: template.Context, *but: str) -> SafeString:
    """The present address's parameters as hidden fields of a form, but for those named."""
    request: HttpRequest = context["request"]
    pairs = ((name, value) for name, values in request.GET.lists() if name not in but for value in values)
    return format_html_join("", '<input type="hidden" name="{}" value="{}">', pairs)


@register.simple_tag(takes_context=True)
def known_query(context: template.Context) -> str:
    """`?known_on=...` where the page shows an earlier day, so that links stay in that day."""
    day = context["request"].GET.get("known_on", "") if "request" in context else ""
    return f"?{urlencode({'known_on': day})}" if day else ""


@register.filter
def pretty(value: object) -> str:
    """A JSON text, or a value, as indented JSON."""
    try:
        return json.dumps(json.loads(value) if isinstance(value, str) else value, indent=1, ensure_ascii=False)
    except ValueError:
        return str(value)


@register.filter
def item(mapping: Mapping[str, Any], key: str) -> Any:
    """The value of a key that is itself a variable."""
    return mapping.get(key)


def _figure(
    context: template.Context,
    kind: str,
    island: str,
    id: str,
    data: Mapping[str, Any],
    table: Any,
    title: str,
    caption: str,
) -> dict[str, Any]:
    request = context.get("request")
    if request is not None:
        request.islands = getattr(request, "islands", frozenset()) | {island}
    if table is not None and not isinstance(table, Mapping):
        rows = list(table)
        table = {"head": list(rows[0]) if rows else [], "rows": [list(row.values()) for row in rows]}
    return {
        "kind": kind,
        "id": id,
        "title": title,
        "caption": caption,
        "table": table,
        "data": json_script(data, f"{id}-data"),
    }


def _address(request: HttpRequest, **changes: Any) -> str:
    query = request.GET.copy()
    for name, value in changes.items():
        if value in (None, ""):
            query.pop(name, None)
        else:
            query[name] = str(value)
    text = query.urlencode()
    return f"{request.path}?{text}" if text else request.path
