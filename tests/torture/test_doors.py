"""Nothing outside of a scenario's folder is opened or asked, whatever its files name (under strace)."""

import os
import pathlib
import re
import shutil
import sqlite3
import struct

import pytest
from world import PROGRAM, make_world, run, tiff

STRACE = shutil.which("strace")
ADDRESS = "http://127.0.0.1:9/asked"
NETWORK = "/vsicurl/" + ADDRESS
# The program, its libraries, and the data of PROJ and GDAL.
SYSTEM = (
    "/usr/",
    "/lib/",
    "/lib64/",
    "/proc/",
    "/sys/",
    "/etc/ld.so",
    "/etc/ssl/",
    "/etc/localtime",
    "/dev/",
    "/etc/gnutls",
    os.path.expanduser("~/.local/share/proj"),
    "/etc/crypto-policies",
    "/etc/ImageMagick",
    "/etc/odbc",
    "/etc/mysql",
    "/etc/OpenCL",
    "/etc/pki",
)


def notes(name, domain="OVERVIEWS"):
    return f'<PAMDataset><Metadata domain="{domain}"><MDI key="OVERVIEW_FILE">{name}</MDI></Metadata></PAMDataset>'


def virtual(name):
    return (
        f'<VRTDataset rasterXSize="100" rasterYSize="80"><VRTRasterBand dataType="Int16" band="1"><SimpleSource>'
        f'<SourceFilename relativeToVRT="0">{name}</SourceFilename><SourceBand>1</SourceBand></SimpleSource>'
        f"</VRTRasterBand></VRTDataset>"
    )


def vrt_of_dem(extra):
    return (
        '<VRTDataset rasterXSize="100" rasterYSize="80"><SRS>EPSG:6668</SRS>'
        "<GeoTransform>138.48, 0.001, 0, 35.57, 0, -0.001</GeoTransform>"
        + extra
        + '<VRTRasterBand dataType="Int16" band="1"><SimpleSource><SourceFilename relativeToVRT="1">dem.tif'
        "</SourceFilename><SourceBand>1</SourceBand></SimpleSource></VRTRasterBand></VRTDataset>"
    )


def geojson(crs):
    return (
        '{"type":"FeatureCollection",' + crs + '"features":[{"type":"Feature","properties":{"population":5},'
        '"geometry":{"type":"Point","coordinates":[138.53,35.52]}}]}'
    )


def geopackage(path, *statements):
    base = sqlite3.connect(path)
    base.executescript("""
      PRAGMA application_id = 1196444487; PRAGMA user_version = 10200;
      CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT, srs_id INTEGER PRIMARY KEY, organization TEXT,
        organization_coordsys_id INTEGER, definition TEXT, description TEXT);
      INSERT INTO gpkg_spatial_ref_sys VALUES ('WGS 84', 4326, 'EPSG', 4326, 'GEOGCS["WGS 84"]', '');
      CREATE TABLE gpkg_contents (table_name TEXT PRIMARY KEY, data_type TEXT, identifier TEXT, description TEXT,
        last_change TEXT, min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER);
      CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, geometry_type_name TEXT, srs_id INTEGER,
        z TINYINT, m TINYINT);""")
    for statement in statements:
        base.executescript(statement)
    base.commit()
    base.close()


CONTENTS = (
    "INSERT INTO gpkg_contents VALUES ('people','features','people','','2026-01-01T00:00:00Z',138,35,139,36,4326);"
    "INSERT INTO gpkg_geometry_columns VALUES ('people','geom','POINT',4326,0,0);"
)


def shapefile(folder, projection):
    """One point with a population."""
    header = struct.pack(">i5ii", 9994, 0, 0, 0, 0, 0, 64) + struct.pack(
        "<ii8d", 1000, 1, 138, 35, 139, 36, 0, 0, 0, 0
    )
    (folder / "people.shp").write_bytes(header + struct.pack(">ii", 1, 10) + struct.pack("<idd", 1, 138.53, 35.52))
    shx = struct.pack(">i5ii", 9994, 0, 0, 0, 0, 0, 54) + struct.pack(
        "<ii8d", 1000, 1, 138, 35, 139, 36, 0, 0, 0, 0
    )
    (folder / "people.shx").write_bytes(shx + struct.pack(">ii", 50, 10))
    field = b"population\0" + b"N" + b"\0" * 4 + bytes([9, 0]) + b"\0" * 14
    (folder / "people.dbf").write_bytes(
        struct.pack("<BBBBIHH20x", 3, 26, 1, 1, 1, 32 + 32 + 1, 10) + field + b"\r" + b" " + b"        5" + b"\x1a"
    )
    (folder / "people.prj").write_text(projection)


def case(function, dem="dem.tif", people="people.csv", code=2):
    return pytest.param(function, dem, people, code, id=function.__name__)


def notes_name_network(w):
    (w / "dem.tif.aux.xml").write_text(notes(NETWORK))


def notes_name_file(w):
    (w / "dem.tif.aux.xml").write_text(notes("/etc/passwd"))


def notes_in_other_case(w):
    (w / "dem.tif.aux.xml").write_text(notes(NETWORK, "overviews"))


def notes_of_proxy(w):
    (w / "dem.tif.aux.xml").write_text(
        '<PAMDataset><Metadata domain="ProxyOverviewRequest"><MDI key="FILENAME">'
        + NETWORK
        + "</MDI></Metadata></PAMDataset>"
    )


def notes_in_the_tiff(w):
    (w / "dem.tif").write_bytes(
        tiff(
            metadata=f'<GDALMetadata><Item name="OVERVIEW_FILE" domain="OVERVIEWS">{NETWORK}</Item></GDALMetadata>'
        )
    )


def notes_of_a_band(w):
    (w / "dem.tif.aux.xml").write_text(
        '<PAMDataset><PAMRasterBand band="1"><Metadata domain="OVERVIEWS"><MDI key="OVERVIEW_FILE">/etc/passwd</MDI></Metadata>'
        "</PAMRasterBand></PAMDataset>"
    )


def notes_link_out(w):
    (w / "dem.tif.aux.xml").symlink_to("/etc/passwd")


def notes_pipe(w):
    os.mkfifo(w / "dem.tif.aux.xml")


def notes_crs_address(w):
    (w / "dem.tif.aux.xml").write_text(f"<PAMDataset><SRS>{ADDRESS}</SRS></PAMDataset>")


def ovr_vrt_network(w):
    (w / "dem.tif.ovr").write_text(virtual(NETWORK))


def ovr_vrt_file(w):
    (w / "dem.tif.ovr").write_text(virtual("/etc/passwd"))


def ovr_link(w):
    (w / "dem.tif.ovr").symlink_to("/etc/passwd")


def ovr_pipe(w):
    os.mkfifo(w / "dem.tif.ovr")


def ovr_with_notes(w):
    (w / "dem.tif.ovr").write_bytes(tiff())
    (w / "dem.tif.ovr.aux.xml").write_text(notes(NETWORK))


def msk_vrt_network(w):
    (w / "dem.tif.msk").write_text(virtual(NETWORK))


def msk_link(w):
    (w / "dem.tif.msk").symlink_to("/etc/passwd")


def msk_with_notes(w):
    (w / "dem.tif.msk").write_bytes(tiff())
    (w / "dem.tif.msk.aux.xml").write_text(notes(NETWORK))


def world_link(w):
    (w / "dem.tfw").symlink_to("/etc/passwd")


def prj_of_grid_link(w):
    grid(w)
    (w / "dem.prj").unlink()
    (w / "dem.prj").symlink_to("/etc/passwd")


def prj_grid_path(w):
    grid(w)
    (w / "dem.prj").write_text(
        'GEOGCS["x",DATUM["x",SPHEROID["GRS 1980",6378137,298.257222101],EXTENSION["PROJ4_GRIDS","/etc/passwd"]],'
        'PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]]'
    )


def tiff_link_out(w):
    (w / "dem.tif").unlink()
    (w / "dem.tif").symlink_to("/etc/passwd")


def vrt_pyramids(w):
    (w / "dem.vrt").write_text(
        vrt_of_dem(f'<Metadata domain="OVERVIEWS"><MDI key="OVERVIEW_FILE">{NETWORK}</MDI></Metadata>')
    )


def vrt_crs_address(w):
    (w / "dem.vrt").write_text(vrt_of_dem("").replace("EPSG:6668", ADDRESS))


def vrt_source(w):
    (w / "dem.vrt").write_text(vrt_of_dem("").replace('"1">dem.tif', '"0">' + NETWORK))


def vrt_part_with_notes(w):
    (w / "dem.vrt").write_text(vrt_of_dem(""))
    notes_name_network(w)


def vrt_part_with_ovr(w):
    (w / "dem.vrt").write_text(vrt_of_dem(""))
    ovr_vrt_network(w)


def crs_link_proj4(w):
    (w / "people.geojson").write_text(
        geojson(f'"crs":{{"type":"link","properties":{{"href":"{ADDRESS}","type":"proj4"}}}},')
    )


def crs_link_wkt(w):
    (w / "people.geojson").write_text(
        geojson(f'"crs":{{"type":"link","properties":{{"href":"{ADDRESS}","type":"ogcwkt"}}}},')
    )


def crs_name_address(w):
    (w / "people.geojson").write_text(geojson(f'"crs":{{"type":"name","properties":{{"name":"{ADDRESS}"}}}},'))


def crs_name_grid(w):
    (w / "people.geojson").write_text(
        geojson('"crs":{"type":"name","properties":{"name":"+proj=longlat +ellps=bessel +nadgrids=/etc/passwd"}},')
    )


def crs_name_init(w):
    (w / "people.geojson").write_text(
        geojson('"crs":{"type":"name","properties":{"name":"+init=/etc/passwd:x"}},')
    )


def kml_network_link(w):
    (w / "people.kml").write_text(
        f'<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document><NetworkLink><Link><href>{ADDRESS}</href>'
        f'</Link></NetworkLink><Placemark><ExtendedData><SchemaData schemaUrl="{ADDRESS}#s"><SimpleData name="population">5'
        '</SimpleData></SchemaData><Data name="population"><value>5</value></Data></ExtendedData>'
        f"<styleUrl>{ADDRESS}#x</styleUrl><Point><coordinates>138.53,35.52</coordinates></Point></Placemark></Document></kml>"
    )


def kml_entity(w):
    (w / "people.kml").write_text(
        '<?xml version="1.0"?><!DOCTYPE kml [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        '<kml xmlns="http://www.opengis.net/kml/2.2"><Placemark><name>&x;</name><ExtendedData><Data name="population">'
        "<value>5</value></Data></ExtendedData><Point><coordinates>138.53,35.52</coordinates></Point></Placemark></kml>"
    )


def shp_prj_link(w):
    shapefile(w, "")
    (w / "people.prj").unlink()
    (w / "people.prj").symlink_to("/etc/passwd")


def shp_dbf_link(w):
    shapefile(w, "EPSG:4326")
    (w / "people.dbf").unlink()
    (w / "people.dbf").symlink_to("/etc/passwd")


def shp_prj_address(w):
    shapefile(w, ADDRESS)


def shp_cpg_pipe(w):
    shapefile(w, "EPSG:4326")
    os.mkfifo(w / "people.cpg")


def gpkg_virtual_table(w):
    geopackage(
        w / "people.gpkg",
        "CREATE TABLE people (fid INTEGER PRIMARY KEY, geom BLOB, population INTEGER);",
        CONTENTS,
        "PRAGMA writable_schema=ON; UPDATE sqlite_master SET rootpage=0, sql="
        f"\"CREATE VIRTUAL TABLE people USING VirtualOGR('{NETWORK}')\" WHERE name='people';",
    )


def gpkg_view(w):
    geopackage(
        w / "people.gpkg",
        "CREATE VIEW people AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n) "
        "SELECT i AS fid, NULL AS geom, randomblob(1000000000) AS population FROM n;",
        CONTENTS,
    )


def gpkg_generated(w):
    geopackage(
        w / "people.gpkg",
        "CREATE TABLE people (fid INTEGER PRIMARY KEY, geom BLOB, "
        "population BLOB GENERATED ALWAYS AS (zeroblob(900000000)) VIRTUAL);"
        "INSERT INTO people(fid) VALUES (1);",
        CONTENTS,
    )


def gpkg_wal_link(w):
    geopackage(
        w / "people.gpkg",
        "CREATE TABLE people (fid INTEGER PRIMARY KEY, geom BLOB, population INTEGER);",
        CONTENTS,
    )
    (w / "people.gpkg-wal").symlink_to("/etc/passwd")


def grid(w):
    rows = "\n".join(" ".join(["100"] * 100) for _ in range(80))
    (w / "dem.asc").write_text(f"ncols 100\nnrows 80\nxllcorner 138.48\nyllcorner 35.49\ncellsize 0.001\n{rows}\n")
    (w / "dem.prj").write_text(
        'GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137,298.257223563]],'
        'PRIMEM["Greenwich",0],UNIT["Degree",0.017453292519943295]]'
    )


def nothing(_):
    pass


def plain_grid(w):
    grid(w)


def plain_notes(w):
    (w / "dem.tif.aux.xml").write_text(
        '<PAMDataset><PAMRasterBand band="1"><Metadata><MDI key="STATISTICS_MEAN">120</MDI></Metadata></PAMRasterBand>'
        "</PAMDataset>"
    )


def plain_ovr(w):
    (w / "dem.tif.ovr").write_bytes(tiff(50, 40))


def plain_vrt(w):
    (w / "dem.vrt").write_text(vrt_of_dem(""))


def plain_shapefile(w):
    shapefile(
        w,
        'GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137,298.257223563]],'
        'PRIMEM["Greenwich",0],UNIT["Degree",0.017453292519943295]]',
    )


def plain_geojson(w):
    (w / "people.geojson").write_text(geojson(""))


HOSTILE = [
    case(f)
    for f in (
        notes_name_network,
        notes_name_file,
        notes_in_other_case,
        notes_of_proxy,
        notes_in_the_tiff,
        notes_of_a_band,
        notes_link_out,
        notes_pipe,
        ovr_vrt_network,
        ovr_vrt_file,
        ovr_link,
        ovr_pipe,
        ovr_with_notes,
        msk_vrt_network,
        msk_link,
        msk_with_notes,
        world_link,
        tiff_link_out,
    )
]
HOSTILE += [case(f, dem="dem.asc") for f in (prj_of_grid_link, prj_grid_path)]
HOSTILE += [case(f, dem="dem.vrt") for f in (vrt_pyramids, vrt_source, vrt_part_with_notes, vrt_part_with_ovr)]
HOSTILE += [case(f, people="people.geojson") for f in (crs_link_proj4, crs_link_wkt)]
HOSTILE += [case(f, people="people.shp") for f in (shp_prj_link, shp_dbf_link, shp_cpg_pipe)]
HOSTILE += [case(f, people="people.gpkg") for f in (gpkg_virtual_table, gpkg_view, gpkg_generated, gpkg_wal_link)]
# What GDAL passes over: the exit code is not held, but that nothing is opened or asked.
HOSTILE += [case(notes_crs_address, code=None), case(vrt_crs_address, dem="dem.vrt", code=None)]
HOSTILE += [case(f, people="people.geojson", code=None) for f in (crs_name_address, crs_name_grid, crs_name_init)]
HOSTILE += [case(f, people="people.kml", code=None) for f in (kml_network_link, kml_entity)]
HOSTILE += [case(shp_prj_address, people="people.shp", code=None)]
PLAIN = [case(f, code=0) for f in (nothing, plain_notes, plain_ovr)]
PLAIN += [
    case(plain_grid, dem="dem.asc", code=0),
    case(plain_vrt, dem="dem.vrt", code=0),
    case(plain_geojson, people="people.geojson", code=0),
    case(plain_shapefile, people="people.shp", code=0),
]


def outside(trace, *folders):
    """The lines of a trace that ask for what is not the program's, the system's or of these folders."""
    found = []
    for line in trace.splitlines():
        if re.search(r"\b(connect|sendto|sendmsg|bind)\(|socket\(AF_INET", line):
            found.append(line)
        name = re.search(r"\bopen(?:at)?\((?:\w+, )?\"([^\"]*)\"", line)
        if name is None or "ENOENT" in line:
            continue
        path = os.path.normpath(os.path.join(os.getcwd(), name.group(1)))
        real = os.path.realpath(path)
        if (
            not any(
                p.startswith(SYSTEM) or any(p == f or p.startswith(f + "/") for f in folders) for p in (path, real)
            )
            or real == "/etc/passwd"
        ):
            found.append(line)
    return found


def traced(world, command):
    """Runs a command of the program on the plan; its outcome and what it opened outside of the plan."""
    log = world.parent / "trace"
    extra = ["-o", str(world.parent / "out")] if command == "run" else []
    outcome = run(
        command,
        world,
        *extra,
        "--strict",
        prefix=[STRACE, "-f", "--seccomp-bpf", "-qq", "-e", "trace=network,open,openat", "-o", str(log)],
    )
    program = os.path.dirname(os.path.dirname(shutil.which(PROGRAM)))
    return outcome, outside(log.read_text(errors="replace"), str(world), str(world.parent / "out"), program)


@pytest.mark.skipif(STRACE is None, reason="strace is missing")
@pytest.mark.parametrize(("change", "dem", "people", "code"), HOSTILE + PLAIN)
def test_nothing_outside_is_opened(tmp_path, change, dem, people, code):
    world = make_world(tmp_path.resolve() / "plan", dem, people)
    change(world)
    commands = ["run"] if code == 0 else ["check", "run"]
    for command in commands:
        outcome, found = traced(world, command)
        text = outcome.stderr.decode(errors="replace")
        assert not found, (command, found, text)
        assert outcome.returncode in ((2,) if code == 2 else (0, 3) if code == 0 else (0, 2, 3)), text
        if code == 2:
            assert str(world) in text and "internal error" not in text, text
            assert "/vsiamaneku" not in text, text


@pytest.mark.skipif(STRACE is None, reason="strace is missing")
@pytest.mark.parametrize("name", ["net-a", "net-b", "net-c"])
def test_the_attack_as_found(tmp_path, name):
    cases = pathlib.Path(os.environ.get("AMANEKU_CASES", "/nowhere")) / "hostile" / name
    if not cases.is_dir():
        pytest.skip("no shared cases")
    world = tmp_path.resolve() / "plan"
    shutil.copytree(cases, world)
    for command in ("check", "run"):
        outcome, found = traced(world, command)
        assert outcome.returncode == 2 and not found, (found, outcome.stderr)
