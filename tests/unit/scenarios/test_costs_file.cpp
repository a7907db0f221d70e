// Files of costs: what the program brings, what a user may add, and what is wrong with a file.
#include "scenarios/catalogue/costs_file.hpp"

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "libsim/economics/site_costs.hpp"
#include "libsim/entry_of.hpp"
#include "terrain/error.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/data.hpp"
#include "tests/unit/scenarios/small_world.hpp"

using namespace amaneku;
using namespace amaneku::scenarios;
using Json = nlohmann::json;

namespace {

using Lines = std::vector<std::string>;

Lines faults(const std::string& text) {
  Lines out;
  try {
    (void)read_costs(text, "own.toml", built_in_costs());
  } catch (const InputError& error) {
    for (const Fault& fault : error.faults()) out.push_back(fault.text());
  }
  return out;
}

}  // namespace

TEST_CASE("prices are those of the reference, each with its source", "[shared]") {
  AMANEKU_NEEDS(test::reference(), "economics/cost_defaults.json");
  std::ifstream in(*test::reference() / "economics/cost_defaults.json");
  const Json reference = Json::parse(in);
  int compared = 0;
  for (const Json& item : reference["items"]) {
    if (item["value"].is_null()) continue;
    INFO(item.dump());
    const PriceItem& own = entry_of(built_in_costs().prices, item["id"].get<std::string>(), "price");
    const Json& value = item["value"];
    CHECK(own.low == (value.is_array() ? value[0] : value).get<double>());
    CHECK(own.high == (value.is_array() ? value[1] : value).get<double>());
    CHECK(item["currency"].get<std::string>().find(own.currency) == 0);
    CHECK(own.year == (item["year"].is_null() ? 0 : item["year"].get<int>()));
    CHECK(own.confidence == item["confidence"].get<std::string>());
    CHECK_FALSE(own.source.empty());
    ++compared;
  }
  CHECK(compared == 67);
}

TEST_CASE("every built-in price has a source, and what has none has no price") {
  const CostCatalogue& costs = built_in_costs();
  for (const PriceItem& item : costs.prices) CHECK_FALSE(item.source.empty());
  Lines unpriced;
  for (const CostAsset& asset : costs.assets) {
    if (asset.price.empty()) unpriced.push_back(asset.id);
  }
  CHECK(unpriced == Lines{"rooftop_mount",
                          "grid",
                          "battery",
                          "generator",
                          "access_road",
                          "fibre_aerial",
                          "fibre_buried",
                          "fibre_submarine",
                          "landing",
                          "fibre_duct",
                          "fibre_bridge",
                          "fibre_tunnel",
                          "fibre_existing",
                          "fibre_further",
                          "microwave_terminal",
                          "microwave_fees",
                          "optics_terminal",
                          "iab_terminal",
                          "satellite_terminal",
                          "satellite_service",
                          "leased_line",
                          "lease",
                          "fees"});
  CHECK(costs.deflators.empty());
}

TEST_CASE("a file of costs adds prices, deflators and the price of an asset") {
  const CostCatalogue costs = read_costs(
      "[price.pole]\nname = \"pole line\"\nlow = 1500\ncurrency = \"JPY\"\nyear = "
      "2025\n[asset.fibre_aerial]\nprice = "
      "\"pole\"\n[[deflator]]\nfrom_currency = \"JPY\"\nfrom_year = 2009\nto_currency = \"JPY\"\nto_year = "
      "2025\nfactor = "
      "1.1\nsource = \"own\"\n",
      "own.toml", built_in_costs());
  const CostAsset& fibre = entry_of(costs.assets, "fibre_aerial", "asset");
  CHECK(fibre.name_ja == "架空光ファイバ");
  CHECK(fibre.quantity == CostQuantity::aerial_m);
  const MoneyBasis basis{.currency = "JPY", .year = 2025};
  CHECK(unit_price(costs, fibre, basis) == 1500.0);
  CHECK(unit_price(costs, entry_of(costs.assets, "station", "asset"), basis) == Approx(33e6));
  CHECK(entry_of(costs.prices, "pole", "price").source.empty());
}

TEST_CASE("costs: faults have line, column, key, value and legal range, all at once") {
  CHECK(faults("[price.x]\nname = \"x\"\nlow = -1\ncurrency = \"JPY\"\n") ==
        Lines{"own.toml:3:7: price.low = -1: out of range (legal: 0 .. 1000000000000000)"});
  CHECK(faults("[price.x]\nname = \"x\"\nlow = 2\nhigh = 1\ncurrency = \"JPY\"\n") ==
        Lines{"own.toml:4:8: price.high = 1: is below low"});
  CHECK(faults("[asset.mast]\nprice = \"pysim5g.towr\"\n")
            .at(0)
            .find("own.toml:2:9: asset.price = \"pysim5g.towr\": there is none of this name, did you mean "
                  "\"pysim5g.tower\"?") == 0);
  CHECK(faults("[asset.crane]\nprice = \"pysim5g.tower\"\n") ==
        Lines{"own.toml:1:1: asset.name: is required for a new asset"});
  CHECK(faults("[asset.mast]\nquantity = \"masts\"\n").at(0).find("did you mean \"mast\"?") != std::string::npos);
  const std::string deflator =
      "[[deflator]]\nfrom_currency = \"USD\"\nfrom_year = 2019\nto_currency = \"JPY\"\nto_year = 2025\nfactor = "
      "130\nsource = "
      "\"own\"\n";
  CHECK(faults(deflator + deflator) ==
        Lines{"own.toml:9:17: deflator.from_currency = \"USD\": this pair of currency and year comes twice"});
  CHECK(faults("[price.x]\nlow = 1\nprize = 3\n").size() == 3);
}

TEST_CASE("docs/formats/costs.md is what the schema says") {
  const std::filesystem::path page = std::filesystem::path(AMANEKU_SOURCE_DIR) / "docs/formats/costs.md";
  if (std::getenv("AMANEKU_UPDATE") != nullptr) test::write_text(page, costs_markdown());
  INFO("run test_scenarios once with AMANEKU_UPDATE=1 after a change of the schema");
  CHECK(test::read_bytes(page) == costs_markdown());
}
