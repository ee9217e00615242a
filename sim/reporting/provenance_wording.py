"""What a picture that leaves its page says of itself, as templates. The code that fills them stands in `provenance`."""

from __future__ import annotations

PROGRAM = "Service pathways"

OF_RUN = "Scenario {scenario}, run {code}. Made with {program}{version}."
CHANGED = "Not the plain file: run with {changed}."
INTERVALS = "Intervals, where shown, are 95%, over {replications} where nothing else is said, and hold {kinds}."
NO_RANGES = "plausible ranges of the inputs have not been run"
NOISE_ONLY = "simulation noise only"
"""What the tables call an interval that holds nothing else."""

BASIS = "Basis: {basis}."
BASES = "Bases: {bases}."
PRICES = "Money in {price_year} prices."
ALL = "All scenarios, side by side"
OF_MANY = "Made with {program} from {scenarios}."

FAILED = (
    "This chart cannot be drawn here: it needs a browser of 2023 or later. The numbers behind it stand in the table "
    "below."
)
NOT_YET = "This chart was not drawn yet when the page was printed: print it again."
BUTTONS = {"png": "Download picture (PNG)", "svg": "Download picture (SVG)"}
NOT_MADE = "The picture could not be made in this browser."
MADE = "Saved as {name}."
