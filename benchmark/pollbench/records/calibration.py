"""Are printed chances of winning calibrated? Isotonic recalibration after CORP, and the Murphy diagram."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pollbench.data.memo import memo_table
from pollbench.errors import NothingToCompare
from pollbench.records.chances import known_chances
from pollbench.records.resampling import SEED

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from pollbench.data.bench import Bench

DRAWS = 200
#: Chances at which the recalibrated curve is printed, per cent.
GRID = range(0, 101, 5)
#: Thresholds of the Murphy diagram, per cent.
THRESHOLDS = range(0, 101, 2)

CURVE_COLUMNS = ["who", "chance", "recalibrated", "low", "high"]
CORP_COLUMNS = ["who", "chances", "contests", "brier", "miscalibration", "discrimination", "uncertainty"]
MURPHY_COLUMNS = ["who", "threshold", "score", "base_score"]


def recalibrated(chances: NDArray[np.float64], came: NDArray[np.float64]) -> NDArray[np.float64]:
    """The non-decreasing frequencies closest to what came true (pool adjacent violators), in the order given.

    Parameters
    ----------
    chances : printed chances.
    came : 1 where the outcome came true, else 0.

    Returns
    -------
    array of frequencies, 0 to 1.

    Source
    ------
    Dimitriadis, Gneiting and Jordan (2021), Stable reliability diagrams for probabilistic classifiers.

    Examples
    --------
    >>> import numpy as np
    >>> recalibrated(np.array([10.0, 40.0, 60.0]), np.array([0.0, 1.0, 0.0])).tolist()
    [0.0, 0.5, 0.5]
    """
    return _at(chances, chances, came)


@memo_table
def corp_table(bench: Bench) -> pd.DataFrame:
    r"""The Brier score of printed chances in three terms, by isotonic recalibration.

    .. math:: \overline{BS} = MCB - DSC + UNC

    All known before the vote. ``miscalibration`` is what recalibration would gain, 0 is best; ``discrimination`` what the
    recalibrated chances gain over always printing the base rate; ``uncertainty`` the score of the base rate.

    Parameters
    ----------
    bench : opened data with releases that claim probabilities.

    Returns
    -------
    frame by who (market, others).

    Raises
    ------
    NothingToCompare : no chance of winning has an outcome.
    """
    import numpy as np
    import pandas as pd

    rows = []
    for who, group in _before(bench):
        chance, came = group.chance.to_numpy() / 100, group.came.to_numpy()
        score = ((chance - came) ** 2).mean()
        fitted = ((recalibrated(chance, came) - came) ** 2).mean()
        base = float(np.var(came))
        rows.append(
            {
                "who": who,
                "chances": len(group),
                "contests": group.contest_id.nunique(),
                "brier": score,
                "miscalibration": score - fitted,
                "discrimination": base - fitted,
                "uncertainty": base,
            }
        )
    return pd.DataFrame(rows, columns=CORP_COLUMNS)


@memo_table
def curve_table(bench: Bench, *, draws: int = DRAWS, seed: int = SEED) -> pd.DataFrame:
    """The recalibrated frequency at every printed chance from 0 to 100, with a band from contests drawn anew.

    Parameters
    ----------
    bench : opened data with releases that claim probabilities.
    draws : resamples of whole contests.
    seed : of the draws.

    Returns
    -------
    frame by who and chance, per cent; only within the range of the printed chances.

    Raises
    ------
    NothingToCompare : no chance of winning has an outcome.
    """
    import numpy as np
    import pandas as pd

    grid = np.array(GRID, dtype=float)
    pieces = []
    for who, group in _before(bench):
        members = list(group.groupby("contest_id", sort=True).indices.values())
        chance, came = group.chance.to_numpy(float), group.came.to_numpy(float)
        generator = np.random.default_rng(seed)
        bands = []
        for _ in range(draws):
            rows = np.concatenate(
                [members[index] for index in generator.integers(0, len(members), len(members))]
            )
            bands.append(_at(grid, chance[rows], came[rows]))
        low, high = np.nanpercentile(np.array(bands), [2.5, 97.5], axis=0)
        table = pd.DataFrame(
            {
                "who": who,
                "chance": grid,
                "recalibrated": 100 * _at(grid, chance, came),
                "low": 100 * low,
                "high": 100 * high,
            }
        )
        pieces.append(table[(grid >= chance.min()) & (grid <= chance.max())])
    return pd.DataFrame(pd.concat(pieces, ignore_index=True), columns=CURVE_COLUMNS)


def _at(
    grid: NDArray[np.float64], chance: NDArray[np.float64], came: NDArray[np.float64]
) -> NDArray[np.float64]:
    """The recalibrated frequencies at the chances of a grid, straight between two printed ones, flat beyond the last."""
    import numpy as np
    from scipy.optimize import isotonic_regression

    printed, codes = np.unique(chance, return_inverse=True)
    times = np.bincount(codes).astype(float)
    fitted = isotonic_regression(np.bincount(codes, weights=came) / times, weights=times).x
    frequencies: NDArray[np.float64] = np.interp(grid, printed, fitted)
    return frequencies


def elementary_score(
    chance: NDArray[np.float64], came: NDArray[np.float64], threshold: float
) -> NDArray[np.float64]:
    r"""The loss of a person who acts when the chance is above the threshold; its mean over thresholds is the Brier score.

    .. math:: S_\theta(p, y) = 2 \, [\theta \, 1\{p > \theta, y = 0\} + (1 - \theta) \, 1\{p \le \theta, y = 1\}]

    Parameters
    ----------
    chance : chances, 0 to 1.
    came : 1 where the outcome came true, else 0.
    threshold : between 0 and 1.

    Returns
    -------
    array of losses; 0 is best.

    Source
    ------
    Ehm, Gneiting, Jordan and Krueger (2016), Of quantiles and expectiles.

    Examples
    --------
    >>> import numpy as np
    >>> elementary_score(np.array([0.7]), np.array([0.0]), 0.25).tolist()
    [0.5]
    """
    wrong_yes, wrong_no = (chance > threshold) & (came == 0), (chance <= threshold) & (came == 1)
    lost: NDArray[np.float64] = 2 * (threshold * wrong_yes + (1 - threshold) * wrong_no)
    return lost


@memo_table
def murphy_table(bench: Bench) -> pd.DataFrame:
    """Mean elementary scores over thresholds, of printed chances and of their base rate: the Murphy diagram.

    Parameters
    ----------
    bench : opened data with releases that claim probabilities.

    Returns
    -------
    frame by who and threshold, per cent; scores 0 to 1, lower is better.

    Raises
    ------
    NothingToCompare : no chance of winning has an outcome.
    """
    import numpy as np
    import pandas as pd

    rows: list[dict[str, Any]] = []
    for who, group in _before(bench):
        chance, came = group.chance.to_numpy() / 100, group.came.to_numpy()
        base = np.full(len(came), came.mean())
        for threshold in THRESHOLDS:
            rows.append(
                {
                    "who": who,
                    "threshold": float(threshold),
                    "score": elementary_score(chance, came, threshold / 100).mean(),
                    "base_score": elementary_score(base, came, threshold / 100).mean(),
                }
            )
    return pd.DataFrame(rows, columns=MURPHY_COLUMNS)


def _before(bench: Bench) -> list[tuple[str, pd.DataFrame]]:
    """The chances known before the vote, by who printed them."""
    chances = known_chances(bench)
    before = chances[chances.known == "before"].reset_index(drop=True)
    if before.empty:
        message = "The record holds no chance of winning that was known before a vote with an outcome."
        raise NothingToCompare(message)
    return [(str(who), group.reset_index(drop=True)) for who, group in before.groupby("who", sort=True)]
