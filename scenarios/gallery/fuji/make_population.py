#!/usr/bin/env python3
"""Makes population.csv: the people of GeoNames' towns around Mt Fuji, spread over half meshes.

SYNTHETIC. The totals of the towns are GeoNames'; where in its municipality a person lives is a guess: level
ground, near the town, not far above it, not on a lake. Needs Debian's python3-numpy and python3-gdal.

    make_population.py DATA_FOLDER > population.csv
"""

import csv
import sys
from pathlib import Path

import numpy as np
from osgeo import gdal, ogr

gdal.UseExceptions()

AREA = (138.44, 35.15, 138.98, 35.58)  # west, south, east, north (deg): [area] of scenario.toml
LAT_STEP, LON_STEP = 1 / 240, 1 / 160  # a half mesh of JIS X 0410 (deg)

# Municipality code, GeoNames id of the figure, centre (lat, lon) where GeoNames gives the middle of the
# municipality's forests instead of its town.
TOWNS = [
    ("22210", "1864134", None),
    ("22207", "1864105", None),
    ("22215", "1863528", None),
    ("19202", "10629856", (35.48486, 138.81123)),  # GeoNames 11611631, the seat without a figure
    ("19430", "7281819", (35.4973, 138.7551)),  # the town office by the lake
]


def half_mesh_code(lat, lon):
    """JIS X 0410 level 4 code of a position (deg)."""
    south, west = lat * 1.5, lon - 100
    p, u = int(south), int(west)
    q, v = int((south - p) * 8), int((west - u) * 8)
    r, w = int(((south - p) * 8 - q) * 10), int(((west - u) * 8 - v) * 10)
    s = int((((south - p) * 8 - q) * 10 - r) * 2)
    x = int((((west - u) * 8 - v) * 10 - w) * 2)
    return f"{p:02d}{u:02d}{q}{v}{r}{w}{s * 2 + x + 1}"


def municipality(data, code):
    """Boundary of a municipality as an OGR geometry."""
    prefecture = gdal.OpenEx(str(data / "boundaries" / f"N03-21_{code[:2]}.geojson"))
    layer = prefecture.GetLayer()
    layer.SetAttributeFilter(f"N03_007 = '{code}'")
    union = ogr.Geometry(ogr.wkbMultiPolygon)
    for feature in layer:
        union = union.Union(feature.geometry())
    return union


def ground(data):
    """Heights (m), and the share 0..1 of each cell that can be built on, with their geotransform."""
    raster = gdal.Open(str(data / "dem" / "fuji_srtm1.tif"))
    height = raster.ReadAsArray().astype(float)
    west, dlon, _, north, _, dlat = raster.GetGeoTransform()
    along, across = np.gradient(height)
    slope = np.hypot(across / (dlon * 90_900), along / (-dlat * 111_000))
    # SRTM sets lakes to one height: exactly level over three cells each way.
    lake = (along == 0) & (across == 0) & (np.roll(height, 2, 0) == height) & (np.roll(height, 2, 1) == height)
    level = 1 / (1 + (slope / 0.12) ** 3)
    return height, np.where(lake, 0, level), (west, dlon, north, dlat)


def meshes(data):
    """Half meshes inside the area: code, centre lat and lon, mean height, share of ground to build on."""
    height, level, (west, dlon, north, dlat) = ground(data)
    rows = []
    for row in range(int(np.ceil(AREA[1] / LAT_STEP)), int(AREA[3] / LAT_STEP)):
        for column in range(int(np.ceil(AREA[0] / LON_STEP)), int(AREA[2] / LON_STEP)):
            lat, lon = (row + 0.5) * LAT_STEP, (column + 0.5) * LON_STEP
            top = int((lat + LAT_STEP / 2 - north) / dlat)
            left = int((lon - LON_STEP / 2 - west) / dlon)
            cells = np.s_[top : top + 15, left : left + 23]
            rows.append((half_mesh_code(lat, lon), lat, lon, height[cells].mean(), level[cells].mean()))
    return rows


def shared_out(people, weights):
    """Whole people in proportion to the weights (largest remainder)."""
    exact = people * weights / weights.sum()
    shares = np.floor(exact).astype(int)
    order = np.argsort(shares - exact, kind="stable")
    shares[order[: people - shares.sum()]] += 1
    return shares


def main():
    data = Path(sys.argv[1])
    with open(data / "population" / "geonames_jp_cities1000.csv", encoding="utf-8") as file:
        places = {row["geonameid"]: row for row in csv.DictReader(file)}
    cells = meshes(data)
    lat, lon, height, level = (np.array([cell[i] for cell in cells]) for i in (1, 2, 3, 4))
    counts = np.zeros(len(cells), dtype=int)
    for code, geonames_id, seat in TOWNS:
        place = places[geonames_id]
        people = int(place["population"])
        at = seat or (float(place["lat"]), float(place["lon"]))
        away_km = np.hypot((lat - at[0]) * 111.0, (lon - at[1]) * 90.8)
        foot = height[np.argmin(away_km)]
        area = municipality(data, code)
        inside = np.array(
            [area.Contains(ogr.CreateGeometryFromWkt(f"POINT ({x} {y})")) for x, y in zip(lon, lat, strict=True)]
        )
        reach_km = 1.0 * np.sqrt(people / 10_000)
        weight = (
            level**1.5 * np.exp(-((away_km / reach_km) ** 1.2)) * np.exp(-np.maximum(0, height - foot - 60) / 120)
        )
        weight[~inside | (weight < 1e-3)] = 0
        counts += shared_out(people, weight)
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["mesh", "population"])
    for cell, people in sorted(zip((c[0] for c in cells), counts, strict=True)):
        if people > 0:
            out.writerow([cell, people])


if __name__ == "__main__":
    main()
