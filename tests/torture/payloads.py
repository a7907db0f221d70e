"""Texts of a hostile scenario: none of them becomes markup, a script, a request or a formula."""

import csv
import html.parser
import io
import json
import pathlib
import re
import shutil
import subprocess
import tempfile
import xml.etree.ElementTree as ElementTree

from world import make_world, run

MARK = "PWNED"
ADDRESS = "http://127.0.0.1:9/" + MARK
_SCRIPT = f"document.title='{MARK}'"
PAYLOADS = [
    f"<script>{_SCRIPT}</script>",
    f"</script><script>{_SCRIPT}</script>",
    f"</title><script>{_SCRIPT}</script>",
    f"</style><script>{_SCRIPT}</script>",
    f"</textarea><script>{_SCRIPT}</script>",
    f"--><script>{_SCRIPT}</script>",
    f"]]><script>{_SCRIPT}</script>",
    f"]]></name><script>{_SCRIPT}</script>",
    f"<!--<script>{_SCRIPT}</script>-->",
    f"<img src=x onerror={_SCRIPT}>",
    f"<img src={ADDRESS}>",
    f"'\"><img src={ADDRESS}>",
    f"<svg onload={_SCRIPT}>",
    f"<svg><image href={ADDRESS} /></svg>",
    f"<svg><use href={ADDRESS}#a /></svg>",
    f"<svg><style>@import '{ADDRESS}'</style></svg>",
    f"<math><a xlink:href=javascript:{_SCRIPT}>x</a></math>",
    f"<iframe src=javascript:{_SCRIPT}>",
    f"<iframe srcdoc='<script>{_SCRIPT}</script>'>",
    f"<object data={ADDRESS}>",
    f"<embed src={ADDRESS}>",
    f"<link rel=stylesheet href={ADDRESS}>",
    f"<base href={ADDRESS}>",
    f"<meta http-equiv=refresh content='0;url={ADDRESS}'>",
    f"<form action={ADDRESS}><input autofocus onfocus={_SCRIPT}>",
    f"<body onload={_SCRIPT}>",
    f"<details open ontoggle={_SCRIPT}>",
    f"<video><source onerror={_SCRIPT}>",
    f"<audio src={ADDRESS} autoplay>",
    f"<a href=javascript:{_SCRIPT}>x</a>",
    f"<a href='data:text/html,<script>{_SCRIPT}</script>'>x</a>",
    f'" onmouseover="{_SCRIPT}" x="',
    f"' onmouseover='{_SCRIPT}' x='",
    f"` onmouseover=`{_SCRIPT}`",
    f'" style="background:url({ADDRESS})" x="',
    f"}}</style><style>*{{background:url({ADDRESS})}}",
    f"}}*{{background:url({ADDRESS})}}",
    f"javascript:{_SCRIPT}",
    f"\\u003cscript\\u003e{_SCRIPT}\\u003c/script\\u003e",
    f"&lt;script&gt;{_SCRIPT}&lt;/script&gt;",
    f"&#60;script&#62;{_SCRIPT}&#60;/script&#62;",
    f"%3Cscript%3E{_SCRIPT}%3C/script%3E",
    f"＜script＞{_SCRIPT}＜/script＞",
    f"<scr<script>ipt>{_SCRIPT}</script>",
    f"<ScRiPt>{_SCRIPT}</sCrIpT>",
    f"<script/x>{_SCRIPT}</script>",
    f"<script\n>{_SCRIPT}</script\n>",
    f"<p/onclick={_SCRIPT}>",
    f"${{{_SCRIPT}}}",
    f"{{{{{_SCRIPT}}}}}",
    f"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY y SYSTEM '{ADDRESS}'>]><x>&y;</x>",
    f"<NetworkLink><Link><href>{ADDRESS}</href></Link></NetworkLink>",
    f'=HYPERLINK("{ADDRESS}","x")',
    f"=cmd|' /C calc'!{MARK}",
    f"+1+cmd|{MARK}",
    f"-1+cmd|{MARK}",
    f"@SUM({MARK})",
    f" =1+{MARK}",
    f"\t=1+{MARK}",
    f"　=1+{MARK}",
    f"＝1+{MARK}",
    f"＠SUM({MARK})",
    f'x",=1+{MARK}',
    f"x\n=1+{MARK}",
    f"'; DROP TABLE sites; -- {MARK}",
    f"\x1b]0;{MARK}\x07\x1b[2J",
    f"\u202e{MARK}\u2066\u200b",
]
FORMULA = re.compile(r"^[\s\u00a0\u3000\ufeff]*[=+\-@＝＋－＠]")


def hostile_plan(folder, payload):
    """A plan with the payload in every text that a scenario and its files have."""
    world = make_world(folder)
    said = json.dumps(payload).replace("\x7f", "\\u007f")
    text = (world / "scenario.toml").read_text()
    text = text.replace('"Ridge"', f"{said}\ndescription = {said}\ncredits = [{said}]")
    text = text.replace('id = "W"', f"id = {said}\nname = {said}\noperator = {said}")
    text = text.replace('id = "1"', f"id = {said}")
    text += f'[licence]\ncover_dbm = -84.6\ncoordination_dbm = -91.0\nsource = {said}\n[terrain]\nvertical_datum = {said}\n[[places]]\npath = "places.geojson"\n'
    point = {"type": "Point", "coordinates": [138.53, 35.52]}
    names = {"name": payload, "kind": payload, "N03_007": "19430", "N03_004": payload}
    (world / "places.geojson").write_text(_collection(names, point))
    ring = [[138.52, 35.51], [138.56, 35.51], [138.56, 35.54], [138.52, 35.54], [138.52, 35.51]]
    (world / "towns.geojson").write_text(_collection(names, {"type": "Polygon", "coordinates": [ring]}))
    (world / "roads.geojson").write_text(_collection(names, {"type": "LineString", "coordinates": ring}))
    text += '[[boundaries]]\npath = "towns.geojson"\n[[focus_zones]]\npath = "towns.geojson"\n'
    text += f'[[roads]]\npath = "roads.geojson"\nclass_field = "kind"\n[[traffic.point]]\nname = {said}\n'
    text += "lon = 138.53\nlat = 35.52\ndl_mbps = 1.0\nul_mbps = 1.0\n"
    (world / "scenario.toml").write_text(text)
    return world


def _collection(properties, geometry):
    feature = {"type": "Feature", "properties": properties, "geometry": geometry}
    return json.dumps({"type": "FeatureCollection", "features": [feature]})


class _Structure(html.parser.HTMLParser):
    """Elements and attributes, without texts; values of attributes that could ask or run are kept."""

    def __init__(self):
        super().__init__()
        self.seen = []

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, tuple(name for name, _ in attrs)))
        for name, value in attrs:
            if name.startswith("on") or (name in ("src", "href", "action", "data") and ADDRESS in (value or "")):
                self.seen.append(("ASKS", value))

    def handle_decl(self, decl):
        self.seen.append(("decl", decl))

    def handle_pi(self, data):
        self.seen.append(("pi", ""))


def structure(path):
    """Without the labels of maps: one that is too long for its place is left out."""
    parser = _Structure()
    parser.feed(path.read_text())
    parser.close()
    return [element for element in parser.seen if element[0] != "text"]


def xml_structure(path):
    return [(element.tag, sorted(element.attrib)) for element in ElementTree.parse(path).iter()]


def faults(out, harmless):
    """What the payload has done in the files of a run, held against those of a harmless text."""
    found = []
    for path in sorted(out.glob("*.html")):
        if structure(path) != structure(harmless / path.name):
            found.append(f"{path.name}: other elements")
    for pattern in ("*.kml", "*.qml"):
        for path in sorted(out.glob(pattern)):
            if xml_structure(path) != xml_structure(harmless / path.name):
                found.append(f"{path.name}: other elements")
    for path in sorted(out.glob("*.csv")):
        for row in csv.reader(io.StringIO(path.read_text(), newline="")):
            for cell in row:
                if MARK in cell and FORMULA.match(cell):
                    found.append(f"{path.name}: {cell!r} is a formula")
    for path in sorted(out.glob("*.json")):
        json.loads(path.read_text())
    return found


def planned(folder, payload):
    """(folder of the result, exit code, what the terminal was told)."""
    world = hostile_plan(folder / "plan", payload)
    out = folder / "out"
    outcome = run("run", world, "-o", out, timeout=120)
    return out, outcome.returncode, outcome.stdout + outcome.stderr


def asked_in_browser(page):
    """Title and requests of a page in headless Chromium; nothing where there is none."""
    chromium = shutil.which("chromium")
    if chromium is None:
        return None
    with tempfile.TemporaryDirectory() as profile:
        log = pathlib.Path(profile) / "net.json"
        shown = subprocess.run(
            [
                chromium, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={profile}",
                f"--log-net-log={log}", "--virtual-time-budget=2000", "--dump-dom", page.resolve().as_uri(),
            ],
            capture_output=True, timeout=120, check=False,
        )  # fmt: skip
        title = re.search(rb"<title>(.*?)</title>", shown.stdout, re.DOTALL)
        asked = log.read_text(errors="replace").count(ADDRESS) if log.exists() else 0
    return (title.group(1).decode(errors="replace") if title else "", asked)
