"""Threat models are data, read strictly."""

from __future__ import annotations

import pytest

from pollbench.errors import DataError, PolicyError, UnknownName
from pollbench.manipulation import ATTACKS
from pollbench.manipulation.study.threat_models import default_model, resolved, threat_model, threat_models


def test_every_attack_has_a_threat_model_and_every_model_a_budget():
    assert {model.goal for model in threat_models().values()} == set(ATTACKS)
    for model in threat_models().values():
        assert len(model.grid) > 1
        assert model.false_positive_rate == 0.01


def test_unknown_models_and_mismatched_goals_are_refused():
    with pytest.raises(UnknownName, match="push-bots-7d"):
        threat_model("push-bots")
    with pytest.raises(PolicyError, match="nuke"):
        resolved("push", "nuke-mobilised-7d")
    assert resolved("push", None) is default_model("push")


def test_a_model_without_a_budget_is_an_error(tmp_path):
    path = tmp_path / "models.toml"
    path.write_text(
        '[x]\ntitle = "t"\ngoal = {type = "push"}\nactor = "bot"\nactivity = {actions_per_account_day = 1, days = 1}\n'
        'timing = "drip"\ndeclared_profile = "truthful"\nknowledge = "grey"\n'
        'detection = {tests = [], false_positive_rate = 0.01, reaction = "none"}\n',
        encoding="utf-8",
    )
    with pytest.raises(DataError, match="budget"):
        threat_models(path)


def test_a_word_that_does_not_exist_is_an_error_that_lists_those_that_do(tmp_path):
    path = tmp_path / "models.toml"
    path.write_text(
        '[x]\ntitle = "t"\ngoal = {type = "push"}\nactor = "alien"\nbudget = {axis = "mass_pct", grid = [1]}\n'
        'activity = {actions_per_account_day = 1, days = 1}\ntiming = "drip"\ndeclared_profile = "truthful"\n'
        'knowledge = "grey"\ndetection = {tests = [], false_positive_rate = 0.01, reaction = "none"}\n',
        encoding="utf-8",
    )
    with pytest.raises(DataError, match="mobilised"):
        threat_models(path)
    (tmp_path / "broken.toml").write_text("[", encoding="utf-8")
    with pytest.raises(DataError, match="TOML"):
        threat_models(tmp_path / "broken.toml")
