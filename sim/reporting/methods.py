"""The methods page: what guidelines ask, filled from scenario and run, open gaps among it; the log of assumptions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sim.measures.limits_wording import NOT_SUITABLE_FOR
from sim.reporting import methods_wording as said
from sim.reporting.evidence import in_words
from sim.reporting.methods_answers import answers
from sim.reporting.methods_items import GUIDELINES, NOT_APPLICABLE, OPEN, Guideline, Item
from sim.reporting.names import spoken
from sim.reporting.quotes import Quote
from sim.reporting.report import environment, own
from sim.reporting.results import Results
from sim.reporting.steps import pathway_in_words
from sim.reporting.studied import study_table
from sim.reporting.tables import Cell, Table
from sim.scenario.facts import Fact

AREAS_OWN = ("place", "arrivals", "waiting_at_start")
"""Parts of a file that an area can count for itself."""


class Filled(NamedTuple):
    """An item with its answers, what is open of it, and how far that fills it."""

    item: Item
    answers: tuple[str, ...]
    open: tuple[str, ...]

    @property
    def state(self) -> str:
        """Whether it is filled, filled in part, or open."""
        if not self.open:
            return said.FILLED
        return said.PARTLY if self.answers else said.NOT_FILLED


def render(results: Results, found: Sequence[Quote]) -> str:
    """The whole page as text, with nothing fetched from anywhere."""
    known = answers(results, found)
    filled = [(guide, [fill(item, known) for item in guide.items]) for guide in GUIDELINES]
    return (
        environment()
        .get_template("methods.html.j2")
        .render(
            words=said,
            title=results.manifest["title"],
            quick=results.quick,
            guidelines=[(guide, told(guide, items), items) for guide, items in filled],
            log_said=said.LOG.format(
                assumed=len(_assumed(results)),
                numbers=len(results.scenario.facts),
                shares=said.SHARES_NOT_KNOWN if study_table(results, "drivers").empty else said.SHARES_IN_REPORT,
            ),
            log=log(results),
            pathways=[(said.IN_WORDS.format(name=spoken(name)), in_lines(results, name)) for name in results.compared],
            not_suitable=NOT_SUITABLE_FOR,
            style=own("report.css"),
        )
    )


def fill(item: Item, known: Mapping[str, str]) -> Filled:
    """The item with what the results say to it; what they do not, and what only people can say, is open."""
    found = [known.get(name, name) if not name.startswith(OPEN) else name for name in item.answers]
    kept = tuple(one.removeprefix(NOT_APPLICABLE) for one in found if one and not one.startswith(OPEN))
    gaps = tuple(said.OPEN.format(what=one.removeprefix(OPEN)) for one in found if one.startswith(OPEN))
    return Filled(item, kept, gaps or (() if kept else (said.OPEN.format(what=item.name),)))


def told(guide: Guideline, items: Sequence[Filled]) -> str:
    """How many items of a guideline are filled."""
    count = Counter(one.state for one in items)
    return said.TOLD.format(
        heading=guide.heading, of=len(items), filled=count[said.FILLED], partly=count[said.PARTLY],
        open=count[said.NOT_FILLED],
    )  # fmt: skip


def _assumed(results: Results) -> list[Fact]:
    return [fact for fact in results.scenario.facts if fact.grade == "D"]


def log(results: Results) -> Table:
    """Every number that is an assumption: value, range, why, and what would replace it."""
    rows = tuple(map(_log_row, _assumed(results)))
    return Table(said.LOG_CAPTION, said.LOG_HEAD, rows, is_open=True)


def _log_row(fact: Fact) -> tuple[Cell, ...]:
    ends = " to ".join(in_words(fact, end) for end in fact.range) if fact.range else said.NO_RANGE
    by_area = fact.path.partition(".")[0] in AREAS_OWN or fact.path.endswith(".posts")
    return (
        Cell(fact.path, flag="path"),
        Cell(fact.meaning),
        Cell(in_words(fact, fact.value), is_number=True),
        Cell(fact.unit.replace("GBP", "£")),
        Cell(fact.certain or ends),
        Cell(fact.note or said.NO_WHY, flag="note"),
        Cell(said.REPLACED_BY_LOCAL if by_area else said.REPLACED_BY),
    )


def in_lines(results: Results, pathway: str) -> str:
    """A pathway in words, as `explain` prints it."""
    return "\n".join(pathway_in_words(results.scenario, pathway)).strip("\n")
