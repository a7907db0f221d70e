#!/usr/bin/env python3
"""Draws architecture.svg from the #include lines: layers as bands, rooms as boxes, who uses whom as arrows.

    python3 docs/images/draw_architecture.py

An arrow from A to B: a file of A includes a file of B. Left out are arrows that follow from others (A to B and
B to C say A to C) and those to the files at the root of a layer, which all rooms use. Says so and fails where a
room includes one that stands above it, or where a folder with sources is not in the list below. The same code
gives the same bytes.
"""

import collections
import os
import re
import sys

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
TARGET = os.path.join(ROOT, "docs", "images", "architecture.svg")

# Layers from high to low: what a layer is, its share of the width, the colours of band and ink, and its rooms from
# low to high: column, row, what is in it. "" is the root of the layer.
LAYERS = {
    "python": (
        "the package: numpy, pandas, xarray",
        1.0,
        ("#eef0f2", "#4b5563"),
        {"": (2, 0, "amaneku and its", "core module")},
    ),
    "scenarios": (
        "files in, answers out",
        1.0,
        ("#fdf1dc", "#8a5a00"),
        {
            "schema": (0, 2, "keys, types, ranges,", "faults with their line"),
            "catalogue": (1, 2, "radio, prices, rules,", "targets, climate"),
            "report": (2, 2, "phrases, legend, maps,", "tables of a page"),
            "tables": (3, 2, "a table as CSV, JSON,", "layers of QGIS"),
            "studies": (4, 2, "targets, costs ...:", "from keys to page"),
            "read": (2, 1, "scenario.toml to", "PlanInput, Studies"),
            "output": (3, 1, "the files of a run,", "report.html"),
            "ask": (1, 1, "explain, pathloss,", "subsidy"),
            "serve": (0, 1, "the map page: plan,", "edits, requests"),
            "demo": (5, 2, "an invented region,", "by itself"),
            "cli": (2, 0, "the command", "amaneku"),
        },
    ),
    "libsim": (
        "the planner; home of HDF5 and OpenMP",
        1.0,
        ("#dff1ee", "#0b5f5a"),
        {
            "": (3, 1, "parallel_for", ""),
            "radio": (0, 2, "carriers, rates,", "power limits"),
            "latency": (0, 1, "delays as", "distributions"),
            "input": (1, 2, "World, Network,", "Engine, Provenance"),
            "engine": (2, 2, "loss on cells", "and at points"),
            "maps": (3, 2, "Radio, servers,", "SINR, rates"),
            "count": (4, 2, "people, area,", "roads, operators"),
            "visibility": (4, 0, "what each place", "would see"),
            "load": (4, 1, "traffic, load", "of the cells"),
            "routes": (5, 2, "ways of fibre", "along roads"),
            "mobility": (6, 2, "handovers", "along a route"),
            "economics": (1, 1, "bill, programmes,", "exact yen"),
            "selection": (7, 2, "solvers, and what", "to choose by them"),
            "backhaul": (7, 1, "layouts of fibre,", "shared trunks"),
            "studies": (2, 1, "targets, areas,", "places, levels"),
            "plan": (5, 1, "PlanInput to", "PlanResult"),
            "result": (6, 1, "Table, result.h5", ""),
        },
    ),
    "propagation": (
        "models of the wave, a family a folder",
        0.82,
        ("#e2ecf8", "#1f4e8c"),
        {
            "": (2, 0, "Link, antennas,", "models.hpp: the list"),
            "itu": (0, 0, "P.526, P.1812,", "P.452, P.1411 ..."),
            "itm": (1, 0, "Longley-Rice", ""),
            "hata": (3, 0, "Hata family", ""),
            "mic": (0, 1, "Japanese local 5G", ""),
            "threegpp": (1, 1, "TR 38.901 ...", ""),
            "two_ray": (2, 1, "two rays", ""),
            "optics": (3, 1, "free-space optics", ""),
            "tunnel": (4, 1, "portals of tunnels", ""),
        },
    ),
    "terrain": (
        "the ground and who lives on it; home of GDAL and PROJ",
        1.0,
        ("#ece9df", "#5b5231"),
        {
            "": (0, 0, "errors, CRS, geometry,", "GDAL session"),
            "files": (1, 0, "atomic, mapped,", "CSV, zip"),
            "raster": (2, 0, "grids, sources,", "profiles, fans"),
            "vector": (3, 0, "shapes, layers,", "places"),
            "people": (4, 0, "population, meshes,", "boundaries, roads"),
            "routes": (5, 0, "ways of vehicles,", "by arc length"),
        },
    ),
}
# Its families and its root know each other: one box of the drawing for the arrows.
ONE_BOX = {"propagation"}

WIDTH, MARGIN, PAD = 1180, 16, 44
BOX_HEIGHT, ROW_GAP, TITLE, FOOT, BAND_GAP = 60, 34, 36, 18, 46
TRACK, CORNER = 7, 5
GREY = "#6b7785"


def room_of(path):
    """(layer, room) of a file; a room is the first folder below the layer."""
    parts = path.split("/")
    return (parts[0], "") if parts[0] == "python" or len(parts) == 2 else (parts[0], parts[1])


def read_uses():
    """{room: rooms of which a file of it includes a file}, for all rooms that have sources."""
    uses = collections.defaultdict(set)
    for layer in LAYERS:
        for folder, _, files in os.walk(os.path.join(ROOT, layer)):
            for name in files:
                path = os.path.join(folder, name)
                if not re.search(r"\.(hpp|cpp)(\.in)?$", name):
                    continue
                own = room_of(os.path.relpath(path, ROOT).replace(os.sep, "/"))
                with open(path, encoding="utf-8") as file:
                    included = re.findall(r'^\s*#\s*include\s+"([^"]+)"', file.read(), re.MULTILINE)
                others = {room_of(include) for include in included}
                uses[own] |= {other for other in others if other != own and other[0] in LAYERS}
    return uses


def faults_of(uses):
    """Rooms that are not drawn, and includes that point upwards."""
    order = [(layer, room) for layer in reversed(LAYERS) for room in LAYERS[layer][3]]
    height = {room: i for i, room in enumerate(order)}
    out = [f"{'/'.join(room)}: not drawn, see LAYERS" for room in sorted(uses) if room not in height]
    for user, used in sorted(uses.items()):
        for other in sorted(used):
            if user[0] == other[0] and user[0] in ONE_BOX:
                continue
            if height.get(other, 0) > height.get(user, len(order)):
                out.append(f"{'/'.join(user)} includes {'/'.join(other)}, which stands above it")
    return out


def thinned(uses):
    """Arrows that do not follow from others, without those to the root of a layer."""

    def drawn(room):
        return (room[0], "") if room[0] in ONE_BOX else room

    edges = collections.defaultdict(set)
    for user, used in uses.items():
        for other in used:
            if drawn(user) != drawn(other) and (other[1] or other[0] in ONE_BOX):
                edges[drawn(user)].add(drawn(other))

    def reached(start, but):
        seen, ahead = set(), [room for room in edges[start] if room != but]
        while ahead:
            room = ahead.pop()
            if room not in seen:
                seen.add(room)
                ahead += edges.get(room, ())
        return seen

    return sorted((a, b) for a in list(edges) for b in edges[a] if b not in reached(a, b))


class Plan:
    """Where bands and boxes stand, and what room there is between them."""

    def __init__(self):
        self.bands, self.boxes, self.rows, self.row_of = {}, {}, [], {}
        top = MARGIN
        for layer, (_, share, _, rooms) in LAYERS.items():
            columns = max(5, 1 + max(column for column, *_ in rooms.values())) if share == 1.0 else 4
            rows = 1 + max(row for _, row, *_ in rooms.values())
            width = (WIDTH - 2 * MARGIN) * share
            gap = 30 if columns > 5 or share < 1.0 else 46
            side = (width - 2 * PAD - (columns - 1) * gap) / columns
            height = TITLE + rows * BOX_HEIGHT + (rows - 1) * ROW_GAP + FOOT
            self.bands[layer] = (MARGIN, top, width, height)
            for room, (column, row, *_) in rooms.items():
                x, y = MARGIN + PAD + column * (side + gap), top + TITLE + row * (BOX_HEIGHT + ROW_GAP)
                self.boxes[layer, room] = (x, y, side, BOX_HEIGHT)
                self.row_of[layer, room] = len(self.rows) + row
            for row in range(rows):
                y = top + TITLE + row * (BOX_HEIGHT + ROW_GAP)
                taken = sorted(self.boxes[layer, room][0:3:2] for room, (_, at, *_) in rooms.items() if at == row)
                self.rows.append((layer, y, taken))
            top += height + BAND_GAP
        self.height = top - BAND_GAP + MARGIN

    def passes(self, row, x):
        """Whether a line may go down through a row at x."""
        return all(not left - 8 < x < left + width + 8 for left, width in self.rows[row][2])

    def openings(self, row):
        """Middles of the gaps between the boxes of a row, and its sides."""
        layer, _, taken = self.rows[row]
        x, _, width, _ = self.bands[layer]
        edges = [x, *(edge for left, side in taken for edge in (left, left + side)), x + width]
        out = [(edges[i] + edges[i + 1]) / 2 for i in range(0, len(edges), 2)]
        if x + width < WIDTH - 2 * MARGIN:
            out.append((x + width + WIDTH - MARGIN) / 2)
        return out

    def lanes(self, row):
        """The room below a row for horizontal lines: top and bottom."""
        layer, y, _ = self.rows[row]
        if row + 1 < len(self.rows) and self.rows[row + 1][0] == layer:
            return y + BOX_HEIGHT + 8, self.rows[row + 1][1] - 8
        _, top, _, height = self.bands[layer]
        return top + height - FOOT + 6, top + height + BAND_GAP - 5


def crossings(plan, a, b, x0, x1):
    """The x at which a line from box a down to box b goes through each row between them: few bends, short ways."""
    ways = {x0: (0.0, [])}
    for row in range(plan.row_of[a] + 1, plan.row_of[b]):
        places = [x for x in (*ways, x1, *plan.openings(row)) if plan.passes(row, x)]
        ways = {
            x: min((cost + abs(x - at) + (60 if x != at else 0), [*way, x]) for at, (cost, way) in ways.items())
            for x in places
        }
    return min((cost + abs(x1 - at) + (60 if x1 != at else 0), way) for at, (cost, way) in ways.items())[1]


class Lines:
    """Arrows as right-angled lines that do not run on one another."""

    def __init__(self, plan):
        self.plan = plan
        self.down, self.level = collections.defaultdict(list), collections.defaultdict(list)

    def ends(self, edges):
        """Where arrows leave a box below and come into one above: spread, in the order of the others."""
        boxes, out = self.plan.boxes, {}
        for side, other in ((0, 1), (1, 0)):
            for room in {edge[side] for edge in edges}:
                own = [edge for edge in edges if edge[side] == room]
                own.sort(key=lambda edge: (boxes[edge[other]][0] + boxes[edge[other]][2] / 2, edge[other]))
                x, _, width, _ = boxes[room]
                step = min(22.0, width / (len(own) + 1))
                for i, edge in enumerate(own):
                    out[edge, side] = x + width / 2 + (i - (len(own) - 1) / 2) * step
        # An arrow to a box that stands below goes straight.
        for edge in edges:
            for side in (0, 1):
                x, _, width, _ = boxes[edge[side]]
                alone = sum(other[side] == edge[side] for other in edges) == 1
                if alone and x + 10 < out[edge, 1 - side] < x + width - 10:
                    out[edge, side] = out[edge, 1 - side]
        return out

    def route(self, edges):
        """{edge: corners} of arrows that go down."""
        ends = self.ends(edges)
        ways = {}
        for edge in edges:
            x0, x1 = ends[edge, 0], ends[edge, 1]
            ways[edge] = [x0, *self.free(edge, crossings(self.plan, *edge, x0, x1)), x1]
        wanted = collections.defaultdict(list)
        for edge, xs in ways.items():
            first = self.plan.row_of[edge[0]]
            for i in range(len(xs) - 1):
                if abs(xs[i] - xs[i + 1]) > 0.5:
                    wanted[first + i].append((edge, i, min(xs[i : i + 2]), max(xs[i : i + 2]), xs[i], xs[i + 1]))
        heights = {}
        for row, parts in wanted.items():
            heights.update(self.tracks(row, parts))
        return {edge: self.corners(edge, xs, heights) for edge, xs in ways.items()}

    def free(self, edge, xs):
        """Lines beside one another where several go through the same gap."""
        out = []
        for i, x in enumerate(xs):
            row = self.plan.row_of[edge[0]] + 1 + i
            while any(abs(x - other) < TRACK - 1 for other in self.down[row]):
                x += TRACK
            self.down[row].append(x)
            out.append(x)
        # One x for as long as it was one.
        for i in range(1, len(out)):
            row = self.plan.row_of[edge[0]] + 1 + i
            if abs(out[i] - out[i - 1]) <= 3 * TRACK and self.plan.passes(row, out[i - 1]):
                out[i] = out[i - 1]
        return out

    def tracks(self, row, parts):
        """A height for each horizontal part below a row, so that lines that turn cross little."""
        top, bottom = self.plan.lanes(row)
        parts.sort(key=lambda part: (part[4] < part[5], part[5] if part[4] > part[5] else -part[5]))
        tracks = []
        for part in parts:
            for track in tracks:
                if all(part[3] + 12 < other[2] or other[3] + 12 < part[2] for other in track):
                    track.append(part)
                    break
            else:
                tracks.append([part])
        step = min(TRACK + 1.0, (bottom - top) / max(1, len(tracks) - 1)) if len(tracks) > 1 else 0.0
        middle = (top + bottom) / 2 - step * (len(tracks) - 1) / 2
        return {(part[0], part[1]): middle + i * step for i, track in enumerate(tracks) for part in track}

    def corners(self, edge, xs, heights):
        _, y0, _, h0 = self.plan.boxes[edge[0]]
        points = [(xs[0], y0 + h0)]
        for i in range(len(xs) - 1):
            if (edge, i) in heights:
                points += [(xs[i], heights[edge, i]), (xs[i + 1], heights[edge, i])]
        return [*points, (xs[-1], self.plan.boxes[edge[1]][1])]


def rounded(points):
    """A path through corners that are rounded."""
    out = f"M{points[0][0]:.1f} {points[0][1]:.1f}"
    for (ax, ay), (bx, by), (cx, cy) in zip(points, points[1:], points[2:], strict=False):
        r = min(CORNER, (abs(ax - bx) + abs(ay - by)) / 2, (abs(cx - bx) + abs(cy - by)) / 2)

        def toward(x, y, bx=bx, by=by, r=r):
            length = max(1e-9, abs(x - bx) + abs(y - by))
            return f"{bx + r * (x - bx) / length:.1f} {by + r * (y - by) / length:.1f}"

        out += f"L{toward(ax, ay)}Q{bx:.1f} {by:.1f} {toward(cx, cy)}"
    return out + f"L{points[-1][0]:.1f} {points[-1][1]:.1f}"


def paths(plan, edges):
    """{edge: path}: sideways between boxes of a row, else down."""
    out, down = {}, []
    for a, b in edges:
        (ax, ay, aw, _), (bx, _, bw, _) = plan.boxes[a], plan.boxes[b]
        if plan.row_of[a] == plan.row_of[b]:
            x0, x1 = (ax, bx + bw) if ax > bx else (ax + aw, bx)
            out[a, b] = f"M{x0:.1f} {ay + BOX_HEIGHT / 2:.1f}H{x1:.1f}"
        else:
            down.append((a, b))
    lines = Lines(plan).route(down)
    return {**out, **{edge: rounded(points) for edge, points in lines.items()}}


def text(x, y, words, kind, colour="#1f2933", more=""):
    return f'<text x="{x:.1f}" y="{y:.1f}" class="{kind}" fill="{colour}"{more}>{words}</text>'


def box_svg(plan, layer, room):
    x, y, width, height = plan.boxes[layer, room]
    _, _, (_, ink), rooms = LAYERS[layer]
    _, _, first, second = rooms[room]
    name = f"{room}/" if room else f"{layer}/"
    return [
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height}" rx="7" fill="#fff" stroke="{ink}"/>',
        text(x + width / 2, y + 20, name, "room", ink),
        text(x + width / 2, y + (37 if second else 42), first, "word"),
        *([text(x + width / 2, y + 51, second, "word")] if second else []),
    ]


def draw(edges):
    plan = Plan()
    inks = [ink for _, _, (_, ink), _ in LAYERS.values()] + [GREY]
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {plan.height}" role="img" '
        'aria-label="Layers and rooms of the code, and which uses which" '
        'font-family="Helvetica, Arial, sans-serif">',
        "<style>.layer{font-size:17px;font-weight:700}.about{font-size:13px}"
        ".room{font-size:14px;font-weight:700;text-anchor:middle}.word{font-size:11.5px;text-anchor:middle}"
        ".key{font-size:13px;text-anchor:end}.line{fill:none;stroke-width:1.6}</style>",
        "<defs>",
    ]
    out += [
        f'<marker id="{ink[1:]}" viewBox="0 0 8 8" refX="7.4" refY="4" markerWidth="8" markerHeight="8" '
        f'markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0L8 4L0 8z" fill="{ink}"/></marker>'
        for ink in inks
    ]
    out += ["</defs>", f'<rect width="{WIDTH}" height="{plan.height}" fill="#fff"/>']
    out += [
        f'<rect x="{x}" y="{y}" width="{width:.1f}" height="{height}" rx="12" fill="{LAYERS[layer][2][0]}"/>'
        for layer, (x, y, width, height) in plan.bands.items()
    ]
    key = "an arrow: uses; all use the root of a layer below"
    out.append(text(WIDTH - MARGIN - 16, MARGIN + 24, key, "key", GREY))
    for (a, b), path in sorted(paths(plan, edges).items(), key=lambda item: item[0][0][0] == item[0][1][0]):
        ink = LAYERS[a[0]][2][1] if a[0] == b[0] else GREY
        out.append(f'<path d="{path}" class="line" stroke="{ink}" marker-end="url(#{ink[1:]})"/>')
    for layer, (about, _, (fill, ink), _) in LAYERS.items():
        x, y, _, _ = plan.bands[layer]
        halo = f' stroke="{fill}" stroke-width="6" stroke-linejoin="round" paint-order="stroke"'
        out.append(text(x + 16, y + 24, layer, "layer", ink, halo))
        out.append(text(x + 16 + 10.5 * len(layer) + 12, y + 24, about, "about", ink, halo))
    for layer, (_, _, _, rooms) in LAYERS.items():
        for room in rooms:
            out += box_svg(plan, layer, room)
    return "\n".join([*out, "</svg>"]) + "\n"


def main():
    uses = read_uses()
    faults = faults_of(uses)
    for fault in faults:
        print(fault, file=sys.stderr)
    if not any("not drawn" in fault for fault in faults):
        with open(TARGET, "w", encoding="utf-8") as file:
            file.write(draw(thinned(uses)))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
