"""The CSV files of the collection of the record, and the polls in them averaged by the day, without the package."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pandas as pd

FOLDER = Path(__file__).parents[2] / "datasets" / "pollbench_datasets"


@cache
def read(name: str, folder: str = "world") -> pd.DataFrame:
    """A CSV file of the collection."""
    return pd.read_csv(FOLDER / folder / f"{name}.csv", low_memory=False)


@cache
def polled_means(last_of_house: bool) -> pd.DataFrame:
    """The mean of the polls of the last ten days, of every one or of the last one of each house."""
    forecasts = read("forecasts")
    polls = forecasts[~forecasts.forecast_id.isin(set(read("releases").forecast_id))]
    houses = read("forecasters").set_index("forecaster_id")
    days = read("contests").set_index("contest_id").day
    ended = pd.to_datetime(polls.measured_to)
    age = (pd.to_datetime(days[polls.contest_id].to_numpy()) - ended).dt.days
    shown = pd.to_datetime(polls.published_on) <= pd.to_datetime(days[polls.contest_id].to_numpy())
    averages = set(houses.index[houses.kind == "poll_average"])
    fits = (
        (age >= 0) & (age <= 10) & (shown | polls.published_on.isna()) & ~polls.forecaster_id.isin(averages)
    )
    polled = polls[fits & (polls.quantity == "vote_share")]
    if last_of_house:
        polled = polled.assign(house=houses.house[polled.forecaster_id].to_numpy())
        polled = polled.assign(start=polled.measured_from.fillna(polled.measured_to))
        polled = polled.sort_values(
            ["measured_to", "start", "release", "sample_size", "forecast_id"], na_position="first"
        )
        polled = polled.groupby(["contest_id", "house"]).tail(1)
    polled = polled.merge(read("predictions"), on="forecast_id")
    return polled.groupby(["contest_id", "candidate_id"]).value.mean().rename("polled").reset_index()
