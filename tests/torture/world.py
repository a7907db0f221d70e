"""A small plan in a folder, and how the program is run on it: with the standard library only."""

import os
import pathlib
import resource
import struct
import subprocess
import sys

PROGRAM = os.environ.get("AMANEKU_PROGRAM", "amaneku")

SCENARIO = """[scenario]
name = "Ridge"
grid_m = 200.0
synthetic = true
[area]
bbox_deg = [138.52, 35.51, 138.56, 35.54]
[[terrain.dem]]
path = "{dem}"
[[population]]
path = "{people}"
synthetic = true
[sector_defaults]
freq_hz = 4.85e9
antenna = "isotropic"
[[site]]
id = "W"
lon = 138.53
lat = 35.525
[[site.sector]]
id = "1"
[propagation]
model = "p526"
[coverage]
radius_m = 1500.0
"""


def tiff(nx=100, ny=80, west=138.48, north=35.57, metadata="", bands=1, pixels=None):
    """A GeoTIFF in degrees of JGD2011: one strip of 16-bit heights, not compressed."""
    if pixels is None:
        pixels = b"".join(struct.pack("<h", 100 + (x * y) % 50) * bands for y in range(ny) for x in range(nx))
    keys = struct.pack("<16H", 1, 1, 0, 3, 1024, 0, 1, 2, 1025, 0, 1, 1, 2048, 0, 1, 6668)
    scale = struct.pack("<3d", 0.001, 0.001, 0.0)
    tie = struct.pack("<6d", 0, 0, 0, west, north, 0)
    text = metadata.encode() + b"\0" if metadata else b""
    entries = [
        (256, 4, 1, nx),
        (257, 4, 1, ny),
        (258, 3, 1, 16),
        (259, 3, 1, 1),
        (262, 3, 1, 1),
        (277, 3, 1, bands),
        (278, 4, 1, ny),
        (279, 4, 1, len(pixels)),
        (339, 3, 1, 2),
    ]
    data_at = 8
    extra_at = data_at + len(pixels)
    entries += [
        (273, 4, 1, data_at),
        (33550, 12, 3, extra_at),
        (33922, 12, 6, extra_at + 24),
        (34735, 3, 16, extra_at + 72),
    ]
    if text:
        entries.append((42112, 2, len(text), extra_at + 104))
    directory_at = extra_at + 104 + len(text) + len(text) % 2
    directory = struct.pack("<H", len(entries))
    for tag, kind, count, value in sorted(entries):
        directory += struct.pack("<HHII", tag, kind, count, value)
    return (
        b"II*\0"
        + struct.pack("<I", directory_at)
        + pixels
        + scale
        + tie
        + keys
        + text
        + b"\0" * (len(text) % 2)
        + directory
        + struct.pack("<I", 0)
    )


def make_world(folder, dem="dem.tif", people="people.csv"):
    """The plan, valid as it stands."""
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "scenario.toml").write_text(SCENARIO.format(dem=dem, people=people))
    (folder / "dem.tif").write_bytes(tiff())
    (folder / "people.csv").write_text("lon,lat,population\n138.53,35.52,10\n138.54,35.53,20\n")
    return folder


def run(
    *arguments, prefix=(), stdin=None, timeout=60, memory_bytes=None, stdout=subprocess.PIPE, cwd=None, env=None
):
    """Runs the program; `memory_bytes` limits its address space."""

    def limit():
        if memory_bytes:
            resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))

    return subprocess.run(
        [*prefix, PROGRAM, *map(str, arguments)],
        input=stdin,
        stdout=stdout,
        stderr=subprocess.PIPE,
        timeout=timeout,
        preexec_fn=limit,
        cwd=cwd,
        env=env,
        check=False,
    )


def peak(*arguments, timeout=60):
    """(exit code, processor seconds, peak memory in MB, errors) of a run: seconds on the wall are the machine's."""
    script = (
        "import resource,subprocess,sys\n"
        "p=subprocess.run(sys.argv[1:],stdout=subprocess.PIPE,stderr=subprocess.PIPE)\n"
        "sys.stdout.buffer.write(p.stdout[:100000]);sys.stderr.buffer.write(p.stderr[:100000])\n"
        "u=resource.getrusage(resource.RUSAGE_CHILDREN)\n"
        "sys.stderr.write('\\n%d %f %f' % (p.returncode,u.ru_utime+u.ru_stime,u.ru_maxrss/1024))"
    )
    outcome = subprocess.run(
        [sys.executable, "-c", script, PROGRAM, *map(str, arguments)],
        capture_output=True,
        timeout=timeout,
        check=True,
    )
    error, _, figures = outcome.stderr.decode(errors="replace").rpartition("\n")
    code, seconds, megabytes = figures.split()
    return int(code), float(seconds), float(megabytes), error
