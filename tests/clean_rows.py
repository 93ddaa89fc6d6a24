"""The rows of a small election without a fault: two rounds, two firms, an index, an app and a market."""

from __future__ import annotations

FIRST, LAST = "xx-2030-r1", "xx-2030-r2"

MODEL = "model-2030-04-18-a"

BALLOT = {"ann": 29, "bob": 27, "cleo": 21, "dan": 13, "eve": 10}

Row = dict[str, str]

Tables = dict[str, list[Row]]


def forecaster(name: str, family: str, kind: str, mechanism: str) -> Row:
    return {
        "forecaster_id": name,
        "name": name.title(),
        "house": name,
        "family": family,
        "kind": kind,
        "country": "France",
        "measures": "something",
        "quota": "unknown",
        "identity_check": "unknown",
        "rule_disclosed": "unknown",
        "mechanism": mechanism,
        "sources": "paper",
    }


def poll(name: str, day: str, contest: str, lineup: str = "final", **more: str) -> Row:
    return {
        "forecast_id": f"{name}-{day}-a",
        "forecaster_id": name,
        "contest_id": contest,
        "quantity": "vote_share",
        "unit": "share_pct",
        "status": "forecast",
        "survey": f"{name}-{day}",
        "measured_from": day[:-2] + f"{int(day[-2:]) - 1:02}",
        "measured_to": day,
        "date_basis": "fieldwork",
        "release": "1",
        "last_release": "unknown",
        "recalled": "false",
        "sample_size": "1000",
        "sample_size_basis": "registered voters",
        "expressing_n": "800",
        "expressing_basis": "the notice",
        "sponsors": "A paper",
        "lineup": lineup,
        "complete": "true",
        "sources": "paper web",
        "transcription": "single",
        "confidence": "high",
        **more,
    }


def reading(name: str, day: str, contest: str, quantity: str, unit: str, letter: str = "a") -> Row:
    return {
        "forecast_id": f"{name}-{day}-{letter}",
        "forecaster_id": name,
        "contest_id": contest,
        "quantity": quantity,
        "unit": unit,
        "status": "claimed",
        "published_on": day,
        "published_precision": "day",
        "release": "1",
        "last_release": "unknown",
        "recalled": "false",
        "complete": "false",
        "sources": "web",
        "transcription": "single",
        "confidence": "high",
    }


def figures(forecast: str, values: dict[str, object]) -> list[Row]:
    return [
        {"forecast_id": forecast, "candidate_id": name, "value": str(value)} for name, value in values.items()
    ]


def clean_tables() -> Tables:
    """An election without a fault."""
    votes = {
        FIRST: {"ann": 300, "bob": 250, "cleo": 200, "dan": 150, "eve": 100},
        LAST: {"ann": 600, "bob": 400},
    }
    shares = {
        "alpha-2030-04-03-a": BALLOT,
        "alpha-2030-04-10-a": BALLOT | {"ann": 28, "bob": 28},
        "alpha-2030-04-17-a": BALLOT | {"ann": 27, "bob": 29},
        "gamma-2030-04-12-a": {"ann": 30, "bob": 25, "cleo": 20, "dan": 15, "fay": 10},
        "alpha-2030-04-30-a": {"ann": 55, "bob": 45},
        "gamma-2030-04-30-a": {"ann": 52, "cleo": 48},
        "buzz-2030-04-15-a": {"ann": 40, "bob": 20},
        "buzz-2030-04-16-a": {"ann": 41, "bob": 20},
        "app-2030-04-16-a": {"ann": 60, "bob": 70},
        "model-2030-04-18-a": {"ann": 28.5, "bob": 26.5, "cleo": 21},
        "model-2030-04-18-b": {"ann": 301, "bob": 250},
        "market-2030-04-16-a": {"ann": 60},
    }
    return {
        "source": [
            {"source_id": "paper", "title": "A paper", "retrieved_from": "a library"},
            {"source_id": "web", "title": "A page", "url": "https://example.org/page"},
        ],
        "person": [
            {"candidate_id": name, "name": name.title(), "kind": "person"} for name in (*BALLOT, "fay")
        ],
        "forecaster": [
            forecaster("alpha", "poll", "quota_poll", "phone_quota"),
            forecaster("gamma", "poll", "random_poll", "phone_quota"),
            forecaster("buzz", "buzz", "share_of_voice", "share_of_voice"),
            forecaster("app", "buzz", "rating_app", "daily_rating"),
            forecaster("market", "market", "prediction_market", "market_lmsr"),
            forecaster("model", "model", "statistical_model", "none"),
        ],
        "contest": [
            {
                "contest_id": f"xx-2030-r{number}",
                "election_id": "xx-2030",
                "round": str(number),
                "day": day,
                "advance": advance,
                "registered": "1500",
                "voters": "1100",
                "blank": "70",
                "null_votes": "30",
                "blank_null": "100",
                "valid": "1000",
                "sources": "paper",
            }
            for number, day, advance in ((1, "2030-04-21", "2"), (2, "2030-05-05", "1"))
        ],
        "candidate": [
            {"contest_id": contest, "candidate_id": name, "bloc": f"bloc-{name}"}
            for contest, counted in votes.items()
            for name in counted
        ],
        "result": [
            {"contest_id": contest, "candidate_id": name, "votes": str(count), "sources": "paper"}
            for contest, counted in votes.items()
            for name, count in counted.items()
        ],
        "department_result": [
            {
                "contest_id": contest,
                "dept_code": code,
                "department": department,
                "candidate_id": name,
                "votes": str(count // 2),
                "registered": "750",
                "abstentions": "200",
                "blank": "35",
                "null_votes": "15",
                "blank_null": "50",
                "sources": "paper",
            }
            for contest, counted in votes.items()
            for code, department in (("01", "North"), ("02", "South"))
            for name, count in counted.items()
        ],
        "forecast": [
            poll(
                "alpha",
                "2030-04-03",
                FIRST,
                rolling_series="alpha-roll",
                rolling_thin="true",
                population="registered",
                first_seen_on="2030-04-05",
                first_seen_precision="day",
                first_seen_basis="dated",
            ),
            poll("alpha", "2030-04-10", FIRST, rolling_series="alpha-roll", rolling_thin="true"),
            poll("alpha", "2030-04-17", FIRST, published_on="2030-04-18", published_precision="day"),
            poll("gamma", "2030-04-12", FIRST, lineup="x-fay--no-eve", scenario="with-fay"),
            poll("alpha", "2030-04-30", LAST),
            poll("gamma", "2030-04-30", LAST, lineup="duel-ann-v-cleo"),
            reading("buzz", "2030-04-15", FIRST, "digital_share", "share_pct"),
            reading("buzz", "2030-04-16", FIRST, "digital_share", "share_pct") | {"last_release": "yes"},
            reading("app", "2030-04-16", FIRST, "approval", "approval_pct"),
            reading("market", "2030-04-16", LAST, "win_probability", "probability_pct"),
            reading("market", "2030-04-16", LAST, "event", "probability_pct", letter="b"),
            reading("model", "2030-04-18", FIRST, "vote_share", "share_pct") | {"inputs_polls": "yes"},
            reading("model", "2030-04-18", FIRST, "seats", "seats", letter="b"),
        ],
        "transfer": [
            {
                "transfer_id": f"alpha-2030-05-03-cleo-{goes}",
                "contest_id": LAST,
                "forecaster_id": "alpha",
                "question": "intention",
                "measured_from": "2030-05-02",
                "measured_to": "2030-05-03",
                "published_on": "2030-05-03",
                "from_option": "cleo",
                "to_option": goes,
                "share_pct": share,
                "base": "all",
                "sources": "paper",
            }
            for goes, share in (("ann", "55"), ("bob", "20"), ("neither", "25"))
        ],
        "register": [
            {
                "system_id": "knocker",
                "name": "Knocker",
                "meaning": "finds doors",
                "claim": "a vote in ten doors",
                "claimed_on": "2030",
                "claim_sources": "web",
                "test": "doors drawn at random",
                "tested": "partly",
                "tested_where": "transfers",
                "sources": "paper",
            }
        ],
        "prediction": [row for name, values in shares.items() for row in figures(name, dict(values))],
        "outcome": [
            {
                "contest_id": LAST,
                "candidate_id": name,
                "elected": "yes" if name == "ann" else "no",
                "transcription": "single",
                "sources": "paper",
            }
            for name in ("ann", "bob")
        ],
        "release": [
            {
                "forecast_id": "buzz-2030-04-15-a",
                "method": "share_of_voice",
                "claim_kind": "buzz_share",
                "claim_ambiguous": "no",
                "known_before_vote": "yes",
                "added_by": "first",
            }
        ],
        "printed_figure": [
            {
                "forecast_id": "buzz-2030-04-15-a",
                "candidate_id": name,
                "unit_printed": "pct",
                "qualifier": "exact",
                "location": "second paragraph",
                "transcription": "single",
            }
            for name in shares["buzz-2030-04-15-a"]
        ],
        "quantile": [
            {"forecast_id": MODEL, "candidate_id": "ann", "level": level, "value": value}
            for level, value in (("5", "24"), ("50", "28.5"), ("95", "33"))
        ],
        "scenario": [
            {
                "election_id": "xx-2030",
                "scenario_id": "with-fay",
                "title": "Fay for Eve",
                "candidates": "ann bob cleo dan fay",
                "until": "2030-04-14",
                "sources": "web",
            }
        ],
        "event": [
            {
                "event_id": "market-2030-04-16-b-1",
                "forecast_id": "market-2030-04-16-b",
                "type": "share_band",
                "candidates": "ann",
                "low": "50",
                "high": "60",
                "value": "70",
            }
        ],
        "claim": [
            {
                "claim_id": "buzz-2030-04-15-leader",
                "forecaster_id": "buzz",
                "contest_id": FIRST,
                "made_on": "2030-04-15",
                "made_precision": "day",
                "type": "leader",
                "candidates": "ann",
                "hedged": "false",
                "recalled": "false",
                "confidence": "high",
                "sources": "web",
            }
        ],
        "assumption": [
            {
                "assumption_id": "size",
                "subject": "app",
                "parameter": "users",
                "meaning": "people who rate",
                "value": "100",
                "low": "50",
                "high": "200",
                "unit": "persons",
                "evidence_class": "A",
                "sources": "paper",
            }
        ],
        "milestone": [
            {
                "milestone_id": "debate",
                "election_id": "xx-2030",
                "day": "2030-04-04",
                "label": "Debate",
                "sources": "web",
            }
        ],
        "dispute": [{"dispute_id": "one", "forecast_id": "alpha-2030-04-03-a", "field": "sample_size"}],
        "waiver": [],
    }
