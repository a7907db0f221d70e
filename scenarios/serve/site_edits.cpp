#include "scenarios/serve/site_edits.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>

#include "scenarios/schema/schema.hpp"
#include "terrain/crs.hpp"
#include "terrain/error.hpp"

namespace amaneku::scenarios {
namespace {

using EditJson = nlohmann::json;

constexpr std::size_t kMostIdBytes = 64;

struct SectorNumber {
  const char* key;
  double& (*of)(Sector& sector);
};

constexpr std::array<SectorNumber, 5> kSectorNumbers = {{
    {"azimuth_deg", [](Sector& s) -> double& { return s.mounting.azimuth_deg; }},
    {"mechanical_downtilt_deg", [](Sector& s) -> double& { return s.mounting.mechanical_downtilt_deg; }},
    {"electrical_downtilt_deg", [](Sector& s) -> double& { return s.mounting.electrical_downtilt_deg; }},
    {"tx_agl_m", [](Sector& s) -> double& { return s.tx_agl_m; }},
    {"power_dbm", [](Sector& s) -> double& { return s.power_dbm; }},
}};

const SectorNumber* sector_number(const std::string& key) {
  const auto found = std::find_if(kSectorNumbers.begin(), kSectorNumbers.end(),
                                  [&](const SectorNumber& number) { return key == number.key; });
  return found == kSectorNumbers.end() ? nullptr : &*found;
}

/// Reads one edit, and gathers what is wrong with it.
class EditReader {
 public:
  EditReader(const EditJson& json, std::size_t index, std::vector<Fault>& faults)
      : json_(json), where_(fmt::format("edits[{}]", index)), faults_(faults) {}

  SiteEdit read() {
    SiteEdit out;
    if (!json_.is_object()) {
      fault("", "is not an object");
      return out;
    }
    for (const auto& [key, value] : json_.items()) {
      if (std::find(kKeys.begin(), kKeys.end(), key) == kKeys.end()) fault(key, "is not known");
    }
    out.site = text("site");
    out.like = text("like");
    out.sector = text("sector");
    if (out.site.empty()) fault("site", "is missing");
    position(out);
    if (json_.contains("existing")) {
      if (json_["existing"].is_boolean()) {
        out.existing = json_["existing"].get<bool>();
      } else {
        fault("existing", "is neither true nor false");
      }
    }
    if (json_.contains("values")) values(out);
    if (!out.like.empty() && !out.position) fault("lon", "a new site needs a place");
    return out;
  }

 private:
  static constexpr std::array<std::string_view, 7> kKeys = {"site",     "like",   "lon",   "lat",
                                                            "existing", "sector", "values"};

  void fault(const std::string& key, std::string message, std::string value = {}, std::string legal = {}) {
    faults_.push_back({.message = std::move(message),
                       .key = key.empty() ? where_ : where_ + "." + key,
                       .value = std::move(value),
                       .legal = std::move(legal)});
  }

  std::string text(const char* key) {
    if (!json_.contains(key)) return {};
    const EditJson& value = json_[key];
    if (!value.is_string()) {
      fault(key, "is not a text");
      return {};
    }
    auto out = value.get<std::string>();
    const bool plain = std::none_of(out.begin(), out.end(), [](char c) {
      const auto byte = static_cast<unsigned char>(c);
      return byte < 0x20 || byte == 0x7f;
    });
    if (out.size() > kMostIdBytes || !plain) {
      fault(key, "is too long, or holds control characters");
      return {};
    }
    return out;
  }

  std::optional<double> number(const EditJson& value, const std::string& key, const Range& range,
                               const std::string& unit) {
    if (!value.is_number()) {
      fault(key, "is not a number");
      return std::nullopt;
    }
    const auto out = value.get<double>();
    if (range.contains(out)) return out;
    fault(key, "is out of range", fmt::format("{}", out), range.text() + " " + unit);
    return std::nullopt;
  }

  void position(SiteEdit& out) {
    if (json_.contains("lon") != json_.contains("lat")) fault("lon", "lon and lat come together");
    if (!json_.contains("lon") || !json_.contains("lat")) return;
    const auto lon = number(json_["lon"], "lon", {-180.0, 180.0}, "deg");
    const auto lat = number(json_["lat"], "lat", {-90.0, 90.0}, "deg");
    if (lon && lat) out.position = LonLat{*lon, *lat};
  }

  void values(SiteEdit& out) {
    const EditJson& values = json_["values"];
    if (!values.is_object()) return fault("values", "is not an object");
    for (const auto& [key, value] : values.items()) {
      const auto& known = editable_values();
      const auto found = std::find_if(known.begin(), known.end(),
                                      [&, name = key](const EditableValue& v) { return v.key == name; });
      if (found == known.end()) {
        fault("values." + key, "cannot be edited");
      } else if (const auto read = number(value, "values." + key, found->range, found->unit)) {
        out.values[key] = *read;
      }
    }
  }

  const EditJson& json_;
  std::string where_;
  std::vector<Fault>& faults_;
};

/// Applies edits one after the other.
class NetworkEditor {
 public:
  NetworkEditor(const World& world, Network& network)
      : world_(world), network_(network), crs_(Crs::from_text(world.crs_id)) {}

  void apply(const SiteEdit& edit) {
    if (!edit.like.empty()) add(edit);
    Site& site = existing_site(edit.site);
    if (edit.position) place(site, *edit.position);
    if (edit.existing) site.existing = *edit.existing;
    if (!edit.values.empty()) set(site, edit);
  }

 private:
  [[noreturn]] static void refuse(const std::string& site, std::string why) {
    throw InputError(Fault{.message = std::move(why), .key = "site", .value = site});
  }

  Site* find(const std::string& id) {
    const auto found = std::find_if(network_.sites.begin(), network_.sites.end(),
                                    [&](const Site& site) { return site.id == id; });
    return found == network_.sites.end() ? nullptr : &*found;
  }

  Site& existing_site(const std::string& id) {
    Site* site = find(id);
    if (site == nullptr) refuse(id, "there is no site of this id");
    return *site;
  }

  void add(const SiteEdit& edit) {
    if (find(edit.site) != nullptr) refuse(edit.site, "there is a site of this id");
    Site site = existing_site(edit.like);
    site.id = edit.site;
    site.name = edit.site;
    site.existing = true;
    network_.sites.push_back(std::move(site));
  }

  void place(Site& site, LonLat position) {
    const Point at = crs_.to_plan(position);
    if (!world_.grid().contains(at)) refuse(site.id, "lies outside the area");
    if (std::isnan(sample_bilinear(world_.ground.ground_asl_m, at)))
      refuse(site.id, "stands on a void of the terrain: there is no height here");
    site.position = position;
    site.at = at;
    site.convergence_deg = crs_.convergence_deg(position);
  }

  static void set(Site& site, const SiteEdit& edit) {
    bool any = false;
    for (Sector& sector : site.sectors) {
      if (!edit.sector.empty() && sector.id != edit.sector) continue;
      any = true;
      for (const auto& [key, value] : edit.values) sector_number(key)->of(sector) = value;
    }
    if (!any) refuse(site.id, "has no sector of this id: " + edit.sector);
  }

  const World& world_;
  Network& network_;
  Crs crs_;
};

}  // namespace

const std::vector<EditableValue>& editable_values() {
  static const std::vector<EditableValue> kValues = [] {
    std::vector<EditableValue> out;
    const std::vector<SchemaKey>& keys = schema_section("sector_defaults").keys;
    for (const SectorNumber& number : kSectorNumbers) {
      const auto key =
          std::find_if(keys.begin(), keys.end(), [&](const SchemaKey& k) { return k.name == number.key; });
      if (key == keys.end()) throw InternalError(std::string("no key of sectors: ") + number.key);
      out.push_back({key->name, key->unit, key->range});
    }
    return out;
  }();
  return kValues;
}

double value_of(const Sector& sector, const std::string& key) {
  const SectorNumber* number = sector_number(key);
  if (number == nullptr) throw InternalError("cannot be edited: " + key);
  Sector copy = sector;
  return number->of(copy);
}

EditStep parse_edits(const nlohmann::json& list) {
  if (!list.is_array() || list.empty() || list.size() > kMostEdits)
    throw InputError(
        Fault{.message = "is not a list of edits", .key = "edits", .legal = fmt::format("1 .. {}", kMostEdits)});
  EditStep out;
  std::vector<Fault> faults;
  for (std::size_t i = 0; i < list.size(); ++i) out.push_back(EditReader(list[i], i, faults).read());
  if (!faults.empty()) throw InputError(std::move(faults));
  return out;
}

void apply_edits(std::span<const EditStep> steps, const World& world, Network& network) {
  NetworkEditor editor(world, network);
  for (const EditStep& step : steps) {
    for (const SiteEdit& edit : step) editor.apply(edit);
  }
  if (std::none_of(network.sites.begin(), network.sites.end(), [](const Site& site) { return site.existing; }))
    throw InputError(Fault{.message = "no site would be left: one at least is planned on", .key = "existing"});
}

}  // namespace amaneku::scenarios
