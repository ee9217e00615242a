"""The table of every key in `scenarios/README.md`, made from the fields. Run `python -m sim.scenario.key_table`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from sim.scenario.paths import parts_of
from sim.scenario.plans import NumberTable
from sim.scenario.reading import shipped_folder
from sim.scenario.scenario import Scenario

BEGIN, END = "<!-- every key: begin -->", "<!-- every key: end -->"
NAME = "NAME"


def tables() -> Iterator[tuple[list[str], type[BaseModel]]]:
    """Every table of the language once, with the paths at which it may stand, as the file would have them."""
    places: dict[type[BaseModel], list[str]] = {}
    todo: list[tuple[str, type[BaseModel]]] = [("", Scenario)]
    for path, model in todo:
        places.setdefault(model, []).append(path)
        for name, field in model.model_fields.items():
            todo.extend(_inside(field.annotation, f"{path}.{name}" if path else name))
    for model, paths in places.items():
        yield paths, model
    yield ["any number"], NumberTable


def _inside(annotation: Any, path: str) -> Iterator[tuple[str, type[BaseModel]]]:
    for part in parts_of(annotation):
        if isinstance(part, type) and issubclass(part, BaseModel):
            yield path, part
        elif get_origin(part) is dict:
            yield from _inside(get_args(part)[1], f"{path}.{NAME}")


def key_table() -> str:
    """Every key with its unit, default and meaning, as Markdown."""
    return "\n".join(_table(paths, model) for paths, model in tables())


def _table(paths: list[str], model: type[BaseModel]) -> str:
    shown = [f"`[{path}]`" if path and " " not in path else path or "The top of the file" for path in paths]
    about = "What stands outside every table." if model is Scenario else " ".join((model.__doc__ or "").split())
    lines = [f"### {', '.join(shown)}", "", about, "", "| key | unit | default | meaning |", "|---|---|---|---|"]
    return "\n".join([*lines, *(_row(name, field) for name, field in model.model_fields.items()), ""])


def _row(name: str, field: FieldInfo) -> str:
    extra = field.json_schema_extra
    unit = str(extra.get("unit", "")) if isinstance(extra, dict) else ""
    meaning = (field.description or "").replace("|", "\\|")
    return f"| `{name}` | {unit} | {_default(field)} | {meaning} |"


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "must be given"
    default = field.get_default(call_default_factory=True, validated_data={})
    if default is None or default == "" or isinstance(default, (BaseModel, dict)):
        return ""
    if isinstance(default, list):
        return ", ".join(f"`{one}`" for one in default)
    return f"`{str(default).lower() if isinstance(default, bool) else default}`"


def with_table(readme: str) -> str:
    """The README with the table of keys as the code has it now.

    Raises
    ------
    ValueError
        If the README has no place for the table.
    """
    before, begin, rest = readme.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"the README needs the lines {BEGIN} and {END}")
    return f"{before}{BEGIN}\n\n{key_table()}\n{END}{after}"


def readme_file() -> Path:
    """The README of the scenarios."""
    return shipped_folder() / "README.md"


def main() -> None:
    """Write the table into the README."""
    text = readme_file().read_text(encoding="utf-8")
    readme_file().write_text(with_table(text), encoding="utf-8")


if __name__ == "__main__":
    main()
