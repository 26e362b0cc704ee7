"""Words of the catalogues in the page's language, and the shapes of domains: what the template tags are made of."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from verband.language.catalogues import Entry, catalogue
from verband.language.errors import InputError
from verband.rooms.asking import page_language

_SHAPES = {
    "circle": '<circle cx="6" cy="6" r="5"/>',
    "square": '<rect x="1.2" y="1.2" width="9.6" height="9.6"/>',
    "diamond": '<path d="M6 .2 11.8 6 6 11.8.2 6z"/>',
    "triangle-up": '<path d="M6 .8 11.6 11H.4z"/>',
    "triangle-down": '<path d="M.4 1h11.2L6 11.2z"/>',
    "triangle-right": '<path d="M1 .4 11.2 6 1 11.6z"/>',
    "cross": '<path d="M4 .6h4V4h3.4v4H8v3.4H4V8H.6V4H4z"/>',
}


def find(name: str, key: str) -> Entry | None:
    """The entry of that key or word; None where the catalogue, or the word, is not known."""
    try:
        return catalogue(name).find(str(key))
    except InputError:
        return None


def in_words(entry: Entry) -> str:
    """The entry's word in the language of the page."""
    return entry.label(page_language())


def word(name: str, key: str) -> str:
    """The word of a key in the language of the page; the key itself where it is not known."""
    entry = find(name, key)
    return in_words(entry) if entry else str(key)


def entry_shape(key: str) -> tuple[str, str]:
    """The shape and the colour token of a domain or colour group; a grey circle for an unknown one."""
    entry = find("domains", key) or find("colour_groups", key)
    if entry is None:
        return "circle", "--soft"
    return str(entry.fields["shape"]), str(entry.fields["token"])


def shape(key: str) -> SafeString:
    """The coloured shape of a domain, hidden from screen readers: its word stands beside it."""
    return svg(*entry_shape(key))


def svg(name: str, token: str) -> SafeString:
    """A shape as inline SVG, filled with a colour token."""
    return format_html(
        '<svg viewBox="0 0 12 12" aria-hidden="true" style="fill:var({})">{}</svg>',
        token,
        mark_safe(_SHAPES.get(name, _SHAPES["circle"])),  # noqa: S308 - our own constant
    )


def look(key: str) -> dict[str, str]:
    """`shape` and `colour` of a domain for a graph; empty for an unknown one."""
    entry = find("domains", key)
    return {"shape": str(entry.fields["shape"]), "colour": str(entry.fields["hex"])} if entry else {}


def joined(parts: Iterable[SafeString]) -> SafeString:
    """The parts one after another."""
    return format_html_join("", "{}", ((part,) for part in parts))
