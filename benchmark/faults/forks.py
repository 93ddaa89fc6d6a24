"""Work done in a fork of this process: it starts with all that is loaded, changes nothing here, and may die."""

from __future__ import annotations

import os
import pickle
import traceback
from collections.abc import Callable
from typing import TypeVar

Result = TypeVar("Result")


class ForkDied(Exception):
    """The fork ended without a result."""


def in_a_fork(make: Callable[[], Result]) -> Result:
    """What ``make`` returns, made in a fork; in this process where the system has none.

    Raises
    ------
    ForkDied : by a signal, or by an exception that it has printed.
    """
    if not hasattr(os, "fork"):
        return make()
    reads, writes = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reads)
        code = 1
        try:
            content = pickle.dumps(make())
            with os.fdopen(writes, "wb") as pipe:
                pipe.write(content)
            code = 0
        except BaseException:  # printed, and the fork ends in every case
            traceback.print_exc()
        finally:
            os._exit(code)
    os.close(writes)
    with os.fdopen(reads, "rb") as pipe:
        content = pipe.read()
    _, status = os.waitpid(child, 0)
    if status != 0:
        message = f"ended with {os.waitstatus_to_exitcode(status)}"
        raise ForkDied(message)
    result: Result = pickle.loads(content)
    return result
