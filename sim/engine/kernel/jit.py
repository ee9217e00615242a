"""The one door to numba: how functions are compiled, and where what was compiled is kept."""

from __future__ import annotations

import hashlib
import platform
import sys
from collections.abc import Callable, Iterable
from functools import cache, partial
from pathlib import Path
from types import FunctionType
from typing import Any, TypeVar, cast
from weakref import WeakValueDictionary

import numba as untyped_numba
import numpy as np
from numba import types
from numba.core import serialize
from numba.core.caching import NullCache
from numba.core.compiler import CompileResult

from sim.engine.kernel import rows
from sim.engine.kernel.layout import TABLES
from sim.keeping import Place, keep, kept, place

numba: Any = untyped_numba

Function = TypeVar("Function", bound=Callable[..., object])

ENGINE = Path(__file__).resolve().parents[1]
CODE = ".code"
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
    """The function compiled when first called, without the interpreter's lock, and kept for later runs."""
    made: Any = numba.njit(error_model="numpy", nogil=True)(function)
    if IS_COMPILED and (folder := kept_at().folder):
        made._cache = KeptCode(folder, function.__qualname__)  # where numba's own `cache=True` puts its own
    return cast(Function, made)


class KeptCode(NullCache):
    """Compiled code in the place of numba's own cache, which believes whatever it finds.

    To load compiled code is to run it. So each file is one that `keeping` believes, before numba sees anything of it.
    """

    def __init__(self, folder: Path, name: str) -> None:
        self._folder, self._name = folder, name

    def load_overload(self, kinds: Any, target: Any) -> Any:
        """What was compiled for arguments of these kinds; None if that is not there, or not to be believed."""
        target.refresh()
        content = kept(self._file(kinds, target.codegen()))
        return None if content is None else CompileResult._rebuild(target, *serialize.loads(content))

    def save_overload(self, kinds: Any, made: Any) -> None:
        """Keep what was compiled; where there is no room for it, it is compiled anew in each process."""
        if not made.library.has_dynamic_globals:  # addresses, which hold in this process alone
            keep(self._file(kinds, made.codegen), serialize.dumps(made._reduce()))

    def _file(self, kinds: Any, codegen: Any) -> Path:
        """Compiled code holds for one version of Python and one kind of processor."""
        key = repr((sys.implementation.cache_tag, kinds, codegen.magic_tuple()))
        return self._folder / f"{self._name}-{hashlib.sha256(key.encode()).hexdigest()[:16]}{CODE}"


@cache
def kept_at() -> Place:
    """Where this version of the engine is kept for this version of numba and this processor.

    Numba's own cache looks at the file of the function alone and would miss an edit in another.
    """
    sources = sorted(ENGINE.rglob("*.py"))
    seen = hashlib.sha256(f"{numba.__version__} {platform.machine()} {platform.processor()}".encode())
    for source in sources:
        seen.update(source.read_bytes())
    return place(f"engine-{seen.hexdigest()[:16]}")


def is_kept() -> bool:
    """Whether what is compiled is there from an earlier run, or nothing need be compiled."""
    folder = kept_at().folder
    return not IS_COMPILED or (folder is not None and any(kept(file) is not None for file in folder.glob(f"*{CODE}")))
