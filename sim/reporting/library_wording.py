"""The words of the overview page."""

from __future__ import annotations

CAVEAT = (
    "{scenarios}, each a model with assumptions of its own. Figures in brackets are 95% intervals of simulation noise "
    "only: plausible ranges of the inputs have not been run, so no verdict or quote may rest on them alone."
)
QUICK = "NOT COMPARABLE: quick runs are among these."
TABLE_CAPTION = "What each scenario found: means of a citizen with 95% intervals, verdict by basis, what it survives"
CHART_TITLE = "{measure}: difference from the first pathway, as a share of it"
CHART_SAYS = (
    "{basis}, {measure} is lower than with the first pathway in {less} of {of} comparisons, by more than does not "
    "matter, and higher in {more}; in {neither} it is neither, and {unsteady} had no steady verdict (drawn faint). "
    "What a basis makes equal is not drawn."
)
CHART_NONE = "No scenario has a verdict on this."
