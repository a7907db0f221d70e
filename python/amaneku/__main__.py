"""The command `amaneku` of the wheel: the program beside the module, and `amaneku data`, which is Python."""

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
    if sys.argv[1:2] == ["data"]:
        from amaneku import data

        sys.exit(data.main(sys.argv[2:]))
    path = program()
    if path is None:
        sys.exit("the program amaneku is not part of this package; build it with ./run build")
    os.execv(path, [shutil.which("amaneku") or path, *sys.argv[1:]])


if __name__ == "__main__":
    main()
