"""What a file offers and stands on, as text: its changes, every number with its evidence, its sources and checks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sim.reporting.amounts import counted, exact_number, listed
from sim.reporting.evidence import GRADES, in_words, original_in_words
from sim.reporting.paragraphs import bullets, heading, named, paragraph
from sim.reporting.results import settings_in_words
from sim.scenario.changes import dropped_by, is_for_a_pathway, lines_of
from sim.scenario.facts import Fact
from sim.scenario.paths import look_up
from sim.scenario.plans import Figure
from sim.scenario.resolving import resolved
from sim.scenario.scenario import Scenario


def changes_in_words(scenario: Scenario) -> Iterator[str]:
    """What has been changed already, what the file offers to change, and what that cuts off."""
    data = scenario.data
    offered = data.get("changes", {})
    if scenario.applied or scenario.settings or offered or scenario.pruned:
        yield heading("Changes")
    if scenario.applied:
        yield paragraph(f"This is the scenario with {listed(scenario.applied)} applied.")
    if scenario.settings:
        yield paragraph("Set for this run, in place of what the file says:")
        yield from bullets(settings_in_words(scenario.settings))
    meaning = resolved(data).data
    for name, change in offered.items():
        if name not in scenario.applied:
            yield from _change(name, change, data, meaning)
    for path in scenario.pruned:
        yield paragraph(f"Cut off by a change, so left out: {path}.")


def _change(name: str, change: Any, data: Mapping[str, Any], meaning: Mapping[str, Any]) -> Iterator[str]:
    users = [pathway for pathway, given in data["pathways"].items() if name in given.get("changes", [])]
    base: Any = meaning
    if is_for_a_pathway(change):
        yield paragraph(f"{name} (part of {listed([named(user) for user in users]) or 'no pathway'}):")
        base = look_up(meaning, f"pathways.{data['pathways'][users[0]].get('like', users[0])}") if users else {}
    else:
        yield paragraph(f"{name} (applied with --with {name}):")
    lines = [
        f"{path}: from {_shown(_value_at(base, path))} to {_shown(value)}" for path, value in lines_of(change).items()
    ]
    yield from bullets([*lines, *(f"{path}: taken out" for path in dropped_by(change))])


def _value_at(data: Any, path: str) -> Any:
    found = look_up(data, path)
    if found is None and path.endswith(".mean"):
        bare = look_up(data, path.removesuffix(".mean"))
        return None if isinstance(bare, dict) else bare
    return found


def _shown(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, (bool, str)):
        return str(value).lower() if isinstance(value, bool) else value
    if isinstance(value, dict) and "price_year" in value:
        return f"{_shown(value['value'])} in prices of {value['price_year']}"
    if isinstance(value, dict):
        value = value.get("value", value)
    if isinstance(value, dict):
        return ", ".join(f"{name} {_shown(inner)}" for name, inner in value.items())
    return listed([str(one) for one in value]) if isinstance(value, list) else exact_number(value)


def numbers_in_words(scenario: Scenario) -> Iterator[str]:
    """Every number of the file with unit, range, grade, source and note, and how many have which grade."""
    facts = scenario.facts
    yield heading("Every number")
    assumed = sum(fact.grade == "D" for fact in facts)
    without = sum(fact.range is None and not fact.certain for fact in facts)
    yield paragraph(
        f"{assumed} of {len(facts)} numbers are assumptions (grade D: no source is given, or too weak a one). "
        f"{without} have no range: they will be given a wide one when ranges are run."
    )
    for grade, meaning in GRADES.items():
        yield f"  grade {grade}  {sum(fact.grade == grade for fact in facts):>4}  {meaning}"
    yield ""
    for fact in facts:
        yield from _fact(fact)


def _fact(fact: Fact) -> Iterator[str]:
    ends = [in_words(fact, end) for end in fact.range or ()]
    spread = f"range {' to '.join(ends)}" if ends else "no range"
    spread = "certain" if fact.certain else spread
    value = f"{in_words(fact, fact.value)} {fact.unit}".strip()
    yield fact.path
    yield f"    {value:<28} {spread:<30} grade {fact.grade}  {fact.source or 'assumption'}"
    yield paragraph(_remarks(fact), 4)


def _remarks(fact: Fact) -> str:
    said = [fact.meaning, fact.note, f"certain: {fact.certain}" if fact.certain else ""]
    said.append(original_in_words(fact))
    return "; ".join(part for part in said if part) + "."


def sources_in_words(scenario: Scenario) -> Iterator[str]:
    """The sources the file uses, and the published figures its results are set beside."""
    used = {fact.source for fact in scenario.facts} | {check.source for check in scenario.checks.values()}
    used |= {published.source for published in scenario.published_remission.values()}
    used |= {target.source for target in scenario.targets.values()}
    used |= {scenario.price_indices[fact.original.index].source for fact in scenario.facts if fact.original}
    if scenario.checks:
        yield heading("Published figures set beside the results")
        for name, check in scenario.checks.items():
            about = f"{check.title or named(name)}: {exact_number(check.published)} (± {exact_number(check.tolerance)})"
            where = f"measure {check.measure} of {named(check.pathway)}"
            said = [about, where, _part_of(check), f"source {check.source}"]
            yield from bullets(["; ".join(part for part in (*said, check.note) if part)])
    if scenario.targets:
        yield heading("Figures that numbers were fitted to, and that test nothing")
        for name, target in scenario.targets.items():
            where = f"measure {target.measure} of {named(target.pathway)}"
            said = [f"{target.title or named(name)}: {exact_number(target.published)}", where, _part_of(target)]
            said += [f"by {target.fits}", f"source {target.source}", target.note]
            yield from bullets(["; ".join(part for part in said if part)])
    if used - {None}:
        yield heading("Sources")
    for name, source in scenario.sources.items():
        if name in used:
            said = [f"{source.title}. {source.publisher}, {source.year}. Grade {source.grade}"]
            said += [f"looked up {source.checked}" if source.checked else "", source.link]
            said.append(f"weak in this: {source.weakness}" if source.weakness else "")
            yield from bullets([f"{name}: " + "; ".join(part for part in said if part)])


def _part_of(figure: Figure) -> str:
    """Of which part of the pathway a published figure is."""
    if figure.stage:
        past = f", not through {named(figure.not_through)}" if figure.not_through else ""
        return f"stage {named(figure.stage)}{past}"
    if figure.days is not None:
        return f"within {counted(figure.days, 'day')}"
    return f"team {named(figure.team)}" if figure.team else figure.ending or ""
