#!/usr/bin/env python3
"""The coverage map of a report as a picture of 256 colours: demo.png of the README.

    build/release/bin/amaneku demo -o /tmp/demo
    python3 docs/images/draw_demo.py /tmp/demo/report.html docs/images/demo.png

Needs Chromium and GDAL (Debian: chromium, gdal-bin, python3-gdal). The map is taken out of the page, so that
nothing depends on where it stands there.
"""

import pathlib
import re
import subprocess
import sys
import tempfile

WIDTH = 840
CHROMIUM = ("chromium", "--headless", "--no-sandbox", "--disable-gpu")


def main() -> None:
    report, picture = sys.argv[1:3]
    page = pathlib.Path(report).read_text()
    style = re.search(r"<style>.*?</style>", page, re.S)[0]
    patterns = re.search(r'<svg width="0".*?</svg>', page, re.S)[0]
    section = page.index('<h2 id="coverage-map">')  # the first page has a smaller one
    figure = re.search(r"<figure>.*?</figure>", page[section:], re.S)[0]
    _, _, width, height = map(float, re.search(r'viewBox="([^"]*)"', figure)[1].split())
    tall = round(WIDTH * height / width)
    with tempfile.TemporaryDirectory() as folder:
        alone = pathlib.Path(folder) / "map.html"
        size = f"width:{WIDTH}px;height:{tall}px"
        fit = f"<style>body,figure{{margin:0;overflow:hidden}}figure>svg{{display:block;{size}}}</style>"
        alone.write_text(f'<!DOCTYPE html><meta charset="utf-8">{style}{fit}{patterns}{figure}')
        shot, palette = f"{folder}/map.png", f"{folder}/palette.tif"
        for command in (
            [*CHROMIUM, f"--window-size={WIDTH},{tall}", f"--screenshot={shot}", alone.as_uri()],
            ["gdal_translate", "-q", "-b", "1", "-b", "2", "-b", "3", shot, f"{folder}/map.tif"],
            ["/usr/bin/rgb2pct.py", "-n", "255", f"{folder}/map.tif", palette],
            ["gdal_translate", "-q", "-of", "PNG", "-co", "ZLEVEL=9", palette, picture],
        ):
            subprocess.run(command, check=True, capture_output=True)
    pathlib.Path(picture + ".aux.xml").unlink(missing_ok=True)


if __name__ == "__main__":
    main()
