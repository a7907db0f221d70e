#!/usr/bin/env python3
"""Lengths of the shared road files by other means than the program's, for the figures in test_route_files.cpp.

    python3 tests/unit/terrain/routes/independent_lengths.py SHARED/data/roads

Only the standard library. Geodesics: T. Vincenty, Survey Review 23 (1975), on WGS 84; UTM: the series of Krueger (1912)
to n^4. OpenDRIVE is integrated by Simpson's rule in steps of 5 cm (heading first, then position); Lanelet2 centre
lines are taken at 2001 equal shares of both borders' lengths. What the program computes by PROJ, GDAL, Gauss nodes and
its own choice of points must come out the same.
"""

import itertools
import json
import math
import sys
import xml.etree.ElementTree as ElementTree

A, F = 6378137.0, 1 / 298.257223563
B = A * (1 - F)


def vincenty(lon1, lat1, lon2, lat2):
    if (lon1, lat1) == (lon2, lat2):
        return 0.0
    u1, u2 = (math.atan((1 - F) * math.tan(math.radians(x))) for x in (lat1, lat2))
    diff = math.radians(math.remainder(lon2 - lon1, 360.0))
    lam = diff
    for _ in range(200):
        s, c = math.sin(lam), math.cos(lam)
        sin_sigma = math.hypot(math.cos(u2) * s, math.cos(u1) * math.sin(u2) - math.sin(u1) * math.cos(u2) * c)
        if sin_sigma == 0:
            return 0.0
        cos_sigma = math.sin(u1) * math.sin(u2) + math.cos(u1) * math.cos(u2) * c
        sigma = math.atan2(sin_sigma, cos_sigma)
        sin_alpha = math.cos(u1) * math.cos(u2) * s / sin_sigma
        cos2_alpha = 1 - sin_alpha**2
        cos_2m = cos_sigma - 2 * math.sin(u1) * math.sin(u2) / cos2_alpha if cos2_alpha else 0.0
        k = F / 16 * cos2_alpha * (4 + F * (4 - 3 * cos2_alpha))
        new = diff + (1 - k) * F * sin_alpha * (
            sigma + k * sin_sigma * (cos_2m + k * cos_sigma * (2 * cos_2m**2 - 1))
        )
        if abs(new - lam) < 1e-13:
            lam = new
            break
        lam = new
    uu = cos2_alpha * (A**2 - B**2) / B**2
    aa = 1 + uu / 16384 * (4096 + uu * (-768 + uu * (320 - 175 * uu)))
    bb = uu / 1024 * (256 + uu * (-128 + uu * (74 - 47 * uu)))
    d = (
        bb
        * sin_sigma
        * (
            cos_2m
            + bb
            / 4
            * (cos_sigma * (2 * cos_2m**2 - 1) - bb / 6 * cos_2m * (4 * sin_sigma**2 - 3) * (4 * cos_2m**2 - 3))
        )
    )
    return B * aa * (sigma - d)


def length(points):
    return sum(vincenty(*p, *q) for p, q in itertools.pairwise(points))


def utm_inverse(x, y, zone):
    n = F / (2 - F)
    radius = A / (1 + n) * (1 + n**2 / 4 + n**4 / 64)
    xi, eta = y / (0.9996 * radius), (x - 500000.0) / (0.9996 * radius)
    beta = (
        n / 2 - 2 * n**2 / 3 + 37 * n**3 / 96 - n**4 / 360,
        n**2 / 48 + n**3 / 15 - 437 * n**4 / 1440,
        17 * n**3 / 480 - 37 * n**4 / 840,
        4397 * n**4 / 161280,
    )
    delta = (
        2 * n - 2 * n**2 / 3 - 2 * n**3 + 116 * n**4 / 45,
        7 * n**2 / 3 - 8 * n**3 / 5 - 227 * n**4 / 45,
        56 * n**3 / 15 - 136 * n**4 / 35,
        4279 * n**4 / 630,
    )
    xi1, eta1 = xi, eta
    for j, b in enumerate(beta, 1):
        xi1 -= b * math.sin(2 * j * xi) * math.cosh(2 * j * eta)
        eta1 -= b * math.cos(2 * j * xi) * math.sinh(2 * j * eta)
    chi = math.asin(math.sin(xi1) / math.cosh(eta1))
    lat = chi + sum(d * math.sin(2 * j * chi) for j, d in enumerate(delta, 1))
    lon = math.radians(6 * zone - 183) + math.atan2(math.sinh(eta1), math.cos(xi1))
    return math.degrees(lon), math.degrees(lat)


def simpson(f, a, b, n):
    h = (b - a) / n
    return h / 3 * (f(a) + f(b) + sum((4 if i % 2 else 2) * f(a + i * h) for i in range(1, n)))


def element_points(geometry, step=0.05):
    """Plan points of one geometry element."""
    x, y, heading, total = (float(geometry.get(k)) for k in ("x", "y", "hdg", "length"))
    shape = geometry[0]
    count = max(2, math.ceil(total / step))
    local = [(0.0, 0.0)]
    if shape.tag in ("line", "arc", "spiral"):
        k0 = float(shape.get("curvature", shape.get("curvStart", 0)))
        k1 = float(shape.get("curvature", shape.get("curvEnd", 0)))

        def angle(s):
            return k0 * s + (k1 - k0) * s * s / (2 * total)

        u = v = 0.0
        for i in range(count):
            a, b = total * i / count, total * (i + 1) / count
            u += simpson(lambda s: math.cos(angle(s)), a, b, 4)
            v += simpson(lambda s: math.sin(angle(s)), a, b, 4)
            local.append((u, v))
    else:
        c = {k: float(shape.get(k)) for k in shape if k != "pRange"}
        end = total if shape.get("pRange") == "arcLength" else 1.0
        local = []
        for i in range(count + 1):
            p = end * i / count
            local.append(tuple(c["a" + w] + c["b" + w] * p + c["c" + w] * p**2 + c["d" + w] * p**3 for w in "UV"))
    cosine, sine = math.cos(heading), math.sin(heading)
    return [(x + cosine * u - sine * v, y + sine * u + cosine * v) for u, v in local]


def opendrive(path):
    root = ElementTree.parse(path).getroot()
    reference = root.find("header/geoReference")
    print(path.rsplit("/", 1)[1])
    for road in root.findall("road"):
        elements = road.findall("planView/geometry")
        attributes = sum(float(g.get("length")) for g in elements)
        points = [p for g in elements for p in element_points(g)]
        plan = sum(math.dist(p, q) for p, q in itertools.pairwise(points))
        text = f"  road {road.get('id')}: sum of length attributes {attributes:.4f}, integrated {plan:.4f}"
        if reference is not None:
            zone = int(reference.text.split("+zone=")[1].split()[0])
            ground = [utm_inverse(*p, zone) for p in [*points[:: 4 if plan > 50 else 1], points[-1]]]
            text += f", on the ellipsoid {length(ground):.4f}, begins at {ground[0][0]:.9f} {ground[0][1]:.9f}"
        print(text, f"ends at {points[-1][0]:.4f} {points[-1][1]:.4f}")


def lanelets(path):
    root = ElementTree.parse(path).getroot()
    node = {n.get("id"): (float(n.get("lon")), float(n.get("lat"))) for n in root.findall("node")}
    way = {w.get("id"): [node[nd.get("ref")] for nd in w.findall("nd")] for w in root.findall("way")}
    sums = {}
    first = None
    for relation in root.findall("relation"):
        tags = {t.get("k"): t.get("v") for t in relation.findall("tag")}
        if tags["type"] != "lanelet":
            continue
        members = [m for m in relation.findall("member") if m.get("role") in ("left", "right")]
        sides = {m.get("role"): way[m.get("ref")] for m in members}
        left, right = sides["left"], sides["right"]
        if vincenty(*left[0], *right[-1]) + vincenty(*left[-1], *right[0]) < vincenty(
            *left[0], *right[0]
        ) + vincenty(*left[-1], *right[-1]):
            right = right[::-1]
        centre = [
            ((p[0] + q[0]) / 2, (p[1] + q[1]) / 2) for p, q in zip(shares(left), shares(right), strict=False)
        ]
        metres = length(centre)
        first = first or (relation.get("id"), metres)
        count, total = sums.get(tags["subtype"], (0, 0.0))
        sums[tags["subtype"]] = (count + 1, total + metres)
    print(path.rsplit("/", 1)[1], sums, "first", first)


def shares(line, count=2001):
    at = [0.0]
    for p, q in itertools.pairwise(line):
        at.append(at[-1] + vincenty(*p, *q))
    out, i = [], 0
    for k in range(count):
        s = at[-1] * k / (count - 1)
        while i + 2 < len(at) and at[i + 1] < s:
            i += 1
        t = (s - at[i]) / (at[i + 1] - at[i])
        out.append(tuple(a + t * (b - a) for a, b in zip(line[i], line[i + 1], strict=False)))
    return out


def geojson(path):
    features = json.load(open(path, encoding="utf-8"))["features"]
    total, classes, parts = 0.0, {}, 0
    for f in features:
        g = f["geometry"] or {"type": "", "coordinates": []}
        lines = [g["coordinates"]] if g["type"] == "LineString" else g["coordinates"]
        for line in lines:
            metres = length([tuple(p[:2]) for p in line])
            total += metres
            parts += 1
            word = f["properties"].get("highway")
            classes[word] = classes.get(word, 0.0) + metres
    print(path.rsplit("/", 1)[1], len(features), "features", parts, "lines", f"{total:.3f} m")
    print("   ", {k: round(v, 3) for k, v in classes.items()})


def sumo(path):
    root = ElementTree.parse(path).getroot()
    at = {j.get("id"): (float(j.get("x")), float(j.get("y"))) for j in root.findall("junction")}
    total, count = 0.0, 0
    for edge in root.findall("edge"):
        if edge.get("function"):
            continue
        assert edge.get("shape") is None
        total += math.dist(at[edge.get("from")], at[edge.get("to")])
        count += 1
    print(path.rsplit("/", 1)[1], count, "edges", total)


def main(folder):
    print("zone border", vincenty(137.5, 35.0, 138.5, 35.2), "180 degrees", vincenty(179.9, -16.5, -179.9, -16.6))
    for name in ("e6mini", "soderleden", "tunnels", "curves_elevation"):
        opendrive(f"{folder}/esmini_{name}.xodr")
    for name in ("kashiwanoha", "four_track_highway"):
        lanelets(f"{folder}/{name}_lanelet2.osm")
    for name in ("osaka_tennoji_major", "sabae_major_roads", "taketomi_roads"):
        geojson(f"{folder}/osm_{name}.geojson")
    sumo(f"{folder}/sumo_heterogeneous.net.xml")


if __name__ == "__main__":
    main(sys.argv[1])
