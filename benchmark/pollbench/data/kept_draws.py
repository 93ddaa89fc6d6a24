"""Draws of a sampling distribution and thresholds simulated from them are kept between runs.

They follow from a measure of this package, plain arguments and a seed; under the digest of these, of the code and of
the versions of the libraries they are kept as the numbers that they are.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from pollbench import cache
from pollbench.data.kept import code_of_results

KIND = "draws"
Floats = NDArray[np.float64]


def kept_draws(
    name: str, function: Callable[..., object], arguments: tuple[object, ...], make: Callable[[], Floats]
) -> Floats:
    """The numbers called ``name`` of a measure and its arguments: those that were kept, or what ``make`` makes.

    Parameters
    ----------
    name : of what is simulated.
    function : the measure; for one from outside the package everything is made anew.
    arguments : numbers, texts and tuples of them.
    make : simulates the numbers, shape (count,).
    """
    module, qualified = getattr(function, "__module__", ""), getattr(function, "__qualname__", "<")
    if not str(module).startswith("pollbench.") or "<" in qualified or cache.folder() is None:
        return make()
    key = cache.digest(code_of_results(), name, module, qualified, repr(arguments))
    content = cache.read(KIND, key)
    if content is not None and content and len(content) % 8 == 0:
        return np.frombuffer(content, dtype="<f8").astype(np.float64)
    numbers = make()
    cache.write(KIND, key, np.ascontiguousarray(numbers, dtype="<f8").tobytes())
    return numbers
