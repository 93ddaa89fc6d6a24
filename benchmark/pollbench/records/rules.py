"""The coding rules of the record: what is counted as what, each of which a referee can change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace

from pollbench.errors import PolicyError, UnknownName

#: Rule -> the values it may take; the first one is the rule of the page.
CHOICES: dict[str, tuple[str, ...]] = {
    "leader_of": ("vote", "printed"),
    "single_share": ("referendum", "none"),
    "counts": ("rescaled", "left_out"),
    "rates": ("apart", "shares"),
    "unknown": ("apart", "before", "after"),
    "later_pages": ("none", "corroborated", "said"),
    "claims": ("all", "unambiguous"),
    "confidence": ("all", "not_low"),
    "polls": ("every", "last_of_house"),
    "coder": ("adopted", "first"),
}


@dataclass(frozen=True)
class Rules:
    """The coding rules under which a record is computed; the defaults are those of the page.

    Attributes
    ----------
    leader_of : a leader is right if it led the whole ``vote``, or only the names ``printed``. An alliance is not set beside
        its own parties.
    single_share : one share names a leader in a ``referendum`` (above 50 itself, else the other answer), or ``none``.
    counts : counts, indices and messages per minute are ``rescaled`` to 100 over the printed names, or ``left_out`` of errors.
    rates : an index that prints rates of being elected stays ``apart`` from figures sold as vote ``shares``, or joins them.
    unknown : releases of unknown day stay ``apart`` from both sides, or count as ``before`` or ``after``.
    later_pages : which releases of later pages count as known before the vote: ``none``, those whose earlier
        publication is ``corroborated`` by another source, or all that later pages ``said`` to be public.
    claims : ``all``, or only the ``unambiguous`` ones.
    confidence : of the coder; ``all``, or ``not_low``.
    polls : beside a digital figure stands the mean of ``every`` poll of the last ten days, or of the ``last_of_house``.
    coder : where the two coders disagreed on the claim, the method or whether it was known before the vote, what was ``adopted``
        counts, or what the ``first`` of them had read.

    Examples
    --------
    >>> Rules().changed(["leader_of=printed"]).leader_of
    'printed'
    """

    leader_of: str = "vote"
    single_share: str = "referendum"
    counts: str = "rescaled"
    rates: str = "apart"
    unknown: str = "apart"
    later_pages: str = "none"
    claims: str = "all"
    confidence: str = "all"
    polls: str = "every"
    coder: str = "adopted"

    def __post_init__(self) -> None:
        """Refuse a value that a rule does not take.

        Raises
        ------
        UnknownName : a rule has no such value.
        """
        for rule in fields(self):
            value = getattr(self, rule.name)
            if value not in CHOICES[rule.name]:
                raise UnknownName.of(kind=f"value of {rule.name}", name=str(value), known=CHOICES[rule.name])

    def changed(self, settings: Iterable[str]) -> Rules:
        """These rules with some of them changed, each written ``rule=value``.

        Raises
        ------
        PolicyError : a setting has no equals sign.
        UnknownName : there is no such rule or value.
        """
        new: dict[str, str] = {}
        for setting in settings:
            rule, sign, value = setting.partition("=")
            if not sign:
                message = f"{setting!r} is no rule=value. Rules: {', '.join(CHOICES)}."
                raise PolicyError(message)
            if rule not in CHOICES:
                raise UnknownName.of(kind="coding rule", name=rule, known=CHOICES)
            new[rule] = value
        return replace(self, **new)

    def differences(self) -> dict[str, str]:
        """Rule -> value, of the rules that are not those of the page."""
        return {
            name: getattr(self, name) for name, (first, *_) in CHOICES.items() if getattr(self, name) != first
        }


#: The rules of the page.
PAGE = Rules()


def alternatives() -> list[tuple[str, str, Rules]]:
    """Every single change of the rules of the page: rule, value, the rules with it."""
    return [
        (rule, value, replace(PAGE, **{rule: value}))
        for rule, (_, *others) in CHOICES.items()
        for value in others
    ]
