"""Remarks on what an attack does or costs, as the column ``flag`` of the tables prints them."""

from __future__ import annotations

ALREADY = "already"
NO_SUCH_PLACE = "no such place"
OUT_OF_REACH = "out of reach"
A_TIE = "a tie: one record more"
BASE_NOT_KNOWN = "base not known"
RULE_NOT_DISCLOSED = "rule not disclosed: robustness unknown"
NO_CERTIFICATE = "no number of persons: no certificate"
DIGITAL_WEIGHT = "digital weight, not a vote share"
TOO_MUCH = "adds up to more than 100"
#: What is said wherever accounts or answers are bought: nobody published a price of 2017.
ANACHRONISTIC = "prices of 2025, anachronistic for earlier votes"

#: All of them.
REMARKS = (
    ALREADY,
    NO_SUCH_PLACE,
    OUT_OF_REACH,
    A_TIE,
    BASE_NOT_KNOWN,
    RULE_NOT_DISCLOSED,
    NO_CERTIFICATE,
    DIGITAL_WEIGHT,
    TOO_MUCH,
    ANACHRONISTIC,
)
