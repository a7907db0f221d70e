"""network.qgz: a zip with well-formed XML whose layers are there; QGIS draws it, where it is installed."""

from __future__ import annotations

import importlib.util
import pathlib
import sqlite3
import subprocess
import sys
import xml.etree.ElementTree
import zipfile

import pytest

import amaneku as am

LOOK = """
import sys
from qgis.core import QgsApplication, QgsMapRendererCustomPainterJob, QgsMapSettings, QgsProject
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QImage, QPainter
QgsApplication.setPrefixPath("/usr", True)
app = QgsApplication([], False)
app.initQgis()
project = QgsProject.instance()
assert project.read(sys.argv[1]), project.error()
layers = project.mapLayers()
assert set(sys.argv[2].split(",")) == set(layers), sorted(layers)
for layer in layers.values():
    assert layer.isValid(), layer.source()
    assert layer.crs().authid() == project.crs().authid() != "", layer.crs().authid()
print(len(layers), project.crs().authid(), project.title())
sites = project.mapLayer("network_sites")
assert sites.labelsEnabled() and sites.labeling().settings().isExpression
assert project.mapLayer("network_sectors").renderer().symbol().symbolLayer(0).layerType() == "GeometryGenerator"


def drawn(name):
    settings = QgsMapSettings()
    settings.setLayers([project.mapLayer(name)])
    settings.setOutputSize(QSize(240, 180))
    settings.setDestinationCrs(project.crs())
    settings.setExtent(project.mapLayer("map_rsrp_dbm").extent())
    image = QImage(240, 180, QImage.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    # In this thread: no event loop runs here.
    QgsMapRendererCustomPainterJob(settings, painter).renderSynchronously()
    painter.end()
    return len({image.pixel(x, y) for x in range(240) for y in range(180)})


assert drawn("map_rsrp_dbm") > 3
assert drawn("network_sectors") > 2  # wedges, with their edges
assert drawn("network_sites") > 2
app.exitQgis()
"""


@pytest.fixture(scope="module")
def project(demo: pathlib.Path, tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """The project of a coarse run of the demo, in Japanese."""
    plan = am.run(demo, threads=2, settings={"scenario.grid_m": 200})
    folder = tmp_path_factory.mktemp("qgis") / "out"
    plan.save(folder, lang="ja")
    return folder / "network.qgz"


def test_every_layer_of_the_project_is_there(project):
    with zipfile.ZipFile(project) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["network.qgs"]
        root = xml.etree.ElementTree.fromstring(archive.read("network.qgs"))
    geopackage = sqlite3.connect(project.parent / "network.gpkg")
    layers = {name for (name,) in geopackage.execute("SELECT table_name FROM gpkg_geometry_columns")}
    named = set()
    for layer in root.iter("maplayer"):
        file, _, table = layer.findtext("datasource").partition("|layername=")
        assert (project.parent / file).is_file()
        if layer.get("type") == "vector":
            named.add(table)
            columns = {row[1] for row in geopackage.execute(f"PRAGMA table_info('{table}')")}
            assert {alias.get("field") for alias in layer.iter("alias")} <= columns
            assert layer.find("renderer-v2") is not None
        else:
            assert layer.find("pipe/rasterrenderer") is not None
    assert named == layers
    tree = [layer.get("id") for layer in root.iter("layer-tree-layer")]
    assert sorted(tree) == sorted(layer.findtext("id") for layer in root.iter("maplayer"))
    groups = [group.get("name") for group in root.findall("layer-tree-group/layer-tree-group")]
    assert groups[0] == "基地局"
    assert groups[-1] == "マップ"


def test_qgis_reads_and_draws_the_project(project):
    if importlib.util.find_spec("qgis") is None:
        pytest.skip("QGIS for Python (Debian: python3-qgis) is not installed")
    with zipfile.ZipFile(project) as archive:
        root = xml.etree.ElementTree.fromstring(archive.read("network.qgs"))
    ids = [layer.findtext("id") for layer in root.iter("maplayer")]
    environment = {"QT_QPA_PLATFORM": "offscreen", "HOME": str(project.parent), "PATH": "/usr/bin:/bin"}
    done = subprocess.run(
        [sys.executable, "-c", LOOK, str(project), ",".join(ids)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "EPSG:6675" in done.stdout
