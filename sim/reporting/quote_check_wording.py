"""What the command `quote` says, as templates. The code that fills them stands in `quotes_file` and `quote_check`."""

from __future__ import annotations

NO_FILE = "{path}: is missing; make it with: report {folder}"
BAD_FILE = "{path}: cannot be used ({error}); make it anew with: report {folder}"
NOT_QUOTES = "it is not what a run writes"

FILE_CHANGED = "{file} is not the file these quotes were made from: it was changed afterwards"
FIELD_CHANGED = "quotes.json says {name} {kept!r}, the results beside it say {now!r}"
WORDED_OTHERWISE = "What it rests on is the same, but worded otherwise: {told}. To word it anew: report {folder}."
NO_SUCH_FIGURE = "the results beside quotes.json no longer give this quote: “{sentence}”"

HOLDS = "Holds: run again, the simulation gives the same."
DOES_NOT_HOLD = "Does not hold."
STRENGTH = "Strength: {strength}."
RAN = "Run again: {pathways}, {basis}, over {replications}."
STAYS = "Run again from the inputs in {folder}, the simulation gives the same figure."
NUMBER = "The number itself: {kept} was kept; run again on the same inputs, the simulation gives {now}."
FIGURE = "{value} ({low} to {high}) {unit}"
NUMBER_GONE = "The number itself: run again on the same inputs, the simulation has no such figure any more."
NUMBERS_VERSION = "Version: it is of version {kept} of the program's numbers; this program has version {now}."
VERSION = "Version of {name}: {kept} then, {now} now."
SEED = "Seed: {kept} then, {now} now."
INPUT = "Input {path}: {kept} then, {now} now."
INPUTS_MORE = "And {more} inputs more."
NOTHING = "nothing"
NOT_COMPARED = "There is no file {name}.toml here to set its inputs beside; give it with --file."
UNREADABLE = "The file {file} as it is now cannot be read as this scenario:\n{error}"
NOW = "As the file is now, it says: “{sentence}” ({code})."
OTHER_CODES = (
    "No figure of {pathway} and {measure} has this code as the file {name} is now. What moved cannot be told without "
    "the results the quote came from: give their folder with --from."
)

NOT_A_CODE = "{code}: is no code of a quote; it looks like anytown.local.days_to_help.7f3c, and stands beside the quote"
NO_PATHWAY = "{code}: {scenario} compares no pathway `{pathway}`; {remedy}"
NO_MEASURE = "{code}: there is no measure `{measure}`; {remedy}"
OF_SETTINGS = "{code}: is of a run with values of its own; give the folder of its results with --from"
UNKNOWN = "{code}: {folder} holds no quote of that code; {remedy}"
