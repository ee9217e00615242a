"""What draws from the plausible ranges say, as sentences and tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from sim.experiments.judging import COST, is_judged
from sim.measures.definitions import DEFINITIONS
from sim.reporting import ranges_wording as wording
from sim.reporting.amounts import bare, counted, listed, plain_number, printed_unit, stated
from sim.reporting.hundred import of_100
from sim.reporting.names import plain_name, spoken
from sim.reporting.ranges_read import Ranges
from sim.reporting.ranges_short import DAYS
from sim.reporting.tables import Cell, Table
from sim.reporting.wording import BASIS, BASIS_SHORT
from sim.scenario.scenario import Scenario

MUCH_REFUSED = 0.05
"""Where a larger share of draws than this was refused, the ranges no longer stand as stated."""


def bases_of(found: Ranges) -> list[str]:
    """The bases that draws were run on."""
    return list(found.told["bases"])


def others(found: Ranges, scenario: Scenario) -> list[tuple[str, str]]:
    """Each (basis, pathway) that is set against the first pathway."""
    return [(basis, pathway) for basis in bases_of(found) for pathway in scenario.compare[1:]]


def what(found: Ranges) -> str:
    """What was drawn."""
    told = found.told
    stated_ranges = sum(number["stated"] for number in told["numbers"])
    numbers = len(told["numbers"])
    return wording.WHAT.format(
        draws=plain_number(told["draws"], 0), numbers=numbers, stated=stated_ranges, given=numbers - stated_ranges
    )


def answer(found: Ranges, scenario: Scenario) -> list[str]:
    """In how many of 100 draws each pathway is sooner, cheaper, both or neither, and worth what it costs; where the
    basis makes cost equal, in how many it is sooner.
    """
    said = []
    for basis, pathway in others(found, scenario):
        if is_judged(basis, COST):
            said += [_quadrants(found, scenario, basis, pathway), _worth(found, basis, pathway)]
        else:
            said.append(_sooner(found, scenario, basis, pathway))
    return [one for one in said if one]


def counts(chances: dict[str, tuple[float, float]]) -> dict[str, int]:
    """Of 100 draws so many, noise taken out: whole numbers that add up to 100."""
    shares = [corrected for _, corrected in chances.values()]
    return dict(zip(chances, of_100(shares) if shares else (), strict=True))


def _measures(found: Ranges) -> list[str]:
    return list(dict.fromkeys(found.ranges["measure"]))


def _names(scenario: Scenario, basis: str, pathway: str) -> dict[str, str]:
    return {"basis": BASIS[basis], "pathway": spoken(pathway), "against": spoken(scenario.compare[0])}


def _quadrants(found: Ranges, scenario: Scenario, basis: str, pathway: str) -> str:
    chances = counts(found.chances_of(basis, pathway, "quadrant"))
    if not chances:
        return ""
    parts = [
        wording.IN.format(count=count, what=wording.QUADRANT[name])
        for name, count in chances.items()
        if count or name in wording.CORNERS
    ]
    return wording.QUADRANTS.format(parts=listed(parts), **_names(scenario, basis, pathway))


def _sooner(found: Ranges, scenario: Scenario, basis: str, pathway: str) -> str:
    """In how many of 100 draws right help comes sooner, on a basis on which cost is not judged."""
    chances = counts(found.chances_of(basis, pathway, "sign", DAYS))
    if not chances:
        return ""
    return wording.SOONER.format(less=chances["less"], more=chances["more"], **_names(scenario, basis, pathway))


def matters_table(found: Ranges, scenario: Scenario) -> Table | None:
    """Of 100 draws in how many each headline differs by what matters, on the bases on which it is judged."""
    rows = []
    for measure in _measures(found):
        unit = DEFINITIONS[measure].unit
        for basis, pathway in others(found, scenario):
            chances = counts(found.chances_of(basis, pathway, "matters", measure))
            if chances and is_judged(basis, measure):
                matters = stated(scenario.run.matters[measure], unit, difference=True)
                where = (Cell(plain_name(measure)), Cell(plain_name(pathway)), Cell(BASIS_SHORT[basis]), Cell(matters))
                rows.append((*where, *(Cell(str(count), is_number=True) for count in chances.values())))
    return Table(wording.MATTERING, wording.MATTERING_HEAD, tuple(rows), is_open=True) if rows else None


def _worth(found: Ranges, basis: str, pathway: str) -> str:
    """In how many draws a pathway has the highest net benefit, at the values of a day in need that the file states."""
    rows = stated_values(found, basis, pathway)
    if rows.empty:
        return ""
    parts: list[str] = []
    for _, row in rows.iterrows():
        said = wording.WORTH_NEXT if parts else wording.WORTH_FIRST
        value = stated(float(row["gbp_per_day_in_need"]), "GBP")
        parts.append(said.format(value=value, pathway=spoken(pathway), count=round(100 * float(row["corrected"]))))
    return wording.ACCEPTABILITY.format(basis=BASIS[basis], parts="; ".join(parts))


def stated_values(found: Ranges, basis: str, pathway: str) -> pd.DataFrame:
    """The rows of acceptability at the values that the file states."""
    table = found.acceptability
    rows = table[(table["basis"] == basis) & (table["pathway"] == pathway)]
    return rows[rows["is_stated"].astype(bool)]


def cautions(found: Ranges, scenario: Scenario) -> list[str]:
    """What must be known of the draws beside what they say."""
    return [one for one in (*_of_draws(found, scenario), wording.NO_FORECAST) if one]


def _of_draws(found: Ranges, scenario: Scenario) -> Iterator[str]:
    told = found.told
    if told["share_refused"]:
        yield _refused(told)
    growing, eased = (round(100 * float(told[name])) for name in ("share_growing", "share_eased"))
    start = "this start" if scenario.waiting_at_start else "an empty start"
    yield wording.GROWING.format(count=growing, start=start) if growing else ""
    yield wording.EASED.format(count=eased) if eased else ""
    again, share = told["run_again"], max(told["noise_share"].values(), default=0.0)
    yield wording.NOISE.format(again=again["draws"], times=again["replications"], share=_per_cent(share))
    if told["left_out"]:
        yield wording.LEFT_OUT.format(bases=listed([BASIS_SHORT[basis] for basis in told["left_out"]]))
    yield wording.SPEND_OFF.format(share=_per_cent(told["spend_off"])) if told["spend_off"] > 1e-6 else ""


def _refused(told: Any) -> str:
    first = told["refused"][0]
    share = float(told["share_refused"])
    said = wording.REFUSED.format(share=_per_cent(share), why=f"{first['path']} {first['problem']}")
    return f"{said} {wording.MANY_REFUSED}" if share > MUCH_REFUSED else said


def _per_cent(share: float) -> str:
    return "under 1%" if 0 < share < 0.01 else f"{plain_number(100 * share, 0)}%"


def range_table(found: Ranges, scenario: Scenario) -> Table:
    """Each headline difference: where 90 of 100 draws put it, and how much of its spread is noise."""
    head = ("Headline", "Pathway", "Basis", "Median", "5% to 95%", "Ranges (sd)", "Noise (sd)")
    rows = []
    for measure in _measures(found):
        for basis, pathway in others(found, scenario):
            row = found.range_of(basis, pathway, scenario.compare[0], measure)
            if row is not None:
                rows.append((_measure(row), Cell(plain_name(pathway)), Cell(BASIS_SHORT[basis]), *_numbers(row)))
    caption = f"Differences from {plain_name(scenario.compare[0])} over {counted(found.told['draws'], 'draw')}"
    return Table(caption, head, tuple(rows), is_open=True)


def _measure(row: pd.Series) -> Cell:
    unit = printed_unit(row["unit"], difference=True)
    return Cell(f"{plain_name(row['measure'])} [{unit}]")


def _numbers(row: pd.Series) -> Iterator[Cell]:
    half = (float(row["high"]) - float(row["low"])) / 20
    low, median, high = (
        bare(float(row[name]), row["unit"], half_width=half, signed=True) for name in ("low", "median", "high")
    )
    yield Cell(median, is_number=True)
    yield Cell(f"{low} to {high}", is_number=True)
    for name in ("range_sd", "noise_sd"):
        yield Cell(bare(float(row[name]), row["unit"], half_width=half), is_number=True)


def chance_table(found: Ranges, scenario: Scenario, basis: str, pathway: str) -> Table:
    """Of 100 draws how many lie in each corner, as they are and with noise taken out."""
    chances = found.chances_of(basis, pathway, "quadrant")
    rows = [
        (Cell(wording.CORNERS.get(name, "no difference")), _of_100(raw), _of_100(corrected))
        for name, (raw, corrected) in chances.items()
        if name in wording.CORNERS or raw or corrected
    ]
    caption = f"{plain_name(pathway)} compared with {plain_name(scenario.compare[0])}, {BASIS_SHORT[basis]}"
    return Table(caption, ("Of 100 draws", "As drawn", "Noise taken out"), tuple(rows))


def _of_100(share: float) -> Cell:
    return Cell(plain_number(100 * share, 1), is_number=True)


def acceptability_table(found: Ranges, scenario: Scenario, basis: str) -> Table:
    """Of 100 draws in how many each pathway has the highest net benefit, by the value of a day in need."""
    table = found.acceptability[found.acceptability["basis"] == basis]
    values = sorted(table["gbp_per_day_in_need"].unique())
    head = ("A day in need avoided is worth", *(plain_name(pathway) for pathway in scenario.compare))
    rows = []
    for value in values:
        at = table[table["gbp_per_day_in_need"] == value].set_index("pathway")
        rows.append(
            (Cell(stated(value, "GBP")), *(_of_100(float(at.loc[name, "corrected"])) for name in scenario.compare))
        )
    return Table(f"Highest net benefit in so many of 100 draws, {BASIS_SHORT[basis]}", head, tuple(rows))
