"""Names of the fields of the project's own tables, in the words of the page's language."""

from __future__ import annotations

from django.utils.translation import gettext


def field_words(name: str) -> str:
    """What a field of the project's own incident tables holds; empty for a field of another source."""
    return {
        "actor_as_stated": gettext("actor as stated"),
        "actor_kind": gettext("kind of actor"),
        "anchor_nl": gettext("words in the text"),
        "attributed_by": gettext("who says who did it"),
        "attribution_as_stated": gettext("attribution as stated"),
        "certainty_as_stated": gettext("certainty as stated"),
        "checked": gettext("page supports the row"),
        "country": gettext("country"),
        "date_end": gettext("last day"),
        "date_end_or_not_after": gettext("last day, or not after"),
        "date_precision": gettext("precision of the date"),
        "date_start": gettext("first day"),
        "domain": gettext("domain"),
        "enters_connecting": gettext("read by connecting"),
        "enters_reason": gettext("why it is not connected"),
        "event_type": gettext("kind of event"),
        "interests": gettext("interests"),
        "lat": gettext("latitude"),
        "line": gettext("line"),
        "lon": gettext("longitude"),
        "marking": gettext("marking"),
        "marking_reason": gettext("why it is marked so"),
        "means": gettext("means"),
        "place": gettext("place"),
        "relevance": gettext("relevance"),
        "report": gettext("published at"),
        "responding_actor": gettext("who responded"),
        "response_as_stated": gettext("response as stated"),
        "second_source_url": gettext("second web page"),
        "section": gettext("section"),
        "shared_features": gettext("other features"),
        "show_title": gettext("title of the page may be shown"),
        "source": gettext("text it is cited from"),
        "source_kind": gettext("kind of source"),
        "source_publisher": gettext("publisher"),
        "source_title": gettext("title of the page"),
        "source_url": gettext("web page"),
        "summary": gettext("summary"),
        "target": gettext("target"),
        "target_sector": gettext("sector of the target"),
        "term_nl": gettext("Dutch term"),
        "theme_key": gettext("theme"),
        "threat_actor": gettext("actor as stated"),
        "title": gettext("title"),
        "title_en": gettext("title"),
    }.get(name, "")
