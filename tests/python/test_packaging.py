"""What pip builds: the command in the package, the back end's words, the revision of a source distribution."""

import importlib.util
import pathlib
import subprocess
import sys

import pytest

ROOT = pathlib.Path(__file__).parents[2]


@pytest.fixture(scope="module")
def backend():
    pytest.importorskip("scikit_build_core")
    path = ROOT / "python" / "backend" / "amaneku_build.py"
    spec = importlib.util.spec_from_file_location("amaneku_build", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_package_has_the_command():
    done = subprocess.run(
        [sys.executable, "-m", "amaneku", "mesh", "encode", "139.745", "35.658", "3"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split()[0] == "53393589"


def test_the_command_hands_on_how_it_ended():
    done = subprocess.run(
        [sys.executable, "-m", "amaneku", "check", "no.toml"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "no.toml" in done.stderr


def test_without_a_compiler_one_sentence_names_all_packages(backend, monkeypatch):
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("CXX", raising=False)
    sentence = backend.what_is_missing()
    assert "\n" not in sentence
    for package in ("g++", "cmake", "libgdal-dev", "libhdf5-dev", "libtoml"):
        assert package in sentence
    assert "catch2" not in sentence


def test_with_a_compiler_cmake_speaks(backend, monkeypatch, tmp_path):
    compiler = tmp_path / "c++"
    compiler.write_text("#!/bin/sh\n")
    compiler.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert backend.what_is_missing() == ""


def test_the_revision_is_that_of_the_checkout(backend):
    if not (ROOT / ".git").exists():
        pytest.skip("not a checkout")
    assert len(backend.revision()) >= 12
