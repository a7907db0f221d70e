"""A stored result is the plan that wrote it; files that are not are refused by name."""

import json
import pickle
import shutil

import h5py
import numpy as np
import pytest

import amaneku as am

MAPS = ["rsrp_dbm", "best_server", "second_dbm", "second_server", "interference_dbm"]
SERVICE = [
    "sinr_db",
    "dl_mbps",
    "ul_mbps",
    "dl_alone_mbps",
    "ul_alone_mbps",
    "margin_db",
    "service_state",
]


@pytest.fixture(scope="module")
def opened(stored):
    return am.open_result(stored)


@pytest.fixture
def copy(stored, tmp_path):
    """To be spoilt."""
    return shutil.copytree(stored, tmp_path / "copy")


@pytest.mark.parametrize("name", MAPS + SERVICE)
def test_maps_are_the_same_bytes_and_read_only(plan, opened, name):
    made, read = getattr(plan.coverage, name), getattr(opened.coverage, name)
    assert read.dtype == made.dtype
    assert read.tobytes() == made.tobytes()
    assert not read.flags.writeable
    with pytest.raises(ValueError, match="read-only"):
        read[0, 0] = 1
    assert getattr(opened.coverage, name) is read


def test_what_the_plan_is(plan, opened):
    assert opened.name == plan.name
    assert opened.crs == plan.crs
    assert opened.synthetic is plan.synthetic is True
    assert opened.grid.shape == plan.grid.shape
    assert (opened.grid.west_m, opened.grid.north_m) == (plan.grid.west_m, plan.grid.north_m)
    assert np.array_equal(opened.ground_asl_m, plan.ground_asl_m, equal_nan=True)
    assert opened.coverage.sectors == plan.coverage.sectors
    assert opened.coverage.cell_loads == plan.coverage.cell_loads == []
    assert [(w.id, w.count) for w in opened.warnings] == [(w.id, w.count) for w in plan.warnings]
    assert opened.threshold_dbm == plan.threshold_dbm
    assert repr(opened) == repr(plan)


def test_summary_but_for_its_files(plan, opened):
    made, read = plan.summary, opened.summary
    assert made.pop("files") == []
    assert "result.h5" in read.pop("files")
    assert read == made


def test_provenance(world, plan, opened):
    assert opened.provenance == plan.provenance
    assert opened.provenance.scenario_text == (world / "scenario.toml").read_text()
    assert len(opened.provenance.input_sha256["people.csv"]) == 64


def test_tables_are_the_same(plan, opened):
    pandas = pytest.importorskip("pandas")
    assert set(opened.tables) == set(plan.tables)
    for name, made in plan.tables.items():
        read = opened.tables[name]
        assert list(read.columns) == list(made.columns), name
        assert read.attrs == made.attrs, name
        for column in made.columns.drop("geometry", errors="ignore"):
            # A text without a value is empty in the file.
            expected = made[column].fillna("") if made[column].dtype == object else made[column]
            pandas.testing.assert_series_equal(read[column], expected, check_exact=True)
    assert "no such table" not in opened.tables
    with pytest.raises(KeyError):
        opened.tables["no such table"]


def test_places_of_tables_come_from_the_layers(plan, opened):
    pytest.importorskip("pandas")
    made, read = plan.tables["sites"]["geometry"], opened.tables["sites"]["geometry"]
    for one, other in zip(made, read, strict=True):
        first, second = (np.frombuffer(getattr(g, "wkb", g), "<f8", 2, 5) for g in (one, other))
        assert np.allclose(first, second, atol=1e-4)


def test_losses_are_those_of_the_file(plan, opened):
    for sector in plan.coverage.sectors:
        made, read = plan.coverage.loss_db(sector), opened.coverage.loss_db(sector)
        assert np.array_equal(np.isnan(made), np.isnan(read))
        assert np.nanmax(np.abs(made - read)) <= 0.00501
    with pytest.raises(am.InputError, match="no such sector"):
        opened.coverage.loss_db("W/2")


def test_loads_come_back(world, tmp_path):
    settings = {"coverage.radius_m": 1500.0, "traffic.gb_per_month_per_person": 20.0}
    plan = am.run(world / "scenario.toml", settings=settings)
    plan.save(tmp_path / "out")
    opened = am.open_result(tmp_path / "out")
    assert opened.coverage.cell_loads == plan.coverage.cell_loads
    assert opened.coverage.dl_alone_mbps.tobytes() == plan.coverage.dl_alone_mbps.tobytes()
    assert opened.provenance.settings == plan.provenance.settings
    assert set(opened.provenance.settings) == set(settings)


def test_what_was_not_kept_is_said(world, tmp_path):
    settings = {"coverage.radius_m": 1500.0, "output.path_loss": "never", "sector_defaults.subcarriers": 777}
    am.run(world / "scenario.toml", settings=settings).save(tmp_path / "out")
    opened = am.open_result(tmp_path / "out")
    assert not opened.coverage.has_path_loss
    assert not opened.coverage.has_service
    with pytest.raises(am.InputError, match=r"output\.path_loss"):
        opened.coverage.loss_db(0)
    with pytest.raises(am.InputError, match="technology"):
        _ = opened.coverage.sinr_db


def test_a_lone_file_has_maps_and_tables(plan, stored, tmp_path):
    shutil.copy(stored / "result.h5", tmp_path / "mine.h5")
    opened = am.open_result(tmp_path / "mine.h5")
    assert opened.coverage.rsrp_dbm.tobytes() == plan.coverage.rsrp_dbm.tobytes()
    assert len(opened.tables) == len(plan.tables)
    with pytest.raises(am.InputError, match=r"summary\.json"):
        _ = opened.summary
    assert "img" in opened.to_html()


def test_it_is_not_written_again(opened, tmp_path):
    with pytest.raises(TypeError, match="copy"):
        opened.save(tmp_path / "again")


def test_pickle_keeps_where_it_lies(opened):
    again = pickle.loads(pickle.dumps(opened._planned))
    assert again.rsrp_dbm.tobytes() == opened.coverage.rsrp_dbm.tobytes()


def test_missing(tmp_path):
    with pytest.raises(am.InputError, match="does not exist"):
        am.open_result(tmp_path / "nowhere")
    with pytest.raises(am.InputError, match=r"result\.h5"):
        am.open_result(tmp_path)


def test_something_else(tmp_path):
    (tmp_path / "text.h5").write_text("no HDF5")
    with pytest.raises(am.InputError, match="is not a result of amaneku"):
        am.open_result(tmp_path / "text.h5")
    with h5py.File(tmp_path / "other.h5", "w") as file:
        file["rsrp_dbm"] = np.zeros((3, 3))
    with pytest.raises(am.InputError, match="not a result of amaneku"):
        am.open_result(tmp_path / "other.h5")


def spoilt(folder, change):
    """The lone file after `change`."""
    (folder / "manifest.json").unlink()
    with h5py.File(folder / "result.h5", "r+") as file:
        change(file)
    return folder / "result.h5"


def test_another_format_version(copy):
    def older(file):
        file.attrs["format_version"] = "2.0"

    with pytest.raises(am.InputError, match=r"format version 2\.0"):
        am.open_result(spoilt(copy, older))


def replace(name, values):
    def change(file):
        del file[name]
        file[name] = values

    return change


def link(name):
    def change(file):
        del file[name]
        file[name] = h5py.ExternalLink("/etc/passwd", "/")

    return change


@pytest.mark.parametrize("name", ["best_server", "sinr_db", "service_state"])
@pytest.mark.parametrize("how", [lambda name: replace(name, np.zeros((2, 3), "f4")), link])
def test_a_map_that_is_none_is_damage(copy, name, how):
    file = spoilt(copy, how(name))
    with pytest.raises(am.InputError, match="damaged"):
        getattr(am.open_result(file).coverage, name)


@pytest.mark.parametrize("values", [np.zeros((1, 1, 1), "i2"), np.zeros(4, "i2"), np.zeros((2, 2, 2), "f4")])
def test_losses_that_are_none_are_damage(copy, values):
    file = spoilt(copy, replace("path_loss_db", values))
    with pytest.raises(am.InputError, match="damaged"):
        am.open_result(file).coverage.loss_db(0)


def test_a_sector_of_no_transmitter_is_damage(copy):
    def change(file):
        file["sectors/transmitter"][...] = 99

    with pytest.raises(am.InputError, match="damaged"):
        am.open_result(spoilt(copy, change)).coverage.loss_db(0)


def test_columns_of_other_lengths_are_damage(copy):
    pytest.importorskip("pandas")
    file = spoilt(copy, replace("sites/x_m", np.zeros(7)))
    with pytest.raises(am.InputError, match="damaged"):
        _ = am.open_result(file).tables["sites"]


@pytest.mark.parametrize("name", ["report.html", "network.gpkg", "summary.json"])
def test_a_folder_that_is_not_whole(copy, name):
    with (copy / name).open("ab") as file:
        file.write(b" ")
    with pytest.raises(am.InputError, match=name):
        am.open_result(copy)
    (copy / name).unlink()
    with pytest.raises(am.InputError, match="is missing"):
        am.open_result(copy)


def test_files_of_another_run_are_found_by_hash(copy):
    text = (copy / "summary.json").read_bytes()
    (copy / "summary.json").write_bytes(text.replace(b"Ridge", b"Redge"))
    opened = am.open_result(copy)
    with pytest.raises(am.InputError, match="SHA-256"):
        _ = opened.summary
    data = bytearray((copy / "result.h5").read_bytes())
    data[-1] ^= 1
    (copy / "result.h5").write_bytes(data)
    with pytest.raises(am.InputError, match="SHA-256"):
        am.open_result(copy)


def test_explain_says_the_same_of_both(world, plan, opened):
    at = 138.53, 35.53
    made, read = plan.explain(*at), opened.explain(*at, scenario=world / "scenario.toml")
    assert made.verdict == read.verdict
    assert made.details == read.details
    assert made.details["server"]["agrees"]
    assert made.details["server"]["site"] == "W"
    assert "dBm from W" in made.verdict
    assert len(str(read).splitlines()) > 10
    assert json.dumps(made.details)
    japanese = opened.explain(*at, scenario=world / "scenario.toml", lang="ja").verdict
    assert japanese != made.verdict
    assert any(ord(letter) > 0x3000 for letter in japanese)


def test_explain_refuses(plan, tmp_path):
    with pytest.raises(am.InputError, match="outside the plan"):
        plan.explain(0.0, 0.0)
    with pytest.raises(am.InputError, match="lang"):
        plan.explain(138.53, 35.53, lang="fr")
    other = tmp_path / "scenario.toml"
    other.write_text("[scenario]\n")
    with pytest.raises(am.InputError):
        plan.explain(138.53, 35.53, scenario=other)
