"""The clock's unit in compiled code: made from the source that the reference engine runs."""

from __future__ import annotations

from sim.engine import instants
from sim.engine.kernel.jit import jitted_from

instant = jitted_from(instants.instant)
span = jitted_from(instants.span)
days_between = jitted_from(instants.days_between)
day_of = jitted_from(instants.day_of)
