"""Altair's schema: the tests hold every chart to it, the program does not hold each drawing to it again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def unchecked() -> Iterator[None]:
    """Draw without a look at the schema, which takes half of the time of a drawing."""
    from altair.utils import schemapi

    with schemapi.debug_mode(False):
        yield
