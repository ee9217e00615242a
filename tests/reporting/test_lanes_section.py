"""The section on one citizen says what it is, and is right whichever way the lives came out."""

from __future__ import annotations

import re
from typing import Any

from sim.reporting import lanes_wording as words
from sim.reporting.lanes_section import MOST_LINES, Picture, one_citizen
from sim.reporting.paragraphs import one_line
from sim.reporting.report import render
from sim.reporting.results import Results

from .conftest import Maker
from .folders import Data
from .stories_made import level, stories, visit
from .test_report import HOSTILE, OTHER_SCRIPTS, Page, assert_fetches_nothing
from .test_sentences import one_pathway, plain_network

END = 1092.0


def pictures(results: Results) -> list[Picture]:
    section = one_citizen(results)
    assert section is not None
    return section.more["pictures"]  # type: ignore[return-value]


def section_of(page: str) -> str:
    return page.split('<section id="one-citizen"')[1].split("</section>")[0]


def shown(**rows: list[Data]) -> Any:
    """Stories of one citizen with these rows in each pathway."""

    def make(data: Data) -> list[Data]:
        first = next(row for row in stories(data, last_day=END) if row["kind"] == "level")
        who = {name: first[name] for name in first if name not in rows["local"][0]} | {"difference": 0.0}
        return [who | {"pathway": name} | row for name, mine in rows.items() for row in mine]

    return make


def test_it_is_marked_as_a_picture_never_to_be_quoted_before_and_beside_each_picture(
    plain: Results, plain_page: str
) -> None:
    section = section_of(plain_page)
    assert section.index(words.CAUTION) < section.index("<svg")
    assert section.count(words.STAMP) == len(pictures(plain)) == 3


def test_it_stands_after_the_money_and_before_every_measure(plain_page: str) -> None:
    ids = re.findall(r"<section id=\"([a-z-]+)\"", plain_page)
    assert ids.index("money") < ids.index("one-citizen") < ids.index("measures")


def test_the_middle_is_shown_first_and_the_others_can_be_chosen_without_a_script(plain_page: str) -> None:
    page = Page(plain_page)
    radios = [given for given in page.named("input") if given["name"] == "life"]
    assert [given["id"] for given in radios] == ["life-50", "life-10", "life-90"]
    assert ["checked" in given for given in radios] == [True, False, False]
    assert not [given for _, given in page.tags if any(name.startswith("on") for name in given)]
    for percentile in (50, 10, 90):
        assert f"#life-{percentile}:checked" in plain_page


def test_sooner_later_and_the_same_are_said_of_the_second_pathway(plain: Results, made: Maker) -> None:
    assert [picture.choice.split(": ")[1] for picture in pictures(plain)] == [
        "12 days sooner with ‘local’",
        "340 days sooner with ‘local’",
        "45 days later with ‘local’",
    ]
    none = shown(outsourced=[level("low", 0, END)], local=[level("low", 0, END)])
    assert pictures(made(stories=none))[0].choice.endswith(": no sooner and no later with ‘local’")


def test_each_lane_says_what_is_drawn_in_it(plain: Results) -> None:
    told = {lane.name: lane.told for lane in pictures(plain)[0].lanes}
    assert told["outsourced"] == (
        "Outsourced: right help from day 50, 13 days of waiting, £2,600. Need: moderate at first, crisis from day 60, "
        "high from day 80, none from day 500. Refused on day 10; came back on day 40; right help on day 50; recovered "
        "unaided on day 500."
    )
    assert told["no service"].startswith("No service: nobody helps, £1,500. Need: moderate at first")


def test_right_help_and_cost_are_said_of_every_pathway(plain: Results) -> None:
    said = " ".join(pictures(plain)[0].said)
    assert "Right help begins on day 50 with ‘outsourced’ and on day 50 with ‘local’." in said
    assert "cost £2,600 with ‘outsourced’, £2,600 with ‘local’ and £1,500 with no service." in said


def test_right_help_may_begin_in_one_or_in_none(made: Maker) -> None:
    fits = visit("support", 1, 3, 4, 50, outcome="helped_fit")
    low = level("low", 0, END)
    only = pictures(made(stories=shown(outsourced=[low], local=[low, fits], no_service=[low])))[0]
    assert only.said[0] == "Right help begins never with ‘outsourced’ and on day 4 with ‘local’."
    assert [lane.facts[0] for lane in only.lanes] == ["never asks", "right help from day 4", "nobody helps"]
    none = pictures(made(stories=shown(outsourced=[low], local=[low], no_service=[low])))[0]
    assert none.said[0] == "Right help begins with neither pathway."


def test_a_picture_that_stops_before_the_end_says_so(made: Maker) -> None:
    """The last thing happens on day 100 of 1,092: the axis has ticks every 28 days and ends on day 112."""
    low = [level("low", 0, 100), level("none", 100, END, "eased")]
    early = pictures(made(stories=shown(outsourced=low, local=low, no_service=low)))[0]
    assert early.ticks[-1] == ("112", 100.0)
    assert early.said[-1].startswith("Nothing more happens between day 112")
    late = [level("low", 0, 1000), level("none", 1000, END, "eased")]
    whole = pictures(made(stories=shown(outsourced=low, local=late, no_service=low)))[0]
    assert whole.ticks[-1] == ("1,092", 100.0) and "Nothing more" not in " ".join(whole.said)


def test_a_crisis_or_a_visit_that_goes_on_is_drawn_to_the_end(made: Maker) -> None:
    low, crisis = [level("low", 0, END)], [level("low", 0, 9), level("crisis", 9, END, "worsened", gbp_evenly=5.0)]
    asked = [*low, visit("support", 1, 3, 4, None, outcome="open")]
    for rows in (crisis, asked):
        picture = pictures(made(stories=shown(outsourced=low, local=rows, no_service=low)))[0]
        assert picture.ticks[-1][0] == "1,092"


def test_the_words_behind_a_picture_hold_the_cost_so_far(plain: Results) -> None:
    table = pictures(plain)[0].lanes[0].table
    rows = [[cell.text for cell in row] for row in table.rows]
    assert table.head == ("Day", "What happens", "Cost so far [£]")
    refused = "refused, the need is seen as too low (“not enough of a problem”); seen as low, truly high."
    assert ["10.0", f"Call is over: {refused}", "100"] in rows
    assert rows[-1] == ["1,092.0", "End of follow-up. No need is open.", "2,600"]


def test_a_long_story_is_cut_and_its_end_told(made: Maker) -> None:
    many = [visit("conversation", at, at, at, at + 0.5, approach=at) for at in range(1, 101)]
    low = level("low", 0, END)
    picture = pictures(made(stories=shown(outsourced=[low], local=[low, *many], no_service=[low])))[0]
    rows = picture.lanes[1].table.rows
    assert len(rows) == MOST_LINES and rows[-1][1].text.startswith("End of follow-up")
    assert rows[-2][1].text == "… and 143 more lines; all visits are in stories.csv."


def test_one_pathway_is_set_beside_no_service(made: Maker) -> None:
    results = made(edit=one_pathway)
    section = one_citizen(results)
    assert section is not None and "with ‘outsourced’ than with no service" in section.said[0]
    assert [lane.name for lane in pictures(results)[0].lanes] == ["outsourced", "no service"]


def five(data: Data) -> None:
    names = ["third", "fourth", "fifth"]
    data["compare"] += names
    data["pathways"] |= dict.fromkeys(names, data["pathways"]["local"])


def test_five_pathways_have_a_lane_and_a_line_each(made: Maker) -> None:
    results = made(edit=five)
    picture = pictures(results)[0]
    assert [lane.name for lane in picture.lanes] == ["outsourced", "local", "third", "fourth", "fifth", "no service"]
    assert len({lane.look for lane in picture.lanes}) == len(picture.cost.lines) == 6
    section = section_of(render(results))
    assert section.count('role="img"') == 3 * 7
    assert len(section) < 300_000


def test_every_picture_has_words_for_those_who_cannot_see_it(plain_page: str) -> None:
    labels = re.findall(r"<svg[^>]* role=\"img\" aria-label=\"([^\"]*)\"", section_of(plain_page))
    assert len(labels) == 3 * 4 and all(len(label) > 40 for label in labels)


def without_prices(data: Data) -> None:
    """Nothing in the file has a price."""
    del data["crisis"], data["checks"], data["changes"]
    data["bases"] = ["as_specified"]
    del data["place"]["band_d_bill"], data["place"]["band_d_homes"]
    data["team_defaults"] = {name: data["team_defaults"][name] for name in ("hours_per_week", "weeks_per_year")}
    data["run"] = {"seed": 1, "weeks": data["run"]["weeks"]}
    for pathway in data["pathways"].values():
        for name in ("contract", "one_off", "payer", "provider"):
            pathway.pop(name, None)
        for team in pathway["teams"].values():
            team.pop("gbp_per_worked_hour", None)


def test_without_prices_nothing_is_said_of_cost(made: Maker) -> None:
    picture = pictures(made(edit=without_prices, findings={}, checks_pass=(), manifest={"headlines": []}))[0]
    assert not picture.cost.lines and picture.lanes[0].table.head == ("Day", "What happens")
    assert "£" not in " ".join((*picture.said, *(lane.told for lane in picture.lanes)))


def test_hostile_words_show_as_text(made: Maker) -> None:
    def edit(data: Data) -> None:
        data["groups"]["older_people"]["title"] = HOSTILE
        data["pathways"]["local"]["stages"]["support"]["title"] = HOSTILE

    page = Page(render(made(edit=edit)))
    assert page.text.count(one_line(HOSTILE)) >= 6
    assert_fetches_nothing(page)
    assert len(page.scripts) == len(page.figures) + len(OTHER_SCRIPTS)


def test_plain_networks_and_empty_cohorts_have_no_such_section(made: Maker, nobody: Results) -> None:
    assert one_citizen(made(edit=plain_network, checks_pass=())) is None
    assert one_citizen(nobody) is None


def test_a_real_run_is_drawn_whole(real: Results) -> None:
    for picture in pictures(real):
        assert [lane.name for lane in picture.lanes] == ["outsourced", "local", "no service"]
        assert all(lane.lane.bands for lane in picture.lanes)
        for lane, line in zip(picture.lanes, picture.cost.lines, strict=True):
            assert lane.table.rows[-1][-1].text == line.total.removeprefix("£")
