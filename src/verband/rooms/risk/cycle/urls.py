"""Addresses of the cycle, under `cycle/` of the room."""

from django.urls import path

from verband.rooms.risk.cycle import (
    board_views,
    difference_views,
    function_views,
    review_views,
    strategy_views,
    trace_views,
)

urlpatterns = [
    path("", board_views.board, name="cycle"),
    path("add/", board_views.add, name="cycle_add"),
    path("phases/<slug:key>/", board_views.edition, name="cycle_edition"),
    path("phases/<slug:key>/product/", board_views.product, name="cycle_product"),
    path("phases/<slug:key>/product/<int:number>/", board_views.deliver, name="cycle_deliver"),
    path("phases/<slug:key>/close/", board_views.close, name="cycle_close"),
    path("phases/<slug:key>/freeze/", board_views.freeze, name="cycle_freeze"),
    path("phases/<slug:key>/frozen/<int:number>/", board_views.content, name="cycle_frozen"),
    path("phases/<slug:key>/frozen/<int:number>/again/", board_views.remake, name="cycle_remake"),
    path("phases/<slug:key>/frozen/<int:number>/withdraw/", board_views.unfreeze, name="cycle_unfreeze"),
    path("editions/", difference_views.editions, name="editions"),
    path("editions/difference/", difference_views.between, name="edition_difference"),
    path("trace/", trace_views.trace, name="trace"),
    path("trace/<slug:key>/", trace_views.finding, name="finding"),
    path("trace/<slug:key>/answer/", trace_views.answer, name="finding_answer"),
    path("trace/<slug:key>/<int:number>/withdraw/", trace_views.withdraw, name="finding_withdraw"),
    path("review/", review_views.newest, name="review_newest"),
    path("review/<slug:key>/", review_views.page, name="review"),
    path("review/<slug:key>/write/", review_views.write, name="review_write"),
    path("review/<slug:key>/<int:number>/withdraw/", review_views.withdraw, name="review_withdraw"),
    path("strategies/", strategy_views.page, name="strategies"),
    path("strategies/goal/", strategy_views.goal, name="strategy_goal"),
    path("strategies/goals/<int:number>/fate/", strategy_views.fate, name="goal_fate"),
    path("strategies/fates/<int:number>/withdraw/", strategy_views.withdraw_fate, name="goal_fate_withdraw"),
    path("strategies/cell/", strategy_views.cell, name="strategy_cell"),
    path("strategies/cells/<int:number>/withdraw/", strategy_views.withdraw_cell, name="strategy_cell_withdraw"),
    path("functions/", function_views.page, name="functions"),
    path("functions/tag/", function_views.tag, name="function_tag"),
    path("functions/<int:number>/withdraw/", function_views.withdraw, name="function_withdraw"),
]
