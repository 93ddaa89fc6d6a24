"""A grid of stress shared by workers: the same bytes, on this machine and on a cluster."""

from __future__ import annotations

import pytest

import pollbench as pb

GRID = {
    "attack": "push",
    "axis": "accounts",
    "budgets": [10, 1000],
    "defences": ["none", "daily_median", "identity_check"],
    "contest_id": "fr-pres-2017-r1",
    "target": ["fillon", "macron"],
    "replicates": 100,
}


@pytest.fixture(scope="module")
def alone(bench):
    return pb.stress(bench, **GRID).to_csv(index=False)


def test_any_number_of_workers_returns_the_same_bytes(bench, alone):
    from joblib import Parallel

    assert pb.stress(bench, **GRID, parallel=Parallel(n_jobs=2)).to_csv(index=False) == alone


@pytest.mark.slow
def test_a_cluster_of_two_workers_returns_the_same_bytes(bench, alone):
    import joblib
    from dask.distributed import Client, LocalCluster

    with (
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        Client(cluster),
        joblib.parallel_config("dask"),
    ):
        assert pb.stress(bench, **GRID, parallel=joblib.Parallel(n_jobs=2)).to_csv(index=False) == alone


def test_adding_a_forecaster_leaves_the_rows_of_the_others(bench):
    few, more = (pb.stress(bench, **GRID, forecaster=names) for names in (["ipsos"], ["ipsos", "gov"]))
    kept = more[more.forecaster_id == "ipsos"].reset_index(drop=True)
    assert few.to_csv(index=False) == kept.to_csv(index=False)
