"""Runs in parts on workers of Dask: the bytes of one run, and what is left after kills."""

import filecmp
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import textwrap
import time

import pytest

import amaneku as am

distributed = pytest.importorskip(
    "distributed", reason="am.distributed needs dask.distributed (python3-distributed)"
)
pandas = pytest.importorskip("pandas", reason="am.distributed needs pandas")

SETTINGS = {"coverage.radius_m": 3000.0}


@pytest.fixture(scope="module")
def single(default_demo, tmp_path_factory):
    """What one process makes of it, saved."""
    folder = tmp_path_factory.mktemp("single") / "out"
    am.run(default_demo, settings=SETTINGS).save(folder)
    return folder


@pytest.fixture
def small(world):
    """Where losses matter, and not how many."""
    return world / "scenario.toml"


@pytest.fixture(scope="module")
def client():
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0", memory_limit=0
        ) as cluster,
        distributed.Client(cluster) as found,
    ):
        yield found


def assert_same_files(a: pathlib.Path, b: pathlib.Path) -> None:
    names = sorted(file.name for file in a.iterdir() if file.name != "timing.json")
    assert names == sorted(file.name for file in b.iterdir() if file.name != "timing.json")
    assert len(names) > 10
    _, differ, failed = filecmp.cmpfiles(a, b, names, shallow=False)
    assert (differ, failed) == ([], [])


def test_every_file_is_that_of_one_run(default_demo, single, client, tmp_path):
    told = []
    plan = am.distributed.run(
        default_demo, client, settings=SETTINGS, folder=tmp_path / "parts", on_progress=lambda *at: told.append(at)
    )
    plan.save(tmp_path / "out")
    assert_same_files(single, tmp_path / "out")
    losses = [done for stage, done in told if stage == "losses"]
    assert losses == sorted(losses)
    assert losses[-1] == 1.0
    tasks = am.distributed.tasks(tmp_path / "parts")
    files = list((tmp_path / "parts").glob("losses-*.h5"))
    assert sorted(tasks.part) == list(range(len(files)))
    assert tasks.sites.sum() == len(files)
    assert tasks.bytes.sum() == sum(file.stat().st_size for file in files)
    assert (tasks.bytes > 1000).all()
    assert (tasks.peak_mib > 1).all()
    assert tasks.worker.nunique() == 2
    site = next(iter(am.Scenario(default_demo).sites.values()))
    assert plan.explain(site.lon + 0.005, site.lat).verdict


def test_loads_and_operators_without_kept_losses_are_the_same_too(default_demo, client, tmp_path):
    """Nothing is kept: the second pass of the load and the maps of each operator read the parts again."""
    settings = {**SETTINGS, "output.path_loss": "never", "site.S02.operator": "B"}
    if am.Scenario(default_demo).get("traffic") is None:
        settings["traffic.dl_gb_per_month"] = 10.0
    am.run(default_demo, settings=settings).save(tmp_path / "a")
    plan = am.distributed.run(default_demo, client, settings=settings, folder=tmp_path / "parts", most_parts=3)
    assert not plan.coverage.has_path_loss
    assert plan.coverage.cell_loads
    assert "operators" in plan.tables or "operators" in plan.summary
    plan.save(tmp_path / "b")
    assert_same_files(tmp_path / "a", tmp_path / "b")
    assert len(am.distributed.tasks(tmp_path / "parts")) == 3


def test_a_worker_that_is_killed_costs_time_only(default_demo, single, tmp_path):
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0", memory_limit=0
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        pids = client.run(os.getpid)
        killed = []

        def kill_one(stage: str, done: float) -> None:
            if stage == "losses" and 0.0 < done < 1.0 and not killed:
                killed.append(min(pids.values()))
                os.kill(killed[0], signal.SIGKILL)

        plan = am.distributed.run(
            default_demo, client, settings=SETTINGS, folder=tmp_path / "parts", on_progress=kill_one
        )
        assert killed
    plan.save(tmp_path / "out")
    assert_same_files(single, tmp_path / "out")


def test_after_a_kill_of_everything_it_goes_on(default_demo, single, client, tmp_path):
    script = tmp_path / "script.py"
    script.write_text(
        textwrap.dedent(
            f"""\
            import os, signal
            import amaneku as am

            def kill_all(stage, done):
                if stage == "losses" and done > 0.2:
                    os.killpg(0, signal.SIGKILL)

            if __name__ == "__main__":
                am.distributed.run(
                    {str(default_demo)!r},
                    settings={SETTINGS!r},
                    folder={str(tmp_path / "parts")!r},
                    workers=1,
                    on_progress=kill_all,
                )
            """
        )
    )
    done = subprocess.run([sys.executable, script], start_new_session=True, check=False, timeout=60)
    assert done.returncode == -signal.SIGKILL
    finished = {file: file.stat().st_mtime_ns for file in (tmp_path / "parts").glob("losses-*.h5")}
    assert finished
    (tmp_path / "parts" / ".losses-00001.h5.half").write_text("of a worker that died")

    plan = am.distributed.run(default_demo, client, settings=SETTINGS, folder=tmp_path / "parts")
    plan.save(tmp_path / "out")
    assert_same_files(single, tmp_path / "out")
    assert {file: file.stat().st_mtime_ns for file in finished} == finished
    assert len(finished) < len(list((tmp_path / "parts").glob("losses-*.h5")))
    assert not list((tmp_path / "parts").glob(".losses-*"))


def test_parts_of_another_plan_are_refused(small, client, tmp_path):
    parts = tmp_path / "parts"
    am.distributed.run(small, client, settings=SETTINGS, folder=parts)
    with pytest.raises(am.InputError, match="has losses of another scenario"):
        am.distributed.run(small, client, settings={"coverage.radius_m": 2000.0}, folder=parts)

    first, second = sorted(parts.glob("losses-*.h5"))
    whole = first.read_bytes()
    first.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(am.InputError, match=r"losses-00000.h5: is no file of losses, or damaged: remove it"):
        am.distributed.run(small, client, settings=SETTINGS, folder=parts)
    first.write_bytes(second.read_bytes())
    with pytest.raises(am.InputError, match="are in none of the files"):
        am.distributed.run(small, client, settings=SETTINGS, folder=parts)
    first.unlink()
    am.distributed.run(small, client, settings=SETTINGS, folder=parts)
    assert first.read_bytes() == whole

    (parts / "region.json").write_text("[]")
    with pytest.raises(am.InputError, match=r"has a region\.json that is damaged"):
        am.distributed.run(small, client, settings=SETTINGS, folder=parts)
    (parts / "region.json").unlink()
    with pytest.raises(am.InputError, match=r"but no region\.json"):
        am.distributed.run(small, client, settings=SETTINGS, folder=parts)


def test_a_sweep_has_the_figures_of_single_runs(small, client, tmp_path):
    radii = [2000.0, 3000.0]
    varied = [{"coverage.radius_m": radius} for radius in radii] + [{"coverage.radius_m": -1.0}]
    frame = am.distributed.run(small, client, settings=varied, folder=tmp_path / "sweep")
    assert list(frame["coverage.radius_m"]) == [2000.0, 3000.0, -1.0]
    for row, radius in enumerate(radii):
        alone = am.run(small, settings={"coverage.radius_m": radius})
        assert frame["population.covered"][row] == alone.summary["population"]["covered"]
        alone.save(tmp_path / f"alone{row}")
        assert_same_files(tmp_path / f"alone{row}", pathlib.Path(frame["folder"][row]))
    assert list(frame["error"][:2]) == ["", ""]
    assert "radius_m" in frame["error"][2]
    assert frame["population.covered"].isna()[2]

    result = pathlib.Path(frame["folder"][0]) / "result.h5"
    before = result.stat().st_mtime_ns
    again = am.distributed.run(small, client, settings=varied, folder=tmp_path / "sweep")
    assert result.stat().st_mtime_ns == before
    assert list(again["population.covered"][:2]) == list(frame["population.covered"][:2])
    with pytest.raises(am.InputError, match="has another sweep"):
        am.distributed.run(small, client, settings=varied[:1], folder=tmp_path / "sweep")

    scenario = am.Scenario.load(small).set("coverage.radius_m", 500.0)
    several = am.distributed.run([scenario, small], client, settings={"coverage.threshold_dbm": -100.0})
    assert len(several) == 2
    assert several["population.covered"][0] < several["population.covered"][1]
    assert several["folder"].isna().all()


def test_a_sweep_over_tables_in_memory(small, client, tmp_path):
    for name in ("scenario.toml", "people.csv", "N35E138.hgt"):
        shutil.copy(small.parent / name, tmp_path)
    people = pandas.read_csv(tmp_path / "people.csv")
    varied = [{"population": people}, {"population": people.iloc[:1]}]
    frame = am.distributed.run(tmp_path / "scenario.toml", client, settings=varied)
    assert list(frame["error"]) == ["", ""]
    assert list(frame["population.total"]) == [200.0, 120.0]
    assert all("from_python/population-" in tables[0]["path"] for tables in frame["population"])


def test_a_worker_takes_at_most_20_bytes_a_cell(default_demo, tmp_path):
    """Between two grids of one region: what does not grow with its cells is left out."""
    script = textwrap.dedent(
        """\
        import resource, sys
        from amaneku import _core

        settings = [("scenario.grid_m", sys.argv[2]), ("coverage.radius_m", "1000.0")]
        region = _core.read_region(sys.argv[1], settings)
        _core.write_site_losses(region, sys.argv[3], "id", region.sites_in_order()[0], 1, None)
        print(region.cells, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)
        """
    )

    def measured(grid_m: float) -> tuple[int, int]:
        arguments = [str(default_demo), str(grid_m), str(tmp_path / f"{grid_m}.h5")]
        told = subprocess.run(
            [sys.executable, "-c", script, *arguments], capture_output=True, text=True, check=True
        )
        return tuple(int(value) for value in told.stdout.split())

    (few, small), (many, large) = measured(50.0), measured(10.0)
    assert many > 20 * few
    assert (large - small) / (many - few) <= 20.0


def test_wrong_arguments_are_named(small, client, tmp_path):
    with pytest.raises(ValueError, match="folder= names a folder"):
        am.distributed.run(small, client)
    with pytest.raises(am.InputError, match="most_parts"):
        am.distributed.run(small, client, folder=tmp_path, most_parts=0)
    with pytest.raises(am.InputError, match="radius_m"):
        am.distributed.run(small, client, folder=tmp_path, settings={"coverage.radius_m": -1.0})
    with pytest.raises(TypeError, match="on_progress"):
        am.distributed.run(small, client, folder=tmp_path, on_progress=3)
    with pytest.raises(TypeError, match="a scenario is a file"):
        am.distributed.run([3], client)
    with pytest.raises(ValueError, match="nothing to run"):
        am.distributed.run([], client)


def test_a_scheduler_that_does_not_answer_is_an_error(default_demo, tmp_path, monkeypatch):
    monkeypatch.setattr("amaneku.distributed._ANSWER_S", 1.0)
    with pytest.raises(ConnectionError, match="no scheduler of Dask answers there"):
        am.distributed.run(default_demo, "tcp://127.0.0.1:1", folder=tmp_path / "a")
    scheduler = subprocess.Popen(
        [
            *(sys.executable, "-m", "distributed.cli.dask_scheduler", "--port", "0", "--no-dashboard"),
            *("--scheduler-file", tmp_path / "scheduler.json"),
        ],
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(200):
            if (tmp_path / "scheduler.json").exists():
                break
            time.sleep(0.05)
        with distributed.Client(scheduler_file=str(tmp_path / "scheduler.json"), timeout=10) as client:
            scheduler.kill()
            scheduler.wait()
            with pytest.raises(ConnectionError, match="does not answer"):
                am.distributed.run(default_demo, client, folder=tmp_path / "b")
    finally:
        scheduler.kill()


def test_without_dask_it_says_what_is_missing(default_demo, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ImportError, match=r"pip install amaneku\[dask\]"):
        am.distributed.run(default_demo)
