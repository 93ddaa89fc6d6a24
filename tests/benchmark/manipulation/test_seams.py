"""Seams: an attack, a mechanism and a defence from outside the package are run and decide their own numbers."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import pollbench as pb
from pollbench.data.store import load
from pollbench.manipulation import ATTACKS, DEFENCES, MECHANISMS
from pollbench.manipulation.attacks import push
from pollbench.manipulation.model import Attack
from pollbench.manipulation.normal_form import Mixing, NormalForm
from pollbench.manipulation.study import threat_models as models

FIRST = "fr-pres-2017-r1"


@pytest.fixture
def fresh():
    """Opened anew: nothing is remembered from before a registration."""
    with load("fr-pres-2017") as opened:
        yield opened


def whisper(figures, target, scale, rank):
    """Supporters of whom only a quarter speak for the target; the others answer like everybody else."""
    return 0.25 * np.nan_to_num(push.voice(figures, target, scale, rank)) + 0.75 * figures


@pytest.fixture
def whispering(monkeypatch):
    monkeypatch.setitem(ATTACKS, "whisper", Attack("whisper", "whisper", whisper, sign=1))
    model = replace(models.threat_models()["push-mobilised-7d"], threat_model_id="whisper-7d", goal="whisper")
    known = models.threat_models() | {"whisper-7d": model}
    monkeypatch.setattr(models, "threat_models", lambda path=None: known)


def both(bench, **options):
    return [
        pb.stress(bench, attack=name, target="fillon", contest_id=FIRST, replicates=4000, **options)
        for name in ("push", "whisper")
    ]


def test_an_attack_from_outside_sees_its_own_numbers(fresh, whispering):
    loud, quiet = both(fresh, budgets=[5, 20])
    known = loud.budget > 0
    assert (quiet.shift_pp[known] / loud.shift_pp[known]).to_numpy() == pytest.approx(0.25)
    assert (quiet.worst_pp[known] < loud.worst_pp[known]).all()
    sampled = known & loud.sampling_low.notna()
    assert (quiet.sampling_high[sampled] < loud.sampling_low[sampled]).all()
    noticed = known & loud.power_fpr01.notna() & (loud.mechanism != "daily_rating")
    assert (quiet.power_fpr01[noticed] < loud.power_fpr01[noticed]).all()
    chance = known & loud.p_lead.between(0.2, 0.99)
    assert chance.any()
    assert (quiet.p_lead[chance] < loud.p_lead[chance]).all()
    costs = [
        pb.break_even(
            fresh, attack=name, target="fillon", contest_id=FIRST, goals=["plus_1", "lead"], replicates=200
        )
        for name in ("push", "whisper")
    ]
    dearer = (costs[0].mass_pct > 0) & np.isfinite(costs[0].mass_pct)
    assert (costs[1].mass_pct[dearer] > 3 * costs[0].mass_pct[dearer]).all()


def test_chances_of_an_attack_from_outside_agree_with_those_of_the_push_it_copies(
    fresh, monkeypatch, whispering
):
    """An attack that is a push in all but a hair takes the way by drawing; a push itself the closed form."""
    almost = Attack(
        "whisper", "almost a push", lambda *given: push.voice(*given) * (1 - 1e-9) + 1e-9 * given[0], sign=1
    )
    monkeypatch.setitem(ATTACKS, "whisper", almost)
    loud, quiet = both(fresh, budgets=[1, 3, 5, 10], forecaster=["ipsos", "gov", "elabe"])
    for column in ("p_lead", "p_top2"):
        assert np.nanmax(np.abs(loud[column] - quiet[column])) < 0.04
        assert np.nanmax(loud[column]) > 0.5


def test_a_push_that_says_nothing_for_its_target_moves_nothing(fresh, monkeypatch):
    silent = replace(ATTACKS["push"], voice=lambda figures, target, scale, rank: 0.0 * figures)
    monkeypatch.setitem(ATTACKS, "push", silent)
    table = pb.stress(fresh, attack="push", budgets=[10], forecaster="ipsos", contest_id=FIRST)
    assert (table.shift_pp[table.budget > 0] < 0).all()


@pytest.mark.parametrize("name", ["panel_quota", "daily_rating", "share_of_voice"])
def test_a_mechanism_from_outside_decides_what_an_account_does_and_how_it_mixes(fresh, monkeypatch, name):
    halved = Mixing(
        fraction=lambda mass, base: 0.5 * mass / (base + mass),
        mass=lambda part, base: base * part / (0.5 - part),
    )
    own = replace(
        MECHANISMS[name],
        form=lambda figures, base, values: NormalForm.of(figures, base, mixing=halved),
        mass_per_account=lambda values, activity: 7.0,
        base_of=lambda values, days: 1000.0,
        work_days=lambda activity: 3,
        window_days=5,
        tests=(),
    )
    monkeypatch.setitem(MECHANISMS, name, own)
    table = pb.stress(
        fresh,
        attack="push",
        axis="person_days",
        budgets=[300],
        target="fillon",
        contest_id=FIRST,
        replicates=50,
    )
    known = table[(table.mechanism == name) & (table.budget > 0) & table.shift_pp.notna()]
    assert len(known)
    # 300 person-days are 100 accounts of 7 records each beside 1,000.
    part = 0.5 * 700 / 1700
    assert known.shift_pp.to_numpy() == pytest.approx(part * (100 - known.figure_pct.to_numpy()))
    assert known.power_fpr01.isna().all()
    cost = pb.break_even(fresh, target="fillon", goals=["plus_1"], contest_id=FIRST, replicates=50)
    cost = cost[(cost.mechanism == name) & cost.accounts.notna()]
    part = 1 / (100 - cost.figure_pct.to_numpy())
    assert cost.accounts.to_numpy() == pytest.approx(1000 * part / (0.5 - part) / 7.0)


def test_a_mechanism_that_speaks_of_another_quantity_takes_its_figures_off_the_table_and_says_why(
    fresh, monkeypatch
):
    own = replace(
        MECHANISMS["daily_rating"], quantities=("rank",), why_not="only ranks count here: {published}"
    )
    monkeypatch.setitem(MECHANISMS, "daily_rating", own)
    table = pb.stress(fresh, attack="push", budgets=[1], contest_id=FIRST, replicates=20)
    assert "gov" not in set(table.forecaster_id)
    with load("fr-pres-2017") as opened:
        from pollbench.manipulation.study.attackable import attacked_figures

        reasons = attacked_figures(opened)[1].set_index("forecaster_id").reason
    assert reasons["gov"].startswith("only ranks count here: approval")


def test_a_defence_from_outside_is_listed_and_bends_the_shift(fresh, monkeypatch):
    own = replace(
        DEFENCES["identity_check"],
        name="lottery",
        title="every second account is drawn out",
        needs="days",
        settings={"kept": 0.5},
        effective_mass=lambda mass, situation, settings: settings["kept"] * mass,
        adapt=lambda situation, settings: situation,
        price=lambda situation, settings: 1 / settings["kept"],
    )
    monkeypatch.setitem(DEFENCES, "lottery", own)
    table = pb.stress(
        fresh,
        attack="push",
        budgets=[10],
        target="fillon",
        defences=["none", "lottery"],
        contest_id=FIRST,
        replicates=20,
    )
    filteris = table[(table.forecaster_id == "filteris") & (table.budget == 10)].set_index("defence_id")
    room = 100 - filteris.figure_pct["none"]
    assert filteris.shift_pp["lottery"] == pytest.approx(5 / 105 * room)
    assert filteris.shift_pp["none"] == pytest.approx(10 / 110 * room)
    assert "lottery" not in set(table[table.mechanism == "panel_quota"].defence_id)
    from pollbench.manipulation.study.defence_table import defence_table

    rows = defence_table(fresh)
    rows = rows[rows.defence_id == "lottery"]
    assert len(rows)
    assert (rows.variance_factor == 2).all()


def test_no_module_outside_knows_a_mechanism_an_attack_or_a_scale_by_name():
    """Only the file of an idea, and lists of what the charts and the command line pick, may name it."""
    import re
    from pathlib import Path

    import pollbench.manipulation as room

    offences = []
    for path in sorted(Path(room.__file__).parent.glob("study/*.py")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if re.search(r"(mechanism\.name|scale\.name|attack(\.name)?|way) (==|!=|in) ", line):
                offences.append(f"{path.name}:{number}: {line.strip()}")
    assert [line for line in offences if "NO_MECHANISM" not in line] == []
