"""The section of the pathways drawn: for each a picture, a sentence and the table behind it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from sim.reporting import cautions, provenance, tables
from sim.reporting import pathway_wording as wording
from sim.reporting.amounts import listed
from sim.reporting.colours import look
from sim.reporting.icons import alone
from sim.reporting.names import plain_name
from sim.reporting.page import Section
from sim.reporting.pathway_cells import rounded
from sim.reporting.pathway_graph import ENDS, REFUSED, Flows, Step, flows_of
from sim.reporting.pathway_picture import picture, scale_of
from sim.reporting.pathway_sketch import Picture
from sim.reporting.results import Results
from sim.reporting.tables import Table
from sim.reporting.wording import BASIS_SHORT

HUNDRED = 100


@dataclass(frozen=True)
class Drawn:
    """A pathway drawn, with what is said of it and the numbers behind it."""

    id: str
    title: str
    sentence: str
    sideways: str
    picture: Picture
    table: Table | None
    colour: str


def drawn(results: Results) -> Section | None:
    """Each compared pathway as a diagram of its flows; none of a plain network, nor where nobody is in the cohort."""
    basis = results.bases[0]
    names = [pathway for on, pathway in results.arms if on == basis and pathway in results.compared]
    if not results.scenario.has_levels or cautions.nobody(results) or not names:
        return None
    flows = [flows_of(results, basis, name) for name in names]
    scale = scale_of(flows)
    shown = [_drawn(results, basis, one, scale, at) for at, one in enumerate(flows)]
    signs = frozenset[str]().union(*(one.picture.signs for one in shown))
    key = [(alone(sign), words) for sign, words in wording.KEY.items() if sign in signs]
    more: dict[str, object] = {"drawn": shown, "key": key, "scroll": wording.SCROLL, "under": provenance.basis(basis)}
    return Section("drawn", wording.HEADING, (wording.HOW_TO_READ,), template="drawn.html.j2", more=more)


def _drawn(results: Results, basis: str, flows: Flows, scale: float, at: int) -> Drawn:
    title = wording.TITLE.format(pathway=plain_name(flows.pathway).capitalize(), basis=BASIS_SHORT[basis])
    said, style = sentence(flows), look(results, flows.pathway)
    told = wording.ALTERNATIVE.format(title=title, said=said, steps=" ".join(map_of(flows)))
    return Drawn(
        id=f"drawn-{at + 1}",
        title=title,
        sentence=said,
        sideways=wording.SIDEWAYS.format(title=title),
        picture=picture(flows, len(results.scenario.place.households), style, scale, str(at + 1), told),
        table=tables.flows(results, basis, flows.pathway),
        colour=style.line,
    )


def sentence(flows: Flows) -> str:
    """How many approaches begin, how 100 of them end, and at which stage most leave."""
    if flows.begun < 0.5:
        return wording.NOBODY
    is_again = flows.begun_again >= 0.5
    again = wording.BEGIN_AGAIN.format(again=rounded(flows.begun_again)) if is_again else ""
    said = [wording.BEGIN.format(begun=rounded(flows.begun), again=again)]
    hundred = of_hundred(flows.ends)
    if not hundred:
        return f"{said[0]} {wording.NONE_ENDED}"
    said.append(wording.OF_100.format(parts=listed([_of_100(flows, end, n) for end, n in hundred.items() if n])))
    if not any(step.gate for step in flows.steps):
        said.append(wording.NO_GATE)
    return " ".join([*said, *([_most_leave(flows)] if len(flows.steps) > 1 else [])])


def of_hundred(parts: Mapping[str, float]) -> dict[str, int]:
    """Parts as whole numbers that add up to 100, by largest remainder; none of nothing."""
    total = math.fsum(parts.values())
    if not total:
        return {}
    exact = {name: HUNDRED * part / total for name, part in parts.items()}
    whole = {name: math.floor(part) for name, part in exact.items()}
    short = HUNDRED - sum(whole.values())
    for name in sorted(exact, key=lambda name: whole[name] - exact[name])[:short]:
        whole[name] += 1
    return whole


def _of_100(flows: Flows, end: str, number: int) -> str:
    before = wording.BEFORE_ANY_HELP if end == REFUSED and not _refused_after_help(flows) else ""
    said = wording.OF_100_END.get(end, wording.OTHER_END).format(n=number, before_help=before, end=plain_name(end))
    return wording.singular(said) if number == 1 else said


def _refused_after_help(flows: Flows) -> bool:
    """Whether anyone may come from help to a gate."""
    reached = [step.name for step in flows.steps if step.stage.help is not None]
    for name in reached:
        reached += [link.target for link in flows.links if link.source == name and link.target not in reached]
    return any(flows.step(name).gate is not None for name in reached)


def _most_leave(flows: Flows) -> str:
    stage = max(flows.steps, key=lambda step: step.leaving)
    count = of_hundred({step.name: step.leaving for step in flows.steps})[stage.name]
    return wording.MOST_LEAVE.format(stage=stage.title, count=count, chiefly=_chiefly(stage))


def _chiefly(step: Step) -> str:
    end = max(step.ends, key=lambda end: step.ends[end])
    if step.ends[end] <= step.leaving / 2:
        return ""
    told = wording.TOLD.format(called=step.gate.called) if end == REFUSED and step.gate and step.gate.called else ""
    return wording.CHIEFLY.format(end=wording.CHIEF_END.get(end, plain_name(end)) + told)


def map_of(flows: Flows) -> list[str]:
    """The drawing in words, a sentence a stage: who come, how they leave, where the others go on."""
    return [_step_in_words(flows, step) for step in flows.steps]


def _step_in_words(flows: Flows, step: Step) -> str:
    ends = [f"{rounded(step.ends[end])} {wording.END[end]}" for end in ENDS if step.ends.get(end)]
    onward = [
        wording.STEP_ON.format(title=flows.step(link.target).title, n=rounded(link.a_year))
        for link in flows.links
        if link.source == step.name and link.a_year
    ]
    return wording.STEP.format(
        title=step.title,
        entering=rounded(flows.entering(step.name)),
        ends=wording.STEP_ENDS.format(ends=listed(ends)) if ends else "",
        onward=wording.STEP_ONWARD.format(onward=listed(onward)) if onward else "",
    )
