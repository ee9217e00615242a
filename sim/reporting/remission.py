"""What the course implies of need that ends without help, set beside what studies found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sim.measures.course import remission
from sim.reporting.amounts import exact_number, plain_number
from sim.reporting.console import columns
from sim.reporting.paragraphs import bullets, named, one_line
from sim.scenario.plans import PublishedRemission
from sim.scenario.scenario import Scenario

MONTHS = {3: 91.0, 6: 182.0, 12: 364.0}
"""Days of a number of months, a year being 364 days."""

Shares = Mapping[int, float]
"""Share whose need has ended, by months since it arose."""


def published_remission(scenario: Scenario) -> Iterator[str]:
    """The course and each published figure as rows, in words where the course lies, and the sources.

    Nothing where the scenario names no published figure.
    """
    published = scenario.published_remission
    if not published:
        return
    found = {name: by_months(one) for name, one in published.items()}
    course = {months: remission(scenario, days).ended for months, days in MONTHS.items()}
    head = ["", *(f"{months} months" for months in MONTHS)]
    rows = [_row("this course", course), *(_row(named(name), shares) for name, shares in found.items())]
    yield "\n" + columns(head, rows) + "\n"
    yield from bullets(where_it_lies(months, course[months], list(found.values())) for months in MONTHS)
    yield from bullets(_source(scenario, name, one) for name, one in published.items())


def by_months(published: PublishedRemission) -> dict[int, float]:
    """The shares a study gives [share], by months since the need arose."""
    given = {3: published.by_3_months, 6: published.by_6_months, 12: published.by_12_months}
    return {months: share for months, share in given.items() if share is not None}


def where_it_lies(months: int, share: float, published: list[Shares]) -> str:
    """Whether the course lies below, above or between what is published for this time, compared as printed."""
    figures = sorted(_percent(shares[months]) for shares in published if months in shares)
    if not figures:
        return f"By {months} months: no published figure."
    implied, least, most = _percent(share), figures[0], figures[-1]
    if implied < least or implied > most:
        where = "below" if implied < least else "above"
    else:
        where = "between" if least < most else "at"
    return f"By {months} months the course lies {where} {_figures(figures)}."


def _figures(figures: list[float]) -> str:
    least, most = (f"{exact_number(figure)}%" for figure in (figures[0], figures[-1]))
    if len(figures) == 1:
        return f"the published figure ({least})"
    return f"the published figures ({least} to {most})" if least != most else f"the published figures (all {least})"


def _percent(share: float) -> float:
    """To a tenth of a per cent: what no study of remission knows any closer."""
    return round(share * 100, 1)


def _row(name: str, shares: Shares) -> list[str]:
    return [name, *(f"{plain_number(_percent(shares[months]), 1)}%" if months in shares else "–" for months in MONTHS)]


def _source(scenario: Scenario, name: str, published: PublishedRemission) -> str:
    source = scenario.sources[published.source]
    said = [f"{named(name)}: {source.title} ({source.publisher}, {source.year}), grade {source.grade}", published.note]
    return one_line("; ".join(part for part in said if part) + ".")
