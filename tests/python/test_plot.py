"""Pictures show the numbers of the plan: axes in and out, in two languages, without and with their fonts."""

import subprocess
import sys
import types

import numpy as np
import pytest

import amaneku as am
from amaneku import _look, _words

FLAT = am.flat_profile(10_000.0)


def test_without_matplotlib_the_extra_is_named(plan, monkeypatch):
    for name in ("matplotlib", "matplotlib.pyplot"):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(ImportError, match=r"amaneku\[plot\]"):
        am.plot.coverage(plan)


def test_importing_the_package_imports_no_extra():
    extras = ("matplotlib", "pandas", "geopandas", "xarray", "tqdm", "scipy")
    script = f"import amaneku, sys; print([name for name in {extras} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_every_word_is_there_twice():
    for key, (english, japanese) in _words.WORDS.items():
        assert english, key
        assert japanese, key
    with pytest.raises(ValueError, match="lang"):
        _words.word("rsrp", "fr")


@pytest.fixture
def pyplot():
    pytest.importorskip("matplotlib", reason="pictures need matplotlib (Debian: python3-matplotlib)")
    pytest.importorskip("pandas")
    import matplotlib.pyplot as pyplot

    pyplot.switch_backend("Agg")
    yield pyplot
    pyplot.close("all")


pytestmark = pytest.mark.filterwarnings("ignore:no font for Japanese")


def labels(ax) -> list[str]:
    return [text.get_text() for text in ax.get_legend().get_texts()]


def picture(ax) -> np.ndarray:
    return np.asarray(ax.get_images()[0].get_array())


def test_coverage_has_the_plan_where_it_lies(pyplot, plan):
    ax = am.plot.coverage(plan)
    grid = plan.grid
    west, east, south, north = ax.get_images()[0].get_extent()
    assert (west, east) == pytest.approx((grid.west_m / 1e3, grid.east_m / 1e3))
    assert (south, north) == pytest.approx((grid.south_m / 1e3, grid.north_m / 1e3))
    computed = np.isfinite(plan.coverage.rsrp_dbm)
    colourful = np.ptp(picture(ax).astype(int), axis=2) > 0
    assert (colourful == (computed & (plan.coverage.rsrp_dbm >= plan.threshold_dbm))).all()
    assert (labels(ax)[-1] == "not computed") == (not computed.all())
    assert "SYNTHETIC" in ax.get_title()
    assert len(ax.lines[0].get_xdata()) == 2  # the sites
    assert ax.get_legend().get_title().get_text() == "Received power, dBm"


def test_axes_go_in_and_come_out(pyplot, plan):
    _, (left, right) = pyplot.subplots(1, 2)
    assert am.plot.coverage(plan, ax=left) is left
    assert am.plot.sinr(plan, ax=right) is right
    assert len(pyplot.get_fignums()) == 1


@pytest.mark.parametrize("draw", [am.plot.coverage, am.plot.sinr, am.plot.rates])
@pytest.mark.parametrize("lang", ["en", "ja"])
def test_maps_are_drawn(pyplot, plan, draw, lang):
    ax = draw(plan, lang=lang)
    ax.figure.canvas.draw()
    assert ax.get_xlabel() == _words.word("east_km", lang)


def test_rates_tell_the_unserved(pyplot, plan):
    ax = am.plot.rates(plan, direction="ul")
    assert "not served" in labels(ax)
    shown = picture(ax)
    unserved = plan.coverage.ul_mbps == 0.0
    assert (np.ptp(shown.astype(int), axis=2)[unserved] == 0).all()
    with pytest.raises(ValueError, match="direction"):
        am.plot.rates(plan, direction="up")


def test_difference_has_the_colours_of_its_cells(pyplot, plan, world):
    weaker = am.run(world / "scenario.toml", settings={"coverage.threshold_dbm": -90.0})
    ax = am.plot.difference(plan, weaker)
    cells = plan.compare(weaker).cells
    shown = picture(ax).astype(int)
    assert (cells == 3).any()
    red, green, blue = (shown[cells == 3][:, i] for i in range(3))
    assert (red >= green).all()
    assert (green > blue).all()  # orange
    assert labels(ax) == ["won", "lost", "covered in both", "in neither"]
    assert plan.compare(weaker).plot() is not ax


def test_profile_has_the_zone_of_the_formula(pyplot):
    ax = am.plot.profile(FLAT, freq_hz=299_792_458.0, tx_agl_m=50.0, rx_agl_m=50.0)
    zone = next(shape for shape in ax.collections if shape.get_label() == "first Fresnel zone")
    height = zone.get_paths()[0].vertices[:, 1]
    # Wavelength 1 m, 10 km: 50 m in the middle, around a line at 50 m.
    assert height.max() == pytest.approx(100.0, abs=0.01)
    assert height.min() == pytest.approx(0.0, abs=0.01)
    ground = next(shape for shape in ax.collections if shape.get_label() == "ground")
    bulge = 5000.0**2 / (2.0 * am._core.default_effective_earth_radius_m)
    assert ground.get_paths()[0].vertices[:, 1].max() == pytest.approx(bulge)
    with pytest.raises(ValueError, match="freq_hz"):
        am.plot.profile(FLAT, freq_hz=0.0, tx_agl_m=1.0, rx_agl_m=1.0)


def test_clutter_is_drawn_where_there_is_any(pyplot):
    wood = am.Profile(distance_m=[0, 50, 100], ground_asl_m=[1, 1, 1], clutter_m=[0, 12, 0])
    ax = am.plot.profile(wood, freq_hz=2e9, tx_agl_m=30, rx_agl_m=1.5, lang="ja")
    assert "建物・樹木" in labels(ax)


@pytest.fixture
def studied(plan):
    """A plan with tables of studies, small enough to be counted."""
    pandas = pytest.importorskip("pandas")

    def point(x, y):
        return b"\x01\x01\x00\x00\x00" + np.array([x, y], "<f8").tobytes()

    def line(*points):
        head = b"\x01\x02\x00\x00\x00" + len(points).to_bytes(4, "little")
        return head + np.array(points, "<f8").tobytes()

    course = {"id": "bus", "direction": "there"}
    tables = {
        "sites": plan.tables["sites"],
        "routes": pandas.DataFrame(
            [{**course, "latency_p50_ms": 80.0, "latency_p95_ms": 120.0, "latency_p99_ms": np.nan}]
        ),
        "route_profile": pandas.DataFrame(
            {
                **course,
                "at_m": [0.0, 100.0, 200.0, 300.0, 400.0],
                "way": ["open", "open", "tunnel", "open", "bridge"],
                "rsrp_dbm": [-80.0, -95.0, np.nan, -100.0, -90.0],
                "shortage": ["none", "none", "no_link", "uplink", "none"],
                "without_link_share": [0.0, 0.0, 1.0, 0.5, 0.0],
            }
        ),
        "handovers": pandas.DataFrame([{**course, "at_m": 350.0}]),
        "route_latency": pandas.DataFrame(
            {**course, "part": ["radio", "core"], "mean_ms": [30.0, 5.0], "p99_ms": [90.0, np.nan]}
        ),
        "site_costs": pandas.DataFrame(
            {
                "site_id": ["cheap", "dear"],
                "capex_jpy": [10_000_000, 30_000_000],
                "national_jpy": [5_000_000, 20_000_000],
                "prefecture_jpy": [0, 4_000_000],
                "municipality_jpy": [5_000_000, 6_000_000],
                "operator_jpy": [0, 0],
            }
        ),
        "target_curves": pandas.DataFrame(
            {
                "metric": ["people", "people"],
                "scope": ["plan", "plan"],
                "operator": ["", ""],
                "fiscal_year": [2027, 2026],
                "actual": [80.0, 60.0],
            }
        ),
        "targets": pandas.DataFrame(
            [{"metric": "people", "scope": "plan", "fiscal_year": 2027, "required": 90.0}]
        ),
        "backhaul_sites": pandas.DataFrame([{"site_id": "W"}]),
        "exchanges": pandas.DataFrame([{"name": "office", "geometry": point(0.0, 1000.0)}]),
        "fibre": pandas.DataFrame(
            [
                {"use": "way", "geometry": line((0.0, 0.0), (1000.0, 500.0), (2000.0, 0.0))},
                {"use": "gap", "geometry": line((0.0, 0.0), (0.0, 1000.0))},
            ]
        ),
        "microwave": pandas.DataFrame([{"geometry": line((0.0, 0.0), (3000.0, 0.0))}]),
    }
    shown = types.SimpleNamespace(
        name="Studied",
        synthetic=False,
        credits=["出典: 試験"],
        grid=plan.grid,
        ground_asl_m=plan.ground_asl_m,
        threshold_dbm=-110.0,
        tables=tables,
    )
    return shown


def test_road_marks_what_is_short_where_it_is(pyplot, studied):
    ax = am.plot.road(studied)
    spans = {patch.get_label(): patch for patch in ax.patches if not patch.get_label().startswith("_")}
    assert set(spans) == {"no link", "uplink too slow", "tunnel", "bridge"}
    for name, ends in {"no link": (0.15, 0.25), "uplink too slow": (0.25, 0.35), "bridge": (0.35, 0.4)}.items():
        span = spans[name]
        x = span.get_path().transformed(span.get_patch_transform()).vertices[:, 0]
        assert (x.min(), x.max()) == pytest.approx(ends)
    power = ax.lines[0]
    assert power.get_xdata().tolist() == pytest.approx([0.0, 0.1, 0.2, 0.3, 0.4])
    assert np.isnan(power.get_ydata()[2])
    assert "Studied: bus" in ax.get_title()
    with pytest.raises(am.InputError, match="no such route"):
        am.plot.road(studied, "tram")
    with pytest.raises(am.InputError, match="has none"):
        am.plot.road(studied, "bus", direction="back")


def test_latency_has_a_bar_for_each_part(pyplot, studied):
    ax = am.plot.latency(studied, "bus")
    assert [bar.get_width() for bar in ax.patches] == [30.0, 5.0]
    assert labels(ax) == ["half of the messages: 80 ms", "95 %: 120 ms"]  # later than 2 s: no line


def test_costs_stack_up_to_the_purchase(pyplot, studied):
    ax = am.plot.costs(studied)
    assert [text.get_text() for text in ax.get_xticklabels()] == ["dear", "cheap"]
    tops = {}
    for bar in ax.patches:
        tops[round(bar.get_x() + bar.get_width() / 2)] = bar.get_y() + bar.get_height()
    assert tops == pytest.approx({0: 30.0, 1: 10.0})
    assert labels(ax) == ["nation", "prefecture", "municipality"]  # the operator pays nothing
    studied.tables["site_costs"] = studied.tables["site_costs"][["site_id", "capex_jpy"]]
    assert labels(am.plot.costs(studied, lang="ja")) == ["整備費"]


def test_curves_go_forward_in_time(pyplot, studied):
    ax = am.plot.target_curves(studied)
    assert ax.lines[0].get_xdata().tolist() == [2026.0, 2027.0]
    assert ax.lines[0].get_ydata().tolist() == [60.0, 80.0]
    assert ax.lines[1].get_ydata().tolist() == [90.0]  # what is required


def test_fibre_has_every_line(pyplot, studied):
    ax = am.plot.fibre(studied)
    drawn = {line.get_label(): line for line in ax.lines if not line.get_label().startswith("_")}
    assert set(drawn) == {"cable", "straight estimate", "microwave", "site", "exchange"}
    assert drawn["cable"].get_xdata().tolist() == [0.0, 1.0, 2.0]
    assert drawn["microwave"].get_linestyle() != drawn["cable"].get_linestyle()
    assert drawn["exchange"].get_ydata()[0] == 1.0


@pytest.mark.parametrize(
    "draw", [am.plot.road, am.plot.latency, am.plot.costs, am.plot.target_curves, am.plot.fibre]
)
def test_a_plan_without_the_study_says_so(pyplot, plan, draw):
    with pytest.raises(am.InputError, match=r"does not ask for that study|has no rows"):
        draw(plan)
    assert not pyplot.get_fignums()


def test_japanese_without_a_font_is_warned_of(pyplot, plan, monkeypatch):
    monkeypatch.setattr(am.plot, "_japanese_font", lambda: None)
    with pytest.warns(UserWarning, match="fonts-noto-cjk"):
        am.plot.coverage(plan, lang="ja")


def test_japanese_with_a_font_uses_it(pyplot, plan):
    font = am.plot._japanese_font()
    if font is None:
        pytest.skip("no Japanese font on this machine (Debian: fonts-noto-cjk)")
    ax = am.plot.coverage(plan, lang="ja")
    assert ax.xaxis.label.get_fontfamily()[0] == font
    assert am.plot.coverage(plan).xaxis.label.get_fontfamily()[-1] == font


def test_colours_are_told_apart_without_red_and_green():
    """Deuteranopia by the matrix of Machado et al. (2009), severity 1."""
    matrix = np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]]
    )
    names = (_look.BLUE, _look.ORANGE, _look.GREEN, _look.RED, _look.SKY, _look.PURPLE, _look.YELLOW)
    colours = np.array([[int(name[i : i + 2], 16) for i in (1, 3, 5)] for name in names]) / 255.0
    seen = np.clip(colours @ matrix.T, 0.0, 1.0)
    apart = np.linalg.norm(seen[:, None] - seen[None], axis=2) + np.eye(len(names))
    assert apart.min() > 0.12
