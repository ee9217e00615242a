"""A pathway: its stages, the teams that work them, and the contract round them."""

from __future__ import annotations

from typing import Self

from pydantic import model_validator

from sim.scenario.citizens import LevelDays
from sim.scenario.keys import Name, NotNegative, Part, Share, key
from sim.scenario.stages import Stage
from sim.scenario.teams import Team


class ContractLine(Part):
    """One line of the contract, beside teams and fees. A line named `margin` is reckoned last, on everything else."""

    gbp_a_year: NotNegative | None = key("a fixed sum", "GBP a year", default=None)
    share_of_staff: NotNegative | None = key("as a share of what the teams cost", "share", default=None)
    share_of_all: NotNegative | None = key(
        "as a share of staff, fees and the lines that are no share of all (margin: of all else)",
        "share",
        default=None,
    )
    receiver: str = key("who is paid; left out: the provider", default="")
    cashable: Share = key("share of it that is cashable: could be taken out of a budget", "share", default=1.0)

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        given = [name for name in ("gbp_a_year", "share_of_staff", "share_of_all") if getattr(self, name) is not None]
        if len(given) != 1:
            raise ValueError(
                "a contract line takes one of gbp_a_year, share_of_staff and share_of_all, "
                f"but here stand {len(given)}; give exactly one of them"
            )
        return self


class OneOff(Part):
    """A cost paid once, such as set-up, exit or double running: shown apart from what a citizen or a year costs."""

    gbp: NotNegative = key("the sum", "GBP")
    receiver: str = key("who is paid; left out: the provider", default="")
    cashable: Share = key("share of it that is cashable: has to be found in a budget", "share", default=1.0)


class Pathway(Part):
    """A way of answering: stages, teams, contract."""

    title: str = key("name for readers", default="")
    payer: str = key("who pays for the service", default="public purse")
    provider: str = key("who is paid for the service", default="provider")
    starts_at: str = key("stage where an approach begins")
    waiting_at: str | None = key(
        "stage at which those wait who wait when the run begins (`waiting_at_start`); left out: where it starts",
        default=None,
    )
    asks_after_days: LevelDays | None = key(
        "mean time from the need arising to the first contact, by level; left out: at once", "days", default=None
    )
    comes_back_after_days: LevelDays = key(
        "mean time from leaving with need open to the next approach, by level; left out: never",
        "days",
        default_factory=LevelDays,
    )
    teams: dict[Name, Team] = key("the teams", default_factory=dict)
    stages: dict[Name, Stage] = key("the stages")
    contract: dict[Name, ContractLine] = key("lines of cost beside teams and fees", default_factory=dict)
    one_off: dict[Name, OneOff] = key("costs paid once: set-up, exit, double running", default_factory=dict)
