"""The front door of response: cases, options, packages with their two gates, decisions and effects."""

from __future__ import annotations

from verband.rooms.response import before as _before
from verband.rooms.response import cases as _cases
from verband.rooms.response import effects as _effects
from verband.rooms.response import legal as _legal
from verband.rooms.response import moving as _moving
from verband.rooms.response import options as _options
from verband.rooms.response import packages as _packages
from verband.rooms.response import toolboxes as _toolboxes
from verband.rooms.response.before import CodedRow, LikeCases
from verband.rooms.response.cases import CaseView
from verband.rooms.response.legal import Sheet, Wanted
from verband.rooms.response.models import Step
from verband.rooms.response.options import OptionView
from verband.rooms.response.packages import PackageView
from verband.rooms.response.registers import loading as _registers
from verband.rooms.response.registers import offering as _offering
from verband.rooms.response.registers import reading as _reading
from verband.rooms.response.registers.loading import EntryRow, StepRow
from verband.rooms.response.toolboxes import Mapped

__all__ = [
    "CaseView",
    "CodedRow",
    "EntryRow",
    "LikeCases",
    "Mapped",
    "OptionView",
    "PackageView",
    "Sheet",
    "Step",
    "StepRow",
    "Wanted",
    "add_option",
    "ask_area",
    "case",
    "cases",
    "cases_about",
    "coalitions",
    "decision_text",
    "explain_pillar",
    "include",
    "instruments",
    "instruments_filtered",
    "keep_legal_basis",
    "leave_out",
    "legal_bases",
    "like_cases",
    "like_cases_cautions",
    "load_coded",
    "load_registers",
    "make_package",
    "move",
    "observe_effect",
    "open_case",
    "option",
    "options",
    "package",
    "package_lacks",
    "package_of",
    "packages",
    "register_entries",
    "replace_option",
    "toolboxes",
    "watch_option",
    "withdraw_case",
    "withdraw_legal_basis",
    "withdraw_option",
    "withdraw_pillar",
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
package_of = _packages.package_of
package_lacks = _packages.lacks_in
load_coded = _before.load
like_cases = _before.like_cases
like_cases_cautions = _before.cautions
toolboxes = _toolboxes.mapped
explain_pillar = _toolboxes.explain
withdraw_pillar = _toolboxes.withdraw
instruments = _legal.sheets
instruments_filtered = _legal.filtered
keep_legal_basis = _legal.look_up
withdraw_legal_basis = _legal.withdraw
load_registers = _registers.load
register_entries = _reading.entries
legal_bases = _offering.bases
coalitions = _offering.coalitions
