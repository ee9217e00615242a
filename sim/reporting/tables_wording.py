"""The words round the tables: what can be chosen, shown and downloaded."""

from __future__ import annotations

VALUES = "Every measure of every pathway, with its 95% interval"
DIFFERENCES = "Every difference between pathways, with its 95% interval"
EVERY_BASIS = "every basis"
EVERYONE = "all citizens"
WHOM = "{by}: {group}"
INTERVALS = {True: "adjusted", False: "not adjusted"}
ABOUT = (
    "Each row is a number with its interval. A heading sorts by its column; the boxes choose rows; the CSV holds the "
    "rows chosen, unrounded, with unit, price year and run code. What no basis changes (the first pathway and no "
    "service) stands once, as “every basis”."
)
FALLBACK = "Without JavaScript, what stands here is of all citizens; the rest is in summary.csv and comparison.csv."

SCRIPT = {
    "find": "Find",
    "all": "any",
    "download": "Download CSV",
    "downloadOf": "Download CSV: {caption}",
    "shown": "{shown} of {all} rows chosen, {drawn} drawn.",
    "chosen": "{shown} of {all} rows shown.",
    "more": "Show {more} more",
    "sort": "sort by {head}",
    "mean": "Mean",
    "low": "Low",
    "high": "High",
    "copied": "Copied",
    "second": "second line",
    "verdict": "verdict",
}
"""What the page's own script says, by name."""
