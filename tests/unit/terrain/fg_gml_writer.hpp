// Invented FG-GML files for tests: no official file is copied.
#pragma once

#include <fmt/format.h>

#include <functional>
#include <string>

#include "terrain/geo.hpp"

namespace amaneku::test {

struct FgGmlText {
  std::string mesh = "52385700";
  LonLatBox box{.west_deg = 138.875, .south_deg = 35.25, .east_deg = 138.8875, .north_deg = 35.25 + 1.0 / 120};
  int nx = 225;
  int ny = 150;
  std::string datum = "jgd2011";
  std::string before_root{};
  std::string order = "+x-y";
  std::string start = "0 0";
  std::string tuples{};

  /// One "type,height" line per cell, rows from the north.
  void fill(const std::function<std::string(int ix, int iy)>& line) {
    tuples.clear();
    for (int iy = 0; iy < ny; ++iy) {
      for (int ix = 0; ix < nx; ++ix) tuples += line(ix, iy) + "\n";
    }
  }
  void fill(const std::string& line) {
    fill([&](int, int) { return line; });
  }

  [[nodiscard]] std::string text() const {
    return fmt::format(R"(<?xml version="1.0" encoding="UTF-8"?>
{}<Dataset xmlns="http://fgd.gsi.go.jp/spec/2008/FGD_GMLSchema" xmlns:gml="http://www.opengis.net/gml/3.2" gml:id="Dataset1">
<DEM gml:id="DEM001">
<fid>test</fid>
<type>5mメッシュ（標高）</type>
<mesh>{}</mesh>
<coverage gml:id="DEM001-3">
<gml:boundedBy>
<gml:Envelope srsName="fguuid:{}.bl">
<gml:lowerCorner>{:.9f} {:.9f}</gml:lowerCorner>
<gml:upperCorner>{:.9f} {:.9f}</gml:upperCorner>
</gml:Envelope>
</gml:boundedBy>
<gml:gridDomain>
<gml:Grid dimension="2" gml:id="DEM001-4">
<gml:limits>
<gml:GridEnvelope>
<gml:low>0 0</gml:low>
<gml:high>{} {}</gml:high>
</gml:GridEnvelope>
</gml:limits>
<gml:axisLabels>x y</gml:axisLabels>
</gml:Grid>
</gml:gridDomain>
<gml:rangeSet>
<gml:DataBlock>
<gml:rangeParameters><gml:QuantityList uom="DEM構成点"/></gml:rangeParameters>
<gml:tupleList>
{}</gml:tupleList>
</gml:DataBlock>
</gml:rangeSet>
<gml:coverageFunction>
<gml:GridFunction>
<gml:sequenceRule order="{}">Linear</gml:sequenceRule>
<gml:startPoint>{}</gml:startPoint>
</gml:GridFunction>
</gml:coverageFunction>
</coverage>
</DEM>
</Dataset>
)",
                       before_root, mesh, datum, box.south_deg, box.west_deg, box.north_deg, box.east_deg, nx - 1,
                       ny - 1, tuples, order, start);
  }
};

}  // namespace amaneku::test
