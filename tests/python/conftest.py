"""One small plan over an invented world, made once and shared by the tests."""

from __future__ import annotations

import os
import pathlib
import subprocess
import textwrap

import numpy as np
import pytest

import amaneku as am

RIDGE_ASL_M = 400.0


def write_hgt(path: pathlib.Path, heights: np.ndarray) -> None:
    """SRTM .hgt: 16-bit big-endian, north to south; the name says the south-west corner."""
    heights.astype(">i2").tofile(path)


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """A plain at 10 m with a north-south ridge at 138.55 E; one site on either side of it, 200 people."""
    folder = tmp_path_factory.mktemp("world")
    heights = np.full((1201, 1201), 10)
    heights[:, 655:666] = RIDGE_ASL_M
    write_hgt(folder / "N35E138.hgt", heights)
    (folder / "people.csv").write_text("lon,lat,population\n138.52,35.52,120\n138.58,35.52,80\n")
    (folder / "scenario.toml").write_text(
        textwrap.dedent(
            """\
            [scenario]
            name = "Ridge"
            grid_m = 100.0
            synthetic = true
            [area]
            bbox_deg = [138.5, 35.5, 138.6, 35.55]
            [[terrain.dem]]
            path = "N35E138.hgt"
            [[population]]
            path = "people.csv"
            synthetic = true
            [sector_defaults]
            freq_hz = 4.85e9
            antenna = "isotropic"
            [[site]]
            id = "W"
            lon = 138.52
            lat = 35.525
            [[site.sector]]
            id = "1"
            [[site]]
            id = "E"
            lon = 138.58
            lat = 35.525
            [[site.sector]]
            id = "1"
            tx_agl_m = 15.0
            [propagation]
            model = "p526"
            [coverage]
            radius_m = 4000.0
            """
        )
    )
    return folder


@pytest.fixture(scope="session")
def plan(world: pathlib.Path) -> am.Plan:
    return am.run(world / "scenario.toml", threads=2)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """The scenario of a demo region that is not the one of the default seed."""
    return am.demo_region(tmp_path_factory.mktemp("demo") / "new", seed=7)


@pytest.fixture(scope="session")
def default_demo(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """The scenario of the demo region of the default seed, written into a folder that is there."""
    return am.demo_region(tmp_path_factory.mktemp("demo"))


@pytest.fixture(scope="session")
def stored(plan: am.Plan, tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """The folder that the small plan was saved to; not to be changed."""
    folder = tmp_path_factory.mktemp("stored") / "out"
    plan.save(folder)
    return folder


def run_in(folder: pathlib.Path, command: str) -> None:
    environment = {key: value for key, value in os.environ.items() if key not in {"AMANEKU_DATA", "PYTHONPATH"}}
    done = subprocess.run(
        ["bash", "-c", command], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{command}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}"


@pytest.fixture(scope="session")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """A folder with a build and the demo's output, where nothing else is."""
    build = pathlib.Path(am.__file__).parents[2]
    if not (build / "bin" / "amaneku").exists():
        pytest.skip("commands of the pages need a build folder, and this package is an installed one")
    folder = tmp_path_factory.mktemp("checkout")
    (folder / "build").mkdir()
    (folder / "build" / "release").symlink_to(build)
    run_in(folder, "build/release/bin/amaneku demo -o out/demo")
    return folder
