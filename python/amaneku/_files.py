"""Files that this package writes by itself."""

from __future__ import annotations

import os
import pathlib


def write_whole(file: pathlib.Path, content: str) -> None:
    """Whole under its name, or not there."""
    pending = file.with_name(f".{file.name}-{os.urandom(4).hex()}")
    try:
        with pending.open("w", encoding="utf-8", newline="") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        pending.replace(file)
    finally:
        pending.unlink(missing_ok=True)
