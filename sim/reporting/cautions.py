"""What must be said beside the numbers: notices, adjusted intervals, verdicts withheld, an empty cohort."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sim.reporting import wording
from sim.reporting.amounts import counted, listed
from sim.reporting.paragraphs import named
from sim.reporting.results import Results

IN_WORDS = ("no", "one", "two", "three", "four", "five", "six")


def notices(results: Results) -> list[str]:
    """What a reader must know before the numbers, each once: of which pathway, on which bases, and what."""
    bases: dict[tuple[str, str], list[str]] = {}
    for notice in results.manifest["notices"]:
        bases.setdefault((notice["pathway"], notice["text"].rstrip(".")), []).append(notice["basis"])
    return [_notice(results, pathway, text, found) for (pathway, text), found in bases.items()]


def _notice(results: Results, pathway: str, text: str, bases: list[str]) -> str:
    names = [named(pathway)] if pathway else []
    if not _on_every(results, bases):
        names.append(listed([wording.BASIS_SHORT[basis] for basis in dict.fromkeys(bases)]))
    where = ", ".join(names) or "all"
    return wording.NOTICE.format(where=where[0].upper() + where[1:], text=text)


def _on_every(results: Results, bases: Iterable[str]) -> bool:
    return "" in bases or set(results.bases) <= set(bases)


def why_unsteady(results: Results, basis: str, pathways: set[str]) -> str:
    """Why there is no steady verdict between these pathways on this basis."""
    kinds = " ".join(n["kind"] for n in results.manifest["notices"] if _concerns(n, basis, pathways))
    said = {"backlog": wording.WHY_BACKLOG, "warm_up": wording.WHY_WARM_UP}
    return listed([why for kind, why in said.items() if kind in kinds]) or wording.WHY_UNSTEADY


def _concerns(notice: Mapping[str, str], basis: str, pathways: set[str]) -> bool:
    return notice["basis"] in ("", basis) and (not notice["pathway"] or notice["pathway"] in pathways)


def adjusted(results: Results, against: str) -> str:
    """That the headline differences from this pathway are adjusted for there being several; empty where not."""
    table = results.comparison
    found = table[(table["against"] == against) & table["measure"].isin(results.headlines) & table["adjusted"]]
    return wording.ADJUSTED.format(headlines=_headlines(results)) if len(found) else ""


def adjusted_for(results: Results) -> str:
    """The same as the end of a sentence about intervals of differences from the first pathway."""
    is_so = adjusted(results, results.compared[0])
    return wording.ARRIVALS_ADJUSTED.format(headlines=_headlines(results)) if is_so else ""


def which_adjusted(results: Results) -> str:
    """Which of all differences have adjusted intervals."""
    measures = dict.fromkeys(results.comparison[results.comparison["adjusted"]]["measure"])
    if not measures:
        return wording.NOT_ADJUSTED
    said = listed([named(measure) for measure in measures])
    return wording.SOME_ADJUSTED.format(measures=said, headlines=_headlines(results))


def _headlines(results: Results) -> str:
    number = len(results.headlines)
    return f"{IN_WORDS[number] if number < len(IN_WORDS) else number} headline{'' if number == 1 else 's'}"


def not_judged(found: Iterable[tuple[str, str]]) -> list[str]:
    """Why what was made equal still differs, for each basis on which a (basis, verdict) withholds a verdict."""
    withheld = {basis for basis, verdict in found if verdict == "not_judged"}
    return [why for basis, why in wording.NOT_JUDGED.items() if basis in withheld]


def nobody(results: Results) -> bool:
    """Whether the cohort is empty in every replication."""
    return float(results.manifest["cohort_mean"]) == 0


def withheld(results: Results) -> bool:
    """Whether no check is judged: a quick run's windows are too short for it, and an empty cohort shows nothing."""
    return results.quick or nobody(results)


def replications(results: Results) -> str:
    """How many replications there were."""
    return counted(results.manifest["replications"], "replication")
