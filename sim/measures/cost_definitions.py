"""The measures of money; `definitions` holds all measures in one table."""

from __future__ import annotations

from sim.measures.definition import Definition, of_citizen, share_of

COSTS = (
    of_citizen(
        "public_cost", "GBP", "Service, contract and crisis cost of a citizen, within follow-up.", needs="money"
    ),
    of_citizen(
        "public_cost_within_364_days", "GBP", "The same as `public_cost`, followed for 364 days only.", needs="money"
    ),
    of_citizen(
        "public_cost_discounted",
        "GBP",
        "The same as `public_cost`, where a pound t days after the need arose counts for (1 + the discount rate)^"
        "(-t / 365.25); given where follow-up is over a year.",
        needs="money",
    ),
    of_citizen(
        "cashable_cost",
        "GBP",
        "The part of `public_cost` that is cashable: what could be taken out of, or must be found in, a budget.",
        needs="money",
    ),
    of_citizen("service_cost", "GBP", "Cost of teams (idle time included) and fees.", needs="money"),
    of_citizen("cashable_service_cost", "GBP", "The part of `service_cost` that is cashable.", needs="money"),
    of_citizen("contract_cost", "GBP", "Cost of the contract, in proportion to the service cost.", needs="money"),
    of_citizen("cashable_contract_cost", "GBP", "The part of `contract_cost` that is cashable.", needs="money"),
    of_citizen("crisis_cost", "GBP", "Cost of crises to other public services.", needs="crisis"),
    of_citizen("cashable_crisis_cost", "GBP", "The part of `crisis_cost` that is cashable.", needs="crisis"),
    of_citizen("cost_deciding", "GBP", "Service cost of stages that decide.", needs="money"),
    of_citizen("cost_helping", "GBP", "Service cost of stages that help.", needs="money"),
    of_citizen(
        "cost_running", "GBP", "Service cost of stages with no other purpose, and of teams never used.", needs="money"
    ),
    of_citizen(
        "cost_of_refusing",
        "GBP",
        "Service and contract cost of visits in approaches that ended in a refusal.",
        "refusing",
        "money",
    ),
    of_citizen(
        "cost_of_refusing_rightly",
        "GBP",
        "The part of it on approaches at whose end the true level was below that of the gate.",
        "refusing_rightly",
        "money",
    ),
    of_citizen(
        "cost_of_refusing_wrongly",
        "GBP",
        "The part of it on approaches at whose end the true level was no lower than that of the gate.",
        "refusing_wrongly",
        "money",
    ),
    share_of("spent_deciding", "Service cost that went on deciding.", "cost_deciding", "service_cost", "money"),
    share_of(
        "public_cost_per_citizen_who_asked",
        "Public cost per citizen who asked; never differenced, since different people ask.",
        "public_cost",
        "asked",
        "money",
        unit="GBP",
    ),
)
"""What a citizen costs."""

COSTS_TO_PAYERS = tuple(
    Definition(
        f"{name}_to_payer", "GBP", f"The part of `{column}` that one payer bears.", "payer",
        f"{column} that the payer bears", "citizens", "crisis" if name == "crisis_cost" else "money",
    )
    for name, column in (
        ("cost", "public_cost"), ("cashable_cost", "cashable_cost"), ("service_cost", "service_cost"),
        ("contract_cost", "contract_cost"), ("crisis_cost", "crisis_cost"),
    )
)  # fmt: skip
"""What a citizen costs each payer in turn; the part of a row names the payer."""

SPENDING = (
    Definition(
        "spend_a_year", "GBP a year", "Service and contract spend a year, from the start of the cohort on.", "pathway",
        "service and contract paid", "years", "money",
    ),
    Definition(
        "cashable_spend_a_year", "GBP a year", "The part of `spend_a_year` that is cashable.", "pathway",
        "cashable part of service and contract paid", "years", "money",
    ),
    Definition(
        "service_cost_per_household", "GBP a year", "Service and contract spend a year per household of the area.",
        "pathway", "service and contract paid a year", "households", "money",
    ),
    Definition(
        "council_tax_equivalent", "GBP a year", "Service and contract spend a year per Band D home: what it would be "
        "on a Band D bill if council tax alone paid for it.", "pathway", "service and contract paid a year",
        "Band D homes", "money",
    ),
    Definition(
        "share_of_band_d_bill", "share", "Service and contract spend a year per Band D home, as a share of the bill on "
        "one.", "pathway", "service and contract paid a year", "Band D bills of all Band D homes", "money",
    ),
    Definition(
        "one_off_cost", "GBP", "What is paid once (set-up, exit, double running), and is in no other cost.", "pathway",
        "sums paid once", "", "money",
    ),
    Definition(
        "cashable_one_off_cost", "GBP", "The part of `one_off_cost` that is cashable.", "pathway",
        "cashable part of sums paid once", "", "money",
    ),
    Definition(
        "one_off_cost_per_household", "GBP", "What is paid once, per household of the area.", "pathway",
        "sums paid once", "households", "money",
    ),
)  # fmt: skip
"""What a pathway costs as a whole."""

MONEY_DIFFERENCES = (
    Definition("cost_per_day_in_need_avoided", "GBP a day", "Extra public cost a day in need avoided; given only "
               "where the pathway costs more and avoids days.", "difference", "difference in public_cost",
               "difference in days_in_need, sign changed", "money"),
    Definition("net_benefit", "GBP", "Days in need avoided at a stated value of a day, less the extra public cost.",
               "difference", "value of a day x days in need avoided - difference in public_cost", "", "money"),
    Definition("payback_years", "years", "Years until what is saved on service and contract has paid back the extra "
               "cost paid once; infinite where nothing is saved.", "difference", "difference in one_off_cost",
               "difference in spend_a_year, sign changed", "money"),
    Definition("cashable_payback_years", "years", "The same, of what is cashable of both.", "difference",
               "difference in cashable_one_off_cost", "difference in cashable_spend_a_year, sign changed", "money"),
)  # fmt: skip
"""What is only between two pathways."""
