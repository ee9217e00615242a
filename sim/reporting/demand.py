"""The headlines at fewer and at more arrivals, as sentences and a table."""

from __future__ import annotations

import math
from collections.abc import Mapping

import pandas as pd

from sim.reporting import cautions, wording
from sim.reporting.amounts import bare, counted, exact_number, listed, printed_unit, with_unit
from sim.reporting.differences import Difference, verdict
from sim.reporting.names import about, plain_name, spoken
from sim.reporting.results import Results
from sim.reporting.tables import Cell, Table, estimate

BASIS = "as_specified"
"""The one basis on which other arrivals are tried."""


def factors(results: Results) -> list[float]:
    """How many times the arrivals were run."""
    return list(dict.fromkeys(results.demand["factor"]))


def measures(results: Results) -> list[str]:
    """The headlines there are figures of; none where nobody is in the cohort."""
    return [] if cautions.nobody(results) else list(dict.fromkeys(results.demand["measure"]))


def differences(results: Results, pathway: str, measure: str) -> list[Difference]:
    """A headline of a pathway less that of the first, by factor on arrivals."""
    table = results.demand
    rows = table[(table["pathway"] == pathway) & (table["measure"] == measure) & (table["against"] != "")]
    return [_difference(results, row) for _, row in rows.iterrows()]


def _difference(results: Results, row: pd.Series) -> Difference:
    texts = {name: str(row[name]) for name in ("pathway", "against", "measure", "unit", "verdict")}
    mean, low, high = (float(row[name]) for name in ("mean", "low", "high"))
    year = results.scenario.price_year if texts["unit"].startswith("GBP") else ""
    return Difference(
        **texts,
        basis=BASIS,
        part="",
        mean=mean,
        low=low,
        high=high,
        matters=results.scenario.run.matters.get(texts["measure"], math.nan),
        strict="",
        price_year=year,
    )


def holds(results: Results) -> list[str]:
    """For each pathway set against the first: on which headlines the verdict is the same whoever many come."""
    said = [_holds(results, pathway) for pathway in results.compared[1:] if measures(results)]
    return [*filter(None, said), *([over(results)] if measures(results) else [])]


def _holds(results: Results, pathway: str) -> str:
    same: list[str] = []
    unsteady: list[str] = []
    mixed: list[str] = []
    for measure in measures(results):
        found = differences(results, pathway, measure)
        verdicts = {one.reading for one in found}
        if len(verdicts) > 1:
            mixed += _mixed(results, measure, found)
        elif verdicts:
            (unsteady if "unsteady" in verdicts else same).append(about(measure))
    whole = ((wording.ARRIVALS_HOLDS, same), (wording.ARRIVALS_UNSTEADY, unsteady))
    clauses = [said.format(about=listed(names), factors=_factors(results)) for said, names in whole if names]
    names = {"pathway": spoken(pathway), "against": spoken(results.compared[0])}
    told = "; ".join([*clauses, *mixed])
    return wording.ARRIVALS.format(**names, clauses=told) if told else ""


def _mixed(results: Results, measure: str, found: list[Difference]) -> list[str]:
    """A headline whose verdicts are not all the same: they exclude each other, or are clear at some factors only."""
    at: dict[str, list[str]] = {}
    said: dict[str, str] = {}
    for factor, one in zip(factors(results), found, strict=True):
        at.setdefault(one.reading, []).append(exact_number(factor))
        said[one.reading] = verdict(one)
    unsteady, unclear = at.pop("unsteady", []), at.pop("no_clear_difference", [])
    unsure = {said[name]: at.pop(name) for name in [name for name in at if _is_aside(name, at)]}
    clauses = [_steady(measure, {said[name]: given for name, given in at.items()}, unsure, unclear)]
    if unsteady:
        clauses.append(wording.ARRIVALS_NOT_STEADY.format(about=about(measure), factors=listed(unsteady)))
    return clauses


EXCLUDED = {"perhaps_less": "later_or_more", "perhaps_more": "sooner_or_less"}
"""What a difference of unclear size excludes."""


def _is_aside(name: str, at: Mapping[str, list[str]]) -> bool:
    """Whether a difference of unclear size stands beside verdicts that are clear, and excludes none of them."""
    return name in EXCLUDED and EXCLUDED[name] not in at and bool(at.keys() - EXCLUDED.keys())


def _steady(measure: str, clear: dict[str, list[str]], unsure: dict[str, list[str]], unclear: list[str]) -> str:
    """What is clear, and at which factors; it depends on how many come where two exclude each other."""
    if not clear:
        return wording.ARRIVALS_NOT_CLEAR.format(about=about(measure), factors=listed(unclear))
    nor = [wording.ARRIVALS_NOR_SURE.format(verdict=said, factors=listed(given)) for said, given in unsure.items()]
    nor += [wording.ARRIVALS_NOR_CLEAR.format(factors=listed(unclear))] if unclear else []
    if len(clear) > 1:
        told = [wording.ARRIVALS_AT.format(factors=listed(given), verdict=said) for said, given in clear.items()]
        return wording.ARRIVALS_DEPENDS.format(about=about(measure), verdicts="; ".join([*told, *nor]))
    ((said, given),) = clear.items()
    told = [wording.ARRIVALS_CLEAR.format(about=about(measure), factors=listed(given), verdict=said), *nor]
    return ", ".join(told)


def _factors(results: Results) -> str:
    return listed([exact_number(factor) for factor in factors(results)])


def over(results: Results) -> str:
    """Over how many replications each is, and where the warm-up was tried."""
    by_factor = results.demand.groupby("factor")["replications"].first().astype(int)
    own, fewest = int(by_factor.get(1.0, by_factor.iloc[0])), int(by_factor.min())
    template = wording.ARRIVALS_OVER if own == fewest else wording.ARRIVALS_OVER_FEWER
    told = {"replications": counted(own, "replication"), "fewer": fewest, "adjusted": cautions.adjusted_for(results)}
    tried = results.manifest["warm_up"]["outcome"] != "not_checked"
    return " ".join([template.format(**told), *([wording.ARRIVALS_WARM_UP] if tried else [])])


def means(results: Results, pathway: str, measure: str) -> pd.DataFrame:
    """A headline of one pathway, by factor on arrivals."""
    table = results.demand
    return table[(table["pathway"] == pathway) & (table["measure"] == measure) & (table["against"] == "")]


def caption(results: Results, measure: str) -> str:
    """What a headline comes to with each pathway at each factor."""
    told = [_means(means(results, pathway, measure), pathway) for pathway in results.compared]
    said = {"factors": _factors(results), "about": about(measure), "means": listed(told)}
    return wording.ARRIVALS_MEANS.format(**said)


def _means(table: pd.DataFrame, pathway: str) -> str:
    unit = str(table["unit"].iloc[0])
    widths = zip(table["mean"], (table["high"] - table["low"]) / 2, strict=True)
    numbers = [bare(float(mean), unit, half_width=float(half)) for mean, half in widths]
    pounds = unit.startswith("GBP")
    said = [
        with_unit(number, unit) if pounds or at == len(numbers) - 1 else number for at, number in enumerate(numbers)
    ]
    return f"{listed(said)} with {spoken(pathway)}"


def table(results: Results, measure: str) -> Table:
    """A headline by factor on arrivals: each pathway, and the others less the first, with the verdict."""
    others = results.compared[1:]
    found = {pathway: differences(results, pathway, measure) for pathway in others}
    rows = []
    for at, factor in enumerate(factors(results)):
        cells = [estimate(means(results, pathway, measure).iloc[at]) for pathway in results.compared]
        for pathway in others:
            one = found[pathway][at]
            row = pd.Series({"unit": one.unit, "mean": one.mean, "low": one.low, "high": one.high})
            cells += [estimate(row, signed=True), Cell(verdict(one) or "–")]
        rows.append((Cell(exact_number(factor)), *cells))
    head = [name for pathway in others for name in (_less(results, pathway), "Verdict")]
    unit = printed_unit(str(means(results, results.compared[0], measure)["unit"].iloc[0]))
    caption = f"{plain_name(measure).capitalize()} [{unit}] by arrivals, as specified: mean and 95% interval"
    return Table(caption, ("Times the arrivals", *map(plain_name, results.compared), *head), tuple(rows))


def _less(results: Results, pathway: str) -> str:
    return f"{plain_name(pathway)} less {plain_name(results.compared[0])}"
