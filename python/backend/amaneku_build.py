"""PEP 517 back end: scikit-build-core, with what a newcomer lacks said in one sentence before the compiler is
asked, and with the revision of the checkout in the sdist, which has no .git."""

from __future__ import annotations

import os
import pathlib
import re
import shutil
import subprocess
import sys

from scikit_build_core import build as _build
from scikit_build_core.build import *  # noqa: F403

ROOT = pathlib.Path(__file__).parents[2]
REVISION_FILE = ROOT / "REVISION"


def debian_packages() -> list[str]:
    """Those of stage "build" in packages.txt."""
    lines = (ROOT / "packages.txt").read_text().splitlines()
    return [match[1] for line in lines if (match := re.match(r"(\S+)\s+# build: ", line))]


def what_is_missing() -> str:
    """Without a compiler CMake says nothing of the libraries; with one it names those that are missing."""
    compiler = os.environ.get("CXX", "").split(" ")[0]
    if any(shutil.which(name) for name in (compiler, "c++", "g++", "clang++") if name):
        return ""
    needs = "amaneku is built from source and needs a C++20 compiler and libraries"
    return f"{needs}. On Debian: apt-get install --no-install-recommends {' '.join(debian_packages())}"


def revision() -> str:
    """As `git describe` has it; empty outside of a checkout of our own."""
    git = ["git", "-C", str(ROOT)]
    try:
        top = subprocess.run([*git, "rev-parse", "--show-toplevel"], capture_output=True, text=True, check=True)
        if pathlib.Path(top.stdout.strip()).resolve() != ROOT.resolve():
            return ""
        told = subprocess.run(
            [*git, "describe", "--always", "--dirty", "--abbrev=12", "--match", "v[0-9]*"],
            capture_output=True,
            text=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return ""
    return told.stdout.strip()


def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
    if missing := what_is_missing():
        sys.exit(missing)
    return _build.build_wheel(wheel_directory, config_settings, metadata_directory)


def build_editable(wheel_directory, config_settings=None, metadata_directory=None):
    if missing := what_is_missing():
        sys.exit(missing)
    return _build.build_editable(wheel_directory, config_settings, metadata_directory)


def build_sdist(sdist_directory, config_settings=None):
    told = revision()
    if not told:  # an sdist of an sdist keeps what it has
        return _build.build_sdist(sdist_directory, config_settings)
    REVISION_FILE.write_text(told + "\n")
    try:
        return _build.build_sdist(sdist_directory, config_settings)
    finally:
        REVISION_FILE.unlink()
