"""The tables of the world, each a function from the world to its rows."""

from __future__ import annotations

from sim.engine.kernel.jit import array, jitted, table
from sim.engine.kernel.layout import Row, World

stages = table("stages")
laws = table("laws")
law_tables = array("law_tables")
route_rows = table("route_rows")
route_edges = table("route_edges")
route_targets = table("route_targets")
teams = table("teams")
group_ranks = table("group_ranks")
cell_places = table("cell_places")
cells = table("cells")
lines = table("lines")
called = table("called")
calendars = table("calendars")
shifts = array("shifts")
posts = table("posts")
changes_of_shift = table("changes_of_shift")
groups = table("groups")
asks = table("asks")
comes_back = table("comes_back")
arrivals = table("arrivals")
arriving_groups = table("arriving_groups")
arriving_neighbourhoods = table("arriving_neighbourhoods")
arriving_levels = table("arriving_levels")
arriving_needs = table("arriving_needs")
arriving_luck = table("arriving_luck")
citizens = table("citizens")
visits_with = table("visits_with")
kept = table("kept")
agenda = table("agenda")
agenda_places = table("agenda_places")
visits = table("visits")
level_changes = table("level_changes")


@jitted
def stage_for(world: World, stage: int, group: int) -> Row:
    """A stage as it is for a group."""
    return stages(world)[stage * world.number_of_groups + group]


@jitted
def stage_of(world: World, citizen: Row) -> Row:
    """The stage at which a citizen is, as it is for them."""
    return stages(world)[citizen.stage * world.number_of_groups + citizen.group]
