"""Writing a scenario back to TOML."""

from __future__ import annotations

import tomlkit

from sim.scenario.scenario import Scenario


def written(scenario: Scenario) -> str:
    """The scenario as TOML text that reads back to an equal scenario, `extends` followed."""
    return tomlkit.dumps(scenario.data)
