"""Faults in what a forecast says of itself: sample, line-up, survey, status, words; and forecasts that stand twice."""

from __future__ import annotations

import random

from clerk.rows import (
    Fault,
    Row,
    Rows,
    cell,
    digits_exchanged,
    drawn,
    exchanged,
    filled,
    lost,
    of_alone,
    of_polls,
    repeated,
)


def twice(change_survey: bool, house: str = "") -> Fault:
    """A poll that stands twice, under another letter, survey or name."""

    def fault(rows: Rows, draw: random.Random) -> None:
        listed = rows.change("forecast")
        row = drawn((entry for entry in listed if of_alone(entry, rows)), draw)
        old = row["forecast_id"]
        name = house or row["forecaster_id"]
        new = old.replace(row["forecaster_id"], name, 1)
        new = new if house and new != old else f"{old[:-1]}b"
        more = {"survey": f"{row['survey']}-2"} if change_survey else {}
        rows.renamed[new] = old
        listed.append(row | {"forecast_id": new, "forecaster_id": name} | more)
        figures = rows.change("prediction")
        figures += [entry | {"forecast_id": new} for entry in figures if entry["forecast_id"] == old]

    return fault


def of_another_house(throughout: bool) -> Fault:
    """A poll under the name of another house: in its column only, or in its id and survey too."""

    def fault(rows: Rows, draw: random.Random) -> None:
        row = drawn((entry for entry in rows.change("forecast") if of_alone(entry, rows)), draw)
        name = "bva" if row["forecaster_id"] != "bva" else "elabe"
        if throughout:
            row["survey"] = row["survey"].replace(row["forecaster_id"], name, 1)
            rows.rename(row, row["forecast_id"].replace(row["forecaster_id"], name, 1))
        row["forecaster_id"] = name

    return fault


def sized(row: Row, _: Rows) -> bool:
    """Polls with a size of four digits of which the first two differ."""
    return (
        bool(row["survey"]) and len(row["sample_size"]) == 4 and row["sample_size"][0] < row["sample_size"][1]
    )


def with_a_size(row: Row, _: Rows) -> bool:
    """Polls with a size."""
    return bool(row["survey"] and row["sample_size"])


def of_markets(row: Row, rows: Rows) -> bool:
    """Forecasts that are no polls and of which one forecaster published several."""
    return (
        not row["survey"]
        and sum(
            (entry["forecaster_id"], entry["quantity"]) == (row["forecaster_id"], row["quantity"])
            for entry in rows.read("forecast")
        )
        >= 4
    )


KINDS: dict[str, tuple[str, Fault]] = {
    "sample ten times too large": ("fr-pres-2017", cell("forecast", "sample_size", lambda size: f"{size}0", with_a_size)),
    "sample of ten": ("fr-pres-2017", cell("forecast", "sample_size", "10", with_a_size)),
    "digits of a sample exchanged": ("fr-pres-2012", cell("forecast", "sample_size", digits_exchanged, sized)),
    "sample lost": ("fr-pres-2017", cell("forecast", "sample_size", "", with_a_size)),
    "base of a sample lost": ("fr-pres-2017", cell("forecast", "sample_size_basis", "", with_a_size)),
    "more who choose than were asked": ("fr-pres-2017", cell("forecast", "expressing_n", lambda size: f"{size}0", filled("expressing_n"))),
    "unknown forecaster": ("fr-pres-2017", cell("forecast", "forecaster_id", "ifob", of_polls)),
    "poll of another house in its column": ("fr-pres-2017", of_another_house(throughout=False)),
    "poll of another house throughout": ("fr-pres-2017", of_another_house(throughout=True)),
    "poll of the other round": ("fr-pres-2017", cell("forecast", "contest_id", lambda text: f"{text[:-1]}{'2' if text[-1] == '1' else '1'}", of_polls)),
    "unknown round": ("fr-pres-2017", cell("forecast", "contest_id", "fr-pres-2017-r3", of_polls)),
    "survey lost": ("fr-pres-2017", cell("forecast", "survey", "", of_polls)),
    "survey of another poll": ("fr-pres-2017", exchanged("forecast", "survey", ("forecaster_id",), of_polls)),
    "line-up of another poll": ("fr-pres-2017", exchanged("forecast", "lineup", ("contest_id",), of_polls)),
    "line-up lost": ("fr-pres-2017", cell("forecast", "lineup", "", of_polls)),
    "scenario of another poll": ("fr-pres-2027", exchanged("forecast", "scenario", ("contest_id",), filled("scenario"))),
    "complete where names are missing": ("fr-pres-2007", cell("forecast", "complete", "true", lambda row, _: bool(row["survey"]) and row["complete"] == "false")),
    "sponsor lost": ("fr-pres-2017", cell("forecast", "sponsors", "", lambda row, _: bool(row["survey"] and row["sponsors"]))),
    "sponsors of two polls exchanged": ("fr-pres-2017", exchanged("forecast", "sponsors", (), lambda row, _: bool(row["survey"] and row["sponsors"]))),
    "mode of a poll changed": ("fr-pres-2017", cell("forecast", "mode", "telephone", lambda row, _: row["mode"] == "internet")),
    "rolling series lost": ("fr-pres-2017", cell("forecast", "rolling_series", "", filled("rolling_series", "rolling_thin"))),
    "all waves taken for independent": ("fr-pres-2017", cell("forecast", "rolling_thin", "true", lambda row, _: row["rolling_thin"] == "false")),
    "status of a poll changed": ("fr-pres-2017", cell("forecast", "status", "index", of_polls)),
    "status of an index changed": ("fr-pres-2017", cell("forecast", "status", "forecast", lambda row, rows: of_markets(row, rows) and row["status"] != "forecast")),
    "poll recalled": ("fr-pres-2017", cell("forecast", "recalled", "true", of_polls)),
    "quantity changed": ("fr-pres-2017", cell("forecast", "quantity", "win_probability", of_polls)),
    "unit changed": ("fr-pres-2017", cell("forecast", "unit", "count", of_polls)),
    "last release where a later one stands": ("fr-pres-2017", cell("forecast", "last_release", "yes", lambda row, _: row["last_release"] == "no" and bool(row["survey"]))),
    "a word of one's own for the population": ("fr-pres-2027", cell("forecast", "population", "voters", of_polls)),
    "population changed": ("fr-pres-2027", cell("forecast", "population", "adults", lambda row, _: row["population"] == "registered")),
    "doubt without its reason": ("fr-pres-2017", cell("forecast", "confidence", "low", lambda row, _: not row["note"])),
    "disputed without a dispute": ("fr-pres-2017", cell("forecast", "transcription", "disputed", lambda row, rows: row["transcription"] == "single" and row["forecast_id"] not in {entry["forecast_id"] for entry in rows.read("dispute")})),
    "read once, said twice": ("fr-pres-2017", cell("forecast", "transcription", "double", lambda row, _: row["transcription"] == "single")),
    "unknown source": ("fr-pres-2017", cell("forecast", "sources", "press:nowhere-2017")),
    "source lost": ("fr-pres-2017", cell("forecast", "sources", "")),
    "sources of two polls exchanged": ("fr-pres-2017", exchanged("forecast", "sources", (), of_polls)),
    "row twice": ("fr-pres-2017", repeated("forecast")),
    "poll twice, new letter": ("fr-pres-2017", twice(change_survey=False)),
    "poll twice, new letter and survey": ("fr-pres-2017", twice(change_survey=True)),
    "poll twice under another name of its house": ("fr-pres-2007", twice(change_survey=True, house="tns-sofres")),
    "forecast lost": ("fr-pres-2017", lost("forecast", of_polls)),
}  # fmt: skip
