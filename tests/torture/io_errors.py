"""Errors of the disk at every write of a run over an earlier result, once and for ever; of its inputs at every read."""

import collections
import re
import shutil
import subprocess

from kill import STRACE, command, copied, kills, state_after

WRITES = ("write", "pwrite64", "fsync", "rename", "ftruncate")
ERRORS = ("EIO", "ENOSPC")


def failed_writes(folder, every=1):
    """{state or what is wrong: how often} after one error, and after errors without end; `folder` is kill.prepared."""
    states = collections.Counter()
    for call, n in kills(folder, WRITES, every=every):
        for error in ERRORS:
            for when in (n, f"{n}+"):
                state = state_after(folder, call, when, inject=f"error={error}")
                states[state if state in ("old", "new") else f"{call} {when} {error}: {state}"] += 1
    return states


def failed_reads(folder, files, every=1):
    """{"refused", "same" or what is wrong: how often} after one read of an input that fails."""
    states = collections.Counter()
    good = (folder / "old" / "manifest.json").read_bytes()
    for file in files:
        watched = [STRACE, "-f", "-qq", "-P", str(folder / "plan" / file), "-e", "trace=read,pread64"]
        log = folder / "trace"
        old = [*command(folder)[:-4], "--set", "scenario.name=Old", "--threads", "1"]
        copied(folder, fresh=True)
        subprocess.run([*watched, "-o", str(log), *old], capture_output=True, check=False)
        reads = len(re.findall(r"\b(?:read|pread64)\(", log.read_text(errors="replace")))
        for n in range(1, reads + 1, every):
            shutil.rmtree(folder / "out", ignore_errors=True)
            inject = ["-e", f"inject=read,pread64:error=EIO:when={n}", "-o", "/dev/null"]
            outcome = subprocess.run([*watched, *inject, *old], capture_output=True, check=False)
            if outcome.returncode == 0:
                same = (folder / "out" / "manifest.json").read_bytes() == good
                states["same" if same else f"{file} read {n}: another result"] += 1
            elif outcome.returncode in (1, 2) and b"internal error" not in outcome.stderr:
                states["refused"] += 1
            else:
                states[f"{file} read {n}: {outcome.stderr.decode(errors='replace')}"] += 1
    return states
