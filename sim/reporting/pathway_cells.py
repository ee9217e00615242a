"""What stands in each box of a drawn pathway and under it, in lines that fit, and so how much room a box takes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sim.reporting import pathway_wording as wording
from sim.reporting.amounts import counted_exactly, exact_number
from sim.reporting.names import plain_name
from sim.reporting.pathway_graph import ENDS, REFUSED, Flows, Step
from sim.reporting.pathway_routes import ARROW, Node
from sim.reporting.shapes import text_width, wrapped
from sim.scenario.stages import Stage

TITLE, SMALL = 13.5, 12.5
"""Sizes of letters [px]."""
BOLD = 1.1
"""Bold letters are so much wider."""
TITLE_LINE, LINE = 17.0, 15.5
PAD = 7.0
TITLE_LINES, NOTE_LINES, CALLED_LINES = 4, 4, 4
ICON = 15.0
DELAY_WIDTH = 0.72
"""A box of a delay is so much narrower than others."""
THINNEST = 1.2
DROP = 15.0
"""From the bottom of a box to the first way out."""
TURN = 12.0
"""From the trunk of the ways out to where a way out ends, before its arrow."""
BETWEEN_WAYS = 7.0
FEW = 0.01
"""Ways out of a smaller share of all approaches are told as one."""
ALWAYS_TOLD = (REFUSED, "helped_fit", "helped_unfit")
WHOLE_DAYS = 10
"""So many days are told as whole days."""
STAYING = 0.02
"""What stays is told where it is more than this share of what comes."""


@dataclass(frozen=True)
class Note:
    """A few lines of text in a box, with an icon before them or none."""

    lines: tuple[str, ...]
    icon: str = ""


@dataclass(frozen=True)
class WayOut:
    """One way out under a box: how wide, how many leave by what end, and more of it, said less loudly."""

    end: str
    width: float
    said: tuple[str, ...]
    more: tuple[str, ...] = ()

    @property
    def height(self) -> float:
        """The room it takes."""
        return max((len(self.said) + len(self.more)) * LINE, self.width + 4) + BETWEEN_WAYS


@dataclass(frozen=True)
class Cell:
    """A box and what hangs under it."""

    name: str
    width: float
    title: tuple[str, ...]
    purpose: str
    is_delay: bool
    has_gate: bool
    notes: tuple[Note, ...]
    ways_out: tuple[WayOut, ...]

    @property
    def head(self) -> float:
        """How high the part with the title is."""
        lines = len(self.title) * TITLE_LINE + (LINE if self.purpose else 0.0)
        return lines + 2 * PAD - 3

    @property
    def node(self) -> Node:
        """The room it takes in the layout."""
        notes = sum(len(note.lines) for note in self.notes) * LINE + (2 * PAD if self.notes else 0.0)
        below = DROP + sum(way.height for way in self.ways_out) if self.ways_out else 0.0
        return Node(self.name, self.width, self.head + notes, below=below)


def rounded(number: float) -> str:
    """A number of people, to three figures."""
    if 0 < number < 0.5:
        return wording.FEWER_THAN_ONE
    whole = round(number)
    places = max(0, len(str(whole)) - 3)
    return f"{round(whole, -places):,}"


def cell(flows: Flows, step: Step, neighbourhoods: int, width: float, scale: float) -> Cell:
    """What stands in the box of a step and under it; `scale` is px for one visit a year."""
    is_delay = step.stage.delay_days is not None
    if is_delay and step.leaving < FEW * flows.begun:
        longest = max(text_width(word, TITLE * BOLD) for word in step.title.split())
        width = min(width, max(DELAY_WIDTH * width, longest + 2 * PAD + 1))
    room = width - 2 * PAD
    return Cell(
        name=step.name,
        width=width,
        title=tuple(wrapped(step.title, room, TITLE * BOLD, TITLE_LINES)),
        purpose=step.stage.purpose or "",
        is_delay=is_delay,
        has_gate=step.gate is not None,
        notes=tuple(_notes(step, neighbourhoods, room)),
        ways_out=tuple(_ways_out(flows, step, width, scale)),
    )


def _notes(step: Step, neighbourhoods: int, room: float) -> Iterator[Note]:
    for words, icon in (*_delay(step.stage), *_team(step, neighbourhoods), *_queue(step)):
        yield Note(tuple(wrapped(words, room - ICON, SMALL, NOTE_LINES)), icon)


def _delay(stage: Stage) -> Iterator[tuple[str, str]]:
    if stage.delay_days is not None:
        yield _days(stage.delay_days.expected) + (wording.BY_GROUP if stage.delay_days_by_group else ""), "clock"


def _days(days: float) -> str:
    return counted_exactly(round(days, 0 if days >= WHOLE_DAYS else 1), "day")


def _team(step: Step, neighbourhoods: int) -> Iterator[tuple[str, str]]:
    team = step.team
    if team is None:
        return
    posts = wording.UNLIMITED if team.is_unlimited else counted_exactly(round(step.posts, 2), "post")
    said = wording.SHARED if step.shares_team else wording.TEAM
    yield said.format(team=team.title or plain_name(step.stage.team or ""), posts=posts), "team"
    if team.works == "caseload" and team.cases_each:
        yield wording.PLACES.format(cases=exact_number(team.cases_each)), "cases"
    if team.keeps:
        yield wording.KEEPS, "keeps"
    if team.per_neighbourhood:
        yield wording.PER_NEIGHBOURHOOD.format(n=neighbourhoods), "houses"


def _queue(step: Step) -> Iterator[tuple[str, str]]:
    stage = step.stage
    if step.wait_days >= 0.5:
        yield wording.WAIT.format(days=_days(step.wait_days)), "clock"
    if stage.queue_limit is not None:
        yield wording.AT_MOST_WAIT.format(n=stage.queue_limit) if stage.queue_limit else wording.NOBODY_WAITS, ""
    for key, by in wording.BY.items():
        if getattr(stage, key):
            yield wording.ONWARD_BY.format(by=by), "fork"


def _ways_out(flows: Flows, step: Step, width: float, scale: float) -> Iterator[WayOut]:
    told = dict(_told(flows, step))
    trunk = sum(max(number * scale, THINNEST) for number in told.values())
    room = width - way_out_text(trunk)
    for end, number in told.items():
        said = wrapped(f"{rounded(number)} {wording.END[end]}", room, SMALL, CALLED_LINES)
        more = tuple(_refusal(step, room)) if end == REFUSED else ()
        yield WayOut(end, max(number * scale, THINNEST), tuple(said), more)
    staying = flows.staying(step.name)
    if round(abs(staying)) and abs(staying) > STAYING * flows.entering(step.name):
        words = f"{rounded(abs(staying))} {wording.END['staying' if staying > 0 else 'fewer']}"
        yield WayOut("staying", 0.0, tuple(wrapped(words, room, SMALL, CALLED_LINES)))


def way_out_text(trunk: float) -> float:
    """How far right of the box's left side the words of the ways out begin."""
    return trunk + TURN + ARROW + 6


def _told(flows: Flows, step: Step) -> Iterator[tuple[str, float]]:
    """Ends at a step that are told apart, then all that are few."""
    known = [end for end in ENDS if step.ends.get(end)]
    others = [end for end in step.ends if end not in ENDS]
    few = [end for end in known if _is_few(end, flows, step)]
    yield from ((end, step.ends[end]) for end in known if end not in few or len(few) + len(others) == 1)
    rest = [step.ends[end] for end in (*few, *others)]
    if len(rest) > 1 or (rest and others):
        yield "other", sum(rest)


def _is_few(end: str, flows: Flows, step: Step) -> bool:
    return end not in ALWAYS_TOLD and step.ends[end] < FEW * flows.begun


def _refusal(step: Step, room: float) -> Iterator[str]:
    """What share the gate refuses, what it calls that, and for which reasons where there are several."""
    yield from wrapped(wording.AT_THE_GATE.format(share=share_in_words(step.refused_share)), room, SMALL, CALLED_LINES)
    if step.gate is not None and step.gate.called:
        yield from wrapped(wording.CALLED.format(called=step.gate.called), room, SMALL, CALLED_LINES)
    if len(step.reasons) > 1:
        for reason, number in step.reasons.items():
            yield from wrapped(wording.REASON[reason].format(n=rounded(number)), room, SMALL, CALLED_LINES)


def share_in_words(share: float) -> str:
    """A share as per cent, never 0 or 100 where it is not."""
    if 0 < share < 0.005:
        return "<1%"
    return ">99%" if 0.995 <= share < 1 else f"{share:.0%}"


def widths(flows: Flows, scale: float) -> Mapping[str, float]:
    """How wide approaches for the first time and again are drawn; only those there are."""
    begun = {"first": flows.begun_first, "again": flows.begun_again}
    return {name: max(number * scale, THINNEST) for name, number in begun.items() if number >= 0.5}
