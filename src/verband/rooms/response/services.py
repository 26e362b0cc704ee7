"""The front door of response: cases, options, packages with their two gates, decisions and effects; interventions,
evaluations, decisions of attribution, and notes about the threshold.
"""

from __future__ import annotations

from verband.rooms.response import before as _before
from verband.rooms.response import cases as _cases
from verband.rooms.response import effects as _effects
from verband.rooms.response import exported as _exported
from verband.rooms.response import legal as _legal
from verband.rooms.response import moving as _moving
from verband.rooms.response import options as _options
from verband.rooms.response import packages as _packages
from verband.rooms.response import packing as _packing
from verband.rooms.response import toolboxes as _toolboxes
from verband.rooms.response import words as _words
from verband.rooms.response.attributing import deciding as _deciding
from verband.rooms.response.attributing import threshold as _threshold
from verband.rooms.response.before import CodedRow, LikeCases
from verband.rooms.response.cases import CaseView
from verband.rooms.response.evaluating import evaluations as _evaluations
from verband.rooms.response.evaluating import framework as _framework
from verband.rooms.response.incident_mode import actions as _actions
from verband.rooms.response.incident_mode import handing_over as _handing_over
from verband.rooms.response.incident_mode import logging_lines as _log
from verband.rooms.response.incident_mode import modes as _modes
from verband.rooms.response.incident_mode import ruling as _ruling
from verband.rooms.response.incident_mode import showing as _showing
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
    "add_lesson",
    "add_log_line",
    "add_mode_role",
    "add_option",
    "ask_area",
    "attribution",
    "attributions",
    "case",
    "case_of",
    "cases",
    "cases_about",
    "close_case",
    "close_mode",
    "coalitions",
    "decide_attribution",
    "decision_text",
    "evaluate",
    "evaluation",
    "explain_empty_track",
    "explain_pillar",
    "exported_cases",
    "exported_options",
    "exported_trail",
    "framework_step",
    "framework_versions",
    "hand_over_mode",
    "include",
    "instruments",
    "instruments_filtered",
    "keep_legal_basis",
    "leave_out",
    "legal_bases",
    "lessons",
    "like_cases",
    "like_cases_cautions",
    "load_coded",
    "load_registers",
    "make_package",
    "mark_lesson",
    "mode",
    "mode_goes_on",
    "modes",
    "modes_about",
    "move",
    "move_action",
    "next_step",
    "note_threshold",
    "observe_effect",
    "open_case",
    "open_mode",
    "option",
    "options",
    "package",
    "package_lacks",
    "package_of",
    "packages",
    "plan_action",
    "register_entries",
    "reopen_case",
    "replace_option",
    "review_threshold",
    "threshold_notes",
    "toolboxes",
    "watch_option",
    "withdraw_attribution",
    "withdraw_case",
    "withdraw_legal_basis",
    "withdraw_mode",
    "withdraw_mode_role",
    "withdraw_option",
    "withdraw_pillar",
    "withdraw_threshold",
]

open_case = _cases.open_case
ask_area = _cases.ask
case = _cases.case
cases = _cases.cases
case_of = _packages.case_of
next_step = _words.next_step
exported_cases = _exported.cases
exported_options = _exported.options
exported_trail = _exported.trail
cases_about = _cases.about
withdraw_case = _packing.withdraw_case
add_option = _options.add
replace_option = _packing.replace
watch_option = _options.watch
withdraw_option = _options.withdraw
option = _options.option
options = _options.options
make_package = _packing.make
include = _packing.include
leave_out = _packing.leave_out
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
open_mode = _modes.open_mode
mode_goes_on = _modes.go_on
add_mode_role = _modes.add_role
withdraw_mode = _modes.withdraw
withdraw_mode_role = _modes.withdraw_role
add_log_line = _log.append
plan_action = _actions.plan
explain_empty_track = _actions.say_why_empty
move_action = _ruling.move
hand_over_mode = _handing_over.hand_over
close_mode = _handing_over.close
mode = _showing.mode
modes = _showing.every
modes_about = _showing.about
evaluate = _evaluations.write
evaluation = _evaluations.view
add_lesson = _evaluations.add_lesson
mark_lesson = _evaluations.mark
lessons = _evaluations.lessons
close_case = _evaluations.close_case
reopen_case = _evaluations.reopen_case
framework_step = _framework.step
framework_versions = _framework.versions
decide_attribution = _deciding.decide
withdraw_attribution = _deciding.withdraw
attribution = _deciding.view
attributions = _deciding.every
note_threshold = _threshold.write
review_threshold = _threshold.review
withdraw_threshold = _threshold.withdraw
threshold_notes = _threshold.notes
