"""The command `amaneku` of the wheel: the program that lies beside the module."""

from __future__ import annotations

import os
import pathlib
import shutil
import sys


def program() -> str | None:
    """Path of the program: of the wheel, else of the build folder that this package lies in."""
    package = pathlib.Path(__file__).absolute().parent
    for path in (package / "bin" / "amaneku", package.parents[1] / "bin" / "amaneku"):
        if path.is_file():
            return str(path)
    return None


def main() -> None:
    path = program()
    if path is None:
        sys.exit("the program amaneku is not part of this package; build it with ./run build")
    os.execv(path, [shutil.which("amaneku") or path, *sys.argv[1:]])


if __name__ == "__main__":
    main()
