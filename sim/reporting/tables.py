"""Tables of the report, as plain values a template can lay out."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from sim.measures.definitions import DEFINITIONS
from sim.reporting import wording
from sim.reporting.amounts import bare, exact_number, is_share, printed_unit, years
from sim.reporting.differences import reading
from sim.reporting.names import plain_name, spoken
from sim.reporting.results import Results

WHOLE = ("citizen", "share", "return", "ending", "entry", "payer", "pathway")
"""Measures of a whole pathway, as against those of one stage or team."""
PARTS = ("stage", "team")
BETWEEN = (*WHOLE, "difference")
OWED = ("owed_in_need", "owed_hours")
"""What is owed at the end of follow-up, and so is missing from the cost."""
BY = {
    "group": "group", "level_at_arrival": "level at arrival", "level_joined": "level on joining", "needs": "needs",
    "neighbourhood": "neighbourhood",
}  # fmt: skip


@dataclass(frozen=True)
class Cell:
    """A cell: its text, a smaller second line, and where it links to."""

    text: str
    below: str = ""
    link: str = ""
    is_number: bool = False
    flag: str = ""

    @property
    def on_one_line(self) -> str:
        """Its text, with the second line in brackets."""
        return f"{self.text} ({self.below})" if self.below else self.text


@dataclass(frozen=True)
class Table:
    """A table with a caption; the first cell of a row is its heading; rows can be chosen by the columns in `choose`."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    is_open: bool = False
    choose: tuple[str, ...] = ()

    def is_number(self, column: int) -> bool:
        """Whether a column holds numbers, which stand to the right."""
        return any(row[column].is_number for row in self.rows)


def text_table(caption: str, head: Sequence[str], rows: Iterable[Sequence[str]], *, is_open: bool = False) -> Table:
    """A table of texts."""
    return Table(caption, tuple(head), tuple(tuple(Cell(text) for text in row) for row in rows), is_open)


def estimate(row: pd.Series | None, *, signed: bool = False) -> Cell:
    """A mean above its interval, both rounded to what the interval supports."""
    if row is not None and row["unit"] == "years":
        return _years(row)
    if row is None or not math.isfinite(float(row["mean"])):
        return Cell(bare(math.nan, ""), is_number=True)
    mean, low, high = (float(row[name]) for name in ("mean", "low", "high"))
    ends = (low, high) if signed or mean > 1 else within(row["unit"], low, high)
    said = [bare(v, row["unit"], half_width=(high - low) / 2, signed=signed) for v in (mean, *ends)]
    below = f"{said[1]} to {said[2]}" if low < high else ""
    return Cell(said[0], below, is_number=True)


def _years(row: pd.Series) -> Cell:
    """Years until something, which may be never."""
    mean, low, high = (years(float(row[name])) for name in ("mean", "low", "high"))
    return Cell(mean, f"{low} to {high}" if low != high else "", is_number=True)


def within(unit: str, low: float, high: float) -> tuple[float, float]:
    """The ends of an interval as printed: those of a share, which is no difference, stay within 0 and 100%."""
    return (max(low, 0.0), min(high, 1.0)) if is_share(unit) else (low, high)


def headlines(results: Results, basis: str) -> Table | None:
    """The headlines of every pathway with their intervals; what is owed at the end stands under the cost."""
    rows = [
        (
            Cell(f"{plain_name(measure)} [{printed_unit(DEFINITIONS[measure].unit)}]"),
            *(estimate(results.overall(basis, pathway, measure)) for pathway in results.pathways),
        )
        for measure in with_owed(results)
    ]
    caption = f"{wording.BASIS[basis]}: mean of a citizen (95% interval)"
    return Table(caption, ("Measure", *map(plain_name, results.pathways)), tuple(rows), is_open=True) if rows else None


def with_owed(results: Results) -> list[str]:
    """The headlines, with what is owed at the end right under the last of them that is a cost."""
    said = list(results.headlines)
    costs = [at for at, measure in enumerate(said) if DEFINITIONS[measure].unit == "GBP"]
    known = set(results.summary["measure"])
    if costs:
        said[costs[-1] + 1 : costs[-1] + 1] = [owed for owed in OWED if owed in known and owed not in said]
    return said


def measure_cell(measure: str, part: str = "") -> Cell:
    """A measure's name, linked to its definition; a part other than a stage or team stands with it."""
    return Cell(plain_name(measure), plain_name(part), link=f"#measure-{measure}")


def measures(results: Results, basis: str) -> Table:
    """Every measure of whole pathways for all citizens, with intervals, a column a pathway."""
    table = results.summary
    table = table[(table["basis"] == basis) & (table["by"] == "all") & table["measure"].map(_is_per(WHOLE))]
    at = {(row["measure"], row["part"], row["pathway"]): row for _, row in table.iterrows()}
    rows = [
        (
            measure_cell(measure, part),
            Cell(printed_unit(DEFINITIONS[measure].unit), prices(results, measure)),
            *(estimate(at.get((measure, part, pathway))) for pathway in results.pathways),
        )
        for measure, part in _in_order(table)
    ]
    head = ("Measure", "Unit", *map(plain_name, results.pathways))
    return Table(f"Every measure, {wording.BASIS_SHORT[basis]}: mean and 95% interval", head, tuple(rows))


def prices(results: Results, measure: str) -> str:
    """The price year of a measure of money; nothing of any other."""
    year = results.scenario.price_year
    return f"{year} prices" if year and DEFINITIONS[measure].unit.startswith("GBP") else ""


def comparisons(results: Results, basis: str, per: Sequence[str] = BETWEEN) -> Table:
    """Every difference for all citizens, with interval, verdict of the headlines, and whether adjusted."""
    table = results.comparison
    table = table[(table["basis"] == basis) & (table["by"] == "all") & table["measure"].map(_is_per(per))]
    pairs = list(dict.fromkeys(zip(table["pathway"], table["against"], strict=True)))
    at = {(r["measure"], r["part"], r["pathway"], r["against"]): r for _, r in table.iterrows()}
    rows = []
    for measure, part in _in_order(table):
        found = [at.get((measure, part, *pair)) for pair in pairs]
        adjusted = any(row is not None and row["adjusted"] for row in found)
        unit = printed_unit(DEFINITIONS[measure].unit, difference=measure not in _shares_not_differenced())
        rows.append(
            (
                measure_cell(measure, part),
                Cell(unit, prices(results, measure)),
                *(_difference(row) for row in found),
                Cell("adjusted" if adjusted else "not adjusted"),
            )
        )
    head = ("Measure", "Unit", *(f"{plain_name(a)} less {plain_name(b)}" for a, b in pairs), "Interval")
    return Table(f"Every difference, {wording.BASIS_SHORT[basis]}: mean and 95% interval", head, tuple(rows))


def by_group(results: Results, basis: str, measure: str) -> Table | None:
    """A headline by group, level at arrival and needs: each pathway, and differences from the first."""
    mine = {"basis": basis, "measure": measure}
    summary, comparison = (_rows(t, **mine) for t in (results.summary, results.comparison))
    first, *others = results.compared
    means = {(r["by"], r["group"], r["pathway"]): r for _, r in summary.iterrows()}
    less = {(r["by"], r["group"], r["pathway"]): r for _, r in comparison[comparison["against"] == first].iterrows()}
    kinds = summary[summary["by"].isin(list(BY))][["by", "group"]].drop_duplicates()
    rows = [
        (
            Cell(group_name(results, by, group), "need" if (by, group) == ("needs", "one") else BY[by]),
            *(estimate(means.get((by, group, pathway))) for pathway in results.pathways),
            *(estimate(less.get((by, group, other)), signed=True) for other in others),
        )
        for by, group in kinds.itertuples(index=False)
    ]
    unit = printed_unit(DEFINITIONS[measure].unit)
    less_heads = (f"{plain_name(other)} less {plain_name(first)}" for other in others)
    head = ("Citizens", *map(plain_name, results.pathways), *less_heads)
    caption = f"{plain_name(measure).capitalize()} [{unit}], {wording.BASIS_SHORT[basis]}: mean and 95% interval"
    return Table(caption, head, tuple(rows)) if rows else None


def group_name(results: Results, by: str, group: str) -> str:
    """What a kind of citizen is called."""
    titled = results.scenario.groups.get(group) if by == "group" else None
    return titled.title or plain_name(group) if titled else plain_name(group)


def parts(results: Results, basis: str, pathway: str, per: str) -> Table | None:
    """Measures of every stage, or of every team, of a pathway: a row a measure, a column a part."""
    table = _rows(results.summary, basis=basis, pathway=pathway, by="all")
    table = table[table["measure"].map(_is_per((per,)))]
    names = list(dict.fromkeys(table["part"]))
    at = {(row["measure"], row["part"]): row for _, row in table.iterrows()}
    rows = [
        (
            measure_cell(measure),
            Cell(printed_unit(DEFINITIONS[measure].unit)),
            *(estimate(at.get((measure, name))) for name in names),
        )
        for measure in dict.fromkeys(measure for measure, _ in _in_order(table))
    ]
    caption = f"{plain_name(pathway).capitalize()}, {wording.BASIS_SHORT[basis]}: by {per}, mean and 95% interval"
    return Table(caption, ("Measure", "Unit", *map(plain_name, names)), tuple(rows)) if rows else None


def flows(results: Results, basis: str, pathway: str) -> Table | None:
    """Where visits lead: from which stage, with which outcome, to where, how many a year."""
    table = _rows(results.flows, basis=basis, pathway=pathway)
    rows = [
        (
            Cell(plain_name(row["from_stage"])),
            Cell(plain_name(row["outcome"])),
            Cell(plain_name(row["to"])),
            Cell(bare(float(row["a_year"]), "count"), is_number=True),
        )
        for _, row in table.iterrows()
    ]
    caption = f"Where visits lead with {spoken(pathway)}, {wording.BASIS_SHORT[basis]}: visits a year"
    return Table(caption, ("From", "Outcome", "To", "Visits a year"), tuple(rows)) if rows else None


def curve(results: Results, basis: str, name: str, days: Sequence[float]) -> Table:
    """A curve of the cohort at a few days, per pathway: the table behind its chart."""
    table = _rows(results.curves, basis=basis, curve=name, by="all")
    drawn = [pathway for pathway in results.pathways if (table["pathway"] == pathway).any()]
    rows = []
    for day in days:
        at = {pathway: table[(table["pathway"] == pathway) & (table["day"] <= day)] for pathway in drawn}
        cells = [estimate(_of_unit(rows.iloc[-1], "share")) if len(rows) else Cell("–") for rows in at.values()]
        rows.append((Cell(exact_number(day)), *cells))
    caption = f"{plain_name(name).capitalize()} [% of the cohort] by day, {wording.BASIS_SHORT[basis]}"
    return Table(caption, ("Day", *map(plain_name, drawn)), tuple(rows))


def _difference(row: pd.Series | None) -> Cell:
    cell = estimate(row, signed=row is not None and row["measure"] not in _shares_not_differenced())
    if row is None or not row["verdict"]:
        return cell
    less, more = wording.LESS_MORE.get(row["unit"], wording.LOWER_HIGHER)
    said = wording.VERDICTS[reading(row["verdict"], row["low"], row["high"])].format(less=less, more=more)
    return Cell(cell.text, cell.below, is_number=True, flag=said)


def _shares_not_differenced() -> set[str]:
    """Measures between two pathways that are shares of citizens themselves, not differences of shares."""
    return {name for name, definition in DEFINITIONS.items() if definition.per == "pair"}


def _of_unit(row: pd.Series, unit: str) -> pd.Series:
    return pd.Series({**row.to_dict(), "unit": unit})


def _is_per(kinds: Sequence[str]) -> Callable[[str], bool]:
    return lambda measure: DEFINITIONS[measure].per in kinds


def _rows(table: pd.DataFrame, **values: str) -> pd.DataFrame:
    for column, value in values.items():
        table = table[table[column] == value]
    return table


def _in_order(table: pd.DataFrame) -> list[tuple[str, str]]:
    """Measures and parts that stand in a table, in the order of the definitions."""
    found = dict.fromkeys(zip(table["measure"], table["part"], strict=True))
    return sorted(found, key=lambda pair: DEFINITIONS.place(pair[0]))
