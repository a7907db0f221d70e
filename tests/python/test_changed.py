"""Plans beside a plan: what run() gives, for less."""

import pickle

import numpy as np
import pytest

import amaneku as am


def same(a, b):
    assert a.coverage.sectors == b.coverage.sectors
    assert a.coverage.rsrp_dbm.tobytes() == b.coverage.rsrp_dbm.tobytes()
    assert a.coverage.best_server.tobytes() == b.coverage.best_server.tobytes()
    assert a.summary == b.summary


@pytest.mark.parametrize(
    "settings",
    [
        {"site.E.power_dbm": 30.0},
        {"site.W.feeder_loss_db": 3.0},
        {"site.E.tx_agl_m": 40.0},
        {"site.W.lon": 138.53},
        {"coverage.radius_m": 2000.0},
        {"propagation.model": "free_space"},
    ],
)
def test_a_change_is_the_run_with_it(plan, world, settings):
    before = plan.coverage.rsrp_dbm.tobytes()
    changed = plan.changed(settings)
    same(changed, am.run(world / "scenario.toml", settings=settings))
    assert changed.coverage.rsrp_dbm.tobytes() != before
    assert plan.coverage.rsrp_dbm.tobytes() == before


def test_changes_add_up(plan, world):
    twice = plan.changed({"site.E.power_dbm": 30.0}).set_tilt("E", electrical_deg=4.0)
    both = {"site.E.electrical_downtilt_deg": 4.0, "site.E.power_dbm": 30.0}
    same(twice, am.run(world / "scenario.toml", settings=both))
    assert twice.provenance.settings == {"site.E.electrical_downtilt_deg": "4.0", "site.E.power_dbm": "30.0"}
    same(twice.changed({"site.E.power_dbm": 37.0}).changed({"site.E.power_dbm": 30.0}), twice)


def test_sites_come_and_go(plan):
    without = plan.without("W")
    assert not any(sector.startswith("W/") for sector in without.coverage.sectors)
    same(without.with_site("W").changed({"site.W.status": "existing"}), plan.with_site("W"))
    lost = plan.compare(without)
    assert lost.people_won == 0.0
    assert np.all(np.fmax(without.coverage.rsrp_dbm, plan.coverage.rsrp_dbm) == plan.coverage.rsrp_dbm)


def test_a_file_that_has_changed_is_read_again(world):
    plan = am.run(world / "scenario.toml")
    text = (world / "scenario.toml").read_text()
    (world / "scenario.toml").write_text(text.replace('model = "p526"', 'model = "free_space"'))
    try:
        changed = plan.changed({"site.E.power_dbm": 30.0})
        same(changed, am.run(world / "scenario.toml", settings={"site.E.power_dbm": 30.0}))
    finally:
        (world / "scenario.toml").write_text(text)


def test_what_cannot_be_says_so(plan):
    with pytest.raises(ValueError, match="run the scenario first"):
        pickle.loads(pickle.dumps(plan)).without("W")
    with pytest.raises(TypeError, match="name a site"):
        plan.without()
    with pytest.raises(TypeError, match="electrical_deg or mechanical_deg"):
        plan.set_tilt("E")
    with pytest.raises(am.InputError, match="Q"):
        plan.without("Q")
    with pytest.raises(am.InputError, match="power_dbm"):
        plan.changed({"site.E.power_dbm": 1e9})
    with pytest.raises(TypeError, match="on_progress"):
        plan.changed({}, on_progress=3)


def test_of_settings_within_each_other_the_last_counts(world):
    path = world / "scenario.toml"
    plan = am.run(path, settings={"coverage.radius_m": 2000.0})
    wider = plan.changed({"coverage": {"radius_m": 3000.0}})
    same(wider, am.run(path, settings={"coverage": {"radius_m": 3000.0}}))
    both = {"propagation.model": "free_space", "propagation": {"model": "p526"}}
    with pytest.raises(am.InputError, match=r"propagation\.model in it"):
        am.run(path, settings=both).changed({"site.E.power_dbm": 30.0})
