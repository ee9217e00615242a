"""Changes: named sets of `path = value` lines a file offers, for a whole scenario or for one pathway."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from sim.errors import Fault, did_you_mean
from sim.scenario.paths import Data, assign, removed, unshared

DROP = "drop"
ABOUT_IT = ("source", "note")
"""Keys of a change that say where its numbers come from and change nothing."""

FOR_A_PATHWAY = frozenset({"payer", "provider", "starts_at", "asks_after_days", "comes_back_after_days"}) | {
    "waiting_at",
    "teams",
    "stages",
    "contract",
    "one_off",
}
"""First words of the paths of a change that a pathway lists; any other path starts at the top of the file."""


def lines_of(change: Any) -> Data:
    """The lines of a change that set a value, by path."""
    given = change if isinstance(change, Mapping) else {}
    return {path: value for path, value in given.items() if path != DROP and path not in ABOUT_IT}


def dropped_by(thing: Any) -> list[str]:
    """The paths that a change, or a thing with `like`, drops."""
    given = thing.get(DROP, []) if isinstance(thing, Mapping) else []
    return [path for path in given if isinstance(path, str)] if isinstance(given, list) else []


def is_for_a_pathway(change: Any) -> bool:
    """Whether the paths of a change start at a pathway rather than at the top of the file."""
    return any(path.split(".")[0] in FOR_A_PATHWAY for path in (*lines_of(change), *dropped_by(change)))


def apply_change(target: Data, meaning: Data, change: Any, root: type[BaseModel]) -> list[Fault]:
    """Lay a change's lines on `target`, whose resolved form is `meaning` and whose type is `root`."""
    found = [removed(target, path) for path in dropped_by(change)]
    found += [assign(target, meaning, path, unshared(value), root) for path, value in lines_of(change).items()]
    return [fault for fault in found if fault]


def shape_faults(data: Mapping[str, Any]) -> Iterator[Fault]:
    """What is wrong with the shape of a file's changes, whatever they would do."""
    for name, change in data.get("changes", {}).items():
        words = {path.split(".")[0] in FOR_A_PATHWAY for path in (*lines_of(change), *dropped_by(change))}
        if len(words) > 1:
            problem = "some of its paths start at a pathway, others at the top of the file"
            yield Fault(f"changes.{name}", problem, "make two changes of it")
        if not words:
            yield Fault(f"changes.{name}", "changes nothing", 'give it a line such as "a.b" = 1, or drop it')


def asked(pathway: Mapping[str, Any], changes: Mapping[str, Any], path: str, faults: list[Fault]) -> list[str]:
    """Names of the changes a pathway lists, those that exist."""
    given = pathway.get("changes", [])
    for name in given:
        if name not in changes:
            faults.append(Fault(f"{path}.changes", f"there is no change `{name}`", did_you_mean(name, changes)))
        elif not is_for_a_pathway(changes[name]):
            problem = f"the paths of `{name}` start at the top of the file, not at a pathway"
            faults.append(Fault(f"{path}.changes", problem, f"run the file `--with {name}`, or write its paths anew"))
    return [name for name in given if name in changes and is_for_a_pathway(changes[name])]


def unlisted_faults(data: Mapping[str, Any]) -> Iterator[Fault]:
    """Changes meant for a pathway that no pathway lists."""
    listed = {name for pathway in data["pathways"].values() for name in pathway.get("changes", [])}
    for name, change in data.get("changes", {}).items():
        if is_for_a_pathway(change) and name not in listed:
            problem = "its paths start at a pathway, but no pathway lists it: it changes nothing"
            yield Fault(f"changes.{name}", problem, f'write changes = ["{name}"] in a pathway, or drop it')


def laid_last(data: Data, path: str, value: Any) -> bool:
    """Give a pathway a value after the changes it lists, where one of them would hide it; whether that was done.

    The value becomes the line of one more change, the last the pathway lists.
    """
    first, _, rest = path.partition(".")
    name, _, inner = rest.partition(".")
    pathways = data.get("pathways", {})
    if first != "pathways" or name not in pathways or not inner:
        return False
    offered, listed = data.get("changes", {}), _listed(pathways, name)
    if not any(_hides(line, inner) for one in listed for line in lines_of(offered.get(one))):
        return False
    own = SET_IN.format(pathway=name)
    offered.setdefault(own, {})[inner] = value
    pathways[name]["changes"] = [*(one for one in listed if one != own), own]
    return True


SET_IN = "set_in_{pathway}"
"""Name of the change that holds what was set in a pathway beside its own changes."""


def _listed(pathways: Mapping[str, Any], name: str) -> list[str]:
    """The changes a pathway lists, or inherits."""
    pathway = pathways[name]
    while "changes" not in pathway and pathway.get("like") in pathways:
        pathway = pathways[pathway["like"]]
    return list(pathway.get("changes", []))


def _hides(line: str, path: str) -> bool:
    """Whether a line of a change decides what stands at a path."""
    return line == path or path.startswith(f"{line}.") or line.startswith(f"{path}.")
