"""What can be said of who pays whom and of what refusing cost, as templates. The code that fills them stands in
`money_flows`, `refusing` and `money_section`.
"""

from __future__ import annotations

HEADING = "Where the money goes"
BY_PURPOSE = "Cost per citizen by purpose{prices}"
BEHIND = "The numbers behind this picture"

CASHABLE = "Economic and cashable cost per citizen{prices}"
CASHABLE_SAID = (
    "The whole bar is the public cost per citizen; the full part of it is cashable: what could be taken out of a "
    "budget, or has to be found in one."
)
CASHABLE_OF = "{cashable} cashable of {whole}"
CASHABLE_TABLE = "Public cost per citizen, and the cashable part of it{prices}, mean and 95% interval"
CASHABLE_HEAD = ("Pathway", "Economic [£]", "Cashable [£]")

FLOWS = "Who pays, and who receives{prices}"
FLOWS_SAID = (
    "A year's money from whoever pays it, at the left, to whoever receives it; all pathways are to one scale, and what "
    "is paid once is left out. Dark: crises; light: service and contract."
)
FLOWS_TABLE = "Who pays whom a year{prices}"
FLOWS_HEAD = ("Pathway", "Payer", "Receiver", "For", "£ a year")
FLOW_TOLD = "With {pathway}, a year's money comes {paid}; it goes {received}. {balance}"
FLOW_NONE = "With {pathway}, nothing is paid."
FROM = "from {name} ({gbp})"
TO = "to {name} ({gbp})"
MILLIONS = "£{number}m"
BALANCES = "What is paid and what is received, {gbp}, balance to the penny."
OUT_OF_BALANCE = "What is paid ({paid}) and what is received ({received}) DO NOT BALANCE."
NAMELESS = "somebody not named"
KINDS = {"service": "service and contract", "crisis": "crises"}

REFUSING = "What refusing cost{prices}"
REFUSING_SAID = (
    "Service and contract cost per citizen of approaches that ended in a refusal: refused rightly (light), if the "
    "true level of need was then below that of the gate; wrongly (dark), if it was not."
)
REFUSED = (
    "With {pathway}, {whole} a citizen ({low} to {high}) went on approaches that ended in a refusal, {rightly} of it "
    "on citizens refused rightly and {wrongly} on citizens refused wrongly."
)
REFUSED_NONE = "With {pathway}, nothing was spent on approaches that ended in a refusal."
REFUSED_BESIDE = "{rightly} rightly, {wrongly} wrongly"
NOTHING = "nothing"
REFUSED_TABLE = "Cost per citizen of refusing{prices}, mean and 95% interval"
REFUSED_HEAD = ("Pathway", "Rightly [£]", "Wrongly [£]", "All [£]")
