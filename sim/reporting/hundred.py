"""Of 100 citizens, what became of how many: the counts, the sentences on them and the table behind them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, repeat

import pandas as pd

from sim.errors import ResultsError
from sim.measures.fates import FATES
from sim.reporting import cautions, provenance, wording
from sim.reporting import hundred_wording as said
from sim.reporting.amounts import decimals, listed, plain_number
from sim.reporting.colours import look
from sim.reporting.hundred_figures import hundred_people, one_person, symbols
from sim.reporting.names import plain_name, spoken
from sim.reporting.page import Section
from sim.reporting.reading import MADE_BY_ANOTHER
from sim.reporting.results import Results
from sim.reporting.sentences import years
from sim.reporting.tables import Cell, Table, within
from sim.scenario.vocabulary import NO_SERVICE

PEOPLE = 100
SURE = 1e-6
"""Shares add up to 1 within this, as they are written with ten digits."""


@dataclass(frozen=True)
class Hundred:
    """100 citizens of one pathway on one basis: the row of each fate, and the whole people it comes to."""

    basis: str
    pathway: str
    rows: dict[str, pd.Series]
    counts: dict[str, int]

    def share(self, fate: str) -> float:
        """Share of the cohort that has a fate."""
        return float(self.rows[fate]["mean"])

    def beside(self, fate: str) -> str:
        """The number as it stands beside the picture."""
        count, share = self.counts[fate], self.share(fate)
        return said.FEW_SIGN if count == 0 < share else said.MOST_SIGN if count == PEOPLE > 100 * share else str(count)

    def spoken(self, fate: str) -> str:
        """The number as it stands in a sentence."""
        count, share = self.counts[fate], self.share(fate)
        if count == 0:
            return said.FEW if share > 0 else said.NONE
        if count == PEOPLE:
            return said.MOST if share < 1 - SURE else said.ALL
        return str(count)


def section(results: Results) -> Section | None:
    """A picture of 100 citizens for each pathway on the first basis; the other bases are in the table behind it."""
    found = hundreds(results)
    drawn = [one for one in found if one.basis == results.bases[0]]
    if not drawn:
        return None
    more: dict[str, object] = {
        "symbols": symbols(),
        "cards": [_card(results, one) for one in drawn],
        "note": f"{said.COUNTED} {said.NOT_ADJUSTED}",
        "behind": said.BEHIND,
        "under": provenance.basis(results.bases[0]),
    }
    told, tables = tuple(sentences(results, drawn)), (_table(results, found),)
    return Section("hundred", said.HEADING, told, tables=tables, template="hundred.html.j2", more=more)


def hundreds(results: Results) -> list[Hundred]:
    """The 100 of every pathway and basis that was run; none where fates are not reckoned, or nobody has one."""
    found = []
    for basis, pathway in results.arms:
        rows = {fate: results.overall(basis, pathway, f"fate_{fate}") for fate in FATES}
        known = {fate: row for fate, row in rows.items() if row is not None and math.isfinite(row["mean"])}
        if len(known) == len(FATES):
            counts = of_100([float(row["mean"]) for row in known.values()])
            found.append(Hundred(basis, pathway, known, dict(zip(FATES, counts, strict=True))))
    return found


def of_100(shares: Sequence[float]) -> list[int]:
    """Whole people that add up to 100, by largest remainder; of equal remainders the earlier goes first.

    Raises
    ------
    ResultsError
        If the shares do not add up to 1.
    """
    if abs(sum(shares) - 1) > SURE:
        raise ResultsError(f"what became of citizens adds up to {sum(shares):g}, not 1; {MADE_BY_ANOTHER}")
    exact = [round(PEOPLE * share, 6) for share in shares]
    counts = [math.floor(people) for people in exact]
    in_turn = sorted(range(len(exact)), key=lambda place: counts[place] - exact[place])
    for place in in_turn[: PEOPLE - sum(counts)]:
        counts[place] += 1
    return counts


def sentences(results: Results, drawn: Sequence[Hundred]) -> list[str]:
    """How many of 100 were helped in time and how many never, by pathway, and what differs most between pathways."""
    served = [one for one in drawn if one.pathway != NO_SERVICE]
    in_time, never = (_counts(results, who, fate) for who, fate in ((served, FATES[0]), (drawn, FATES[-1])))
    told = [said.IN_TIME.format(basis=wording.BASIS[drawn[0].basis], counts=in_time)] if served else []
    return [*told, said.NEVER.format(counts=never[0].upper() + never[1:]), *_differing(results, served)]


def _counts(results: Results, drawn: Sequence[Hundred], fate: str) -> str:
    """How many of 100 had this fate with each pathway; what it is stands with the first."""
    did = said.DID[fate].format(years=years(results))
    templates = chain([said.COUNT_FIRST], repeat(said.COUNT_NEXT))
    return listed(
        [
            template.format(pathway=spoken(one.pathway), count=one.spoken(fate), did=did)
            for template, one in zip(templates, drawn, strict=False)
        ]
    )


def _differing(results: Results, served: Sequence[Hundred]) -> list[str]:
    """What differs most between each pathway and the first, or no service where there is one alone."""
    first = results.compared[0]
    against = first if len(results.compared) > 1 else NO_SERVICE
    others = [one for one in served if one.pathway != against]
    told = [make(results, one, against) for make in (_differs, _unsteady) for one in others]
    return [sentence for sentence in told if sentence]


def _differs(results: Results, one: Hundred, against: str) -> str:
    rows = {fate: results.difference(one.basis, one.pathway, against, f"fate_{fate}") for fate in FATES}
    known = {fate: row for fate, row in rows.items() if row is not None and math.isfinite(row["low"] + row["high"])}
    if len(known) < len(FATES):
        return ""
    names = {"pathway": spoken(one.pathway), "against": spoken(against)}
    if not any(row["mean"] or row["low"] or row["high"] for row in known.values()):
        return said.SAME.format(**names)
    parts = [_part(known, fates, years(results)) for fates in _clear(known) if fates]
    if not parts:
        return said.NOT_CLEAR.format(**names)
    return said.DIFFERS.format(**names, parts=listed(parts))


def _clear(known: dict[str, pd.Series]) -> tuple[list[str], list[str]]:
    """The fates that are clearly more common, and those clearly less: whoever leaves one is in another."""
    return [fate for fate in known if known[fate]["low"] > 0], [fate for fate in known if known[fate]["high"] < 0]


def _part(known: dict[str, pd.Series], fates: list[str], followed: str) -> str:
    """The fate among these that differs most, in words."""
    fate = max(fates, key=lambda name: abs(float(known[name]["mean"])))
    return said.PART.format(**_size(known[fate]), did=said.DID[fate].format(years=followed))


def _size(row: pd.Series) -> dict[str, str]:
    """How many people of 100 a clear difference is, with its interval: whole people, unless one would be 0."""
    mean, near, far = (PEOPLE * abs(float(row[name])) for name in ("mean", "low", "high"))
    near, far = min(near, far), max(near, far)
    places = 0 if near >= 0.5 else decimals((far - near) / 2) if far > near else None
    numbers = {"size": mean, "near": near, "far": far}
    way = said.MORE if row["mean"] > 0 else said.FEWER
    return {name: plain_number(value, places) for name, value in numbers.items()} | {"way": way}


def _unsteady(results: Results, one: Hundred, against: str) -> str:
    rows = [results.difference(one.basis, one.pathway, against, measure) for measure in results.headlines]
    if not any(row is not None and row["verdict"] == "unsteady" for row in rows):
        return ""
    why = cautions.why_unsteady(results, one.basis, {one.pathway, against})
    return said.UNSTEADY.format(pathway=spoken(one.pathway), against=spoken(against), why=why)


def _card(results: Results, one: Hundred) -> dict[str, object]:
    """A pathway's picture and, as text, the numbers in it."""
    style = look(results, one.pathway)
    labels = _labels(results)
    listing = [(one_person(fate), one.beside(fate), labels[fate], one.counts[fate] == 0) for fate in FATES]
    told = [said.COUNT.format(count=one.spoken(fate), label=labels[fate]) for fate in FATES]
    words = said.PICTURE.format(pathway=spoken(one.pathway), counts=listed(told))
    name = plain_name(one.pathway)
    return {
        "name": name, "line": style.line, "ink": style.ink, "picture": hundred_people(one.counts, words),
        "listing": listing,
    }  # fmt: skip


def _labels(results: Results) -> dict[str, str]:
    return {fate: label.format(years=years(results)) for fate, label in said.LABELS.items()}


def _table(results: Results, found: Sequence[Hundred]) -> Table:
    rows = tuple(
        (
            Cell(plain_name(one.pathway)),
            Cell(wording.BASIS_SHORT[one.basis]),
            *(Cell(one.beside(fate), _mean(one.rows[fate]), is_number=True) for fate in FATES),
        )
        for one in found
    )
    head = ("Pathway", "Basis", *(label[0].upper() + label[1:] for label in _labels(results).values()))
    return Table(said.CAPTION.format(interval=found[0].rows[FATES[0]]["interval"]), head, rows)


def _mean(row: pd.Series) -> str:
    """The mean and its interval in people of 100, rounded to what the interval supports."""
    low, high = within("share", float(row["low"]), float(row["high"]))
    values = [PEOPLE * value for value in (float(row["mean"]), low, high)]
    half_width = PEOPLE * (float(row["high"]) - float(row["low"])) / 2
    places = decimals(half_width) if half_width > 0 else None
    mean, least, most = (plain_number(value, places) for value in values)
    return said.MEAN.format(mean=mean, low=least, high=most) if half_width > 0 else mean
