"""Whether a house that erred much in one round errs much in the next: boards count the rounds as two contests."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pollbench.history.pooled_board import LEVEL, WORDS, independent
from pollbench.inference.paired_tests import FEWEST_CONTESTS

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Dependence:
    """Excess errors of the same houses in the first and the second round of the same elections.

    Attributes
    ----------
    pairs : houses with polls in both rounds, over all elections.
    correlation, ranked : Pearson's and Spearman's, from -1 to 1.
    p_value : two-sided, of no correlation (Pearson's, Student's t).
    """

    pairs: int
    correlation: float
    ranked: float
    p_value: float

    @property
    def sentence(self) -> str:
        """What it says of counting rounds as two contests."""
        return WORDS(
            "between_rounds.seen" if self.p_value <= LEVEL else "between_rounds.not_seen",
            correlation=WORDS.number(self.correlation, 2),
            ranked=WORDS.number(self.ranked, 2),
            pairs=self.pairs,
            p_value=WORDS.number(self.p_value, 2),
        )


def between_rounds(errors: pd.DataFrame) -> Dependence | None:
    """Correlation of the excess errors of houses between the rounds; None under six pairs.

    Parameters
    ----------
    errors : as from `last_errors.errors_table`; the excess is over the median poll of the same contest.

    Examples
    --------
    >>> from pollbench.history.error_model import published_errors
    >>> found = between_rounds(published_errors())
    >>> found.pairs, round(found.correlation, 2), round(found.ranked, 2)
    (33, -0.16, -0.05)
    """
    from scipy.stats import pearsonr, spearmanr

    polls = independent(errors).dropna(subset=["excess"]).query("family == 'poll'")
    means = polls.groupby(["election_id", "house", "round"])["excess"].mean().unstack("round")
    pairs = means.reindex(columns=[1, 2]).dropna()
    if len(pairs) < FEWEST_CONTESTS:
        return None
    correlation = pearsonr(pairs[1], pairs[2])
    ranked = float(spearmanr(pairs[1], pairs[2]).statistic)
    return Dependence(len(pairs), float(correlation.statistic), ranked, float(correlation.pvalue))
