"""What a scenario and its run say of how it was done: an answer for each name that the guidelines' items ask for."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from sim.measures.definitions import DEFINITIONS
from sim.measures.limits_wording import NOT_SUITABLE_FOR
from sim.reporting import briefing, cautions, demand, favour, wording
from sim.reporting import methods_wording as said
from sim.reporting.amounts import counted, exact_number, listed, stated
from sim.reporting.beyond_shifts import overtime_in_words
from sim.reporting.names import plain_name, spoken
from sim.reporting.quote_draws import read_draws
from sim.reporting.quote_strength import STRENGTHS
from sim.reporting.quote_wording import BASIS, STRENGTH
from sim.reporting.quotes import Quote
from sim.reporting.results import Results
from sim.reporting.sentences import checks
from sim.scenario.pathways import Pathway
from sim.scenario.plans import GRADES
from sim.scenario.vocabulary import NO_SERVICE

Words = dict[str, Any]


def answers(results: Results, found: Sequence[Quote]) -> dict[str, str]:
    """Every answer that these results have, by name."""
    words = {**_of_run(results), **_of_scenario(results), **_of_evidence(results), **_of_findings(results, found)}
    absent = _absent(results, words)
    told = {name: said.ANSWERS[name] for name in said.ANSWERS if name not in absent}
    return {name: template.format(**words) for name, template in told.items()} | absent


def _absent(results: Results, words: Words) -> dict[str, str]:
    """Answers that these results do not have: empty, or why not."""
    scenario = results.scenario
    no_levels = {} if scenario.has_levels else dict.fromkeys(("valued", "individuals", "diagram"), said.NOT_LEVELS)
    money = ("discounting", "costs", "price_year", "perspective")
    no_money = {} if scenario.has_money else dict.fromkeys(money, said.NOT_MONEY)
    needed = {
        "question": said.NO_QUESTION, "verify": said.NOT_VERIFIED, "variants": said.NO_VARIANTS,
        "limits": said.NO_LIMITS, "waiting": said.EMPTY_START, "overtime": said.NO_OVERTIME,
        "ranges": said.NO_RANGES, "changed": said.PLAIN_FILE,
        **dict.fromkeys(("headlines", "demand", "gates", "factors_listed", "checks_all", "unchecked", "priced"), ""),
        **dict.fromkeys(("place", "targets", "notices", "results", "stands"), ""),
    }  # fmt: skip
    names = {"factors_listed": "factors", "priced": "prices", "targets": "fitted", "checks_all": "published"}
    gone = {names.get(name, name): why for name, why in needed.items() if not words[name]}
    no_money |= {} if scenario.has_money else {"overtime": ""}
    return gone | no_levels | no_money | {"entities" if not scenario.has_levels else "entities_plain": ""}


def _of_run(results: Results) -> Words:
    told = dict(results.manifest)
    warm_up = wording.WARM_UP[told["warm_up"]["outcome"]].format(**told["warm_up"])
    return {
        "question": told["question"],
        "title": told["title"],
        "replications": cautions.replications(results),
        "citizens": counted(round(float(told["cohort_mean"])), "citizen"),
        "adjusted": cautions.which_adjusted(results),
        "warm_up": warm_up,
        "cohort": told["weeks"]["cohort"],
        "follow_up": told["weeks"]["follow_up"],
        "versions": ", ".join(f"{name} {version}" for name, version in told["versions"].items()),
        "version": told["versions"].get("service-pathways", ""),
        "seed": told["seed"],
        "engine": told["engine"],
        "machine": str(told["machine"]),
        "seconds": f"{float(told['seconds']):,.0f}",
        "command": told["command"],
        "hash": told["hashes"].get("scenario.resolved.toml", "")[:12],
        "run": results.run_code,
        "changed": results.unlike_its_file,
        "verify": _verified(results),
        "notices": " ".join(cautions.notices(results)),
        "not_suitable": NOT_SUITABLE_FOR,
    }


def _verified(results: Results) -> str:
    """How many tests of `verify` passed and failed, if its dossier lies in the folder."""
    try:
        verdicts = json.loads((results.folder / "verify.json").read_text(encoding="utf-8"))["verdicts"]
        return ", ".join(f"{int(number)} {plain_name(str(name))}" for name, number in verdicts.items())
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return ""


def _of_scenario(results: Results) -> Words:
    scenario = results.scenario
    each = [(name, scenario.pathways[name]) for name in results.compared]
    with_nobody = ["no service, where nobody helps"] if NO_SERVICE in results.pathways else []
    compared = [f"{spoken(name)} ({pathway.title})" if pathway.title else spoken(name) for name, pathway in each]
    waiting = scenario.waiting_at_start
    payers = sorted({plain_name(row) for row in results.ledger["payer"]})
    return {
        "compared": "; ".join(compared + with_nobody),
        "bases": counted(len(results.bases), "basis").replace("basiss", "bases"),
        "bases_listed": "; ".join(BASIS[basis] for basis in results.bases),
        "factors_listed": "; ".join(_factors(results)),
        "orders": listed(sorted({_order(s.order) for _, one in each for s in one.stages.values() if s.team})),
        "gates": "; ".join(_by_pathway(each, lambda one: [_title(n, s) for n, s in one.stages.items() if s.gate])),
        "limits": "; ".join(_by_pathway(each, _limits)),
        "groups": listed([group.title or plain_name(name) for name, group in scenario.groups.items()]),
        "activities": "; ".join(_by_pathway(each, lambda one: [_title(n, s) for n, s in one.stages.items()])),
        "resources": "; ".join(_by_pathway(each, _teams)) or "none",
        "entries": listed([f"{_entry(one)} ({spoken(name)})" for name, one in each]),
        "waiting": f"{waiting.people:,}" if waiting else "",
        "leaving": said.LEAVING if scenario.has_levels else said.LEAVING_PLAIN,
        "place": _place(results),
        "payers": listed(payers) or "nobody",
        "rate": stated(scenario.discount_rate, "share"),
        "price_year": scenario.price_year or "unnamed",
        "values": listed([f"£{exact_number(value)}" for value in scenario.gbp_per_day_in_need]),
        "by": listed(["group", "level at arrival", "number of needs"] if scenario.has_levels else ["group"]),
    }  # fmt: skip


def _factors(results: Results) -> Iterator[str]:
    for basis, factors in results.manifest["basis_factors"].items():
        for name, factor in factors.items():
            yield f"{spoken(name)} × {factor:.3f} {wording.BASIS_SHORT[basis]}"


def _order(order: str | list[str]) -> str:
    return order if isinstance(order, str) else f"by group ({', '.join(map(plain_name, order))})"


def _title(name: str, stage: Any) -> str:
    return stage.title or plain_name(name)


def _entry(pathway: Pathway) -> str:
    return _title(pathway.starts_at, pathway.stages[pathway.starts_at])


def _by_pathway(each: Sequence[tuple[str, Pathway]], of: Callable[[Pathway], list[str]]) -> Iterator[str]:
    """What there is in each pathway, as a list after its name; nothing of one that has none."""
    for name, pathway in each:
        if told := of(pathway):
            yield f"{spoken(name)}: {listed(told)}"


def _limits(pathway: Pathway) -> list[str]:
    stages = pathway.stages.items()
    return [f"{_title(name, stage)} {stage.queue_limit}" for name, stage in stages if stage.queue_limit is not None]


def _teams(pathway: Pathway) -> list[str]:
    return [f"{team.title or plain_name(name)}{_posts(team)}" for name, team in pathway.teams.items()]


def _posts(team: Any) -> str:
    if team.is_unlimited:
        return " (unlimited)"
    at_first = " at first" if team.posts_from_week else ""
    return f" ({exact_number(team.mean_posts)} posts{at_first}, {team.works})"


def _place(results: Results) -> str:
    place = results.scenario.place
    told = [f"{place.adults:,.0f} adults"] if place.adults else []
    told += [f"{len(place.households)} neighbourhoods"] if place.households else []
    return listed(told)


def _of_evidence(results: Results) -> Words:
    scenario, facts = results.scenario, results.scenario.facts
    grades = Counter(fact.grade for fact in facts)
    unchecked = [spoken(name) for name in results.compared if not favour.checks_of(results, name)]
    return {
        "numbers": len(facts),
        "assumed": grades["D"],
        "grades": ", ".join(f"{grade} {grades[grade]}" for grade in GRADES),
        "ranged": sum(fact.range is not None for fact in facts),
        "sources": len({fact.source for fact in facts} - {None}),
        "priced": _some(sum(fact.original is not None for fact in facts), "price"),
        "targets": _some(len(scenario.targets), "published figure"),
        "checks": checks(results),
        "checks_all": len(results.checks),
        "unchecked": listed(unchecked) if len(results.checks) else "",
    }


def _overtime(results: Results) -> str:
    """Overtime of each team as specified, by pathway; nothing where there is none."""
    basis = results.bases[0]
    found = {name: overtime_in_words(results, basis, name) for name in results.compared}
    return " ".join(f"{plain_name(name).capitalize()}: {' '.join(told)}" for name, told in found.items() if told)


def _some(number: int, thing: str) -> str:
    return counted(number, thing) if number else ""


def _of_findings(results: Results, found: Sequence[Quote]) -> Words:
    known, draws = set(results.summary["measure"]), read_draws(results.folder)
    count = {name: sum(one.strength == name for one in found) for name in STRENGTHS}
    return {
        "headlines": " ".join(f"‘{plain_name(name)}’: {DEFINITIONS[name].sentence}" for name in results.headlines),
        "measures": len(known),
        "variants": listed(list(dict.fromkeys(results.variants["variant"]))),
        "demand": bool(len(results.demand)),
        "factors": listed([f"{factor:g}" for factor in demand.factors(results)]) if len(results.demand) else "",
        "ranges": draws.number if draws else 0,
        "strengths": listed([f"{number} {STRENGTH[name]}" for name, number in count.items()]),
        "overtime": _overtime(results),
        "results": " ".join(one.sentence for one in briefing.three(results, found)),
        "stands": " ".join(filter(None, (briefing.stands(results, name) for name in results.compared[1:]))),
    }
