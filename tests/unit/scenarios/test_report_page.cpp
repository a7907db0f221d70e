#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/catalogue/radio_catalogue.hpp"
#include "scenarios/output/page/report.hpp"
#include "scenarios/report/names.hpp"
#include "scenarios/report/phrases.hpp"
#include "scenarios/report/warning_phrases.hpp"
#include "scenarios/report/warning_words.hpp"
#include "tests/support/catch.hpp"

using namespace amaneku;
using namespace amaneku::scenarios;

namespace {

using Case = Planned;

MultiPolygon box(double west, double south, double east, double north) {
  return {{{.outer = {{west, south}, {east, south}, {east, north}, {west, north}, {west, south}}}}};
}

/// A small plan with one of everything; `text` stands wherever text comes from users.
Case world(const std::string& text) {
  Case w;
  const Grid grid{.west_m = 0, .north_m = -60'000, .cell_m = 50, .nx = 120, .ny = 100};
  w.input.world.crs_id = "EPSG:6676";
  w.input.world.ground.ground_asl_m = Raster<float>(grid, 100.0F);
  w.result.grid = grid;
  w.result.maps.rsrp_dbm = Raster<float>(grid, -95.0F);
  w.result.maps.best_server = Raster<std::int32_t>(grid, 0);
  w.result.coverage.grid = grid;
  w.result.coverage.sectors = {{0, 0, 0}};
  const Sector sector{.id = text, .antenna = Element38901{}, .antenna_name = text};
  w.input.network.sites = {
      {.id = text, .name = text, .position = {138.5, 35.4}, .at = grid.centre(60, 50), .sectors = {sector}},
      {.id = text, .at = grid.centre(20, 20), .existing = false}};
  w.input.world.boundaries.municipalities = {{text, text, box(500, -64'500, 5'500, -60'500)}};
  w.input.world.boundaries.sources = w.input.world.population.sources = w.input.world.roads.sources = {text};
  w.input.world.roads.roads = {
      {.id = text, .road_class = text, .name = text, .line = {grid.centre(1, 1), grid.centre(110, 90)}},
      {.id = "e", .road_class = "expressway", .name = "e", .line = {grid.centre(1, 9), grid.centre(110, 3)}}};
  w.result.statistics.population = {.total = 1'234'567, .covered = 1'000'000, .below_threshold = 234'567};
  w.result.statistics.municipalities = {
      {text, text, {.total = 1'234'000, .covered = 1'000'000, .below_threshold = 234'000}, {1e6, 5e5, 0}},
      {"beyond", "beyond", {.total = 500, .outside_plan = 500}, {}}};
  w.result.statistics.outside_municipalities = {.total = 67, .below_threshold = 67};
  w.result.statistics.area = {3e7, 1e7, 0};
  w.result.statistics.roads = {{text, 9000, 4000, 0}, {"expressway", 7000, 7000, 0}};
  w.result.warnings = {{text, text, 3}, {"range_cut_by_radius", text, 12}};
  Provenance& p = w.input.provenance;
  p.scenario_name = p.scenario_description = p.scenario_file = p.scenario_text = text;
  p.synthetic = true;
  p.synthetic_parts = {text};
  p.input_sha256 = {{text, text}};
  p.credits = {text};
  p.settings = {{text, text}};
  w.input.world.terrain_sources = {
      {.path = text, .format = text, .crs = text, .resolution_m = 30, .cells_used = 5}};
  w.input.world.vertical_datum = text;
  return w;
}

/// Walks the tags of a page: every element closed in order, quotes and brackets only where they belong.
/// Returns the names of elements and attributes, or what is wrong with the page.
struct Markup {
  std::set<std::string> names{};
  std::string fault{};
};

class Walker {
 public:
  explicit Walker(std::string_view page) : rest_(page) {}
  Markup walk() {
    while (markup_.fault.empty()) {
      const std::size_t open = rest_.find('<');
      if (open == std::string_view::npos) break;
      rest_.remove_prefix(open + 1);
      tag();
    }
    if (markup_.fault.empty() && !stack_.empty()) markup_.fault = "not closed: " + stack_.back();
    return markup_;
  }

 private:
  void tag() {
    if (rest_.starts_with("!DOCTYPE html>")) return;
    const bool closes = rest_.starts_with("/");
    if (closes) rest_.remove_prefix(1);
    const std::string name = word();
    if (name.empty()) markup_.fault = "a bare < before " + std::string(rest_.substr(0, 20));
    markup_.names.insert(name);
    while (markup_.fault.empty() && rest_.starts_with(" ")) attribute();
    const bool empty = rest_.starts_with("/>");
    rest_.remove_prefix(empty ? 1 : 0);
    if (!rest_.starts_with(">")) markup_.fault = "a tag that does not end: " + name;
    if (closes) {
      if (stack_.empty() || stack_.back() != name)
        markup_.fault = "closed out of order: " + name;
      else
        stack_.pop_back();
    } else if (!empty && !std::set<std::string>{"meta", "br"}.contains(name)) {
      stack_.push_back(name);
    }
  }
  void attribute() {
    rest_.remove_prefix(1);
    const std::string name = word();
    markup_.names.insert("@" + name);
    if (!rest_.starts_with("=\"")) {
      markup_.fault = "an attribute without a value: " + name;
      return;
    }
    rest_.remove_prefix(2);
    const std::size_t end = rest_.find('"');
    if (end == std::string_view::npos) markup_.fault = "a quote that does not end";
    rest_.remove_prefix(std::min(rest_.size(), end + 1));
  }
  std::string word() {
    std::size_t n = 0;
    while (n < rest_.size() && (std::isalnum(static_cast<unsigned char>(rest_[n])) != 0 || rest_[n] == '-')) ++n;
    const std::string out(rest_.substr(0, n));
    rest_.remove_prefix(n);
    return out;
  }

  std::string_view rest_;
  std::vector<std::string> stack_{};
  Markup markup_{};
};

bool has(const std::string& page, const std::string& text) {
  return page.find(text) != std::string::npos;
}

std::string without_pictures(std::string page) {
  for (std::size_t at = page.find("base64,"); at != std::string::npos; at = page.find("base64,", at + 7)) {
    page.erase(at + 7, page.find('"', at) - at - 7);
  }
  return page;
}

}  // namespace

TEST_CASE("names from users are text, never markup") {
  const Case tame = world("Kawa");
  const std::set<std::string> expected = Walker(report_html(tame, Language::en)).walk().names;
  for (const char* hostile :
       {"<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onload='x", "a & b < c",
        "</title></svg></style></table><h1>", "]]>--><!--", "\x93\xFA\x96\x7B\x00z"}) {
    const Case w = world(hostile);
    for (const Language language : {Language::en, Language::ja}) {
      const Markup markup = Walker(report_html(w, language)).walk();
      CHECK(markup.fault == "");
      CHECK(markup.names == expected);
    }
  }
}

TEST_CASE("the page asks for nothing and runs nothing") {
  const Case w = world("Kawa");
  for (const Language language : {Language::en, Language::ja}) {
    const std::string page = without_pictures(report_html(w, language));
    CHECK(has(page, "http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:;"));
    for (const char* foreign : {"http:", "https:", "//", "<script", "<link", "@import", "@font-face", "src="}) {
      INFO(foreign);
      CHECK_FALSE(has(page, foreign));
    }
    for (std::size_t at = page.find("url("); at != std::string::npos; at = page.find("url(", at + 1)) {
      CHECK(page.substr(at, 6) == "url(#h");
    }
    for (std::size_t at = page.find("href=\""); at != std::string::npos; at = page.find("href=\"", at + 1)) {
      CHECK((page[at + 6] == '#' || page.substr(at + 6, 22) == "data:image/png;base64,"));
    }
  }
}

TEST_CASE("the page says what was found, in both languages") {
  const Case w = world("Kawa");
  const std::string en = report_html(w, Language::en);
  CHECK(has(en, "<html lang=\"en\">"));
  CHECK(has(en, "1,000,000 of 1,234,567 people"));
  CHECK(has(en, "Population coverage"));
  CHECK(has(en, "Synthetic data"));
  CHECK(has(en, "Municipalities wholly outside the plan (1)"));
  CHECK(has(en, "Outside every municipality</td><td></td><td class=\"n\">67</td>"));
  CHECK(has(en, "Coverage reaches the radius limit"));
  CHECK(has(en, "Expressway"));
  CHECK(has(en, "Diffraction over terrain, delta-Bullington (ITU-R P.526)"));
  CHECK(has(en, "JGD2011 / Japan Plane Rectangular CS VIII"));

  const std::string ja = report_html(w, Language::ja);
  CHECK(has(ja, "<html lang=\"ja\">"));
  CHECK(has(ja, "1,234,567人中 1,000,000人"));
  for (const char* term : {"人口カバー率", "基地局", "市区町村", "基準信号受信電力", "出典", "凡例", "閾値未満",
                           "データなし", "模擬データ"}) {
    CHECK(has(ja, term));
  }
  CHECK_FALSE(has(ja, "Population coverage"));
}

namespace {

std::string first_page(const std::string& page) {
  const std::size_t from = page.find("<section class=\"first\">");
  return from == std::string::npos ? "no first page" : page.substr(from, page.find("</section>", from) - from);
}

std::size_t count(const std::string& page, const std::string& text) {
  std::size_t n = 0;
  for (std::size_t at = page.find(text); at != std::string::npos; at = page.find(text, at + 1)) ++n;
  return n;
}

Target required(const char* id, double value) {
  return {.id = id, .name = id, .name_ja = id, .value = value, .unit = "%", .fiscal_year = 2030};
}

}  // namespace

TEST_CASE("the first page has one coverage figure, three findings, and a map with its legend") {
  Case w = world("Kawa");
  const std::string en = first_page(report_html(w, Language::en));
  CHECK(count(en, "class=\"answer\"") == 1);
  CHECK(has(en, ">81.0<small>%</small>"));
  CHECK(has(en, "1,000,000 of 1,234,567 people inside the plan"));
  CHECK(has(en, "at least −110.0 dBm, 1.5 m above ground"));
  CHECK(has(en, "234,567 people (19.0 %) are not covered. Most of them live in Kawa: 234,000."));
  CHECK(has(en, "5.0 km of 16.0 km of roads"));
  CHECK(has(en, "(31.2 %) are not covered, most of it Kawa: 5.0 km"));
  CHECK(has(en, "<a href=\"#warnings\">Warnings of 2 kinds"));
  CHECK(count(en, "<svg class=\"map\"") == 1);
  const Legend legend = rsrp_legend(w.input, w.result);
  for (const LegendClass& c : legend.classes) CHECK(has(en, "background:" + hex_colour(c.colour)));

  const std::string ja = first_page(report_html(w, Language::ja));
  CHECK(has(ja, "未カバー人口は 234,567人（19.0 %）。最多はKawaの 234,000人。"));
  CHECK(has(ja, "道路 16.0 km 中 5.0 km（31.2 %）が未カバー"));

  w.result.statistics.population = {.total = 10, .covered = 10};
  CHECK(has(first_page(report_html(w, Language::en)), "Everybody inside the plan is covered."));
  w.result.statistics.population = {};
  const std::string nobody = first_page(report_html(w, Language::en));
  CHECK(has(nobody, ">33.3<small>%</small>"));  // 10 km2 of 30 km2
  CHECK(has(nobody, "no population in the scenario"));
}

TEST_CASE("the first page names the targets that are missed, and says three findings of many") {
  Case w = world("Kawa");
  auto& targets = w.studies.get<TargetsStudy>();
  targets.options = TargetOptions{};
  targets.report.results = {{.target = required("T-A", 80), .actual = 81.0, .met = true},
                            {.target = required("T-B", 99), .actual = 81.0, .shortfall = 18.0},
                            {.target = required("T-C", 99), .actual = 81.0, .past = true, .shortfall = 18.0},
                            {.target = required("T-D", 99), .reason = NotEvaluated::no_4g}};
  auto& places = w.studies.get<PlacesStudy>();
  places.places.resize(2);
  places.report.places = {{.state = PlaceState::served}, {}};
  const std::string page = first_page(report_html(w, Language::en));
  CHECK(has(page, "✓ met 1</b>"));
  CHECK(has(page, "✗ missed 1</b>"));
  CHECK(has(page, "not evaluated 1<"));
  CHECK(has(page, "T-B (2030): 81.0 %, required ≥ 99 %"));
  CHECK_FALSE(has(page, "T-C (2030)"));
  CHECK(has(page, "<li>Places: 1 of 2 served</li>"));
  CHECK_FALSE(has(page, "<li>Targets:"));
  const std::size_t list = page.find("<ol>");
  REQUIRE(list != std::string::npos);
  CHECK(count(page.substr(list, page.find("</ol>") - list), "<li>") == 3);
}

TEST_CASE("every sector has a row of what it radiates") {
  Case w = world("Kawa");
  Sector& sector = w.input.network.sites[0].sectors[0];
  sector.id = "2";
  sector.antenna = Element38901{.gain_dbi = 15.0};
  sector.antenna_name = "panel";
  sector.power_dbm = 43.0;
  sector.feeder_loss_db = 1.5;
  sector.freq_hz = 4.85e9;
  sector.bandwidth_hz = 100e6;
  sector.technology = "nr_n79_local5g";
  sector.tx_agl_m = 32.5;
  sector.mounting = {.azimuth_deg = 120, .mechanical_downtilt_deg = 2, .electrical_downtilt_deg = 6};
  const std::string row =
      "<td class=\"n\">4850</td><td class=\"n\">100</td><td>panel</td><td class=\"n\">32.5</td>"
      "<td class=\"n\">120</td><td class=\"n\">2 + 6</td><td class=\"n\">15.0</td><td class=\"n\">43.0</td>"
      "<td class=\"n\">1.5</td><td class=\"n\">56.5</td>";
  const std::string en = report_html(w, Language::en);
  CHECK(has(en, "Kawa / 2</td><td>" + technology_name("nr_n79_local5g", Language::en) + "</td>" + row));
  CHECK(has(report_html(w, Language::ja), "Kawa / 2</td><td>ローカル5G 4.6-4.9GHz帯</td>" + row));
  sector.antenna = IsotropicAntenna{};
  CHECK(has(report_html(w, Language::ja), "<td>無指向性</td><td class=\"n\">32.5</td><td class=\"n\">–</td>"));
}

TEST_CASE("the contents link to every section, once, by the same names in both languages") {
  const Case w = world("Kawa");
  std::vector<std::set<std::string>> links;
  for (const Language language : {Language::en, Language::ja}) {
    const std::string page = report_html(w, language);
    const std::size_t nav = page.find("<nav");
    REQUIRE(nav != std::string::npos);
    const std::string contents = page.substr(nav, page.find("</nav>") - nav);
    links.emplace_back();
    for (std::size_t at = contents.find("href=\"#"); at != std::string::npos;
         at = contents.find("href=\"#", at + 1)) {
      const std::string id = contents.substr(at + 7, contents.find('"', at + 7) - at - 7);
      INFO(id);
      CHECK(links.back().insert(id).second);
      CHECK(count(page, "id=\"" + id + "\"") == 1);
    }
    CHECK(count(page, "<h2") == links.back().size());
  }
  CHECK(links[0] == links[1]);
  CHECK(links[0].contains("coverage-map"));
}

TEST_CASE("what is synthetic is said in the page's language") {
  Case w = world("Kawa");
  w.input.provenance.synthetic_parts = {"region", "population", "soil"};
  CHECK(has(report_html(w, Language::en), "Synthetic: region, population, soil"));
  CHECK(has(report_html(w, Language::ja), "模擬データの対象: 地域全体、人口、soil"));
}

TEST_CASE("a page bears the scenario's words of its language, and the others where it has none") {
  Case w = world("Kawa");
  w.input.provenance.japanese = {.scenario_name = "川の地区",
                                 .scenario_description = "川の問い",
                                 .vertical_datum = "川の平均水面",
                                 .credits = {"川の出典"}};
  const std::string ja = report_html(w, Language::ja);
  const std::string en = report_html(w, Language::en);
  for (const char* own : {"<h1>川の地区</h1>", "川の問い", "川の平均水面", "川の出典"}) {
    CHECK(has(ja, own));
    CHECK_FALSE(has(en, own));
  }
  CHECK(has(en, "<h1>Kawa</h1>"));
  CHECK(has(report_html(world("Kawa"), Language::ja), "<h1>Kawa</h1>"));
}

TEST_CASE("a warning's details are told in Japanese, and those of no known form as they are") {
  const auto detail = [](const char* id, const char* message) {
    return warning_detail({id, message, 1}, Language::ja);
  };
  CHECK(
      detail(
          "range_cut_by_radius",
          "above the threshold at the radius limit of 15.0 km: 0.8 % of the outermost cells, site S08 (96 cells), "
          "S11 (60 cells); coverage beyond the limit is not in this result") ==
      "計算半径 15.0 km の外縁メッシュの 0.8 % が閾値以上。基地局 S08 (96 メッシュ)、S11 (60 メッシュ)");
  CHECK(detail("subsidy_not_in_force",
               "rules of a request, a draft or a supplementary budget: DK-R6-3 (budget_request)") ==
        "DK-R6-3 (概算要求)");
  CHECK(detail("backhaul_price_of_road",
               "without a price of their own, at that of aerial: bridge (0.8 km), tunnel (0.2 km)") ==
        "架空光ファイバの単価を適用: 橋梁添架光ファイバ (0.8 km)、トンネル内光ファイバ (0.2 km)");
  CHECK(detail("cells_overloaded", "cells whose demand is more than they carry: they need capacity") ==
        "容量の増強が必要");
  CHECK(detail("load_not_converged", "the loads of the cells have not settled").empty());
  CHECK(detail("route_outside_area", "route bridge: 2.0 km lie outside the area: nothing is known of them") ==
        "ルート bridge: 2.0 km");
  CHECK(detail("own", "something else") == "something else");
  CHECK(warning_detail({"own", "as it is", 1}, Language::en) == "as it is");
  CHECK(detail("radio_values_unverified",
               "nr_n79_local5g: values of the catalogue that were not checked against "
               "their source: tdd_pattern, alpha") == "ローカル5G 4.6-4.9GHz帯: TDD パターン、上り送信電力制御 α");
  CHECK(in_words("KT-R6 legal illegal aerial.", Language::ja) == "KT-R6 該当し得る区分 illegal 架空光ファイバ.");
  CHECK(in_words("KT-R6 (budget_request), own_key", Language::en) == "KT-R6 (budget request), own_key");
}

TEST_CASE("models, curves, prefectures and reference systems have names in both languages") {
  for (const ModelInfo& model : model_infos()) {
    INFO(model.id);
    CHECK(model_name(model.id, Language::en) != model.id);
    CHECK(model_name(model.id, Language::ja) != model_name(model.id, Language::en));
  }
  for (const LinkCurve& curve : built_in_radio_catalogue().curves) {
    INFO(curve.id);
    CHECK(curve_name(curve.id, Language::ja) != curve.id);
  }
  CHECK(model_name("own", Language::ja) == "own");
  CHECK(technology_name("nr_n79_local5g", Language::ja) == "ローカル5G 4.6-4.9GHz帯");
  CHECK(technology_name("own", Language::ja) == "own");
  CHECK(prefecture_name("01100", Language::ja) == "北海道");
  CHECK(prefecture_name("32", Language::ja) == "島根県");
  CHECK(prefecture_name("47", Language::en) == "Okinawa");
  CHECK(prefecture_name("48", Language::ja).empty());
  CHECK(prefecture_name("99", Language::ja).empty());
  CHECK(prefecture_name("x", Language::ja).empty());
  CHECK(crs_name("JGD2011 / Japan Plane Rectangular CS VII", Language::ja) == "JGD2011 平面直角座標系 第VII系");
  CHECK(crs_name("JGD2011 / UTM zone 54N", Language::ja) == "JGD2011 UTM座標系 第54N帯");
  CHECK(crs_name("Own", Language::ja) == "Own");
}

TEST_CASE("no banner where nothing is synthetic") {
  Case w = world("Kawa");
  w.input.provenance.synthetic = false;
  CHECK_FALSE(has(report_html(w, Language::en), "Synthetic data"));
}

TEST_CASE("the same plan gives the same page") {
  const Case w = world("Kawa");
  CHECK(report_html(w, Language::ja) == report_html(w, Language::ja));
}

TEST_CASE("a plan with nothing in it has a page") {
  Case w;
  const Grid grid{.west_m = 0, .north_m = -60'000, .cell_m = 50, .nx = 3, .ny = 1};
  w.input.world.crs_id = "EPSG:6676";
  w.input.world.ground.ground_asl_m = Raster<float>(grid, kNoData);
  w.result.grid = grid;
  w.result.maps.rsrp_dbm = Raster<float>(grid, kNoData);
  w.result.maps.best_server = Raster<std::int32_t>(grid, -1);
  const std::string page = report_html(w, Language::en);
  CHECK(Walker(page).walk().fault == "");
  CHECK(has(page, "No warnings."));
  CHECK(has(page, "no population in the scenario"));
}

TEST_CASE("a page that would be too large gets coarser pictures, and says so") {
  Case w = world("Kawa");
  const Grid grid{.west_m = 0, .north_m = -60'000, .cell_m = 5, .nx = 1500, .ny = 1500};
  w.result.grid = grid;
  w.input.world.ground.ground_asl_m = Raster<float>(grid, 0.0F);
  w.result.maps.rsrp_dbm = Raster<float>(grid, 0.0F);
  w.result.maps.best_server = Raster<std::int32_t>(grid, 0);
  std::uint32_t random = 1;
  for (std::size_t i = 0; i < grid.cells(); ++i) {
    random = random * 1664525U + 1013904223U;
    w.input.world.ground.ground_asl_m.values[i] = static_cast<float>(random >> 24U);
    w.result.maps.rsrp_dbm.values[i] = -140.0F + static_cast<float>(random >> 16U & 0x7FU);
  }
  const std::string name(400, '"');
  w.result.statistics.municipalities.assign(1200, {name, name, {.total = 1, .covered = 1}, {1e6, 5e5, 0}});
  w.input.provenance.scenario_text.assign(200'000, '&');
  const std::string page = report_html(w, Language::en);
  CHECK(page.size() <= kReportBytes);
  CHECK(has(page, "coarser than usual"));
  CHECK(has(page, "200 more"));
  CHECK(has(page, "cut here: 100,000 more bytes"));
  CHECK(Walker(page).walk().fault == "");
}

TEST_CASE("phrases take their arguments in the order of the language") {
  static_assert(Phrase::arguments("{0} of {1}") == Phrase::arguments("{1} {0}"));
  static_assert(Phrase::arguments("{0}") != Phrase::arguments("{1}"));
  CHECK(fill(phrases::kPeopleOf.in(Language::ja), {"5", "9"}) == "9人中 5人");
  CHECK(fill("a {0} {x", {"b"}) == "a b {x");
  CHECK_THROWS_AS(fill("{1}", {"b"}), InternalError);
}

TEST_CASE("each warning is explained once") {
  std::set<std::string_view> ids;
  for (const phrases::WarningText& warning : phrases::kWarningTexts) CHECK(ids.insert(warning.id).second);
}

TEST_CASE("every warning that the sources raise is explained in both languages") {
  const std::regex raised(R"(warnings_?\.(?:push_back|emplace_back)\(\{?\s*\{?"([a-z0-9_]+)\")");
  std::set<std::string> ids;
  for (const char* layer : {"terrain", "libsim", "scenarios"}) {
    const std::filesystem::path folder = std::filesystem::path(AMANEKU_SOURCE_DIR) / layer;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
      if (entry.path().extension() != ".cpp") continue;
      std::ifstream in(entry.path());
      const std::string text{std::istreambuf_iterator<char>(in), {}};
      for (std::sregex_iterator it(text.begin(), text.end(), raised), end; it != end; ++it) ids.insert((*it)[1]);
    }
  }
  CHECK(ids.size() > 40);
  for (const std::string& id : ids) {
    INFO(id);
    CHECK(std::any_of(phrases::kWarningTexts.begin(), phrases::kWarningTexts.end(),
                      [&](const phrases::WarningText& known) { return known.id == id; }));
  }
}
