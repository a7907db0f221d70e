#include <fmt/format.h>
#include <sys/stat.h>

#include <chrono>
#include <fstream>

#include "terrain/files/input_path.hpp"
#include "terrain/raster/raster_io.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/data.hpp"
#include "tests/unit/terrain/raster_writer.hpp"

using namespace amaneku;
using amaneku::test::Contains;
using test::RasterText;

namespace {

namespace fs = std::filesystem;

void save(const fs::path& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

std::string open_message(const RasterSource& source) {
  try {
    static_cast<void>(raster_extent(source));
  } catch (const InputError& error) {
    return error.what();
  }
  return "no error";
}

void put(std::string& out, std::uint32_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) out += static_cast<char>((value >> (8 * i)) & 0xffU);
}

/// A TIFF of one directory and one strip or tile that claims to be side x side bytes, in less than 200 bytes.
std::string claiming_tiff(std::uint32_t side, bool tiled) {
  struct Entry {
    std::uint32_t tag, type, value;
  };
  std::vector<Entry> entries{{256, 4, side}, {257, 4, side}, {258, 3, 8}, {259, 3, 1}, {262, 3, 1}};
  const std::vector<Entry> strip{{273, 4, 8}, {277, 3, 1}, {278, 4, side}, {279, 4, 100}};
  const std::vector<Entry> tile{{277, 3, 1}, {322, 4, side}, {323, 4, side}, {324, 4, 8}, {325, 4, 100}};
  const std::vector<Entry>& rest = tiled ? tile : strip;
  entries.insert(entries.end(), rest.begin(), rest.end());
  std::string out = "II*";
  out += '\0';
  put(out, 8, 4);
  put(out, static_cast<std::uint32_t>(entries.size()), 2);
  for (const Entry& entry : entries) {
    put(out, entry.tag, 2);
    put(out, entry.type, 2);
    put(out, 1, 4);
    put(out, entry.value, 4);
  }
  put(out, 0, 4);
  return out;
}

std::string vrt_of(const std::string& band_content, const std::string& band_attributes = {},
                   const std::string& before = {}) {
  return fmt::format(R"({}<VRTDataset rasterXSize="10" rasterYSize="10">
  <SRS>EPSG:6676</SRS>
  <GeoTransform>0, 10, 0, 100, 0, -10</GeoTransform>
  <VRTRasterBand dataType="Float32" band="1"{}>
{}
  </VRTRasterBand>
</VRTDataset>
)",
                     before, band_attributes, band_content);
}

std::string simple_source(const std::string& name, int relative) {
  return fmt::format(
      R"(<SimpleSource><SourceFilename relativeToVRT="{}">{}</SourceFilename><SourceBand>1</SourceBand>
<SrcRect xOff="0" yOff="0" xSize="10" ySize="10"/><DstRect xOff="0" yOff="0" xSize="10" ySize="10"/></SimpleSource>)",
      relative, name);
}

}  // namespace

// ---- names -------------------------------------------------------------------------------------------

TEST_CASE("names that are no files are refused before anybody opens them") {
  const test::TemporaryFolder folder;
  const DataRoots roots{{folder.path()}};
  const auto message = [&](const std::string& name) {
    try {
      static_cast<void>(checked_input_path(name, folder.path(), roots));
    } catch (const InputError& error) {
      return std::string(error.what());
    }
    return std::string("no error");
  };
  for (const char* name : {"/vsicurl/http://example.org/a.tif", "/vsimem/a.tif", "/vsizip/a.zip/b.tif",
                           "/VSICURL/x", "/vsis3/bucket/a.tif", "x/../vsicurl/http:/a.tif"}) {
    CHECK_THAT(message(name), Contains("virtual file systems of GDAL"));
  }
  for (const char* name : {"http://example.org/a.tif", "vrt://a.tif?bands=1", "MEM:::DATAPOINTER=0x1",
                           "HDF5:a.h5://x", "NETCDF:\"a.nc\":z", "GTIFF_DIR:1:a.tif", "PG:host=localhost",
                           "file:///etc/passwd", "WMS:http", "https:x"}) {
    CHECK_THAT(message(name), Contains("driver prefix"));
  }
  CHECK_THAT(message("<VRTDataset/>"), Contains("a document, not a file name"));
  CHECK_THAT(message("{\"type\":\"x\"}"), Contains("a document") || Contains("driver prefix"));
  CHECK_THAT(message(""), Contains("name is empty"));
  CHECK_THAT(message("a\nb.tif"), Contains("control character"));
  CHECK_THAT(message(std::string("a.tif\0.png", 10)), Contains("control character"));
  CHECK_THAT(message("missing.tif"), Contains("missing.tif: the file does not exist"));
  CHECK_THAT(message(std::string(5000, 'a')), Contains("cannot be reached: File name too long"));
}

TEST_CASE("a file outside of the data folders is refused, also through a link") {
  const test::TemporaryFolder folder;
  const fs::path root = folder.path() / "data";
  fs::create_directories(root / "dem");
  fs::create_directories(folder.path() / "data2");
  save(root / "dem/a.tif", "x");
  save(folder.path() / "data2/b.tif", "x");
  fs::create_symlink(folder.path() / "data2/b.tif", root / "link.tif");
  fs::create_directory_symlink(folder.path() / "data2", root / "linked");
  fs::create_symlink(root / "dem/a.tif", root / "inside.tif");
  const DataRoots roots{{root, folder.path() / "absent"}};

  CHECK(checked_input_path("dem/a.tif", root, roots) == fs::canonical(root / "dem/a.tif"));
  CHECK(checked_input_path("../dem/a.tif", root / "dem", roots) == fs::canonical(root / "dem/a.tif"));
  CHECK(checked_input_path("inside.tif", root, roots) == fs::canonical(root / "dem/a.tif"));
  CHECK(checked_input_path("dem", root, roots) == fs::canonical(root / "dem"));
  const std::string outside = "outside of the data folders";
  CHECK_THROWS_WITH(checked_input_path("link.tif", root, roots), Contains(outside));
  CHECK_THROWS_WITH(checked_input_path("linked/b.tif", root, roots), Contains(outside));
  CHECK_THROWS_WITH(checked_input_path("../data2/b.tif", root, roots), Contains(outside));
  CHECK_THROWS_WITH(checked_input_path("/etc/passwd", root, roots), Contains(outside) && Contains("data"));

  REQUIRE(::mkfifo((root / "pipe.tif").c_str(), 0600) == 0);
  CHECK_THROWS_WITH(checked_input_path("pipe.tif", root, roots), Contains("a device or a pipe"));
}

TEST_CASE("a reader called without the check still refuses what is not a file") {
  CHECK_THAT(open_message({.path = "/vsicurl/http://127.0.0.1:1/a.tif"}), Contains("this is not a file"));
  CHECK_THAT(open_message({.path = "/nowhere/a.tif"}), Contains("cannot be read as a raster"));
}

// ---- files -------------------------------------------------------------------------------------------

TEST_CASE("a GeoTIFF that claims 10^6 x 10^6 pixels is refused before anything is allocated") {
  const test::TemporaryFolder folder;
  save(folder.path() / "huge.tif", claiming_tiff(1'000'000, false));
  const auto start = std::chrono::steady_clock::now();
  CHECK_THAT(open_message({.path = folder.path() / "huge.tif"}),
             Contains("huge.tif: ") && Contains("1000000 x 1000000"));
  // 16 GiB in one tile of a file of 126 bytes.
  save(folder.path() / "tile.tif", claiming_tiff(131'072, true));
  CHECK_THAT(open_message({.path = folder.path() / "tile.tif", .crs = "EPSG:6676"}),
             Contains("tile.tif: ") && Contains("131072 x 131072"));
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  CHECK(took.count() < 1.0);
}

TEST_CASE("a virtual raster is read under its own name only") {
  const test::TemporaryFolder folder;
  RasterText text;
  text.value = [](int ix, int) { return 10.0 * ix; };
  text.write(folder.path() / "a.tif");
  const std::string vrt = vrt_of(simple_source("a.tif", 1));
  save(folder.path() / "good.vrt", vrt);
  save(folder.path() / "renamed.tif", vrt);
  const Crs crs = Crs::from_text("EPSG:6676");
  const std::vector<RasterSource> good{{.path = folder.path() / "good.vrt"}};
  const MosaicResult read =
      read_mosaic(good, {.west_m = 0, .north_m = 100, .cell_m = 10, .nx = 10, .ny = 10}, crs);
  CHECK(read.raster.at(3, 3) == 30.0F);
  CHECK(read.sources[0].format == "VRT");
  CHECK_THAT(open_message({.path = folder.path() / "renamed.tif"}),
             Contains("a virtual raster (VRT) under another name"));
}

TEST_CASE("a virtual raster reaches nothing but plain rasters beside or below it") {
  const test::TemporaryFolder folder;
  const fs::path path = folder.path() / "in/a.vrt";
  fs::create_directory(folder.path() / "in");
  RasterText{}.write(folder.path() / "in/a.tif");
  RasterText{}.write(folder.path() / "out.tif");
  const auto message = [&](const std::string& xml) {
    save(path, xml);
    return open_message({.path = path});
  };
  REQUIRE(message(vrt_of(simple_source("a.tif", 1))) == "no error");
  CHECK_THAT(message(vrt_of(simple_source("../out.tif", 1))), Contains("outside of the data folders"));
  CHECK_THAT(message(vrt_of(simple_source("/etc/passwd", 0))), Contains("outside of the data folders"));
  CHECK_THAT(message(vrt_of(simple_source("/vsicurl/http://example.org/a.tif", 0))),
             Contains("virtual file systems"));
  CHECK_THAT(message(vrt_of(simple_source("HDF5:x.h5://a", 0))), Contains("driver prefix"));
  CHECK_THAT(message(vrt_of(
                 "<SourceFilename relativeToVRT=\"0\">/etc/passwd</SourceFilename><ImageOffset>0</ImageOffset>",
                 " subClass=\"VRTRawRasterBand\"")),
             Contains("special virtual raster (VRTRawRasterBand)"));
  CHECK_THAT(message(vrt_of("<PixelFunctionType>f</PixelFunctionType>")), Contains("<PixelFunctionType>"));
  CHECK_THAT(message(vrt_of("<Overview>" + simple_source("a.tif", 1) + "</Overview>")), Contains("<Overview>"));
  CHECK_THAT(message(vrt_of(simple_source("a.tif", 1), "", "<!DOCTYPE a [<!ENTITY x \"y\">]>")),
             Contains("DOCTYPE"));
  CHECK_THAT(message("<VRTDataset rasterXSize=\"10\""), Contains("not valid XML"));

  save(folder.path() / "in/nested.tif", vrt_of(simple_source("a.tif", 1)));
  CHECK_THAT(message(vrt_of(simple_source("nested.tif", 1))),
             Contains("a virtual raster (VRT) under another name"));
  save(folder.path() / "in/b.vrt", vrt_of(simple_source("a.tif", 1)));
  CHECK_THAT(message(vrt_of(simple_source("b.vrt", 1))), Contains("a raster of its own"));

  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "<Metadata>";
  for (int i = 0; i < 100'000; ++i) deep += "</Metadata>";
  CHECK_THAT(message(vrt_of(deep)), Contains("nested too deeply"));
}

TEST_CASE("a raster that keeps its pixels in a file elsewhere") {
  const test::TemporaryFolder folder;
  fs::create_directory(folder.path() / "in");
  const fs::path path = folder.path() / "in/abcde.img";
  RasterText spilled{.driver = "HFA", .options = {{"USE_SPILL", "YES"}}};
  spilled.write(path);
  REQUIRE(fs::exists(folder.path() / "in/abcde.ige"));
  REQUIRE(open_message({.path = path}) == "no error");
  fs::rename(folder.path() / "in/abcde.ige", folder.path() / "bc.ige");
  std::ifstream in(path, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(in), {}};
  const std::size_t name = bytes.find("abcde.ige");
  REQUIRE(name != std::string::npos);
  for (std::size_t at = name; at != std::string::npos; at = bytes.find("abcde.ige"))
    bytes.replace(at, 9, "../bc.ige");
  save(path, bytes);
  CHECK_THAT(open_message({.path = path}), Contains("bc.ige, which lies outside of its folder"));
}

TEST_CASE("formats outside the list are refused with the list") {
  const test::TemporaryFolder folder;
  RasterText picture{.driver = "BMP", .type = GDT_Byte};
  picture.write(folder.path() / "a.tif");
  CHECK_THAT(open_message({.path = folder.path() / "a.tif"}),
             Contains("cannot be read as a raster") && Contains("GeoTIFF"));
  save(folder.path() / "b.tif", "this is text");
  CHECK_THAT(open_message({.path = folder.path() / "b.tif"}), Contains("b.tif: cannot be read as a raster"));
  save(folder.path() / "empty.tif", "");
  CHECK_THAT(open_message({.path = folder.path() / "empty.tif"}), Contains("cannot be read as a raster"));
}

TEST_CASE("a raster that does not say where it lies") {
  const test::TemporaryFolder folder;
  RasterText text{.transform = std::nullopt};
  text.write(folder.path() / "nowhere.tif");
  CHECK_THAT(open_message({.path = folder.path() / "nowhere.tif"}), Contains("does not say where it lies"));
  RasterText flat;
  flat.transform = std::array<double, 6>{0.0, 10.0, 0.0, 100.0, 20.0, 0.0};
  flat.write(folder.path() / "flat.tif");
  CHECK_THAT(open_message({.path = folder.path() / "flat.tif"}), Contains("cannot be inverted"));
  RasterText no_crs{.epsg = 0};
  no_crs.write(folder.path() / "no_crs.tif");
  CHECK_THAT(open_message({.path = folder.path() / "no_crs.tif"}), Contains("has no coordinate reference system"));
  save(folder.path() / "plain.asc", "ncols 2\nnrows 2\nxllcorner 0\nyllcorner 0\ncellsize 10\n1 2\n3 4\n");
  CHECK_THAT(open_message({.path = folder.path() / "plain.asc"}), Contains("has no coordinate reference system"));
  CHECK(open_message({.path = folder.path() / "plain.asc", .crs = "EPSG:6676"}) == "no error");
}

TEST_CASE("complex numbers are no heights, and only the first of many bands is") {
  const test::TemporaryFolder folder;
  RasterText complex{.type = GDT_CFloat32};
  complex.write(folder.path() / "complex.tif");
  CHECK_THAT(open_message({.path = folder.path() / "complex.tif"}), Contains("complex numbers"));
  RasterText many{.bands = 3};
  many.write(folder.path() / "many.tif");
  const std::vector<RasterSource> sources{{.path = folder.path() / "many.tif"}};
  const MosaicResult read = read_mosaic(sources, {.west_m = 0, .north_m = 100, .cell_m = 10, .nx = 10, .ny = 10},
                                        Crs::from_text("EPSG:6676"));
  REQUIRE(read.warnings.size() >= 1);
  CHECK(read.warnings[0].id == "raster_with_bands");
}

TEST_CASE("a raster cut in the middle is damaged, not low ground") {
  const test::TemporaryFolder folder;
  RasterText text{.nx = 200, .ny = 200, .options = {{"COMPRESS", "DEFLATE"}}};
  text.value = [](int ix, int iy) { return 0.37 * ix * iy; };
  const fs::path path = folder.path() / "cut.tif";
  text.write(path);
  fs::resize_file(path, fs::file_size(path) / 2);
  const auto read = [&] {
    const std::vector<RasterSource> sources{{.path = path}};
    return read_mosaic(sources, {.west_m = 0, .north_m = 100, .cell_m = 10, .nx = 200, .ny = 200},
                       Crs::from_text("EPSG:6676"));
  };
  CHECK_THROWS_WITH(read(), Contains("cut.tif: ") && (Contains("is damaged") || Contains("cannot be read")));
}

TEST_CASE("gzip: only SRTM tiles of a known size are unpacked") {
  const test::TemporaryFolder folder;
  const auto pack = [&](const std::string& name, std::size_t bytes) {
    VSILFILE* out = VSIFOpenL(("/vsigzip/" + (folder.path() / name).string()).c_str(), "wb");
    REQUIRE(out != nullptr);
    const std::string zeros(1 << 20, '\0');
    for (std::size_t done = 0; done < bytes; done += zeros.size()) {
      REQUIRE(VSIFWriteL(zeros.data(), 1, std::min(zeros.size(), bytes - done), out) > 0);
    }
    REQUIRE(VSIFCloseL(out) == 0);
    return open_message({.path = folder.path() / name});
  };
  CHECK_THAT(pack("N35E138.hgt.gz", 1000), Contains("unpacks to 1000 bytes, which is no SRTM tile"));
  CHECK_THAT(pack("N35E139.hgt.gz", 40UL << 20), Contains("unpacks to more than 25934402 bytes"));
  CHECK_THAT(pack("nowhere.hgt.gz", 2UL * 1201 * 1201), Contains("a name such as N35E138.hgt.gz"));
  CHECK_THAT(pack("dem.tif.gz", 1000), Contains("only SRTM tiles are read gzipped"));
  save(folder.path() / "N35E137.hgt.gz", "not gzip");
  CHECK_THAT(open_message({.path = folder.path() / "N35E137.hgt.gz"}), Contains("N35E137.hgt.gz: "));
}
