"""Sections on what stands behind the results: numbers and sources, checks, the ledger, how it was run, definitions."""

from __future__ import annotations

from sim.measures.definitions import DEFINITIONS
from sim.reporting import checks_picture, citing, evidence, favour, sentences, wording
from sim.reporting import evidence_wording as words
from sim.reporting.amounts import counted, printed_unit
from sim.reporting.page import Section
from sim.reporting.results import Results
from sim.reporting.tables import Cell, Table


def numbers(results: Results) -> Section:
    """Every number of the scenario, with its evidence."""
    facts = results.scenario.facts
    assumed = sum(fact.grade == "D" for fact in facts)
    said = words.NUMBERS.format(
        numbers=counted(len(facts), "number"),
        assumed=wording.ASSUMED_ONE if assumed == 1 else wording.ASSUMED.format(assumed=assumed),
        ranged=sum(fact.range is not None for fact in facts),
    )
    found = (evidence.facts(results), evidence.grades(results), evidence.sources(results))
    return Section("numbers", "Every number used", (said,), tables=tuple(table for table in found if table))


def checks(results: Results) -> Section:
    """The model beside published figures nothing was fitted to."""
    said = sentences.checks(results)
    filled = tuple(one for one in (evidence.checks(results), evidence.targets(results)) if one)
    told = (f"{said[0].upper()}{said[1:]}.", *favour.less_checked_sentences(results))
    more: dict[str, object] = {"strips": checks_picture.strips(results), "words": words}
    heading = "The model beside published figures"
    return Section("checks", heading, told, tables=filled, template="checks.html.j2", more=more)


def ledger(results: Results) -> Section | None:
    """Who pays whom for what."""
    filled = tuple(table for basis in results.bases if (table := evidence.ledger(results, basis)))
    return Section("ledger", "Ledger", ("Every pound has a payer and a receiver.",), tables=filled) if filled else None


def how_run(results: Results) -> Section:
    """How it was run, how to do it again, how to check and to cite it, and what it is not for."""
    more: dict[str, object] = {
        "command": results.manifest["command"],
        "citation": citing.citation(results),
        "bibtex": citing.bibtex(results),
        "words": words,
    }
    said = (words.RUN_CODE.format(code=results.run_code), citing.check_one(results))
    found = (evidence.how_run(results), evidence.hashes(results))
    heading = "How it was run, how to repeat it, how to cite it"
    return Section("run", heading, tuple(filter(None, said)), tables=found, template="run.html.j2", more=more)


def definitions(results: Results) -> Section:
    """What every measure means, and how it is reckoned."""
    used = {*results.summary["measure"], *results.comparison["measure"]}
    told = [DEFINITIONS[name] for name in sorted(used, key=DEFINITIONS.place)]
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
