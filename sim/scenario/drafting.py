"""Drafting: a commented file of one's own, made from a scenario and the numbers that matter most."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sim.errors import RequestError, did_you_mean, printable
from sim.scenario.arrivals import RATES
from sim.scenario.facts import NOT_EVIDENCE, Fact, is_number, plain
from sim.scenario.keys import shown
from sim.scenario.origins import TEAM_DEFAULTS, origin
from sim.scenario.paths import NAMED, Data, assign, look_up, unit_and_meaning
from sim.scenario.pathways import Pathway
from sim.scenario.reading import PLAIN_NAME, shipped_folder
from sim.scenario.resolving import settled
from sim.scenario.scenario import Scenario, load
from sim.scenario.stages import Stage
from sim.scenario.writing import inline, written, written_key

MOST_ASKED = 10
LONGEST_NAME = 60
NO_FILE_ON_WINDOWS = {
    "con",
    "prn",
    "aux",
    "nul",
    *(f"{port}{number}" for port in ("com", "lpt") for number in range(10)),
}


def most_telling(scenario: Scenario) -> list[Fact]:
    """The numbers of the file that matter most to another place, at most ten, the first asked first.

    How many need help; then in each compared pathway the largest team and the hour of the dearest; the largest groups;
    a crisis; then the next teams, their cases, the longest work and the contract.
    """
    facts = {fact.path: fact for fact in scenario.facts}
    found: dict[str, Fact] = {}
    for path in _telling_paths(scenario):
        stands = origin(scenario.data, path)
        if stands in facts:
            found[stands] = facts[stands]
    return list(found.values())[:MOST_ASKED]


def _telling_paths(scenario: Scenario) -> Iterator[str]:
    groups = sorted(scenario.groups, key=lambda name: -scenario.arrivals_a_day[name])
    for place in ("arrivals", *(f"groups.{name}.arrivals" for name in groups[:2])):
        yield from (f"{place}.{name}" for name in (*RATES, "days_between.mean", "days_between.fixed"))
    yield "place.adults"
    compared = [(f"pathways.{name}", scenario.pathways[name]) for name in scenario.compare]
    ranked = [(path, pathway, _by_size(pathway)) for path, pathway in compared]
    yield from (f"{path}.teams.{teams[0]}.posts" for path, _, teams in ranked if teams)
    for path, pathway, teams in ranked:
        dearest = max(teams, key=lambda team: pathway.teams[team].paid_gbp_a_year, default="")
        yield f"{path}.teams.{dearest}.gbp_per_worked_hour"
    yield from (f"groups.{name}.share" for name in groups[:2])
    yield from ("crisis.gbp_per_entry", "crisis.gbp_per_day")
    yield from (f"{path}.teams.{team}.posts" for path, _, teams in ranked for team in teams[1:2])
    yield from (f"{path}.teams.{team}.cases_each" for path, _, teams in ranked for team in teams[:2])
    for path, pathway in compared:
        longest = max(pathway.stages, key=lambda stage: _mean_hours(scenario, pathway.stages[stage]))
        yield from (f"{path}.stages.{longest}.{work}" for work in ("hours", "hours.mean", "minutes", "minutes.mean"))
    yield from (f"{path}.contract.{line}.gbp_a_year" for path, pathway in compared for line in pathway.contract)
    yield from (fact.path for fact in scenario.facts if fact.path.startswith(("place.", f"{TEAM_DEFAULTS}.")))


def _mean_hours(scenario: Scenario, stage: Stage) -> float:
    """Mean staff work of a visit over all groups [hours]."""
    return sum(share * stage.expected_hours(group) for group, share in scenario.group_shares.items())


def _by_size(pathway: Pathway) -> list[str]:
    """Names of the teams, the largest first."""
    return sorted(pathway.teams, key=lambda team: -pathway.teams[team].mean_posts)


def refuse_name(name: str, source: Path) -> None:
    """Refuse, with a RequestError, a name that cannot be a file's and a scenario's, or is that of its source."""
    if name.lower().endswith(".toml"):
        raise RequestError(f"{shown(name)}: give the name alone, {shown(name[:-5])}; the file is called so")
    if not PLAIN_NAME.match(name) or len(name) > LONGEST_NAME or name.lower() in NO_FILE_ON_WINDOWS:
        raise RequestError(f"{shown(name)} cannot name a scenario; use letters, digits, - and _, as in my_town")
    if name.lower() == source.stem.lower():
        raise RequestError(f"{name}: is the name of what it would be made from; choose another")


def refuse_answers(scenario: Scenario, answers: Mapping[str, Any]) -> None:
    """Refuse, with a RequestError, answers that are no numbers of the scenario, or no numbers at all."""
    known = {fact.path for fact in scenario.facts}
    for path, value in answers.items():
        if path not in known:
            raise RequestError(
                f"--answers {path}: is no number of {scenario.name}; {did_you_mean(path, sorted(known))}"
            )
        if not is_number(value):
            raise RequestError(f"--answers {path}: {shown(value)} is not a number; expected one such as 12 or 0.68")


def drafted(name: str, source: Path, answers: Mapping[str, Any], folder: Path) -> str:
    """The text of `name`.toml in `folder`: the scenario of the file `source` with these answers, by path.

    It extends `source` where a file in that folder can, and is a whole copy of it where not.

    Raises
    ------
    RequestError, ScenarioError
        If an answer may not stand.
    """
    scenario = load(source)
    refuse_answers(scenario, answers)
    changed = scenario.with_settings(answers)
    own = {path: value for path, value in answers.items() if path in changed.settings}
    values = {path: _own_figure(scenario, path, value) for path, value in own.items()}
    if _in_reach(source, folder):
        return _extending(name, scenario, values)
    head = f"{name}: made from {scenario.name}, all of which it holds; its keys are explained in scenarios/README.md"
    titled = scenario.with_values({**values, "title": _title(name, scenario)})
    return written(titled, head=head, remark=lambda path: _remark_of_numbers(titled.data, path))


def _own_figure(scenario: Scenario, path: str, value: Any) -> Data:
    before = next(fact.value for fact in scenario.facts if fact.path == path)
    return {"value": value, "note": f"own figure; {scenario.name} has {before}"}


def _title(name: str, scenario: Scenario) -> str:
    return f"{name.replace('_', ' ').capitalize()}, after {scenario.title}"


def _in_reach(source: Path, folder: Path) -> bool:
    """Whether `extends` in a file of this folder would find just this source, and whatever that extends in turn."""
    there = [place / f"{source.stem}.toml" for place in (folder, shipped_folder())]
    found = next((file for file in there if file.is_file()), None)
    if found is None or not PLAIN_NAME.match(source.stem) or not found.samefile(source):
        return False
    return source.parent.samefile(folder) or "extends" not in tomllib.loads(source.read_text(encoding="utf-8-sig"))


def _extending(name: str, scenario: Scenario, values: Mapping[str, Data]) -> str:
    """A file that says only what is its own; the numbers asked for that keep their values stand behind a `#`."""
    own: Data = {}
    meaning = {**scenario.data, **settled(scenario.data)}
    for path, value in values.items():
        assign(own, meaning, path, value, type(scenario))
    lines: dict[str, list[str]] = {}
    for path in dict.fromkeys((*(fact.path for fact in most_telling(scenario)), *values)):
        table, key = _placed(path)
        said, line = _own_lines(own, path, table, key) if path in values else _kept_lines(scenario, path, table, key)
        held = lines.setdefault(table, [])
        held[held.index(line) if line in held else len(held) :] = [said, line]
    head = HEAD.format(name=name, other=scenario.name, title=inline(_title(name, scenario)))
    tables = [f"\n[{table}]\n" + "\n".join(held) + "\n" for table, held in lines.items()]
    return head + "".join(tables)


HEAD = """\
# {name}: made from {other}. What is not said here is as there.
# A line that begins with # and no space holds a number of {other}: take the # away to give your own.
extends = "{other}"
title = {title}
"""


def _placed(path: str) -> tuple[str, str]:
    """The [table] in which a number stands, and the key in it; what follows lies inside the key's value."""
    named: Any = NAMED
    parts = path.split(".")
    for depth, part in enumerate(parts):
        named = named.get(part, named.get("*"))
        if named is None or depth == len(parts) - 1:
            return ".".join(parts[:depth]), part
    raise AssertionError(path)


def _own_lines(own: Data, path: str, table: str, key: str) -> tuple[str, str]:
    return f"# {_remark(path)}", f"{_written(key)} = {inline(look_up(own, f'{table}.{key}'))}"


def _kept_lines(scenario: Scenario, path: str, table: str, key: str) -> tuple[str, str]:
    """What a number is, and the line that would set it as it stands now, behind a `#`."""
    fact = next(fact for fact in scenario.facts if fact.path == path)
    stands = f"{fact.source}, grade {fact.grade}" if fact.source else "an assumption"
    value = look_up(plain(scenario.data), f"{table}.{key}")
    return f"# {_remark(path)}; {scenario.name}: {stands}", f"#{_written(key)} = {inline(value)}"


def _written(key: str) -> str:
    return str(written_key(key).as_string())


def _remark_of_numbers(data: Data, path: str) -> str:
    """The remark of a key that holds a number that is an input; nothing of any other."""
    return _remark(path) if path.partition(".")[0] not in NOT_EVIDENCE and _numeric(look_up(data, path)) else ""


def _numeric(value: Any) -> bool:
    return any(map(_numeric, value.values())) if isinstance(value, Mapping) else is_number(value)


def _remark(path: str) -> str:
    """Meaning and unit of a key, for a comment."""
    declared = path.replace(f"{TEAM_DEFAULTS}.", "pathways.any.teams.any.", 1)
    unit, meaning = unit_and_meaning(Scenario, declared)
    return printable(meaning + (f" [{unit}]" if unit else ""))
