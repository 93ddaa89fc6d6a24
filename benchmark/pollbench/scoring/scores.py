"""What scoring gives: the tidy rows, with everything that ranking and reading them needs."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pollbench.arguments import checked
from pollbench.errors import DataError
from pollbench.files import write_text
from pollbench.selection.contests import ScoredContest

if TYPE_CHECKING:
    import pandas as pd

#: Columns of text: an empty one is '', never missing.
TEXT = (
    "contest_id",
    "forecaster_id",
    "family",
    "forecast_id",
    "quantity",
    "status",
    "candidate_id",
    "measure",
    "component",
    "n_basis",
    "policy_id",
    "dataset_revision",
)


@dataclass(frozen=True)
class Scores:
    """Score rows with their contests, and in words what is missing from them.

    Attributes
    ----------
    frame : one row per contest, forecast, measure, and candidate or component where there are any;
        the columns are those of `pollbench.score`.
    contests : contest_id -> its result and its forecasters (`selection.contests.about`).
    left_out : one record per forecaster whose figures the policy leaves out: contest_id,
        forecaster_id, forecast_id, reason, age_days; then the samples of the day of a chosen poll that
        are averaged into it or not taken.
    refused : sentences on what was not computed, and why.

    Examples
    --------
    >>> import pollbench as pb
    >>> scores = pb.score(pb.load("fr-pres-2017"), ["mae"], pb.Policy(missing="drop"))
    >>> scores.contests["fr-pres-2017-r2"]["candidates"]
    ['macron', 'le-pen']
    >>> sorted({row["reason"] for row in scores.left_out if row["contest_id"] == "fr-pres-2017-r1"})[0]
    'lacks macron, melenchon'
    """

    frame: pd.DataFrame
    contests: Mapping[str, ScoredContest]
    left_out: tuple[Mapping[str, Any], ...]
    refused: tuple[str, ...]

    def write(self, path: Path) -> None:
        """Write the rows to ``path`` (CSV, full digits) and everything else to the ``.json`` beside it.

        Raises
        ------
        OutputError : the place cannot be written to.
        """
        text = self.frame.to_csv(index=False, lineterminator="\n")
        rest = {
            "scores": path.name,
            "sha256": hashlib.sha256(text.encode()).hexdigest(),
            "contests": self.contests,
            "left_out": [dict(row) for row in self.left_out],
            "refused": list(self.refused),
        }
        # The rows last: without them the other file says nothing.
        write_text(_beside(path), json.dumps(rest, indent=1, sort_keys=True, ensure_ascii=False) + "\n")
        write_text(path, text)

    @classmethod
    @checked
    def read(cls, path: Path) -> Scores:
        """The scores that `write` put into ``path`` and into the ``.json`` beside it.

        Raises
        ------
        DataError : one of the two files is missing, or they are not of one writing.
        """
        import pandas as pd

        remedy = "Keep both files as Scores.write wrote them, or score again."
        try:
            text = path.read_bytes().decode("utf-8")
            rest = json.loads(_beside(path).read_text(encoding="utf-8"))
            digest, contests = rest["sha256"], rest["contests"]
            left_out, refused = rest["left_out"], rest["refused"]
        except FileNotFoundError as error:
            raise DataError(
                str(error.filename), "must stand beside the other file of the scores.", remedy
            ) from None
        except (ValueError, KeyError, TypeError):
            raise DataError(_beside(path), "must be what Scores.write wrote.", remedy) from None
        if hashlib.sha256(text.encode()).hexdigest() != digest:
            raise DataError(path, f"must be the file that {_beside(path).name} was written with.", remedy)
        frame = pd.read_csv(
            StringIO(text),
            dtype=dict.fromkeys(TEXT, "str"),
            keep_default_na=False,
            na_values={"value": "", "low": "", "high": "", "n": "", "horizon_days": ""},
        )
        return cls(frame, contests, tuple(left_out), tuple(refused))


def _beside(path: Path) -> Path:
    return path.with_suffix(".json")
