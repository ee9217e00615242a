"""What may be said: sentences filled from results, each with a code, a strength and what it rests on."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import Any

import pandas as pd

from sim.reporting import cautions
from sim.reporting import quote_wording as said
from sim.reporting.amounts import bare, plain_number, with_unit
from sim.reporting.differences import Difference, clause, difference_of
from sim.reporting.hundred import PEOPLE, Hundred, hundreds
from sim.reporting.names import plain_name, spoken
from sim.reporting.quote_codes import digest, scenario_code, shortened, steady
from sim.reporting.quote_standing import Ground, difference_in
from sim.reporting.quote_strength import Standing, Strength, is_conditional, strength
from sim.reporting.results import Results
from sim.reporting.sentences import years
from sim.reporting.tables import group_name
from sim.scenario.vocabulary import NO_SERVICE

SUBJECT = ("basis", "pathway", "against", "measure", "part", "by", "group")
FIGURES = ("value", "low", "high", "unit")
IN_WHOLE = ("days", "GBP")
LEAST_FOR_WHOLE, LEAVES_WHOLE = 0.5, 3.0
"""An interval of this half-width is told in whole units; one of that would be so by itself."""
OF_100 = ("fate_right_help_by_28_days", "fate_never")


@dataclass(frozen=True)
class Quote:
    """A sentence with its code, its strength and why; figures are texts, rounded to what the interval supports."""

    code: str
    strength: Strength
    sentence: str
    qualification: str
    why: tuple[str, ...]
    basis: str
    pathway: str
    against: str
    measure: str
    part: str
    by: str
    group: str
    unit: str
    value: str
    low: str
    high: str
    verdict: str
    price_year: str
    share_of_draws: float | None
    rests_on: dict[str, Any]

    @property
    def subject(self) -> tuple[str, ...]:
        """What it is of, whatever the figure came to."""
        return tuple(getattr(self, name) for name in SUBJECT)


@dataclass(frozen=True)
class Draft:
    """A quote before it has a code: what it is of, its figures as texts, and what it says after the lead."""

    of: Difference
    said: str
    figures: tuple[str, str, str]
    standing: Standing
    by: str = "all"
    group: str = ""


def quotes(results: Results) -> list[Quote]:
    """Everything that may be said of these results, and what may not; empty where there is nothing to say."""
    if cautions.nobody(results):
        return []
    ground = Ground(results)
    drafts = [*_headlines(ground), *_of_100(ground), *_waits(ground), *_by_group(ground), *_individuals(ground)]
    codes = _codes(results, drafts)
    return [_quote(ground, draft, code) for draft, code in zip(drafts, codes, strict=True)]


def _quote(ground: Ground, draft: Draft, code: str) -> Quote:
    one, standing, why = draft.of, draft.standing, ground.why(draft.standing)
    lead = said.IF if is_conditional(standing) else said.THEN
    value, low, high = draft.figures
    return Quote(
        code=code,
        strength=strength(standing),
        sentence=lead.format(basis=said.BASIS[one.basis], said=draft.said),
        qualification=said.QUALIFIED.format(why="; ".join(why)) if why else _plainly(standing),
        why=why,
        basis=one.basis,
        pathway=one.pathway,
        against=one.against,
        measure=one.measure,
        part=one.part,
        by=draft.by,
        group=draft.group,
        unit=one.unit,
        value=value,
        low=low,
        high=high,
        verdict=one.verdict,
        price_year=one.price_year,
        share_of_draws=standing.share_of_draws,
        rests_on=ground.rests_on(standing),
    )


def _plainly(standing: Standing) -> str:
    return said.PLAIN.format(draws=round(100 * (standing.share_of_draws or 0)))


def _codes(results: Results, drafts: list[Draft]) -> list[str]:
    """The code of each draft: scenario, pathway, measure, and as much of its digest as tells it from the others."""
    digests = [digest(results, _figure(draft)) for draft in drafts]
    name = scenario_code(results)
    return [
        f"{name}.{draft.of.pathway}.{draft.of.measure}.{cut}"
        for draft, cut in zip(drafts, shortened(digests), strict=True)
    ]


def _figure(draft: Draft) -> tuple[str, ...]:
    one = draft.of
    return (one.basis, one.pathway, one.against, one.measure, one.part, draft.by, draft.group, *draft.figures)


@dataclass(frozen=True)
class Coarse(Difference):
    """A difference told in whole days and pounds, where its interval is no narrower than that."""

    @property
    def half_width(self) -> float:
        """Half the width of the interval, or what leaves whole units."""
        is_fine = super().half_width < LEAST_FOR_WHOLE or not self.unit.startswith(IN_WHOLE)
        return super().half_width if is_fine else max(super().half_width, LEAVES_WHOLE)


def cut_off(one: Difference) -> Difference:
    """The difference without its last digits, so that none can tip a rounding, and coarse enough to be quoted."""
    known = {each.name: getattr(one, each.name) for each in fields(one)}
    return Coarse(**known | {name: steady(known[name]) for name in ("mean", "low", "high")})


def _pairs(results: Results) -> list[tuple[str, str, str]]:
    """(basis, pathway, against): each pathway and the first on every basis; on the first each and no service."""
    first, *others = results.compared
    pairs = [(basis, one, first) for basis in results.bases for one in others if (basis, one) in results.arms]
    alone = [(results.bases[0], one, NO_SERVICE) for one in results.compared if NO_SERVICE in results.pathways]
    return pairs + alone


def _headlines(ground: Ground) -> Iterator[Draft]:
    """The headline differences."""
    results = ground.results
    for basis, pathway, against in _pairs(results):
        for measure in results.headlines:
            one = difference_in(results, basis, pathway, against, measure)
            if one is not None and math.isfinite(one.low + one.high):
                yield _difference(ground, cut_off(one))


def _difference(ground: Ground, one: Difference, by: str = "all", group: str = "") -> Draft:
    of = said.OF_GROUP.format(group=f"‘{group_name(ground.results, by, group)}’") if group else ""
    told = said.DIFFERENCE.format(of=of, pathway=spoken(one.pathway), against=spoken(one.against), clause=clause(one))
    ends = [bare(value, one.unit, half_width=one.half_width, signed=True) for value in (one.mean, one.low, one.high)]
    standing = ground.standing(one, of_everyone=not group)
    return Draft(one, told, (ends[0], ends[1], ends[2]), standing, by, group)


def _of_100(ground: Ground) -> Iterator[Draft]:
    """Of 100 people how many were helped in time, and how many never: as the picture of 100 shows them."""
    results = ground.results
    found = {(one.basis, one.pathway): one for one in hundreds(results)}
    for basis, pathway, against in _pairs(results):
        mine, theirs = (
            found.get((basis, pathway)),
            found.get((basis, against)) or found.get((results.bases[0], against)),
        )
        for measure in OF_100 if against != NO_SERVICE or len(results.compared) == 1 else ():
            one = difference_in(results, basis, pathway, against, measure)
            if mine and theirs and one is not None and math.isfinite(one.low + one.high):
                yield _people(ground, cut_off(one), mine, theirs)


def _people(ground: Ground, one: Difference, mine: Hundred, theirs: Hundred) -> Draft:
    fate = one.measure.removeprefix("fate_")
    counts = {"count": mine.spoken(fate), "other": theirs.spoken(fate)}
    did = said.DID[one.measure].format(years=years(ground.results))
    names = {"pathway": spoken(one.pathway), "against": spoken(one.against)}
    told = said.OF_100.format(**counts, **names, did=did, span=span_of_100(one))
    low, high = (_whole(PEOPLE * value) for value in (one.low, one.high))
    return Draft(one, told, (f"{counts['count']} : {counts['other']}", low, high), ground.standing(one))


def span_of_100(one: Difference) -> str:
    """The interval of a difference of shares in whole people of 100, e.g. `21 to 23 more`."""
    low, high = (_whole(PEOPLE * abs(value)) for value in (one.low, one.high))
    if low == high == "0" and one.low <= 0 <= one.high:
        return said.SAME
    if one.low <= 0 <= one.high:
        return said.SPAN_BOTH_SIDES.format(low=low, high=high)
    near, far, way = (high, low, said.FEWER) if one.high <= 0 else (low, high, said.MORE)
    template = said.SPAN_ONE if near == far else said.SPAN_FROM_NONE if near == "0" else said.SPAN
    return (said.SPAN_UNDER_ONE if far == "0" else template).format(near=near, far=far, way=way)


def _whole(value: float) -> str:
    return plain_number(value, 0)


def _waits(ground: Ground) -> Iterator[Draft]:
    """Of a plain queueing network, where the longest mean wait of each pathway is."""
    results = ground.results
    for pathway in results.compared if not results.scenario.has_levels else ():
        table = results.summary
        rows = table[(table["measure"] == "wait_days") & (table["by"] == "all") & (table["pathway"] == pathway)]
        rows = rows[rows["mean"].notna() & (rows["basis"] == results.bases[0])]
        if len(rows):
            yield _wait(ground, rows.sort_values("mean", kind="stable").iloc[-1])


def _wait(ground: Ground, row: pd.Series) -> Draft:
    one = cut_off(difference_of(pd.Series({**row.to_dict(), "against": "", "matters": math.nan, "verdict": ""}), ""))
    # An interval about a mean near 0 may reach below it; a wait cannot.
    ends = (one.mean, max(0.0, one.low), one.high)
    mean, low, high = (bare(value, one.unit, half_width=one.half_width) for value in ends)
    wait = {"wait": with_unit(mean, one.unit), "low": low, "high": with_unit(high, one.unit)}
    told = said.WAIT if one.mean else said.NO_WAIT
    text = told.format(pathway=spoken(one.pathway), part=f"‘{plain_name(one.part)}’", **wait)
    return Draft(one, text, (mean, low, high), ground.standing(replace(one, against=NO_SERVICE)))


def _by_group(ground: Ground) -> Iterator[Draft]:
    """The headline differences from the first pathway for each group, on the first basis."""
    results, table = ground.results, ground.results.comparison
    rows = table[(table["by"] == "group") & (table["basis"] == results.bases[0])]
    rows = rows[(rows["against"] == results.compared[0]) & rows["measure"].isin(results.headlines)]
    several = len(set(rows["group"])) > 1
    for _, row in rows.iterrows() if several else ():
        one = difference_of(row, results.scenario.price_year)
        if math.isfinite(one.low + one.high):
            yield _difference(ground, cut_off(one), "group", str(row["group"]))


def _individuals(ground: Ground) -> Iterator[Draft]:
    """Who individually is helped sooner or later: listed, so that nobody takes it from a table."""
    results = ground.results
    for basis, pathway, against in _pairs(results):
        for measure, when in said.WHEN.items() if basis == results.bases[0] else ():
            one = difference_in(results, basis, pathway, against, measure)
            if one is not None and math.isfinite(one.low + one.high):
                yield _individual(ground, cut_off(one), when)


def _individual(ground: Ground, one: Difference, when: str) -> Draft:
    ends = [_whole(PEOPLE * value) for value in (one.mean, one.low, one.high)]
    names = {"pathway": spoken(one.pathway), "against": spoken(one.against), "when": when}
    told = said.INDIVIDUALS.format(share=ends[0], **names)
    return Draft(one, told, (ends[0], ends[1], ends[2]), ground.standing(one, is_individual=True, of_everyone=False))
