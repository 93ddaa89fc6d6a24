"""What a forecaster fills in: the template of a submission, its JSON schema, worked examples."""

from __future__ import annotations

from typing import Any

from pollbench.protocol.rules import Protocol
from pollbench.protocol.submission import CLAIMS, COLUMNS, INPUTS, TARGETS

#: Figures of the examples are invented and add up; a made forecaster each.
_MADE_AT = "2027-04-16T12:00:00+02:00"
EXAMPLES: dict[str, tuple[str, ...]] = {
    "polling-house": (
        "example-polls,{first},vote_share,share,,le-pen,33,{at},no,no,forecast,CC-BY-4.0",
        "example-polls,{first},vote_share,share,,philippe,19.5,{at},no,no,forecast,CC-BY-4.0",
        "example-polls,{first},vote_share,share,,melenchon,13,{at},no,no,forecast,CC-BY-4.0",
    ),
    "market": (
        "example-market,{last},winner,probability,,le-pen,48,{at},unknown,yes,forecast,CC-BY-4.0",
        "example-market,{last},winner,probability,,philippe,31,{at},unknown,yes,forecast,CC-BY-4.0",
    ),
    "model": (
        "example-model,{first},vote_share,quantile,0.05,le-pen,29,{at},yes,no,forecast,CC0-1.0",
        "example-model,{first},vote_share,quantile,0.5,le-pen,33.4,{at},yes,no,forecast,CC0-1.0",
        "example-model,{first},vote_share,quantile,0.95,le-pen,38,{at},yes,no,forecast,CC0-1.0",
        "example-model,{first},qualifies,probability,,le-pen,97,{at},yes,no,forecast,CC0-1.0",
    ),
    "chatbot": (
        "example-chatbot,{first},leader,probability,,le-pen,80,{at},unknown,unknown,forecast,CC-BY-4.0",
        "example-chatbot,{first},leader,probability,,philippe,15,{at},unknown,unknown,forecast,CC-BY-4.0",
    ),
}


def example(protocol: Protocol, kind: str) -> str:
    """The worked example of a kind of forecaster, a file that the validator accepts.

    Parameters
    ----------
    protocol : the rules.
    kind : polling-house, market, model or chatbot.
    """
    names = {
        "first": protocol.contests[0].contest_id,
        "last": protocol.contests[-1].contest_id,
        "at": _MADE_AT,
    }
    lines = [line.format(**names) for line in EXAMPLES[kind]]
    return "\n".join([",".join(COLUMNS), *lines]) + "\n"


def json_schema(protocol: Protocol) -> dict[str, Any]:
    """JSON Schema (2020-12) of one row of a submission, for validators of others.

    It states the closed lists and the ranges; totals, order of quantiles and deadlines concern
    several rows and are checked by ``pollbench protocol receive`` alone.
    """
    constant = {"type": "string", "minLength": 1}
    properties: dict[str, Any] = {
        "forecaster": {"type": "string", "pattern": "^[a-z0-9][a-z0-9-]{0,59}$"},
        "contest": {"enum": [contest.contest_id for contest in protocol.contests]},
        "target": {"enum": list(TARGETS)},
        "output_type": {"enum": sorted({kind for kinds in TARGETS.values() for kind in kinds})},
        "level": {"enum": ["", *protocol.quantile_levels]},
        "candidate": constant,
        "value": {"type": "number", "minimum": 0, "maximum": 100},
        "made_at": {"type": "string", "format": "date-time"},
        "inputs_polls": {"enum": list(INPUTS)},
        "inputs_markets": {"enum": list(INPUTS)},
        "claim": {"enum": list(CLAIMS)},
        "licence": {"enum": list(protocol.licences)},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": protocol.titles["en"],
        "type": "object",
        "additionalProperties": False,
        "required": list(COLUMNS),
        "properties": properties,
        "allOf": [
            {
                "if": {"properties": {"target": {"const": target}}},
                "then": {"properties": {"output_type": {"enum": list(kinds)}}},
            }
            for target, kinds in TARGETS.items()
        ],
    }
