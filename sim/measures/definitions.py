"""The one table of measures: name, unit, sentence and formula of each. Documentation, report and columns read it."""

from __future__ import annotations

from sim.measures.cost_definitions import COSTS, COSTS_TO_PAYERS, MONEY_DIFFERENCES, SPENDING
from sim.measures.definition import Definition, Definitions
from sim.measures.definition import of_citizen as _citizen
from sim.measures.definition import share_of as _share
from sim.measures.fates import FATES
from sim.measures.lives import HELPED_BY_DAYS, REFUSALS, STATES
from sim.scenario.wait_targets import USUAL_TARGETS

_STATE_WORDS = {
    "resolved": "whose need was ended by help",
    "recovered": "whose need ended by itself",
    "in_help": "in help",
    "waiting_or_deciding": "waiting, or in a decision or delay",
    "away_in_need": "in need outside, who will still come forward or back",
    "left_in_need": "in need outside, with nothing that brings them in or back",
    "died_or_moved": "who died or moved away",
}
_FATE_WORDS = {
    "right_help_by_28_days": "for whom right help began first, by 28 days after the need arose",
    "right_help_later": "for whom right help began first, later than that",
    "recovered": "whose need ended by itself before any right help began",
    "left": "who died or moved away before any right help began or need ended",
    "never": "in need for all of follow-up, with no right help in it",
}
_REACHED_WORDS = {
    "helped": "who had begun any help",
    "right_help": "who had begun help that fitted",
    "recovered": "whose need had ended by itself, be it back or not",
    "gave_up": "who had given up waiting at least once",
    "left": "who had died or moved away",
}

CURVES = tuple(_REACHED_WORDS)
"""Curves of the cohort by day since the need arose."""

SUBGROUP_CURVES = ("helped", "right_help")
"""Those of them that are kept for every subgroup too."""

_LIVES = (
    _citizen(
        "days_to_help",
        "days",
        "Days in need before the first right help began; it stops also at recovery, at leaving the area and at the end "
        "of follow-up, and does not go on after a relapse. Help counts as right only if it ended, and fitted, within "
        "follow-up.",
    ),
    _citizen("days_in_need", "days", "Days with a need level above none, within follow-up."),
    *COSTS,
    _citizen("days_to_help_within_364_days", "days", "The same as `days_to_help`, followed for 364 days only."),
    _citizen("days_in_need_within_364_days", "days", "The same as `days_in_need`, followed for 364 days only."),
    _share(
        "days_to_help_if_helped",
        "Mean days from the need arising to right help over those who got it; never to be read alone.",
        "days_to_right_help",
        "right_helped",
        unit="days",
    ),
    _citizen(
        "days_to_help_strict",
        "days",
        "The same as `days_to_help`, counting as help only stages with a mean of at least one staff hour; it "
        "stops also where other help ends the need.",
    ),
    _citizen("right_helped", "share", "Citizens who began help that fitted within follow-up."),
    _citizen(
        "right_helped_strict",
        "share",
        "The same, counting as help only stages with a mean of at least one staff hour.",
    ),
    _citizen("never_helped", "share", "Citizens who began no help of any kind within follow-up."),
    _citizen(
        "never_helped_strict",
        "share",
        "The same, counting as help only stages with a mean of at least one staff hour.",
    ),
    _citizen("gave_up", "share", "Citizens who gave up waiting at least once.", needs=""),
    *(
        _citizen(f"state_{state}", "share", f"Citizens {_STATE_WORDS[state]} at the end of follow-up.")
        for state in STATES
    ),
    *(_citizen(f"fate_{fate}", "share", f"Citizens {_FATE_WORDS[fate]}.") for fate in FATES),
    *(
        _citizen(f"{curve}_by_{day}_days", "share", f"Citizens {words} by {day} days after the need arose.")
        for curve, words in _REACHED_WORDS.items()
        for day in HELPED_BY_DAYS
    ),
    _citizen("days_in_crisis", "days", "Days at level crisis, within follow-up."),
    _citizen("crises", "count", "Entries to level crisis, needs that arise there among them."),
    _citizen(
        "days_before_asking",
        "days",
        "Days from the need arising to the first contact; where there was none, to recovery, leaving the area or the "
        "end of follow-up.",
    ),
    _citizen("asked", "share", "Citizens who made contact within follow-up."),
    _citizen("contacts", "count", "Visits to a team, started within follow-up and not missed.", needs=""),
    _citizen("assessments", "count", "The contacts at stages whose purpose is deciding.", needs=""),
    _citizen("handoffs", "count", "Visits to another team than the one before in the same approach.", needs=""),
    _citizen("approaches", "count", "Times a citizen came to the front door within follow-up.", needs=""),
    _citizen("refusals", "count", "Refusals at a gate, for any reason."),
    *(
        _citizen(f"refused_{reason}", "count", f"Refusals because of {words}.")
        for reason, words in zip(REFUSALS, ("the level seen", "too many needs", "the criteria"), strict=True)
    ),
    _citizen("hours_deciding", "staff hours", "Staff hours on stages that decide."),
    _citizen("hours_helping", "staff hours", "Staff hours on stages that help."),
    _citizen("hours_running", "staff hours", "Staff hours on stages with no other purpose.", needs=""),
    _citizen(
        "citizen_hours",
        "hours",
        "Hours of the citizen's own time: those of the staff work, and travel, of visits not missed.",
        needs="",
    ),
    _citizen("owed_in_need", "share", "Owed at the end: citizens still in need."),
    _citizen("owed_in_help", "share", "Owed at the end: citizens still in help."),
    _citizen(
        "owed_hours",
        "staff hours",
        "Owed at the end: hours still to come of work under way, and "
        "the mean work of the stage of those who wait for one.",
    ),
    _share(
        "failure_demand",
        "Approaches after one that ended with need open, of all; not those after a relapse since.",
        "failure_approaches",
        "approaches",
    ),
    _share(
        "approaches_unhelped",
        "Approaches ended within follow-up in which no help began.",
        "approaches_ended_unhelped",
        "approaches_ended",
    ),
    _share(
        "returned_within_364_days",
        "Citizens who came back within 364 days, of those whose first approach ended with need open at least 364 days "
        "before the end of follow-up; from its end, where `returned_within_days` goes by first contacts.",
        "returned_within_364_days",
        "left_with_need",
    ),
    _share(
        "contacts_per_citizen_who_asked",
        "Visits to a team per citizen who asked; never differenced, since different people ask.",
        "contacts",
        "asked",
        unit="count",
    ),
)

_APPROACHES = (
    Definition(
        "outcome_share", "share", "Approaches that ended in one named way, of all that the cohort began within "
        "follow-up; the ways add up to 1. Whom a route lets leave after help counts as helped by it.", "ending",
        "approaches that ended this way", "approaches", "",
    ),
    Definition(
        "returned_within_days", "share", "Approaches whose citizen made another within so many days of the first "
        "contact, of those begun so long before the end of follow-up; whatever came of them.", "return",
        "approaches followed by another in time", "approaches begun in time", "",
    ),
    Definition(
        "entries_direct", "visits a week", "Visits that joined a stage, by anyone, whose approach had not been to "
        "another stage before; a week of the cohort window.", "entry", "visits not through the other stage", "weeks",
    ),
)  # fmt: skip
"""Measures of approaches and of how they run; the part of a row names the way of ending, the days or the stages."""

_PATHWAY = (
    Definition(
        "days_to_help_if_helped_median", "days", "Median days to right help over those who got it; never to be read "
        "alone.", "pathway", "median of days_to_right_help where right_helped", "", "levels",
    ),
    Definition(
        "approaches_a_week", "approaches a week", "Approaches begun a week by anyone, in the cohort window.", "pathway",
        "approaches begun", "weeks",
    ),
    Definition(
        "approaches_per_person", "count", "Approaches in the cohort window per person who made any in it.", "pathway",
        "approaches begun", "people who began one",
    ),
    Definition(
        "new_people_asking_a_week", "people a week", "People making their first approach, a week of the cohort window.",
        "pathway", "first approaches begun", "weeks",
    ),
    *SPENDING,
)  # fmt: skip

_STAGE = (
    Definition("wait_days", "days", "Mean wait of visits that joined in the cohort window and started.", "stage",
               "days from joined to started", "visits started"),
    Definition("wait_days_median", "days", "Median of that wait.", "stage",
               "median of days from joined to started", ""),
    Definition("wait_days_90th", "days", "90th percentile of that wait.", "stage",
               "90th percentile of days from joined to started", ""),
    Definition("waits_over_{n}_days", "share", "Of visits that joined in the cohort window and started, those that had "
               "waited over {days} (a flow); only of stages that a team works.", "stage",
               "visits started after over {days}", "visits started"),
    Definition("waiting", "people", "Mean number waiting, over the cohort window (a stock).", "stage",
               "days waited in the window by anyone", "days of the window"),
    Definition("waiting_over_{n}_days", "share", "Of those waiting (a stock), the share who have waited over {days}.",
               "stage", "days waited in the window beyond the first {days}", "days waited in the window"),
    Definition("lost", "share", "Visits that joined in the cohort window and ended without starting.", "stage",
               "visits ended unstarted", "visits joined"),
    Definition("throughput", "visits a week", "Visits that started and ended, a week of the cohort window.", "stage",
               "visits ended", "weeks"),
    Definition("days_at_stage", "days", "Mean days from joined to ended, of visits that joined in the cohort "
               "window and ended.", "stage", "days from joined to ended", "visits ended"),
    Definition("days_at_stage_25th", "days", "Lower quartile of that time.", "stage",
               "lower quartile of days from joined to ended", ""),
    Definition("days_at_stage_median", "days", "Median of that time.", "stage",
               "median of days from joined to ended", ""),
    Definition("days_at_stage_75th", "days", "Upper quartile of that time.", "stage",
               "upper quartile of days from joined to ended", ""),
    Definition("passed", "share", "Visits ended in the cohort window and not refused, of those that met the gate.",
               "stage", "visits passed", "visits that met the gate", "levels"),
)  # fmt: skip

_TEAM = (
    Definition("utilisation", "share", "Of appointments, posts busy with visits; of a caseload, places held; over the "
               "cohort window. Above 100% where work begun goes on after its post has gone: that is overtime. "
               "Absent where posts are unlimited.", "team",
               "post-days or place-days used", "post-days or place-days there are"),
    Definition("overtime_hours", "hours a week", "Hours worked beyond those on shift: after closing, while more are at "
               "work than are on shift, and on a caseload beyond the hours paid for. Paid.", "team",
               "paid hours worked beyond the shift", "weeks of the window"),
    Definition("unserved_hours", "hours a week", "Paid hours on shift with nobody to serve.", "team",
               "paid hours on shift and idle", "weeks of the window"),
    Definition("backlog", "people", "Mean number waiting for the team, over the cohort window.", "team",
               "days waited in the window by anyone", "days of the window"),
    Definition("backlog_growth", "people a week", "Slope of the number waiting, over the cohort window.", "team",
               "least-squares slope of the weekly number waiting", ""),
)  # fmt: skip

_PAIR = tuple(
    Definition(f"helped_{when}{luck}", "share", f"Citizens {words}, {basis}. A property of the model; not quotable.",
               "pair", f"citizens {words}", "citizens", "levels")
    for luck, basis in (("", "on common luck"), ("_own_luck", "each pathway on luck of its own"))
    for when, words in (("sooner", "given right help over a day sooner"),
                        ("later", "given right help over a day later"),
                        ("same", "given right help within a day of each other, or never in both"))
)  # fmt: skip

DEFINITIONS = Definitions(
    (*_LIVES, *COSTS_TO_PAYERS, *_APPROACHES, *_PATHWAY, *_STAGE, *_TEAM, *MONEY_DIFFERENCES, *_PAIR), USUAL_TARGETS
)
"""Every measure by name."""
