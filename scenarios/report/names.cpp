#include "scenarios/report/names.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "scenarios/catalogue/radio_catalogue.hpp"
#include "scenarios/report/phrases.hpp"

namespace amaneku::scenarios {
namespace {

struct Named {
  std::string_view id;
  Phrase name;
};

constexpr std::array kModels = {
    Named{"free_space", {"Free space (ITU-R P.525)", "自由空間（ITU-R P.525）"}},
    Named{"p526",
          {"Diffraction over terrain, delta-Bullington (ITU-R P.526)",
           "地形回折（ITU-R P.526、デルタ・ブリントン法）"}},
    Named{"p1812",
          {"Point to area over terrain, clutter, land and sea (ITU-R P.1812)",
           "地形・地物・海陸を考慮したポイント・エリア間伝搬（ITU-R P.1812）"}},
    Named{"p452", {"Interference between stations, clear air (ITU-R P.452)", "局間の干渉、晴天時（ITU-R P.452）"}},
    Named{"p1411",
          {"Short outdoor paths in built-up areas (ITU-R P.1411)", "市街地の屋外短距離伝搬（ITU-R P.1411）"}},
    Named{"p530",
          {"Fixed link with rain and multipath fading (ITU-R P.530)",
           "降雨・マルチパスフェージングを考慮した固定回線（ITU-R P.530）"}},
    Named{"p676", {"Gases of the atmosphere (ITU-R P.676)", "大気ガスによる減衰（ITU-R P.676）"}},
    Named{"p833", {"Vegetation (ITU-R P.833)", "植生による減衰（ITU-R P.833）"}},
    Named{"p838", {"Rain and wet snow (ITU-R P.838)", "降雨・湿雪による減衰（ITU-R P.838）"}},
    Named{"p840", {"Fog and cloud (ITU-R P.840)", "霧・雲による減衰（ITU-R P.840）"}},
    Named{"p2108", {"Clutter loss at a terminal (ITU-R P.2108)", "端末周辺のクラッタ損失（ITU-R P.2108）"}},
    Named{"p2109", {"Building entry loss (ITU-R P.2109)", "建物侵入損失（ITU-R P.2109）"}},
    Named{"fso", {"Free-space optical link", "光空間通信"}},
    Named{"two_ray", {"Two rays over plane ground", "平面大地二波モデル"}},
    Named{"itm",
          {"Irregular terrain model (Longley-Rice), point to point", "不規則地形モデル（Longley-Rice、地点間）"}},
    Named{"itm_area",
          {"Irregular terrain model (Longley-Rice), area prediction",
           "不規則地形モデル（Longley-Rice、エリア予測）"}},
    Named{"okumura_hata", {"Okumura-Hata", "奥村・秦モデル"}},
    Named{"extended_hata", {"Extended Hata", "拡張秦モデル"}},
    Named{"cost231_hata", {"COST 231-Hata", "COST 231 秦モデル"}},
    Named{"ehata", {"Extended Hata over terrain (NTIA)", "地形補正付き拡張秦モデル（NTIA）"}},
    Named{"tr38901",
          {"3GPP channel model: rural, urban, indoor, factory, suburban (TR 38.901)",
           "3GPP 伝搬モデル: ルーラル・市街地・屋内・工場・郊外（TR 38.901）"}},
    Named{"tr36777",
          {"3GPP aerial users: rural, urban macro, urban micro (TR 36.777)",
           "3GPP 上空端末の伝搬モデル（TR 36.777）"}},
    Named{"tr37885",
          {"Vehicle to vehicle: urban and highway (TR 37.885)", "車車間伝搬: 市街地・高速道路（TR 37.885）"}},
    Named{"tr38901_o2i", {"3GPP building penetration (TR 38.901)", "3GPP 建物侵入損失（TR 38.901）"}},
    Named{"tr38901_car", {"3GPP car penetration (TR 38.901)", "3GPP 車体損失（TR 38.901）"}},
    Named{"tr37885_blockage", {"Blockage by a vehicle (TR 37.885)", "車両による遮蔽（TR 37.885）"}},
    Named{"body_loss", {"Body loss at a terminal", "人体損失"}},
    Named{"mic_local5g_sub6",
          {"Local 5G below 6 GHz, area formula (Japan)", "ローカル5G（6GHz 未満）審査基準のエリア算出式"}},
};

constexpr std::array kModes = {
    Named{"line_of_sight", {"line of sight", "見通し内"}},
    Named{"obstructed", {"obstructed", "見通し外"}},
    Named{"sub_path", {"first Fresnel zone touched", "見通し内（フレネルゾーン一部遮蔽）"}},
    Named{"diffraction", {"diffraction", "回折"}},
    Named{"single_horizon", {"one horizon", "単一地平線の回折"}},
    Named{"two_horizons", {"two horizons", "二重地平線の回折"}},
    Named{"ducting", {"ducting", "ダクト伝搬"}},
    Named{"troposcatter", {"troposcatter", "対流圏散乱"}},
    Named{"free_space", {"free space", "自由空間"}},
    Named{"transition", {"transition", "自由空間と中央値の補間"}},
    Named{"median", {"median", "中央値"}},
    Named{"two_ray", {"two rays", "二波"}},
    Named{"direct", {"direct", "直接波"}},
    Named{"reflected", {"reflected", "反射波"}},
    Named{"diffracted", {"diffracted", "回折波"}},
};

constexpr std::array kCurves = {
    Named{"shannon_2db", {"Shannon less 2 dB, up to 256QAM", "シャノン限界から 2 dB 減（256QAM まで）"}},
    Named{"shannon_2db_64qam", {"Shannon less 2 dB, up to 64QAM", "シャノン限界から 2 dB 減（64QAM まで）"}},
    Named{"shannon_2db_1024qam", {"Shannon less 2 dB, up to 1024QAM", "シャノン限界から 2 dB 減（1024QAM まで）"}},
    Named{"shannon_2db_low_se",
          {"Shannon less 2 dB, low efficiencies", "シャノン限界から 2 dB 減（低効率の変調方式表）"}},
    Named{"lena", {"5G-LENA, up to 256QAM", "5G-LENA（256QAM まで）"}},
    Named{"lena_64qam", {"5G-LENA, up to 64QAM", "5G-LENA（64QAM まで）"}},
    Named{"sionna", {"Sionna, up to 256QAM", "Sionna（256QAM まで）"}},
    Named{"sionna_64qam", {"Sionna, up to 64QAM", "Sionna（64QAM まで）"}},
    Named{"truncated_shannon_36942", {"truncated Shannon of 3GPP TR 36.942", "3GPP TR 36.942 の打切りシャノン式"}},
    Named{"truncated_shannon_36942_uplink",
          {"truncated Shannon of 3GPP TR 36.942, uplink", "3GPP TR 36.942 の打切りシャノン式（上り）"}},
    Named{"wifi_he", {"Wi-Fi 6", "Wi-Fi 6"}},
    Named{"wifi_eht", {"Wi-Fi 7", "Wi-Fi 7"}},
    Named{"wifi_s1g", {"Wi-Fi HaLow", "Wi-Fi HaLow"}},
    Named{"lora_sf12_7", {"LoRa SF12 to SF7", "LoRa SF12～SF7"}},
};

constexpr std::array kPrefectures = {
    Phrase{"Hokkaido", "北海道"},    Phrase{"Aomori", "青森県"},     Phrase{"Iwate", "岩手県"},
    Phrase{"Miyagi", "宮城県"},      Phrase{"Akita", "秋田県"},      Phrase{"Yamagata", "山形県"},
    Phrase{"Fukushima", "福島県"},   Phrase{"Ibaraki", "茨城県"},    Phrase{"Tochigi", "栃木県"},
    Phrase{"Gunma", "群馬県"},       Phrase{"Saitama", "埼玉県"},    Phrase{"Chiba", "千葉県"},
    Phrase{"Tokyo", "東京都"},       Phrase{"Kanagawa", "神奈川県"}, Phrase{"Niigata", "新潟県"},
    Phrase{"Toyama", "富山県"},      Phrase{"Ishikawa", "石川県"},   Phrase{"Fukui", "福井県"},
    Phrase{"Yamanashi", "山梨県"},   Phrase{"Nagano", "長野県"},     Phrase{"Gifu", "岐阜県"},
    Phrase{"Shizuoka", "静岡県"},    Phrase{"Aichi", "愛知県"},      Phrase{"Mie", "三重県"},
    Phrase{"Shiga", "滋賀県"},       Phrase{"Kyoto", "京都府"},      Phrase{"Osaka", "大阪府"},
    Phrase{"Hyogo", "兵庫県"},       Phrase{"Nara", "奈良県"},       Phrase{"Wakayama", "和歌山県"},
    Phrase{"Tottori", "鳥取県"},     Phrase{"Shimane", "島根県"},    Phrase{"Okayama", "岡山県"},
    Phrase{"Hiroshima", "広島県"},   Phrase{"Yamaguchi", "山口県"},  Phrase{"Tokushima", "徳島県"},
    Phrase{"Kagawa", "香川県"},      Phrase{"Ehime", "愛媛県"},      Phrase{"Kochi", "高知県"},
    Phrase{"Fukuoka", "福岡県"},     Phrase{"Saga", "佐賀県"},       Phrase{"Nagasaki", "長崎県"},
    Phrase{"Kumamoto", "熊本県"},    Phrase{"Oita", "大分県"},       Phrase{"Miyazaki", "宮崎県"},
    Phrase{"Kagoshima", "鹿児島県"}, Phrase{"Okinawa", "沖縄県"}};

template <std::size_t N>
std::string named(const std::array<Named, N>& names, std::string_view id, Language language) {
  const auto known = std::find_if(names.begin(), names.end(), [&](const Named& of) { return of.id == id; });
  return std::string(known == names.end() ? id : known->name.in(language));
}

bool has_japanese(Language language, bool given) {
  return language == Language::ja && given;
}

std::string replaced(std::string text, std::string_view from, std::string_view by) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + by.size()))
    text.replace(at, from.size(), by);
  return text;
}

}  // namespace

const std::string& title_of(const Provenance& provenance, Language language) noexcept {
  const std::string& own = provenance.japanese.scenario_name;
  return has_japanese(language, !own.empty()) ? own : provenance.scenario_name;
}

const std::string& description_of(const Provenance& provenance, Language language) noexcept {
  const std::string& own = provenance.japanese.scenario_description;
  return has_japanese(language, !own.empty()) ? own : provenance.scenario_description;
}

const std::vector<std::string>& credits_of(const Provenance& provenance, Language language) noexcept {
  const std::vector<std::string>& own = provenance.japanese.credits;
  return has_japanese(language, !own.empty()) ? own : provenance.credits;
}

std::string vertical_datum_of(const PlanInput& input, Language language) {
  static constexpr std::array kOurs = {Phrase{"as delivered by the source", "標高データの基準による"},
                                       Phrase{"none: flat earth", "なし（平坦地）"}};
  if (language == Language::en) return input.world.vertical_datum;
  if (!input.provenance.japanese.vertical_datum.empty()) return input.provenance.japanese.vertical_datum;
  for (const Phrase& ours : kOurs) {
    if (input.world.vertical_datum == ours.in(Language::en)) return std::string(ours.in(language));
  }
  return input.world.vertical_datum;
}

std::string model_name(std::string_view id, Language language) {
  return named(kModels, id, language);
}

std::string mode_name(std::string_view mode, Language language) {
  return named(kModes, mode, language);
}

std::string model_source(std::string_view source, Language language) {
  if (language == Language::en) return std::string(source);
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 12> kPartsOfDocuments = {
      {{", with section ", "、"},
       {", sections ", " §"},
       {", section ", " §"},
       {" section ", " §"},
       {", clauses ", " §"},
       {", clause ", " §"},
       {" clause ", " §"},
       {", Annex ", " 附属書"},
       {" annex ", " 附属書"},
       {" and ", "・"},
       {"from secondary sources", "二次資料による"},
       {"; ", "、"}}};
  std::string out(source);
  for (const auto& [from, by] : kPartsOfDocuments) out = replaced(std::move(out), from, by);
  return out;
}

std::string technology_name(const std::string& id, Language language) {
  static const RadioCatalogue& catalogue = built_in_radio_catalogue();
  const auto known = std::find_if(catalogue.technologies.begin(), catalogue.technologies.end(),
                                  [&](const RadioTechnology& of) { return of.id == id; });
  if (known == catalogue.technologies.end()) return id;
  return language == Language::ja ? known->name_ja : known->name;
}

std::string curve_name(std::string_view id, Language language) {
  return named(kCurves, id, language);
}

std::string_view prefecture_name(std::string_view code, Language language) noexcept {
  if (code.size() < 2 || code[0] < '0' || code[0] > '9' || code[1] < '0' || code[1] > '9') return {};
  const std::size_t number =
      10U * static_cast<std::size_t>(code[0] - '0') + static_cast<std::size_t>(code[1] - '0');
  return number < 1 || number > kPrefectures.size() ? std::string_view{} : kPrefectures[number - 1].in(language);
}

std::string crs_name(std::string_view name, Language language) {
  if (language == Language::en) return std::string(name);
  static constexpr std::string_view kPlane = " / Japan Plane Rectangular CS ";
  static constexpr std::string_view kUtm = " / UTM zone ";
  if (const std::size_t at = name.find(kPlane); at != std::string_view::npos)
    return fill("{0} 平面直角座標系 第{1}系", {name.substr(0, at), name.substr(at + kPlane.size())});
  if (const std::size_t at = name.find(kUtm); at != std::string_view::npos)
    return fill("{0} UTM座標系 第{1}帯", {name.substr(0, at), name.substr(at + kUtm.size())});
  return std::string(name);
}

std::string origin_name(const ClimateOrigin& origin, Language language) {
  const auto phrase = [&]() -> const Phrase& {
    switch (origin.from) {
      case ClimateOrigin::From::standard:
        return phrases::kFromStandard;
      case ClimateOrigin::From::scenario:
        return phrases::kFromScenario;
      case ClimateOrigin::From::maps:
        return phrases::kFromMaps;
      case ClimateOrigin::From::city:
        break;
    }
    return phrases::kFromCity;
  };
  return fill(phrase().in(language), {origin.detail}) +
         (origin.estimated ? std::string(phrases::kEstimated.in(language)) : std::string());
}

std::string synthetic_part(const std::string& part, Language language) {
  for (const Phrase& phrase : {phrases::kSyntheticRegion, phrases::kSyntheticPopulation}) {
    if (part == phrase.in(Language::en)) return std::string(phrase.in(language));
  }
  return part;
}

}  // namespace amaneku::scenarios
