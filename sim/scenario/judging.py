"""Judging: what a file's data means, and all that is wrong with it beside what the fields themselves refuse."""

from __future__ import annotations

from itertools import chain, islice
from typing import NamedTuple

from pydantic import BaseModel

from sim.errors import MOST_FAULTS, Fault
from sim.scenario.changes import DROP, shape_faults
from sim.scenario.consistency import name_faults, reference_faults
from sim.scenario.facts import evidence_faults, idle_evidence
from sim.scenario.fitting import Fitted, fitted
from sim.scenario.paths import Data
from sim.scenario.prices import index_faults
from sim.scenario.resolving import resolved
from sim.scenario.sense import sense_faults
from sim.scenario.sizes import size_faults


class Judged(NamedTuple):
    """The plain meaning of a file's data, and its faults, of which no more are looked for than are told.

    There is no meaning of data that a few words make too large.

    `misfits` are those of values that had to be left out, `pruned` the paths of what changes have cut off.
    """

    plain: Data | None
    faults: list[Fault]
    misfits: list[Fault]
    pruned: tuple[str, ...]


def judged(
    raw: Data, root: type[BaseModel], *, is_changed: bool = False, full_caseloads: bool = True, is_fit: bool = False
) -> Judged:
    """The meaning and the faults of a file's data as written.

    Whatever reads the data relies on its kinds, so these are seen to first, unless the data `is_fit`: known to be of
    the kinds declared. `is_changed`: a change was applied. `full_caseloads`: as in `sense_faults`.
    """
    fit, misfits, lacks_tables = Fitted(raw, [], lacks_tables=False) if is_fit else fitted(raw, root)
    too_large = list(size_faults(fit))
    if too_large:
        return Judged(None, [*misfits, *too_large], misfits, ())
    plain, met, pruned = resolved(fit)
    found = chain(
        misfits,
        (fault for fault in met if not (is_changed and fault.path.endswith(f".{DROP}"))),  # gone by the change, perhaps
        name_faults(raw),
        shape_faults(fit),
        idle_evidence(fit),
        evidence_faults(fit, fit.get("sources", {}), root),
        index_faults(fit),
        () if lacks_tables else chain(reference_faults(plain), sense_faults(plain, full_caseloads=full_caseloads)),
    )
    return Judged(plain, list(islice(found, MOST_FAULTS + 1)), misfits, pruned)
