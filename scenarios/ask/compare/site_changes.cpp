#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <optional>

#include "scenarios/ask/compare/plan_comparison.hpp"

namespace amaneku::scenarios {
namespace {

/// What of a site and of a sector was put in; other columns are found.
constexpr std::array<std::string_view, 5> kSiteKeys = {"name", "status", "operator", "lon_deg", "lat_deg"};
constexpr std::array<std::string_view, 15> kSectorKeys = {"freq_hz",
                                                          "power_dbm",
                                                          "subcarriers",
                                                          "feeder_loss_db",
                                                          "tx_agl_m",
                                                          "antenna",
                                                          "antenna_gain_dbi",
                                                          "azimuth_deg",
                                                          "mechanical_downtilt_deg",
                                                          "electrical_downtilt_deg",
                                                          "technology",
                                                          "bandwidth_hz",
                                                          "link_curve",
                                                          "load",
                                                          "fiscal_year"};

std::string value_text(const StoredTable& table, std::string_view column, std::size_t row) {
  const StoredColumn* found = table.find(column);
  if (found == nullptr) return {};
  if (found->is_text) return table.text(column, row);
  const double value = table.number(column, row);
  return std::isnan(value) ? std::string{} : fmt::format("{}", value);
}

/// The sites of a plan by id, with the rows of their sectors.
struct SiteRows {
  std::size_t site = 0;
  std::vector<std::size_t> sectors{};
};

class SiteTable {
 public:
  explicit SiteTable(const ComparedPlan& plan) : sites_(plan.table("sites")), sectors_(plan.table("sectors")) {
    for (std::size_t i = 0; i < sites_.rows; ++i) rows_.emplace(sites_.text("id", i), SiteRows{.site = i});
    for (std::size_t i = 0; i < sectors_.rows; ++i) {
      const auto found = rows_.find(sectors_.text("site_id", i));
      if (found != rows_.end()) found->second.sectors.push_back(i);
    }
  }

  [[nodiscard]] const std::map<std::string, SiteRows>& rows() const noexcept { return rows_; }
  [[nodiscard]] const SiteRows* find(const std::string& id) const {
    const auto found = rows_.find(id);
    return found == rows_.end() ? nullptr : &found->second;
  }
  [[nodiscard]] bool is_planned(const SiteRows& rows) const {
    return sites_.text("status", rows.site) == "existing";
  }
  [[nodiscard]] std::string of_site(std::string_view key, const SiteRows& rows) const {
    return value_text(sites_, key, rows.site);
  }
  [[nodiscard]] std::string of_sector(std::string_view key, std::size_t row) const {
    return value_text(sectors_, key, row);
  }

 private:
  const StoredTable& sites_;
  const StoredTable& sectors_;
  std::map<std::string, SiteRows> rows_{};
};

/// Pairs of sectors of the same id: those of the same frequency first, for a sector may have several carriers.
class SectorPairs {
 public:
  SectorPairs(const SiteTable& before, const SiteTable& after) : before_(before), after_(after) {}

  void append(std::vector<ValueChange>& out, const SiteRows& was, const SiteRows& is) const {
    std::vector<std::size_t> left = is.sectors;
    std::vector<std::optional<std::size_t>> same(was.sectors.size());
    for (const bool same_frequency : {true, false}) {
      for (std::size_t i = 0; i < was.sectors.size(); ++i) {
        if (same[i]) continue;
        const auto found = std::find_if(left.begin(), left.end(), [&](std::size_t row) {
          return is_pair(was.sectors[i], row, same_frequency);
        });
        if (found == left.end()) continue;
        same[i] = *found;
        left.erase(found);
      }
    }
    for (std::size_t i = 0; i < was.sectors.size(); ++i) {
      const std::string id = before_.of_sector("sector_id", was.sectors[i]);
      if (same[i]) {
        append(out, id, was.sectors[i], *same[i]);
      } else {
        out.push_back({.key = id + "/carrier_hz", .before = before_.of_sector("freq_hz", was.sectors[i])});
      }
    }
    for (const std::size_t row : left)
      out.push_back(
          {.key = after_.of_sector("sector_id", row) + "/carrier_hz", .after = after_.of_sector("freq_hz", row)});
  }

 private:
  [[nodiscard]] bool is_pair(std::size_t was, std::size_t is, bool same_frequency) const {
    return before_.of_sector("sector_id", was) == after_.of_sector("sector_id", is) &&
           (!same_frequency || before_.of_sector("freq_hz", was) == after_.of_sector("freq_hz", is));
  }
  void append(std::vector<ValueChange>& out, const std::string& id, std::size_t was, std::size_t is) const {
    for (const std::string_view key : kSectorKeys) {
      std::string from = before_.of_sector(key, was);
      std::string to = after_.of_sector(key, is);
      if (from != to)
        out.push_back({.key = fmt::format("{}/{}", id, key), .before = std::move(from), .after = std::move(to)});
    }
  }

  const SiteTable& before_;
  const SiteTable& after_;
};

}  // namespace

std::vector<SiteChange> site_changes(const ComparedPlan& before, const ComparedPlan& after) {
  const SiteTable first(before);
  const SiteTable second(after);
  const SectorPairs sectors(first, second);
  std::vector<SiteChange> added;
  std::vector<SiteChange> removed;
  std::vector<SiteChange> changed;
  const auto keys = [&](const SiteRows& was, const SiteRows& is) {
    std::vector<ValueChange> out;
    for (const std::string_view key : kSiteKeys) {
      std::string from = first.of_site(key, was);
      std::string to = second.of_site(key, is);
      if (from != to) out.push_back({.key = std::string(key), .before = std::move(from), .after = std::move(to)});
    }
    return out;
  };
  for (const auto& [id, was] : first.rows()) {
    const SiteRows* is = second.find(id);
    const bool planned = is != nullptr && second.is_planned(*is);
    if (!first.is_planned(was)) continue;
    SiteChange change{.id = id, .name = first.of_site("name", was)};
    if (is != nullptr) change.values = keys(was, *is);
    if (!planned) {
      change.kind = SiteChange::Kind::removed;
      removed.push_back(std::move(change));
      continue;
    }
    sectors.append(change.values, was, *is);
    if (!change.values.empty()) changed.push_back(std::move(change));
  }
  for (const auto& [id, is] : second.rows()) {
    const SiteRows* was = first.find(id);
    if (!second.is_planned(is) || (was != nullptr && first.is_planned(*was))) continue;
    SiteChange change{.kind = SiteChange::Kind::added, .id = id, .name = second.of_site("name", is)};
    if (was != nullptr) change.values = keys(*was, is);
    added.push_back(std::move(change));
  }
  added.insert(added.end(), std::make_move_iterator(removed.begin()), std::make_move_iterator(removed.end()));
  added.insert(added.end(), std::make_move_iterator(changed.begin()), std::make_move_iterator(changed.end()));
  return added;
}

}  // namespace amaneku::scenarios
