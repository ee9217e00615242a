"""The one door to numba: how functions are compiled, and where what was compiled is kept."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Callable, Iterable
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryFile
from types import FunctionType
from typing import Any, TypeVar, cast
from weakref import WeakValueDictionary

import numba as untyped_numba
import numpy as np
from numba import types
from platformdirs import user_cache_path

from sim.engine.kernel import rows
from sim.engine.kernel.layout import TABLES

numba: Any = untyped_numba

Function = TypeVar("Function", bound=Callable[..., object])

ENGINE = Path(__file__).resolve().parents[1]
IS_COMPILED = not numba.config.DISABLE_JIT
"""False under NUMBA_DISABLE_JIT=1: the same code then runs as plain Python."""


def jitted(function: Function) -> Function:
    """The function compiled when first called from compiled code, once: whole numbers come to it as 64 bits.

    Numba would compile it anew for each width of number and for each constant that it is called with.
    """
    made: Any = numba.njit(error_model="numpy", nogil=True)(function)
    if IS_COMPILED:
        made.get_call_template = partial(_called_widely, made.get_call_template)
    return cast(Function, made)


def _called_widely(template: Callable[..., Any], arguments: Iterable[Any], named: Any) -> Any:
    return template(tuple(_wide(kind) for kind in arguments), named)


def _wide(kind: Any) -> Any:
    kind = numba.types.unliteral(kind)
    return types.int64 if isinstance(kind, types.Integer) and kind != types.uint64 else kind


def jitted_from(function: Callable[..., object], **calls: object) -> Any:
    """A function of the reference engine, compiled from its own source; `calls` are what the names in it stand for."""
    names = {**function.__globals__, **calls}
    return jitted(FunctionType(function.__code__, names, function.__name__, function.__defaults__))


def table(name: str) -> Any:
    """A function from the world to the rows of one of its tables; compiled, it costs nothing.

    Arrays as arguments of each function would cost more than all else that is done: a call hands on the length, strides
    and owner of every one. So the world is one row with addresses, and rows are found by the address of the table.
    """
    if not IS_COMPILED:
        return _plain(name)
    kind = rows.Rows(numba.from_dtype(TABLES[name]))
    rows_from = rows.from_address(kind)

    def compiled(world: Any) -> Any:
        return rows_from(world[name])

    return jitted(compiled)


def array(name: str) -> Any:
    """The same for a table of which stretches are handed on: rows as an array."""
    if not IS_COMPILED:
        return _plain(name)
    kind, width = TABLES[name], np.iinfo(np.int64).max // 2**16
    pointer = rows.from_address(types.voidptr)

    def compiled(world: Any) -> Any:
        return numba.carray(pointer(world[name]), width, kind)

    return jitted(compiled)


def _plain(name: str) -> Any:
    return lambda world: ARRAYS[int(world[name])]


ARRAYS: WeakValueDictionary[int, Any] = WeakValueDictionary()
"""In plain Python: the tables by their address, for as long as a world has them."""


def entry(function: Function) -> Function:
    """The function compiled when first called, without the interpreter's lock, and kept for later runs.

    Numba looks up where to keep it now; it is told our folder for as long as that takes, for a program that uses this
    one may keep its own functions elsewhere.
    """
    elsewhere, numba.config.CACHE_DIR = numba.config.CACHE_DIR, str(cache_folder())
    try:
        made: Function = numba.njit(error_model="numpy", nogil=True, cache=_can_keep(cache_folder()))(function)
    finally:
        numba.config.CACHE_DIR = elsewhere
    return made


@cache
def cache_folder() -> Path:
    """Where this version of the engine is kept for this version of numba and this processor.

    Numba's own cache looks at the file of the function alone and would miss an edit in another.
    """
    sources = sorted(ENGINE.rglob("*.py"))
    seen = hashlib.sha256(f"{numba.__version__} {platform.machine()} {platform.processor()}".encode())
    for source in sources:
        seen.update(source.read_bytes())
    return user_cache_path("service-pathways") / f"engine-{seen.hexdigest()[:16]}"


def is_kept() -> bool:
    """Whether what is compiled is there from an earlier run, or nothing need be compiled."""
    return not IS_COMPILED or any(cache_folder().glob("*/*.nbc"))


def _can_keep(folder: Path) -> bool:
    """Whether what is compiled can be kept there; where not it is compiled anew in each process."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=folder):
            return True
    except OSError:
        return False
