#include <fmt/format.h>

#include <cmath>

#include "scenarios/studies/backhaul/backhaul_study.hpp"
#include "terrain/vector/ogr_source.hpp"

namespace amaneku::scenarios {
namespace {

constexpr double kMega = 1e6;
constexpr double kPerKm = 1e3;
constexpr double kPerCent = 100.0;
constexpr double kMilli = 1e-3;
constexpr double kMicro = 1e-6;

class BackhaulReader {
 public:
  explicit BackhaulReader(const StudyReading& reading) : reading_(reading), document_(reading.document) {}

  std::optional<BackhaulOptions> run() {
    const SectionView view = document_.section("backhaul");
    if (view.node() == nullptr) return std::nullopt;
    if (document_.section("costs").node() == nullptr)
      document_.add(view.fault("cable", "needs [costs]: the cheapest layout asks for prices"));
    terms(view);
    ends(view);
    exchanges(view);
    for (const SectionView& way : document_.sections("backhaul.way"))
      document_.attempt(way, "path", [&] { given_ways(way); });
    service("backhaul.satellite", Medium::satellite);
    service("backhaul.leased", Medium::leased);
    const bool no_service =
        !out_.services[index_of(Medium::satellite)] && !out_.services[index_of(Medium::leased)];
    const bool no_hop = document_.section("backhaul.microwave").node() == nullptr &&
                        document_.section("backhaul.optics").node() == nullptr &&
                        document_.section("backhaul.iab").node() == nullptr;
    if (out_.ways.empty() && no_service && no_hop && (!out_.roads || reading_.input.world.roads.roads.empty()))
      document_.add(view.fault(
          "roads", "there is no road, no [[backhaul.way]], no hop and no service to reach an exchange by"));
    return std::move(out_);
  }

 private:
  void terms(const SectionView& view) {
    out_.along_roads = view.text("cable") == "buried" ? Medium::buried : Medium::aerial;
    out_.roads = view.flag("roads");
    out_.longest_drop_m = view.number("longest_drop_m");
    out_.least_bps = kMega * view.number("least_mbps");
    out_.needs.node_delay_s = kMicro * view.number("node_delay_us");
    out_.households_within_m = view.number("households_within_m");
    if (view.given("longest_delay_ms")) out_.needs.longest_delay_s = kMilli * view.number("longest_delay_ms");
    if (view.given("availability_percent"))
      out_.needs.availability = view.number("availability_percent") / kPerCent;
    const bool cuts = view.given("cuts_per_1000km_year");
    if (cuts != view.given("repair_h"))
      document_.add(view.fault(cuts ? "cuts_per_1000km_year" : "repair_h",
                               "give cuts_per_1000km_year and repair_h, or neither"));
    if (!cuts && out_.needs.availability > 0.0)
      document_.add(
          view.fault("availability_percent",
                     "needs cuts_per_1000km_year and repair_h: without them nobody knows how often a cable "
                     "fails"));
    if (!cuts) return;
    constexpr double kThousandKm_m = 1e6;
    out_.cable.cuts_per_m_year = view.number("cuts_per_1000km_year") / kThousandKm_m;
    out_.cable.repair_h = view.number("repair_h");
  }

  void ends(const SectionView& view) {
    out_.place_bps = kMega * view.number("place_mbps");
    fibres(view);
    out_.edge_servers = static_cast<int>(view.integer("edge_servers"));
    if (view.given("longest_way_km")) out_.needs.longest_way_m = kPerKm * view.number("longest_way_km");
    const std::vector<Site>& sites = reading_.input.network.sites;
    out_.two_ways.assign(sites.size(), false);
    for (const std::string& id : view.texts("two_way_sites")) {
      const auto found = std::find_if(sites.begin(), sites.end(), [&](const Site& site) { return site.id == id; });
      if (found == sites.end()) {
        document_.add(view.fault("two_way_sites", "no site \"" + id + "\""));
      } else {
        out_.two_ways[static_cast<std::size_t>(found - sites.begin())] = true;
      }
    }
  }

  void fibres(const SectionView& view) {
    out_.fibres_per_site = view.integer("fibres_per_site");
    out_.fibres_per_place = view.integer("fibres_per_place");
    if (view.given("fibres_per_cable")) {
      out_.fibres_per_cable = view.integer("fibres_per_cable");
      return;
    }
    for (const char* key : {"fibres_per_site", "fibres_per_place"}) {
      if (view.given(key)) document_.add(view.fault(key, "needs fibres_per_cable: without it nothing fills up"));
    }
  }

  void exchanges(const SectionView& view) {
    const bool own = !document_.sections("backhaul.exchange").empty();
    for (const SectionView& one : document_.sections(own ? "backhaul.exchange" : "costs.exchange")) {
      ExchangeOffice office{.name = one.text("name"),
                            .at = reading_.crs.to_plan({one.number("lon"), one.number("lat")})};
      if (own) {
        office.onward_m = kPerKm * one.number("onward_km");
        office.onward_hops = static_cast<int>(one.integer("onward_hops"));
      }
      const Grid& grid = reading_.input.world.grid();
      const bool inside = office.at.x_m >= grid.west_m && office.at.x_m <= grid.east_m() &&
                          office.at.y_m >= grid.south_m() && office.at.y_m <= grid.north_m;
      if (!inside)
        document_.add(one.fault(
            "lon", fmt::format("the exchange {}lies outside the area: nothing is known of the ground there",
                               office.name.empty() ? "" : "\"" + office.name + "\" ")));
      out_.exchanges.push_back(std::move(office));
    }
    if (out_.exchanges.empty())
      document_.add(view.fault("cable", "needs a place where fibre begins: write [[backhaul.exchange]]"));
  }

  void given_ways(const SectionView& view) {
    const auto word = std::find(kMediumWords.begin(), kMediumWords.end(), view.text("medium"));
    SourceLayer layer = read_source_layer({.path = document_.path_of(view), .crs = &reading_.crs});
    const int name = layer.field(view.text("name_field"));
    std::size_t lines = 0;
    for (SourceFeature& feature : layer.features) {
      for (Line& line : feature.lines) {
        ++lines;
        out_.ways.push_back(
            {.name = name < 0 ? std::string{} : feature.values[static_cast<std::size_t>(name)].value_or(""),
             .line = std::move(line),
             .medium = static_cast<Medium>(word - kMediumWords.begin())});
      }
    }
    if (lines == 0) throw InputError(Fault{.message = "has no line that a cable could follow", .key = "path"});
  }

  void service(const char* section, Medium medium) {
    const SectionView view = document_.section(section);
    if (view.node() == nullptr) return;
    out_.services[index_of(medium)] = {.capacity_bps = kMega * view.number("mbps"),
                                       .availability = view.number("availability_percent") / kPerCent,
                                       .delay_s = kMilli * view.number("delay_ms")};
  }

  const StudyReading& reading_;
  Document& document_;
  BackhaulOptions out_{};
};

/// None of "total".
std::optional<Payer> payer_of(const std::string& word) {
  for (std::size_t i = 0; i < kPayerCount; ++i) {
    if (word == kPayerWords[i]) return static_cast<Payer>(i);
  }
  return std::nullopt;
}

}  // namespace

void BackhaulStudy::read(const StudyReading& reading) {
  options = BackhaulReader(reading).run();
  hop_ask = read_hops(reading);
  passive_options = read_passive(reading);
  television_options = read_television(reading);
  if (!options) return;
  const SectionView view = reading.document.section("backhaul");
  payer = payer_of(view.text("objective"));
  if (payer && reading.document.section("subsidy").node() == nullptr)
    reading.document.add(view.fault(
        "objective", "needs [subsidy]: without programmes nobody knows what a payer bears; or write \"total\""));
  place_kinds = view.texts("place_kinds");
  if (!place_kinds.empty() && reading.document.sections("places").empty())
    reading.document.add(view.fault("place_kinds", "needs [[places]]: there are no places"));
}

void BackhaulStudy::check_prices(const StudyReading& reading, const MoneyInput& money) {
  const SectionView view = reading.document.section("backhaul");
  if (view.node() == nullptr) return;
  check_hop_prices(reading, money);
  const Medium along_roads = view.text("cable") == "buried" ? Medium::buried : Medium::aerial;
  reading.document.attempt(view, "cable", [&] {
    const BackhaulPrices prices(money.catalogue, money.terms.basis, money.horizon, along_roads);
    const auto need = [&](const SectionView& where, const char* key, Medium medium, const char* asset) {
      if (prices.has(medium)) return;
      reading.document.add(where.fault(
          key, fmt::format("{} has no price: state one for [asset.{}] in the file of costs.path, be it 0",
                           kMediumWords[index_of(medium)], asset)));
    };
    need(view, "cable", along_roads, along_roads == Medium::aerial ? "fibre_aerial" : "fibre_buried");
    if (view.given("fibres_per_cable") && !prices.has_further())
      reading.document.add(view.fault("fibres_per_cable",
                                      "a further cable has no price: state one for [asset.fibre_further] in the "
                                      "file of costs.path, be it 0"));
    for (const SectionView& way : reading.document.sections("backhaul.way")) {
      if (way.text("medium") == "existing") need(way, "medium", Medium::existing, "fibre_existing");
      if (way.text("medium") == "submarine")
        need(way, "medium", Medium::submarine, "fibre_submarine] and [asset.landing");
    }
    const SectionView satellite = reading.document.section("backhaul.satellite");
    if (satellite.node() != nullptr) need(satellite, "mbps", Medium::satellite, "satellite_service");
    const SectionView leased = reading.document.section("backhaul.leased");
    if (leased.node() != nullptr) need(leased, "mbps", Medium::leased, "leased_line");
  });
}

}  // namespace amaneku::scenarios
