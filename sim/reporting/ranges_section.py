"""The section of the report about plausible ranges."""

from __future__ import annotations

from collections.abc import Iterator

from sim.experiments.judging import COST, is_judged
from sim.reporting import provenance
from sim.reporting import ranges_figures as figures
from sim.reporting import ranges_said as said
from sim.reporting import ranges_wording as wording
from sim.reporting.amounts import counted
from sim.reporting.names import plain_name, spoken
from sim.reporting.page import Chart, Section, chart
from sim.reporting.ranges_read import Ranges
from sim.reporting.results import Results
from sim.reporting.wording import BASIS_SHORT


def section(results: Results) -> Section | None:
    """What becomes of the answer where every uncertain number lies anywhere in its range; None if nobody has asked."""
    found = results.ranges
    if found is None:
        return None
    scenario = results.scenario
    sentences = (said.what(found), *said.answer(found, scenario))
    charts = (*_scatters(results, found), *_curves(results, found))
    tables = filter(None, (said.range_table(found, scenario), said.matters_table(found, scenario)))
    more: dict[str, object] = {"know": wording.KNOW, "cautions": said.cautions(found, scenario)}
    return Section("ranges", "Plausible ranges", sentences, charts, tuple(tables), template="ranges.html.j2", more=more)


def _scatters(results: Results, found: Ranges) -> Iterator[Chart]:
    """Cost against time to help, draw by draw, on each basis on which cost is judged."""
    for basis, pathway in said.others(found, results.scenario):
        if is_judged(basis, COST) and found.chances_of(basis, pathway, "quadrant"):
            title = f"{plain_name(pathway)} compared with {plain_name(results.compared[0])}, {BASIS_SHORT[basis]}"
            yield chart(
                f"ranges-{basis}-{pathway}",
                f"Every draw: {title}",
                figures.scatter(results, found, basis, pathway),
                wording.SCATTER_SAID.format(pathway=spoken(pathway)),
                said.chance_table(found, results.scenario, basis, pathway),
                _under(found, basis),
            )


def _curves(results: Results, found: Ranges) -> Iterator[Chart]:
    """In how many draws each pathway has the highest net benefit, by the value of a day in need, on each basis on which
    cost is judged.
    """
    for basis in (one for one in said.bases_of(found) if is_judged(one, COST)):
        table = found.acceptability[found.acceptability["basis"] == basis]
        if table["gbp_per_day_in_need"].nunique() > 1:
            yield chart(
                f"worth-{basis}",
                f"Which is worth its cost, {BASIS_SHORT[basis]}",
                figures.acceptability(results, found, basis),
                wording.CURVE_SAID,
                said.acceptability_table(found, results.scenario, basis),
                _under(found, basis),
            )


def _under(found: Ranges, basis: str) -> str:
    """What a picture that leaves the page says of itself."""
    draws = counted(found.told["draws"], "draw")
    return wording.UNDER.format(basis=provenance.basis(basis), draws=draws)
