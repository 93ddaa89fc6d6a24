"""The faults that the checks of contests, results, claims and what else stands beside forecasts must find, each with the rows it must name."""

from __future__ import annotations

from clean_election import A3, A10, A17, BAND, BUZZ, CLAIM, MARKET, RUNOFF
from clean_rows import BALLOT, FIRST, LAST
from planting import Fault, both, claim, every_row_of_a_department, forecast, other, polls, toml

TRANSFER = "alpha-2030-05-03-cleo-ann"
SCENARIO = "xx-2030/with-fay"

#: Check -> faults in what stands beside the forecasts, each with the rows that the check must name.
IN_ELECTIONS: dict[str, list[Fault]] = {
    "address_is_an_address": [
        (other("source", "web", url="example.org"), ["web"]),
        (forecast(A17, notice_url="see the site"), [A17]),
    ],
    "assumption_holds_somewhere": [(other("assumption", "size", election_id="xx-pres-1900"), ["size"])],
    "assumption_in_its_range": [(other("assumption", "size", low="120"), ["size"])],
    "assumption_not_negative": [(other("assumption", "size", value="-5", low="-9"), ["size"])],
    "ballots_add_up": [
        (other("contest", FIRST, voters="1101"), [FIRST]),
        (other("contest", LAST, blank="71"), [LAST]),
        (other("contest", LAST, registered="1000"), [LAST]),
    ],
    "band_has_ends": [
        (other("event", BAND, high=""), [BAND]),
        (other("event", BAND, low="60", high="50"), [BAND]),
        (other("event", BAND, type="winner"), [BAND]),
    ],
    "bloc_stands_once": [
        (
            other("candidate", f"{FIRST}/bob", bloc="bloc-ann"),
            [f"{FIRST}/ann", f"{FIRST}/bob"],
        )
    ],
    "candidates_exist": [
        (other("event", BAND, candidates="zoe"), [BAND]),
        (claim(candidates="zoe"), [CLAIM]),
        (forecast(MARKET, condition="ann zoe"), [MARKET]),
        (other("scenario", SCENARIO, candidates="ann zoe"), [SCENARIO]),
    ],
    "candidates_fit_type": [
        (claim(candidates="ann bob"), [CLAIM]),
        (claim(type="qualified_pair", candidates="ann ann"), [CLAIM]),
        (claim(type="order"), [CLAIM]),
        (other("event", BAND, candidates="ann bob"), [BAND]),
    ],
    "claim_is_said_in_words": [(claim(type="share_band"), [CLAIM])],
    "claim_type_fits_round": [
        (claim(type="winner"), [CLAIM]),
        (claim(contest_id=LAST, type="eliminated"), [CLAIM]),
    ],
    "contest_id_names_round": [(other("contest", LAST, round="3"), [LAST])],
    "contest_in_its_year": [
        (toml("year = 2030", "year = 2029"), [FIRST]),
        (other("contest", LAST, day="2032-05-05"), [LAST]),
    ],
    "department_ballots_add_up": [
        (every_row_of_a_department(abstentions="201"), [f"{FIRST}/01/ann"]),
        (every_row_of_a_department(blank="36"), [f"{FIRST}/01/ann"]),
        (other("department_result", f"{FIRST}/01/cleo", registered="751"), [f"{FIRST}/01/ann"]),
        (every_row_of_a_department(abstentions=""), [f"{FIRST}/01/ann"]),
    ],
    "department_has_one_name": [
        (
            other("department_result", f"{FIRST}/01/cleo", department="Nort"),
            [f"{FIRST}/01/ann"],
        )
    ],
    "departments_sum_to_register": [
        # A town that stands twice: its votes, its register, its abstentions.
        (
            every_row_of_a_department(registered="800", abstentions="240", blank="45", blank_null="60"),
            [FIRST],
        ),
        (other("contest", LAST, registered="1501"), [LAST]),
    ],
    "departments_sum_to_result": [
        (other("department_result", f"{FIRST}/01/cleo", votes="99"), [f"{FIRST}/cleo"]),
        (lambda plant: plant.drop("department_result", f"{LAST}/02/bob"), [f"{LAST}/bob"]),
    ],
    "dispute_names_forecast": [(other("dispute", "one", forecast_id="alpha-2030-04-04-a"), ["one"])],
    "doubt_says_why": [
        (forecast(A10, confidence="low"), [A10]),
        (claim(confidence="low"), [CLAIM]),
    ],
    "duel_has_two_candidates": [(lambda plant: plant.drop("prediction", f"{RUNOFF}/bob"), [RUNOFF])],
    "everyone_has_a_result": [(lambda plant: plant.drop("result", f"{FIRST}/eve"), [f"{FIRST}/eve"])],
    "finalists_come_from_round_before": [
        (lambda plant: plant.drop("candidate", f"{FIRST}/bob"), [f"{LAST}/bob"]),
        (other("contest", FIRST, advance="3"), [LAST]),
    ],
    "id_names_country_and_year": [
        (toml('country = "XX"', 'country = "YY"'), ["xx-2030"]),
        (toml("year = 2030", "year = 2031"), ["xx-2030"]),
    ],
    "kind_fits_family": [(other("forecaster", "buzz", kind="prediction_market"), ["buzz"])],
    "last_round_elects_one": [(other("contest", LAST, advance="2"), [LAST])],
    "law_is_named": [(toml('country = "XX"', 'country = "FR"'), ["xx-2030"])],
    "law_is_of_the_country": [(toml('revision = "1"', 'revision = "1"\nlaw = "fr-77-808"'), ["xx-2030"])],
    "milestone_in_campaign": [(other("milestone", "debate", day="2003-04-04"), ["debate"])],
    "no_more_advance_than_stand": [
        (other("contest", FIRST, advance="6"), [FIRST]),
        (other("contest", LAST, advance="3"), [LAST]),
    ],
    "one_winner_at_most": [(other("outcome", f"{LAST}/bob", elected="yes"), [f"{LAST}/ann"])],
    "published_before_vote": [
        (forecast(BUZZ, published_on="2030-04-22"), [BUZZ]),
        (claim(made_on="2030-04-22"), [CLAIM]),
    ],
    "register_says_what_is_tested": [
        (other("register", "knocker", tested_where=""), ["knocker"]),
        (other("register", "knocker", tested="no"), ["knocker"]),
        (other("register", "knocker", claim_sources=""), ["knocker"]),
    ],
    "release_agrees_with_its_day": [
        (other("release", BUZZ, known_before_vote="no"), [BUZZ]),
        (other("release", BUZZ, public_before="said"), [BUZZ]),
        (forecast(BUZZ, recalled="true"), [BUZZ]),
    ],
    "release_says_where_figures_stand": [
        (other("printed_figure", f"{BUZZ}/ann", candidate_id="cleo"), [f"{BUZZ}/ann", f"{BUZZ}/cleo"]),
        (other("release", BUZZ, forecast_id=A3), [f"{A3}/{name}" for name in BALLOT]),
    ],
    "result_says_how_much": [
        (other("result", f"{LAST}/ann", votes="", share_pct="60"), [f"{LAST}/ann"]),
        (other("result", f"{LAST}/ann", share_pct="60"), [f"{LAST}/ann"]),
        (other("result", f"{LAST}/ann", votes=""), [f"{LAST}/ann"]),
        (
            both(
                other("result", f"{LAST}/ann", votes="", share_pct="60"),
                other("result", f"{LAST}/bob", votes="", share_pct="40.02"),
            ),
            [f"{LAST}/ann"],
        ),
    ],
    "result_unlike_the_polls": [
        (
            both(
                other("result", f"{FIRST}/ann", votes="100"),
                other("result", f"{FIRST}/eve", votes="300"),
                polls("2030-04-11"),
            ),
            [f"{FIRST}/ann", f"{FIRST}/eve"],
        )
    ],
    "rounds_in_order": [(other("contest", LAST, day="2030-04-21"), [LAST])],
    "rounds_on_the_calendar": [
        (other("contest", LAST, day="2030-05-06"), [LAST]),
        (other("contest", LAST, day="2030-06-09"), [LAST]),
        (both(toml('country = "XX"', 'country = "FR"'), other("contest", LAST, day="2030-04-28")), [LAST]),
    ],
    "scenario_is_whole": [
        (other("scenario", SCENARIO, candidates="ann bob cleo dan fay ann"), [SCENARIO]),
        (other("scenario", SCENARIO, since="2030-04-15"), [SCENARIO]),
        (other("scenario", SCENARIO, until="2030-05-06"), [SCENARIO]),
    ],
    "set_stands_on_ballot": [
        (toml('"cleo"]', '"fay"]'), [f"{FIRST}/main/fay"]),
    ],
    "silence_before_vote": [(toml("to = 2030-04-21", "to = 2030-04-20"), [f"{FIRST}/2030-04-20"])],
    "source_can_be_found": [(other("source", "paper", retrieved_from=""), ["paper"])],
    "sources_exist": [
        (forecast(A3, sources="paper wob"), [A3]),
        (other("forecaster", "buzz", sources="wob"), ["buzz"]),
        (other("contest", FIRST, sources="wob"), [FIRST]),
        (other("result", f"{FIRST}/ann", sources="wob"), [f"{FIRST}/ann"]),
        (other("outcome", f"{LAST}/ann", sources="wob"), [f"{LAST}/ann"]),
        (other("department_result", f"{FIRST}/01/ann", sources="wob"), [f"{FIRST}/01/ann"]),
        (claim(sources="wob"), [CLAIM]),
        (other("assumption", "size", sources="wob"), ["size"]),
        (other("milestone", "debate", sources="paper  web"), ["debate"]),
        (other("scenario", SCENARIO, sources="wob"), [SCENARIO]),
        (other("transfer", TRANSFER, sources="wob"), [TRANSFER]),
        (other("register", "knocker", claim_sources="wob"), ["knocker"]),
    ],
    "transfer_dates_in_order": [
        (other("transfer", TRANSFER, measured_from="2030-05-04"), [TRANSFER]),
        (other("transfer", TRANSFER, published_on="2030-05-01"), [TRANSFER]),
        (other("transfer", TRANSFER, measured_to="2030-05-06", published_on=""), [TRANSFER]),
    ],
    "transfer_options_stand": [
        (other("transfer", TRANSFER, from_option="fay"), [TRANSFER]),
        (other("transfer", TRANSFER, to_option="cleo"), [TRANSFER]),
        (other("transfer", TRANSFER, from_option="neither"), [TRANSFER]),
        (other("transfer", TRANSFER, contest_id=FIRST), [TRANSFER]),
    ],
    "transfers_within_100": [
        (other("transfer", TRANSFER, share_pct="57"), [TRANSFER]),
        (other("transfer", TRANSFER, to_option="abstention", share_pct="1"), [TRANSFER]),
        (other("transfer", TRANSFER, to_option="bob", share_pct="1"), [TRANSFER]),
    ],
    "votes_sum_to_valid": [
        (other("result", f"{FIRST}/ann", votes="301"), [FIRST]),
        (other("contest", LAST, valid=""), [LAST]),
    ],
}
