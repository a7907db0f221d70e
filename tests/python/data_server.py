"""A server of small files in exactly the formats of the public ones, and with their bad days.

All of it is invented: a town of the code 30422, where Taiji lies, whose hills are a formula.
"""

from __future__ import annotations

import collections
import functools
import hashlib
import http.server
import io
import json
import math
import struct
import threading
import time
import urllib.parse
import zipfile
import zlib

import numpy as np

GSI = "cyberjapandata.gsi.go.jp"
ESTAT = "www.e-stat.go.jp"
KSJ = "nlftp.mlit.go.jp"

WEST, SOUTH, EAST, NORTH = 135.900, 33.575, 135.930, 33.600
CODE = "30422"
#: Laser heights end here; east of it there is DEM10B alone.
LASER_EAST = 135.925


def height_asl_m(longitude, latitude):
    """Hills of up to 220 m; the sea in the south-east corner."""
    east = (np.asarray(longitude) - WEST) / (EAST - WEST)
    north = (np.asarray(latitude) - SOUTH) / (NORTH - SOUTH)
    hills = 100.0 + 80.0 * np.sin(7.0 * east) * np.cos(5.0 * north) + 40.0 * north
    return np.where(is_sea(longitude, latitude), np.nan, hills)


def is_sea(longitude, latitude):
    return (np.asarray(longitude) > 135.935) & (np.asarray(latitude) < 33.580)


def png(rgb: np.ndarray) -> bytes:
    height, width, _ = rgb.shape

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    rows = np.concatenate([np.zeros((height, 1), np.uint8), rgb.reshape(height, -1)], axis=1).tobytes()
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows, 1)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def tile_png(heights: np.ndarray) -> bytes:
    """GSI: centimetres in 24 bits, two's complement; (128, 0, 0) is void."""
    centimetres = np.where(np.isnan(heights), 1 << 23, np.round(np.nan_to_num(heights) * 100.0)).astype(np.int64)
    code = centimetres & 0xFFFFFF
    return png(np.stack([code >> 16, code >> 8 & 255, code & 255], axis=-1).astype(np.uint8))


def tile_centres(z: int, x: int, y: int) -> tuple[np.ndarray, np.ndarray]:
    columns = (x + (np.arange(256) + 0.5) / 256) / (1 << z)
    rows = (y + (np.arange(256) + 0.5) / 256) / (1 << z)
    longitude = columns * 360.0 - 180.0
    latitude = np.degrees(np.arctan(np.sinh(math.pi * (1.0 - 2.0 * rows))))
    return np.meshgrid(longitude, latitude)


class _Cp932Name(zipfile.ZipInfo):
    def _encodeFilenameFlags(self):  # noqa: N802
        return self.filename.encode("cp932"), self.flag_bits & ~0x800


def zipped(files: dict[str, bytes]) -> bytes:
    """Names as they come: backslashes stay, and what is not ASCII is CP932 without a mark."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(_Cp932Name(name, (2024, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def collection(features: list[dict]) -> bytes:
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::6668"}}
    document = {"type": "FeatureCollection", "crs": crs, "features": features}
    return json.dumps(document, ensure_ascii=False).encode()


def feature(kind: str, coordinates, **properties) -> dict:
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": kind, "coordinates": coordinates},
    }


def box_ring(west: float, south: float, east: float, north: float) -> list:
    return [[[west, south], [east, south], [east, north], [west, north], [west, south]]]


def n03_zip() -> bytes:
    def town(box, code, county, name):
        told = {"N03_001": "和歌山県", "N03_002": None, "N03_003": county, "N03_004": name, "N03_005": None}
        return feature("Polygon", box_ring(*box), **told, N03_007=code)

    features = [
        town((WEST, SOUTH, EAST, NORTH), CODE, "東牟婁郡", "太地町"),
        town((135.80, 33.575, WEST, 33.65), "30421", "東牟婁郡", "那智勝浦町"),
        town((135.99, 33.5, 136.0, 33.51), None, None, "所属未定地"),
    ]
    return zipped(
        {
            "N03-20240101_30_GML\\N03-20240101_30.geojson": collection(features),
            "N03-20240101_30_GML\\行政区域の説明.txt": "説明".encode("cp932"),
        }
    )


#: Depopulated: the west of the town, and all of its neighbour.
KASO_EAST = 135.912


def a17_zip() -> bytes:
    area = feature("Polygon", box_ring(135.7, 33.5, KASO_EAST, 33.7), A17_001="和歌山県", A17_006="一部過疎")
    return zipped({"A17-17_30_GML\\A17-17_30.geojson": collection([area])})


def n13_zip() -> bytes:
    def road(points, category, state):
        told = {"N13_001": "2024-01-01", "N13_002": "1", "N13_003": category, "N13_004": state}
        return feature("LineString", points, **told, N13_005="0")

    features = [
        road([[135.901, 33.58], [135.915, 33.585], [135.929, 33.59]], "1", "1"),
        road([[135.910, 33.576], [135.912, 33.598]], "3", "3"),
    ]
    return zipped({"N13-24_5035_GEOJSON\\N13-24_5035.geojson": collection(features)})


def n02_zip() -> bytes:
    line = feature(
        "LineString", [[135.90, 33.581], [135.93, 33.586]], N02_001="11", N02_003="紀勢線", N02_004="JR"
    )
    wrong = feature("LineString", [[0.0, 0.0], [1.0, 1.0]], N02_003="?")
    return zipped(
        {
            "Shift-JIS/N02-24_RailroadSection.geojson": collection([wrong]),
            "UTF-8/N02-24_RailroadSection.geojson": collection([line]),
            "UTF-8/N02-24_Station.geojson": collection([]),
        }
    )


def places_zip(name: str, field: str, places: dict[str, tuple[float, float]]) -> bytes:
    features = [feature("Point", list(at), **{field: title}) for title, at in places.items()]
    return zipped({f"{name}\\{name}.geojson": collection(features)})


def mesh_500m(longitude: float, latitude: float) -> str:
    """JIS X 0410: first, second, third mesh, quarter (1 south-west, 2 south-east, 3 north-west, 4 north-east)."""
    v, u = divmod(latitude * 1.5, 1)[0], math.floor(longitude)
    row = math.floor((latitude * 1.5 - v) * 160)
    column = math.floor((longitude - u) * 160)
    r, c = row // 2, column // 2
    quarter = 1 + column % 2 + 2 * (row % 2)
    return f"{int(v):02d}{u - 100:02d}{r // 10}{c // 10}{r % 10}{c % 10}{quarter}"


@functools.cache
def people() -> dict[str, int]:
    """Residents of meshes; the west is the town centre."""
    found: dict[str, int] = {}
    for j in range(6):
        for i in range(5):
            longitude, latitude = WEST + (i + 0.5) * 0.00625, SOUTH + (j + 0.5) / 240
            if longitude < EAST and latitude < NORTH:
                found[mesh_500m(longitude, latitude)] = 400 if (i, j) == (1, 2) else 20 + 10 * i + j
    return found


def estat_zip() -> bytes:
    lines = ["KEY_CODE,HTKSYORI,HTKSAKI,GASSAN,T001141001,T001141002", ",,,,人口（総数）,人口（総数）　男"]
    lines += [f"{mesh},0,,,{count},{count // 2}" for mesh, count in sorted(people().items())]
    return zipped({"tblT001141H5035.txt": "\r\n".join(lines).encode("cp932")})


def dbf(columns: list[tuple[str, int]], rows: list[tuple[str, ...]]) -> bytes:
    width = 1 + sum(size for _, size in columns)
    head = 33 + 32 * len(columns)
    out = bytes([3, 124, 1, 1]) + struct.pack("<IHH", len(rows), head, width) + bytes(20)
    for name, size in columns:
        out += name.encode("cp932").ljust(11, b"\0") + b"C" + bytes(4) + bytes([size, 0]) + bytes(14)
    out += b"\r"
    for row in rows:
        out += b" " + b"".join(
            text.encode("ascii").ljust(size) for text, (_, size) in zip(row, columns, strict=True)
        )
    return out + b"\x1a"


#: Land use of meshes of 100 m: trees, houses, fields.
LAND_USE = {"5035710000": "0500", "5035710011": "0700", "5035717799": "0100"}


def l03b_zip() -> bytes:
    table = dbf([("メッシュ", 10), ("土地利用種", 4)], list(LAND_USE.items()))
    return zipped({"L03-b-21_5035-jgd2011_GML\\L03-b-21_5035.dbf": table})


class Answers(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        world = self.server.world
        trick = world.trick_for(self.path)
        with world.lock:
            world.asked.append(self.path)
            world.ranges.append((self.path, self.headers.get("Range")))
            world.agents.add(self.headers.get("User-Agent"))
            world.at_once += 1
            self.counted = 1
            world.most_at_once = max(world.most_at_once, world.at_once)
        try:
            time.sleep(world.delay_s)
            self.answer(world, trick)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True
        finally:
            self.leave()

    def leave(self) -> None:
        """Before the last byte goes: whoever has it may ask again at once."""
        world = self.server.world
        with world.lock:
            world.at_once -= self.counted
            self.counted = 0

    def answer(self, world: World, trick: str) -> None:
        if trick.startswith(("429", "500", "503")):
            return self.reply(int(trick[:3]), b"busy", {"Retry-After": "0"})
        if trick.startswith("to "):
            return self.reply(302, b"", {"Location": trick[3:]})
        if trick == "page":
            return self.reply(200, b"<!DOCTYPE html><html>This page has moved</html>")
        body = world.content(self.path)
        if body is None:
            return self.reply(404, b"Not Found")
        tag = f'"{hashlib.md5(body).hexdigest()}"'
        headers = {"ETag": tag, "Accept-Ranges": "bytes"}
        status = 200
        asked = self.headers.get("Range")
        if asked and self.headers.get("If-Range") == tag and trick != "no ranges":
            first = int(asked.removeprefix("bytes=").rstrip("-"))
            headers["Content-Range"] = f"bytes {first}-{len(body) - 1}/{len(body)}"
            body, status = body[first:], 206
        self.reply(status, body, headers, sent=len(body) // 2 if trick == "half" else len(body))
        with world.lock:
            if trick != "half":
                world.served.append(self.path)
        return None

    def reply(
        self, status: int, body: bytes, headers: dict[str, str] | None = None, sent: int | None = None
    ) -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.leave()
        self.wfile.write(body[:sent])
        if sent is not None and sent < len(body):
            self.close_connection = True

    def log_message(self, *_: object) -> None:
        pass


class World:
    """The server, and what it was asked. `tricks[part of a path]` is what it does the next times, in turn."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.delay_s = 0.0
        self.tricks: dict[str, list[str]] = {}
        self.changed: dict[str, bytes] = {}
        self.reset()
        self.httpd = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answers)
        self.httpd.world = self
        self.thread = threading.Thread(target=self.httpd.serve_forever, kwargs={"poll_interval": 0.01})
        self.thread.start()

    def reset(self) -> None:
        self.asked: list[str] = []
        self.served: list[str] = []
        self.ranges: list[tuple[str, str | None]] = []
        self.agents: set[str | None] = set()
        self.at_once = 0
        self.most_at_once = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.httpd.server_port}"

    def close(self) -> None:
        self.httpd.shutdown()
        self.thread.join()
        self.httpd.server_close()

    def trick_for(self, path: str) -> str:
        with self.lock:
            for part, tricks in self.tricks.items():
                if part in path and tricks:
                    return tricks.pop(0) if len(tricks) > 1 or tricks[0] != "page" else tricks[0]
        return ""

    def content(self, path: str) -> bytes | None:
        for part, body in self.changed.items():
            if part in path:
                return body
        host, _, rest = path.lstrip("/").partition("/")
        if host == GSI:
            return self.tile(rest)
        return self.file(host, rest)

    @staticmethod
    @functools.cache
    def file(host: str, rest: str) -> bytes | None:
        if host == ESTAT:
            asked = urllib.parse.parse_qs(urllib.parse.urlsplit(rest).query)
            known = asked.get("statsId") == ["T001141"] and asked.get("code") == ["5035"]
            return estat_zip() if known and asked.get("downloadType") == ["2"] else None
        made = {
            "N03-20240101_30_GML.zip": n03_zip,
            "N13-24_5035_GEOJSON.zip": n13_zip,
            "A17-17_30_GML.zip": a17_zip,
            "N02-24_GML.zip": n02_zip,
            "L03-b-21_5035-jgd2011_GML.zip": l03b_zip,
            "P29-21_30_GML.zip": lambda: places_zip("P29-21_30", "P29_004", {"太地小学校": (135.909, 33.587)}),
            "P04-20_30_GML.zip": lambda: places_zip("P04-20_30", "P04_002", {"太地診療所": (135.920, 33.590)}),
        }.get(rest.rpartition("/")[2])
        return made() if host == KSJ and made else None

    @staticmethod
    @functools.cache
    def tile(rest: str) -> bytes | None:
        _, kind, z, x, y = rest.removesuffix(".png").split("/")
        longitude, latitude = tile_centres(int(z), int(x), int(y))
        heights = height_asl_m(longitude, latitude)
        if kind == "dem5a_png":
            heights = np.where(longitude < LASER_EAST, heights, np.nan)
            heights[100:120, 100:120] = np.nan  # a pond
        elif kind == "dem_png":
            heights = np.round(heights)
        else:
            return None
        return None if np.isnan(heights).all() else tile_png(heights)

    def counts(self) -> collections.Counter[str]:
        return collections.Counter(self.asked)
