"""What the pages say of a case: what comes next, and the warnings of a package."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from verband.rooms.response import machine
from verband.rooms.response.cases import CaseView
from verband.rooms.response.options import OptionView
from verband.rooms.response.packages import PackageView


def next_step(case: CaseView, options: Sequence[OptionView], packages: Sequence[PackageView]) -> str:
    """What has to be done next in the case, one sentence."""
    if case.row.withdrawn_at is not None:
        return _("Nothing: the case is withdrawn.")
    if case.closed:
        return _("Nothing: the case is closed.")
    if case.handed_over:
        return _("The ordinary owner has it. The scope test can be reopened with new reasons.")
    if case.blocked:
        return _("Give the reasons in the scope test; until then nothing goes on.")
    if not options:
        return _("Write options; dialogue is always one of them.")
    if not packages:
        return _("Put a package together from the options.")
    running = [one for one in packages if not one.ended]
    if not running:
        return _("Every package has ended: evaluate the case and close it.")
    return " ".join(dict.fromkeys(_after(one) for one in running))


def cautions(package: PackageView) -> list[str]:
    """The warnings of a package; none of them stops it."""
    words = {
        "one_goal": _("It serves only one of the two goals: deter and stop, or mitigate and deny."),
        "beyond": _(
            "It holds an option that is more intrusive than this severity permits here by our own convention; the note "
            "on proportionality has to say why."
        ),
    }
    return [words[key] for key in package.cautions]


def _after(package: PackageView) -> str:
    title = {"title": package.row.title}
    waits = {
        machine.PREPARED: _("“%(title)s”: complete it and submit it.") % title,
        machine.ADVISED: _("“%(title)s”: waits for a decision.") % title,
        "deferred": _("“%(title)s”: the decision is deferred; it waits.") % title,
        "decided_changed": _("“%(title)s”: bring it back in preparation and change it.") % title,
        "decided_no": _("“%(title)s”: decided no; close it.") % title,
        machine.DECIDED_YES: _("“%(title)s”: execute it under its conditions.") % title,
        machine.EXECUTED: _("“%(title)s”: look at its indicators and keep the effects.") % title,
        machine.FOLLOWED: _("“%(title)s”: close it, or keep looking.") % title,
    }
    return waits[package.state]
