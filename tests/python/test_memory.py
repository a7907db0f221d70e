"""Inputs in memory: the plan that files give, and what is refused."""

import pathlib
import pickle

import numpy as np
import pytest
from conftest import RIDGE_ASL_M

import amaneku as am

pandas = pytest.importorskip("pandas", reason="frames need pandas")
xarray = pytest.importorskip("xarray", reason="arrays with coordinates need xarray")

PEOPLE = {"lon": [138.52, 138.58], "lat": [35.52, 35.52], "population": [120, 80]}


@pytest.fixture
def scenario(world, tmp_path):
    """The small world, in a folder that is written to and has no files of its own but the scenario."""
    text = (
        (world / "scenario.toml").read_text().replace('"N35E138.hgt"', '"none.hgt"').replace("people.csv", "none")
    )
    (tmp_path / "scenario.toml").write_text(text)
    return tmp_path / "scenario.toml"


def heights(**changes) -> "xarray.DataArray":
    values = np.full((1201, 1201), 10.0, dtype=np.float32)
    values[:, 655:666] = RIDGE_ASL_M
    coords = {"y": 36 - np.arange(1201) / 1200, "x": 138 + np.arange(1201) / 1200}
    return xarray.DataArray(values, dims=("y", "x"), coords=coords, attrs={"crs": "EPSG:4326", **changes})


def assert_same_plan(plan: am.Plan, other: am.Plan, folder: pathlib.Path) -> None:
    """Every file but those that name the inputs, byte for byte."""
    plan.save(folder / "a")
    other.save(folder / "b")
    names = {file.name for file in (folder / "a").iterdir()}
    assert names == {file.name for file in (folder / "b").iterdir()}
    maps = {name for name in names if name.endswith(".tif")}
    assert len(maps) >= 2
    for name in maps | (names & {"municipalities.csv", "sites.csv"}):
        assert (folder / "a" / name).read_bytes() == (folder / "b" / name).read_bytes(), name
    assert plan.summary["population"] == other.summary["population"]
    assert [str(warning) for warning in plan.warnings] == [str(warning) for warning in other.warnings]


def test_a_plan_of_arrays_and_frames_is_that_of_files(plan, scenario, tmp_path):
    sites = am.Scenario.load(scenario).sites.to_frame()
    settings = {"terrain.dem": heights(), "population": pandas.DataFrame(PEOPLE), "sites": sites}
    found = am.run(scenario, settings=settings)
    assert_same_plan(plan, found, tmp_path)
    kept = sorted(file.name.split("-")[0] for file in (tmp_path / "from_python").iterdir())
    assert kept == ["population", "terrain_dem"]
    assert all("from_python/" in name or name == "scenario.toml" for name in found.provenance.input_sha256)
    again = am.run(scenario, settings=settings)
    assert again.provenance.settings == found.provenance.settings
    assert len(list((tmp_path / "from_python").iterdir())) == 2
    fewer = found.changed({"site.E.status": "candidate", "population": pandas.DataFrame(PEOPLE).iloc[:1]})
    assert fewer.summary["population"]["total"] == 120


def test_a_scenario_takes_them_too(plan, scenario, tmp_path):
    s = am.Scenario.load(scenario)
    s.set("terrain.dem", [{"path": heights()}])
    s.set(
        "population", [{"path": pandas.DataFrame(PEOPLE).rename(columns={"population": "n"}), "count_field": "n"}]
    )
    s = pickle.loads(pickle.dumps(s.copy()))
    s.check()
    assert_same_plan(plan, s.run(), tmp_path)


def test_rows_from_the_south_and_columns_from_the_east_lie_where_they_say(plan, scenario, tmp_path):
    upwards = heights().isel(y=slice(None, None, -1), x=slice(None, None, -1)).transpose("x", "y")
    settings = {"terrain.dem": upwards, "population": pandas.DataFrame(PEOPLE)}
    assert_same_plan(plan, am.run(scenario, settings=settings), tmp_path)


def test_whole_numbers_with_a_value_for_nothing_are_voids(scenario):
    values = heights().astype(np.int16)
    values[:, 655:666] = -9999
    values.attrs["_FillValue"] = -9999
    settings = {"terrain.dem": values, "population": pandas.DataFrame(PEOPLE), "terrain.allow_missing": True}
    found = am.run(scenario, settings=settings)
    middle = found.ground_asl_m.shape[1] // 2
    assert np.isnan(found.ground_asl_m[:, middle - 3 : middle + 3]).all()
    assert (found.ground_asl_m[:, -10:] == 10.0).all()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda dem: dem.assign_attrs(crs=None), "without CRS"),
        (lambda dem: dem.assign_attrs(crs="EPSG:1"), "is no CRS"),
        (lambda dem: dem.assign_attrs(crs="/etc/passwd"), "is no CRS"),
        (lambda dem: dem.rename(x="u"), "has y and x"),
        (lambda dem: dem.isel(y=[0, 1, 5]), "axis y is not evenly spaced"),
        (lambda dem: dem.isel(y=[0]), "has y and x"),
        (lambda dem: dem.expand_dims(band=2), "has y and x"),
        (lambda dem: dem.astype(str), "is no array of numbers"),
        (lambda dem: dem.drop_vars(["x", "y"]), "has no coordinates"),
    ],
)
def test_an_array_that_lies_nowhere_is_refused(scenario, change, said):
    with pytest.raises(ValueError, match=said):
        am.check(scenario, settings={"terrain.dem": change(heights())})
    assert not list(scenario.parent.glob("from_python/*"))


def test_frames_that_are_none_are_refused(scenario):
    for frame, said in [
        (pandas.DataFrame(PEOPLE).iloc[:0], "is a frame without rows"),
        (pandas.DataFrame(PEOPLE).drop(columns="population"), "population"),
        (pandas.DataFrame(PEOPLE).assign(population=[-1, 2]), "-1"),
    ]:
        with pytest.raises(am.InputError, match=said):
            am.check(scenario, settings={"terrain.dem": heights(), "population": frame})
    with pytest.raises(TypeError, match="not DataFrame"):
        am.Scenario.load(scenario).set("coverage.radius_m", pandas.DataFrame(PEOPLE))
    with pytest.raises(ValueError, match="did you mean lon"):
        am.check(scenario, settings={"sites": pandas.DataFrame({"site_id": ["A"], "lonn": [1.0], "lat": [2.0]})})


def test_a_folder_that_cannot_be_written_is_named(scenario, monkeypatch):
    (scenario.parent / "from_python").write_text("")
    with pytest.raises(am.InputError, match="cannot be kept beside the scenario"):
        am.check(scenario, settings={"terrain.dem": heights()})


def test_a_geodataframe_is_people_boundaries_and_sites(plan, scenario, tmp_path):
    geopandas = pytest.importorskip("geopandas", reason="geopandas: pip install amaneku[geo]")
    from shapely.geometry import box

    places = geopandas.points_from_xy(PEOPLE["lon"], PEOPLE["lat"])
    people = geopandas.GeoDataFrame({"population": PEOPLE["population"]}, geometry=places, crs="EPSG:4326")
    sites = am.Scenario.load(scenario).sites.to_frame()
    located = geopandas.GeoDataFrame(
        sites.drop(columns=["lon", "lat"]),
        geometry=geopandas.points_from_xy(sites.lon, sites.lat),
        crs="EPSG:4326",
    )
    found = am.run(scenario, settings={"terrain.dem": heights(), "population": people, "sites": located})
    assert_same_plan(plan, found, tmp_path)

    towns = geopandas.GeoDataFrame(
        {"code": ["19001"], "town": ["甲町"]}, geometry=[box(138.4, 35.4, 138.55, 35.6)], crs="EPSG:4326"
    ).to_crs("EPSG:6676")
    settings = {
        "terrain.dem": heights(),
        "population": people.to_crs("EPSG:6676"),
        "boundaries": [{"path": towns, "code_field": "code", "name_fields": ["town"]}],
    }
    table = am.run(scenario, settings=settings).tables["municipalities"]
    assert table.set_index("name").population["甲町"] == pytest.approx(120.0)
    with pytest.raises(am.InputError, match="without CRS"):
        am.check(
            scenario,
            settings={"population": geopandas.GeoDataFrame(people.drop(columns="geometry"), geometry=places)},
        )
