"""Which forecasts count, and how they are read: one declared rule, carried by every score."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Literal, get_args

from pollbench.arguments import require
from pollbench.errors import PolicyError
from pollbench.language.texts import SOURCE_LOCALE
from pollbench.language.words import Words

Select = Literal["last", "mean_of_samples", "all"]
Lineup = Literal["final", "near-final", "any"]
Below = Literal["half", "zero", "bound"]
Waves = Literal["any", "rolling", "separate"]
Rescale = Literal["none", "to_100", "main"]

QUANTITIES = (
    "vote_share",
    "digital_share",
    "share_of_voice",
    "approval",
    "audience",
    "message_volume",
    "rank",
    "win_probability",
    "runoff_probability",
    "event",
)
STATUSES = ("forecast", "claimed", "index")
#: Fields that hold one of a few words.
WORDS = {"select": Select, "lineup": Lineup, "below": Below, "waves": Waves, "rescale": Rescale}


@dataclass(frozen=True)
class Policy:
    """Which forecasts are compared with the result, and on which candidates.

    Parameters
    ----------
    as_of : day (ISO) or None. Only what was public by that day. None = the day of each contest.
        A month or a year of publication stands for its last day, or for the eve of the vote if that
        is earlier; a price counts from the day it stood; a poll without a day of publication from
        the day after its fieldwork, at the latest on the last day on which polls may appear.
    within_days : largest age at the vote, in days; 21 is FiveThirtyEight's window. In a run-off
        nothing older than the round before. None lifts both. What is left out is listed with its age.
    select : "last" forecast of each forecaster and quantity, "mean_of_samples" or "all" of them. Applied
        after all other fields. last = latest end of measurement (else publication), then later start,
        later release, larger sample, id. Where a forecaster asked several samples up to the same day,
        "last" takes the last of them and lists the others; "mean_of_samples" takes their mean, all
        samples alike. A later release known to exist is marked, not a reason to drop.
    lineup : "final", "near-final" (final ones too) or "any"; concerns polls only. In a run-off only the pair that met.
    candidates : a set named in election.toml ("main", "main4"), "all", or a tuple of candidates;
        cut to the ballot in a run-off. "main" = 8 points or more in the mean of the houses' last
        polls of the line-up that stood; without polls, all. Every election compared must have the
        set: one that lacks "main4" is refused by name, never compared on other candidates instead.
    quantities, statuses : what is compared. An ``index`` was never offered as a forecast.
    below : how a share printed "<0.5" is read: "half" (0.25), "zero", or "bound" (missing). Any
        other figure printed as below or above is a bound: missing.
    waves : where a forecaster has both, waves of a rolling survey and separate surveys: "any" of them
        may be its last, only "rolling" waves count, or only "separate" surveys. Who has one kind alone
        keeps it.
    rescale : "none": figures as published; "to_100": the printed shares of a forecast (undecided and
        the rest of what was not printed left out) to a sum of 100; "main": those of the compared
        candidates to the total that they had in the result. Shares only.
    scenario : id of a named line-up; None = the ballot. Polls that tested another line-up are left out;
        ``lineup`` then does not count.
    missing : what becomes of a forecast that lacks one of the candidates: "error" raises, "drop"
        leaves it out and lists who lacks what, "impute:<baseline>" fills the gap from a baseline.

    Raises
    ------
    PolicyError : a value that means nothing.

    Examples
    --------
    >>> Policy().policy_id == Policy(within_days=21).policy_id
    True
    >>> print(Policy(candidates=("macron", "le-pen"), missing="drop").describe())
    last forecast of each forecaster, at most 21 days before the vote, on macron, le-pen; vote_share and digital_share as published, not rescaled; line-up final; rolling waves and separate surveys alike; "<0.5" read as half; forecasts with gaps left out
    """

    as_of: str | None = None
    within_days: int | None = 21
    select: Select = "last"
    lineup: Lineup = "final"
    candidates: str | tuple[str, ...] = "main"
    quantities: tuple[str, ...] = ("vote_share", "digital_share")
    statuses: tuple[str, ...] = ("forecast", "claimed")
    below: Below = "half"
    missing: str = "error"
    waves: Waves = "any"
    rescale: Rescale = "none"
    scenario: str | None = None

    def __post_init__(self) -> None:
        """Refuse values that mean nothing; turn lists into tuples and days into text."""
        for name in ("quantities", "statuses", "candidates"):
            value = getattr(self, name)
            if isinstance(value, list):
                object.__setattr__(self, name, tuple(value))
        if isinstance(self.as_of, date):
            object.__setattr__(self, "as_of", self.as_of.isoformat())
        for choice in fields(self):
            # Words of a list of choices are judged below, in words of their own.
            if choice.name not in WORDS:
                require(getattr(self, choice.name), str(choice.type), globals(), f"Policy: {choice.name}")
        if self.as_of is not None:
            _require_day(self.as_of)
        if self.within_days is not None and self.within_days < 0:
            message = (
                f"within_days is {self.within_days}; it is an age in days, 0 or more, or None for no limit."
            )
            raise PolicyError(message)
        for name, choices in WORDS.items():
            _require_word(name, getattr(self, name), get_args(choices))
        for name, known in (("quantities", QUANTITIES), ("statuses", STATUSES)):
            if not getattr(self, name):
                message = f"{name} is empty: nothing would be compared. Choose among {', '.join(known)}."
                raise PolicyError(message)
            for word in getattr(self, name):
                _require_word(name, word, known)
        if self.scenario == "":
            message = "scenario is empty; it is the id of a scenario, or None for the ballot."
            raise PolicyError(message)
        if not self.candidates:
            message = "candidates is empty; name a set such as 'main4', 'all', or the candidates."
            raise PolicyError(message)
        if self.missing not in ("error", "drop") and not re.fullmatch(r"impute:[a-z_]+", self.missing):
            message = f"missing is {self.missing!r}; it is 'error', 'drop' or 'impute:<baseline>'."
            raise PolicyError(message)

    def changed(self) -> dict[str, Any]:
        """The fields that are not at their default."""
        return {
            choice.name: getattr(self, choice.name)
            for choice in fields(self)
            if getattr(self, choice.name) != choice.default
        }

    @property
    def reading(self) -> Policy:
        """What of the policy says how a figure is read and by when it was public; all else at its default.

        Tables that show every figure of a campaign rest on this alone. ``rescale="main"`` needs the compared
        candidates of a comparison: it is no reading of a figure.

        Examples
        --------
        >>> Policy(below="zero", within_days=7, missing="drop").reading == Policy(below="zero")
        True
        """
        rescale: Rescale = "none" if self.rescale == "main" else self.rescale
        return Policy(as_of=self.as_of, below=self.below, rescale=rescale)

    @property
    def policy_id(self) -> str:
        """Twelve hexadecimal digits of the SHA-256 of the canonical JSON.

        Fields at their default are left out and names of sets are not expanded, so that a field
        added later changes no id given before.
        """
        canonical = json.dumps(self.changed(), sort_keys=True, separators=(",", ":"), ensure_ascii=True)
        return hashlib.sha256(canonical.encode()).hexdigest()[:12]

    def describe(self, locale: str = SOURCE_LOCALE) -> str:
        """The policy in one line of words.

        Examples
        --------
        >>> Policy(select="all").describe("fr").split(",")[0]
        'toutes les prévisions'
        """
        words = Words(locale)
        baseline = self.missing.removeprefix("impute:")
        imputed = baseline != self.missing
        named = isinstance(self.candidates, str)
        usual = self.statuses == type(self).statuses
        return words(
            "describe.sentence",
            which=words(f"describe.select_{self.select}"),
            day="" if self.as_of is None else words("describe.as_of", day=self.as_of),
            window=words("describe.any_age")
            if self.within_days is None
            else words("describe.within", days=self.within_days),
            candidates=self.candidates if named else ", ".join(self.candidates),
            quantities=words.join(self.quantities, most=len(QUANTITIES)),
            scale=words(f"describe.rescale_{self.rescale}"),
            statuses="" if usual else words("describe.statuses", statuses=words.join(self.statuses)),
            lineup=words("describe.lineup", lineup=self.lineup)
            if self.scenario is None
            else words("describe.scenario", scenario=self.scenario),
            waves=words(f"describe.waves_{self.waves}"),
            below=self.below,
            gaps=words("describe.missing_impute", baseline=baseline)
            if imputed
            else words(f"describe.missing_{self.missing}"),
        )


def _require_day(text: str) -> None:
    try:
        sound = date.fromisoformat(text).isoformat() == text
    except ValueError:
        sound = False
    if not sound:
        message = f"as_of is {text!r}; it is a day, written 2017-04-21."
        raise PolicyError(message)


def _require_word(name: str, value: str, known: tuple[str, ...]) -> None:
    if not isinstance(value, str) or value not in known:
        message = f"{name} is {value!r}; it is one of {', '.join(known)}."
        raise PolicyError(message)
