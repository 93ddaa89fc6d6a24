"""For every check the faults that it must find in the clean election, each with the rows it must name."""

from __future__ import annotations

from collections.abc import Callable

from clean_election import A3, A10, A17, BALLOT, BAND, BUZZ, CLAIM, FIRST, LAST, MARKET, MODEL, RUNOFF, Plant

TRANSFER = "alpha-2030-05-03-cleo-ann"


def forecast(key: str, **values: str) -> Callable[[Plant], None]:
    return lambda plant: plant.set("forecast", key, **values)


def claim(**values: str) -> Callable[[Plant], None]:
    return lambda plant: plant.set("claim", CLAIM, **values)


def value(key: str, **values: str) -> Callable[[Plant], None]:
    return lambda plant: plant.set("prediction", key, **values)


def other(table: str, key: str, **values: str) -> Callable[[Plant], None]:
    return lambda plant: plant.set(table, key, **values)


def toml(before: str, after: str) -> Callable[[Plant], None]:
    def change(plant: Plant) -> None:
        assert before in plant.toml
        plant.toml = plant.toml.replace(before, after)

    return change


def both(*changes: Callable[[Plant], None]) -> Callable[[Plant], None]:
    def change(plant: Plant) -> None:
        for each in changes:
            each(plant)

    return change


def polls(*days: str, **more: str) -> Callable[[Plant], None]:
    """Further polls like A17 on these days, all of one house."""

    def change(plant: Plant) -> None:
        for day in days:
            values = {"survey": f"alpha-{day}", "measured_to": day, "measured_from": day, "published_on": ""}
            plain = {"published_precision": "", "rolling_series": "", "rolling_thin": ""}
            plant.copy(A17, f"alpha-{day}-a", **values | plain | more)

    return change


SCENARIO = "xx-2030/with-fay"


def every_row_of_a_department(**values: str) -> Callable[[Plant], None]:
    """The same change in all rows of the first department of the first round."""
    return both(*(other("department_result", f"{FIRST}/01/{name}", **values) for name in BALLOT))


#: Check -> faults, each with the rows that the check must name.
FAULTS: dict[str, list[tuple[Callable[[Plant], None], list[str]]]] = {
    "address_is_an_address": [
        (other("source", "web", url="example.org"), ["web"]),
        (forecast(A17, notice_url="see the site"), [A17]),
    ],
    "alone_in_its_house": [
        (both(polls("2030-04-11", "2030-04-12", "2030-04-14"), forecast(A10, mode="telephone")), []),
        (
            both(
                polls("2030-04-11", "2030-04-12", "2030-04-14", "2030-04-15", mode="internet"),
                *(forecast(key, mode="internet") for key in (A3, A17, RUNOFF)),
            ),
            [A10],
        ),
    ],
    "alone_in_its_lineup": [
        (
            both(
                polls("2030-04-11", "2030-04-12", "2030-04-14"),
                forecast(A3, measured_to="2029-05-01", measured_from="2029-04-30"),
            ),
            [A3],
        )
    ],
    "alone_long_before_the_vote": [
        (
            lambda plant: plant.copy(
                A10,
                "alpha-2029-01-10-a",
                survey="old",
                measured_from="2029-01-09",
                measured_to="2029-01-10",
                rolling_series="",
                rolling_thin="",
            ),
            ["alpha-2029-01-10-a"],
        )
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
    "below_a_small_bound": [(value(f"{A3}/ann", flag="lt"), [f"{A3}/ann"])],
    "bloc_stands_once": [
        (
            other("candidate", f"{FIRST}/bob", bloc="bloc-ann"),
            [f"{FIRST}/ann", f"{FIRST}/bob"],
        )
    ],
    "book_adds_up": [
        (
            both(
                value(f"{MARKET}/ann", value="70"),
                lambda plant: plant.tables["prediction"].append(
                    {"forecast_id": MARKET, "candidate_id": "bob", "value": "55"}
                ),
            ),
            [MARKET],
        ),
        (
            both(
                *(
                    lambda plant, low=low, high=high: plant.add(
                        "event", BAND, event_id=f"{BAND}{low}", low=low, high=high, value="1"
                    )
                    for low, high in (("0", "49.99"), ("60.01", "100"))
                )
            ),
            ["market-2030-04-16-b"],
        ),
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
    "dates_in_order": [(forecast(A3, measured_from="2030-04-04"), [A3])],
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
    "disputed_row_has_dispute": [(forecast(A10, transcription="disputed"), [A10])],
    "doubt_says_why": [
        (forecast(A10, confidence="low"), [A10]),
        (claim(confidence="low"), [CLAIM]),
    ],
    "duel_belongs_to_the_run_off": [
        (forecast("gamma-2030-04-30-a", contest_id=FIRST), ["gamma-2030-04-30-a"])
    ],
    "duel_has_two_candidates": [(lambda plant: plant.drop("prediction", f"{RUNOFF}/bob"), [RUNOFF])],
    "everyone_has_a_result": [(lambda plant: plant.drop("result", f"{FIRST}/eve"), [f"{FIRST}/eve"])],
    "expressing_within_sample": [(forecast(A3, expressing_n="1001"), [A3])],
    "fieldwork_unlike_the_house": [
        (forecast(A17, measured_from="2030-04-01"), [A17]),
        (both(polls("2030-04-11", "2030-04-12"), forecast(A17, measured_from="2030-04-12")), [A17]),
    ],
    "figures_stand_where_they_belong": [
        (forecast("market-2030-04-16-b", quantity="win_probability"), ["market-2030-04-16-b"]),
        (lambda plant: plant.drop("prediction", f"{MARKET}/ann"), [MARKET]),
        (lambda plant: plant.drop("event", BAND), ["market-2030-04-16-b"]),
    ],
    "finalists_come_from_round_before": [
        (lambda plant: plant.drop("candidate", f"{FIRST}/bob"), [f"{LAST}/bob"]),
        (other("contest", FIRST, advance="3"), [LAST]),
    ],
    "first_seen_agrees": [
        (forecast(A3, first_seen_basis=""), [A3]),
        (forecast(A3, recalled="true"), [A3]),
        (forecast(A3, first_seen_on="2030-04-22"), [A3]),
        (forecast(A3, first_seen_basis="said"), [A3]),
        (both(forecast(A3, published_on="2030-04-07", published_precision="day")), [A3]),
    ],
    "has_a_day": [(forecast(BUZZ, published_on="", published_precision=""), [BUZZ])],
    "id_agrees_with_date": [
        (forecast(A3, measured_to="2030-04-04"), [A3]),
        (forecast(BUZZ, published_on="2030-04-14"), [BUZZ]),
        (claim(made_on="2030-04-14"), [CLAIM]),
    ],
    "id_names_country_and_year": [
        (toml('country = "XX"', 'country = "YY"'), ["xx-2030"]),
        (toml("year = 2030", "year = 2031"), ["xx-2030"]),
    ],
    "interval_has_a_level": [(value(f"{A17}/ann", lower="24", upper="30"), [A17])],
    "interval_holds_value": [
        (value(f"{BUZZ}/ann", lower="41"), [f"{BUZZ}/ann"]),
        (value(f"{BUZZ}/ann", upper="39"), [f"{BUZZ}/ann"]),
    ],
    "jump_in_a_house": [
        # Its house alone is known: four standard errors.
        (both(value(f"{A17}/ann", value="20"), value(f"{A17}/bob", value="36")), [f"{A17}/bob"]),
        # Its house and another one: two and a half.
        (
            both(
                forecast("gamma-2030-04-12-a", lineup="final", scenario=""),
                *(
                    value(f"gamma-2030-04-12-a/{name}", value=share)
                    for name, share in (("ann", "28"), ("bob", "27"))
                ),
                value(f"{A17}/ann", value="35"),
                value(f"{A17}/bob", value="21"),
            ),
            [f"{A17}/ann"],
        ),
    ],
    "jump_in_a_market": [
        (lambda plant: plant.copy(MARKET, "market-2030-04-17-a", published_on="2030-04-17"), []),
        (
            both(
                lambda plant: plant.copy(MARKET, "market-2030-04-17-a", published_on="2030-04-17"),
                value("market-2030-04-17-a/ann", value="90"),
            ),
            ["market-2030-04-17-a/ann"],
        ),
    ],
    "kind_fits_family": [(other("forecaster", "buzz", kind="prediction_market"), ["buzz"])],
    "last_release_is_last": [
        (forecast(BUZZ, last_release="yes"), [BUZZ]),
        (forecast(A3, last_release="yes"), [A3]),
    ],
    "last_round_elects_one": [(other("contest", LAST, advance="2"), [LAST])],
    "law_is_named": [(toml('country = "XX"', 'country = "FR"'), ["xx-2030"])],
    "law_is_of_the_country": [(toml('revision = "1"', 'revision = "1"\nlaw = "fr-77-808"'), ["xx-2030"])],
    "letters_without_a_gap": [
        (lambda plant: plant.copy(A17, "alpha-2030-04-17-c"), ["alpha-2030-04-17-c"]),
        (
            both(
                lambda plant: plant.copy(A17, "alpha-2030-04-17-c"),
                other("dispute", "one", forecast_id="alpha-2030-04-17-b"),
            ),
            [],
        ),
    ],
    "lineup_agrees_with_candidates": [
        (forecast("gamma-2030-04-12-a", lineup="final"), ["gamma-2030-04-12-a"]),
        (forecast("gamma-2030-04-12-a", lineup="near-final"), ["gamma-2030-04-12-a"]),
        (forecast("gamma-2030-04-12-a", lineup="x-fay--no-dan"), ["gamma-2030-04-12-a"]),
        (forecast("gamma-2030-04-12-a", lineup="x--no-eve"), ["gamma-2030-04-12-a"]),
        (forecast("gamma-2030-04-30-a", lineup="duel-ann-v-bob"), ["gamma-2030-04-30-a"]),
        (forecast("gamma-2030-04-12-a", lineup="full"), ["gamma-2030-04-12-a"]),
        (lambda plant: plant.drop("prediction", f"{A3}/eve"), [A3]),
    ],
    "measured_before_vote": [
        (forecast(A17, measured_to="2030-04-21"), [A17]),
        (forecast(BUZZ, measured_to="2030-04-22"), [BUZZ]),
    ],
    "measured_near_the_vote": [
        (forecast(A3, measured_from="2034-04-02", measured_to="2034-04-03"), [A3]),
        (forecast(A3, measured_from="0230-04-02"), [A3]),
        (forecast(BUZZ, published_on="2020-01-15"), [BUZZ]),
    ],
    "milestone_in_campaign": [(other("milestone", "debate", day="2003-04-04"), ["debate"])],
    "no_more_advance_than_stand": [
        (other("contest", FIRST, advance="6"), [FIRST]),
        (other("contest", LAST, advance="3"), [LAST]),
    ],
    "one_question_one_row": [
        (
            lambda plant: plant.copy(A3, "alpha-2030-04-03-b"),
            [A3, "alpha-2030-04-03-b"],
        )
    ],
    "one_release_one_row": [
        (
            lambda plant: plant.copy(BUZZ, "buzz-2030-04-15-b"),
            [BUZZ, "buzz-2030-04-15-b"],
        )
    ],
    "one_survey_one_sample": [(forecast(A10, survey="alpha-2030-04-03"), [A3])],
    "one_winner_at_most": [(other("outcome", f"{LAST}/bob", elected="yes"), [f"{LAST}/ann"])],
    "only_polls_have_samples": [
        (forecast(BUZZ, sample_size="1000", sample_size_basis="messages"), [BUZZ]),
        (forecast(BUZZ, lineup="final"), [BUZZ]),
    ],
    "poll_names_its_survey": [
        (forecast("gamma-2030-04-12-a", lineup=""), ["gamma-2030-04-12-a"]),
        (forecast(A3, lineup=""), [A3]),
        (forecast(A3, date_basis=""), [A3]),
        (forecast(A3, survey=""), [A3]),
    ],
    "poll_without_size": [(forecast(A3, sample_size="", sample_size_basis=""), [A3])],
    "poll_without_sponsor": [(forecast(A3, sponsors=""), [A3])],
    "population_is_known": [
        (forecast(A3, population="voters"), [A3]),
        (forecast(A3, population="subgroup:"), [A3]),
    ],
    "precision_fits_day": [
        (forecast(A17, published_precision=""), [A17]),
        (forecast(BUZZ, published_precision="month"), [BUZZ]),
        (claim(made_precision="year"), [CLAIM]),
        (forecast(A3, first_seen_precision="month"), [A3]),
    ],
    "published_after_measured": [
        (forecast(A17, published_on="2030-04-16"), [A17]),
        (forecast(BUZZ, measured_to="2030-04-16"), [BUZZ]),
    ],
    "published_before_vote": [
        (forecast(BUZZ, published_on="2030-04-22"), [BUZZ]),
        (claim(made_on="2030-04-22"), [CLAIM]),
    ],
    "published_in_order": [
        (forecast(A3, published_on="2030-04-19", published_precision="day"), [A3]),
        (forecast(A3, published_on="2030-04-25", published_precision="day"), [A3]),
    ],
    "published_in_silence": [
        (forecast(A17, published_on="2030-04-20"), [A17]),
        (forecast(RUNOFF, published_on="2030-04-21", published_precision="day"), [RUNOFF]),
    ],
    "quantiles_do_not_cross": [
        (other("quantile", f"{MODEL}/ann/50", value="23"), [f"{MODEL}/ann/50.000"]),
        (value(f"{MODEL}/ann", value="34"), [f"{MODEL}/ann/95.000"]),
        (value(f"{MODEL}/ann", value="23"), [f"{MODEL}/ann/5.000"]),
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
    "rolling_wave_says_thin": [
        (forecast(A3, rolling_thin=""), [A3]),
        (forecast(A17, rolling_thin="true"), [A17]),
    ],
    "rounds_in_order": [(other("contest", LAST, day="2030-04-21"), [LAST])],
    "rounds_on_the_calendar": [
        (other("contest", LAST, day="2030-05-06"), [LAST]),
        (other("contest", LAST, day="2030-06-09"), [LAST]),
        (both(toml('country = "XX"', 'country = "FR"'), other("contest", LAST, day="2030-04-28")), [LAST]),
    ],
    "same_figures_twice": [
        (both(value(f"{A17}/ann", value="29"), value(f"{A17}/bob", value="27")), [A17]),
        # Another house's name, another survey, the next day, two shares.
        (
            both(
                other("forecaster", "gamma", house="alpha"),
                forecast("gamma-2030-04-30-a", lineup="final", measured_to="2030-05-01"),
                value("gamma-2030-04-30-a/ann", value="55"),
                lambda plant: plant.drop("prediction", "gamma-2030-04-30-a/cleo"),
                lambda plant: plant.tables["prediction"].append(
                    {"forecast_id": "gamma-2030-04-30-a", "candidate_id": "bob", "value": "45"}
                ),
            ),
            ["gamma-2030-04-30-a"],
        ),
    ],
    "scenario_agrees_with_candidates": [
        (forecast("gamma-2030-04-12-a", scenario="without-fay"), ["gamma-2030-04-12-a"]),
        (forecast(A3, scenario="with-fay"), [A3]),
        (lambda plant: plant.drop("prediction", "gamma-2030-04-12-a/dan"), ["gamma-2030-04-12-a"]),
    ],
    "scenario_is_whole": [
        (other("scenario", SCENARIO, candidates="ann bob cleo dan fay ann"), [SCENARIO]),
        (other("scenario", SCENARIO, since="2030-04-15"), [SCENARIO]),
        (other("scenario", SCENARIO, until="2030-05-06"), [SCENARIO]),
    ],
    "set_stands_on_ballot": [
        (toml('"cleo"]', '"fay"]'), [f"{FIRST}/main/fay"]),
    ],
    "several_samples_on_one_day": [
        (lambda plant: plant.copy(A17, "alpha-2030-04-17-b", survey="other"), ["alpha-2030-04-17-b"])
    ],
    "shares_are_per_cent": [
        (both(value(f"{BUZZ}/ann", value="0.4"), value(f"{BUZZ}/bob", value="0.2")), [BUZZ])
    ],
    "shares_sum_to_100": [
        (value(f"{A3}/eve", value="12"), [A3]),
        (value(f"{A3}/eve", value="8"), [A3]),
        (value(f"{BUZZ}/bob", value="62"), [BUZZ]),
    ],
    "silence_before_vote": [(toml("to = 2030-04-21", "to = 2030-04-20"), [f"{FIRST}/2030-04-20"])],
    "size_says_its_base": [
        (forecast(A3, sample_size_basis=""), [A3]),
        (forecast(A3, expressing_basis=""), [A3]),
        (forecast(A3, sample_size="", expressing_n=""), [A3]),
    ],
    "size_unlike_the_house": [
        (forecast("gamma-2030-04-12-a", sample_size="10"), ["gamma-2030-04-12-a"]),
        (both(polls("2030-04-11", "2030-04-12"), forecast(A10, sample_size="10000")), [A10]),
    ],
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
    "sponsor_of_another_house": [(forecast("gamma-2030-04-12-a", sponsors=""), ["gamma-2030-04-30-a"])],
    "subgroup_is_an_index": [(forecast(A3, population="subgroup:young-voters"), [A3])],
    "sum_is_a_hundred": [
        (value(f"{A3}/eve", value="11"), [A3]),
        (value(f"{RUNOFF}/bob", value="44.5"), [RUNOFF]),
    ],
    "survey_agrees_with_itself": [
        (lambda plant: plant.copy(A17, "alpha-2030-04-17-b", lineup="x--no-eve", sample_size="990"), [A17]),
        (lambda plant: plant.copy(A17, "alpha-2030-04-17-b", measured_from="2030-04-17"), [A17]),
    ],
    "survey_names_its_day": [(forecast(A3, survey="alpha-2030-04-02"), [A3])],
    "thin_waves_do_not_overlap": [(forecast(A10, measured_from="2030-04-03"), [A10])],
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
    "unit_agrees_with_quantity": [
        (forecast(BUZZ, unit="approval_pct"), [BUZZ]),
        (forecast(MARKET, quantity="rank"), [MARKET]),
        (forecast("model-2030-04-18-b", unit="share_pct"), ["model-2030-04-18-b"]),
    ],
    "values_in_range": [
        (value(f"{A3}/eve", value="101"), [f"{A3}/eve"]),
        (value(f"{A3}/eve", value="-1"), [f"{A3}/eve"]),
        (value(f"{MARKET}/ann", upper="120"), [f"{MARKET}/ann"]),
        (other("event", BAND, value="100.5"), [BAND]),
        (other("quantile", f"{MODEL}/ann/95", value="101"), [f"{MODEL}/ann/95.000"]),
        (value("model-2030-04-18-b/ann", value="-1"), ["model-2030-04-18-b/ann"]),
        (
            both(forecast(MARKET, quantity="rank", unit="rank"), value(f"{MARKET}/ann", value="0")),
            [f"{MARKET}/ann"],
        ),
    ],
    "votes_sum_to_valid": [
        (other("result", f"{FIRST}/ann", votes="301"), [FIRST]),
        (other("contest", LAST, valid=""), [LAST]),
    ],
    "waves_overlap_undeclared": [
        (
            both(
                *(
                    forecast(key, rolling_series="", rolling_thin="", measured_from=day)
                    for key, day in ((A3, "2030-04-01"), (A10, "2030-04-03"), (A17, "2030-04-09"))
                )
            ),
            [A17],
        )
    ],
}
