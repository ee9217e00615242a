"""Tables of what stands behind the results: every number, its source, the checks, the ledger, how it was run."""

from __future__ import annotations

from typing import Any

import pandas as pd

from sim.measures.definitions import DEFINITIONS
from sim.reporting import cautions, wording
from sim.reporting import evidence_wording as words
from sim.reporting.amounts import amount, counted, exact_number, plain_number, stated, with_unit
from sim.reporting.names import plain_name
from sim.reporting.results import Results, settings_in_words
from sim.reporting.tables import Cell, Table, estimate, text_table
from sim.scenario.facts import Fact
from sim.scenario.plans import Source

GRADES = {
    "A": "official statistic",
    "B": "peer-reviewed or independent evaluation",
    "C": "grey literature or one case",
    "D": "assumption",
}


def grades(results: Results) -> Table:
    """How many of the scenario's numbers have each grade of evidence."""
    facts = results.scenario.facts
    rows = [_grade_row(grade, meaning, [f for f in facts if f.grade == grade]) for grade, meaning in GRADES.items()]
    rows.append(_grade_row("all", "", list(facts)))
    head = ("Grade", "Meaning", "Numbers", "With a range")
    return Table("Numbers of the scenario by grade of evidence", head, tuple(rows))


def _grade_row(grade: str, meaning: str, found: list[Fact]) -> tuple[Cell, ...]:
    return Cell(grade), Cell(meaning), _whole(len(found)), _whole(sum(fact.range is not None for fact in found))


def facts(results: Results) -> Table:
    """Every number of the scenario, in the file's order."""
    found = results.scenario.facts
    sources = results.scenario.sources
    head = ("Path", "Meaning", "Value", "Unit", "Range (5th to 95th)", "Source", "Grade", "Note")
    caption = f"Every number of the scenario: {counted(len(found), 'number')}"
    rows = tuple(_fact_row(fact, sources) for fact in found)
    return Table(caption, head, rows, is_open=True, choose=("Grade", "Source"))


def _fact_row(fact: Fact, sources: dict[str, Source]) -> tuple[Cell, ...]:
    source = sources.get(fact.source or "")
    said = [fact.note, f"certain: {fact.certain}" if fact.certain else "", original_in_words(fact)]
    return (
        Cell(fact.path, flag="path"),
        Cell(fact.meaning),
        Cell(in_words(fact, fact.value), is_number=True),
        Cell(fact.unit.replace("GBP", "£")),
        Cell(" to ".join(in_words(fact, end) for end in fact.range) if fact.range else "–", is_number=True),
        Cell(source.title if source else "none", link=_address(source)),
        _grade_of(fact),
        Cell("; ".join(filter(None, said)), flag="note"),
    )


def _grade_of(fact: Fact) -> Cell:
    """Its grade; an assumption is marked as one."""
    return Cell(fact.grade, words.ASSUMPTION, flag="assumed") if fact.grade == "D" else Cell(fact.grade)


def in_words(fact: Fact, value: float) -> str:
    """A value of a number as it was given; brought from another year's prices, to the penny."""
    return exact_number(round(value, 2) if fact.original else value)


def original_in_words(fact: Fact) -> str:
    """What was published of a price of another year, and what brings it to the scenario's prices; else nothing."""
    found = fact.original
    if found is None:
        return ""
    between = ", that year interpolated" if found.is_interpolated else ""
    published = with_unit(exact_number(found.value), "GBP", difference=False)
    return f"published as {published} in {found.price_year}; × {found.factor:.3f} ({plain_name(found.index)}{between})"


def _address(source: Source | None) -> str:
    """A source's address, if it is one a reader may safely follow."""
    return source.link if source and source.link.startswith(("https://", "http://")) else ""


def sources(results: Results) -> Table | None:
    """Every source that a number or a check uses."""
    scenario = results.scenario
    used = {fact.source for fact in scenario.facts} | set(results.checks["source"])
    used |= {target.source for target in scenario.targets.values()}
    used |= {scenario.price_indices[fact.original.index].source for fact in scenario.facts if fact.original}
    rows = tuple(
        (
            Cell(key),
            Cell(source.title, source.weakness and f"weakness: {source.weakness}", link=_address(source)),
            Cell(source.publisher),
            Cell(str(source.year)),
            Cell(source.grade),
            Cell(str(source.checked or "–")),
        )
        for key, source in scenario.sources.items()
        if key in used
    )
    head = ("Key", "Title", "Publisher", "Year", "Grade", "Checked")
    return Table("Sources used", head, rows) if rows else None


def checks(results: Results) -> Table | None:
    """The model beside published figures that nothing was fitted to; failures first."""
    table = results.checks.sort_values("passed", kind="stable")
    judged = {passed: check_result(results, passed=passed) for passed in (True, False)}
    head = ("Check", "Result", "Model", "Published", "Measure", "Source", "Note")
    rows = tuple(_check_row(row, results.scenario.sources, judged[bool(row["passed"])]) for _, row in table.iterrows())
    return Table("Model beside published figures", head, rows) if rows else None


def targets(results: Results) -> Table | None:
    """The published figures that numbers were fitted to, with what the model came to: no test of it."""
    head = ("Fitted to", "Published", "Model", "Number fitted", "Source", "Note")
    rows = tuple(_target_row(results, name) for name in results.scenario.targets)
    return Table("Figures that numbers were fitted to: these test nothing", head, rows) if rows else None


def _target_row(results: Results, name: str) -> tuple[Cell, ...]:
    target = results.scenario.targets[name]
    source = results.scenario.sources[target.source]
    unit = DEFINITIONS[target.measure].unit if target.measure in DEFINITIONS else ""
    row = results.overall(results.bases[0], target.pathway, target.measure, target.part)
    model = estimate(row) if row is not None else Cell("–")
    return (
        Cell(target.title or plain_name(name)),
        Cell(stated(target.published, unit), is_number=True),
        Cell(with_unit(model.text, unit, difference=False), model.below, is_number=True),
        Cell(target.fits, flag="path"),
        Cell(source.title, link=_address(source)),
        Cell(target.note, flag="note"),
    )


def check_result(results: Results, *, passed: bool) -> str:
    """Whether a check is `pass`, `fail`, or `not_judged`."""
    return "not_judged" if cautions.withheld(results) else "pass" if passed else "fail"


def _check_row(row: pd.Series, known: dict[str, Source], result: str) -> tuple[Cell, ...]:
    source = known.get(row["source"])
    unit = row["unit"] or DEFINITIONS[row["measure"]].unit
    model = estimate(pd.Series({"unit": unit, "mean": row["model"], "low": row["low"], "high": row["high"]}))
    return (
        Cell(row["title"] or plain_name(row["name"]), f"pathway {plain_name(row['pathway'])}"),
        Cell(wording.CHECK_RESULTS[result], flag=result),
        Cell(with_unit(model.text, unit, difference=False), model.below, is_number=True),
        Cell(stated(row["published"], unit), f"± {stated(row['tolerance'], unit, difference=True)}", is_number=True),
        Cell(plain_name(row["measure"]), plain_name(row["part"]), link=f"#measure-{row['measure']}"),
        Cell(source.title if source else row["source"], link=_address(source)),
        Cell(row["note"], flag="note"),
    )


LEDGER = {
    "gbp_a_year": "£ a year",
    "cashable_gbp_a_year": "£ a year, cashable",
    "gbp_once": "£ once",
    "cashable_gbp_once": "£ once, cashable",
}


def ledger(results: Results, basis: str) -> Table | None:
    """Every line of money: who pays whom, a year and per citizen."""
    table = results.ledger[results.ledger["basis"] == basis]
    rows = tuple(
        (
            Cell(plain_name(row["line"])),
            Cell(plain_name(row["pathway"])),
            Cell(plain_name(row["purpose"])),
            Cell(plain_name(row["payer"])),
            Cell(plain_name(row["receiver"])),
            *(Cell(plain_number(row[column], 0), is_number=True) for column in LEDGER),
        )
        for _, row in table.iterrows()
    )
    head = ("Line", "Pathway", "Purpose", "Payer", "Receiver", *LEDGER.values())
    year = f", {results.scenario.price_year} prices" if results.scenario.price_year else ""
    of = "mean of a year, from the cohort's start to the end of the run, and what is paid once"
    caption = f"Ledger, {wording.BASIS_SHORT[basis]}: {of}{year}"
    return Table(caption, head, rows) if rows else None


def how_run(results: Results) -> Table:
    """How the run was made: plan, engine, machine, time."""
    told = results.manifest
    weeks = told["weeks"]
    rows = [
        ("Scenario", told["scenario"]),
        ("Changes applied", ", ".join(told["applied"]) or "none"),
        ("Values set for this run", "; ".join(settings_in_words(told["settings"])) or "none"),
        ("Seed", told["seed"]),
        ("Replications", _replications(told)),
        ("Windows", f"warm-up {weeks['warm_up']}, cohort {weeks['cohort']}, follow-up {weeks['follow_up']} weeks"),
        ("Warm-up", wording.WARM_UP[told["warm_up"]["outcome"]].format(**told["warm_up"])),
        ("Citizens in the cohort", f"{amount(float(told['cohort_mean']), 'count')} on average"),
        ("Bases", ", ".join(map(plain_name, results.bases))),
        *(
            (f"Factor on posts, {wording.BASIS_SHORT[basis]}", _factors(told["basis_factors"][basis]))
            for basis in told["basis_factors"]
        ),
        *((f"Days in need, {wording.BASIS_SHORT['equal_help']}", _days(one)) for one in told["equal_help"]),
        ("Quick run", "yes: " + wording.NOT_COMPARABLE if results.quick else "no"),
        ("Engine", told["engine"]),
        ("Versions", ", ".join(f"{name} {version}" for name, version in told["versions"].items())),
        ("Machine", _machine(told["machine"])),
        ("Started", told["started"]),
        ("Run code", results.run_code),
        ("Time taken", f"{float(told['seconds']):,.0f} seconds"),
    ]
    return text_table("How it was run", ("What", "Value"), [(name, str(value)) for name, value in rows], is_open=True)


def _replications(told: Any) -> str:
    first, wanted = told.get("first_stage"), told.get("second_stage_wanted")
    said = f"; first stage {first}, wanted for the precision asked {wanted}" if first and wanted else ""
    return f"{told['replications']}{said}"


def _factors(factors: dict[str, float]) -> str:
    return ", ".join(f"{plain_name(name)} × {factor:.4f}" for name, factor in factors.items()) or "none"


def _days(one: dict[str, Any]) -> str:
    """What equal help came to, over its own replications."""
    reached, target = (amount(float(one[name]), "days", half_width=0.5) for name in ("reached_days", "target_days"))
    return wording.HELP_REACHED.format(pathway=plain_name(one["pathway"]), reached=reached, target=target)


def _machine(machine: Any) -> str:
    return ", ".join(map(str, machine.values())) if isinstance(machine, dict) else str(machine)


def hashes(results: Results) -> Table:
    """SHA-256 of every input and output."""
    rows = sorted(results.manifest["hashes"].items())
    return text_table("SHA-256 of inputs and outputs", ("File", "Hash"), rows)


def _whole(number: int) -> Cell:
    return Cell(str(number), is_number=True)
