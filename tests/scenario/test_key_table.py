"""`scenarios/README.md` says what the code says, and its examples load."""

from __future__ import annotations

import re
import tomllib

import pytest

from sim.scenario.key_table import BEGIN, END, key_table, readme_file, tables, with_table
from sim.scenario.laws import Law
from sim.scenario.paths import parts_of
from sim.scenario.scenario import Scenario

README = readme_file().read_text(encoding="utf-8")


def test_the_readme_is_up_to_date() -> None:
    assert with_table(README) == README, "run python -m sim.scenario.key_table"


def test_every_key_of_every_table_has_a_row_with_a_meaning() -> None:
    table = key_table()
    for _, model in tables():
        for name, field in model.model_fields.items():
            assert re.search(
                rf"^\| `{name}` \| .* \| .* \| .*{re.escape((field.description or 'x')[:30])}", table, re.M
            )


def test_a_number_key_has_a_unit() -> None:
    bare = {"seed", "year"}
    for _, model in tables():
        for name, field in model.model_fields.items():
            extra = field.json_schema_extra
            unit = extra.get("unit") if isinstance(extra, dict) else ""
            is_number = any(part in (int, float) for part in parts_of(field.annotation))
            assert unit or not is_number or name in bare or model is Law or name == "value", (model.__name__, name)


def test_a_readme_without_a_place_for_the_table_is_refused() -> None:
    with pytest.raises(ValueError, match="the README needs the lines"):
        with_table("no markers")
    assert with_table(f"a {BEGIN} old {END} b").startswith("a ")


def test_the_examples_of_the_readme_load() -> None:
    examples = re.findall(r"```toml\n(.*?)```", README, re.S)
    assert examples
    for text in examples:
        assert len(text.splitlines()) <= 8
        assert not Scenario.from_data("example", tomllib.loads(text)).has_levels


@pytest.mark.parametrize("written", re.findall(r"^\| `((?:hours|delay_days) = .*?)` \|", README, re.M))
def test_the_laws_of_the_readme_are_laws(written: str) -> None:
    ((_, law),) = tomllib.loads(written).items()
    assert Law.model_validate(law).in_words("hours")


def test_the_numbers_of_the_readme_are_numbers() -> None:
    ((_, number),) = tomllib.loads(re.findall(r"^    (posts = \{.*\})$", README, re.M)[0]).items()
    assert number["range"][0] < number["value"] < number["range"][1]
