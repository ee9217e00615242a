"""Sections on what stands behind the results: numbers and sources, checks, the ledger, how it was run, definitions."""

from __future__ import annotations

from sim.measures.definitions import DEFINITIONS
from sim.reporting import evidence, favour, sentences
from sim.reporting.amounts import printed_unit
from sim.reporting.page import Section
from sim.reporting.results import Results
from sim.reporting.tables import Cell, Table


def numbers(results: Results) -> Section:
    """Every number of the scenario, with its evidence."""
    found = [evidence.grades(results), *evidence.facts(results), evidence.sources(results)]
    filled = tuple(table for table in found if table)
    opened = Table(filled[0].caption, filled[0].head, filled[0].rows, is_open=True)
    return Section("numbers", "Every number, and where it comes from", tables=(opened, *filled[1:]))


def checks(results: Results) -> Section:
    """The model beside published figures nothing was fitted to."""
    table = evidence.checks(results)
    said = sentences.checks(results)
    filled = tuple(one for one in (table, evidence.targets(results)) if one)
    told = (f"{said[0].upper()}{said[1:]}.", *favour.unchecked_sentences(results))
    return Section("checks", "Checks", told, tables=filled)


def ledger(results: Results) -> Section | None:
    """Who pays whom for what."""
    filled = tuple(table for basis in results.bases if (table := evidence.ledger(results, basis)))
    return Section("ledger", "Ledger", ("Every pound has a payer and a receiver.",), tables=filled) if filled else None


def how_run(results: Results) -> Section:
    """How it was run, and how to do it again."""
    more: dict[str, object] = {"command": results.manifest["command"]}
    found = (evidence.how_run(results), evidence.hashes(results))
    return Section("run", "How it was run, and how to repeat it", tables=found, template="run.html.j2", more=more)


def definitions(results: Results) -> Section:
    """What every measure means, and how it is reckoned."""
    used = {*results.summary["measure"], *results.comparison["measure"]}
    told = [definition for name, definition in DEFINITIONS.items() if name in used]
    rows = tuple(
        (
            Cell(d.name, flag=f"measure-{d.name}"),
            Cell(d.sentence),
            Cell(printed_unit(d.unit)),
            Cell(d.per),
            Cell(d.formula),
        )
        for d in told
    )
    table = Table("Definitions", ("Measure", "Meaning", "Unit", "Of each", "Formula"), rows, is_open=True)
    return Section("definitions", "What every measure means", tables=(table,), template="definitions.html.j2")
