"""Changes to the clean election, each as a function that plants one fault."""

from __future__ import annotations

from collections.abc import Callable

from clean_election import A17, CLAIM, Plant
from clean_rows import BALLOT, FIRST

#: A change, and the keys of the rows that a check must then name.
Fault = tuple[Callable[[Plant], None], list[str]]


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


def every_row_of_a_department(**values: str) -> Callable[[Plant], None]:
    """The same change in all rows of the first department of the first round."""
    return both(*(other("department_result", f"{FIRST}/01/{name}", **values) for name in BALLOT))
