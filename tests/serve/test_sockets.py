"""The map page over sockets: strangers, big bodies, slow clients, many at once, two pages that change one plan."""

import concurrent.futures
import json
import signal
import socket
import subprocess
import time

import pytest
from world import PROGRAM, make_world

EDIT = {"edits": [{"site": "W", "lon": 138.535, "lat": 35.526}]}


class Server:
    def __init__(self, scenario, *options):
        self.process = subprocess.Popen(
            [PROGRAM, "serve", str(scenario), "--port", "0", *options],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.url = self.process.stdout.readline().strip()
        assert self.url.startswith("http://"), self.process.stderr.read()
        self.host = self.url.split("/")[2]
        self.address = ("127.0.0.1", int(self.host.rsplit(":", 1)[1]))

    def connect(self, timeout=30.0):
        return socket.create_connection(self.address, timeout=timeout)

    def send(self, head, body=b"", host=None):
        """Status, headers and body of the answer to a request of our own making."""
        with self.connect() as connection:
            lines = [head, f"Host: {self.host if host is None else host}", "Connection: close"]
            connection.sendall("\r\n".join(lines).encode() + body)
            return answer_on(connection)

    def get(self, path, *headers, host=None):
        return self.send(
            f"GET {path} HTTP/1.1", ("".join("\r\n" + h for h in headers) + "\r\n\r\n").encode(), host
        )

    def post(self, path, body, *headers):
        data = json.dumps(body).encode()
        own = ("Content-Type: application/json", f"Content-Length: {len(data)}", *headers)
        return self.send(f"POST {path} HTTP/1.1", ("".join("\r\n" + h for h in own) + "\r\n\r\n").encode() + data)

    def stop(self):
        self.process.send_signal(signal.SIGINT)
        _, said = self.process.communicate(timeout=30)
        return self.process.returncode, said


def answer_on(connection):
    data = b""
    try:
        while part := connection.recv(1 << 16):
            data += part
    except (ConnectionResetError, TimeoutError):
        pass
    head, _, body = data.partition(b"\r\n\r\n")
    lines = head.decode("latin-1").split("\r\n")
    status = int(lines[0].split(" ")[1]) if " " in lines[0] else 0
    return status, dict(line.lower().split(": ", 1) for line in lines[1:] if ": " in line), body


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("served")
    out = Server(make_world(folder))
    yield out
    code, said = out.stop()
    assert code == 0, said
    assert "Sanitizer" not in said, said
    assert "runtime error" not in said, said


def test_the_plan_is_answered(server):
    status, headers, body = server.get("/api/plan")
    assert status == 200
    assert headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in headers["content-security-policy"]
    assert json.loads(body)["state"]["revision"] == 0


def test_strangers_are_refused(server):
    assert server.get("/api/plan", host="evil.example")[0] == 403
    assert server.get("/api/plan", host="127.0.0.1")[0] == 403
    assert server.get("/api/plan", "Origin: http://evil.example")[0] == 403
    assert server.get("/api/plan", f"Host: {server.host}", host="evil.example")[0] in (400, 403)
    assert server.post("/api/undo", {"revision": 0}, "Origin: null")[0] == 403


@pytest.mark.parametrize(
    "path",
    [
        "/../../../../etc/passwd",
        "/..%2f..%2f..%2fetc%2fpasswd",
        "/assets/../../scenario.toml",
        "//etc/passwd",
        "/%00",
        "/api/raster/..%2f..%2fetc%2fpasswd",
        "/api/layer/../../etc/passwd",
        "/" + "a" * 7000,
        "/" + "%41" * 2000,
    ],
)
def test_no_path_leads_to_a_file(server, path):
    status, _, body = server.get(path)
    assert status in (400, 404, 414, 422)
    assert b"root:" not in body


def test_a_body_of_a_gigabyte_is_not_read(server):
    with server.connect() as connection:
        head = (
            f"POST /api/edit HTTP/1.1\r\nHost: {server.host}\r\nContent-Type: application/json\r\n"
            f"Content-Length: {1 << 30}\r\n\r\n"
        )
        connection.sendall(head.encode() + b"[" * 65536)
        connection.shutdown(socket.SHUT_WR)
        assert answer_on(connection)[0] == 413


def test_chunks_without_end_are_cut_off(server):
    with server.connect() as connection:
        head = (
            f"POST /api/edit HTTP/1.1\r\nHost: {server.host}\r\nContent-Type: application/json\r\n"
            "Transfer-Encoding: chunked\r\n\r\n"
        )
        try:
            connection.sendall(head.encode())
            for _ in range(64):
                connection.sendall(b"10000\r\n" + b"[" * 65536 + b"\r\n")
        except (BrokenPipeError, ConnectionResetError):
            pass
        assert answer_on(connection)[0] in (0, 400, 413, 422)
    assert server.get("/api/state")[0] == 200


def test_what_is_no_http_ends_with_its_connection(server):
    for garbage in (
        b"\x16\x03\x01\x02\x00\x01",
        b"GET\r\n\r\n",
        b"\r\n" * 5000,
        b"GET / HTTP/9.9\r\n\r\n",
        b"A" * 100_000,
    ):
        with server.connect() as connection:
            try:
                connection.sendall(garbage)
                connection.shutdown(socket.SHUT_WR)
            except (BrokenPipeError, ConnectionResetError, OSError):
                pass
            assert answer_on(connection)[0] in (0, 400, 403, 414)
    assert server.get("/api/state")[0] == 200


def test_slow_clients_hold_nobody_up(server):
    idle = [server.connect() for _ in range(20)]
    for connection in idle:
        connection.sendall(b"GET /api/plan HTTP/1.1\r\nHost: ")
    start = time.monotonic()
    assert server.get("/api/state")[0] == 200
    assert time.monotonic() - start < 4.0
    # Each is let go of after its patience.
    assert answer_on(idle[0])[0] in (0, 400, 403)
    assert time.monotonic() - start < 20.0
    for connection in idle:
        connection.close()


def test_two_hundred_at_once(server):
    paths = ["/api/state", "/api/raster/rsrp_dbm", "/api/plan", "/api/layers"]
    with concurrent.futures.ThreadPoolExecutor(200) as pool:
        statuses = list(pool.map(lambda i: server.get(paths[i % len(paths)])[0], range(200)))
    assert set(statuses) <= {200, 503}
    assert statuses.count(200) >= 32
    assert server.get("/api/state")[0] == 200


def test_no_change_is_lost_of_fifty_at_once(server):
    revision = json.loads(server.get("/api/state")[2])["revision"]

    def change(i):
        values = {"edits": [{"site": "W", "values": {"azimuth_deg": float(i)}}], "revision": revision}
        return server.post("/api/edit", values)[0]

    with concurrent.futures.ThreadPoolExecutor(50) as pool:
        statuses = list(pool.map(change, range(50)))
    assert statuses.count(200) == 1
    assert set(statuses) <= {200, 409, 503}
    state = json.loads(server.get("/api/state")[2])
    assert state["revision"] == revision + 1
    assert server.post("/api/undo", {"revision": revision})[0] == 409
    assert server.post("/api/undo", {"revision": revision + 1})[0] == 200


def test_another_address_asks_for_its_token(tmp_path):
    server = Server(make_world(tmp_path), "--host", "127.0.0.2")
    server.address = ("127.0.0.2", server.address[1])
    token = server.url.split("token=")[1]
    assert len(token) == 32
    assert server.get("/api/state")[0] == 401
    assert server.get("/api/state", f"Authorization: Bearer {token}")[0] == 200
    status, headers, _ = server.get(f"/?token={token}")
    assert status == 303
    assert server.get("/api/state", f"Cookie: {headers['set-cookie'].split(';')[0]}")[0] == 200
    assert server.stop()[0] == 0


def test_a_scenario_that_became_invalid_is_not_saved(tmp_path):
    scenario = make_world(tmp_path) / "scenario.toml"
    server = Server(scenario)
    assert server.post("/api/edit", {"revision": 0, **EDIT})[0] == 200
    text = scenario.read_text()
    scenario.write_text(text.replace("grid_m", "grid_mm"))
    assert server.post("/api/save", {"revision": 1, "name": "x"})[0] == 422
    assert server.post("/api/studies", {"revision": 1})[0] == 422
    assert not (tmp_path / "x").exists()
    scenario.write_text(text)
    status, _, body = server.post("/api/save", {"revision": 1, "name": "x"})
    assert status == 200, body
    assert (tmp_path / "x" / "scenario.toml").exists()
    assert server.post("/api/save", {"revision": 1, "name": "x"})[0] == 422
    assert server.stop()[0] == 0


def test_a_port_that_is_taken_is_told_before_anything_is_planned(server, tmp_path):
    out = subprocess.run(
        [PROGRAM, "serve", str(make_world(tmp_path)), "--port", str(server.address[1])],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert out.returncode == 2
    assert "cannot listen there" in out.stderr
