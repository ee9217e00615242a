"""The words of what stands behind the results: evidence, checks, how it was run, how to cite it."""

from __future__ import annotations

NUMBERS = "Of {numbers}, {assumed} (grade D: nobody’s figure, marked as such); {ranged} of all have a range."
ASSUMPTION = "assumption"

CHECK = "model {model}; published {published}, tolerance ± {tolerance}"
SIGNS = {"pass": "✓", "fail": "✗", "not_judged": "?"}
PICTURE = (
    "Each line has a scale of its own. The grey band is the published figure with its tolerance, the mark in it the "
    "figure itself; the dot is the model, with its 95% interval of simulation noise. A check passes if the dot lies in "
    "the band."
)
BEHIND = "The numbers behind this picture"

REPEAT = (
    "To repeat it, on any number of processors and with the same versions (the same scenario, seed and versions give "
    "the same numbers; scenario.resolved.toml, beside this page, holds the whole scenario):"
)
RUN_CODE = (
    "The code of this run is {code}: the start of a hash of the whole scenario, the seed, the number of replications "
    "and the version of the results. Numbers that carry another code are of another run; it stands in every table "
    "downloaded here."
)
CHECK_ONE = (
    "To check one number: in summary.csv find the row with basis {basis}, pathway {pathway}, measure {measure}, by "
    "all. Its mean, {mean}, is that of the {replications} values of that measure in replications.csv, under the same "
    "basis and pathway; the report only rounds it."
)
CITE = "To cite it:"
CITATION = (
    "The service-pathways authors ({year}). Service pathways, version {version} [computer program]. Scenario “{title}”"
    "{changed}, run {code} (seed {seed}, {replications}), {date}.{quick}"
)
CHANGED = ", with {changed}"
QUICK = " {warning}: a quick run, for no comparison or quote."
LICENCE = "The program is under the MIT licence; the sources of the numbers keep their own."
COPY = {"command": "Copy the command", "citation": "Copy the citation", "bibtex": "Copy the BibTeX"}
