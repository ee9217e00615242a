"""Trials: whether a sound file stays sound at each end of its ranges and with each change that it offers.

Each trial makes a scenario anew. So a file may only ask for as many as its size allows, and for no more once as many
faults are found as are told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain, islice

from sim.errors import MOST_FAULTS, Fault, ScenarioError
from sim.scenario.changes import is_for_a_pathway
from sim.scenario.ends import batches, end_faults
from sim.scenario.paths import Data
from sim.scenario.sizes import values_made

MOST_WORK = 160_000
"""Values that are read anew in all trials together: several times those of the largest scenario shipped."""

EACH_TRIAL = 100
"""What a trial costs however small the file is, in values read."""

Apply = Callable[[Data, str], object]
"""Makes the scenario of data with one of its changes applied, or raises a ScenarioError."""


def trial_faults(
    data: Data, copy: Callable[[], Data], attempt: Callable[[Data], object], apply: Apply
) -> Iterator[Fault]:
    """What is wrong with the ends of ranges and the changes of data that are sound as they stand."""
    ends = batches(data)
    offered: Data = data.get("changes", {})
    whole = [name for name, change in offered.items() if not is_for_a_pathway(change)]
    trials, values = len(ends) + len(whole), values_made(data)
    if trials * (values + EACH_TRIAL) > MOST_WORK:
        problem = f"trying its ranges and changes takes {trials:,} readings of its {values:,} values"
        most = MOST_WORK // (values + EACH_TRIAL)
        remedy = f"expected at most {most:,}: give fewer, or put changes into files of their own that extend this one"
        yield Fault("changes" if len(whole) > len(ends) else "", problem, remedy)
        return
    listed = {name: change for name, change in offered.items() if name not in set(whole)}
    one_by_one = iter(range(MOST_WORK // (values + EACH_TRIAL)))
    at_ends = chain.from_iterable(end_faults(batch, copy, attempt, one_by_one) for batch in ends)
    with_changes = chain.from_iterable(
        _change_faults({**data, "changes": {**listed, name: offered[name]}}, name, apply) for name in whole
    )
    yield from islice(chain(at_ends, with_changes), MOST_FAULTS + 1)


def _change_faults(data: Data, change: str, apply: Apply) -> Iterator[Fault]:
    """Why a change of the whole file cannot be applied, or would leave it faulty."""
    try:
        apply(data, change)
    except ScenarioError as error:
        under = f"changes.{change}"
        for fault in error.faults:
            path = fault.path if fault.path.startswith(under) else f"{under}.{fault.path}"
            yield Fault(path, fault.problem, fault.remedy)
