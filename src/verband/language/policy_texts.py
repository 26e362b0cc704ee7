"""The policy texts as they are cited: title and parliamentary number, section and line, never the bare key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from verband.language.catalogues import catalogue


@dataclass(frozen=True)
class Cited:
    """A place in a policy text. `number` and `section` are empty where the text has none; sections are Dutch."""

    title: str
    number: str
    section: str
    line: str

    @property
    def work(self) -> str:
        """Title and parliamentary number."""
        return " · ".join(filter(None, (self.title, self.number)))


def cited(content: Mapping[str, Any], language: str) -> Cited | None:
    """Where a stored row is cited from, by its fields `source`, `section` and `line`; None for other rows."""
    key, section, line = (str(content.get(name) or "") for name in ("source", "section", "line"))
    text = catalogue("policy_texts").find(key) if key and (section or line) else None
    return Cited(text.label(language), str(text.fields["number"]), section, line) if text else None
