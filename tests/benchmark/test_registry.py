"""Registries: one list by name for every kind of idea, with the same answers to a name twice and to an unknown name."""

from __future__ import annotations

import pytest

from pollbench import baselines, ecological, measures
from pollbench.baselines._baseline import baseline
from pollbench.ecological._method import transfer_method
from pollbench.errors import DuplicateName, UnknownName
from pollbench.intake import registry as importers
from pollbench.manipulation import ATTACKS, DEFENCES, MECHANISMS
from pollbench.measures._measure import measure
from pollbench.registry import Registry
from pollbench_dashboards import charts
from pollbench_dashboards.drawing.chart import chart
from pollbench_dashboards.frames.gathered import frame


def mae():
    """Not the measure of that name."""


def flat():
    """Not the baseline of that name."""


def lphom():
    """Not the method of that name."""


def comparison():
    """Not the frame of that name."""


def live_accounts():
    """Not the chart of that name."""


REGISTER_TWICE = {
    "measure": lambda: measure(
        title="t",
        unit="",
        orientation="lower",
        sign="",
        quantities=frozenset(),
        level="forecast",
        zeros="",
        needs_n=False,
        version=1,
        reference="",
    )(mae),
    "baseline": lambda: baseline(title="t", meaning="m", per_forecast=False, version=1)(flat),
    "transfer method": lambda: transfer_method(title="t", assumes="", may_return="", reference="", version=1)(
        lphom
    ),
    "attack": lambda: ATTACKS.add(ATTACKS["push"]),
    "mechanism": lambda: MECHANISMS.add(MECHANISMS["panel_quota"]),
    "defence": lambda: DEFENCES.add(DEFENCES["account_age"]),
    "importer": lambda: importers.registered().add(importers.registered()["wide"]),
    "chart": lambda: chart(topic="accuracy", frames=())(live_accounts),
    "frame": lambda: frame(comparison),
}


@pytest.mark.parametrize("kind", REGISTER_TWICE)
def test_a_name_that_stands_for_two_things_is_refused(kind):
    with pytest.raises(DuplicateName, match=f"Two {kind}s are called .* give the second another name"):
        REGISTER_TWICE[kind]()


@pytest.mark.parametrize(
    ("ask", "close"),
    [
        (lambda: measures.named("mea"), "mae"),
        (lambda: baselines.named("flatt"), "flat"),
        (lambda: ecological.named("lphon"), "lphom"),
        (lambda: importers.named("wid"), "wide"),
        (lambda: MECHANISMS.named("panel_quot"), "panel_quota"),
        (lambda: charts.named("live-acounts"), "live-accounts"),
    ],
)
def test_an_unknown_name_is_answered_with_those_that_come_close(ask, close):
    with pytest.raises(UnknownName, match=f"Did you mean '{close}'"):
        ask()


def test_the_order_of_names_does_not_depend_on_the_order_of_imports():
    letters: Registry[str] = Registry("letter")
    for name in "bca":
        letters.add(name.upper(), name)
    assert list(letters.ordered()) == ["a", "b", "c"]
