"""A pathway in sentences: its steps in order, its teams, its contract."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sim.measures.capacity import WHOLE_AREA, caseload_places
from sim.reporting.amounts import counted_exactly, exact_number, listed, plain_number
from sim.reporting.paragraphs import bullets, heading, in_ratio, named, paragraph, routes_in_words
from sim.reporting.shifts_in_words import overtime_in_words, part_posts_in_words
from sim.reporting.step_order import in_order
from sim.scenario.gates import Gate
from sim.scenario.pathways import ContractLine, OneOff, Pathway
from sim.scenario.scenario import Scenario
from sim.scenario.stages import BY_GROUP, BY_NEED_SEEN, FIRST_COME, Help, Missed, Stage
from sim.scenario.teams import SAME_DAY, Team
from sim.scenario.vocabulary import LEVELS, NEEDS

PURPOSES = {"deciding": "deciding", "helping": "helping", "running": "running the service", None: ""}


def pathway_in_words(scenario: Scenario, name: str) -> Iterator[str]:
    """A pathway as lines of text."""
    pathway = scenario.pathways[name]
    yield heading(f"The pathway {named(name)}")
    if pathway.title:
        yield paragraph(f"{pathway.title}.")
    if scenario.has_money:
        yield paragraph(f"Paid for by {named(pathway.payer)}; provided by {named(pathway.provider)}.")
    yield from _asking(pathway)
    titles = {stage: given.title or named(stage) for stage, given in pathway.stages.items()}
    if scenario.waiting_at_start is not None:
        when = "the run begins" if scenario.waiting_at_start.at == "start" else "the year that is counted begins"
        yield paragraph(
            f"Those who already wait when {when} wait for “{titles[pathway.waiting_at or pathway.starts_at]}”."
        )
    yield "\n  Steps"
    order = in_order(pathway)
    for number, stage in enumerate(order, start=1):
        yield paragraph(titles[stage], 2, f"{number}. ")
        yield from bullets(_stage(pathway.stages[stage], pathway, titles), 5)
    if pathway.teams:
        yield "\n  Teams"
        yield from bullets(_team(scenario, name, team) for team in pathway.teams)
    if pathway.contract:
        yield "\n  The contract, beside teams and fees"
        yield from bullets(_line(line, given, pathway) for line, given in pathway.contract.items())
    if pathway.one_off:
        yield "\n  Paid once, and in no other cost"
        yield from bullets(_once(line, given, pathway) for line, given in pathway.one_off.items())


def _asking(pathway: Pathway) -> Iterator[str]:
    if pathway.asks_after_days is not None:
        given = days_by_level(pathway.asks_after_days.days)
        yield paragraph(f"From the need arising to the first contact it takes, on average: {given}.")
    if any(pathway.comes_back_after_days.days):
        given = days_by_level(pathway.comes_back_after_days.days)
        yield paragraph(f"Who leaves with need open comes back to the first step, on average after: {given}.")


def days_by_level(days: tuple[float | None, ...]) -> str:
    """Mean days by level: `700 days at low, never at crisis`."""
    return ", ".join(
        f"{counted_exactly(mean, 'day')} at {level}" if mean is not None else f"never at {level}"
        for level, mean in zip(LEVELS[1:], days, strict=True)
    )


def _stage(stage: Stage, pathway: Pathway, titles: Mapping[str, str]) -> Iterator[str]:
    yield _work(stage, pathway)
    if stage.fee_gbp:
        yield f"Each visit is bought for {exact_number(stage.fee_gbp)} GBP{_cashable(stage.fee_cashable)}."
    if stage.travel_hours:
        yield f"The citizen travels {counted_exactly(stage.travel_hours, 'hour')} for it."
    if stage.missed is not None:
        yield _missed(stage.missed)
    if stage.order != FIRST_COME:
        yield f"Of those who wait for the team {_order(stage.order)}."
    if stage.moves_up_after_days is not None:
        yield f"Someone who has waited {counted_exactly(stage.moves_up_after_days, 'day')} counts one rank higher."
    if stage.queue_limit is not None:
        yield _limit(stage.queue_limit, titles.get(stage.when_full or "", ""))
    if stage.may_give_up:
        yield _patience(stage, titles.get(stage.on_give_up or "", ""))
    if stage.gate is not None:
        yield from _gate(stage.gate)
    if stage.help is not None:
        yield _help(stage.help)
    whom = "Who passes" if stage.gate else "Who is still in need" if stage.help else "Afterwards"
    yield from _onward(stage, titles, whom)


def _missed(given: Missed) -> str:
    then = "waits again, behind those already waiting" if given.then == "again" else "leaves with need open"
    return (
        f"Of the appointments {in_ratio(given.share)} are missed: "
        f"staff time is used all the same, and the citizen {then}."
    )


def _order(order: str | list[str]) -> str:
    equal = "and among equals who came first"
    if isinstance(order, list):
        return f"{', then '.join(map(named, order))} go first, others after them, {equal}"
    if order == BY_NEED_SEEN:
        return f"those go first who were last seen at a gate at the worst level (low if never seen), {equal}"
    return f"those go first whose level is now truly the worst, {equal}"


def _patience(stage: Stage, then: str) -> str:
    goes = f"; then they {f'go to “{then}”' if then else 'leave'}"
    if stage.gives_up_after_days is None:
        return f"Some who wait give up: patience is {_by_group(stage, 'gives_up_after_days', 'days')}{goes}."
    patience = stage.gives_up_after_days.in_words("days")
    return f"Who waits gives up: patience is {patience}{_by_group(stage, 'gives_up_after_days', 'days', '; ')}{goes}."


def _by_group(stage: Stage, base: str, unit: str, before: str = "") -> str:
    """The laws that groups have of their own, after `before`; nothing where there are none."""
    laws = getattr(stage, BY_GROUP[base])
    said = "; ".join(f"for {named(group)} {law.in_words(unit)}" for group, law in laws.items())
    return f"{before}{said}" if said else ""


def _limit(people: int, then: str) -> str:
    goes = f"goes to “{then}”" if then else "leaves"
    if people == 0:
        return f"Nobody waits: who finds no post free is turned away and {goes}."
    return f"At most {people:,} may wait for the team: who finds the queue full is turned away and {goes}."


def _work(stage: Stage, pathway: Pathway) -> str:
    if stage.delay_days is not None:
        return f"A delay that needs nobody's work: {_time(stage, 'delay_days', 'days')}."
    team = named(stage.team or "")
    title = pathway.teams[stage.team or ""].title or team
    unit = "minutes" if stage.minutes is not None else "hours"
    purpose = f" ({PURPOSES[stage.purpose]})" if stage.purpose else ""
    held = f" The place on the caseload is held {_time(stage, 'weeks', 'weeks')}." if stage.weeks is not None else ""
    return f"Work by {title}{purpose}: {_time(stage, unit, unit)}.{held}"


def _time(stage: Stage, base: str, unit: str) -> str:
    own = getattr(stage, base)
    return (own.in_words(unit) if own is not None else "") + _by_group(stage, base, unit, "; ")


def _gate(gate: Gate) -> Iterator[str]:
    reasons = []
    if gate.eligible_from != "low":
        reasons.append(f"whose level is seen to be below {gate.eligible_from}")
    if gate.most_needs is not None:
        reasons.append(f"who has more than {NEEDS[gate.most_needs - 1]} {'need' if gate.most_needs == 1 else 'needs'}")
    if gate.outside_criteria:
        reasons.append(f"who is judged outside the criteria ({in_ratio(gate.outside_criteria)})")
    if reasons:
        called = f", and told “{gate.called}”" if gate.called else ""
        yield f"Refused{called}: {listed(reasons, 'or')}."
    if gate.seen_too_low or gate.seen_too_high:
        yield (
            f"The level is seen one lower than it is for {in_ratio(gate.seen_too_low)}, "
            f"one higher for {in_ratio(gate.seen_too_high)}."
        )


def _help(given: Help) -> str:
    chances = given.fits.shares
    fits = ", ".join(f"{in_ratio(share)} with {count} open" for count, share in zip(NEEDS, chances, strict=True))
    meets = "all needs at once" if given.meets == "all" else "one need"
    levels = "one level" if given.eases_levels == 1 else f"{given.eases_levels} levels"
    return (
        f"Help. It fits for {fits}. Where it fits it meets {meets}; "
        f"where needs stay open the level comes down by {levels}."
    )


def _onward(stage: Stage, titles: Mapping[str, str], whom: str) -> Iterator[str]:
    special = [
        *((f"at level {level}", routes) for level, routes in stage.next_by_level.items()),
        *((f"in the group {named(group)}", routes) for group, routes in stage.next_by_group.items()),
        *((f"with {count} open", routes) for count, routes in stage.next_by_needs.items()),
    ]
    for who, routes in special:
        yield f"{whom}, {who}: {routes_in_words(routes, titles)}."
    yield f"{'Otherwise' if special else whom}: {routes_in_words(stage.next, titles)}."


def _team(scenario: Scenario, pathway: str, name: str) -> str:
    team = scenario.pathways[pathway].teams[name]
    where = ", each neighbourhood with its own share of them and its own queue" if team.per_neighbourhood else ""
    cover = "; an idle post takes who waits in the next neighbourhood" if team.cover else ""
    said = [f"{team.title or named(name)}: {_posts(team)}{where}{cover}"]
    if not (team.is_unlimited and team.works == "caseload"):
        said += [*_week(team), _hours(team)]
    if team.works == "caseload" and not team.is_unlimited:
        said.append(_places(scenario, pathway, name))
    if team.paid_gbp_a_year:
        rates = [f", from week {week} on {exact_number(price)}" for week, price in team.price_by_week[1:]]
        rate = exact_number(team.gbp_per_worked_hour) + "".join(rates)
        a_year = f"{plain_number(team.paid_gbp_a_year, 0)} GBP a year, busy or not{_cashable(team.cashable)}"
        said.append(f"{rate} GBP a worked hour, {a_year}")
    elif scenario.has_money and not team.gbp_per_worked_hour:
        said.append(_unpaid(scenario.pathways[pathway], name))
    if team.includes and team.gbp_per_worked_hour:
        said.append(f"that price includes {listed(team.includes)}")
    on_shift = [overtime_in_words(team), *part_posts_in_words(scenario, team)]
    return " ".join(filter(None, ["; ".join(said) + ".", *on_shift]))


def _posts(team: Team) -> str:
    if team.is_unlimited:
        return f"unlimited posts, so that nobody waits{' while it is open' if team.closes else ''}"
    if team.rota is None:
        later = [f"; from week {week} on {counted_exactly(posts, 'post')}" for week, posts in team.posts_by_week[1:]]
        return counted_exactly(team.mean_posts, "post") + "".join(later)
    on_shift = [
        f"{days} {hours}: {exact_number(heads)}" for days, times in team.rota.items() for hours, heads in times.items()
    ]
    return f"at work, {', '.join(on_shift)}"


def _week(team: Team) -> Iterator[str]:
    """When the team is open, and what becomes of work at closing."""
    if team.open is not None:
        hours = ", ".join(f"{days} {' and '.join(spans)}" for days, spans in team.open.items())
        yield f"open {hours}"
    if team.closes:
        same_day = "work begun is brought to its end in overtime"
        yield same_day if team.finish == SAME_DAY else "work not done at closing is gone on with first when it opens"


def _hours(team: Team) -> str:
    week = team.hours_with_citizens_a_week
    in_all = "" if team.is_unlimited else f", {plain_number(week * team.mean_posts)} in all"
    if team.rota is not None:
        hours = plain_number(team.mean_posts * team.open_hours_a_week)
        return f"{hours} hours at work in a week, {in_ratio(team.share_with_citizens)} of them with or for citizens"
    return (
        f"{_for_this_pathway(team)} hours a week, {exact_number(team.weeks_per_year)} weeks a year, "
        f"{in_ratio(team.share_with_citizens)} of them with or for citizens: "
        f"{plain_number(week)} hours a post in an average week{in_all}"
    )


def _for_this_pathway(team: Team) -> str:
    """Hours of a post, and the part of them that goes on other duties, where there is one."""
    hours = exact_number(team.open_hours_a_week if team.hours_per_week is None else team.hours_per_week)
    if not team.other_work:
        return hours
    return f"{exact_number(team.hours_a_week)} of {hours} (the rest is other work, neither capacity nor cost here)"


def _places(scenario: Scenario, pathway: str, name: str) -> str:
    team = scenario.pathways[pathway].teams[name]
    places = caseload_places(scenario, pathway, name)
    shared = "" if WHOLE_AREA in places else " (" + ", ".join(f"{named(n)} {p}" for n, p in places.items()) + ")"
    kept = "; one worker keeps the case from the first visit to the end" if team.keeps else ""
    return f"{exact_number(team.cases_each or 0)} open cases each, {sum(places.values())} places in all{shared}{kept}"


def _line(name: str, given: ContractLine, pathway: Pathway) -> str:
    amount = f"{exact_number(given.gbp_a_year or 0)} GBP a year"
    if given.share_of_staff is not None:
        amount = f"{exact_number(given.share_of_staff * 100)}% of what the teams cost"
    if given.share_of_all is not None:
        of = "everything else" if name == "margin" else "staff, fees and the lines before it"
        amount = f"{exact_number(given.share_of_all * 100)}% of {of}"
    return f"{named(name)}: {amount}, paid to {named(given.receiver or pathway.provider)}{_cashable(given.cashable)}."


def _once(name: str, given: OneOff, pathway: Pathway) -> str:
    paid = f"{exact_number(given.gbp)} GBP, paid to {named(given.receiver or pathway.provider)}"
    return f"{named(name)}: {paid}{_cashable(given.cashable)}."


def _unpaid(pathway: Pathway, name: str) -> str:
    """How a team without an hourly price is paid for."""
    bought = [stage for stage in pathway.stages.values() if stage.team == name and stage.fee_gbp]
    return "bought: paid by the fee of each visit, not by the hour" if bought else "costs nothing: no price is given"


def _cashable(share: float) -> str:
    """What part of a price is cashable, where it is not all of it."""
    if share == 1:
        return ""
    return f", {exact_number(share * 100)}% of it cashable" if share else ", none of it cashable"
