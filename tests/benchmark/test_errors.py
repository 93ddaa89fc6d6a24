"""What fails among many is named, and what makes every further step pointless ends all of them."""

from __future__ import annotations

import pytest

from pollbench.errors import OutputError, PolicyError, set_apart


def test_each_that_fails_is_named_with_its_reason_in_one_line_and_the_others_are_made():
    made, failed = [], {}
    for name, error in (
        ("a", None),
        ("b", ValueError("two\nlines")),
        ("c", PolicyError("Ours.")),
        ("d", None),
    ):
        with set_apart(failed, name):
            if error:
                raise error
            made.append(name)
    assert made == ["a", "d"]
    assert failed == {"b": "ValueError: two lines", "c": "Ours."}


@pytest.mark.parametrize("error", [OutputError("the disk is full"), MemoryError(), KeyboardInterrupt()])
def test_a_full_disk_memory_that_runs_out_and_an_interrupt_are_not_set_apart(error):
    failed: dict[str, str] = {}
    with pytest.raises(type(error)), set_apart(failed, "table"):
        raise error
    assert failed == {}
