// The backhaul of a scenario: sums to the yen, what is wrong with its keys, and how it is told.
#include <algorithm>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "scenarios/output/outputs.hpp"
#include "scenarios/output/page/report.hpp"
#include "scenarios/read/scenario.hpp"
#include "scenarios/studies/routes/route_sheet.hpp"
#include "terrain/error.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/scenarios/small_world.hpp"

using namespace amaneku;
using namespace amaneku::scenarios;
using test::SmallWorld;
using Json = nlohmann::json;

namespace {

constexpr const char* kBackhaul = R"(
[costs]
path = "costs.toml"
year = 2025
years = 10
discount_rate = 0.04

[[places]]
path = "places.geojson"

[backhaul]
least_mbps = 50.0
place_kinds = ["school"]
edge_servers = 2

[[backhaul.exchange]]
name = "West office"
lon = 138.66
lat = 35.26
)";

constexpr const char* kPrices = R"([[deflator]]
from_currency = "JPY"
from_year = 2009
to_currency = "JPY"
to_year = 2025
factor = 1.0
source = "test"
[price.metre]
name = "a metre"
low = 1000
currency = "JPY"
year = 2025
[price.year]
name = "a year"
low = 7
currency = "JPY"
year = 2025
[price.month]
name = "a line, a year"
low = 300000
currency = "JPY"
year = 2025
[asset.fibre_aerial]
price = "metre"
[asset.access_road]
price = "metre"
[asset.lease]
price = "year"
[asset.fees]
price = "year"
[asset.pole_lease]
name = "lease of poles"
name_ja = "電柱共架料"
quantity = "aerial_m"
payment = "yearly"
price = "year"
)";

constexpr const char* kSchool = R"({"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"kind":"school","name":"Hill school"},"geometry":{"type":"Point","coordinates":[138.705,35.302]}}]})";

constexpr const char* kWay = R"({"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"id":"1","highway":"primary","tunnel":"no"},
 "geometry":{"type":"LineString","coordinates":[[138.68,35.28],[138.72,35.31]]}}]})";

constexpr const char* kRoute = R"(
[routes]
ul_mbps = 4
runs = 5
step_m = 10
spacing_m = 50

[routes.second_modem]
name = "Satellite"
availability_percent = 90
outage_s = 5
delay_ms = 40
ul_mbps = 15
dl_mbps = 100

[[route]]
id = "bus"
path = "way.geojson"
)";

class WiredWorld : public SmallWorld {
 public:
  WiredWorld() {
    test::write_text(scenario(), std::string(kScenario) + kBackhaul);
    test::write_text(file("costs.toml"), kPrices);
    test::write_text(file("places.geojson"), kSchool);
  }
};

std::string complaint(const SmallWorld& world) {
  try {
    (void)load(world.scenario());
    return "";
  } catch (const InputError& error) {
    return error.what();
  }
}

bool says(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

std::int64_t sum_of(const Json& rows, const char* key) {
  std::int64_t sum = 0;
  for (const Json& row : rows) sum += row[key].is_null() ? 0 : row[key].get<std::int64_t>();
  return sum;
}

/// A column of a CSV table, added up.
std::int64_t column_sum(const std::string& csv, const std::string& column) {
  std::vector<std::vector<std::string>> rows;
  std::string cell;
  bool quoted = false;
  rows.emplace_back();
  for (const char c : csv) {
    if (c == '"') quoted = !quoted;
    if (!quoted && (c == ',' || c == '\n')) {
      rows.back().push_back(cell);
      cell.clear();
      if (c == '\n') rows.emplace_back();
    } else if (c != '"') {
      cell += c;
    }
  }
  const auto at = std::find(rows.front().begin(), rows.front().end(), column) - rows.front().begin();
  REQUIRE(at < static_cast<std::ptrdiff_t>(rows.front().size()));
  std::int64_t sum = 0;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    if (static_cast<std::ptrdiff_t>(rows[i].size()) > at) sum += std::stoll(rows[i][static_cast<std::size_t>(at)]);
  }
  return sum;
}

}  // namespace

TEST_CASE("parts of sites, stretches, bill and costs are the same yen") {
  const WiredWorld world;
  const Planned planned = run(load(world.scenario()));
  const Json summary = Json::parse(summary_json(planned));
  const Json& backhaul = summary["backhaul"];
  CHECK(backhaul["sites_connected"] == 3);  // two sites and the school
  for (const char* key : {"capex_jpy", "opex_jpy_per_year"}) {
    CAPTURE(key);
    const auto whole = backhaul[key].get<std::int64_t>();
    CHECK(whole > 0);
    CHECK(sum_of(backhaul["sites"], key) == whole);
    CHECK(column_sum(test::csv_of_table(planned, "fibre"), key) == whole);
  }
  std::int64_t of_places_jpy = 0;
  for (const Json& site : backhaul["sites"])
    of_places_jpy += site["site_id"].is_null() ? site["capex_jpy"].get<std::int64_t>() : 0;
  CHECK(backhaul["capex_of_places_jpy"] == of_places_jpy);
  std::int64_t in_costs_jpy = 0;
  for (const Json& site : summary["sites"]) {
    if (!site.contains("assets")) continue;
    for (const Json& asset : site["assets"]) {
      if (asset["id"] == "fibre_aerial") in_costs_jpy += asset["amount_jpy"].get<std::int64_t>();
    }
  }
  CHECK(in_costs_jpy + of_places_jpy == backhaul["capex_jpy"].get<std::int64_t>());
  CHECK(backhaul["lower_bound_jpy"] == backhaul["present_value_jpy"]);
  CHECK(backhaul["edge_servers"].size() == 2);
  CHECK(backhaul["edge_servers"][1]["mean_delay_ms"] <= backhaul["edge_servers"][0]["mean_delay_ms"]);
}

TEST_CASE("a trunk that two sites use is paid once") {
  const WiredWorld world;
  const Json both = Json::parse(summary_json(run(load(world.scenario()))))["backhaul"];
  // The road from the exchange to the sites is some 7 km for the first and 10.6 km for the second: laid apart 17.
  const double apart_km =
      both["sites"][0]["length_km"].get<double>() + both["sites"][1]["length_km"].get<double>();
  CHECK(both["fibre_km"].get<double>() < 0.8 * apart_km);
  CHECK(both["fibre_km"].get<double>() > both["sites"][1]["length_km"].get<double>() - 0.001);
}

TEST_CASE("what is wrong with [backhaul] is said with key and reason") {
  const auto refused = [](const std::string& from, const std::string& to) {
    const WiredWorld world;
    world.edit(from, to);
    return complaint(world);
  };
  CHECK(says(refused("[costs]\npath = \"costs.toml\"\nyear = 2025\nyears = 10\ndiscount_rate = 0.04\n", ""),
             "needs [costs]"));
  CHECK(says(refused("lon = 138.66\n", "lon = 139.66\n"), "the exchange \"West office\" lies outside the area"));
  CHECK(says(refused("[[backhaul.exchange]]\nname = \"West office\"\nlon = 138.66\nlat = 35.26\n", ""),
             "needs a place where fibre begins"));
  CHECK(says(refused("least_mbps = 50.0", "two_way_sites = [\"X\"]"), "no site \"X\""));
  CHECK(says(refused("least_mbps = 50.0", "availability_percent = 99.9"), "cuts_per_1000km_year and repair_h"));
  CHECK(
      says(refused("least_mbps = 50.0", "repair_h = 12.0"), "give cuts_per_1000km_year and repair_h, or neither"));
  CHECK(says(refused("least_mbps = 50.0", "roads = false"), "there is no road"));
  CHECK(says(refused("least_mbps = 50.0", "cable = \"buried\""), "fibre_buried"));
  CHECK(says(refused("least_mbps = 50.0", "longest_drop_m = -1.0"), "longest_drop_m"));
  CHECK(says(refused("[[places]]\npath = \"places.geojson\"\n", ""), "needs [[places]]"));
  CHECK(says(refused("edge_servers = 2",
                     "edge_servers = 2\n[backhaul.satellite]\nmbps = 50.0\navailability_percent = "
                     "99.0\ndelay_ms = 300.0\n"),
             "satellite_service"));
}

TEST_CASE("a negative price is refused where it is written") {
  const WiredWorld world;
  test::write_text(world.file("costs.toml"), test::replaced(kPrices, "low = 1000", "low = -1000"));
  CHECK(says(complaint(world), "-1000"));
}

TEST_CASE("sites that nothing leads to an exchange are named") {
  const WiredWorld world;
  world.edit("least_mbps = 50.0", "longest_drop_m = 10.0");
  const Planned planned = run(load(world.scenario()));
  const auto& warnings = planned.result.warnings;
  const auto found = std::find_if(warnings.begin(), warnings.end(),
                                  [](const Warning& warning) { return warning.id == "backhaul_unreached"; });
  REQUIRE(found != warnings.end());
  // A stands on the road; B is a kilometre from it.
  CHECK(says(found->message, "leads to an exchange: B, Hill school"));
  CHECK(found->count == 2);
}

TEST_CASE("a leased line is taken where the fibre would cost more, and the page says why") {
  const WiredWorld world;
  test::write_text(world.file("costs.toml"), std::string(kPrices) + "[asset.leased_line]\nprice = \"month\"\n");
  world.edit("place_kinds = [\"school\"]\n", "");
  world.edit("edge_servers = 2",
             "edge_servers = 2\n[backhaul.leased]\nmbps = 100.0\navailability_percent = 99.9\ndelay_ms = 2.0\n");
  const Planned planned = run(load(world.scenario()));
  const Json backhaul = Json::parse(summary_json(planned))["backhaul"];
  CHECK(backhaul["links"].get<int>() > 0);
  CHECK(says(report_html(planned, Language::en), "a cable instead would be"));
  const std::string japanese = report_html(planned, Language::ja);
  CHECK(says(japanese, "光ファイバとすると"));
  CHECK(says(japanese, "伝送路（バックホール）"));
  CHECK_FALSE(says(japanese, "Fibre on poles"));
}

TEST_CASE("fibre counts for the targets of fibre and schools unless the user states a value") {
  const WiredWorld world;
  world.edit("edge_servers = 2",
             "households_within_m = 2000.0\n\n[targets]\nids = [\"T-FTTH-2027\", \"T-SCHOOL-2023\"]\n");
  const Json summary = Json::parse(summary_json(run(load(world.scenario()))));
  int found = 0;
  for (const Json& target : summary["targets"]) {
    if (target["id"] == "T-FTTH-2027") {
      ++found;
      CHECK(target["actual_source"] == "[backhaul]");
      CHECK(target["actual"].get<double>() ==
            Approx(100.0 * summary["backhaul"]["people_near_cable"].get<double>() / 167.5));
    }
    if (target["id"] == "T-SCHOOL-2023") {
      ++found;
      CHECK(target["actual"] == 0);
    }
  }
  CHECK(found == 2);
}

TEST_CASE("routes take the delay of the way that is laid from the site that serves, beside a second modem too") {
  const WiredWorld world;
  test::write_text(world.file("way.geojson"), kWay);
  world.edit("least_mbps = 50.0", "least_mbps = 50.0\nnode_delay_us = 3000.0");
  test::write_text(world.scenario(), test::read_bytes(world.scenario()) + kRoute);
  const auto planned_with = [&](const std::vector<std::pair<std::string, std::string>>& settings) {
    return run(load(world.scenario(), {.settings = settings}));
  };
  const auto found_in = [](const Planned& planned) {
    const RouteFinding& found = planned.studies.get<RoutesStudy>().report.routes.at(0);
    REQUIRE(found.latency);
    return found;
  };
  const auto transport = [&](const Planned& planned) {
    const RouteFinding found = found_in(planned);
    const auto& parts = found.latency->parts;
    const auto part =
        std::find_if(parts.begin(), parts.end(), [](const PartFigures& of) { return of.name == "transport"; });
    REQUIRE(part != parts.end());
    return *part;
  };
  const Planned planned = planned_with({});
  const PartFigures laid = transport(planned);
  CHECK(laid.source == "the way from each site to its exchange as [backhaul] lays it");
  // One node of 3 ms and some 5 to 11 km of fibre.
  CHECK(laid.mean_s > 3.02e-3);
  CHECK(laid.mean_s < 3.2e-3);

  // By name: as long as each site serves, its own delay. With those of the other site it would be another figure.
  const Json rows = Json::parse(summary_json(planned))["backhaul"]["sites"];
  const auto delay_s = [&](const std::string& site) {
    const auto row = std::find_if(rows.begin(), rows.end(), [&](const Json& of) { return of["site_id"] == site; });
    REQUIRE(row != rows.end());
    return 1e-3 * row->at("delay_ms").get<double>();
  };
  const RouteFinding found = found_in(planned);
  std::map<std::string, double> seconds_of;
  for (std::size_t i = 0; i < found.service.size(); ++i) {
    if (found.service[i].cell < 0 || !(found.service[i].ul_mbps > 0.0F)) continue;
    const auto sector = static_cast<std::size_t>(found.sectors[static_cast<std::size_t>(found.service[i].cell)]);
    const auto site = static_cast<std::size_t>(planned.result.coverage.sectors[sector].site);
    seconds_of[planned.input.network.sites[site].id] += found.seconds[i];
  }
  REQUIRE(seconds_of.size() == 2);
  const double all_s = seconds_of["A"] + seconds_of["B"];
  const double own_s = (seconds_of["A"] * delay_s("A") + seconds_of["B"] * delay_s("B")) / all_s;
  const double other_s = (seconds_of["A"] * delay_s("B") + seconds_of["B"] * delay_s("A")) / all_s;
  CHECK(laid.mean_s == Approx(own_s).margin(0.5e-6));  // delays of the table are whole microseconds
  CHECK(std::abs(other_s - own_s) > 2e-6);

  const PartFigures stated = transport(planned_with({{"routes.fibre_km", "100.0"}, {"routes.hops", "1"}}));
  CHECK(stated.mean_s == Approx(0.7e-3).margin(1e-4));
  CHECK_FALSE(says(stated.source, "[backhaul]"));

  // Nothing in English of the way that is laid, whatever lies beyond it.
  const auto in_japanese = [](const Planned& of) {
    return report_html(of, Language::ja) +
           route_sheet_html(of.studies.get<RoutesStudy>(), "bus", of.input, of.result, Language::ja);
  };
  const Planned regional = planned_with({{"routes.server", "\"regional\""}});
  CHECK(says(transport(regional).source, "; beyond it"));
  const std::string to_exchange = in_japanese(planned);
  const std::string beyond = in_japanese(regional);
  CHECK(says(to_exchange, "各局から収容局までは本計画の伝送路による"));
  CHECK_FALSE(says(to_exchange, "収容局から先は"));
  CHECK(says(beyond, "各局から収容局までは本計画の伝送路、収容局から先は"));
  for (const char* english : {"each site", "[backhaul] lays it", "beyond it", "published model"}) {
    INFO(english);
    CHECK_FALSE(says(to_exchange, english));
    CHECK_FALSE(says(beyond, english));
  }
}

TEST_CASE("a server in Tokyo or Osaka is farther than the regional one, which brings enough messages in time") {
  const WiredWorld world;
  test::write_text(world.file("way.geojson"), kWay);
  world.edit("name = \"West office\"", "name = \"West office\"\nonward_km = 1.0\nonward_hops = 1");
  test::write_text(world.scenario(), test::read_bytes(world.scenario()) + kRoute);
  const auto found = [&](const std::string& server, double deadline_ms, double reliability_percent) {
    const Planned planned = run(load(
        world.scenario(), {.settings = {{"routes.server", "\"" + server + "\""},
                                        {"routes.deadline_ms", std::to_string(deadline_ms)},
                                        {"routes.reliability_percent", std::to_string(reliability_percent)}}}));
    return planned.studies.get<RoutesStudy>().report.routes.at(0);
  };
  // A deadline that half of the messages meet tells the two milliseconds of 200 km there and back apart.
  const double median_ms = 1e3 * found("regional", 100.0, 50.0).latency->p50_s;
  const double regional = found("regional", median_ms, 50.0).in_time();
  const double metropolis = found("metropolis", median_ms, 50.0).in_time();
  REQUIRE(metropolis < regional - 0.01);
  CHECK(found("metropolis", median_ms, 50.0 * (metropolis + regional)).server_mend == "regional");
}

TEST_CASE("places outside the area are told of and given no fibre, and kinds that nobody is of are named") {
  const WiredWorld world;
  test::write_text(
      world.file("places.geojson"),
      test::replaced(kSchool, "\"features\":[",
                     "\"features\":[\n{\"type\":\"Feature\",\"properties\":{\"kind\":\"school\",\"name\":\"Far "
                     "school\"},\"geometry\":{\"type\":\"Point\",\"coordinates\":[138.90,35.302]}},"));
  world.edit("[\"school\"]", "[\"school\", \"clinic\"]");
  const Planned planned = run(load(world.scenario()));
  const auto& warnings = planned.result.warnings;
  const auto warned = [&](const std::string& id) {
    return std::find_if(warnings.begin(), warnings.end(),
                        [&](const Warning& warning) { return warning.id == id; });
  };
  REQUIRE(warned("backhaul_places_outside") != warnings.end());
  CHECK(warned("backhaul_places_outside")->count == 1);
  REQUIRE(warned("backhaul_no_such_places") != warnings.end());
  CHECK(says(warned("backhaul_no_such_places")->message, "\"clinic\""));
  CHECK(Json::parse(summary_json(planned))["backhaul"]["sites"].size() == 3);
}

TEST_CASE("schools that nobody looked at meet no target") {
  const WiredWorld world;
  world.edit("edge_servers = 2", "edge_servers = 2\n\n[targets]\nids = [\"T-SCHOOL-2023\"]\n");
  test::write_text(world.file("places.geojson"), test::replaced(kSchool, "138.705,35.302", "138.905,35.302"));
  const Json targets = Json::parse(summary_json(run(load(world.scenario()))))["targets"];
  REQUIRE(targets.size() == 1);
  CHECK(targets[0]["actual"].is_null());
  CHECK(targets[0]["reason"] == "needs_supply");
}

TEST_CASE("a service comes to no exchange, and a wish for two ways of a site that is not connected is told of") {
  const WiredWorld world;
  test::write_text(world.file("costs.toml"), std::string(kPrices) + "[asset.leased_line]\nprice = \"month\"\n");
  world.edit("place_kinds = [\"school\"]\n", "two_way_sites = [\"C\"]\n");
  world.edit("edge_servers = 2",
             "edge_servers = 2\n[backhaul.leased]\nmbps = 100.0\navailability_percent = 99.9\ndelay_ms = 2.0\n");
  world.edit("name = \"West office\"", "name = \"West office\"\nonward_km = 1000.0");
  const Planned planned = run(load(world.scenario()));
  const Json backhaul = Json::parse(summary_json(planned))["backhaul"];
  int leased = 0;
  for (const Json& site : backhaul["sites"]) {
    if (site["medium"] != "leased") continue;
    ++leased;
    CHECK(site["exchange"].is_null());
    CHECK(site["delay_to_server_ms"] == site["delay_ms"]);
  }
  CHECK(leased > 0);
  const auto& warnings = planned.result.warnings;
  const auto found = std::find_if(warnings.begin(), warnings.end(), [](const Warning& warning) {
    return warning.id == "backhaul_two_ways_unconnected";
  });
  REQUIRE(found != warnings.end());
  CHECK(says(found->message, ": C"));
}
