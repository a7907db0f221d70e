"""What a plan changes, held against counts cell by cell."""

import numpy as np
import pytest

import amaneku as am

pytest.importorskip("pandas")


@pytest.fixture(scope="module")
def only_east(world):
    scenario = am.Scenario.load(world / "scenario.toml")
    del scenario.sites["W"]
    return scenario.run()


@pytest.fixture(scope="module")
def change(plan, only_east):
    return plan.compare(only_east)


def test_cells_one_by_one(plan, only_east, change):
    before = plan.coverage.rsrp_dbm >= plan.threshold_dbm
    after = only_east.coverage.rsrp_dbm >= only_east.threshold_dbm
    assert change.cells.shape == plan.grid.shape
    for y in range(0, plan.grid.ny, 7):
        for x in range(plan.grid.nx):
            expected = {(0, 0): 0, (1, 1): 1, (0, 1): 2, (1, 0): 3}[int(before[y, x]), int(after[y, x])]
            assert change.cells[y, x] == expected
    assert (change.cells == 3).any()
    assert not (change.cells == 2).any()
    assert change.area_km2["lost"] == pytest.approx(0.01 * (change.cells == 3).sum())
    assert sum(change.area_km2.values()) == pytest.approx(0.01 * change.cells.size)
    assert not change.cells.flags.writeable


def test_people_are_those_of_the_points(change):
    """120 live near W, which is gone; 80 near E, which stays."""
    assert change.people_lost == pytest.approx(120.0)
    assert change.people_won == 0.0
    assert change.people_left_out == {"before": 0.0, "after": 0.0}
    outside = change.municipalities.iloc[-1]
    assert outside["code"] == ""
    assert outside["people_lost"] == pytest.approx(120.0)
    assert outside["population_in_plan_before"] == outside["population_in_plan_after"] == 200.0
    assert (outside["population_covered_before"], outside["population_covered_after"]) == (200.0, 80.0)


def test_the_other_way_round_wins_what_was_lost(plan, only_east, change):
    back = only_east.compare(plan)
    assert (back.people_won, back.people_lost) == (change.people_lost, change.people_won)
    assert np.array_equal(back.cells == 2, change.cells == 3)
    assert np.array_equal(back.difference_db, -change.difference_db, equal_nan=True)


def test_figures(plan, only_east, change):
    covered = change.figures.loc["population_coverage_percent"]
    assert covered["before"] == plan.summary["population"]["coverage_percent"]
    assert covered["after"] == only_east.summary["population"]["coverage_percent"]
    assert covered["change"] == pytest.approx(-60.0)
    assert change.figures.loc["sites", "change"] == -1.0
    assert "population_coverage_percent" in change._repr_html_()
    assert "120 lost" in repr(change)


def test_sites(world, change):
    assert change.sites.to_dict("records") == [{"site_id": "W", "name": "W", "change": "removed", "what": ""}]
    scenario = am.Scenario.load(world / "scenario.toml")
    scenario.sites["E"].sectors["1"].tx_agl_m = 25.0
    moved = am.run(world / "scenario.toml").compare(scenario.run())
    assert moved.sites["site_id"].tolist() == ["E"]
    assert "tx_agl_m 15.0 -> 25.0" in moved.sites["what"].iloc[0]


def test_settings(world, plan):
    other = am.run(world / "scenario.toml", settings={"coverage.threshold_dbm": 0.0})
    found = plan.compare(other)
    assert found.settings.to_dict("records") == [{"key": "coverage.threshold_dbm", "before": "", "after": "0.0"}]
    assert found.people_lost == 200.0  # each plan by its own threshold
    assert found.costs is None


def test_a_plan_against_itself_changes_nothing(plan, stored):
    none = plan.compare(am.open_result(stored))
    assert (none.people_won, none.people_lost) == (0.0, 0.0)
    assert not np.isin(none.cells, [2, 3]).any()
    assert np.nanmax(np.abs(none.difference_db)) == 0.0
    assert none.sites.empty
    assert none.settings.empty
    assert (none.figures["change"] == 0.0).all()


def test_other_grids(world, plan):
    coarse = am.run(world / "scenario.toml", settings={"scenario.grid_m": 200.0})
    found = plan.compare(coarse)
    assert found.people_left_out["before"] == 0.0
    with pytest.raises(am.InputError, match="other grids"):
        _ = found.cells


def test_costs_of_both(default_demo):
    settings = {"coverage.radius_m": 500.0}
    first = am.run(default_demo, settings=settings)
    second = am.run(default_demo, settings={**settings, "costs.years": 5})
    costs = first.compare(second).costs
    assert (costs["change"] == costs["after"] - costs["before"]).all()
    assert costs.loc["total_cost_jpy", "change"] < 0
