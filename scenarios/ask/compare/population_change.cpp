#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <unordered_map>

#include "scenarios/ask/compare/plan_comparison.hpp"
#include "terrain/crs.hpp"

namespace amaneku::scenarios {
namespace {

constexpr double kSamePlace_m = 1.0;
constexpr double kSamePeople = 1e-6;
constexpr double kPerPercent = 0.01;

/// The columns of the table population, looked up once.
class UnitTable {
 public:
  explicit UnitTable(const ComparedPlan& plan) : table_(plan.table("population")), crs_id_(plan.stored.crs_id) {}

  [[nodiscard]] std::size_t size() const noexcept { return people_ == nullptr ? 0 : table_.rows; }
  [[nodiscard]] const std::string& id(std::size_t i) const { return id_->texts[i]; }
  [[nodiscard]] const std::string& municipality(std::size_t i) const {
    static const std::string kNoCode;
    return code_ == nullptr ? kNoCode : code_->texts[i];
  }
  [[nodiscard]] double people(std::size_t i) const { return people_->numbers[i]; }
  [[nodiscard]] double covered(std::size_t i) const {
    const double percent = covered_->numbers[i];
    return std::isnan(percent) ? 0.0 : kPerPercent * percent * people(i);
  }
  [[nodiscard]] Point at(std::size_t i) const { return {x_->numbers[i], y_->numbers[i]}; }
  [[nodiscard]] const std::string& crs_id() const noexcept { return crs_id_; }

 private:
  [[nodiscard]] const StoredColumn* column(std::string_view name, bool is_text) const {
    const StoredColumn* found = table_.find(name);
    return found != nullptr && found->is_text == is_text ? found : nullptr;
  }
  /// Null where a column is missing: a table that is none.
  [[nodiscard]] const StoredColumn* whole(const StoredColumn* people) const {
    return id_ && covered_ && x_ && y_ ? people : nullptr;
  }

  const StoredTable& table_;
  std::string crs_id_;
  const StoredColumn* id_ = column("id", true);
  const StoredColumn* code_ = column("municipality_code", true);
  const StoredColumn* covered_ = column("covered_percent", false);
  const StoredColumn* x_ = column("x_m", false);
  const StoredColumn* y_ = column("y_m", false);
  const StoredColumn* people_ = whole(column("people", false));
};

/// Finds the unit of the other plan that is the same; each is found once.
class UnitIndex {
 public:
  UnitIndex(const UnitTable& units, const std::string& crs_id) : units_(units), taken_(units.size(), false) {
    if (units.crs_id() != crs_id) {
      here_ = Crs::from_text(crs_id);
      there_ = Crs::from_text(units.crs_id());
    }
    by_id_.reserve(units.size());
    for (std::size_t i = 0; i < units.size(); ++i) by_id_.emplace(units.id(i), i);
  }

  [[nodiscard]] std::optional<std::size_t> take(const std::string& id, Point at) {
    const auto [begin, end] = by_id_.equal_range(id);
    std::optional<std::size_t> best;
    for (auto found = begin; found != end; ++found) {
      const std::size_t i = found->second;
      if (!taken_[i] && distance_to(at, i) <= kSamePlace_m && (!best || i < *best)) best = i;
    }
    if (best) taken_[*best] = true;
    return best;
  }
  [[nodiscard]] double people_left() const {
    double people = 0.0;
    for (std::size_t i = 0; i < taken_.size(); ++i) people += taken_[i] ? 0.0 : units_.people(i);
    return people;
  }

 private:
  [[nodiscard]] double distance_to(Point at, std::size_t i) const {
    if (!here_) return distance_m(at, units_.at(i));
    const LonLat a = here_->to_lonlat(at);
    const LonLat b = there_->to_lonlat(units_.at(i));
    constexpr double kPerDegree_m = 111'000.0;  // near enough to tell a metre from a mesh
    return kPerDegree_m *
           std::hypot((b.lon_deg - a.lon_deg) * std::cos(kDegToRad * a.lat_deg), b.lat_deg - a.lat_deg);
  }

  const UnitTable& units_;
  std::vector<bool> taken_;
  std::unordered_multimap<std::string, std::size_t> by_id_{};
  std::optional<Crs> here_{};
  std::optional<Crs> there_{};
};

using Municipalities = std::map<std::string, MunicipalityChange>;

void add(Municipalities& out, const ComparedPlan& plan, double Both::*of) {
  const StoredTable& table = plan.table("municipalities");
  for (std::size_t i = 0; i < table.rows; ++i) {
    if (table.number("in_plan", i) != 1.0) continue;
    MunicipalityChange& change = out[table.text("code", i)];
    change.name = table.text("name", i);
    change.in_plan.*of += table.number("population_in_plan", i);
    change.covered.*of += table.number("population_covered", i);
  }
  const StoredTable& total = plan.table("population_total");
  for (std::size_t i = 0; i < total.rows; ++i) {
    if (total.text("part", i) != "outside_municipalities") continue;
    MunicipalityChange& none = out[{}];
    none.in_plan.*of += total.number("population_in_plan", i);
    none.covered.*of += total.number("population_covered", i);
  }
}

void add(PeopleChange& sum, double net) {
  (net > 0.0 ? sum.won : sum.lost) += std::abs(net);
}

}  // namespace

PopulationChange population_change(const ComparedPlan& before, const ComparedPlan& after) {
  const UnitTable first(before);
  const UnitTable second(after);
  UnitIndex index(second, first.crs_id());
  PopulationChange out;
  Municipalities municipalities;
  add(municipalities, before, &Both::before);
  add(municipalities, after, &Both::after);
  for (std::size_t i = 0; i < first.size(); ++i) {
    const auto same = index.take(first.id(i), first.at(i));
    if (!same || std::abs(first.people(i) - second.people(*same)) > kSamePeople) {
      out.left_out.before += first.people(i);
      if (same) out.left_out.after += second.people(*same);
      continue;
    }
    const double net = second.covered(*same) - first.covered(i);
    ++out.units;
    out.people += first.people(i);
    add(out.all, net);
    add(municipalities[first.municipality(i)].people, net);
  }
  out.left_out.after += index.people_left();
  for (auto& [code, change] : municipalities) {
    change.code = code;
    if (!code.empty()) out.municipalities.push_back(std::move(change));
  }
  if (const auto none = municipalities.find({}); none != municipalities.end())
    out.municipalities.push_back(std::move(none->second));
  return out;
}

}  // namespace amaneku::scenarios
