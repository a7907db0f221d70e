#include "scenarios/report/warning_words.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <vector>

#include "scenarios/report/names.hpp"
#include "scenarios/report/warning_phrases.hpp"

namespace amaneku::scenarios {
namespace {

/// The form of a message, `{0}` .. `{9}` for its figures and names in this order, and how it reads in Japanese,
/// with
/// `{0}` as it is and `<0>` with its words in Japanese; "": no more than the meaning of the warning.
struct DetailForm {
  std::string_view message;
  std::string_view japanese;
};

constexpr std::array kForms = {
    // Terrain
    DetailForm{"{0}: the file says {1}, read as {2}", "{0}: {1} を {2} に置き換え"},
    DetailForm{"{0}: the unit of its heights is \"{1}\", read as metres",
               "{0}: 単位「{1}」をメートルとして読み込み"},
    DetailForm{"{0}: only the first band is read", "{0}"},
    DetailForm{
        "{0}: the file declares no no-data value, and cells at exactly 0 m or below -100 m may be sea or holes "
        "read as ground; set nodata to be sure",
        "{0}: 標高 0 m または −100 m 未満の値は海域・欠測のおそれがある（nodata で指定できる）"},
    DetailForm{"no DEM: flat ground at {0} m", "標高 {0} m の平坦地"},
    DetailForm{
        "heights above different levels in one ground, none of them converted: {0}. National datums differ by "
        "decimetres, heights above the ellipsoid by 25 to 45 m in Japan",
        "{0}。各国の標高基準の差は数十 cm、楕円体高との差は日本で 25～45 m"},
    DetailForm{
        "heights above the ellipsoid, not above the sea: {0}. In Japan they are 25 to 45 m larger; shores and "
        "sea surfaces come out wrong",
        "{0}。日本では標高より 25～45 m 大きく、海岸線・海面が正しく表現されない"},
    DetailForm{
        "terrain.sea_is_zero has no effect: only FG-GML files tell sea from missing data; for other rasters "
        "name a last [[terrain.dem]] that is 0 m over the sea",
        "他のラスタでは、海域を 0 m とした標高データを末尾に追加すること"},
    DetailForm{"cells without a clutter height count as bare ground", ""},
    // People, boundaries, roads
    DetailForm{
        "meshes whose figure is secret; their people are counted, and spread, with the mesh they were merged "
        "into (HTKSAKI)",
        ""},
    DetailForm{"meshes without a figure that were merged into no mesh of this file: left out", ""},
    DetailForm{"rows without a figure: left out", ""},
    DetailForm{"features without a figure: left out", ""},
    DetailForm{"{0}: files that are no e-Stat mesh file were passed over", "{0}"},
    DetailForm{"the column {0} is titled \"{1}\", which does not say population (人口)", "列 {0}「{1}」"},
    DetailForm{
        "meshes that come in more than one population file, or inside a larger mesh of another: their people "
        "were added up, which is right only for parts of a whole",
        "全体を分割したファイルでない場合は二重計上となる"},
    DetailForm{"boundaries with rings that crossed themselves were mended:{0}", "<0>"},
    DetailForm{
        "boundary features without a municipality code (所属未定地) were left out: people there count as outside",
        ""},
    DetailForm{"boundary features without an area were left out", ""},
    DetailForm{"focus zones without a name are called by their file and feature", ""},
    DetailForm{"features of focus zones without an area were left out", ""},
    DetailForm{"focus zones with rings that crossed themselves were mended", ""},
    DetailForm{"buildings without a height, or with one that cannot be, were left out", ""},
    DetailForm{"buildings without a footprint were left out", ""},
    DetailForm{"footprints of buildings with rings that crossed themselves were mended", ""},
    DetailForm{"{0}: cells of the plan without a value count as not served", "{0}"},
    DetailForm{"{0}: no cell of the plan is served by this file of existing coverage", "{0}"},
    DetailForm{"polygons of existing coverage with rings that crossed themselves were mended", ""},
    DetailForm{
        "{0}: cells with the largest value of their type (255, 32767 or 65535) count as served, beside others; "
        "where it means no data, set nodata or served_to",
        "{0}: 値 255・32767・65535 を既存エリアとした（欠測値であれば nodata または served_to を指定する）"},
    DetailForm{"{0} has no field \"{1}\": its roads are all \"{2}\"",
               "{0}: 項目「{1}」がないため、すべて「<2>」とした"},
    DetailForm{"roads that are planned, being built or given up were left out", ""},
    DetailForm{"road features that are not lines were left out", ""},
    DetailForm{
        "municipalities that lie on one another, {0} and {1} by {2} km2: people and cells there count for one "
        "of them only",
        "市区町村コード {0} と {1} が {2} km² 重複"},
    // Sites, sectors, carriers
    DetailForm{"site {0} stands on no terrain data and was not planned", "基地局 {0}"},
    DetailForm{"{0}: column \"{1}\" is not read; did you mean \"{2}\"?",
               "{0}: 列「{1}」（「{2}」の誤りの可能性）"},
    DetailForm{"antennas more than 150 m above ground, such as {0}: tx_agl_m is above ground, not above the sea",
               "例: {0}"},
    DetailForm{"sectors of less than 20 mW, such as {0}: power_dbm is in dBm, 10 W are 40 dBm",
               "20 mW 未満のセクタ、例: {0}（10 W は 40 dBm）"},
    DetailForm{"sectors of more than 1 kW, such as {0}: power_dbm is the conducted power of the carrier, in dBm",
               "1 kW を超えるセクタ、例: {0}"},
    DetailForm{"the pattern file already holds an electrical tilt, and the sector adds its own: {0}", "<0>"},
    DetailForm{
        "sectors whose frequency and width (bandwidth_hz, else subcarriers) fit no technology of the catalogue: "
        "no SINR and no rates (say sector_defaults.technology, see `amaneku technologies`)",
        "sector_defaults.technology で無線方式を指定できる"},
    DetailForm{"sites that name no operator while others do: they count as one operator more",
               "事業者名のない局を一つの事業者とみなした"},
    DetailForm{
        "sectors that keep the curve of their technology, such as {0}: Wi-Fi and LPWA have schemes of their own",
        "例: {0}"},
    DetailForm{"carriers that reach beyond the band of {0} ({1} .. {2} MHz), such as {3} / {4}",
               "<0> の帯域 {1}～{2} MHz、例: {3} / {4}"},
    DetailForm{"pairs of overlapping carriers whose TDD patterns differ ({0}): base station interferes with base "
               "station, which no map here shows",
               "{0}（この干渉は地図に含まない）"},
    DetailForm{"{0}: values of the catalogue that were not checked against their source: {1}", "<0>: <1>"},
    DetailForm{"{0}: {1} of {2} dBm is above the {3} dBm allowed for {4} MHz by {5}",
               "<0>: <1> {2} dBm、{4} MHz 幅の上限 {3} dBm（{5}）"},
    DetailForm{
        "{0}: {1} dBm at the antenna connector is {2} dB above the largest licence seen ({3} dBm: {4}); what "
        "the rule allows is not known here",
        "<0>: 空中線端子 {1} dBm は、確認できた最大の免許例 {3} dBm（{4}）を {2} dB 超過"},
    DetailForm{
        "{0}: {1} .. {2} MHz are for use indoors alone: {3}; a sector that stands indoors says indoor = true",
        "<0>: {1}～{2} MHz は屋内限定（{3}）。屋内のセクタは indoor = true とする"},
    DetailForm{"the way into buildings is counted more than once: {0} add up", "<0>"},
    DetailForm{"the body of the user is counted more than once: {0} add up", "<0>"},
    DetailForm{"the spread over places is counted more than once: {0} add up", "<0>"},
    // The plan
    DetailForm{"lengths in {0} are wrong by up to {1} % at the edge of the area: {2}", "{0} で最大 {1} %"},
    DetailForm{
        "received power above EIRP plus receive gain, which no path can give: sector {0}; check the losses of "
        "the receiver and the range of the model",
        "セクタ <0>"},
    DetailForm{"before antenna patterns, the coverage of {0} of {1} transmitters is a circle: {2}: {3}",
               "送信点 {1} か所のうち {0} か所: <2>"},
    DetailForm{"not computed because the path crosses missing terrain: site {0}", "基地局 <0>"},
    DetailForm{
        "above the threshold at the radius limit of {0} km: {1} % of the outermost cells, site {2}; coverage "
        "beyond the limit is not in this result",
        "計算半径 {0} km の外縁メッシュの {1} % が閾値以上。基地局 <2>"},
    DetailForm{"{0} tells sea, coastal land and inland apart; without [[terrain.zone]] all is inland",
               "<0> は海域・沿岸・内陸を区別する（[[terrain.zone]] で指定できる）"},
    DetailForm{"sites of licence.sites that are candidates here, without an area: {0}", "<0>"},
    DetailForm{"strongest in no cell: sector {0}", "セクタ {0}"},
    DetailForm{"operators: their networks are compared for no more than 8 of them", ""},
    DetailForm{"cells whose demand is more than they carry: they need capacity", "容量の増強が必要"},
    DetailForm{"the loads of the cells have not settled", ""},
    DetailForm{
        "traffic is asked for, but there are no people, roads or points in the plan that want it: all cells are "
        "idle, and nothing interferes",
        "計画区域に需要となる人口・道路・地点がない"},
    // Targets
    DetailForm{
        "roads whose class is neither expressway, national, prefectural nor local: they count for no target; "
        "name the field with roads.class_field, or the class with roads.road_class",
        "roads.class_field または roads.road_class で種別を指定できる"},
    DetailForm{
        "of {0} % of the expressways and national highways ({1} km) the data do not say whether they run in "
        "tunnels: they count as open ground (roads.tunnel_field)",
        "高速道路・国道の延長の {0} %（{1} km）"},
    DetailForm{"sectors of no known technology: they count for no target of 4G or 5G", ""},
    DetailForm{
        "sectors whose technology is of neither 5G nor 4G ({0}): they count for no target of either; state its "
        "generation in the catalogue, or targets.technologies_5g",
        "<0>（targets.technologies_5g で指定できる）"},
    DetailForm{"meshes of people are coarser than those of the targets: their people were spread evenly", ""},
    DetailForm{"areas of people that are no meshes and larger than one count as a mesh each", ""},
    DetailForm{"{0} people live in no municipality: they count for the whole plan, and in no prefecture",
               "{0} 人"},
    // Licence, coordination
    DetailForm{
        "the licence sheet is by {0}, the formula of local 5G in {1} .. {2} MHz, and has carriers outside, such "
        "as {3} / {4} at {5} MHz",
        "算出式の対象 {1}～{2} MHz、例: {3} / {4}（{5} MHz）"},
    DetailForm{"a licence area touches the edge of the plan or cells that were not computed: it may go on there; "
               "enlarge the area or coverage.radius_m",
               "計画区域または計算半径（coverage.radius_m）を拡大すること"},
    DetailForm{"levels for coordination that cannot be given: the table says why for each", ""},
    // Backhaul
    DetailForm{"sites and places that no cable or link with a price leads to an exchange: {0}", "{0}"},
    DetailForm{
        "sites and places whose way to the exchange lacks capacity or availability, or is too slow or too long: "
        "{0}",
        "{0}"},
    DetailForm{"sites and places whose shortest way is longer than longest_way_km: {0}", "{0}"},
    DetailForm{
        "sites of two_way_sites that the layout does not connect (candidates, standing sites, lines of their "
        "own): {0}",
        "{0}"},
    DetailForm{"sites that want two ways where every two share a stretch: {0}", "{0}"},
    DetailForm{"second ways and longest_way_km are not kept, for no such layout was found: {0}", "{0}"},
    DetailForm{"cables drawn straight where no road and no corridor leads, an estimate: {0} km", "計 {0} km"},
    DetailForm{"without a price of their own, at that of {0}: {1}", "<0>の単価を適用: <1>"},
    DetailForm{"no place of the kind \"{0}\" to be given fibre", "種別: {0}"},
    DetailForm{"places outside the area, which are given no fibre", ""},
    DetailForm{
        "no pair of masts has a hop that works: {0} tried, {1} without sight, {2} over missing ground, {3} below "
        "the availability asked for",
        "{0} 区間のうち、見通しなし {1}、標高データなし {2}、稼働率不足 {3}"},
    DetailForm{"figures of microwave bands and radios that nobody has held against their documents: {0}", "<0>"},
    DetailForm{"hops beyond what their statistics were made for: {0}", "<0>"},
    DetailForm{"hops that other hops of the plan leave too little: {0}", "{0}"},
    DetailForm{"hops that receive on the channel on which another one sends from the same mast: {0}", "{0}"},
    // Routes
    DetailForm{
        "there are sites of several operators, and the vehicles of the routes use all of them: routes.operator "
        "names one",
        ""},
    DetailForm{"route {0}: {1} km there and {2} km back are driven against one-way roads: write the way back as a "
               "route of its own, and both_ways = false",
               "ルート {0}: 往路 {1} km、復路 {2} km"},
    DetailForm{"route {0}: {1} km lie outside the area: nothing is known of them", "ルート {0}: {1} km"},
    DetailForm{
        "route {0}: of {1} km the file does not say whether they are in a tunnel: they count as open ground",
        "ルート {0}: {1} km"},
    // Costs and subsidies
    DetailForm{"the price {0} times {1}", "単価 {0} × {1}"},
    DetailForm{"prices that are the user's own figures: {0}", "「整備・運用の内訳」の出典欄に示す"},
    DetailForm{"programmes that could not be judged: {0}", "<0>"},
    DetailForm{"rules without a document of their programme and year: {0}", "{0}"},
    DetailForm{"rules of a request, a draft or a supplementary budget: {0}", "<0>"},
    DetailForm{"rules that are one reading of several: {0}", "{0}"},
};

struct Word {
  std::string_view english;
  std::string_view japanese;
};

/// The longer before those that they begin with.
constexpr std::array kWords = {
    Word{"does not say which kind: the rules are for narrower ones",
         "区分が特定できない（制度はより限定した区分を対象とする）"},
    Word{"(the figure is not verified)", "（未確認の値）"},
    Word{"without a code", "コードなし"},
    Word{"the added loss", "付加損失"},
    Word{"add up", "を合算"},
    // Subsidies
    Word{"base_station_facility", "基地局施設整備事業"},
    Word{"transmission_operation", "伝送路施設運用事業"},
    Word{"transmission_installation", "伝送路施設設置事業"},
    Word{"upgrade_facility", "高度化施設整備事業"},
    Word{"infrastructure_subsidy", "補助事業"},
    Word{"fibre", "光ファイバ等整備"},
    Word{"island_om", "離島地域の光ファイバ等の維持管理"},
    Word{"catv_fibre", "ケーブルテレビ光化"},
    Word{"KT", "携帯電話等エリア整備事業"},
    Word{"KD", "高度無線環境整備推進事業"},
    Word{"DK", "地域デジタル基盤活用推進事業"},
    Word{"DX", "地域社会DX推進パッケージ事業"},
    Word{"CT", "ケーブルテレビ光化耐災害性強化事業"},
    Word{"R3", "令和3年度"},
    Word{"R4", "令和4年度"},
    Word{"R5", "令和5年度"},
    Word{"R6", "令和6年度"},
    Word{"R7", "令和7年度"},
    Word{"R8", "令和8年度"},
    Word{"budget_request", "概算要求"},
    Word{"budget_draft", "予算案"},
    Word{"budget", "成立予算"},
    Word{"supplementary", "補正予算"},
    Word{"call", "公募要領"},
    Word{"applicant", "事業主体"},
    Word{"island_municipality", "離島の市町村"},
    Word{"mainland_municipality", "離島以外の市町村"},
    Word{"municipality", "市町村"},
    Word{"prefecture", "都道府県"},
    Word{"legal", "該当し得る区分"},
    // Backhaul
    Word{"rain_beyond_statistic", "降雨の統計の適用範囲外"},
    Word{"beyond_statistics", "気象統計の適用範囲外"},
    Word{"rain_path_too_long", "降雨区間長の適用範囲外"},
    Word{"multipath_frequency", "マルチパスの適用周波数外"},
    Word{"e_band", "80GHz帯用"},
    Word{"6ghz_upper", "6GHz帯上側"},
    Word{"6ghz", "6GHz帯"},
    Word{"7ghz", "7GHz帯"},
    Word{"11ghz", "11GHz帯"},
    Word{"13ghz", "13GHz帯"},
    Word{"15ghz", "15GHz帯"},
    Word{"18ghz", "18GHz帯"},
    Word{"22ghz", "22GHz帯"},
    Word{"26ghz", "26GHz帯"},
    Word{"38ghz", "38GHz帯"},
    Word{"42ghz", "42GHz帯"},
    Word{"80ghz", "80GHz帯"},
    Word{"band", "周波数帯"},
    Word{"radio", "無線装置"},
    Word{"split_mount", "分離型"},
    Word{"aerial", "架空光ファイバ"},
    Word{"buried", "地中光ファイバ"},
    Word{"submarine", "海底光ケーブル"},
    Word{"duct", "管路内光ファイバ"},
    Word{"bridge", "橋梁添架光ファイバ"},
    Word{"tunnel", "トンネル内光ファイバ"},
    Word{"existing", "既設光ファイバ"},
    Word{"microwave", "マイクロ波回線"},
    Word{"optics", "光空間通信"},
    Word{"satellite", "衛星回線"},
    Word{"leased", "専用線"},
    // Radio
    Word{"tdd_pattern", "TDD パターン"},
    Word{"special_slot_symbols", "特別スロットの構成"},
    Word{"numerology", "サブキャリア間隔"},
    Word{"bandwidth_hz", "帯域幅"},
    Word{"dl_layers", "下り MIMO レイヤ数"},
    Word{"ul_layers", "上り MIMO レイヤ数"},
    Word{"base_noise_figure_db", "基地局雑音指数"},
    Word{"device_noise_figure_db", "端末雑音指数"},
    Word{"p0_dbm", "上り送信電力制御 P0"},
    Word{"alpha", "上り送信電力制御 α"},
    Word{"indoor_only_hz", "屋内限定の周波数"},
    Word{"rsrp_min_dbm", "所要 RSRP"},
    Word{"sinr_min_db", "所要 SINR"},
    Word{"dl_overhead", "下りオーバヘッド"},
    Word{"ul_overhead", "上りオーバヘッド"},
    Word{"eirp_limit_dbm", "EIRP の上限"},
    Word{"conducted_limit_dbm", "空中線電力の上限"},
    Word{"licence_power_dbm", "免許例の空中線電力"},
    Word{"expressway", "高速自動車国道等"},
    Word{"national", "一般国道"},
    Word{"prefectural", "都道府県道"},
    Word{"local", "市区町村道"},
    // Common
    Word{", ", "、"},
    Word{"; ", "、"},
    Word{"cells", "メッシュ"},
    Word{"radius", "半径"},
    Word{"power", "空中線電力"},
    Word{"deg", "度"},
};

bool is_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-';
}

/// The word begins at `at`, and is no part of a longer one.
bool stands_at(std::string_view text, std::size_t at, std::string_view word) {
  if (text.substr(at, word.size()) != word) return false;
  const std::size_t end = at + word.size();
  const bool starts = at == 0 || !is_word(text[at - 1]) || !is_word(word.front());
  return starts && (end == text.size() || !is_word(text[end]) || !is_word(word.back()));
}

/// What stands in place of {0}, {1} .. in a message of this form, each as short as can be.
std::optional<std::vector<std::string>> values_of(std::string_view message, std::string_view form) {
  std::vector<std::string> values;
  std::size_t at = 0;
  while (!form.empty()) {
    const std::size_t gap = form.find('{');
    const std::string_view plain = form.substr(0, gap);
    if (message.substr(at, plain.size()) != plain) return std::nullopt;
    at += plain.size();
    if (gap == std::string_view::npos) break;
    form.remove_prefix(gap + 3);
    const std::string_view next = form.substr(0, form.find('{'));
    const std::size_t end = next.empty() ? message.size() : message.find(next, at);
    if (end == std::string_view::npos) return std::nullopt;
    values.emplace_back(message.substr(at, end - at));
    at = end;
  }
  return at == message.size() ? std::optional(values) : std::nullopt;
}

std::string spaced(std::string_view key) {
  std::string out(key);
  std::replace(out.begin(), out.end(), '_', ' ');
  return out;
}

/// Of a technology or a model; any other word as it is.
std::string name_of(const std::string& word, Language language) {
  const std::string technology = technology_name(word, language);
  return technology != word ? technology : model_name(word, language);
}

std::string filled(std::string_view text, const std::vector<std::string>& values) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool as_it_is = text[i] == '{';
    if (!as_it_is && text[i] != '<') {
      out += text[i];
      continue;
    }
    const std::string& value = values.at(static_cast<std::size_t>(text[i + 1] - '0'));
    out += as_it_is ? value : in_words(value, Language::ja);
    i += 2;
  }
  return out;
}

}  // namespace

std::string_view warning_meaning(const Warning& warning, Language language) noexcept {
  const auto known = std::find_if(phrases::kWarningTexts.begin(), phrases::kWarningTexts.end(),
                                  [&](const auto& text) { return text.id == warning.id; });
  return known == phrases::kWarningTexts.end() ? std::string_view{} : known->meaning.in(language);
}

std::string warning_detail(const Warning& warning, Language language) {
  if (language == Language::en) return warning.message;
  for (const DetailForm& form : kForms) {
    if (const auto values = values_of(warning.message, form.message)) return filled(form.japanese, *values);
  }
  return warning.message;
}

std::string in_words(std::string_view text, Language language) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const auto known = std::find_if(kWords.begin(), kWords.end(),
                                    [&](const Word& word) { return stands_at(text, i, word.english); });
    if (known != kWords.end()) {
      out += language == Language::ja ? std::string(known->japanese) : spaced(known->english);
      i += known->english.size();
      continue;
    }
    std::size_t end = i;
    while (end < text.size() && is_word(text[end])) ++end;
    if (end == i) {
      out += text[i++];
      continue;
    }
    out += name_of(std::string(text.substr(i, end - i)), language);
    i = end;
  }
  return out;
}

}  // namespace amaneku::scenarios
