"""What three guidelines ask of a study such as this, item by item, and where in the results each finds its answer.

Sources: Monks, Currie, Onggo, Robinson, Kunc and Taylor (2019), Journal of Simulation 13(1), 55-67; HM Government
(2025), The AQuA Book; Husereau and others (2022), BMC Medicine 20:23. What an item asks is told in our own words.
"""

from __future__ import annotations

from typing import NamedTuple

OPEN = "open: "
"""Marks an answer that only people can give, with what it would say."""
NOT_APPLICABLE = "not applicable: "


class Item(NamedTuple):
    """An item of a guideline: its number and name, what it asks, and the answers it has here, by name."""

    number: str
    name: str
    asks: str
    answers: tuple[str, ...]


class Guideline(NamedTuple):
    """A guideline: its heading, what it is and where it stands, and its items."""

    id: str
    heading: str
    source: str
    link: str
    items: tuple[Item, ...]


STRESS = Guideline(
    "stress",
    "STRESS-DES",
    "Monks and others (2019), Strengthening the reporting of empirical simulation studies: introducing the STRESS "
    "guidelines. Journal of Simulation 13(1), 55–67.",
    "https://doi.org/10.1080/17477778.2018.1442155",
    (
        Item("1.1", "Purpose of the model", "background and objectives", ("question", "open: the background")),
        Item("1.2", "Model outputs", "every measure, how and when it is reckoned, its error",
             ("headlines", "measures", "errors")),
        Item("1.3", "Aims of experimentation", "what the experiments are to find out; scenarios and design",
             ("compared", "bases", "variants", "demand")),
        Item("2.1", "Diagram of the base model", "a drawing of the process", ("diagram",)),
        Item("2.2", "Logic of the base model", "the process in words or pseudo-code", ("in_words",)),
        Item("2.3", "Logic of the scenarios", "how each scenario differs from the base", ("bases", "variants")),
        Item("2.4", "Algorithms", "anything that mimics a decision: queues, priorities, schedules",
             ("orders", "gates", "factors")),
        Item("2.5.1", "Components: entities", "what moves through the model, and its attributes", ("entities",)),
        Item("2.5.2", "Components: activities", "what is done to them", ("activities",)),
        Item("2.5.3", "Components: resources", "who does it, and how many", ("resources",)),
        Item("2.5.4", "Components: queues", "where they wait, in what order, with what limit", ("orders", "limits")),
        Item("2.5.5", "Components: entry and exit", "where they come in and leave", ("entry",)),
        Item("3.1", "Data sources", "where every number comes from", ("sources", "published")),
        Item("3.2", "Pre-processing", "what was done to data before use",
             ("prices", "fitted", "open: how local data were cleaned")),
        Item("3.3", "Input parameters", "every input, its value or distribution", ("inputs",)),
        Item("3.4", "Assumptions", "every assumption, where data were missing", ("assumptions",)),
        Item("4.1", "Initialisation", "start of the run, warm-up", ("warm_up", "waiting")),
        Item("4.2", "Run length", "how long is simulated, in what unit", ("windows",)),
        Item("4.3", "Estimation approach", "replications, and how precise they are", ("replications", "errors")),
        Item("5.1", "Software or programming language", "with versions", ("software",)),
        Item("5.2", "Random sampling", "generator, streams, seed", ("luck",)),
        Item("5.3", "Model execution", "how time advances; order of events", ("execution",)),
        Item("5.4", "System specification", "machine and time taken", ("machine", "open: memory and processor")),
        Item("6.1", "Sharing of the computer model", "how to get and run it",
             ("code", "command", "open: the address at which the code can be had")),
    ),
)  # fmt: skip

AQUA = Guideline(
    "aqua",
    "The AQuA Book",
    "HM Government (2025), The AQuA Book: guidance on producing quality analysis.",
    "https://www.gov.uk/guidance/the-aqua-book",
    (
        Item("Roles", "Commissioner", "who asked for it, and accepts it as fit for purpose",
             ("open: the commissioner",)),
        Item("Roles", "Analyst", "who did it", ("open: the analyst",)),
        Item("Roles", "Assurer", "who, independent of the analyst, reviewed it", ("open: the assurer",)),
        Item("Roles", "Approver", "who signs it off", ("open: the approver",)),
        Item("Scoping", "The question", "what is asked, and what decision hangs on it",
             ("question", "open: the decision that hangs on it")),
        Item("Scoping", "Scope", "what is in and what is out", ("compared", "windows", "not_suitable")),
        Item("Scoping", "Proportionality", "how much assurance the risk calls for", ("open: a judgement of the risk",)),
        Item("Design", "Method", "why this method", ("method", "open: which other methods were weighed")),
        Item("Design", "Data and assumptions", "a log of them, owned and reviewed",
             ("sources", "assumptions", "open: who owns each assumption, and when it was last reviewed")),
        Item("Analysis", "Verification", "is the model built right", ("verify", "engines")),
        Item("Analysis", "Validation", "is it the right model",
             ("published", "unchecked", "open: review by people who know the service")),
        Item("Analysis", "Uncertainty", "found, sized, told", ("errors", "ranges", "variants", "demand")),
        Item("Analysis", "Change control", "versions of model, data and results", ("software", "hashes", "changed")),
        Item("Delivery", "Communication", "told so that it can be used and not misused", ("outputs", "not_suitable")),
        Item("Delivery", "Sign-off", "accepted as fit for its purpose", ("open: the sign-off and its date",)),
        Item("RIGOUR", "Repeatable", "same inputs, same outputs", ("command", "hashes")),
        Item("RIGOUR", "Independent", "free of prejudice",
             ("sides", "open: the interests of who made and who paid for it")),
        Item("RIGOUR", "Grounded in reality", "tied to the real service",
             ("published", "open: how users and staff of the service were heard")),
        Item("RIGOUR", "Objective", "challenged from both sides", ("variants", "open: who was asked to challenge it")),
        Item("RIGOUR", "Uncertainty-managed", "uncertainty told with the result", ("ranges", "strengths")),
        Item("RIGOUR", "Robust", "limits known, used rightly", ("not_suitable", "notices")),
    ),
)  # fmt: skip

CHEERS = Guideline(
    "cheers",
    "CHEERS 2022",
    "Husereau and others (2022), Consolidated Health Economic Evaluation Reporting Standards 2022 (CHEERS 2022) "
    "statement. BMC Medicine 20, 23.",
    "https://doi.org/10.1186/s12916-021-02204-0",
    (
        Item("1", "Title", "names it an economic evaluation and what is compared", ("title", "compared")),
        Item("2", "Abstract", "a structured summary", ("briefing",)),
        Item("3", "Background and objectives", "context, question, use", ("question", "open: the context and its use")),
        Item("4", "Analysis plan", "whether there was one, and where", ("plan", "open: a plan published beforehand")),
        Item("5", "Study population", "who they are", ("entities",)),
        Item("6", "Setting and location", "where", ("title", "place")),
        Item("7", "Comparators", "what is compared, and why", ("compared", "open: why these were chosen")),
        Item("8", "Perspective", "whose costs count, and why", ("perspective", "open: why this perspective")),
        Item("9", "Time horizon", "how long, and why", ("windows", "open: why so long")),
        Item("10", "Discount rate", "which, and why", ("discounting", "open: why this rate")),
        Item("11", "Selection of outcomes", "which benefits and harms", ("headlines",)),
        Item("12", "Measurement of outcomes", "how they were measured", ("headlines", "measures")),
        Item("13", "Valuation of outcomes", "how they were valued", ("valued",)),
        Item("14", "Measurement and valuation of costs", "resources and prices", ("costs", "overtime")),
        Item("15", "Currency, price date, conversion", "year and index", ("price_year", "prices")),
        Item("16", "Rationale and description of model", "what it is and why", ("method", "in_words")),
        Item("17", "Analytics and assumptions", "statistics, extrapolation, validation",
             ("errors", "assumptions", "published")),
        Item("18", "Heterogeneity", "how results differ between groups", ("groups",)),
        Item("19", "Distributional effects", "who gains and who loses", ("groups", "individuals")),
        Item("20", "Uncertainty", "how it was looked into", ("ranges", "variants", "demand")),
        Item("21", "Engagement with those affected", "how they took part",
             ("open: how people who use the service took part",)),
        Item("22", "Study parameters", "every value, range and source", ("inputs", "sources")),
        Item("23", "Summary of main results", "costs and outcomes, in one measure", ("results",)),
        Item("24", "Effect of uncertainty", "what it does to the findings", ("ranges", "stands")),
        Item("25", "Effect of engagement", "what taking part changed", ("open: what it changed",)),
        Item("26", "Findings, limits, generalisability", "and what is known already",
             ("not_suitable", "notices", "open: how it compares with what others found")),
        Item("27", "Source of funding", "who paid, and their part in it", ("open: who paid",)),
        Item("28", "Conflicts of interest", "of the authors", ("open: the interests of the authors",)),
    ),
)  # fmt: skip

GUIDELINES = (STRESS, AQUA, CHEERS)
