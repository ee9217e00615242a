"""The variants of a file: what a sceptic, an advocate and a null world make of the answer, as sentences and a table."""

from __future__ import annotations

from collections.abc import Iterator

from sim.measures.definitions import DEFINITIONS
from sim.reporting import cautions
from sim.reporting import verdict_wording as wording
from sim.reporting.amounts import counted, listed, printed_unit
from sim.reporting.favour import Verdict, lost_on, missed_by, survives, verdicts, verdicts_of_variant
from sim.reporting.names import plain_name
from sim.reporting.results import Results
from sim.reporting.tables import Cell, Table, estimate
from sim.reporting.wording import BASIS_SHORT
from sim.scenario.vocabulary import VARIANTS


def run_here(results: Results) -> list[str]:
    """Names of the variants that were run."""
    there = set(results.variants["variant"])
    return [] if cautions.nobody(results) else [name for name in VARIANTS if name in there]


def said(results: Results) -> list[str]:
    """For each pathway set against the first, what becomes of the verdict in each variant."""
    found = [_variant(results, pathway, name) for pathway in results.compared[1:] for name in run_here(results)]
    if not found:
        return []
    over = counted(int(results.variants["replications"].max()), "replication")
    return [*found, wording.OVER.format(replications=over, adjusted=cautions.adjusted_for(results))]


def _variant(results: Results, pathway: str, name: str) -> str:
    names = {"pathway": f"‘{plain_name(pathway)}’", "against": f"‘{plain_name(results.compared[0])}’"}
    variant = wording.VARIANTS[name].format(**names)
    said = wording.NOTHING if survives(results, pathway, name) == wording.SURVIVES["nothing"] else wording.STANDS
    lost = [
        wording.CHANGED.format(basis=BASIS_SHORT[then.basis], now=now.words, then=then.words)
        for then, now in lost_on(results, pathway, name)
    ]
    verdict = wording.CHANGES.format(bases="; ".join(lost)) if lost else said
    missing = missed_by(results, pathway, name)
    missed = wording.OUT_OF_REACH.format(bases=listed(missing)) if missing else ""
    return wording.VARIANT_SAYS.format(variant=variant[0].upper() + variant[1:], verdict=verdict, missed=missed)


def table(results: Results) -> Table | None:
    """The headline differences by variant and basis, beside those from the file's own numbers."""
    heads = ("Numbers", "Pathway", "Basis", *map(_measure, results.headlines), "In words")
    rows = tuple(_rows(results))
    first = plain_name(results.compared[0])
    return Table(f"Difference from {first}, mean and 95% interval", heads, rows, is_open=True) if rows else None


def _measure(name: str) -> str:
    return f"{plain_name(name).capitalize()} [{printed_unit(DEFINITIONS[name].unit, difference=True)}]"


def _rows(results: Results) -> Iterator[tuple[Cell, ...]]:
    names = run_here(results)
    for pathway in results.compared[1:] if names else ():
        for one in verdicts(results, pathway):
            yield _row(results, "the file’s own", pathway, one)
        for name in names:
            for one in verdicts_of_variant(results, pathway, name):
                yield _row(results, name, pathway, one)


def _row(results: Results, name: str, pathway: str, one: Verdict) -> tuple[Cell, ...]:
    own = name not in VARIANTS
    table = results.comparison if own else results.variants[results.variants["variant"] == name]
    mine = table[(table["basis"] == one.basis) & (table["pathway"] == pathway) & table["headline"]]
    mine = mine[mine["against"] == results.compared[0]]
    by = {row["measure"]: row for _, row in (mine[mine["by"] == "all"] if own else mine).iterrows()}
    cells = (estimate(by.get(measure), signed=True) for measure in results.headlines)
    return (Cell(name), Cell(plain_name(pathway)), Cell(BASIS_SHORT[one.basis]), *cells, Cell(one.words))
