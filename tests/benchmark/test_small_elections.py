"""A user's own election, however small: every table is made, or one sentence says why not."""

from __future__ import annotations

import pytest

from pollbench.errors import PolicyError
from pollbench.policy import Policy
from pollbench.store import load
from pollbench.tables import TABLES
from tests_support import small_election

DROP = Policy(missing="drop")
#: What cannot be said before the vote, or without forecasts.
NOT_YET = "Nobody has voted yet in xx-2030"
NOTHING = "There is no forecast of vote_share or digital_share for xx-2030-r1"


@pytest.mark.parametrize(
    ("options", "excuse"),
    [
        ({}, None),
        ({"candidates": 1}, None),
        ({"results": False}, NOT_YET),
        ({"forecasts": False}, NOTHING),
    ],
    ids=["whole", "one-candidate", "no-result", "no-forecast"],
)
def test_every_table_of_a_small_election_is_made_or_excused(tmp_path, options, excuse):
    excuses = []
    with load(small_election(tmp_path, **options)) as bench:
        for table in TABLES.values():
            try:
                table.make(bench, DROP)
            except PolicyError as error:
                excuses.append(str(error))
    assert bool(excuses) == (excuse is not None)
    assert all(str(excuse) in each for each in excuses)
    assert len(excuses) < len(TABLES) / 2


def test_a_page_of_forecasters_before_the_vote_lists_them_without_scores(tmp_path):
    from pollbench_dashboards.frames import gather
    from pollbench_dashboards.reference import forecasters
    from pollbench_dashboards.words import Words

    with load(small_election(tmp_path, results=False)) as bench:
        entries = forecasters(gather(bench, DROP), Words("en"))["entries"]
    assert {"Poll Co", "Buzz Co"} <= {entry["name"] for entry in entries}
    assert all(entry["scores"] == [] for entry in entries)
