#include "scenarios/ask/compare/compared_plan.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "scenarios/output/manifest.hpp"
#include "scenarios/output/outputs.hpp"
#include "scenarios/schema/document.hpp"
#include "terrain/vector/ogr_source.hpp"

namespace amaneku::scenarios {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t kMostSummaryBytes = 256U << 20;
constexpr std::string_view kSummaryVersion = "amaneku-summary-3.";
constexpr const char* kResultName = "result.h5";

constexpr std::array kTables = {"sites",        "sectors", "population_total", "area_total",  "municipalities",
                                "road_classes", "targets", "routes",           "place_kinds", "costs"};
constexpr std::array<std::string_view, 6> kPopulationColumns = {
    "id", "people", "x_m", "y_m", "municipality_code", "covered_percent"};
constexpr std::array kSummaryKeys = {"service.people.served_percent",
                                     "service.people.dl.p50_mbps",
                                     "service.people.ul.p50_mbps",
                                     "backhaul.fibre_km",
                                     "backhaul.microwave_links",
                                     "backhaul.links",
                                     "backhaul.capex_jpy",
                                     "backhaul.opex_jpy_per_year",
                                     "backhaul.present_value_jpy",
                                     "backhaul.lower_bound_jpy",
                                     "backhaul.gap_percent",
                                     "backhaul.sites_connected",
                                     "backhaul.sites_unreached"};

[[noreturn]] void refuse_summary(const fs::path& file, std::string why) {
  throw InputError(Fault{.message = std::move(why), .file = file.string()});
}

/// Nothing where there is no number at the dotted key.
const nlohmann::json* number_at(const nlohmann::json& root, std::string_view key) {
  const nlohmann::json* at = &root;
  for (std::size_t begin = 0; begin <= key.size();) {
    const std::size_t end = std::min(key.find('.', begin), key.size());
    const auto found = at->is_object() ? at->find(std::string(key.substr(begin, end - begin))) : at->end();
    if (found == at->end()) return nullptr;
    at = &*found;
    begin = end + 1;
  }
  return at->is_number() ? at : nullptr;
}

std::map<std::string, double, std::less<>> numbers_of(const nlohmann::json& summary) {
  std::map<std::string, double, std::less<>> out;
  for (const char* key : kSummaryKeys) {
    if (const nlohmann::json* number = number_at(summary, key)) out.emplace(key, number->get<double>());
  }
  return out;
}

std::map<std::string, double, std::less<>> summary_of(const fs::path& file) {
  const auto json = nlohmann::json::parse(read_text(file, kMostSummaryBytes), nullptr, false);
  const bool named = json.is_object() && json.contains("schema") && json["schema"].is_string();
  const std::string schema = named ? json["schema"].get<std::string>() : std::string{};
  if (!schema.starts_with("amaneku-summary-")) refuse_summary(file, "is no summary of amaneku");
  if (!schema.starts_with(kSummaryVersion))
    refuse_summary(file, "is of another version (" + schema + "): plan the scenario again");
  return numbers_of(json);
}

/// As result.h5 would give it back.
StoredTable stored(const Table& table) {
  StoredTable out{.meaning = table.meaning, .rows = table.rows.size()};
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    const Column& column = table.columns[c];
    StoredColumn to{.name = column.name,
                    .unit = column.unit,
                    .meaning = column.meaning,
                    .is_text = column.type == Column::Type::text,
                    .is_whole = column.type == Column::Type::integer,
                    .is_flag = column.type == Column::Type::flag};
    for (const std::vector<Attribute>& row : table.rows) {
      const Attribute& value = row[c];
      if (to.is_text) {
        const auto* text = std::get_if<std::string>(&value);
        to.texts.push_back(text == nullptr ? std::string{} : *text);
      } else if (const auto* whole = std::get_if<std::int64_t>(&value)) {
        to.numbers.push_back(static_cast<double>(*whole));
      } else {
        const auto* real = std::get_if<double>(&value);
        to.numbers.push_back(real == nullptr ? std::numeric_limits<double>::quiet_NaN() : *real);
      }
    }
    out.columns.push_back(std::move(to));
  }
  return out;
}

}  // namespace

const StoredTable& ComparedPlan::table(std::string_view name) const noexcept {
  static const StoredTable kNoTable{};
  const auto found = tables.find(name);
  return found == tables.end() ? kNoTable : found->second;
}

double ComparedPlan::setting(const std::string& key) const noexcept {
  double value = std::numeric_limits<double>::quiet_NaN();
  if (const auto found = settings.find(key); found != settings.end())
    std::from_chars(found->second.data(), found->second.data() + found->second.size(), value);
  return value;
}

namespace {

/// All but `summary`.
ComparedPlan read_result(const fs::path& folder, const std::string& letter) {
  const ResultReader result(folder / kResultName);
  ComparedPlan out{.letter = letter, .folder = folder, .stored = result.plan(), .settings = result.settings()};
  if (std::isnan(out.setting("threshold_dbm"))) {
    throw InputError(Fault{.message = "is damaged: it does not say from which power on a place is covered",
                           .file = (folder / kResultName).string(),
                           .key = "settings/threshold_dbm"});
  }
  for (const char* name : kTables) {
    if (auto table = result.table(name)) out.tables.emplace(name, std::move(*table));
  }
  if (auto people = result.table("population", kPopulationColumns))
    out.tables.emplace("population", std::move(*people));
  return out;
}

}  // namespace

ComparedPlan read_compared_plan(const fs::path& folder, const std::string& letter) {
  (void)verify_folder(folder);
  ComparedPlan out = read_result(folder, letter);
  out.summary = summary_of(folder / "summary.json");
  return out;
}

ComparedPlan staged_plan(const fs::path& folder, const Planned& planned, const std::string& letter) {
  ComparedPlan out = read_result(folder, letter);
  out.summary = numbers_of(nlohmann::json::parse(summary_json(planned)));
  return out;
}

ComparedPlan compared_plan_of(const Planned& planned, const std::string& letter) {
  ComparedPlan out{.letter = letter};
  for (const Table& table : all_tables(planned)) {
    if (std::find(kTables.begin(), kTables.end(), table.name) != kTables.end())
      out.tables.emplace(table.name, stored(table));
  }
  out.summary = numbers_of(nlohmann::json::parse(summary_json(planned)));
  return out;
}

Raster<float> rsrp_of(const ComparedPlan& plan) {
  return ResultReader(plan.folder / kResultName).map("rsrp_dbm");
}

Raster<float> ground_of(const ComparedPlan& plan) {
  return ResultReader(plan.folder / kResultName).map("ground_asl_m");
}

std::vector<Municipality> borders_of(const ComparedPlan& plan) {
  const fs::path file = plan.folder / "network.gpkg";
  std::error_code error;
  const StoredTable& municipalities = plan.table("municipalities");
  bool any = false;
  for (std::size_t i = 0; i < municipalities.rows; ++i) any = any || municipalities.number("in_plan", i) == 1.0;
  if (!any || !fs::exists(file, error)) return {};
  const Crs crs = Crs::from_text(plan.stored.crs_id);
  SourceLayer layer = read_source_layer({.path = file, .layer = "municipalities", .crs = &crs});
  const int code = layer.field("code");
  const int name = layer.field("name");
  std::vector<Municipality> out;
  const auto value = [](const SourceFeature& feature, int field) {
    return field < 0 ? std::string{} : feature.values[static_cast<std::size_t>(field)].value_or("");
  };
  for (SourceFeature& feature : layer.features)
    out.push_back({.code = value(feature, code), .name = value(feature, name), .area = std::move(feature.area)});
  return out;
}

}  // namespace amaneku::scenarios
