"""What can be said of who gains and who loses, as templates. The code that fills them stands in `gains`."""

from __future__ import annotations

HEADING = "Who gains and who loses"
HOW_TO_READ = (
    "Each row is one kind of citizen; the mark is the mean difference in a headline from the first pathway, the line "
    "its 95% interval. A full mark lies, with all of its interval, outside the grey band, in which a difference is too "
    "small to matter; a hollow one does not. Rows stand in order within each kind, those with the largest fall first."
)
NOT_ADJUSTED = (
    "Intervals of subgroups are not adjusted for there being many of them: of twenty that do not differ, about one "
    "will seem to."
)
NOT_ADJUSTED_HERE = "Intervals of kinds of citizen are not adjusted for there being many."
BASIS = "Basis"
TABLES = "The numbers behind these charts"
PAIR = "{pathway} rather than {against}, {basis}"
FOREST = "{measure} [{unit}]: {pathway} rather than {against}, {basis}"
SHORT_TITLE = "{measure} [{unit}]"
HEAD = ("Citizens", "Mean, 95% interval")
WAYS = "← {less} · {more} →"
KINDS = {
    "level_at_arrival": "Level of need at arrival",
    "needs": "Number of needs",
    "group": "Group",
    "neighbourhood": "Neighbourhood",
}
WHOM = {
    "level_at_arrival": "those who arrive at level {name}",
    "group": "the group ‘{name}’",
    "needs": "those with {name} {needs}",
    "neighbourhood": "those who live in {name}",
}
NO_LOSS = (
    "Nobody clearly loses with {pathway} rather than {against}: for no kind of citizen shown here is {abouts} clearly "
    "{more}."
)
LOSS = "With {pathway} rather than {against}, {losses}."
LOSES = "{about} is clearly {more} for {those}"
MANY = "{count} of the {of} kinds of citizen shown here"
MONEY_ALONE = "Every headline here is money, and money is no loss or gain of the citizens."
CLEAR = "{about} is clearly {less} for {count}{whom} ({size}, {span})"
CLEAR_NONE = "{about} is clearly {less} for none of the {of} kinds"
COUNT = "{count} of the {of} kinds, most for "
COUNT_ALL = "all {of} kinds, most for "
COUNT_ONE = "1 of the {of} kinds, "
MORE = "clearly {more} for {count}{whom} ({size}, {span})"
MORE_NONE = "clearly {more} for none"
OF_MEASURE = "{first}; it is {then}."
SAME = "{about} is the same for every kind of citizen."
UNSTEADY = "There is no steady verdict, because {why}: this holds over the years simulated from this start."

SINGLE = "Single citizens, {pathway} rather than {against}, {basis}"
SINGLE_SAID = (
    "On common luck (the same person meets the same luck in both), {sooner} are given right help over a day sooner "
    "with {pathway} and {later} over a day later{own}. This depends on how luck is coupled between the two, which "
    "nobody can observe: a property of the model, never to be quoted."
)
SINGLE_OWN = "; with luck of its own in each, {sooner} sooner and {later} later"
LUCK = {"": "on common luck", "_own_luck": "with luck of its own"}
WHEN = {"sooner": "sooner", "same": "the same day, or never in both", "later": "later"}
STAMP = "Not quotable"
BAR = "{luck}: {shares}"
BAR_SHARE = "{share} {when}"
SINGLE_CAPTION = (
    "Right help with {pathway} set against {against}, {basis} [% of citizens]: a property of the model, not quotable"
)
SINGLE_HEAD = ("Measure", "Mean, 95% interval", "Replications")
