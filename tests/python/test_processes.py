"""Plans in other processes, what goes between them, and arguments that are wrong."""

from __future__ import annotations

import copy
import multiprocessing
import os
import pickle

import numpy as np
import pytest

import amaneku as am


def covered(scenario):
    plan = am.run(scenario, threads=2)
    return plan.summary["population"]["covered"]


def planned(scenario):
    return am.run(scenario, threads=2)


def refused(scenario):
    try:
        am.check(scenario, settings={"scenario.grid_m": -1})
    except am.InputError as error:
        return error
    return None


@pytest.fixture
def deadline():
    """What hangs is an error, not a test without end."""
    pools = []

    def pool(method, processes=2):
        pools.append(multiprocessing.get_context(method).Pool(processes))
        return pools[-1]

    yield pool
    for made in pools:
        made.terminate()


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_a_pool_after_a_run(world, plan, deadline, method):
    """The parent has planned on two threads already: libgomp's threads are not in the children."""
    scenario = world / "scenario.toml"
    assert covered(scenario) == plan.summary["population"]["covered"]
    found = deadline(method).map_async(covered, [scenario] * 4).get(timeout=120)
    assert found == [plan.summary["population"]["covered"]] * 4


def test_a_child_of_a_child(world, plan):
    """fork() by hand, twice, with a plan of the parent at hand."""
    reading, writing = os.pipe()
    if os.fork() == 0:
        if os.fork() == 0:
            same = am.run(world / "scenario.toml", threads=3).coverage.rsrp_dbm.tobytes()
            os.write(writing, b"same" if same == plan.coverage.rsrp_dbm.tobytes() else b"other")
            os._exit(0)
        os.wait()
        os._exit(0)
    os.close(writing)
    os.wait()
    assert os.read(reading, 16) == b"same"
    os.close(reading)


def test_plans_come_back_from_a_pool(world, plan, deadline, tmp_path):
    pandas = pytest.importorskip("pandas")
    other = deadline("fork", 1).apply_async(planned, [world / "scenario.toml"]).get(timeout=120)
    assert isinstance(other, am.Plan)
    for name in ("rsrp_dbm", "best_server", "second_dbm", "second_server", "interference_dbm", "sinr_db"):
        array = getattr(other.coverage, name)
        assert np.array_equal(array, getattr(plan.coverage, name), equal_nan=array.dtype.kind == "f"), name
        assert not array.flags.writeable
    assert other.summary == plan.summary
    assert other.grid.shape == plan.grid.shape
    assert (other.name, other.crs, other.synthetic) == (plan.name, plan.crs, plan.synthetic)
    assert [w.id for w in other.warnings] == [w.id for w in plan.warnings]
    for sector in (0, 1, "W/1", "E/1"):
        assert np.array_equal(other.coverage.loss_db(sector), plan.coverage.loss_db(sector), equal_nan=True)
    for wrong in (2, -1, "nowhere"):
        with pytest.raises(am.InputError, match="no such sector"):
            other.coverage.loss_db(wrong)
    assert set(other.tables) == set(plan.tables)
    pandas.testing.assert_frame_equal(other.tables["sectors"], plan.tables["sectors"])
    assert repr(other) == repr(plan)
    with pytest.raises(TypeError, match="save"):
        other.save(tmp_path / "out")
    again = pickle.loads(pickle.dumps(other))
    assert again.summary == plan.summary


def test_what_a_plan_has_not_is_refused_after_pickle_too(world):
    settings = {"sector_defaults.subcarriers": 777, "output.path_loss": "never"}
    plan = am.run(world / "scenario.toml", settings=settings)
    other = pickle.loads(pickle.dumps(plan))
    with pytest.raises(am.InputError, match="technology"):
        _ = other.coverage.sinr_db
    with pytest.raises(am.InputError, match="path_loss"):
        other.coverage.loss_db(0)
    with pytest.raises(AttributeError):
        _ = other.coverage._planned.no_such_thing


def test_copies_of_a_plan_are_the_plan(plan):
    assert copy.copy(plan) is plan
    assert copy.deepcopy([plan])[0] is plan


def test_errors_come_back_from_a_pool(world, deadline):
    error = deadline("fork", 1).apply_async(refused, [world / "scenario.toml"]).get(timeout=60)
    assert isinstance(error, am.InputError)
    assert error.faults[0].key.endswith("grid_m")
    assert error.faults[0].file == "--set"
    assert str(error.faults[0]) == str(error)
    pool = deadline("fork", 1)
    with pytest.raises(am.InputError, match="does not exist") as raised:
        pool.apply_async(am.check, ["/nowhere.toml"]).get(timeout=60)
    assert raised.value.faults[0].file == "/nowhere.toml"


@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_values_survive_pickle(plan, protocol):
    def back(value):
        return pickle.loads(pickle.dumps(value, protocol))

    profile = am.Profile(distance_m=[0, 500, 1000], ground_asl_m=[1, 2, 3], clutter_m=[0, 4, 0], zone=["sea"] * 3)
    same = back(profile)
    for name in ("distance_m", "ground_asl_m", "clutter_m"):
        assert np.array_equal(getattr(same, name), getattr(profile, name))
    link = {"freq_hz": 1e9, "tx_agl_m": 30, "rx_agl_m": 1.5}
    assert am.pathloss("p1812", same, **link) == am.pathloss("p1812", profile, **link)
    loss = am.pathloss_explained("p1812", profile, added_losses=["p676"], **link)
    other = back(loss)
    assert (other.loss_db, other.mode, other.method, other.geometry) == (
        loss.loss_db,
        loss.mode,
        loss.method,
        loss.geometry,
    )
    assert other.terms == loss.terms
    assert [added.terms for added in other.added_losses] == [added.terms for added in loss.added_losses]
    assert back(plan.grid).shape == plan.grid.shape
    mesh = back(am.mesh_decode("53393599"))
    assert (mesh.level, mesh.west_deg) == (3, am.mesh_decode("53393599").west_deg)
    for model in am.models():
        parameters = back(model).parameters
        assert [str(p.range) for p in parameters] == [str(p.range) for p in model.parameters]
        assert [back(p).default for p in parameters] == [p.default for p in parameters]
    warning = back(plan.warnings[0])
    assert (warning.id, warning.message, warning.count) == (
        plan.warnings[0].id,
        plan.warnings[0].message,
        plan.warnings[0].count,
    )


@pytest.mark.parametrize("threads", [-1, 4097, 10**9, 10**10, 10**30])
def test_threads_out_of_range(world, threads):
    with pytest.raises(am.InputError, match=r"threads = -?\d+: is out of range \(legal: 0 \.\. 4096\)") as caught:
        am.run(world / "scenario.toml", threads=threads)
    assert caught.value.faults[0].key == "threads"


@pytest.mark.parametrize("threads", [2.5, "2", None])
def test_threads_of_another_type(world, threads):
    with pytest.raises(TypeError, match=r"threads = .*: a whole number"):
        am.run(world / "scenario.toml", threads=threads)


LINK = {"freq_hz": 1e9, "tx_agl_m": 30.0, "rx_agl_m": 1.5}


@pytest.mark.parametrize("call", [am.pathloss, am.pathloss_explained])
@pytest.mark.parametrize(
    "wrong",
    [
        {"freq_hz": None},
        {"tx_agl_m": None},
        {"rx_agl_m": "high"},
        {"freq_hz": [1e9, None]},
        {"n0": "x"},
        {"time_percent": None},
        {"time_percent": [1, 2]},
        {"polarization": None},
        {"effective_earth_radius_m": {}},
        {"delta_n": "x"},
        {"added_losses": None},
        {"added_losses": "p676"},
        {"added_losses": [3]},
    ],
    ids=str,
)
def test_a_wrong_type_names_its_argument(call, wrong):
    name = next(iter(wrong))
    with pytest.raises(TypeError, match=name):
        call("p1812", am.flat_profile(5e3), **{**LINK, **wrong})


def test_other_wrong_types():
    for profile in (None, 3, [None], "p526"):
        with pytest.raises(TypeError, match="profile"):
            am.pathloss("p526", profile, **LINK)
    with pytest.raises(TypeError, match="model"):
        am.pathloss(None, am.flat_profile(1e3), **LINK)
    for empty in ([], np.zeros(0), [1e9, 2e9]):
        with pytest.raises(TypeError, match="freq_hz: one number"):
            am.pathloss_explained("p526", am.flat_profile(1e3), **{**LINK, "freq_hz": empty})
    with pytest.raises(TypeError, match="distance_m"):
        am.flat_profile(None)
    with pytest.raises(ValueError, match="at most"):
        am.flat_profile(1e300)
    with pytest.raises(TypeError, match="on_progress"):
        am.run("x.toml", on_progress=3)


def test_bytes_that_are_no_text_are_a_fault(tmp_path):
    """Names of files may be any bytes; Python has them as surrogates."""
    for call in (am.run, am.check):
        with pytest.raises(am.InputError, match="does not exist") as caught:
            call(tmp_path / os.fsdecode(b"\xff\xfe.toml"))
        assert caught.value.faults[0].file.endswith("\\xff\\xfe.toml")
        str(caught.value).encode()
    (tmp_path / "scenario.toml").write_bytes(b'[scenario]\nname = "\xff\xfe"\n')
    with pytest.raises(am.InputError, match="utf-8"):
        am.check(tmp_path / "scenario.toml")
    for key, value in (("scenario.name", "\udcff"), ("scenario.\udcff", 1)):
        with pytest.raises(am.InputError):
            am.check(tmp_path / "scenario.toml", settings={key: value})
    with pytest.raises(am.InputError):
        am.pathloss("\udcff", am.flat_profile(1e3), **LINK)


def test_names_that_no_file_can_have(tmp_path, plan):
    for name in ("a" * 300, "a" * 5000, "a/" * 3000):
        with pytest.raises(am.InputError):
            am.run(tmp_path / name)
        with pytest.raises(am.InputError):
            plan.save(tmp_path / name)
    with pytest.raises(am.InputError, match="no name"):
        plan.save("")
