#include <algorithm>
#include <cstdio>
#include <fstream>
#include <optional>
#include <sstream>

#include "tests/support/catch.hpp"
#include "tests/support/data.hpp"
#include "tests/validation/accuracy.hpp"

using namespace amaneku::test;

namespace {

std::optional<Measurements> measured() {
  const auto folder = data();
  if (!folder) return std::nullopt;
  return read_measurements(*folder / "measurements");
}

}  // namespace

TEST_CASE("the measured links are read whole", "[shared]") {
  const std::optional<Measurements> all = measured();
  AMANEKU_NEEDS(all, "data/measurements");
  CHECK(all->losses.size() == 347);
  CHECK(all->links.size() == 56);
  for (const auto& [station, link] : all->links) {
    INFO("station " << station);
    CHECK(link.link.freq_hz > 0.4e9);
    CHECK(link.link.freq_hz < 18e9);
    CHECK(link.link.tx_agl_m > 0.0);
    CHECK(link.link.rx_agl_m > 0.0);
    CHECK(link.profile.distance_m.size() > 400);
    CHECK(link.profile.zone.size() == link.profile.distance_m.size());
    CHECK(link.link.n0 >= 300.0);
  }
  // Lopik to Friesland: a third of the path lies at 0 m, none of it is sea. The Channel is sea.
  const auto sea_share = [&](int station) {
    const auto& zone = all->links.at(station).profile.zone;
    return static_cast<double>(std::count(zone.begin(), zone.end(), amaneku::Zone::sea)) /
           static_cast<double>(zone.size());
  };
  CHECK(sea_share(7032) == 0.0);
  CHECK(sea_share(7042) > 0.95);
  CHECK(sea_share(7001) == Approx(186.1 / 212.6).margin(0.05));
}

// The RMSE that the authors of the reference code for P.452 publish, on their links.
TEST_CASE("P.452 against measured links is as good as published or better", "[shared]") {
  const std::optional<Measurements> all = measured();
  AMANEKU_NEEDS(all, "data/measurements");
  const std::vector<Prediction> p452 = predictions("p452", *all);
  struct Published {
    double time_percent;
    std::size_t links;
    double rmse_db;
  };
  for (const auto& [time_percent, links, rmse_db] :
       {Published{50.0, 22, 6.9}, {10.0, 30, 10.6}, {1.0, 46, 12.3}}) {
    INFO(time_percent << " % of the time");
    CHECK(published_accuracy(p452, time_percent).rmse_db == Approx(rmse_db).margin(0.05));
    CHECK(accuracy(p452, time_percent).links == links);
    CHECK(accuracy(p452, time_percent).rmse_db <= rmse_db);
  }
}

TEST_CASE("the table of measured links in docs is that of the run", "[shared]") {
  const std::optional<Measurements> all = measured();
  AMANEKU_NEEDS(all, "data/measurements");
  const std::string table = accuracy_table(*all);
  std::ifstream page(std::string(AMANEKU_SOURCE_DIR) + "/docs/methods/accuracy.md");
  std::string written;
  bool within = false;
  for (std::string line; std::getline(page, line);) {
    if (line == "<!-- accuracy end -->") break;
    if (within && !line.empty()) written += line + "\n";
    if (line == "<!-- accuracy -->") within = true;
  }
  INFO("amaneku_accuracy prints:\n" << table);
  CHECK(written == table);
  std::printf("%s", table.c_str());
}
