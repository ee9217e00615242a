"""How a key of the file is declared: its meaning, its unit and its limits, once.

The table in `scenarios/README.md`, `explain`, the report and the error messages all read the meaning and the unit
from here.
"""

from __future__ import annotations

import math
import reprlib
from collections.abc import Mapping
from datetime import date, time
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainValidator, model_validator

from sim.scenario.vocabulary import REST


def _share_or_rest(given: object) -> float | str:
    if given == REST:
        return REST
    if isinstance(given, bool) or not isinstance(given, (int, float)) or not 0 <= given <= 1:
        raise ValueError(f"{shown(given)} is not allowed; expected a share from 0 to 1, or 'rest'")
    if 0 < given < SMALLEST:
        raise ValueError(f"{given:g} is too near to 0; expected at least {SMALLEST:g}, or 0")
    return float(given)


LARGEST = 1e12
"""No number of a file may be larger: beyond it sums of days or pounds would lose their last digits."""

MOST_POSTS = 1e9
"""Posts and cases each above this are as good as unlimited."""

LONGEST_SHOWN = 60

OR_TEXT = "a text may stand here too"
"""Marks a type that a validator of ours also makes of a text."""


def not_tiny(least: float) -> AfterValidator:
    """Refuses a number that is nearer to 0 than `least` and is not 0."""

    def check(given: float) -> float:
        if 0 < given < least:
            raise ValueError(f"{given:g} is too near to 0; expected at least {least:g}, or 0 where 0 may stand")
        return given

    return AfterValidator(check)


SMALLEST = 1e-9
"""No number of a file may be nearer to 0 and not be 0: what is worked out of it would be 0, or beyond all numbers."""

LEAST_SHARE = 0.001
"""Posts, people on shift, open cases and shares of working hours are told apart from none from here on."""

Share = Annotated[float, Field(ge=0, le=1), not_tiny(SMALLEST)]
NotNegative = Annotated[float, Field(ge=0, le=LARGEST), not_tiny(SMALLEST)]
Positive = Annotated[float, Field(gt=0, le=LARGEST), not_tiny(SMALLEST)]
ShareOrRest = Annotated[float | Literal["rest"], PlainValidator(_share_or_rest)]
PATTERNS = {
    r"^[a-z][a-z0-9_]*$": "expected a name of small letters, digits and _, a letter first",
    r"^[A-Za-z0-9][A-Za-z0-9_-]*$": "expected a key of letters, digits, - and _",
    r"^[1-9][0-9]{0,4}$": "expected a whole number of weeks from the start of the cohort window, such as 26",
}
"""What a name must look like, and how a message says so."""

NAME_PATTERN, SOURCE_PATTERN, WEEK_PATTERN = PATTERNS
Name = Annotated[str, Field(pattern=NAME_PATTERN, max_length=60)]
SourceName = Annotated[str, Field(pattern=SOURCE_PATTERN, max_length=60)]


class Part(BaseModel):
    """A part of a scenario: frozen, every key known, no NaN or infinity, no silent conversion."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", strict=True, allow_inf_nan=False, validate_default=False, populate_by_name=True
    )


class Detail(Part):
    """A part whose keys mean little without the key that holds it: a law, or numbers by level or by needs."""

    may_be_bare: ClassVar[bool] = False
    """Whether a bare number may stand in place of the table."""


def key(meaning: str, unit: str = "", **options: Any) -> Any:
    """A pydantic field for a key of the file, carrying its `meaning` and `unit`."""
    return Field(description=meaning, json_schema_extra={"unit": unit}, **options)


def shown(value: object) -> str:
    """A value of the file as a message shows it: as the file writes it, and not too long."""
    text = _WRITTEN.repr(value)
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 3] + "..."


class _Written(reprlib.Repr):
    """Values as a file writes them, in time and length that do not grow with them."""

    def repr_bool(self, value: bool, level: int) -> str:  # noqa: ARG002
        return str(value).lower()

    def repr_int(self, value: int, level: int) -> str:  # noqa: ARG002
        return f"a whole number of {value.bit_length()} bits" if abs(value) > 10**LONGEST_SHOWN else str(value)

    def repr_str(self, value: str, level: int) -> str:  # noqa: ARG002
        return repr(value[:LONGEST_SHOWN])

    def repr_instance(self, value: object, level: int) -> str:
        return value.isoformat() if isinstance(value, (date, time)) else super().repr_instance(value, level)


_WRITTEN = _Written()
_WRITTEN.maxother = LONGEST_SHOWN


def filled(shares: Mapping[str, float | str], over: str = "which is over 1") -> dict[str, float]:
    """`shares` with `rest` given what the numbers leave over; `over` says what is wrong with shares above 1.

    Raises
    ------
    ValueError
        If the shares cannot add up to 1.
    """
    numbers = {name: float(share) for name, share in shares.items() if share != REST}
    total = math.fsum(numbers.values())
    takers = [name for name, share in shares.items() if share == REST]
    if len(takers) > 1:
        raise ValueError(f"`rest` stands {len(takers)} times; only one may take the rest; give the others as numbers")
    if total > 1 + 1e-9:
        raise ValueError(f"the shares add up to {total:.6g}, {over}; lower one of them by {total - 1:.6g}")
    if not takers and total < 1 - 1e-9:
        raise ValueError(f"the shares add up to {total:.6g}, not 1; raise one by {1 - total:.6g} or give one as 'rest'")
    return {name: max(0.0, 1 - total) if share == REST else numbers[name] for name, share in shares.items()}


class Mix(Detail):
    """Shares that add up to 1; one of them may be given as the rest."""

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        filled(self.model_dump())
        return self

    @property
    def shares(self) -> tuple[float, ...]:
        """The shares, in the order of the keys."""
        return tuple(filled(self.model_dump()).values())
