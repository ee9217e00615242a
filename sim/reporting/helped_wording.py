"""What can be said of who is helped by when, as templates. The code that fills them stands in `helped_section`."""

from __future__ import annotations

HEADING = "Helped by day since the need arose"
HOW_TO_READ = (
    "Lines are shares of all whose need arose, whether they asked for help or not; the bands round them are 95% "
    "intervals over replications. Right help is help that fitted; any help may have been of no use."
)
BASIS = "Basis"
BEHIND = "The numbers behind these charts"
KINDS = {"right_help": "Right help begun", "helped": "Any help begun", "recovered": "Need ended by itself"}
"""The curves drawn, in order."""
ANY = "{end} after the need arose, any help, right or not, had begun for {shares}."
BY = {"level_at_arrival": "By level of need at arrival", "group": "By group", "needs": "By number of needs",
      "neighbourhood": "By neighbourhood"}  # fmt: skip
MULTIPLES = "{by}: right help begun, {basis}"
WHOM = {
    "level_at_arrival": "who arrive at level {name}",
    "group": "of the group ‘{name}’",
    "needs": "with {name} {needs}",
    "neighbourhood": "who live in {name}",
}
WHEN = "{weeks} after the need arose"
SOONEST = "with {pathway}, right help had come soonest to those {most} and slowest to those {least}"
THOSE = "{whom} ({share}, {low} to {high}{alike})"
NOT_APART = "; no clear difference from those {others}"
ALIKE = (
    "with {pathway}, right help had come to no kind of citizen clearly sooner than to another ({low} to {high} of each)"
)
SAME = "with {pathway}, right help had come to {share} of every kind of citizen"
NONE_YET = "with {pathway}, right help had come to nobody"
FEW = "<1%"
PANEL = "{name}: {shares} {when}."
PANEL_SHARE = "{pathway} {share}"
AXIS = "across: weeks since the need arose; up: share of them"
ROWS = ("Citizens", "Week")
CAPTION = "{by}: right help begun [% of them] by week, {basis}"
NOT_ADJUSTED = "Intervals of subgroups are not adjusted for there being many of them."
