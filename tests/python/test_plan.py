import gc
import os
import pathlib
import subprocess
import sys
import threading

import h5py
import numpy as np
import pytest

import amaneku as am


def test_grids_have_the_shape_of_the_grid(plan):
    rsrp, best = plan.coverage.rsrp_dbm, plan.coverage.best_server
    assert rsrp.shape == best.shape == plan.grid.shape == (plan.grid.ny, plan.grid.nx)
    assert rsrp.dtype == np.float32
    assert best.dtype == np.int32
    assert plan.grid.cell_m == 100.0
    assert plan.crs == "EPSG:6676"
    assert plan.coverage.sectors == ["W/1", "E/1"] or plan.coverage.sectors == ["E/1", "W/1"]
    assert ((best >= 0) == np.isfinite(rsrp)).all()


def test_the_ridge_parts_the_servers(plan):
    names = np.array([*plan.coverage.sectors, "none"])[plan.coverage.best_server]
    middle = plan.grid.ny // 2
    columns = np.linspace(plan.grid.west_m, plan.grid.east_m, plan.grid.nx)
    served = names != "none"
    west = served & (columns < plan.grid.west_m + 0.4 * (plan.grid.east_m - plan.grid.west_m))
    east = served & (columns > plan.grid.west_m + 0.6 * (plan.grid.east_m - plan.grid.west_m))
    assert set(names[west]) == {"W/1"}
    assert set(names[east]) == {"E/1"}
    assert west[middle].any()
    assert east[middle].any()


def test_views_are_read_only_borrow_and_outlive_the_plan(world):
    plan = am.run(world / "scenario.toml", settings={"coverage.radius_m": 1500.0})
    first, second = plan.coverage.rsrp_dbm, plan.coverage.rsrp_dbm
    assert np.shares_memory(first, second)
    assert not first.flags.writeable
    assert not first.flags.owndata
    with pytest.raises(ValueError, match="read-only"):
        first[0, 0] = 0.0
    with pytest.raises(ValueError, match="WRITEABLE"):
        first.setflags(write=True)
    before = first.copy()
    del plan, second
    gc.collect()
    assert np.array_equal(first, before, equal_nan=True)


def test_second_server_and_interference_are_views_beside_the_best(plan):
    coverage = plan.coverage
    second, server = coverage.second_dbm, coverage.second_server
    assert second.dtype == coverage.interference_dbm.dtype == np.float32
    assert server.dtype == np.int32
    assert ((server >= 0) == np.isfinite(second)).all()
    both = server >= 0
    assert both.any()
    assert (second[both] <= coverage.rsrp_dbm[both]).all()
    assert (server[both] != coverage.best_server[both]).all()
    # Two sectors: what interferes is the second server.
    assert np.allclose(coverage.interference_dbm[both], second[both], atol=1e-4)


def test_losses_that_were_not_kept_are_an_error_that_says_so(world):
    plan = am.run(world / "scenario.toml", settings={"coverage.radius_m": 1500.0, "output.path_loss": "never"})
    assert not plan.coverage.has_path_loss
    assert np.isfinite(plan.coverage.rsrp_dbm).any()
    with pytest.raises(am.InputError, match=r"output\.path_loss"):
        plan.coverage.loss_db(0)
    with pytest.raises(am.InputError, match="no such sector"):
        plan.coverage.loss_db(99)


def test_loss_on_the_whole_grid_is_the_window_in_place(plan):
    for index, name in enumerate(plan.coverage.sectors):
        whole = plan.coverage.loss_db(index)
        window, where = plan.coverage.loss_window(name)
        assert whole.shape == plan.grid.shape
        assert np.array_equal(whole[where], window, equal_nan=True)
        assert np.isfinite(whole).sum() == np.isfinite(window).sum() > 0
        assert not window.flags.writeable
    # isotropic ends, 40 dBm over 3276 subcarriers, no other term: power is the least loss subtracted
    least = np.fmin(plan.coverage.loss_db(0), plan.coverage.loss_db(1))
    expected = 40.0 - 10.0 * np.log10(3276.0) - least
    assert np.allclose(plan.coverage.rsrp_dbm, expected, atol=0.02, equal_nan=True)


@pytest.mark.parametrize("sector", [2, "W/2", "nowhere"])
def test_unknown_sector(plan, sector):
    with pytest.raises(am.InputError, match="no such sector"):
        plan.coverage.loss_db(sector)


def test_same_bytes_for_any_number_of_threads(world, plan):
    for threads in (1, 3):
        again = am.run(world / "scenario.toml", threads=threads)
        assert again.coverage.rsrp_dbm.tobytes() == plan.coverage.rsrp_dbm.tobytes()
        assert again.coverage.best_server.tobytes() == plan.coverage.best_server.tobytes()


def test_summary_counts_the_people(plan):
    population = plan.summary["population"]
    assert population["total"] == pytest.approx(200.0)
    assert 0.0 <= population["covered"] <= 200.0
    assert population["coverage_percent"] == pytest.approx(
        100.0 * population["covered"] / population["in_plan"], abs=0.01
    )
    assert plan.synthetic
    assert plan.name == "Ridge"


def test_settings_reach_the_scenario(world):
    strict = am.run(world / "scenario.toml", settings={"coverage.threshold_dbm": 0.0})
    assert strict.summary["population"]["covered"] == 0.0
    named = am.run(world / "scenario.toml", settings={"scenario.name": 'a "quoted" name\t富士'})
    assert named.name == 'a "quoted" name\t富士'
    with pytest.raises(TypeError, match="a setting is"):
        am.run(world / "scenario.toml", settings={"scenario.name": object()})


def test_faults_come_all_at_once_with_their_place(world, tmp_path):
    text = (
        (world / "scenario.toml")
        .read_text()
        .replace("radius_m", "radus_m")
        .replace("grid_m = 100.0", 'grid_m = "a"')
    )
    wrong = world / "wrong.toml"
    wrong.write_text(text)
    for attempt in (am.run, am.check):
        with pytest.raises(am.InputError, match="radius_m") as caught:
            attempt(wrong)
        assert isinstance(caught.value, ValueError)
        faults = caught.value.faults
        assert len(faults) == 2
        assert all(fault.line > 0 and fault.column > 0 and fault.file.endswith("wrong.toml") for fault in faults)
        assert str(caught.value).splitlines() == [str(fault) for fault in faults]
    am.check(world / "scenario.toml")


def test_missing_scenario(tmp_path):
    with pytest.raises(am.InputError, match=r"nowhere\.toml"):
        am.run(tmp_path / "nowhere.toml")


def test_progress_names_stages_and_never_runs_backwards(world):
    seen = []
    am.run(world / "scenario.toml", threads=2, on_progress=lambda stage, done: seen.append((stage, done)))
    stages = list(dict.fromkeys(stage for stage, _ in seen))
    assert len(stages) >= 2
    for name in stages:
        fractions = [done for stage, done in seen if stage == name]
        assert fractions == sorted(fractions)
        assert 0.0 <= fractions[0] <= fractions[-1] <= 1.0


def test_what_the_callback_raises_ends_the_run(world):
    class EnoughError(Exception):
        pass

    def stop(stage, done):
        raise EnoughError(stage)

    with pytest.raises(EnoughError):
        am.run(world / "scenario.toml", threads=2, on_progress=stop)


def test_other_threads_run_meanwhile(world):
    """The GIL is free during a run: a callback can wait for another Python thread."""
    asked, answered = threading.Event(), threading.Event()

    def other():
        asked.wait(20)
        answered.set()

    helper = threading.Thread(target=other)
    helper.start()

    def wait_for_answer(stage, done):
        asked.set()
        assert answered.wait(20)

    am.run(world / "scenario.toml", threads=2, on_progress=wait_for_answer)
    helper.join()


def test_save_writes_every_file_and_h5py_reads_it(plan, tmp_path):
    out = tmp_path / "out"
    plan.save(out)
    names = {path.name for path in out.iterdir()}
    assert names >= {"result.h5", "rsrp_dbm.tif", "best_server.tif", "network.gpkg", "summary.json", "report.html"}
    with h5py.File(out / "result.h5") as result:
        grids = []
        result.visititems(lambda name, item: grids.append(item[...]) if name.endswith("rsrp_dbm") else None)
    assert len(grids) == 1
    assert np.array_equal(grids[0], plan.coverage.rsrp_dbm, equal_nan=True)


def test_tables_are_frames_and_the_same_in_every_output(plan, tmp_path):
    pandas = pytest.importorskip("pandas")
    out = tmp_path / "out"
    plan.save(out)
    sites = plan.tables["sites"]
    assert list(sites["id"]) == ["W", "E"]
    assert sites["planned"].all()
    assert sites.attrs["columns"]["ground_asl_m"]["unit"] == "m"
    assert len(sites["geometry"]) == 2
    total = plan.tables["population_total"].set_index("part").loc["all"]
    assert total["population_covered"] == pytest.approx(plan.summary["population"]["covered"])
    municipalities = pandas.read_csv(out / "municipalities.csv")
    assert list(municipalities.columns) == [c for c in plan.tables["municipalities"].columns if c != "geometry"]
    with h5py.File(out / "result.h5") as result:
        for name, frame in plan.tables.items():
            stored = {column for column in result[name] if column not in ("row",)}
            assert {c for c in frame.columns if c != "geometry"} <= stored, name
    assert "sites" in plan.tables
    with pytest.raises(KeyError):
        plan.tables["no such table"]


def test_a_study_that_is_asked_for_is_a_frame_and_a_group(world, tmp_path):
    pytest.importorskip("pandas")
    plan = am.run(world / "scenario.toml", settings={"antenna_heights.tall_agl_m": 20.0})
    frame = plan.tables["antenna_heights"]  # no boundaries: all antennas stand in no municipality
    assert frame[["antennas", "tall", "highest_agl_m"]].to_numpy().tolist() == [[2, 1, 30.0]]
    assert frame["mean_agl_m"].tolist() == [22.5]
    plan.save(tmp_path / "out")
    with h5py.File(tmp_path / "out" / "result.h5") as result:
        assert result["antenna_heights/antennas"][:].tolist() == [2]
        assert result["antenna_heights/highest_agl_m"][:].tolist() == [30.0]
        assert result["antenna_heights/mean_agl_m"].attrs["units"] == "m"


def test_values_that_are_missing_are_missing_in_every_reader(plan, tmp_path):
    pytest.importorskip("pandas")
    assert plan.tables["population"]["municipality"].isna().all()  # no boundaries
    plan.save(tmp_path / "out")
    with h5py.File(tmp_path / "out" / "result.h5") as result:
        column = result["population/municipality"]
        assert (column[:] == column.attrs["_FillValue"]).all()
        assert result["sectors/site"].attrs.get("_FillValue") is None


def test_save_refuses_what_is_not_a_folder(plan, tmp_path):
    target = tmp_path / "file"
    target.write_text("mine")
    with pytest.raises(am.InputError):
        plan.save(target)
    assert target.read_text() == "mine"
    with pytest.raises(am.InputError, match="lang"):
        plan.save(tmp_path / "out", lang="fr")
    assert not (tmp_path / "out").exists()


def test_to_xarray(plan):
    xarray = pytest.importorskip("xarray")
    data = plan.to_xarray()
    assert isinstance(data, xarray.Dataset)
    assert data.rsrp.dims == ("y", "x")
    assert np.shares_memory(data.rsrp.values, plan.coverage.rsrp_dbm)
    assert data.x.values[0] == plan.grid.west_m + 50.0
    assert data.y.values[0] == plan.grid.north_m - 50.0
    assert data.y.values[-1] == pytest.approx(plan.grid.south_m + 50.0)
    assert data.rsrp.attrs["units"] == "dBm"
    assert data.attrs["crs"] == plan.crs


def test_demo_region(demo):
    assert isinstance(demo, pathlib.Path)
    assert demo.name == "scenario.toml"
    am.check(demo)


def test_c_locale_and_a_japanese_folder(world, tmp_path):
    """The module does not depend on the locale: paths and texts are UTF-8."""
    folder = tmp_path / "計画"
    folder.symlink_to(world)
    script = "import amaneku, sys; print(amaneku.run(sys.argv[1]).name)"
    done = subprocess.run(
        [sys.executable, "-c", script, folder / "scenario.toml"],
        env=os.environ | {"LC_ALL": "C"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == "Ridge\n", done.stderr


def test_service_is_there_for_a_known_technology_and_says_why_where_it_is_not(world):
    settings = {"coverage.radius_m": 1500.0, "traffic.gb_per_month_per_person": 20.0}
    plan = am.run(world / "scenario.toml", settings=settings)
    coverage = plan.coverage
    assert coverage.has_service
    computed = np.isfinite(coverage.rsrp_dbm)
    assert (np.isfinite(coverage.sinr_db) == computed).all()
    assert ((coverage.service_state == 255) == ~computed).all()
    assert coverage.service_state.dtype == np.uint8
    assert not coverage.service_state.flags.writeable
    served = coverage.service_state == 0
    assert served.any()
    assert (coverage.dl_mbps[served] > 0).all()
    assert (coverage.ul_mbps[served] > 0).all()
    loads = coverage.cell_loads
    assert len(loads) == len(coverage.sectors)
    assert all(0.0 <= cell["dl_load"] <= 1.0 for cell in loads)
    assert plan.summary["load"]["converged"]
    unknown = am.run(world / "scenario.toml", settings={"sector_defaults.subcarriers": 777})
    assert not unknown.coverage.has_service
    assert unknown.coverage.cell_loads == []
    with pytest.raises(am.InputError, match="technology"):
        _ = unknown.coverage.sinr_db
