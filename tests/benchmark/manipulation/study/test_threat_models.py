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


SOUND = {
    "title": '"t"',
    "goal": '"push"',
    "actor": '"bot"',
    "budget": '{ axis = "accounts", grid = [1000] }',
    "activity": "{ actions_per_account_day = 1, days = 7 }",
    "timing": '"drip"',
    "detection": '{ tests = ["burst", "composition"], false_positive_rate = 0.01 }',
}


def written(folder, **changed):
    path = folder / f"{abs(hash(str(changed)))}.toml"
    fields = SOUND | changed
    path.write_text("[x]\n" + "".join(f"{k} = {v}\n" for k, v in fields.items() if v), encoding="utf-8")
    return path


def test_a_model_without_a_budget_is_an_error(tmp_path):
    assert threat_models(written(tmp_path))["x"].actor == "bot"
    with pytest.raises(DataError, match="budget"):
        threat_models(written(tmp_path, budget=""))


@pytest.mark.parametrize(
    ("field", "text", "words"),
    [
        ("actor", '"alien"', "mobilised"),
        ("timing", '"sometimes"', "burst_end"),
        ("goal", '{ type = "push" }', "goal"),
        ("budget", '{ axis = "votes", grid = [1] }', "accounts"),
        ("budget", '{ axis = "accounts", grid = 7 }', "type"),
        ("budget", '"all of it"', "table"),
        ("detection", '{ tests = ["smell"], false_positive_rate = 0.01 }', "composition"),
        ("detection", "{ tests = [], false_positive_rate = 7 }", "false-positive"),
    ],
)
def test_a_word_that_does_not_exist_is_an_error_that_lists_those_that_do(tmp_path, field, text, words):
    with pytest.raises(DataError, match=words):
        threat_models(written(tmp_path, **{field: text}))


@pytest.mark.parametrize(
    "extra", [{"knowledge": '"grey"'}, {"activity": "{ actions_per_account_day = 1, days = 7, nights = 2 }"}]
)
def test_a_field_that_changes_no_number_is_refused(tmp_path, extra):
    with pytest.raises(DataError, match="would change no number"):
        threat_models(written(tmp_path, **extra))


def test_a_file_that_is_no_toml_is_an_error(tmp_path):
    (tmp_path / "broken.toml").write_text("[", encoding="utf-8")
    with pytest.raises(DataError, match="TOML"):
        threat_models(tmp_path / "broken.toml")


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("goal", '"nuke"'),
        ("actor", '"mobilised"'),
        ("budget", '{ axis = "mass_pct", grid = [1000] }'),
        ("budget", '{ axis = "accounts", grid = [2000] }'),
        ("activity", "{ actions_per_account_day = 3, days = 7 }"),
        ("activity", "{ actions_per_account_day = 1, days = 1 }"),
        ("activity", "{ actions_per_account_day = 1, days = 7, lead_days = 90 }"),
        ("timing", '"burst_end"'),
        ("detection", '{ tests = ["composition"], false_positive_rate = 0.01 }'),
        ("detection", '{ tests = ["burst", "composition"], false_positive_rate = 0.05 }'),
    ],
)
def test_every_field_changes_a_number(bench, tmp_path, monkeypatch, field, text):
    """A run of one model on all figures, with the field as it was and changed."""
    from pollbench.manipulation.study import threat_models as module
    from pollbench.manipulation.study.stress import stress

    base = {"timing": '"pre_registered"'} if "lead_days" in text else {}
    tables = []
    for changed in (base, base | {field: text}):
        (model,) = threat_models(written(tmp_path, **changed)).values()
        monkeypatch.setattr(module, "threat_models", lambda path=None, model=model: {"x": model})
        tables.append(
            stress(bench, attack=model.goal, model="x", axis=model.axis, budgets=model.grid, replicates=20)
        )
    numbers = [table.select_dtypes("number") for table in tables]
    assert not numbers[0].equals(numbers[1])
