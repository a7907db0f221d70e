#include "scenarios/ask/new/new_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "scenarios/report/phrase.hpp"

namespace amaneku::scenarios {
namespace {

constexpr Phrase kOpening{
    "Made by `amaneku new` from {0}. Change what you know better, `amaneku check` says what does not fit. Every "
    "key: "
    "docs/formats/scenario.md.",
    "`amaneku new` が {0} から作成。分かっている値に直し、`amaneku check` で確認すること。全項目は "
    "docs/formats/scenario.md。"};
constexpr Phrase kQuestion{"Who is reached by first masts on the places from which most people are in sight?",
                           "最も多くの人口を見通せる地点に最初の局を置くと、どこまでがサービス可となるか。"};
constexpr Phrase kCredits{"Printed with every map: the licences of the data ask for it.",
                          "出典。データの利用条件により、全ての地図に表示される。"};
constexpr Phrase kDem{"Heights of the ground; the earlier file wins.", "標高。先に書いたものを優先する。"};
constexpr Phrase kSea{"Voids that no municipality holds: the sea, at 0 m.",
                      "どの市区町村にも属さない欠測: 海（0 m）。"};
constexpr Phrase kVoids{
    "Some places have no height (lakes, or data that were not fetched): nothing is computed there.",
    "標高のない所（湖沼、未取得の範囲）がある。そこは計算しない。"};
constexpr Phrase kClutter{
    "Trees 15 m, houses 10 m, by land use (ITU-R P.1812-7 Table 2). Without it: bare ground.",
    "土地利用別の代表高（森林 15 m、建物 10 m。ITU-R P.1812-7 表 2）。外すと裸地。"};
constexpr Phrase kZones{
    "Sea, coastal land (up to 100 m above the sea) and inland, for ITU-R P.1812. Sea beyond the area is not "
    "known.",
    "海域・沿岸（海抜 100 m 以下）・内陸の区分（ITU-R P.1812 用）。区域外の海は含まない。"};
constexpr Phrase kDesignations{
    "Designated areas by municipality: municipalities.csv, a draft by overlap with areas of {0}. For subsidies "
    "check "
    "it against the list of today, add fiscal capacity, and take the # away:",
    "市区町村別の地域指定の案（municipalities.csv、{0} との重なりによる）。補助の計算では最新の指定と照合し、"
    "財政力指数を加えた上で # を外すこと:"};
constexpr Phrase kPlaces{"Schools and clinics of the area.", "区域内の学校・医療機関。"};
constexpr Phrase kSites{
    "Planned on: status existing. The others are candidates: `--with ID` plans with one, `amaneku select` "
    "chooses.",
    "status が existing の局で計算する。candidate は候補地（`--with ID` で追加、`amaneku select` で選定）。"};
constexpr Phrase kCarrier{
    "First guesses from the catalogue: {0}. Put in your licence, your equipment, your heights.",
    "目録による仮の値（{0}）。免許・機器・高さに合わせて直すこと。"};
constexpr Phrase kModel{"ITU-R P.1812: terrain and clutter, 30 MHz to 6 GHz.",
                        "ITU-R P.1812（地形とクラッタ、30 MHz～6 GHz）。"};
constexpr Phrase kModelHigh{"ITU-R P.526: diffraction over the terrain.", "ITU-R P.526（地形による回折）。"};

constexpr double kHighestP1812_hz = 6e9;

class TextWriter {
 public:
  explicit TextWriter(const NewText& text) : in_(text) {}

  std::string write() {
    comment(fill(kOpening.in(in_.language), {in_.prefix.empty() ? "data.json" : in_.prefix + "data.json"}));
    scenario();
    ground();
    people();
    sites();
    radio();
    return std::move(out_);
  }

 private:
  void line(const std::string& text) { out_ += text + "\n"; }
  void comment(const std::string& text) { line("# " + text); }
  void comment(const Phrase& phrase) { comment(std::string(phrase.in(in_.language))); }
  void text_key(const char* key, const std::string& value) {
    if (!value.empty()) line(fmt::format("{} = {}", key, toml_quoted(value)));
  }

  void scenario() {
    line("[scenario]");
    text_key("name", in_.name);
    text_key("description", std::string(kQuestion.in(Language::en)));
    text_key("description_ja", std::string(kQuestion.in(Language::ja)));
    text_key("crs", in_.crs);
    line(fmt::format("grid_m = {:.1f}", in_.grid_m));
    comment(kCredits);
    credits("credits", false);
    credits("credits_ja", true);
    line("\n[area]");
    line(fmt::format("bbox_deg = [{:.6f}, {:.6f}, {:.6f}, {:.6f}]", in_.area.west_deg, in_.area.south_deg,
                     in_.area.east_deg, in_.area.north_deg));
  }

  /// Each once, in the order of the layers.
  void credits(const char* key, bool japanese) {
    std::vector<std::string> all;
    for (const FetchedSource& source : in_.data.sources) {
      if (source.layer == "designations" && !in_.designations) continue;  // nothing of it is used
      const std::string& credit = japanese && !source.credit_ja.empty() ? source.credit_ja : source.credit;
      if (std::find(all.begin(), all.end(), credit) == all.end()) all.push_back(credit);
    }
    line(fmt::format("{} = [", key));
    for (const std::string& credit : all) line("  " + toml_quoted(credit) + ",");
    line("]");
  }

  void files(const char* section, const FetchedSource& source) {
    for (const std::string& file : source.files) {
      line(fmt::format("\n[[{}]]", section));
      text_key("path", in_.prefix + file);
      for (const auto& [key, value] : source.keys) line(key + " = " + value);
    }
  }

  void layer(const char* section, const char* name) {
    for (const FetchedSource* source : in_.data.of(name)) files(section, *source);
  }

  void ground() {
    const auto heights = in_.data.of("dem");
    line("\n[terrain]");
    if (in_.draft) {
      line("flat_asl_m = 0.0");
      return;
    }
    if (!heights.empty()) {
      text_key("vertical_datum", heights.front()->vertical_datum);
      text_key("vertical_datum_ja", heights.front()->vertical_datum_ja);
    }
    if (in_.voids) {
      comment(kVoids);
      line("allow_missing = true");
    }
    line("");
    comment(kDem);
    layer("terrain.dem", "dem");
    if (in_.sea) {
      line("");
      comment(kSea);
      line("[[terrain.dem]]\npath = \"sea.tif\"");
    }
    if (in_.zones) {
      line("");
      comment(kZones);
      line("[[terrain.zone]]\npath = \"zone.tif\"");
    }
    if (in_.data.of("landcover").empty()) return;
    line("");
    comment(kClutter);
    for (const FetchedSource* source : in_.data.of("landcover")) {
      for (const std::string& file : source->files) {
        line("\n[[terrain.clutter_height]]");
        text_key("path", in_.prefix + file);
        line("crs = \"EPSG:6668\"");
      }
    }
  }

  void people() {
    layer("population", "people");
    layer("boundaries", "boundaries");
    layer("roads", "roads");
    layer("roads", "rail");
    if (in_.designations && !in_.draft) {
      std::string titles;
      for (const FetchedSource* source : in_.data.of("designations")) {
        const std::string& title =
            in_.language == Language::ja && !source->title_ja.empty() ? source->title_ja : source->title;
        titles += (titles.empty() ? "" : ", ") + title;
      }
      line("");
      comment(fill(kDesignations.in(in_.language), {titles}));
      comment("[subsidy.municipalities]");
      comment("path = \"municipalities.csv\"");
    }
    if (!in_.places) return;
    line("");
    comment(kPlaces);
    line("[[places]]\npath = \"places.csv\"");
  }

  void sites() {
    line("");
    if (in_.draft) {
      const LonLat middle = in_.area.centre();
      line(fmt::format("[[site]]\nid = \"draft\"\nlon = {:.6f}\nlat = {:.6f}\n[[site.sector]]\nid = \"1\"",
                       middle.lon_deg, middle.lat_deg));
      return;
    }
    comment(kSites);
    line("[sites]\npath = \"sites.csv\"");
  }

  void radio() {
    const CarrierChoice& carrier = in_.carrier;
    line("");
    comment(fill(kCarrier.in(in_.language), {in_.technology}));
    line("[sector_defaults]");
    text_key("technology", in_.technology);
    line(fmt::format(
        "freq_hz = {:.6e}\nbandwidth_hz = {:.6e}\npower_dbm = {:.1f}\ntx_agl_m = 20.0\nantenna = \"omni\"",
        carrier.freq_hz, carrier.bandwidth_hz, carrier.power_dbm));
    line(fmt::format("\n[antennas.omni]\ntype = \"isotropic\"\ngain_dbi = {:.1f}", carrier.gain_dbi));
    line("\n[receiver]\nrx_agl_m = 1.5\n");
    const bool high = carrier.freq_hz > kHighestP1812_hz;
    comment(high ? kModelHigh : kModel);
    line(fmt::format("[propagation]\nmodel = \"{}\"\n", high ? "p526" : "p1812"));
    line(fmt::format("[coverage]\nradius_m = {:.1f}", carrier.radius_m));
  }

  const NewText& in_;
  std::string out_{};
};

}  // namespace

bool asks_for_zones(const CarrierChoice& carrier) noexcept {
  return carrier.freq_hz <= kHighestP1812_hz;
}

std::string new_scenario_text(const NewText& text) {
  return TextWriter(text).write();
}

}  // namespace amaneku::scenarios
