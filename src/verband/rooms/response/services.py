"""The front door of response: cases, options, packages with their two gates, decisions and effects."""

from __future__ import annotations

from verband.rooms.response import cases as _cases
from verband.rooms.response import effects as _effects
from verband.rooms.response import moving as _moving
from verband.rooms.response import options as _options
from verband.rooms.response import packages as _packages
from verband.rooms.response.cases import CaseView
from verband.rooms.response.options import OptionView
from verband.rooms.response.packages import PackageView
from verband.rooms.response.registers import loading as _registers
from verband.rooms.response.registers import offering as _offering
from verband.rooms.response.registers import reading as _reading
from verband.rooms.response.registers.loading import EntryRow, StepRow

__all__ = [
    "CaseView",
    "EntryRow",
    "OptionView",
    "PackageView",
    "StepRow",
    "add_option",
    "ask_area",
    "case",
    "cases",
    "cases_about",
    "coalitions",
    "decision_text",
    "include",
    "leave_out",
    "legal_bases",
    "load_registers",
    "make_package",
    "move",
    "observe_effect",
    "open_case",
    "option",
    "options",
    "package",
    "packages",
    "register_entries",
    "replace_option",
    "watch_option",
    "withdraw_case",
    "withdraw_option",
]

open_case = _cases.open_case
ask_area = _cases.ask
case = _cases.case
cases = _cases.cases
cases_about = _cases.about
withdraw_case = _packages.withdraw_case
add_option = _options.add
replace_option = _packages.replace
watch_option = _options.watch
withdraw_option = _options.withdraw
option = _options.option
options = _options.options
make_package = _packages.make
include = _packages.include
leave_out = _packages.leave_out
package = _packages.package
packages = _packages.every
decision_text = _packages.decision_text
move = _moving.move
observe_effect = _effects.observe
load_registers = _registers.load
register_entries = _reading.entries
legal_bases = _offering.bases
coalitions = _offering.coalitions
