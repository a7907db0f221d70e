"""Runs spread over the workers of Dask: many scenarios, or one large region in parts.

    plan = am.distributed.run("scenario.toml", folder="/shared/parts")          # one region, its sites in parts
    frame = am.distributed.run("scenario.toml", settings=[{"coverage.radius_m": r} for r in (5e3, 10e3)])

Needs dask.distributed (amaneku[dask]). Without a client, workers of their own run on this machine, one process a
core; in a script that is started by itself, call run() under `if __name__ == "__main__":`, because the workers
read the script again.
"""

from __future__ import annotations

import contextlib
import csv
import hashlib
import json
import os
import pathlib
import queue
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, overload

from amaneku import _core
from amaneku._faults import checked_threads, refused
from amaneku._files import write_whole
from amaneku._memory import with_files
from amaneku._plan import Plan, Setting, _toml
from amaneku._scenario import Scenario

if TYPE_CHECKING:
    import distributed
    import pandas

_FORMAT = 1
_MOST_PARTS = 2000
_SILENCE_S = 2.0
"""After this long without an answer the scheduler is asked whether it lives."""
_ANSWER_S = 10.0

Source = str | os.PathLike[str] | Scenario
"""A scenario: its file, or one that was changed."""


@overload
def run(
    scenario: Source,
    client: distributed.Client | str | None = None,
    *,
    settings: Mapping[str, Setting] | None = None,
    folder: str | os.PathLike[str] | None = None,
    workers: int = 0,
    threads: int = 1,
    most_parts: int = _MOST_PARTS,
    on_progress: Callable[[str, float], object] | None = None,
) -> Plan: ...
@overload
def run(
    scenario: Source,
    client: distributed.Client | str | None = None,
    *,
    settings: Sequence[Mapping[str, Setting]],
    folder: str | os.PathLike[str] | None = None,
    workers: int = 0,
    threads: int = 1,
    most_parts: int = _MOST_PARTS,
    on_progress: Callable[[str, float], object] | None = None,
) -> pandas.DataFrame: ...
@overload
def run(
    scenario: Sequence[Source],
    client: distributed.Client | str | None = None,
    *,
    settings: Mapping[str, Setting] | Sequence[Mapping[str, Setting]] | None = None,
    folder: str | os.PathLike[str] | None = None,
    workers: int = 0,
    threads: int = 1,
    most_parts: int = _MOST_PARTS,
    on_progress: Callable[[str, float], object] | None = None,
) -> pandas.DataFrame: ...
def run(
    scenario: Source | Sequence[Source],
    client: distributed.Client | str | None = None,
    *,
    settings: Mapping[str, Setting] | Sequence[Mapping[str, Setting]] | None = None,
    folder: str | os.PathLike[str] | None = None,
    workers: int = 0,
    threads: int = 1,
    most_parts: int = _MOST_PARTS,
    on_progress: Callable[[str, float], object] | None = None,
) -> Plan | pandas.DataFrame:
    """Plans on the workers of a Dask client, or on `workers` processes of this machine (0: one a core).

    One scenario is one region: its sites are cut into at most `most_parts` parts of neighbours, each part is a
    task that computes the path losses of its sites, and the plan is made of them here. Its bytes are those of
    am.run(), with every study. Losses lie in `folder`, an HDF5 file a site, and stay there: a run that was ended
    goes on with what is there, and a folder with losses of another scenario is refused. Without a folder they lie
    in a temporary one while the plan is made. `folder/tasks.csv` has the time and the memory of each task.

    Several scenarios, or one with a list of `settings`, are a sweep: one task each, and a frame with a row for
    each, in order: `scenario`, what was set, `folder`, `seconds`, the figures of summary.json by their dotted
    names, and `error`, which is empty where all went well. With a `folder` every result is saved below it, and a
    run that was ended goes on with the results that are missing.

    `client` may be the address of a scheduler. Its workers see the files of the scenario and `folder` under the
    same paths, and have the same version of amaneku. `threads`: of each task. `on_progress(stage, done_fraction)`
    is called here. A worker that dies costs time: Dask gives its tasks to others.

    ImportError without dask.distributed, ConnectionError where the scheduler does not answer, InputError for a
    wrong scenario.
    """
    if on_progress is not None and not callable(on_progress):
        raise TypeError(f"on_progress is a function of (stage, done_fraction), not {type(on_progress).__name__}")
    if not 1 <= most_parts <= 100_000:
        raise refused("is out of range", key="most_parts", value=str(most_parts), legal="1 .. 100000")
    threads = checked_threads(threads) or 1
    _distributed()
    tell = on_progress or (lambda stage, done: None)
    sources = [scenario] if isinstance(scenario, (str, os.PathLike, Scenario)) else list(scenario)
    one_region = sources[0:1] == [scenario] and (settings is None or isinstance(settings, Mapping))
    own_folder = None
    if folder is None and one_region:
        if client is not None:
            raise ValueError("folder= names a folder that this process and all workers see: parts lie there")
        own_folder = tempfile.TemporaryDirectory(prefix="amaneku-parts-")
        folder = own_folder.name
    try:
        if one_region:
            return _run_region(
                _job(sources[0], settings), client, pathlib.Path(folder), workers, threads, most_parts, tell
            )
        varied = [settings] if settings is None or isinstance(settings, Mapping) else list(settings)
        jobs = [_job(source, more) for source in sources for more in varied]
        if not jobs:
            raise ValueError("nothing to run: no scenarios, or no settings")
        return _run_sweep(jobs, client, None if folder is None else pathlib.Path(folder), workers, threads, tell)
    finally:
        if own_folder is not None:
            own_folder.cleanup()


def tasks(folder: str | os.PathLike[str]) -> pandas.DataFrame:
    """What the tasks of a region took: part, sites, seconds, read_seconds, peak_mib, bytes, worker.

    A row as each was finished; runs that went on with the folder count their parts anew. `read_seconds`: reading
    of the scenario, once a worker; `peak_mib`: the largest memory of the worker so far; `bytes`: of the files of
    losses.
    """
    import pandas

    return pandas.read_csv(pathlib.Path(folder) / "tasks.csv")


# A region in parts.


def _run_region(
    job: dict[str, Any],
    client: distributed.Client | str | None,
    folder: pathlib.Path,
    workers: int,
    threads: int,
    most_parts: int,
    tell: Callable[[str, float], object],
) -> Plan:
    tell("read", 0.0)
    region = _core.read_region(job["file"], job["settings"])
    tell("read", 1.0)
    identity = _identity(region.text, region.settings, region.input_sha256)
    folder = folder.absolute()
    _agree_on_region(folder, identity, job)
    files = {site: folder / f"losses-{site:05d}.h5" for site in region.sites_in_order()}
    missing = [site for site, file in files.items() if not file.exists()]
    done = len(files) - len(missing)
    tell("losses", done / max(1, len(files)))
    if missing:
        todo = [
            {
                **{key: job[key] for key in ("file", "settings")},
                "identity": identity,
                "part": number,
                "files": {site: str(files[site]) for site in part},
                "threads": threads,
            }
            for number, part in enumerate(_cut(missing, most_parts))
        ]
        with _client_of(client, workers, len(todo)) as used, _TaskTable(folder / "tasks.csv") as table:
            for _, report in _outcomes(used, _compute_part, todo):
                table.add(report)
                done += report["sites"]
                tell("losses", done / len(files))
        for leftover in folder.glob(".losses-*"):  # of workers that died
            leftover.unlink(missing_ok=True)
    plan = Plan(_core.join_losses(region, [str(file) for file in files.values()], identity, 0, tell))
    plan._scenario = pathlib.Path(job["file"])
    return plan


def _agree_on_region(folder: pathlib.Path, identity: str, job: dict[str, Any]) -> None:
    """The folder is new, or holds losses of this very plan."""
    manifest = folder / "region.json"
    if manifest.exists():
        try:
            known = json.loads(manifest.read_text(encoding="utf-8"))
            same = known["format"] == _FORMAT and known["identity"] == identity
            what = known["scenario"]
        except (ValueError, KeyError, TypeError):
            raise refused(
                "has a region.json that is damaged or something else: name another folder",
                key="folder",
                value=str(folder),
            ) from None
        if not same:
            raise refused(
                f"has losses of another scenario, of other data or of another version of amaneku ({what}): "
                "name another folder, or remove this one",
                key="folder",
                value=str(folder),
            )
        return
    folder.mkdir(parents=True, exist_ok=True)
    stale = next(folder.glob("losses-*.h5"), None)
    if stale is not None:
        raise refused(f"has {stale.name} but no region.json: name another folder", key="folder", value=str(folder))
    written = {
        "format": _FORMAT,
        "identity": identity,
        "scenario": job["file"],
        "settings": dict(job["settings"]),
    }
    write_whole(manifest, json.dumps(written, indent=1, ensure_ascii=False) + "\n")


def _cut(sites: Sequence[int], most_parts: int) -> list[Sequence[int]]:
    """Neighbours together, as few a part as make no more than `most_parts`."""
    each = max(1, -(-len(sites) // most_parts))
    return [sites[first : first + each] for first in range(0, len(sites), each)]


def _compute_part(job: dict[str, Any]) -> dict[str, Any]:
    """In a worker."""
    start = time.perf_counter()
    region = _held_region(job)
    read = time.perf_counter() - start
    files = {site: pathlib.Path(file) for site, file in job["files"].items()}
    for site, file in files.items():
        if file.exists():  # a worker that was thought dead has finished it
            continue
        if not file.parent.is_dir():
            raise _core.InputError(
                f"worker {_host()} does not see {file.parent}: folder= must be one that all share"
            )
        _core.write_site_losses(region, str(file), job["identity"], site, job["threads"], None)
    return {
        "part": job["part"],
        "sites": len(files),
        "seconds": round(time.perf_counter() - start, 3),
        "read_seconds": round(read, 3),
        "peak_mib": round(_peak_mib(), 1),
        "bytes": sum(file.stat().st_size for file in files.values()),
        "worker": f"{_host()}:{os.getpid()}",
    }


_held: tuple[Any, _core.Region] | None = None
_held_lock = threading.Lock()


def _held_region(job: dict[str, Any]) -> _core.Region:
    """The scenario as this worker has read it, once for all of its parts."""
    global _held
    key = (job["file"], job["settings"], job["identity"])
    with _held_lock:
        if _held is None or _held[0] != key:
            _held = None
            region = _core.read_region(job["file"], job["settings"])
            if _identity(region.text, region.settings, region.input_sha256) != job["identity"]:
                raise _core.InputError(
                    f"worker {_host()} reads another scenario, other data or is another version of amaneku "
                    f"({_core.version}, {_core.git_revision}) than the process that asked: {job['file']}"
                )
            _held = (key, region)
        return _held[1]


class _TaskTable:
    """A line for each part as it is finished, also over several runs."""

    _columns = ("part", "sites", "seconds", "read_seconds", "peak_mib", "bytes", "worker")

    def __init__(self, file: pathlib.Path) -> None:
        self._file = file

    def __enter__(self) -> _TaskTable:
        self._open = self._file.open("a", newline="", encoding="utf-8")
        self._writer = csv.DictWriter(self._open, self._columns)
        if self._open.tell() == 0:
            self._writer.writeheader()
        return self

    def add(self, report: Mapping[str, Any]) -> None:
        self._writer.writerow(report)
        self._open.flush()

    def __exit__(self, *error: object) -> None:
        self._open.close()


# Many scenarios.


def _run_sweep(
    jobs: list[dict[str, Any]],
    client: distributed.Client | str | None,
    folder: pathlib.Path | None,
    workers: int,
    threads: int,
    tell: Callable[[str, float], object],
) -> pandas.DataFrame:
    try:
        import pandas
    except ImportError as missing:
        raise ImportError("a sweep needs pandas: pip install amaneku[dask]") from missing

    if folder is not None:
        folder = folder.absolute()
        _agree_on_sweep(folder, jobs)
    todo = [
        {
            **{key: job[key] for key in ("file", "settings")},
            "threads": threads,
            "out": None if folder is None else str(folder / f"{number:04d}"),
        }
        for number, job in enumerate(jobs)
    ]
    rows: list[dict[str, Any]] = [{} for _ in jobs]
    tell("runs", 0.0)
    with _client_of(client, workers, len(todo)) as used:
        for done, outcome in enumerate(_outcomes(used, _run_one, todo, keep_failures=True), start=1):
            number, found = outcome
            rows[number] = found
            tell("runs", done / len(jobs))
    varied = list(dict.fromkeys(key for job in jobs for key, _ in job["settings"]))
    table = []
    for job, row in zip(jobs, rows, strict=True):
        given = dict(job["given"])
        head = {"scenario": job["file"], **{key: given.get(key) for key in varied}}
        table.append(
            {
                **head,
                **{key: row.get(key) for key in ("folder", "seconds")},
                **row.get("figures", {}),
                "error": row.get("error", ""),
            }
        )
    frame = pandas.DataFrame(table)
    return frame[[column for column in frame.columns if column != "error"] + ["error"]]


def _agree_on_sweep(folder: pathlib.Path, jobs: list[dict[str, Any]]) -> None:
    listed = [{"scenario": job["file"], "settings": dict(job["settings"])} for job in jobs]
    manifest = folder / "sweep.json"
    if manifest.exists():
        try:
            known = json.loads(manifest.read_text(encoding="utf-8"))["runs"]
        except (ValueError, KeyError, TypeError):
            raise refused(
                "is no sweep, or damaged: name another folder", key="folder", value=str(folder)
            ) from None
        if known != listed:
            raise refused(
                "has another sweep: name another folder, or remove this one", key="folder", value=str(folder)
            )
        return
    folder.mkdir(parents=True, exist_ok=True)
    write_whole(manifest, json.dumps({"format": _FORMAT, "runs": listed}, indent=1, ensure_ascii=False) + "\n")


def _run_one(job: dict[str, Any]) -> dict[str, Any]:
    """In a worker: figures, and the saved result where there is a folder."""
    start = time.perf_counter()
    out = None if job["out"] is None else pathlib.Path(job["out"])
    try:
        mark = None if out is None else out.with_suffix(".json")
        if mark is not None and mark.exists():
            kept = json.loads(mark.read_text(encoding="utf-8"))
            region = _core.read_region(job["file"], job["settings"])
            if kept["identity"] == _identity(region.text, region.settings, region.input_sha256):
                return kept["row"]
        plan = Plan(_core.run(job["file"], job["threads"], job["settings"], None))
        if out is not None:
            if not out.parent.is_dir():
                raise _core.InputError(f"worker {_host()} does not see {out.parent}: all must share folder=")
            plan.save(out)
        row = {
            "folder": job["out"],
            "seconds": round(time.perf_counter() - start, 3),
            "figures": dict(_figures(plan.summary)),
        }
        if mark is not None:
            whence = plan.provenance
            identity = _identity(whence.scenario_text, whence.settings, whence.input_sha256)
            write_whole(mark, json.dumps({"identity": identity, "row": row}, indent=1) + "\n")
        return row
    except _core.InputError as error:
        return {"error": str(error), "seconds": round(time.perf_counter() - start, 3)}


def _figures(part: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, float | int | bool | None]]:
    """Numbers of a summary by their dotted names, without what describes the scenario."""
    for key, value in part.items():
        if not prefix and key in ("schema", "program", "scenario", "plan"):
            continue
        if isinstance(value, Mapping):
            yield from _figures(value, f"{prefix}{key}.")
        elif isinstance(value, (bool, int, float)):
            yield f"{prefix}{key}", value


# Dask.


def _distributed() -> Any:
    try:
        import distributed
    except ImportError as missing:
        raise ImportError(
            "am.distributed needs dask.distributed: pip install amaneku[dask], or Debian's python3-distributed"
        ) from missing
    return distributed


@contextlib.contextmanager
def _client_of(given: distributed.Client | str | None, workers: int, jobs: int) -> Iterator[distributed.Client]:
    distributed = _distributed()
    if given is None:
        count = min(workers or len(os.sched_getaffinity(0)), jobs)
        with (
            distributed.LocalCluster(
                n_workers=count, threads_per_worker=1, processes=True, dashboard_address=":0", memory_limit=0
            ) as cluster,
            distributed.Client(cluster) as client,
        ):
            yield client
    elif isinstance(given, str):
        try:
            client = distributed.Client(given, timeout=_ANSWER_S)
        except (OSError, ValueError) as error:
            raise ConnectionError(f"client = {given!r}: no scheduler of Dask answers there ({error})") from None
        with client:
            yield client
    else:
        _check_alive(given)
        yield given


def _check_alive(client: distributed.Client) -> None:
    """ConnectionError where the scheduler does not answer, or has no workers."""
    workers: Any = None
    try:
        if client.status == "running":
            workers = client.sync(client.scheduler.identity, callback_timeout=_ANSWER_S)["workers"]
    except Exception:
        workers = None
    if workers is None:
        where = getattr(client.scheduler, "address", None) or "of the client"
        raise ConnectionError(f"the scheduler {where} does not answer: what is finished is kept, run again")


def _outcomes(
    client: distributed.Client,
    task: Callable[[dict[str, Any]], dict[str, Any]],
    jobs: Sequence[dict[str, Any]],
    *,
    keep_failures: bool = False,
) -> Iterator[Any]:
    """(number, what the task returned) as they come; the first failure ends all, unless failures are rows too."""
    finished: queue.SimpleQueue[Any] = queue.SimpleQueue()
    run_id = os.urandom(4).hex()
    futures = [
        client.submit(task, job, key=f"{task.__name__.strip('_')}-{run_id}-{n}", pure=False, retries=0)
        for n, job in enumerate(jobs)
    ]
    number_of = {future.key: n for n, future in enumerate(futures)}
    try:
        for future in futures:
            future.add_done_callback(finished.put)
        left = len(futures)
        while left:
            try:
                future = finished.get(timeout=_SILENCE_S)
            except queue.Empty:
                _check_alive(client)
                continue
            left -= 1
            number = number_of[future.key]
            if future.status == "finished":
                yield number, future.result()
                continue
            if future.status in ("cancelled", "lost"):
                _check_alive(client)
            error = future.exception() if future.status == "error" else RuntimeError("was cancelled")
            if not keep_failures:
                raise error
            yield number, {"error": f"{type(error).__name__}: {error}"}
    finally:
        with contextlib.suppress(Exception):
            client.cancel(futures)


def _job(source: Source, settings: Mapping[str, Setting] | None) -> dict[str, Any]:
    if settings is not None and not isinstance(settings, Mapping):
        raise TypeError(f"settings: a dict of keys and values, or a list of them, not {type(settings).__name__}")
    given: dict[str, Setting] = dict(settings or {})
    file: str | os.PathLike[str]
    if isinstance(source, Scenario):
        file, given = source.file, {**source.settings, **given}
    elif isinstance(source, (str, os.PathLike)):
        file = source
    else:
        raise TypeError(f"a scenario is a file or an am.Scenario, not {type(source).__name__}")
    given = with_files(given, file)
    return {"file": os.path.abspath(file), "settings": _toml(given, file), "given": list(given.items())}


def _identity(text: str, settings: Mapping[str, str], input_sha256: Mapping[str, str]) -> str:
    """What a plan depends on: the scenario, its data by their hashes, and the program."""
    parts = [
        _FORMAT,
        _core.version,
        _core.git_revision,
        text,
        sorted(settings.items()),
        sorted(input_sha256.items()),
    ]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()


def _host() -> str:
    return os.uname().nodename


def _peak_mib() -> float:
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024.0


__all__ = ["run", "tasks"]
