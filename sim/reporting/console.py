"""What a run prints when it is done: the comparison, in plain text 100 columns wide."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from pathlib import Path

from sim.errors import printable
from sim.measures.definitions import DEFINITIONS
from sim.measures.limits_wording import NOT_SUITABLE_FOR
from sim.reporting import brief, captions, cautions, demand, queues_wording, variants, wording
from sim.reporting.amounts import amount, bare, printed_unit, stated
from sim.reporting.beyond_shifts import beside_shifts
from sim.reporting.differences import Difference, differences, verdict
from sim.reporting.evidence import check_result
from sim.reporting.names import plain_name
from sim.reporting.results import Results
from sim.reporting.tables import PARTS, estimate, headlines, parts
from sim.scenario.vocabulary import NO_SERVICE

WIDTH = 100
GAP = 2
STATES = "state_"


def comparison(results: Results, report: Path | None = None) -> str:
    """The comparison as text: the answer, headlines, differences, state at the end, checks, notices, the report.

    Quick runs begin and end with NOT COMPARABLE.
    """
    parts = [
        _title(results),
        _answer(results),
        *(_headlines(results, basis) for basis in results.bases),
        *(_differences(results, against) for against in (results.compared[0], NO_SERVICE)),
        _demand(results),
        "\n".join(textwrap.fill(one, WIDTH) for one in variants.said(results)),
        _money(results),
        _states(results),
        _shifts(results),
        *(_queues(results, pathway, per) for pathway in results.compared for per in PARTS if not results.headlines),
        _checks(results),
        _notices(results),
        textwrap.fill(NOT_SUITABLE_FOR, WIDTH),
        _report(report),
        wording.NOT_COMPARABLE if results.quick else "",
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def columns(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Rows under a heading, in columns as wide as they need: the first to the left, the others to the right.

    A column of words too long for the page is wrapped.
    """
    widths = [max(len(row[at]) for row in (head, *rows)) for at in range(len(head))]
    over = sum(widths) + GAP * (len(widths) - 1) - WIDTH
    if over > 0:
        widest = widths.index(max(widths))
        widths[widest] = max(12, widths[widest] - over)
    lines = [*_wrapped(head, widths), "-" * (sum(widths) + GAP * (len(widths) - 1))]
    return "\n".join([*lines, *(line for row in rows for line in _wrapped(row, widths))])


def _wrapped(row: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    cells = [textwrap.wrap(text, width) or [""] for text, width in zip(row, widths, strict=True)]
    for depth in range(max(map(len, cells))):
        texts = [cell[depth] if depth < len(cell) else "" for cell in cells]
        first, *others = zip(texts, widths, strict=True)
        line = [first[0].ljust(first[1]), *(text.rjust(width) for text, width in others)]
        yield (" " * GAP).join(line).rstrip()


def _title(results: Results) -> str:
    quick = f"{wording.NOT_COMPARABLE}  " if results.quick else ""
    changed = f"  (with {results.unlike_its_file})" if results.unlike_its_file else ""
    title = printable(f"{quick}{results.manifest['title']}{changed}")
    return "\n".join([*textwrap.wrap(title, WIDTH), "=" * min(len(title), WIDTH)])


def _answer(results: Results) -> str:
    found = brief.answer(results)
    said = [found.question] if found.question else []
    return "\n".join(textwrap.fill(sentence, WIDTH) for sentence in (*said, *found.sentences))


def _headlines(results: Results, basis: str) -> str:
    found = None if cautions.nobody(results) else headlines(results, basis)
    if found is None:
        return ""
    rows = [[cell.on_one_line for cell in row] for row in found.rows]
    owed = textwrap.fill(captions.owed(results, basis), WIDTH)
    return "\n".join(filter(None, [found.caption, columns(found.head, rows), owed]))


def _differences(results: Results, against: str) -> str:
    found = [d for d in differences(results, against=against) if (d.basis, d.pathway) in results.arms]
    rows = [[*_names(d), _signed(d, d.mean), _interval(d), verdict(d)] for d in found]
    head = ["", "pathway", "basis", "mean", "95% interval", "verdict"]
    if not any(row[-1] for row in rows):
        head, rows = head[:-1], [row[:-1] for row in rows]
    why = cautions.not_judged((d.basis, d.verdict) for d in found)
    said = [textwrap.fill(one, WIDTH) for one in (cautions.adjusted(results, against), *why)]
    heading = f"Difference from {plain_name(against)}"
    return "\n".join(filter(None, [heading, columns(head, rows), *said])) if rows else ""


def _demand(results: Results) -> str:
    """The headline differences at fewer and at more arrivals, as specified."""
    rows = [
        [_measure(one), plain_name(one.pathway), f"× {factor:g}", _signed(one, one.mean), _interval(one), verdict(one)]
        for measure in demand.measures(results)
        for pathway in results.compared[1:]
        for factor, one in zip(demand.factors(results), demand.differences(results, pathway, measure), strict=True)
    ]
    head = ["", "pathway", "arrivals", "mean", "95% interval", "verdict"]
    heading = f"Difference from {plain_name(results.compared[0])}, as specified, with fewer people and with more"
    said = [textwrap.fill(one, WIDTH) for one in demand.holds(results)]
    return "\n".join([heading, columns(head, rows), *said]) if rows else ""


def _names(difference: Difference) -> list[str]:
    return [_measure(difference), plain_name(difference.pathway), wording.BASIS_SHORT[difference.basis]]


def _measure(difference: Difference) -> str:
    return f"{plain_name(difference.measure)} [{printed_unit(difference.unit, difference=True)}]"


def _interval(difference: Difference) -> str:
    return f"{_signed(difference, difference.low)} to {_signed(difference, difference.high)}"


def _signed(difference: Difference, value: float) -> str:
    return bare(value, difference.unit, half_width=difference.half_width, signed=True)


def _money(results: Results) -> str:
    """What is cashable, what it comes to discounted, who bears it, what is paid once and paid back."""
    said = () if cautions.nobody(results) else captions.costs(results)
    return "\n".join(["Money", *(textwrap.fill(one, WIDTH) for one in said)]) if said else ""


def _states(results: Results) -> str:
    """The partition of the cohort at the end of follow-up, as specified."""
    basis = results.bases[0]
    rows = []
    for measure in (name for name in DEFINITIONS if name.startswith(STATES)):
        found = [results.overall(basis, pathway, measure) for pathway in results.pathways]
        if any(row is not None for row in found):
            rows.append([plain_name(measure.removeprefix(STATES)), *(estimate(row).text for row in found)])
    heading = f"State at the end of follow-up, {wording.BASIS_SHORT[basis]} [% of citizens]"
    return f"{heading}\n{columns(['', *map(plain_name, results.pathways)], rows)}" if rows else ""


def _shifts(results: Results) -> str:
    """Overtime of teams and what is paid for it, and hours on shift with nobody to serve, as specified."""
    basis = results.bases[0]
    said = [
        textwrap.fill(f"{plain_name(pathway).capitalize()}: {one}", WIDTH)
        for pathway in results.compared
        for one in beside_shifts(results, basis, pathway)
    ]
    return "\n".join([queues_wording.SHIFTS.format(basis=wording.BASIS_SHORT[basis]), *said]) if said else ""


def _queues(results: Results, pathway: str, per: str) -> str:
    """What a plain network is about: its stages and teams, as specified."""
    found = parts(results, results.bases[0], pathway, per)
    if found is None:
        return ""
    rows = [[cell.on_one_line for cell in row] for row in found.rows]
    return f"{found.caption}\n{columns(found.head, rows)}"


def _checks(results: Results) -> str:
    rows = [
        [
            row["title"] or plain_name(row["name"]),
            amount(row["model"], row["unit"]),
            stated(row["published"], row["unit"]),
            f"± {stated(row['tolerance'], row['unit'], difference=True)}",
            wording.CHECK_RESULTS[check_result(results, passed=row["passed"])],
        ]
        for _, row in results.checks.iterrows()
    ]
    head = ["Check against published figures", "model", "published", "tolerance", ""]
    return columns(head, rows) if rows else ""


def _notices(results: Results) -> str:
    return "\n".join(textwrap.fill(f"! {said}", WIDTH, subsequent_indent="  ") for said in cautions.notices(results))


def _report(report: Path | None) -> str:
    return f"Report: {report}" if report else ""
