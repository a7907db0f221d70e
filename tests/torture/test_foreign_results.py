"""explain reads results of strangers: what they lead to is not followed, what they claim is checked."""

import os
import pathlib
import shutil

import pytest
from world import make_world, peak, run

h5py = pytest.importorskip("h5py")
import numpy  # noqa: E402

AT = "138.53,35.525"


@pytest.fixture(scope="module")
def result(tmp_path_factory):
    folder = tmp_path_factory.mktemp("result")
    world = make_world(folder / "plan")
    assert run("run", world, "-o", folder / "out").returncode == 0
    return folder / "out" / "result.h5"


def replaced(file, name, **arguments):
    old = file[name]
    attributes = dict(old.attrs)
    del file[name]
    made = file.create_dataset(name, **arguments)
    for key in ("units", "long_name"):
        if key in attributes:
            made.attrs[key] = attributes[key]


def external_link(f, folder):
    del f["rsrp_dbm"]
    f["rsrp_dbm"] = h5py.ExternalLink("/etc/passwd", "x")


def external_group(f, folder):
    del f["provenance"]
    f["provenance"] = h5py.ExternalLink(str(folder / "other.h5"), "provenance")


def soft_link(f, folder):
    f.move("rsrp_dbm", "elsewhere")
    f["rsrp_dbm"] = h5py.SoftLink("/elsewhere")


def external_storage(f, folder):
    shape = f["rsrp_dbm"].shape
    replaced(f, "rsrp_dbm", shape=shape, dtype="f4", external=[("/etc/passwd", 0, 4 * shape[0] * shape[1])])


def virtual_dataset(f, folder):
    shape = f["rsrp_dbm"].shape
    layout = h5py.VirtualLayout(shape=shape, dtype="f4")
    layout[:] = h5py.VirtualSource(str(folder / "other.h5"), "x", shape=shape)
    del f["rsrp_dbm"]
    f.create_virtual_dataset("rsrp_dbm", layout)


def foreign_filter(f, folder):
    shape = f["rsrp_dbm"].shape
    replaced(f, "rsrp_dbm", shape=shape, dtype="f4", chunks=shape, compression="lzf")


def huge_texts(f, folder):
    replaced(f, "warnings/id", shape=(2**28,), dtype=h5py.string_dtype(), chunks=(1024,))


def huge_chunk(f, folder):
    replaced(
        f,
        "rsrp_dbm",
        shape=f["rsrp_dbm"].shape,
        maxshape=(None, None),
        dtype="f4",
        chunks=(20_000, 20_000),
        compression="gzip",
    )


def other_size(f, folder):
    shape = f["best_server"].shape
    replaced(f, "best_server", data=numpy.zeros((shape[0] + 1, shape[1]), "i4"))


def wrong_index(f, folder):
    f["best_server"][...] = 1_000_000


def negative_index(f, folder):
    f["best_server"][...] = -7


def wrong_second(f, folder):
    f["second_server"][...] = 5


def names_the_passwords(f, folder):
    f["provenance"].attrs["scenario_file"] = "/etc/passwd"


def names_a_table_elsewhere(f, folder):
    f["provenance"].attrs["scenario_file"] = "../../../../../../../../../etc/x.toml"


def names_a_pipe(f, folder):
    os.mkfifo(folder / "pipe.toml")
    f["provenance"].attrs["scenario_file"] = str(folder / "pipe.toml")


HOSTILE = [
    external_link,
    external_group,
    soft_link,
    external_storage,
    virtual_dataset,
    foreign_filter,
    huge_texts,
    huge_chunk,
    other_size,
    wrong_index,
    negative_index,
    wrong_second,
    names_the_passwords,
    names_a_table_elsewhere,
    names_a_pipe,
]


@pytest.mark.parametrize("change", HOSTILE)
def test_foreign_result(tmp_path, result, change):
    shutil.copytree(result.parent.parent / "plan", tmp_path / "plan")
    (tmp_path / "out").mkdir()
    path = tmp_path / "out" / "result.h5"
    shutil.copy(result, path)
    with h5py.File(path, "r+") as f:
        if not change.__name__.startswith("names_"):
            f["provenance"].attrs["scenario_file"] = str(tmp_path / "plan" / "scenario.toml")
        change(f, tmp_path)
    code, seconds, megabytes, text = peak("explain", path, "--at", AT)
    assert code == 2 and text.strip().count("\n") == 0, (code, text)
    assert "internal error" not in text and "root:" not in text, text
    assert seconds < 2.0 and megabytes < 600, (seconds, megabytes)


def test_text_does_not_reach_the_terminal(tmp_path, result):
    path = tmp_path / "result.h5"
    shutil.copy(result, path)
    with h5py.File(path, "r+") as f:
        f["provenance"].attrs["scenario_file"] = str(result.parent.parent / "plan" / "scenario.toml")
        f.attrs["title"] = "\x1b]0;owned\x07\x1b[2J \u009b31m"
        f["warnings/message"][...] = "\x1b[31mred"
    outcome = run("explain", path, "--at", AT, "--all", "--scenario", result.parent.parent / "plan")
    for text in (outcome.stdout, outcome.stderr):
        assert b"\x1b" not in text
        assert b"\xc2\x9b" not in text
        assert b"\x07" not in text
    assert outcome.returncode == 0, outcome.stderr


def test_the_same_from_here(tmp_path, result):
    outcome = run("explain", result.parent, "--at", AT)
    assert outcome.returncode == 0, outcome.stderr


@pytest.mark.parametrize(
    "name", ["extlink_rsrp", "best_server_1e6", "huge_text_column_2^28", "virtual_dataset", "escapes"]
)
def test_results_as_found(name):
    cases = pathlib.Path(os.environ.get("AMANEKU_CASES", "/nowhere")) / "hostile" / "h5"
    if not cases.is_dir():
        pytest.skip("no shared cases")
    code, seconds, megabytes, text = peak("explain", cases / f"{name}.h5", "--at", "138.53,35.525")
    assert code == 2 and seconds < 2.0 and megabytes < 300 and "\x1b" not in text, (code, seconds, megabytes, text)
