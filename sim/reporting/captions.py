"""The sentence beside each chart, filled from the numbers the chart draws."""

from __future__ import annotations

import pandas as pd

from sim.reporting import helped_wording, wording
from sim.reporting.amounts import amount, counted, listed, plain_number, stated, years
from sim.reporting.differences import Difference, clause, verdict
from sim.reporting.names import plain_name, spoken
from sim.reporting.results import Results
from sim.reporting.spending import Spending, spending
from sim.reporting.tables import OWED, within
from sim.scenario.vocabulary import DAYS_A_YEAR, NO_SERVICE

NOBODY = 0.5
"""Fewer people than this waiting on average: practically nobody."""


def helped(results: Results, basis: str) -> str:
    """How far right help had reached after a year and at the end of follow-up, per pathway."""
    table = _curve(results, basis, "right_help")
    end = float(table["day"].max())
    at_end = _shares_at(results, table[table["pathway"] != NO_SERVICE], end)
    if end <= DAYS_A_YEAR:
        return wording.HELPED_END_ONLY.format(end=_by(end), shares_at_end=at_end)
    at_year = _shares_at(results, table[table["pathway"] != NO_SERVICE], DAYS_A_YEAR)
    template = wording.HELPED.format(by_day=_by(DAYS_A_YEAR), shares=at_year, end="{end}", shares_at_end="{at_end}")
    return template.format(end=_by(end).lower(), at_end=at_end)


def recovered(results: Results, basis: str) -> str:
    """How many had recovered unaided by the end of follow-up, per pathway and without any service."""
    table = _curve(results, basis, "recovered")
    end = float(table["day"].max())
    return wording.RECOVERED.format(end=_by(end), shares=_shares_at(results, table, end))


def any_helped(results: Results, basis: str) -> str:
    """For how many any help, right or not, had begun by the end of follow-up, per pathway."""
    table = _curve(results, basis, "helped")
    end = float(table["day"].max())
    return helped_wording.ANY.format(
        end=_by(end), shares=_shares_at(results, table[table["pathway"] != NO_SERVICE], end)
    )


def money(results: Results) -> str:
    """What each pathway comes to per citizen, how much of it is crisis, and what share deciding takes."""
    said = [_money_of(results, one) for one in spending(results) if one.basis == results.bases[0]]
    return " ".join(said) or wording.MONEY_NONE


def waiting(results: Results, basis: str, pathway: str, part: str) -> str:
    """How many waited for a team when the cohort began and when it ended."""
    table = _curve(results, basis, "waiting")
    table = table[(table["pathway"] == pathway) & (table["part"] == part)]
    weeks = results.manifest["weeks"]
    begin, end = (_at(table, 7 * w) for w in (weeks["warm_up"], weeks["warm_up"] + weeks["cohort"]))
    name = plain_name(part)
    if max(float(begin["mean"]), float(end["mean"])) < NOBODY:
        return wording.WAITING_NONE.format(part=name)
    return wording.WAITING.format(part=name, from_=_people(begin), to=_people(end))


def owed(results: Results, basis: str) -> str:
    """What is owed at the end of follow-up with each pathway, and what that does to its cost; empty if not counted."""
    told: list[str] = []
    for pathway in results.compared:
        rows = [results.overall(basis, pathway, measure) for measure in OWED]
        if rows[0] is not None:
            told.append(_owed(rows[0], rows[1], pathway, is_first=not told))
    return wording.OWED.format(each="; ".join(told)) if told else ""


def _owed(in_need: pd.Series, hours: pd.Series | None, pathway: str, *, is_first: bool) -> str:
    of_100 = float(in_need["mean"]) * 100
    people = wording.OWED_FEW if 0 < of_100 < NOBODY else plain_number(of_100, 0)
    work = ""
    if hours is not None:
        half_width = float(hours["high"] - hours["low"]) / 2
        said = amount(float(hours["mean"]), str(hours["unit"]), half_width=half_width)
        work = (wording.OWED_HOURS_FIRST if is_first else wording.OWED_HOURS_NEXT).format(hours=said)
    template = wording.OWED_FIRST if is_first else wording.OWED_NEXT
    return template.format(pathway=spoken(pathway), people=people, hours=work)


def difference(found: Difference) -> str:
    """What one difference says, with its verdict."""
    return wording.DIFFERENCE.format(
        basis=wording.BASIS[found.basis],
        pathway=spoken(found.pathway),
        against=spoken(found.against),
        clause=clause(found),
        verdict="" if found.verdict in wording.SAYS_ITSELF else f" ({verdict(found)})",
    )


def _money_of(results: Results, one: Spending) -> str:
    """What is spent with one pathway; crises are told apart only where the scenario gives them a price."""
    crisis = one.by_purpose["crisis"]
    row = results.overall(one.basis, one.pathway, "spent_deciding")
    if not one.total:
        return wording.MONEY_OF_NOBODY.format(pathway=spoken(one.pathway))
    split = wording.MONEY_SPLIT.format(service=one.said(one.total - crisis), crisis=one.said(crisis))
    return wording.MONEY_OF_ONE.format(
        pathway=spoken(one.pathway),
        total=one.said(one.total),
        split=split if results.scenario.crisis else wording.MONEY_SERVICE,
        deciding=_deciding(row) if row is not None else "",
    )


def _deciding(row: pd.Series) -> str:
    """What share of the service goes on deciding."""
    return wording.MONEY_ALL_DECIDING if row["low"] == 1 else wording.MONEY_DECIDING.format(**_share(row))


def costs(results: Results) -> tuple[str, ...]:
    """What is cashable of the cost, what it comes to discounted, who bears it, what is paid once and paid back."""
    cashable = {"template": wording.CASHABLE, "measure": "cashable_cost"}
    discounted = {"template": wording.DISCOUNTED, "measure": "public_cost_discounted"}
    once = {"template": wording.ONCE, "measure": "one_off_cost"}
    told = [
        _of_each(results, **cashable),
        _of_each(results, **discounted),
        *(_borne(results, pathway) for pathway in results.compared),
        _of_each(results, **once),
        *(_paid_back(results, pathway) for pathway in results.compared[1:]),
    ]
    return tuple(filter(None, told))


def _of_each(results: Results, template: str, measure: str) -> str:
    """A cost of every pathway compared, as specified; empty where it is not reckoned."""
    found = {pathway: results.overall(results.bases[0], pathway, measure) for pathway in results.compared}
    said = [
        wording.CASHABLE_WITH.format(gbp=_gbp(row), pathway=spoken(pathway))
        for pathway, row in found.items()
        if row is not None
    ]
    rate = stated(results.scenario.discount_rate, "share")
    return template.format(shares=listed(said), prices=_prices(results), rate=rate) if said else ""


def _borne(results: Results, pathway: str) -> str:
    """Who bears how much of a citizen's cost, as specified; empty where one payer bears all of it."""
    table = results.summary
    payers = dict.fromkeys(table[table["measure"] == "cost_to_payer"]["part"])
    found = {payer: results.overall(results.bases[0], pathway, "cost_to_payer", payer) for payer in payers}
    said = [
        wording.BORNE_BY.format(payer=plain_name(payer), gbp=_gbp(row))
        for payer, row in found.items()
        if row is not None and row["mean"]
    ]
    if len(said) < 2:
        return ""
    return wording.BORNE.format(pathway=spoken(pathway), shares=listed(said), prices=_prices(results))


def _paid_back(results: Results, pathway: str) -> str:
    """How soon what a pathway costs more at once than the first is paid back; empty where nothing is paid once."""
    first, basis = results.compared[0], results.bases[0]
    whole, part = (
        results.difference(basis, pathway, first, measure) for measure in ("payback_years", "cashable_payback_years")
    )
    if whole is None:
        return ""
    cash = "" if part is None or _years(part) == _years(whole) else wording.PAYBACK_CASH[part["verdict"]]
    return wording.PAYBACK[whole["verdict"]].format(
        pathway=spoken(pathway),
        against=spoken(first),
        years=_years(whole),
        cash=cash.format(years="" if part is None else _years(part)),
    )


def _years(row: pd.Series) -> str:
    mean, low, high = (years(float(row[name])) for name in ("mean", "low", "high"))
    number = "1 year" if mean == "1.0" else f"{mean} years"
    return number if low == high else wording.YEARS_TO_PAY_BACK.format(mean=number, low=low, high=high)


def _gbp(row: pd.Series) -> str:
    return amount(float(row["mean"]), "GBP", half_width=float(row["high"] - row["low"]) / 2)


def _prices(results: Results) -> str:
    year = results.scenario.price_year
    return wording.PRICES.format(price_year=year) if year else ""


def _curve(results: Results, basis: str, curve: str) -> pd.DataFrame:
    """A curve of all citizens."""
    table = results.curves
    return table[(table["basis"] == basis) & (table["curve"] == curve) & (table["by"] == "all")]


def _at(table: pd.DataFrame, day: float) -> pd.Series:
    """The last row not after a day; the first where all are after it."""
    before = table[table["day"] <= day]
    return before.iloc[-1] if len(before) else table.iloc[0]


def _shares_at(results: Results, table: pd.DataFrame, day: float) -> str:
    shares = []
    for pathway in results.pathways:
        rows = table[table["pathway"] == pathway]
        if len(rows):
            row = _at(rows, day)
            shares.append(_share_with(row, pathway))
    return listed(shares)


def _share_with(row: pd.Series, pathway: str) -> str:
    return wording.SHARE_WITH.format(pathway=spoken(pathway), **_share(row))


def _share(row: pd.Series) -> dict[str, str]:
    """A share and its interval, in words."""
    half_width = float(row["high"] - row["low"]) / 2
    values = (float(row["mean"]), *within("share", float(row["low"]), float(row["high"])))
    said = [amount(value, "share", half_width=half_width) for value in values]
    return dict(zip(("share", "low", "high"), said, strict=True))


def _by(day: float) -> str:
    return counted(day, "day").capitalize()


def _people(row: pd.Series) -> str:
    return amount(float(row["mean"]), "count", half_width=float(row["high"] - row["low"]) / 2)
