"""Scenarios changed from Python are what the same file would say."""

import copy
import pickle
import shutil

import numpy as np
import pytest

import amaneku as am
from amaneku import _scenario


@pytest.fixture
def scenario(world):
    return am.Scenario.load(world / "scenario.toml")


def test_unchanged_it_is_the_file(scenario, plan):
    assert scenario.settings == {}
    _ = scenario.sites
    assert scenario.settings == {}
    assert scenario.get("propagation.model") == "p526"
    assert scenario.get("coverage.nothing") is None
    assert scenario.run().coverage.rsrp_dbm.tobytes() == plan.coverage.rsrp_dbm.tobytes()
    assert am.Scenario.load(scenario.file.parent).file == scenario.file


def test_keys_are_settings_and_stay_out_of_the_file(scenario, world):
    text = (world / "scenario.toml").read_text()
    assert scenario.set("propagation.model", "free_space").set("coverage.radius_m", 1500.0) is scenario
    assert scenario.get("propagation.model") == "free_space"
    changed = scenario.run()
    same = am.run(
        world / "scenario.toml", settings={"propagation.model": "free_space", "coverage.radius_m": 1500.0}
    )
    assert changed.coverage.rsrp_dbm.tobytes() == same.coverage.rsrp_dbm.tobytes()
    assert changed.provenance.settings == {"coverage.radius_m": "1500.0", "propagation.model": '"free_space"'}
    assert (world / "scenario.toml").read_text() == text


def test_sites_as_the_file_would_have_them(scenario, world, tmp_path):
    scenario.sites["E"].sectors["1"].tx_agl_m = 45.0
    scenario.sites["W"].lon = 138.53
    scenario.sites["N"] = am.Site(
        name="北", lon=138.55, lat=35.54, sectors={"a": am.Sector(freq_hz=8.5e8, subcarriers=300)}
    )
    text = (world / "scenario.toml").read_text()
    text = text.replace("tx_agl_m = 15.0", "tx_agl_m = 45.0").replace("lon = 138.52\n", "lon = 138.53\n")
    text = text.replace(
        "[propagation]",
        '[[site]]\nid = "N"\nname = "北"\nlon = 138.55\nlat = 35.54\n'
        '[[site.sector]]\nid = "a"\nfreq_hz = 8.5e8\nsubcarriers = 300\n[propagation]',
    )
    written = world / "changed.toml"
    written.write_text(text)
    expected, changed = am.run(written), scenario.run()
    assert changed.coverage.sectors == expected.coverage.sectors
    assert changed.coverage.rsrp_dbm.tobytes() == expected.coverage.rsrp_dbm.tobytes()


def test_explain_knows_what_was_changed(scenario):
    scenario.sites["W"].sectors["1"].tx_agl_m = 60.0
    found = scenario.run().explain(138.53, 35.53)
    assert found.details["server"]["agrees"]
    assert found.details["server"]["site"] == "W"


def test_names_of_the_contract_and_typos(scenario):
    sector = scenario.sites["W"].sectors["1"]
    sector.tilt_electrical_deg = 8
    assert sector.electrical_downtilt_deg == 8
    assert sector.azimuth_deg is None
    sector.electrical_downtilt_deg = None
    assert repr(sector) == "Sector()"
    with pytest.raises(AttributeError, match="did you mean azimuth_deg"):
        sector.azimut = 3
    with pytest.raises(AttributeError, match="did you mean lon"):
        _ = scenario.sites["W"].longitude
    with pytest.raises(AttributeError, match="legal"):
        am.Sector(xyzzy=1)
    assert "tx_agl_m" in dir(sector)


def test_wrong_values_are_told_by_the_core(scenario):
    scenario.set("propagation.model", "p562")
    with pytest.raises(am.InputError, match="p526"):
        scenario.check()
    scenario.set("propagation.model", "p526").sites["W"].sectors["1"].azimuth_deg = 1000
    with pytest.raises(am.InputError, match="azimuth_deg"):
        scenario.check()


@pytest.mark.parametrize("key", ["model", "", "a b.c", "a.", ".a", "a=b.c"])
def test_keys_that_are_none(scenario, key):
    with pytest.raises(ValueError, match="key"):
        scenario.set(key, 1)


def test_sites_are_not_set_by_key(scenario):
    with pytest.raises(ValueError, match=r"scenario\.sites"):
        scenario.set("sites.path", "other.csv")
    with pytest.raises(TypeError, match="a setting is"):
        scenario.set("coverage.radius_m", object())


def test_frames_there_and_back(scenario):
    pandas = pytest.importorskip("pandas")
    frame = scenario.sites.to_frame()
    assert frame["site_id"].tolist() == ["W", "E"]
    assert frame["tx_agl_m"].isna().tolist() == [True, False]
    scenario.sites = frame
    assert scenario.settings == {}
    frame.loc[0, "azimuth_deg"] = 90.0
    more = {"site_id": "S", "lon": 138.56, "lat": 35.51, "sector_id": 1, "indoor": "yes", "year": 2027.0}
    scenario.sites = pandas.concat([frame, pandas.DataFrame([more])])
    assert list(scenario.sites) == ["W", "E", "S"]
    assert scenario.sites["W"].sectors["1"].azimuth_deg == 90.0
    added = scenario.sites["S"].sectors["1"]
    assert (added.indoor, added.year) == (True, 2027)
    assert isinstance(added.year, int)
    with pytest.raises(ValueError, match="did you mean azimuth_deg"):
        scenario.sites = frame.rename(columns={"azimuth_deg": "azimuth"})
    with pytest.raises(ValueError, match="lat: is missing"):
        scenario.sites = frame.drop(columns="lat")
    with pytest.raises(ValueError, match="is not a number"):
        scenario.sites = frame.assign(azimuth_deg="north")
    with pytest.raises(ValueError, match="do not agree"):
        scenario.sites = frame.assign(site_id="W")


def test_a_file_of_sites(world, plan, tmp_path):
    folder = tmp_path / "listed"
    folder.mkdir()
    for name in ("N35E138.hgt", "people.csv"):
        shutil.copy(world / name, folder)
    text = (world / "scenario.toml").read_text()
    start, end = text.index("[[site]]"), text.index("[propagation]")
    (folder / "scenario.toml").write_text(text[:start] + '[sites]\npath = "sites.csv"\n' + text[end:])
    (folder / "sites.csv").write_text(
        "\ufeffsite_id,name,lon,lat,sector_id,tx_agl_m\nW,西,138.52,35.525,1,\nE,,138.58,35.525,1,15\n",
        encoding="utf-8",
    )
    scenario = am.Scenario.load(folder)
    assert scenario.sites["W"].name == "西"
    assert scenario.sites["E"].sectors["1"].tx_agl_m == 15.0
    assert scenario.settings == {}
    assert scenario.run().coverage.rsrp_dbm.tobytes() == plan.coverage.rsrp_dbm.tobytes()
    scenario.sites["E"].status = "candidate"
    assert scenario.settings["sites"] == {}
    assert scenario.run().coverage.sectors == ["W/1"]


def test_copies_go_their_own_way(scenario):
    first, second = scenario.copy(), pickle.loads(pickle.dumps(scenario))
    first.sites["W"].sectors["1"].tx_agl_m = 99.0
    second.set("coverage.radius_m", 100.0)
    assert scenario.settings == {}
    assert copy.copy(first.sites["W"]) == first.sites["W"]
    assert first.sites["W"] != scenario.sites["W"]
    assert repr(second).endswith("1 changes)")


def test_files_that_are_none(tmp_path):
    with pytest.raises(am.InputError, match=r"nowhere\.toml"):
        am.Scenario.load(tmp_path / "nowhere.toml")
    (tmp_path / "broken.toml").write_text("[scenario\n")
    with pytest.raises(am.InputError, match="not valid TOML") as caught:
        am.Scenario.load(tmp_path / "broken.toml")
    assert caught.value.faults[0].line == 1


def test_the_keys_of_sectors_are_those_of_the_page(request):
    page = (request.config.rootpath / "docs" / "formats" / "scenario.md").read_text(encoding="utf-8")
    section = page.split("## `[sector_defaults]`")[1].split("\n## ")[0]
    listed = [line.split("`")[1] for line in section.splitlines() if line.startswith("| `")]
    assert tuple(listed) == _scenario._SECTOR_KEYS


def test_numbers_of_numpy_are_numbers(scenario):
    scenario.sites["W"].sectors["1"].tx_agl_m = np.float32(12.5)
    scenario.set("coverage.radius_m", np.int64(1500))
    scenario.check()
