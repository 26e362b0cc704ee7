"""What the pages say of an intervention: what comes next, and the words of its time line."""

from __future__ import annotations

from django.utils.translation import gettext as _

from verband.language.catalogues import catalogue
from verband.rooms.asking import page_language
from verband.rooms.response.incident_mode import modes
from verband.rooms.response.incident_mode.models import ActionStep, LogLine
from verband.rooms.response.incident_mode.showing import ModeView, Moment


def next_step(view: ModeView) -> str:
    """What has to be done next, one sentence."""
    if view.row.withdrawn_at is not None:
        return _("Nothing: it is withdrawn.")
    if view.state == modes.CLOSED:
        return _("Nothing: it is closed and handed over. Evaluate it.")
    if view.state == modes.ALERT:
        return _("Say who coordinates and who has which part; then go on to coordination.")
    if view.state == modes.COORDINATION:
        return _("Write actions in the tracks, each with an owner and whose decision it needs; then go on to actions.")
    waiting = sum(one.state in ("advised", "deferred") for one in view.actions)
    if waiting:
        return _("Actions that wait for a decision: %(n)s.") % {"n": waiting}
    if any(not one.ended for one in view.actions):
        return _("Lay actions before who is competent, and execute what was decided.")
    return _("Every action has ended: write the hand-over and close.")


def moment_words(one: Moment) -> tuple[str, str]:
    """What a line of the time line is, and what it says."""
    words = page_language()
    if isinstance(one.row, LogLine):
        return catalogue("incident_log_kinds").get(one.kind).label(words), one.row.text
    if isinstance(one.row, ActionStep) and one.action is not None:
        kind = catalogue("response_moves").get(one.kind).label(words)
        said = one.action.what if one.kind == "prepare" else f"{one.action.what}: {one.row.reason}"
        if one.row.outcome:
            kind = f"{kind}: {catalogue('response_outcomes').get(one.row.outcome).label(words)}"
            said = f"{one.action.what}: {one.row.text}"
        return _("action: %(step)s") % {"step": kind}, said
    state = catalogue("incident_states").get(one.kind).label(words)
    return _("state: %(state)s") % {"state": state}, str(one.row.reason)
