"""Slips a user may make in a file, one at a time: the edit of the village, and words its message must hold."""

from __future__ import annotations

import math
from typing import Any

from tests.scenario.files import GONE

PATHWAY = "pathways.outsourced"
STAGES = f"{PATHWAY}.stages"
TARGET = {
    "pathway": "outsourced",
    "measure": "approaches",
    "published": 2,
    "fits": "place.adults",
    "source": "made-up-costs",
}
TEAMS = f"{PATHWAY}.teams"

Edit = tuple[str, Any]
ONE_FAULT: dict[str, tuple[Edit, tuple[str, ...]]] = {
    # unknown keys, at every depth
    "key of the file": (("titel", "x"), ("titel: unknown key", "did you mean `title`?")),
    "key of a table": (("run.sed", 1), ("run.sed: unknown key", "did you mean `seed`?")),
    "key of a group": (("groups.older_people.shar", 0.1), ("groups.older_people.shar:", "did you mean `share`?")),
    "key of a stage": ((f"{STAGES}.call.taem", "x"), (f"{STAGES}.call.taem:", "did you mean `team`?")),
    "key of a gate": ((f"{STAGES}.call.gate.eligble_from", "low"), ("gate.eligble_from:", "`eligible_from`?")),
    "key of a law": ((f"{STAGES}.call.minutes.men", 3), (f"{STAGES}.call.minutes.men:", "did you mean `mean`?")),
    "key of chances": ((f"{STAGES}.package.help.fits.fiv", 0.1), ("help.fits.fiv:", "one of: one, two, three, four")),
    "key of a team": ((f"{TEAMS}.assessors.post", 3), (f"{TEAMS}.assessors.post:", "did you mean `posts`?")),
    "key of team defaults": (("team_defaults.hours_per_wek", 3), ("team_defaults.hours_per_wek:", "`hours_per_week`?")),
    "key of a check": (("checks.no_direct_support.meassure", "x"), ("support.meassure:", "`measure`?")),
    "key of a source": (("sources.made-up-costs.titel", "x"), ("sources.made-up-costs.titel:", "`title`?")),
    "key of a number": (("place.adults", {"value": 3, "sorce": "x"}), ("place.adults.sorce: unknown key", "`source`?")),
    # routes and shares
    "missing stage in a route": (
        (f"{STAGES}.booking.next", {"assesment": "rest"}),
        (f"{STAGES}.booking.next: there is no stage `assesment`", "did you mean `assessment`?"),
    ),
    "missing stage by level": (
        (f"{STAGES}.call.next_by_level", {"high": {"bookin": "rest"}}),
        (f"{STAGES}.call.next_by_level.high: there is no stage `bookin`", "did you mean `booking`?"),
    ),
    "shares over 1": (
        (f"{STAGES}.assessment.next", {"second_assessment": 0.7, "package": 0.6}),
        (f"{STAGES}.assessment.next: the shares add up to 1.3", "lower one of them by 0.3"),
    ),
    "shares under 1": (
        (f"{STAGES}.assessment.next", {"second_assessment": 0.2, "package": 0.6}),
        (f"{STAGES}.assessment.next: the shares add up to 0.8", "raise one by 0.2 or give one as 'rest'"),
    ),
    "two rest": (
        (f"{STAGES}.assessment.next", {"second_assessment": "rest", "package": "rest"}),
        (f"{STAGES}.assessment.next: `rest` stands 2 times", "give the others as numbers"),
    ),
    "share over 1": (
        (f"{STAGES}.call.gate.seen_too_low", 1.5),
        (f"{STAGES}.call.gate.seen_too_low: 1.5 is not allowed", "expected at most 1"),
    ),
    "misspelt rest": (
        ("groups.older_people.level_at_arrival.low", "reast"),
        ("groups.older_people.level_at_arrival.low: 'reast'", "expected a share from 0 to 1, or 'rest'"),
    ),
    "shares of the groups": (
        ("groups.working_age.share", 0.6),
        ("groups.*.share: the shares add up to 1.2", "lower one of them by 0.2"),
    ),
    "unknown group in a route": (
        (f"{STAGES}.assessment.next_by_group", {"older_peple": {"leave": 1.0}}),
        (f"{STAGES}.assessment.next_by_group: there is no group `older_peple`", "did you mean `older_people`?"),
    ),
    "unknown level in a route": (
        (f"{STAGES}.call.next_by_level", {"hihg": {"leave": 1.0}}),
        (f"{STAGES}.call.next_by_level.hihg: 'hihg' is not allowed", "expected 'low', 'moderate', 'high' or 'crisis'"),
    ),
    "unknown stage on giving up": (
        (f"{STAGES}.call.on_give_up", "assessmen"),
        (f"{STAGES}.call.on_give_up: there is no stage `assessmen`", "did you mean `assessment`?"),
    ),
    "giving up without patience": (
        ("pathways.local.stages.support.on_give_up", "conversation"),
        ("pathways.local.stages.support: `on_give_up` has no effect", "give it, or drop `on_give_up`"),
    ),
    "unreachable stage": (
        (f"{STAGES}.extra", {"delay_days": 3}),
        (f"{STAGES}.extra: no route leads to this stage", "route to it, or drop it"),
    ),
    "unknown first stage": (
        (f"{PATHWAY}.starts_at", "cal"),
        (f"{PATHWAY}.starts_at: there is no stage `cal`", "did you mean `call`?"),
    ),
    # times and laws
    "negative time": ((f"{STAGES}.call.gives_up_after_days", -1), ("gives_up_after_days.mean: -1", "above 0 [days]")),
    "zero mean": (
        (f"{STAGES}.call.minutes", {"mean": 0, "sd": 1}),
        (f"{STAGES}.call.minutes.mean: 0 is not allowed", "expected above 0 [minutes]"),
    ),
    "unknown law": (
        (f"{STAGES}.call.minutes.law", "lognorml"),
        (f"{STAGES}.call.minutes.law: 'lognorml' is not allowed", "expected 'exponential', 'lognormal', 'gamma'"),
    ),
    "law without what it takes": (
        (f"{STAGES}.call.minutes", {"law": "gamma", "mean": 3}),
        (f"{STAGES}.call.minutes: the gamma law takes mean and sd, but here stands mean", "give mean and sd"),
    ),
    "uniform law reversed": (
        (f"{STAGES}.call.minutes", {"low": 9, "high": 3}),
        (f"{STAGES}.call.minutes: low = 9 is not below high = 3", "exchange or mend them"),
    ),
    "spread beyond sense": (
        (f"{STAGES}.call.minutes.sd", 5000),
        (f"{STAGES}.call.minutes: sd = 5000 is over 10 times the mean 12", "mend one of them"),
    ),
    "hyperexponential law with too little spread": (
        (f"{STAGES}.call.minutes", {"law": "hyperexponential", "mean": 4, "sd": 3}),
        (
            f"{STAGES}.call.minutes: the hyperexponential law has an sd above its mean, but sd = 3 and mean = 4",
            'use law = "gamma" or law = "lognormal"',
        ),
    ),
    "mode outside": (
        (f"{STAGES}.call.minutes", {"low": 3, "mode": 10, "high": 9}),
        (f"{STAGES}.call.minutes: mode = 10 lies outside", "give a mode from 3 to 9"),
    ),
    "triangular law without an end": (
        (f"{STAGES}.call.minutes", {"low": 3, "mode": 10}),
        (f"{STAGES}.call.minutes: the triangular law takes low and mode and high", "here stands low and mode"),
    ),
    "shares of values over 1": (
        (f"{STAGES}.call.minutes", {"values": [3, 9], "shares": [0.5, 0.7]}),
        (f"{STAGES}.call.minutes: the shares add up to 1.2, not 1", "lower one of them by 0.2"),
    ),
    "shares of values under 1": (
        (f"{STAGES}.call.minutes", {"values": [3, 9], "shares": [0.5, 0.2]}),
        (f"{STAGES}.call.minutes: the shares add up to 0.7, not 1", "raise one of them by 0.3"),
    ),
    "a value without a share": (
        (f"{STAGES}.call.minutes", {"values": [3, 9, 10], "shares": [0.5, 0.5]}),
        (f"{STAGES}.call.minutes: here stand 3 values but 2 shares", "give each value its one share"),
    ),
    "values without shares": (
        (f"{STAGES}.call.minutes", {"values": [3, 9]}),
        (f"{STAGES}.call.minutes: the empirical law takes values and shares", "but here stands values"),
    ),
    "one value of an empirical law": (
        (f"{STAGES}.call.minutes", {"values": [3], "shares": [1]}),
        (f"{STAGES}.call.minutes: an empirical law needs two values or more", "write { fixed = .. }"),
    ),
    "a value twice": (
        (f"{STAGES}.call.minutes", {"values": [3, 3.0], "shares": [0.5, 0.5]}),
        (f"{STAGES}.call.minutes: the value 3 stands more than once", "write it once, with its whole share"),
    ),
    "a negative value": (
        (f"{STAGES}.call.minutes", {"values": [3, -1], "shares": [0.5, 0.5]}),
        (f"{STAGES}.call.minutes.values[1]: -1 is not allowed", "expected at least 0 [minutes]"),
    ),
    "text for a law": (
        (f"{STAGES}.call.minutes", "12"),
        (f"{STAGES}.call.minutes: '12' is not allowed", "expected a number, or a table such as { mean = 4.5, sd = 3 }"),
    ),
    "hours and minutes": ((f"{STAGES}.call.hours", 1), (f"{STAGES}.call: work by a team", "both", "give one of them")),
    "no hours": ((f"{STAGES}.call.minutes", GONE), (f"{STAGES}.call: work by a team", "neither", "give one of them")),
    "team and delay": (
        (f"{STAGES}.booking.team", "assessors"),
        (f"{STAGES}.booking: a stage is work by a `team` or a `delay_days`, but both", "give one of them"),
    ),
    # teams and money
    "team nobody works for": ((f"{TEAMS}.idle", {"posts": 1}), (f"{TEAMS}.idle: nobody works for", "drop it, or use")),
    "unknown team": (
        (f"{STAGES}.call.team", "call_handler"),
        (f"{STAGES}.call.team: there is no team `call_handler`", "did you mean `call_handlers`?"),
    ),
    "caseload too large": (
        (f"{TEAMS}.package_workers.cases_each", 14),
        (f"{TEAMS}.package_workers.cases_each: 16.4 hours", "18.7 needed by 14 cases", "at most 12 cases each"),
    ),
    "caseload without weeks": (
        ("pathways.local.stages.support.weeks", GONE),
        ("pathways.local.stages.support.weeks: is missing", "say how many"),
    ),
    "weeks of an appointments team": ((f"{STAGES}.call.weeks", 3), ("call.weeks: has no effect", "drop it")),
    "cases of an appointments team": (
        (f"{TEAMS}.assessors.cases_each", 3),
        (f"{TEAMS}.assessors: `cases_each` has no effect", 'drop it or set works = "caseload"'),
    ),
    "cost counted twice": (
        (f"{PATHWAY}.contract.management", {"gbp_a_year": 1}),
        (f"{PATHWAY}.contract.management: is already included", "counted twice", "take 'management' out of `includes`"),
    ),
    "work counted twice": (
        (f"{STAGES}.package.fee_gbp", 3),
        (f"{STAGES}.package.fee_gbp:", "paid already", "counted twice", "drop the fee"),
    ),
    "contract line of two kinds": (
        (f"{PATHWAY}.contract.bidding.share_of_all", 0.1),
        (f"{PATHWAY}.contract.bidding: a contract line takes one of", "give exactly one"),
    ),
    "cashable part of crises without a price": (
        ("crisis", {"cashable": 0.5}),
        ("crisis: `cashable` has no effect without a price", "give `gbp_per_entry` or `gbp_per_day`, or drop it"),
    ),
    "cashable part of a fee that is none": (
        (f"{STAGES}.package.fee_cashable", 0.5),
        (f"{STAGES}.package: `fee_cashable` has no effect without `fee_gbp`", "give it, or drop `fee_cashable`"),
    ),
    "cashable part over all": (
        (f"{PATHWAY}.contract.bidding.cashable", 1.5),
        (f"{PATHWAY}.contract.bidding.cashable: 1.5 is not allowed", "expected at most 1 [share]"),
    ),
    "cost paid once without a sum": (
        (f"{PATHWAY}.one_off.exit", {"receiver": "x"}),
        (f"{PATHWAY}.one_off.exit.gbp: `gbp` is missing", "add it: the sum [GBP]"),
    ),
    "cost paid once called by a word of the language": (
        (f"{PATHWAY}.one_off.range", {"gbp": 1}),
        (f"{PATHWAY}.one_off.range: `range` is a word of the language", "call it otherwise"),
    ),
    "discount rate over 1": (("discount_rate", 3.5), ("discount_rate: 3.5 is not allowed", "expected at most 1")),
    "more weeks than a year": (
        ("team_defaults.weeks_per_year", 60),
        ("team_defaults.weeks_per_year: 60 is not allowed", "expected at most 52 [weeks]"),
    ),
    "neighbourhoods nowhere": (
        ("place.households", GONE),
        ("pathways.local.teams.workers: per_neighbourhood = true", "give place.households"),
    ),
    "no purpose": ((f"{STAGES}.call.purpose", GONE), (f"{STAGES}.call.purpose: is missing", "deciding, helping")),
    # evidence
    "range that does not hold its value": (
        ("groups.older_people.share", {"value": 0.6, "range": [0.7, 0.8]}),
        ("groups.older_people.share: the range [0.7, 0.8] does not hold the value 0.6", "widen it or mend the value"),
    ),
    "range reversed": (
        ("groups.older_people.share", {"value": 0.6, "range": [0.8, 0.5]}),
        ("groups.older_people.share: the range [0.8, 0.5] is not a low and a high end", "write range = [low, high]"),
    ),
    "range of one": (
        ("groups.older_people.share", {"value": 0.6, "range": [0.6]}),
        ("groups.older_people.share: the range [0.6]", "write range = [low, high]"),
    ),
    "range of what is certain": (
        ("groups.older_people.share", {"value": 0.6, "range": [0.5, 0.7], "certain": "counted"}),
        ("groups.older_people.share: a number that is `certain` has no range", "[0.5, 0.7]", "drop one of the two"),
    ),
    "range whose end may not be": (
        ("groups.older_people.share", {"value": 0.6, "range": [0.5, 1.2]}),
        ("groups.older_people.share: the high end of its range, 1.2, may not stand", "expected a share from 0 to 1"),
    ),
    "range whose low end may not be": (
        (f"{STAGES}.call.gives_up_after_days", {"value": 1, "range": [0, 3]}),
        (f"{STAGES}.call.gives_up_after_days: the low end of its range, 0, may not stand", "expected above 0"),
    ),
    "unknown source": (
        ("groups.older_people.share", {"value": 0.6, "source": "made-up-request"}),
        ("groups.older_people.share.source: there is no source `made-up-request`", "did you mean `made-up-requests`?"),
    ),
    "value of the wrong type": (
        ("place.adults", {"value": "many"}),
        ("place.adults.value: 'many' is not allowed", "expected a number"),
    ),
    "table without a value": (
        ("place.adults", {"range": [1, 2]}),
        ("place.adults: {'range': [1, 2]}", "write 1.5, or { value = 1.5, range = [1, 2] }"),
    ),
    "evidence of nothing": (
        (f"{PATHWAY}.stages.call.gate", {"eligible_from": "high", "note": "from the minutes"}),
        (f"{PATHWAY}.stages.call.gate.note: has no effect: there is no bare number here", "move it to a number"),
    ),
    "evidence that is no text": (("place.note", 3), ("place.note: 3 is not allowed", "expected text in quotes")),
    # names and wrong types
    "unknown pathway in compare": (("compare", ["outsourced", "locl"]), ("compare[1]:", "`locl`", "mean `local`?")),
    "pathway twice in compare": (("compare", ["local", "local"]), ("compare: names a pathway twice", "name each once")),
    "nothing in compare": (("compare", []), ("compare: names no pathway", "expected one of: outsourced, local")),
    "unknown basis": (
        ("bases", ["as_specifed"]),
        ("bases[0]: 'as_specifed'", "'as_specified', 'equal_spend' or 'equal_help'"),
    ),
    "no basis": (("bases", []), ("bases: [] is not allowed", "expected at least 1")),
    "basis without a second pathway": (
        ("compare", ["local"]),
        ("bases: equal_spend needs two", "drop it from `bases`"),
    ),
    "headline that does not matter": (
        ("run.matters", {"days_to_help": 1.0}),
        ("run: only in one of `precision` and `matters`: days_in_need, public_cost", "a headline stands in both"),
    ),
    "like in a circle": (
        (f"{STAGES}.second_assessment.like", "second_assessment"),
        (f"{STAGES}.second_assessment.like: `like` runs in a circle: second_assessment ->", "drop one of these"),
    ),
    "like nobody": (("groups.working_age.like", "older_peopl"), ("working_age.like:", "did you mean `older_people`?")),
    "like a pathway nobody has": (("pathways.local.like", "outsorced"), ("local.like:", "did you mean `outsourced`?")),
    "drop of what is not there": (
        ("groups.working_age.drop", ["worsens_after_day"]),
        ("groups.working_age.drop: there is no `worsens_after_day` to drop", "did you mean `worsens_after_days`?"),
    ),
    "drop that is no list": (
        ("groups.working_age.drop", "x"),
        ("groups.working_age.drop: 'x' is not allowed", 'write it as drop = ["stages.x"]'),
    ),
    "unknown change of a pathway": (
        (f"{PATHWAY}.changes", ["scptic"]),
        (f"{PATHWAY}.changes: there is no change `scptic`", "did you mean `sceptic`?"),
    ),
    "change of the file in a pathway": (
        (f"{PATHWAY}.changes", ["sceptic"]),
        (f"{PATHWAY}.changes: the paths of `sceptic` start at the top of the file", "--with sceptic"),
    ),
    "changes that are no list": (
        (f"{PATHWAY}.changes", "sceptic"),
        (f"{PATHWAY}.changes: 'sceptic' is not allowed", 'changes = ["x"]'),
    ),
    "text for a number": (("place.adults", "8000"), ("place.adults: '8000'", "expected a number [people]")),
    "truth for a number": (("place.adults", True), ("place.adults: true is not allowed", "expected a number [people]")),
    "number for text": (("title", 3), ("title: 3 is not allowed", "expected text in quotes")),
    "list for a table": (("place", [1]), ("place: [1] is not allowed", "expected a table in { }")),
    "list of tables": (("groups", [{"share": 1.0}]), ("groups: [{'share': 1.0}]", "expected a table of names")),
    "text for truth": (
        ("pathways.local.teams.workers.keeps", "yes"),
        ("workers.keeps: 'yes'", "expected true or false"),
    ),
    "no number": (("place.adults", math.nan), ("place.adults: nan", "not NaN or infinity")),
    "infinity": (("place.adults", math.inf), ("place.adults: inf", "not NaN or infinity")),
    "no number in a share": (
        ("groups.older_people.share", math.nan),
        ("groups.older_people.share: nan", "from 0 to 1"),
    ),
    "number too large": (("place.adults", 1e300), ("place.adults: 1e+300", "expected at most 1e+12")),
    "whole number too large": (("place.adults", 10**400), ("place.adults: a whole number of 1329 bits", "smaller")),
    "seed too large": (("run.seed", 2**63), ("run.seed: 9223372036854775808", "expected below 9223372036854775808")),
    "part of a week": (("run.weeks.cohort", 1.5), ("run.weeks.cohort: 1.5", "expected a whole number [weeks]")),
    "citizens beyond number": (("place.adults", 1e12), ("arrivals: a run of 65 weeks would hold", "fewer arrivals")),
    "name with a dot": (
        ("groups|a.b", {"like": "older_people", "share": 0.1}),
        ("""groups."a.b": 'a.b' is not allowed""", "small letters, digits and _"),
    ),
    "name too long": (("groups." + "a" * 61, {"like": "older_people", "share": 0.1}), ("at most 60 letters",)),
    "name of the language": (
        ("sources|a b", {"title": "x", "publisher": "x", "year": 2000, "grade": "A"}),
        ("""sources."a b": 'a b' is not allowed""", "letters, digits, - and _"),
    ),
    # checks and changes
    "check of an unknown pathway": (("checks.no_direct_support.pathway", "outsorced"), ("pathway:", "`outsourced`?")),
    "check of an unknown stage": (("checks.no_direct_support.stage", "cal"), ("support.stage:", "`call`?")),
    "check of an unknown team": (("checks.no_direct_support.team", "assesors"), ("support.team:", "`assessors`?")),
    "check of an unknown source": (("checks.no_direct_support.source", "made-up"), ("source `made-up`", "`made-up-c")),
    "target of an unknown stage": (("targets.t", {**TARGET, "stage": "cal"}), ("targets.t.stage:", "`call`?")),
    "target of an unknown source": (("targets.t", {**TARGET, "source": "made"}), ("targets.t.source:", "`made`")),
    "target that fits nothing": (
        ("targets.t", {**TARGET, "fits": "place.adutls"}),
        ("targets.t.fits: there is no number `place.adutls`", "give the path"),
    ),
    "target that is also a check": (
        ("targets.t", {**TARGET, "measure": "approaches_unhelped"}),
        ("checks.no_direct_support: is what `t` was fitted to", "drop the check"),
    ),
    "two targets of one number": (
        ("targets", {"s": TARGET, "t": TARGET}),
        ("targets.t.fits: `place.adults` is fitted to `s` already", "fit another number"),
    ),
    "change of an unknown path": (
        ("changes|sceptic|pathways.locl.teams.workers.posts", 3),
        ("changes.sceptic.pathways.locl.teams.workers.posts: there is no `locl`", "did you mean `local`?"),
    ),
    "change of an unknown key": (
        ("changes|sceptic|pathways.local.teams.workers.pots", 3),
        ("changes.sceptic.pathways.local.teams.workers.pots: unknown key `pots`", "did you mean `posts`?"),
    ),
    "change to a wrong value": (
        ("changes|sceptic|pathways.local.teams.workers.posts", -3),
        ("changes.sceptic.pathways.local.teams.workers.posts: -3 is not allowed", "expected at least 0 [posts]"),
    ),
    "change that drops what is not there": (
        ("changes|sceptic|drop", ["pathways.local.stages.suport"]),
        ("changes.sceptic.drop: there is no `suport` to drop", "did you mean `support`?"),
    ),
    "change of two kinds": (
        ("changes|sceptic|stages.call.gate.eligible_from", "low"),
        ("changes.sceptic: some of its paths start at a pathway", "make two changes of it"),
    ),
    "change that no pathway lists": (
        ("changes.idle", {"teams.workers.posts": 3}),
        ("changes.idle: its paths start at a pathway, but no pathway lists it", 'changes = ["idle"]'),
    ),
    "change of nothing": (("changes.nothing", {}), ("changes.nothing: changes nothing", "drop it")),
    "change that is no table": (("changes.nothing", 3), ("changes.nothing: 3 is not allowed", "[changes.NAME]")),
    "changes that are no table": (("changes", 3), ("changes: 3 is not allowed", "[changes.NAME]")),
}
