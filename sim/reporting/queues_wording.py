"""What can be said of queues and teams, as templates. The code that fills them stands in `loads`."""

from __future__ import annotations

HEADING = "Queues and teams"
HOW_TO_READ = (
    "How many wait for each team, week by week from the start of the run, with 95% bands; the grey part is the window "
    "in which the needs of the cohort arise, and in which everything else here is counted, for everyone served."
)
BASIS = "Basis"
BEHIND = "The numbers behind these charts"
PATHWAY = "{pathway}, {basis}"
AXIS = "across: weeks since the run began; up: people waiting"
AXES = "Lines: people waiting, by week since the run began; the grey part is the cohort window."
OWN_SCALE = "on a scale of its own"
WAITING = "Waiting for {team}"
WEEK = "Week"
BY_KIND = "Waits by group and by level on joining, with {pathway}, {basis}: mean and 95% interval"
CAPTION = "People waiting by week with {pathway}, {basis}"

TIGHT = "The bottleneck: {team}"
LONGEST = "The longest queue: {team}"
QUEUE = "{lead}, for which {people} people wait on average ({low} to {high}){longest}."
NO_QUEUE = "Practically nobody waits for any team."
LONGEST_AT = "; the wait at {stage} is {wait}{interval}{ninetieth}"
INTERVAL = " ({interval})"
NINETIETH = ", and for one in ten over {days}"
STANDING = {
    "unserved": "Without posts, so that nobody who waits is served: {teams}.",
    "growing": "Overloaded: {teams}.",
    "nearly_full": "Nearly full, so that small changes of demand move waits much: {teams}.",
    "busy": "Busy: {teams}.",
    "easy": "Comfortably loaded: {teams}.",
    "unlimited": "With a post for everyone who comes: {teams}.",
}
"""How teams stand, the worst first."""
TEAM_USED = "{team} ({used} used)"
GROWING = "{team}, for which {growth} more people wait every week ({low} to {high})"
SHORT = {
    "unserved": "no posts",
    "growing": "overloaded: +{growth} waiting a week",
    "nearly_full": "nearly full",
    "busy": "busy",
    "easy": "comfortably loaded",
    "unlimited": "no limit",
}
"""The same beside a bar."""
LOADS = "How much of each team is used"
HOURS = "{used} of {all} hours a week with citizens"
PLACES = "{used} of {all} places for open cases"
USED = "{team}: {used} used{of}, {state}"
RULE = (
    "A team is called overloaded where its queue surely grows through the cohort window, by over {rise} and by more "
    "than it deals with in a day; nearly full where over {full} of it is used; busy over {busy}; else comfortably "
    "loaded."
)
OVERTIME = "Overtime of {team} comes to {hours}{pay}."
LITTLE = "under {hours} hours a week"
PAID = ", for which {gbp} is paid"
UNSERVED = "Hours on shift with nobody to serve, a week: {teams}."
IDLE = "{team} {hours}{interval}"
SHIFTS = "Overtime, and hours with nobody to serve, {basis}"
OVERTIME_RULE = (
    "Overtime is every hour worked beyond those on shift: after closing, or while more are at work than are on shift. "
    "On a caseload it is every hour beyond those paid for."
)
