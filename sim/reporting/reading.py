"""Reading the files of a results folder: each is held to its schema, and what is wrong with it is told by name."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import numpy as np
import pandas as pd
from pydantic import BaseModel, ValidationError

from sim.errors import ResultsError
from sim.reporting.paragraphs import one_line
from sim.reporting.schema import INFINITE, TRUTHS, Schema
from sim.scenario.cells import unprotected
from sim.scenario.keys import shown

Told = TypeVar("Told", bound=BaseModel)
OF_ANOTHER = "these results are of another version of the program"
MADE_BY_ANOTHER = f"{OF_ANOTHER}; run the scenario again"


def read_text(path: Path, remedy: str = "run the scenario again") -> str:
    """The text of a file.

    Raises
    ------
    ResultsError
        If it is missing or is no text.
    """
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise ResultsError(f"{path}: is missing; {remedy}") from None
    except (OSError, UnicodeDecodeError) as error:
        raise ResultsError(f"{path}: cannot be read ({error}); {remedy}") from None


def read_json(path: Path, remedy: str = "run the scenario again") -> Any:
    """What a JSON file says, with every text on one line.

    Raises
    ------
    ResultsError
        If it is missing, or is not JSON.
    """
    try:
        return cleaned(json.loads(read_text(path, remedy), parse_constant=_no_number))
    except (ValueError, RecursionError) as error:
        raise ResultsError(f"{path}: is not JSON ({error}); {remedy}") from None


def _no_number(text: str) -> NoReturn:
    raise ValueError(f"{text} is no number")


def held_to(schema: type[Told], told: Any, path: Path, remedy: str) -> dict[str, Any]:
    """What a file says, if it says what it must.

    Raises
    ------
    ResultsError
        Naming every key that is missing or wrong.
    """
    try:
        schema.model_validate_json(json.dumps(told))
    except ValidationError as error:
        faults = [f"{'.'.join(map(str, one['loc'])) or 'it'}: {one['msg'].lower()}" for one in error.errors()]
        more = f" and {len(faults) - 3} more" if len(faults) > 3 else ""
        raise ResultsError(f"{path}: is not as it was written ({'; '.join(faults[:3])}{more}); {remedy}") from None
    return dict(told)


def read_table(path: Path, schema: Schema) -> pd.DataFrame:
    """The columns of a table that its schema names: texts are never missing, numbers may be NaN unless needed.

    Raises
    ------
    ResultsError
        If the file or a column is missing, or holds what it may not.
    """
    read_text(path, schema.remedy)
    kinds = {name: "float64" if name in schema.numbers else "str" for name in schema.columns}
    try:
        # Only an empty cell is missing: a group or a team may well be called "none" or "na".
        table = pd.read_csv(
            path,
            usecols=lambda name: name in schema.columns,
            dtype=kinds,
            keep_default_na=False,
            na_values={name: [""] for name in schema.numbers},
        )
    except (ValueError, OverflowError, pd.errors.ParserError) as error:
        raise ResultsError(f"{path}: is not the table expected ({error}); {schema.remedy}") from None
    missing = [name for name in schema.columns if name not in table.columns]
    if missing:
        raise ResultsError(f"{path}: has no column {', '.join(missing)}; {OF_ANOTHER}; {schema.remedy}")
    for name in schema.columns:
        if name not in schema.numbers:
            table[name] = table[name].map({cell: read_cell(cell) for cell in table[name].unique()}).astype("object")
    fault = next(_faults(table, schema), "")
    if fault:
        raise ResultsError(f"{path}: {fault}; {schema.remedy}")
    for name in table.columns:
        if schema.words.get(name) == TRUTHS:
            table[name] = table[name] == "True"
    return table


def read_cell(cell: object) -> str:
    """The text that a cell was written from, on one line."""
    return one_line(unprotected(str(cell)))


def _faults(table: pd.DataFrame, schema: Schema) -> Iterator[str]:
    """What is wrong with a table, cell by cell; rows are counted as a spreadsheet does."""
    for name in schema.columns:
        column = table[name]
        if name not in schema.numbers:
            allowed = schema.words.get(name)
            strange = [word for word in column.unique() if allowed is not None and word not in allowed]
            odd = column.isin(strange)
            said = "is not a word that stands there"
        else:
            odd = column.isna() & (name in schema.needed)
            odd = odd | (np.isinf(column) & (name not in INFINITE))
            said = "is not the number that must stand there"
        if odd.any():
            row = int(np.flatnonzero(odd)[0])
            cell = column.iloc[row]
            yield f"{name} in row {row + 2} is {shown(cell) if isinstance(cell, str) else cell}, which {said}"


def cleaned(told: Any) -> Any:
    """What was read, with every text on one line and nothing in it that could move a cursor or turn the line round."""
    if isinstance(told, dict):
        return {one_line(name): cleaned(inner) for name, inner in told.items()}
    if isinstance(told, list):
        return [cleaned(inner) for inner in told]
    return one_line(told) if isinstance(told, str) else told
