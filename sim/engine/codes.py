"""Numbers that stand for things in the arrays of a model."""

from __future__ import annotations

AWAY = -1
"""Target of a route that leaves the pathway; also the team of a stage that is a delay, and a law that is not there."""

NO_LIMIT = 2**62
"""Posts, places or people in a line where they are unlimited: more than there will ever be."""

WORK, WEEKS, DELAY, PATIENCE, MISSED, SEEN, CRITERIA, FIT, ROUTE = range(9)
WHATS = ("work", "weeks", "delay", "patience", "missed", "seen", "criteria", "fit", "route")
"""What a stage draws for; with the stage's luck it names the draw."""

COME_FIRST, NEED_SEEN, TRUE_NEED, GROUP_RANK = range(4)
"""How those who wait for a team are ranked: all alike, by the level last seen at a gate, by the level, by group."""
