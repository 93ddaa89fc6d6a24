"""The one door by which arrays come into the measures: what is an array of numbers, and whether shapes meet.

Behind it there are only floating-point arrays in memory. Lists, tuples and numbers become one; whole numbers are
widened, for unsigned bytes 20 - 24 is 252; what carries an index or a mask is refused, for it would be aligned or
left out in silence. A Dask array is worked on block by block when it is computed, each block by the same door.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from math import isnan
from typing import Any

import numpy as np

from pollbench.errors import DomainError
from pollbench.measures._domain import require_shapes

#: Keywords that are arrays, with the axes that belong to one forecast; "()" stands for what is one per forecast.
_KEYWORDS = {"n": "()", "population": "()", "deviation": "(k)", "within": "(k)", "covariance": "(j,k)"}
#: Axes of one forecast by what a measure takes, where they are more than its candidates.
_CORES = {"samples": "(m,k)", "quantiles": "(l,k)", "interval": "(e,k)"}


def array(values: Any, what: str, name: str) -> Any:
    """``values`` as a floating-point array; a Dask array stays one.

    Raises
    ------
    DomainError : pandas or masked data, texts, objects, rows of unequal length, None.
    """
    if hasattr(values, "dask"):
        return values.astype(float) if values.dtype.kind in "biu" else values
    if not isinstance(values, np.ndarray | np.generic | list | tuple | int | float):
        message = (
            f"{name}: the {what} is a {type(values).__name__}; hand in an array of NumPy or Dask, or a list."
        )
        if hasattr(values, "to_numpy"):
            message += " An index or missing values would be read in silence: say .to_numpy() yourself."
        raise DomainError(message)
    if isinstance(values, np.ma.MaskedArray):
        message = f"{name}: the {what} is a masked array; leave out what is masked, or fill it and say so."
        raise DomainError(message)
    try:
        numbers = np.asarray(values)
    except ValueError:
        message = f"{name}: the {what} has rows of unequal length."
        raise DomainError(message) from None
    if numbers.dtype.kind in "biu":
        return numbers.astype(float)
    if numbers.dtype.kind != "f":
        message = f"{name}: the {what} must hold numbers, not {numbers.dtype}."
        raise DomainError(message)
    return numbers


def together(name: str, **values: Any) -> list[Any]:
    """Several arrays of a function that is no measure, by the same door; their shapes must meet.

    Raises
    ------
    DomainError : what is no array of numbers, or shapes that do not broadcast.
    """
    arrays = [array(held, what, name) for what, held in values.items()]
    _require_meeting([numbers.shape for numbers in arrays], arrays, name)
    return arrays


def _require_meeting(shapes: list[tuple[int, ...]], arrays: Any, name: str) -> None:
    """Refuse shapes that do not broadcast; a length that Dask does not know yet is judged when it is computed."""
    if any(isnan(length) for shape in shapes for length in shape):
        return
    try:
        np.broadcast_shapes(*shapes)
    except ValueError:
        met = ", ".join(str(values.shape) for values in arrays)
        message = (
            f"{name}: arrays of the shapes {met} do not meet: leading axes must have equal lengths, or 1."
        )
        raise DomainError(message) from None


@dataclass(frozen=True)
class Door:
    """What one measure takes and returns, by the axes of one forecast."""

    name: str
    inputs: str
    level: str
    components: tuple[str, ...]

    def before(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """``function`` behind the door."""

        @wraps(function)
        def measured(forecast: Any, result: Any, **options: Any) -> Any:
            forecast, result = array(forecast, "forecast", self.name), array(result, "result", self.name)
            arrays = {key: array(options[key], key, self.name) for key in _KEYWORDS if key in options}
            others = {key: value for key, value in options.items() if key not in arrays}
            cores = self._cores(result, arrays)
            self._require_leading(cores, forecast, result, *arrays.values())
            if any(hasattr(values, "dask") for values in (forecast, result, *arrays.values())):
                return self._lazily(
                    function, cores, (forecast, result, *arrays.values()), list(arrays), others
                )
            return function(forecast, result, **arrays, **others)

        return measured

    def _cores(self, result: Any, arrays: Mapping[str, Any]) -> list[str]:
        """The axes of one forecast in ``forecast``, ``result`` and the keywords."""
        one_forecast = "(s,k)" if self.level == "set" else _CORES.get(self.inputs, "(k)")
        true = "(s,k)" if self.level == "set" and result.ndim > 1 else "(k)"
        keywords = []
        for key, values in arrays.items():
            core = "(s)" if self.level == "set" and key == "n" else _KEYWORDS[key]
            keywords.append(core if values.ndim else "()")
        return [one_forecast, true, *keywords]

    def _require_leading(self, cores: list[str], *arrays: Any) -> None:
        """Refuse arrays whose leading axes do not meet."""
        shapes = [
            values.shape[: max(0, values.ndim - _axes(core))]
            for core, values in zip(cores, arrays, strict=True)
        ]
        _require_meeting(shapes, arrays, self.name)

    def _lazily(
        self,
        function: Callable[..., Any],
        cores: list[str],
        arrays: tuple[Any, ...],
        keywords: list[str],
        options: Mapping[str, Any],
    ) -> Any:
        """The measure on every block when it is computed, with all that it refuses."""
        from dask.array import apply_gufunc

        require_shapes(arrays[0], arrays[1], self.name)
        if arrays[0].ndim < _axes(cores[0]):
            message = f"{self.name}: a forecast has the axes {cores[0]}, there is one."
            raise DomainError(message)

        def on_blocks(forecast: Any, result: Any, *values: Any) -> Any:
            value = function(forecast, result, **dict(zip(keywords, values, strict=True)), **options)
            return tuple(value[component] for component in self.components) if self.components else value

        returned = "(k)" if self.level == "candidate" else "()"
        count = len(self.components)
        signature = f"{','.join(cores)}->{','.join([returned] * max(1, count))}"
        types = [float] * count if count else float
        values = apply_gufunc(on_blocks, signature, *arrays, output_dtypes=types, allow_rechunk=True)
        return dict(zip(self.components, values, strict=True)) if count else values


def _axes(core: str) -> int:
    """Number of axes that a core names."""
    return 0 if core == "()" else core.count(",") + 1
