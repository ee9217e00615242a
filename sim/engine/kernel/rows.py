"""Rows at an address, as a type of numba's: a row is found by one addition, without a look at length or sign.

An array would be asked for negative places and carry six numbers about; that is a third of the time of a heap.
"""

from __future__ import annotations

import operator
from typing import Any

from numba import types
from numba.extending import intrinsic, lower_builtin, models, register_model, type_callable


class Rows(types.Type):
    """Rows of one kind (a record or a number), one after another in memory."""

    def __init__(self, kind: Any) -> None:
        self.kind = kind
        super().__init__(name=f"Rows({kind})")


@register_model(Rows)
class _RowsModel(models.OpaqueModel):
    """Their address, and nothing else."""


def from_address(kind: Any) -> Any:
    """A function of compiled code from an address to what is there, as this type."""

    @intrinsic
    def at(_: Any, address: Any) -> Any:
        def generate(context: Any, builder: Any, __: Any, arguments: Any) -> Any:
            return builder.inttoptr(arguments[0], context.get_value_type(kind))

        return kind(address), generate

    return at


@type_callable(operator.getitem)
def _type_of_row(_: Any) -> Any:
    def typed(rows: Any, place: Any) -> Any:
        return rows.kind if isinstance(rows, Rows) and isinstance(place, types.Integer) else None

    return typed


@type_callable(operator.setitem)
def _type_of_writing(_: Any) -> Any:
    def typed(rows: Any, place: Any, value: Any) -> Any:  # noqa: ARG001
        return types.void if isinstance(rows, Rows) and isinstance(place, types.Integer) else None

    return typed


@lower_builtin(operator.getitem, Rows, types.Integer)
def _row(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
    """A record is its address; a number is read."""
    kind = signature.args[0].kind
    place = _address(context, builder, kind, arguments)
    return place if isinstance(kind, types.Record) else context.unpack_value(builder, kind, place)


@lower_builtin(operator.setitem, Rows, types.Integer, types.Any)
def _write(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
    """Write a number, as wide as the table's."""
    kind, (*where, value) = signature.args[0].kind, arguments
    context.pack_value(
        builder, kind, context.cast(builder, value, signature.args[2], kind), _address(context, builder, kind, where)
    )
    return context.get_dummy_value()


def _address(context: Any, builder: Any, kind: Any, arguments: Any) -> Any:
    rows, place = arguments
    first = builder.bitcast(rows, context.get_data_type(kind).as_pointer())
    return builder.gep(first, [place])
