"""The faults that the checks of forecasts, surveys and figures must find, each with the rows it must name."""

from __future__ import annotations

from clean_election import A3, A10, A17, BAND, BUZZ, CLAIM, MARKET, RUNOFF
from clean_rows import FIRST, MODEL
from planting import Fault, both, claim, forecast, other, polls, value

#: Check -> faults in forecasts and their figures, each with the rows that the check must name.
IN_FORECASTS: dict[str, list[Fault]] = {
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
    "below_a_small_bound": [(value(f"{A3}/ann", flag="lt"), [f"{A3}/ann"])],
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
    "dates_in_order": [(forecast(A3, measured_from="2030-04-04"), [A3])],
    "disputed_row_has_dispute": [(forecast(A10, transcription="disputed"), [A10])],
    "duel_belongs_to_the_run_off": [
        (forecast("gamma-2030-04-30-a", contest_id=FIRST), ["gamma-2030-04-30-a"])
    ],
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
    "last_release_is_last": [
        (forecast(BUZZ, last_release="yes"), [BUZZ]),
        (forecast(A3, last_release="yes"), [A3]),
    ],
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
    "rolling_wave_says_thin": [
        (forecast(A3, rolling_thin=""), [A3]),
        (forecast(A17, rolling_thin="true"), [A17]),
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
    "size_says_its_base": [
        (forecast(A3, sample_size_basis=""), [A3]),
        (forecast(A3, expressing_basis=""), [A3]),
        (forecast(A3, sample_size="", expressing_n=""), [A3]),
    ],
    "size_unlike_the_house": [
        (forecast("gamma-2030-04-12-a", sample_size="10"), ["gamma-2030-04-12-a"]),
        (both(polls("2030-04-11", "2030-04-12"), forecast(A10, sample_size="10000")), [A10]),
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
