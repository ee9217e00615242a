"""Small worlds drawn at random: every feature of the language, with times on a grid so that ties abound."""

from __future__ import annotations

import random

import numpy as np

from sim.engine.population import Population
from sim.engine.tables import CAUSES, GAVE_UP, OUTCOMES, Tables
from sim.errors import ScenarioError
from sim.scenario.scenario import Scenario
from sim.scenario.vocabulary import LEVELS, NEEDS

from .watching import Watched
from .worlds import Data, needy

NEIGHBOURHOODS = {"north": 5, "south": 3}
POSSIBLE = {
    *(f"outcome {name}" for name in OUTCOMES),
    *(f"cause {name}" for name in CAUSES),
    "caseload", "keeps", "per neighbourhood", "part of a post", "delay", "loop", "shared luck", "pace", "asks later",
    "comes back", "by level", "by group", "by needs", "on give up", "gate and help", "seen wrongly", "tie",
    "third approach", "passed the line by", "each further need", "open", "rota", "closing interrupts",
    "overtime", "cover", "served by another", "queue limit", "when full", "waited at the start", "waited elsewhere",
    "relapsed and back", "missed again", "law by group", "travel",
    "in need seen first", "in true need first", "group first", "moved in line", "moved up", "will not wait",
    "other work", "dated posts", "waits from the cohort on",
}  # fmt: skip

Luck = random.Random


def some(luck: Luck, chance: float) -> bool:
    """Whether something of this chance happens."""
    return luck.random() < chance


def law(luck: Luck, scale: float = 1.0, **more: float) -> Data | float:
    """A time: mostly fixed on a grid of quarter days, so that things fall due together."""
    mean = luck.randint(1, 16) / 4 * scale
    kinds: list[Data | float] = [
        {"mean": mean, "sd": mean * 0.7},
        {"law": "gamma", "mean": mean, "sd": mean * 1.3},
        mean,
    ]
    return {"fixed": mean, **more} if some(luck, 0.7) else luck.choice(kinds)


def by_level(luck: Luck, means: list[float], levels: tuple[str, ...] = LEVELS[1:]) -> Data:
    """A mean at most of the levels."""
    return {level: luck.choice(means) for level in levels if some(luck, 0.8)}


def team(luck: Luck) -> Data:
    """Posts or places, few enough that lines form."""
    apart: Data = {"per_neighbourhood": some(luck, 0.5)}
    apart |= {"cover": True} if apart["per_neighbourhood"] and some(luck, 0.5) else {}
    if some(luck, 0.5):
        return {**at_work(luck), **apart}
    keeps, cases = some(luck, 0.6), luck.choice([1, 3])
    apart |= {"other_work": 0.25} if some(luck, 0.3) else {}
    apart |= {"posts_from_week": {"3": luck.choice([0.5, 2.0])}} if some(luck, 0.3) else {}
    return {"works": "caseload", "posts": luck.choice([0.5, 1.0, 2.5]), "cases_each": cases, "keeps": keeps, **apart}


def at_work(luck: Luck) -> Data:
    """Posts round the clock or at opening hours, or a rota; all on the grid of quarter days."""
    posts: Data = {"posts": luck.choice([0.3, 0.75, 1.0, 1.5, 3.0])}
    posts |= {"posts_from_week": {"2": luck.choice([0.5, 1, 2]), "5": 1.25}} if some(luck, 0.3) else {}
    if some(luck, 0.4):
        return posts
    finish = luck.choice([{}, {"finish": "next day"}, {"finish": "same day"}])
    if some(luck, 0.5):
        return {"open": {"mon-fri": luck.choice(["06:00-18:00", ["00:00-06:00", "12:00-24:00"]])}, **posts, **finish}
    morning, later = luck.choice([0, 1, 2.5]), luck.choice([0.5, 1, 2])
    return {"rota": {"mon-thu": {"06:00-12:00": morning, "12:00-24:00": later}, "sat": {"06:00-12:00": 1}}, **finish}


def gate(luck: Luck) -> Data:
    """Seldom hard to pass, so that what lies behind it is reached."""
    made: Data = {"eligible_from": luck.choice(LEVELS[1:4])}
    made |= {key: 0.3 for key in ("seen_too_low", "seen_too_high") if some(luck, 0.5)}
    made |= {"most_needs": luck.choice([2, 3])} if some(luck, 0.3) else {}
    return made | ({"outside_criteria": 0.3} if some(luck, 0.3) else {})


def routes(luck: Luck, names: list[str], at: int) -> Data:
    """On to the next stage, perhaps round to another, else away."""
    on = {names[at + 1]: luck.choice([0.5, 0.8])} if at + 1 < len(names) else {}
    return {**({luck.choice(names): 0.2} if some(luck, 0.5) else {}), **on, "leave": "rest"}


def stage(luck: Luck, names: list[str], at: int, teams: Data) -> Data:
    """Work or a delay, with whatever else may stand there."""
    made: Data = {"next": routes(luck, names, at)}
    made |= {"delay_days": law(luck)} if some(luck, 0.2) else {"purpose": "helping", **work(luck, names, teams)}
    made |= {"gate": gate(luck)} if some(luck, 0.3) else {}
    if some(luck, 0.5):
        fits, meets = luck.choice([0.2, 0.5, 1.0]), luck.choice(["one", "all"])
        made["help"] = {"fits": fits, "meets": meets, "eases_levels": luck.choice([0, 1, 2])}
    keys = {"next_by_level": LEVELS[1:], "next_by_group": ("a", "b"), "next_by_needs": NEEDS}
    special = luck.choice(["", "", *keys])
    made |= {special: {luck.choice(keys[special]): routes(luck, names, at)}} if special else {}
    return made | ({"luck": "common"} if some(luck, 0.4) else {})


def work(luck: Luck, names: list[str], teams: Data) -> Data:
    """The keys of a stage that a team works."""
    name = luck.choice(sorted(teams))
    made: Data = {"team": name}
    if teams[name].get("works") == "caseload":
        made |= {"hours": law(luck, 0.1), "weeks": law(luck, 1 / 7)}
    else:
        made["hours"] = law(luck, 24.0, each_further_need=luck.choice([0.0, 6.0]))
        then = luck.choice(["again", "again", "leave"])
        made |= {"missed": {"share": luck.choice([0.3, 0.6]), "then": then}} if some(luck, 0.3) else {}
    if some(luck, 0.2):
        made |= {"queue_limit": luck.choice([0, 1, 3])} | ({"when_full": luck.choice(names)} if some(luck, 0.5) else {})
    made |= {"travel_hours": 0.5} if some(luck, 0.2) else {}
    if some(luck, 0.2):
        scale = 0.05 if "weeks" in made else 12.0
        made["hours_by_group"] = {luck.choice("ab"): law(luck, scale)}
    made |= {"gives_up_after_days_by_group": {"a": law(luck, 2.0)}} if some(luck, 0.2) else {}
    if some(luck, 0.5):
        made["gives_up_after_days"] = luck.choice(
            [law(luck, 2.0), law(luck, 2.0), {"values": [0, 2], "shares": [0.5, 0.5]}]
        )
        made |= {"on_give_up": luck.choice(names)} if some(luck, 0.5) else {}
    return made


def put_in_order(luck: Luck, stages: Data, teams: Data) -> None:
    """Give the lines of the teams an order, the same at all stages of one; that by need seen where there is a gate."""
    gates = any("gate" in made for made in stages.values())
    orders = ["first come", "most in true need first", "most in need first" if gates else ["a"], ["b", "a"]]
    for name in teams:
        order, up = luck.choice(orders), some(luck, 0.6)
        for made in stages.values():
            if made.get("team") == name:
                made["order"] = order
                made |= {"moves_up_after_days": luck.choice([0.25, 1.0, 3.0])} if up and order != "first come" else {}


def group(luck: Luck) -> Data:
    """A course that moves within the run."""
    return {
        "share": 0.5,
        "worsens_after_days": by_level(luck, [10.0, 40.0], LEVELS[1:4]),
        "eases_after_days": by_level(luck, [10.0, 40.0]),
        "leaves_after_days": by_level(luck, [100.0, 400.0]),
        **({"relapses_after_days": luck.choice([2.0, 20.0])} if some(luck, 0.4) else {}),
    }


def crowd(seed: int) -> Population:
    """Citizens on a grid of quarter days, many at once, each with luck of their own; some wait at the start."""
    luck = np.random.default_rng(seed)
    number = int(luck.integers(5, 40))
    return Population(
        arrival=np.sort(luck.integers(-8, 80, number)) / 4,
        group=luck.integers(0, 2, number),
        neighbourhood=luck.integers(0, 2, number),
        level=luck.integers(1, 5, number),
        needs=luck.integers(1, 5, number),
        base=luck.integers(0, 2**64, number, dtype=np.uint64),
    )


def world(seed: int) -> Scenario | None:
    """The scenario of a seed; None if what was drawn may not stand (a caseload may need more hours than it has), or
    nobody could wait at the start.
    """
    luck = Luck(seed)
    names = [f"s{at}" for at in range(luck.randint(1, 4))]
    teams = {f"t{at}": team(luck) for at in range(luck.randint(1, 2))}
    stages = {name: stage(luck, names, at, teams) for at, name in enumerate(names)}
    put_in_order(luck, stages, teams)
    used = {made.get("team") for made in stages.values()}
    worked = [name for name in names if "team" in stages[name]]
    if not worked:
        return None
    other: Data = {"comes_back_after_days": by_level(luck, [2.0, 10.0])}
    other |= {
        "waiting_at": luck.choice(worked),
        "waiting_at_start": {"people": 9, "days_waited": 1, "at": luck.choice(["start", "cohort"])},
    }
    other |= {"asks_after_days": by_level(luck, [1.0, 10.0])} if some(luck, 0.4) else {}
    try:
        return needy(
            stages,
            {name: made for name, made in teams.items() if name in used},
            groups={name: group(luck) for name in ("a", "b")},
            place={"households": NEIGHBOURHOODS},
            course={"pace_during_help": luck.choice([0.0, 0.5, 1.0])},
            run={"weeks": {"warm_up": luck.choice([0, 1]), "cohort": 4, "follow_up": 7}},
            **other,
        )
    except ScenarioError:
        return None


def features(world: Scenario, run: Watched) -> set[str]:
    """What of the language a run has met; "worlds" each time."""
    tables = run.tables
    visits, pathway = tables.visits, world.pathways["p"]
    stages, teams = pathway.stages.values(), pathway.teams.values()
    ends = visits.ended[~np.isnan(visits.ended)]
    met = {
        "worlds": True,
        "caseload": any(team.works == "caseload" for team in teams),
        "keeps": any(team.keeps for team in teams),
        "per neighbourhood": any(team.per_neighbourhood for team in teams),
        "part of a post": bool((run.model.shift_top > 0).any()),
        "open": any(team.open for team in teams),
        "rota": any(team.rota for team in teams),
        "closing interrupts": run.interrupted > 0,
        "overtime": run.after_hours > 0,
        "cover": any(team.cover for team in teams),
        "served by another": run.lent > 0,
        "queue limit": any(stage.queue_limit is not None for stage in stages),
        "when full": any(stage.when_full for stage in stages),
        "delay": any(stage.delay_days for stage in stages),
        "loop": bool(
            np.unique(np.stack([visits.citizen, visits.approach, visits.stage]), axis=1).shape[1] < len(visits)
        ),
        "shared luck": sum(stage.luck == "common" for stage in stages) > 1,
        "pace": any(run.slows),
        "asks later": pathway.asks_after_days is not None,
        "comes back": bool((visits.approach > 1).any()),
        "third approach": bool((visits.approach > 2).any()),
        "by level": any(stage.next_by_level for stage in stages),
        "by group": any(stage.next_by_group for stage in stages),
        "by needs": any(stage.next_by_needs for stage in stages),
        "on give up": any(stage.on_give_up for stage in stages),
        "gate and help": any(stage.gate and stage.help for stage in stages),
        "seen wrongly": bool(((visits.level_seen > 0) & (visits.level_seen != visits.level_ended)).any()),
        "waited at the start": bool((visits.joined < 0).any()),
        "waited elsewhere": pathway.waiting_at != pathway.starts_at,
        "relapsed and back": bool(_came_back_after_relapse(tables)),
        "tie": np.unique(ends).size < ends.size,
        "passed the line by": run.passed_by > 0,
        "missed again": any(stage.missed and stage.missed.then == "again" for stage in stages),
        "law by group": any(stage.hours_by_group and stage.gives_up_after_days_by_group for stage in stages),
        "travel": any(stage.travel_hours for stage in stages),
        "in need seen first": any(stage.order == "most in need first" for stage in stages),
        "in true need first": any(stage.order == "most in true need first" for stage in stages),
        "group first": any(isinstance(stage.order, list) for stage in stages),
        "moved in line": run.moved > 0,
        "moved up": run.risen > 0,
        "will not wait": bool(((visits.outcome == GAVE_UP) & (visits.ended == visits.joined)).any()),
        "dated posts": any(team.posts_from_week for team in teams),
        "other work": any(team.other_work for team in teams),
        "waits from the cohort on": run.model.waiting_from > 0,
        "each further need": any(stage.hours and stage.hours.each_further_need for stage in stages),
    }
    outcomes = {f"outcome {OUTCOMES[outcome]}" for outcome in visits.outcome.tolist()}
    causes = {f"cause {CAUSES[cause]}" for cause in tables.changes.cause.tolist()}
    return {name for name, is_met in met.items() if is_met} | outcomes | causes


def _came_back_after_relapse(tables: Tables) -> bool:
    """Whether anybody made an approach after a relapse."""
    relapsed = tables.changes.cause == CAUSES.index("relapsed")
    pairs = zip(tables.changes.citizen[relapsed], tables.changes.day[relapsed], strict=True)
    visits = tables.visits
    return any(((visits.citizen == citizen) & (visits.joined > day)).any() for citizen, day in pairs)
