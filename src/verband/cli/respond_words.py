"""What `verband respond` prints for people, in the language that is active."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from verband.language.catalogues import catalogue
from verband.rooms.people.services import Reader
from verband.rooms.response import services as response
from verband.rooms.response.services import CaseView, OptionView, PackageView, Step

_WITHIN = "    "


def overview(found: Sequence[tuple[CaseView, Sequence[PackageView]]], who: Reader, language: str) -> Iterator[str]:
    """Each case with its packages and what comes next."""
    if not found:
        yield _("No case has been opened yet: a signed-in analyst opens one from a campaign, an incident or a gap.")
    for case, packages in found:
        yield from _head(case, language)
        for one in packages:
            yield _WITHIN + _package(one, language)
        yield _WITHIN + response.next_step(case, response.options(case.row, who), packages)


def whole(
    case: CaseView, options: Sequence[OptionView], packages: Sequence[PackageView], language: str
) -> Iterator[str]:
    """A case with its question, options, packages and every step of these."""
    yield from _head(case, language)
    yield _WITHIN + case.row.question
    yield ""
    yield _("Options")
    for option in options:
        yield f"{_WITHIN}{option.key}  {option.name(language)}: {option.row.what}"
    for one in packages:
        yield ""
        yield _package(one, language)
        for step in one.steps:
            yield from _step(step, language)
        for lack in response.package_lacks(one, language):
            yield f"{_WITHIN}- {lack}"
    yield ""
    yield response.next_step(case, options, packages)


def _head(case: CaseView, language: str) -> Iterator[str]:
    withdrawn = f" ({_('withdrawn')})" if case.row.withdrawn_at is not None else ""
    yield f"{case.key}  {case.row.title}{withdrawn}  {case.marking.words()}"
    if case.subject:
        yield _WITHIN + _("about: %(name)s") % {"name": case.subject.name(language)}


def _package(one: PackageView, language: str) -> str:
    gate = catalogue("response_gates").get(one.row.gate).label(language)
    state = catalogue("response_states").get(one.state).label(language)
    return f"{one.key}  {one.row.title}: {state} ({gate})"


def _step(step: Step, language: str) -> Iterator[str]:
    state = catalogue("response_states").get(step.state).label(language)
    yield f"{_WITHIN}{step.day.isoformat()}  {state}  {step.kept_by}"
    if step.mandate_words:
        yield f"{_WITHIN * 2}{step.mandate_words}"
    text = response.decision_text(step, language) if step.outcome else ""
    for line in (*text.splitlines(), step.reason):
        if line:
            yield _WITHIN * 2 + line
