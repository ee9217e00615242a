"""A scenario in words, for a reader who does not code: who, what, by whom, how long, and what stands behind it."""

from __future__ import annotations

from collections.abc import Iterator

from sim.errors import printable
from sim.measures.course import remission
from sim.reporting.amounts import counted, counted_exactly, exact_number, listed, plain_number
from sim.reporting.arrivals import arrivals_in_words, waiting_in_words
from sim.reporting.inputs import changes_in_words, numbers_in_words, sources_in_words
from sim.reporting.paragraphs import about_in_ratio, bullets, heading, in_ratio, named, paragraph
from sim.reporting.remission import MONTHS, published_remission
from sim.reporting.steps import days_by_level, pathway_in_words
from sim.scenario.citizens import Group
from sim.scenario.facts import Fact
from sim.scenario.origins import origin
from sim.scenario.scenario import Scenario
from sim.scenario.vocabulary import DAYS_A_YEAR, LEVELS, NEEDS


def explained(scenario: Scenario) -> str:
    """The scenario as plain text of at most 100 columns: citizens, course, pathways, changes, numbers, sources."""
    lines = [*_opening(scenario), *_place(scenario), *_citizens(scenario)]
    if scenario.has_levels:
        lines += _course(scenario)
    for name in scenario.pathways:
        lines += pathway_in_words(scenario, name)
    lines += [*_crisis(scenario), *_discounting(scenario), *_run(scenario)]
    lines += [*changes_in_words(scenario), *numbers_in_words(scenario), *sources_in_words(scenario)]
    text = "\n".join(lines).strip()
    return "\n".join(printable(line) for line in text.split("\n")) + "\n"


def _opening(scenario: Scenario) -> Iterator[str]:
    yield paragraph(scenario.title)
    if scenario.question:
        yield paragraph(scenario.question)
    first, *others = [named(name) for name in scenario.compare]
    against = f" Set against {first} {'are' if len(others) > 1 else 'is'} {listed(others)}," if others else ""
    against += " and all are set against no service at all." if others else ""
    yield ""
    yield paragraph(f"{counted(len(scenario.pathways), 'pathway')} described here.{against}")
    yield paragraph("The same citizens go through each of them; only what the pathway does to them differs.")


def _place(scenario: Scenario) -> Iterator[str]:
    place = scenario.place
    yield heading("The place")
    said = [f"{exact_number(place.adults)} adults"] if place.adults else []
    if place.households:
        total = exact_number(sum(place.households.values()))
        parts = listed([f"{named(name)} {exact_number(count)}" for name, count in place.households.items()])
        said.append(f"{total} households in {len(place.households)} neighbourhoods ({parts})")
    if place.band_d_homes:
        said.append(f"a council tax base of {exact_number(place.band_d_homes)} Band D homes")
    if place.band_d_bill:
        said.append(f"a Band D bill of {exact_number(place.band_d_bill)} GBP a year")
    if said:
        yield paragraph(f"The area has {listed(said)}.")
    yield from arrivals_in_words(scenario)
    yield from waiting_in_words(scenario)


def _citizens(scenario: Scenario) -> Iterator[str]:
    yield heading("The citizens")
    of = "those whose need begins" if scenario.has_levels else "those who arrive"
    for name, share in scenario.group_shares.items():
        group = scenario.groups[name]
        part = about_in_ratio(share) if group.arrivals else in_ratio(round(share, 9))
        said = [f"{group.title or named(name)}: {part} of {of}"]
        if group.level_at_arrival is not None:
            said.append(f"their level is then {_mix(LEVELS[1:], group.level_at_arrival.shares)}")
        if group.number_of_needs is not None:
            said.append(f"open needs: {_mix(NEEDS, group.number_of_needs.shares)}")
        yield from bullets(["; ".join(said) + "."])


def _mix(names: tuple[str, ...], shares: tuple[float, ...]) -> str:
    given = zip(names, shares, strict=True)
    return ", ".join(f"{name} for {in_ratio(round(share, 9))}" for name, share in given if share)


def _course(scenario: Scenario) -> Iterator[str]:
    yield heading("The course of need when nobody helps")
    for name, group in scenario.groups.items():
        yield paragraph(f"{group.title or named(name)}")
        yield from bullets(_course_of(group))
        yield from bullets(_easing_evidence(scenario, name), 4)
    slowed = exact_number(scenario.course.pace_during_help * 100)
    yield paragraph(f"During help need worsens at {slowed}% of its usual speed, and eases at full speed.")
    yield ""
    yield paragraph(
        "For the mix of levels at arrival, and without any help, this course implies that of those whose need begins:"
    )
    yield from bullets(_remission_in_words(scenario, months) for months in MONTHS)
    yield from published_remission(scenario)
    yield from _checked_remission(scenario)


def _course_of(group: Group) -> Iterator[str]:
    yield f"worsens by one level, on average after: {days_by_level(group.worsens_after_days.days)}."
    yield f"eases by one level (from low: the need ends), after: {days_by_level(group.eases_after_days.days)}."
    yield f"dies or moves away while in need, after: {days_by_level(group.leaves_after_days.days)}."
    if group.relapses_after_days is not None:
        after = counted_exactly(group.relapses_after_days, "day")
        yield f"once ended, by itself or by help, the need is back at level low after {after} on average."


def _easing_evidence(scenario: Scenario, group: str) -> Iterator[str]:
    """What stands behind the easing means of a group, wherever they are written."""
    facts = {fact.path: fact for fact in scenario.facts}
    paths = [f"groups.{group}.eases_after_days.{level}" for level in LEVELS[1:]]
    found = {origin(scenario.data, path) for path in paths}
    for fact in (facts[path] for path in sorted(filter(None, found)) if path in facts):
        yield f"evidence for easing at {fact.path.rpartition('.')[2]}: {_evidence(fact)}"


def _evidence(fact: Fact) -> str:
    ends = f", range {exact_number(fact.range[0])} to {exact_number(fact.range[1])} days" if fact.range else ""
    note = f"; {fact.note}" if fact.note else ""
    return f"grade {fact.grade}, {fact.source or 'an assumption'}{ends}{note}"


def _remission_in_words(scenario: Scenario, months: int) -> str:
    found = remission(scenario, MONTHS[months])
    return (
        f"by {months} months the need of {about_in_ratio(found.ended)} has ended by itself "
        f"({plain_number(found.ended * 100, 1)}%); {about_in_ratio(found.left_area)} have died or moved away"
    )


def _checked_remission(scenario: Scenario) -> Iterator[str]:
    checks = {name: check for name, check in scenario.checks.items() if "recover" in check.measure}
    for name, check in checks.items():
        figure = f"{exact_number(check.published)} (± {exact_number(check.tolerance)})"
        yield paragraph(f"Published beside it: {check.title or named(name)}, {figure}; source {check.source}.")
    if not checks and not scenario.published_remission:
        yield paragraph("No published remission figure is set beside it.")


def _crisis(scenario: Scenario) -> Iterator[str]:
    crisis = scenario.crisis
    if crisis is None:
        return
    yield heading("What a crisis costs other services")
    yield paragraph(
        f"{exact_number(crisis.gbp_per_entry)} GBP each time someone enters crisis and "
        f"{exact_number(crisis.gbp_per_day)} GBP a day in it, paid by {named(crisis.payer)} to "
        f"{named(crisis.receiver)}; "
        f"{f'{exact_number(crisis.cashable * 100)}%' if crisis.cashable else 'none'} of it is cashable."
    )


def _discounting(scenario: Scenario) -> Iterator[str]:
    if scenario.has_money and scenario.run.weeks.follow_up_days > DAYS_A_YEAR:
        yield heading("What later costs count for")
        yield paragraph(
            f"Public cost is also shown discounted, at {exact_number(scenario.discount_rate * 100)}% a year from the "
            "day the need arises."
        )


def _run(scenario: Scenario) -> Iterator[str]:
    weeks = scenario.run.weeks
    before, cohort, after = (counted(number, "week") for number in (weeks.warm_up, weeks.cohort, weeks.follow_up))
    yield heading("How it is run")
    yield paragraph(
        f"The service runs {before} before anyone is counted. Counted is everyone whose need begins in the next "
        f"{cohort}, and each of them is followed for {after}, with others arriving behind. This is repeated "
        f"{scenario.run.replications} times or more, each time with other luck (seed {scenario.run.seed})."
    )
    if any(pathway.teams for pathway in scenario.pathways.values()):
        targets = listed([counted(days, "day") for days in scenario.wait_targets_days])
        yield paragraph(f"At every stage that a team works, waits are held against {targets}.")
    for name, half_width in scenario.run.precision.items():
        yield from bullets(
            [
                f"headline {name}: to within {exact_number(half_width)}; smaller differences than "
                f"{exact_number(scenario.run.matters[name])} do not matter"
            ]
        )
