#include "scenarios/read/site_list.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <optional>

#include "terrain/fault_list.hpp"
#include "terrain/files/text_file.hpp"
#include "terrain/nearest.hpp"
#include "terrain/vector/column_names.hpp"
#include "terrain/vector/feature_io.hpp"

namespace amaneku::scenarios {
namespace {

/// The values of one sector, wherever they were written. An absent value is nullopt.
struct SectorSource {
  std::function<std::optional<double>(const std::string&)> number;
  std::function<std::optional<std::string>(const std::string&)> text;
  std::function<std::optional<bool>(const std::string&)> flag;
  std::function<void(const std::string& key, std::string message)> fault;
};

void take_numbers(Sector& sector, const SectorSource& source) {
  const auto take = [&](const char* key, double& target) {
    if (const auto value = source.number(key)) target = *value;
  };
  take("azimuth_deg", sector.mounting.azimuth_deg);
  take("mechanical_downtilt_deg", sector.mounting.mechanical_downtilt_deg);
  take("electrical_downtilt_deg", sector.mounting.electrical_downtilt_deg);
  take("tx_agl_m", sector.tx_agl_m);
  take("freq_hz", sector.freq_hz);
  take("power_dbm", sector.power_dbm);
  take("feeder_loss_db", sector.feeder_loss_db);
  take("bandwidth_hz", sector.bandwidth_hz);
  take("load", sector.load);
  if (const auto value = source.number("subcarriers")) sector.subcarriers = static_cast<int>(*value);
  if (const auto value = source.number("year")) sector.fiscal_year = static_cast<int>(*value);
}

std::string unknown_antenna(const std::string& name, const Antennas& antennas) {
  std::vector<std::string> known;
  for (const auto& [key, pattern] : antennas) known.push_back(key);
  const std::string near = nearest(name, known);
  return near.empty() ? fmt::format("no antenna of this name; known: {}", fmt::join(known, ", "))
                      : "no antenna of this name; did you mean \"" + near + "\"?";
}

Sector overridden(Sector sector, const SectorSource& source, const Antennas& antennas) {
  take_numbers(sector, source);
  if (const auto technology = source.text("technology")) sector.technology = *technology;
  if (const auto indoor = source.flag("indoor")) sector.indoor = *indoor;
  if (const auto name = source.text("antenna")) {
    const auto found = antennas.find(*name);
    if (found == antennas.end()) {
      source.fault("antenna", unknown_antenna(*name, antennas));
    } else {
      sector.antenna = found->second;
      sector.antenna_name = *name;
    }
  }
  return sector;
}

/// Why a sector cannot be added: one of its id is on the same frequency. On another one it is another carrier.
std::string twice(const Site& site, const Sector& sector) {
  const auto same = [&](const Sector& other) {
    return !sector.id.empty() && other.id == sector.id && other.freq_hz == sector.freq_hz;
  };
  if (std::none_of(site.sectors.begin(), site.sectors.end(), same)) return {};
  return fmt::format("site {} has this sector twice on {:.6g} MHz", site.id, sector.freq_hz / 1e6);
}

/// Why a sector cannot follow those before it: the rows of a site are in the order of its roll-out.
std::string backwards(const Site& site, const Sector& sector) {
  if (site.sectors.empty() || sector.fiscal_year >= site.sectors.back().fiscal_year) return {};
  return fmt::format("the years of site {} go backwards: {} after {}", site.id, sector.fiscal_year,
                     site.sectors.back().fiscal_year);
}

SectorSource source_of(Document& document, const SectionView& view) {
  return {.number = [view](const std::string& key) -> std::optional<double> {
            if (!view.given(key)) return std::nullopt;
            const bool whole = key == "subcarriers" || key == "year";
            return whole ? static_cast<double>(view.integer(key)) : view.number(key);
          },
          .text = [view](const std::string& key) -> std::optional<std::string> {
            return view.given(key) ? std::optional(view.text(key)) : std::nullopt;
          },
          .flag = [view](const std::string& key) -> std::optional<bool> {
            return view.given(key) ? std::optional(view.flag(key)) : std::nullopt;
          },
          .fault = [view, &document](const std::string& key,
                                     std::string message) { document.add(view.fault(key, std::move(message))); }};
}

const SchemaKey* key_of(const SchemaSection& section, const std::string& name) {
  const auto found =
      std::find_if(section.keys.begin(), section.keys.end(), [&](const SchemaKey& k) { return k.name == name; });
  return found == section.keys.end() ? nullptr : &*found;
}

/// Why a number is out of range, where its size says so: other units than those of the column.
NumberFault range_fault(const std::string& column, const SchemaKey& key, double value) {
  if ((column == "lon" || column == "lat") && std::fabs(value) > 360.0) return degrees_fault(value);
  UnitHint hint = unit_hint(key, value);
  return {std::move(hint.unit), std::move(hint.message)};
}

/// Columns of a site file.
std::vector<std::string> site_columns() {
  std::vector<std::string> known = {"site_id", "name", "operator", "lon", "lat", "status", "sector_id"};
  for (const SchemaKey& key : schema_section("sector_defaults").keys) known.push_back(key.name);
  return known;
}

/// The rows of a site file. Faults name the file, the row and the column.
class SiteTable {
 public:
  /// `candidates`: all of its sites are.
  SiteTable(Document& document, const SourceTable& table, const Antennas& antennas, bool candidates = false)
      : document_(document), table_(table), antennas_(antennas), candidates_(candidates) {}

  void read(SiteList& out, const Sector& defaults) {
    if (!has_required_columns()) return;
    warn_of_columns(out);
    for (const TableRow& row : table_.rows) read_row(out, row, defaults);
    for (Fault& fault : habits_.take()) document_.add(std::move(fault));
    for (LocatedSite& located : out.sites) number_sectors(located.site);
  }

 private:
  bool has_required_columns() {
    bool all = true;
    for (const char* column : {"site_id", "lon", "lat"}) {
      if (std::find(table_.columns.begin(), table_.columns.end(), column) != table_.columns.end()) continue;
      const std::string near = column_meaning(column, table_.columns);
      document_.add(
          {.message = near.empty() ? "the column is missing" : "the column is missing; is it \"" + near + "\"?",
           .file = table_.path,
           .line = 1,
           .key = column});
      all = false;
    }
    return all;
  }

  /// A column that is almost a known one, or another word for it, is probably a slip whose values would be lost.
  void warn_of_columns(SiteList& out) {
    const std::vector<std::string> known = site_columns();
    const auto is_there = [&](const std::string& column) {
      return std::find(table_.columns.begin(), table_.columns.end(), column) != table_.columns.end();
    };
    for (const std::string& column : table_.columns) {
      if (std::find(known.begin(), known.end(), column) != known.end()) continue;
      const std::string near = meant_by_column(column, known);
      if (near.empty() || is_there(near)) continue;
      out.warnings.push_back(
          {"site_column_unused",
           fmt::format("{}: column \"{}\" is not read; did you mean \"{}\"?", table_.path, column, near)});
    }
  }

  [[nodiscard]] static std::string value(const TableRow& row, const std::string& column) {
    const auto found = row.values.find(column);
    return found == row.values.end() ? std::string{} : std::string(trimmed(found->second));
  }

  void fault(const TableRow& row, const std::string& column, std::string message, std::string legal = {}) {
    document_.add({.message = std::move(message),
                   .file = table_.path,
                   .line = row.line,
                   .key = column,
                   .value = value(row, column),
                   .legal = std::move(legal)});
  }

  /// Rows that do the same are one line.
  void habit(const TableRow& row, const std::string& column, const std::string& name, std::string message,
             std::string legal) {
    if (name.empty()) return fault(row, column, std::move(message), std::move(legal));
    habits_.add(name, {.message = std::move(message),
                       .file = table_.path,
                       .line = row.line,
                       .key = column,
                       .value = value(row, column),
                       .legal = std::move(legal)});
  }

  /// True, and a fault of its own, for a latitude that is a longitude.
  bool swapped(const TableRow& row) {
    const std::optional<double> lon = parse_number(value(row, "lon"));
    const std::optional<double> lat = parse_number(value(row, "lat"));
    if (!lon || !lat || !are_swapped({*lon, *lat})) return false;
    habit(row, "lat", "swapped", "out of range: are longitude and latitude swapped?",
          key_of(schema_section("site"), "lat")->range.text() + " deg");
    return true;
  }

  std::optional<double> number(const TableRow& row, const std::string& column, const SchemaKey& key) {
    const std::string text = value(row, column);
    if (text.empty()) return std::nullopt;
    const std::optional<double> written = parse_number(text);
    if (!written) {
      const NumberFault why = number_fault(text);
      habit(row, column, why.habit, why.message, key.range.text());
      return std::nullopt;
    }
    const double parsed = *written;
    const bool whole = key.type != ValueType::integer || parsed == std::floor(parsed);
    if (whole && !key.range.contains(parsed)) {
      const NumberFault why = range_fault(column, key, parsed);
      habit(row, column, why.habit, why.message, key.range.text() + (key.unit == "1" ? "" : " " + key.unit));
      return std::nullopt;
    }
    if (!whole) {
      fault(row, column, "is not a whole number", key.range.text() + (key.unit == "1" ? "" : " " + key.unit));
      return std::nullopt;
    }
    return parsed;
  }

  std::optional<bool> yes_or_no(const TableRow& row, const std::string& column) {
    const std::string text = value(row, column);
    if (text.empty()) return std::nullopt;
    for (const char* yes : {"1", "true", "TRUE", "yes"}) {
      if (text == yes) return true;
    }
    for (const char* no : {"0", "false", "FALSE", "no"}) {
      if (text == no) return false;
    }
    fault(row, column, "is neither yes nor no", "true | false");
    return std::nullopt;
  }

  std::optional<double> coordinate(const TableRow& row, const std::string& column) {
    const auto parsed = number(row, column, *key_of(schema_section("site"), column));
    if (!parsed && value(row, column).empty()) fault(row, column, "is empty");
    return parsed;
  }

  void read_row(SiteList& out, const TableRow& row, const Sector& defaults) {
    const std::string id = value(row, "site_id");
    if (id.empty()) fault(row, "site_id", "is empty");
    if (swapped(row)) return;
    const auto lon = coordinate(row, "lon");
    const auto lat = coordinate(row, "lat");
    const std::string usual = candidates_ ? "candidate" : "existing";
    const std::string status = value(row, "status").empty() ? usual : value(row, "status");
    if (status != "existing" && status != "candidate")
      fault(row, "status", "unknown word", "existing | candidate");
    if (candidates_ && status == "existing")
      fault(row, "status", "the sites of this file are candidates: an existing one belongs into that of [sites]",
            "candidate");

    const SectorSource source = {
        .number =
            [&](const std::string& key) {
              return number(row, key, *key_of(schema_section("sector_defaults"), key));
            },
        .text = [&](const std::string& key) -> std::optional<std::string> {
          return value(row, key).empty() ? std::nullopt : std::optional(value(row, key));
        },
        .flag = [&](const std::string& key) { return yes_or_no(row, key); },
        .fault = [&](const std::string& key, std::string message) { fault(row, key, std::move(message)); }};
    Sector sector = overridden(defaults, source, antennas_);
    sector.id = value(row, "sector_id");
    if (id.empty() || !lon || !lat) return;
    // Files joined with cat, or a row copied: without an id of its own the sector would count twice.
    const auto [before, fresh] = rows_.emplace(row.values, row.line);
    if (!fresh && sector.id.empty()) {
      fault(row, "site_id", fmt::format("the same row stands in line {} already", before->second));
      return;
    }

    Site site{.id = id,
              .name = value(row, "name"),
              .operator_id = value(row, "operator"),
              .position = {*lon, *lat},
              .existing = status == "existing"};
    if (site.name.empty()) site.name = id;
    Site* same = merged(out, row, std::move(site));
    if (same != nullptr) add_sector(*same, row, std::move(sector));
  }

  /// The site of the row: new, or the one of earlier rows, which must agree.
  Site* merged(SiteList& out, const TableRow& row, Site site) {
    const auto [found, fresh] = index_.emplace(site.id, out.sites.size());
    if (fresh) {
      out.sites.push_back({std::move(site), {.message = {}, .file = table_.path, .line = row.line}});
      return &out.sites.back().site;
    }
    Site& known = out.sites[found->second].site;
    if (known.position != site.position || known.existing != site.existing ||
        known.operator_id != site.operator_id) {
      fault(row, "site_id",
            fmt::format("site {} stands elsewhere, or has another status or operator, in line {}", site.id,
                        out.sites[found->second].where.line));
      return nullptr;
    }
    return &known;
  }

  void add_sector(Site& site, const TableRow& row, Sector sector) {
    if (const std::string why = twice(site, sector); !why.empty()) {
      fault(row, "sector_id", why);
      return;
    }
    if (const std::string why = backwards(site, sector); !why.empty()) fault(row, "year", why);
    site.sectors.push_back(std::move(sector));
  }

  static void number_sectors(Site& site) {
    for (std::size_t i = 0; i < site.sectors.size(); ++i) {
      if (site.sectors[i].id.empty()) site.sectors[i].id = std::to_string(i + 1);
    }
  }

  Document& document_;
  const SourceTable& table_;
  const Antennas& antennas_;
  bool candidates_;
  std::map<std::string, std::size_t> index_;
  std::map<std::map<std::string, std::string>, int> rows_;
  HabitFaults habits_;
};

LocatedSite inline_site(Document& document, const SectionView& view, const Sector& defaults,
                        const Antennas& antennas) {
  LocatedSite located;
  Site& site = located.site;
  site.id = view.text("id");
  site.name = view.given("name") ? view.text("name") : site.id;
  site.position = {view.number("lon"), view.number("lat")};
  site.operator_id = view.text("operator");
  site.existing = view.text("status") == "existing";
  located.where = view.fault("id", "");
  for (const SectionView& child : document.sections(view, "site.sector")) {
    Sector sector = overridden(defaults, source_of(document, child), antennas);
    sector.id = child.given("id") ? child.text("id") : std::to_string(site.sectors.size() + 1);
    if (const std::string why = twice(site, sector); !why.empty()) document.add(child.fault("id", why));
    if (const std::string why = backwards(site, sector); !why.empty()) document.add(child.fault("year", why));
    site.sectors.push_back(std::move(sector));
  }
  if (site.sectors.empty()) {
    site.sectors.push_back(defaults);
    site.sectors.back().id = "1";
  }
  return located;
}

void check_unique(Document& document, const SiteList& list) {
  std::map<std::string, const Fault*> seen;
  for (const LocatedSite& located : list.sites) {
    const auto [found, fresh] = seen.emplace(located.site.id, &located.where);
    if (fresh) continue;
    Fault fault = located.where;
    fault.message = fmt::format("site {} is defined twice; first in {}:{}", located.site.id, found->second->file,
                                found->second->line);
    document.add(std::move(fault));
  }
}

/// What --set site.ID.KEY can set, by the schema of sites and sectors.
const Schema& site_setting_schema() {
  static const Schema kSchema = [] {
    SchemaSection section{.name = "site", .kind = SectionKind::table, .doc = "One site."};
    for (const char* key : {"name", "lon", "lat", "status", "operator"})
      section.keys.push_back(*key_of(schema_section("site"), key));
    for (SchemaKey& key : section.keys) key.required = false;
    const std::vector<SchemaKey>& of_sectors = schema_section("sector_defaults").keys;
    section.keys.insert(section.keys.end(), of_sectors.begin(), of_sectors.end());
    return Schema{std::move(section)};
  }();
  return kSchema;
}

/// --set site.ID.KEY=VALUE of every sector, site.ID/SECTOR.KEY=VALUE of one.
class SiteSettings {
 public:
  SiteSettings(Document& document, SiteList& list, const Antennas& antennas)
      : document_(document), list_(list), antennas_(antennas) {}

  /// Those of single sectors last, whatever the order in which they were given.
  void apply() {
    std::vector<std::pair<std::string, std::string>> of_sectors;
    for (const auto& setting : document_.site_settings()) {
      const std::string id = id_of(setting.first);
      if (LocatedSite* located = site(id)) {
        apply(*located, {}, setting);
      } else if (id.find('/') != std::string::npos && site(id.substr(0, id.rfind('/'))) != nullptr) {
        of_sectors.push_back(setting);
      } else {
        fault(setting, "there is no site of this id" + near_site(id));
      }
    }
    for (const auto& setting : of_sectors) {
      const std::string id = id_of(setting.first);
      const std::size_t slash = id.rfind('/');
      apply(*site(id.substr(0, slash)), id.substr(slash + 1), setting);
    }
    if (!document_.site_settings().empty()) check_carriers();
  }

 private:
  using Setting = std::pair<std::string, std::string>;
  static constexpr std::string_view kPrefix = "site.";

  /// "S01" of "site.S01.status"; an id may hold dots.
  static std::string id_of(const std::string& key) {
    return key.substr(kPrefix.size(), key.rfind('.') - kPrefix.size());
  }
  void fault(const Setting& setting, std::string message) {
    document_.add({.message = std::move(message), .file = "--set", .key = setting.first, .value = setting.second});
  }
  LocatedSite* site(const std::string& id) {
    const auto found = std::find_if(list_.sites.begin(), list_.sites.end(),
                                    [&](const LocatedSite& located) { return located.site.id == id; });
    return found == list_.sites.end() ? nullptr : &*found;
  }
  [[nodiscard]] std::string near_site(const std::string& id) const {
    std::vector<std::string> known;
    for (const LocatedSite& located : list_.sites) known.push_back(located.site.id);
    const std::string near = nearest(id, known);
    return near.empty() ? std::string{} : "; did you mean \"" + near + "\"?";
  }

  void apply(LocatedSite& located, const std::string& sector_id, const Setting& setting) {
    const std::string key = setting.first.substr(setting.first.rfind('.') + 1);
    TomlNode root{.value = TomlNode::Table{}};
    apply_setting(root, "site." + key, setting.second);
    std::vector<Fault> faults = check_document(root, "--set", site_setting_schema());
    for (Fault& wrong : faults) {
      wrong.key = setting.first;
      document_.add(std::move(wrong));
    }
    if (!faults.empty()) return;
    const SectionView view = section_of(root, "site", "--set", site_setting_schema());
    if (key_of(schema_section("sector_defaults"), key) != nullptr) {
      set_sectors(located.site, sector_id, view, setting);
    } else if (sector_id.empty()) {
      set_site(located.site, view);
    } else {
      fault(setting, "is a key of the whole site");
    }
  }

  /// What the lists themselves were checked for.
  void check_carriers() {
    for (const LocatedSite& located : list_.sites) {
      Site before;
      before.id = located.site.id;
      for (const Sector& sector : located.site.sectors) {
        for (const std::string& why : {twice(before, sector), backwards(before, sector)}) {
          if (!why.empty()) document_.add({.message = why, .file = "--set", .key = "site." + before.id});
        }
        before.sectors.push_back(sector);
      }
    }
  }

  static void set_site(Site& site, const SectionView& view) {
    if (view.given("name")) site.name = view.text("name");
    if (view.given("operator")) site.operator_id = view.text("operator");
    if (view.given("status")) site.existing = view.text("status") == "existing";
    if (view.given("lon")) site.position.lon_deg = view.number("lon");
    if (view.given("lat")) site.position.lat_deg = view.number("lat");
  }

  void set_sectors(Site& site, const std::string& sector_id, const SectionView& view, const Setting& setting) {
    bool any = false;
    for (Sector& sector : site.sectors) {
      if (!sector_id.empty() && sector.id != sector_id) continue;
      sector = overridden(std::move(sector), source_of(document_, view), antennas_);
      any = true;
    }
    if (!any) fault(setting, "site " + site.id + " has no sector of this id");
  }

  Document& document_;
  SiteList& list_;
  const Antennas& antennas_;
};

}  // namespace

SiteList read_sites(Document& document, const Antennas& antennas) {
  SiteList out;
  const SectionView defaults_view = document.section("sector_defaults");
  const Sector defaults = overridden(Sector{}, source_of(document, defaults_view), antennas);
  const SectionView file = document.section("sites");
  if (file.given("path")) {
    document.attempt(file, "path", [&] {
      const SourceTable table = read_table(document.path_of(file), file.text("layer"), site_columns());
      SiteTable(document, table, antennas).read(out, defaults);
    });
  }
  for (const SectionView& view : document.sections("selection.candidates")) {
    document.attempt(view, "path", [&] {
      const SourceTable table = read_table(document.path_of(view), view.text("layer"), site_columns());
      SiteTable(document, table, antennas, true).read(out, defaults);
    });
  }
  for (const SectionView& view : document.sections("site")) {
    out.sites.push_back(inline_site(document, view, defaults, antennas));
  }
  check_unique(document, out);
  SiteSettings(document, out, antennas).apply();
  const auto planned = [](const LocatedSite& located) { return located.site.existing; };
  const bool may_be_chosen = document.section("selection").node() != nullptr;
  if (!document.faulty() && !may_be_chosen && std::none_of(out.sites.begin(), out.sites.end(), planned)) {
    document.add(
        {.message = "no existing site: name a file in [sites] or write [[site]]", .file = document.file()});
  }
  return out;
}

}  // namespace amaneku::scenarios
