#include "scenarios/read/radio_carriers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <tuple>

#include "libsim/maps/interference.hpp"
#include "libsim/radio/power_limits.hpp"
#include "scenarios/catalogue/radio_catalogue.hpp"
#include "terrain/fault_list.hpp"
#include "terrain/files/text_file.hpp"

namespace amaneku::scenarios {
namespace {

const CarrierWidth* width_of_subcarriers(const RadioTechnology& technology, int subcarriers) {
  const auto found = std::find_if(technology.widths.begin(), technology.widths.end(),
                                  [&](const CarrierWidth& w) { return w.subcarriers == subcarriers; });
  return found == technology.widths.end() ? nullptr : &*found;
}

bool inside_band(const RadioTechnology& technology, double freq_hz, double bandwidth_hz) {
  return freq_hz - 0.5 * bandwidth_hz >= technology.freq_min_hz &&
         freq_hz + 0.5 * bandwidth_hz <= technology.freq_max_hz;
}

/// Wi-Fi and LPWA have modulation and coding schemes of their own.
bool takes_link_curve(const RadioTechnology& technology) {
  return technology.duplex != Duplex::shared;
}

/// The width that a sector asks for: by bandwidth where it says one, else by subcarriers.
const CarrierWidth* wanted_width(const RadioTechnology& technology, const Sector& sector) {
  return sector.bandwidth_hz > 0.0 ? width_of(technology, sector.bandwidth_hz)
                                   : width_of_subcarriers(technology, sector.subcarriers);
}

/// The technology with the narrowest band around the carrier that has the width asked for.
const RadioTechnology* technology_by_frequency(const RadioCatalogue& catalogue, const Sector& sector) {
  const RadioTechnology* best = nullptr;
  for (const RadioTechnology& technology : catalogue.technologies) {
    const CarrierWidth* width = wanted_width(technology, sector);
    if (width == nullptr || !inside_band(technology, sector.freq_hz, width->bandwidth_hz)) continue;
    const auto band_hz = [](const RadioTechnology& t) { return t.freq_max_hz - t.freq_min_hz; };
    if (best == nullptr || band_hz(technology) < band_hz(*best)) best = &technology;
  }
  return best;
}

/// As written in a scenario and as a message has it: nr_n79 and "nr_n79", 7e6 and 7e+06.
bool same_value(std::string_view written, std::string_view told) {
  if (written.size() >= 2 && written.front() == '"') written = written.substr(1, written.size() - 2);
  if (told.size() >= 2 && told.front() == '"') told = told.substr(1, told.size() - 2);
  const std::optional<double> number = parse_number(written);
  return number ? number == parse_number(told) : written == told;
}

class Assignment {
 public:
  Assignment(Document& document, const RadioCatalogue& catalogue, const std::string& link_curve)
      : document_(document), catalogue_(catalogue), link_curve_(link_curve) {}

  void assign(LocatedSite& located) {
    if (located.site.existing) ++(located.site.operator_id.empty() ? nameless_ : named_);
    for (Sector& sector : located.site.sectors) {
      try {
        assign(located, sector);
      } catch (const InputError& error) {
        for (const Fault& fault : error.faults()) place(located, sector, fault);
      }
    }
    check_overlaps(located);
  }

  /// One cause, one line: of what stands in [sector_defaults] that section is told, of equal rows the first.
  void tell_faults() {
    for (Fault& fault : habits_.take()) document_.add(std::move(fault));
  }

  [[nodiscard]] std::vector<Warning> warnings() {
    if (unknown_ > 0) {
      warnings_.push_back({"radio_technology_unknown",
                           "sectors whose frequency and width (bandwidth_hz, else subcarriers) fit no technology "
                           "of the catalogue: no SINR "
                           "and no rates (say sector_defaults.technology, see `amaneku technologies`)",
                           unknown_});
    }
    if (named_ > 0 && nameless_ > 0) {
      warnings_.push_back({"operator_not_named",
                           "sites that name no operator while others do: they count as one operator more",
                           nameless_});
    }
    check_tdd();
    for (const std::string& id : used_) warn_of_unverified(id);
    return merged_by_text();
  }

 private:
  void assign(const LocatedSite& located, Sector& sector) {
    const RadioTechnology* technology = sector.technology.empty() ? technology_by_frequency(catalogue_, sector)
                                                                  : &technology_of(catalogue_, sector.technology);
    if (technology == nullptr) {
      if (located.site.existing) ++unknown_;
      return;
    }
    if (technology->duplex == Duplex::fdd && technology->duplex_spacing_hz >= sector.freq_hz) {
      throw InputError(
          Fault{.message = technology->id + " has its uplink " +
                           fmt::format("{:g} MHz below the downlink", technology->duplex_spacing_hz / 1e6),
                .key = "freq_hz",
                .value = fmt::format("{:g}", sector.freq_hz),
                .legal = fmt::format("> {:g} Hz", technology->duplex_spacing_hz)});
    }
    sector.carrier = carrier(*technology, bandwidth_hz(*technology, sector));
    sector.technology = technology->id;
    sector.bandwidth_hz = sector.carrier->width.bandwidth_hz;
    sector.subcarriers = sector.carrier->width.subcarriers;
    if (!located.site.existing) return;
    used_.insert(technology->id);
    if (!link_curve_.empty() && !takes_link_curve(*technology)) {
      warnings_.push_back({"link_curve_not_applied",
                           "sectors that keep the curve of their technology, such as " + technology->id +
                               ": Wi-Fi and LPWA have schemes of their own",
                           1});
    }
    check_band(located.site, sector, *technology);
    check_power(located.site, sector, *technology);
  }

  [[nodiscard]] static double bandwidth_hz(const RadioTechnology& technology, const Sector& sector) {
    if (sector.bandwidth_hz > 0.0) return sector.bandwidth_hz;
    const CarrierWidth* width = width_of_subcarriers(technology, sector.subcarriers);
    if (width != nullptr) return width->bandwidth_hz;
    std::string known;
    for (const CarrierWidth& w : technology.widths) {
      known += fmt::format("{}{:g} MHz ({})", known.empty() ? "" : ", ", w.bandwidth_hz / 1e6, w.subcarriers);
    }
    throw InputError(Fault{.message = technology.id + " has no width of so many subcarriers: say bandwidth_hz",
                           .key = "subcarriers",
                           .value = std::to_string(sector.subcarriers),
                           .legal = known});
  }

  [[nodiscard]] std::shared_ptr<const Carrier> carrier(const RadioTechnology& technology, double bandwidth_hz) {
    auto& known = carriers_[{technology.id, bandwidth_hz}];
    if (known) return known;
    RadioTechnology used = technology;
    if (!link_curve_.empty() && takes_link_curve(technology))
      used.downlink.curve = used.uplink.curve = link_curve_;
    known = std::make_shared<const Carrier>(make_carrier(used, bandwidth_hz, catalogue_.curves));
    return known;
  }

  void place(const LocatedSite& located, const Sector& sector, Fault fault) {
    const std::string habit = fault.message + "\n" + fault.value;
    const SectionView defaults = document_.section("sector_defaults");
    if (defaults.given(fault.key)) {
      const Fault there = defaults.fault(fault.key, fault.message);
      if (same_value(there.value, fault.value)) {
        if (blamed_.insert(fault.key + "\n" + habit).second) {
          document_.add({.message = fault.message,
                         .file = there.file,
                         .line = there.line,
                         .column = there.column,
                         .key = there.key,
                         .value = there.value,
                         .legal = fault.legal});
        }
        return;
      }
    }
    const Fault& where = located.where;
    fault.message = fmt::format("site {}, sector {}: {}", located.site.id, sector.id, fault.message);
    fault.file = where.file;
    fault.line = where.line;
    fault.column = where.column;
    habits_.add(where.file + "\n" + habit, std::move(fault));
  }

  void check_overlaps(const LocatedSite& located) {
    const std::vector<Sector>& sectors = located.site.sectors;
    for (std::size_t a = 0; a < sectors.size(); ++a) {
      for (std::size_t b = a + 1; b < sectors.size(); ++b) {
        if (sectors[a].id != sectors[b].id || !sectors[a].carrier || !sectors[b].carrier) continue;
        const double apart_hz = std::abs(sectors[a].freq_hz - sectors[b].freq_hz);
        if (apart_hz >= 0.5 * (sectors[a].bandwidth_hz + sectors[b].bandwidth_hz)) continue;
        place(located, sectors[b],
              {.message = fmt::format("its carriers at {:.6g} and {:.6g} MHz overlap ({:g} and {:g} MHz wide)",
                                      sectors[a].freq_hz / 1e6, sectors[b].freq_hz / 1e6,
                                      sectors[a].bandwidth_hz / 1e6, sectors[b].bandwidth_hz / 1e6),
               .key = "freq_hz",
               .value = fmt::format("{:g}", sectors[b].freq_hz),
               .legal = fmt::format("{:g} Hz or more apart",
                                    0.5 * (sectors[a].bandwidth_hz + sectors[b].bandwidth_hz))});
      }
    }
  }

  void check_band(const Site& site, const Sector& sector, const RadioTechnology& technology) {
    if (inside_band(technology, sector.freq_hz, sector.bandwidth_hz)) return;
    warnings_.push_back(
        {"carrier_outside_band",
         fmt::format("carriers that reach beyond the band of {} ({:g} .. {:g} MHz), such as {} / {}",
                     technology.id, technology.freq_min_hz / 1e6, technology.freq_max_hz / 1e6, site.id,
                     sector.id),
         1});
  }

  void check_power(const Site& site, const Sector& sector, const RadioTechnology& technology) {
    const double connector_dbm = sector.power_dbm - sector.feeder_loss_db;
    const double eirp_dbm = connector_dbm + max_traffic_gain_dbi(sector.antenna);
    const std::optional<Warning> indoor =
        sector.indoor ? std::nullopt : indoor_warning(technology, sector.freq_hz, sector.bandwidth_hz);
    for (std::optional<Warning> warning : {eirp_warning(technology, eirp_dbm, sector.bandwidth_hz),
                                           conducted_warning(technology, connector_dbm, sector.bandwidth_hz),
                                           unknown_limit_warning(technology, connector_dbm), indoor}) {
      if (!warning) continue;
      warning->message = fmt::format("site {}, sector {}: {}", site.id, sector.id, warning->message);
      warning->count = 1;
      warnings_.push_back(std::move(*warning));
    }
    patterns_.insert({channel_of(sector).freq_hz, channel_of(sector).occupied_hz, sector.carrier->tdd_pattern});
  }

  void check_tdd() {
    long long pairs = 0;
    std::string example;
    for (auto a = patterns_.begin(); a != patterns_.end(); ++a) {
      for (auto b = std::next(a); b != patterns_.end(); ++b) {
        if (a->pattern == b->pattern || a->pattern.empty() || b->pattern.empty()) continue;
        if (interference_share({a->freq_hz, a->occupied_hz, 1.0}, {b->freq_hz, b->occupied_hz, 1.0}) <= 0.0)
          continue;
        if (pairs++ == 0) example = a->pattern + " and " + b->pattern;
      }
    }
    if (pairs == 0) return;
    warnings_.push_back({"tdd_patterns_differ",
                         "pairs of overlapping carriers whose TDD patterns differ (" + example +
                             "): base station interferes with base station, which no map here shows",
                         pairs});
  }

  void warn_of_unverified(const std::string& id) {
    const RadioTechnology& technology = technology_of(catalogue_, id);
    std::string keys;
    long long count = 0;
    for (const ValueSource& source : technology.sources) {
      if (source.verified) continue;
      keys += (keys.empty() ? "" : ", ") + source.key;
      ++count;
    }
    if (count == 0) return;
    warnings_.push_back(
        {"radio_values_unverified",
         fmt::format("{}: values of the catalogue that were not checked against their source: {}", id, keys),
         count});
  }

  /// Many sectors break the same rule: the first message of an id stands for all, with their number.
  [[nodiscard]] std::vector<Warning> merged_by_text() const {
    std::vector<Warning> out;
    for (const Warning& warning : warnings_) {
      const auto same = std::find_if(out.begin(), out.end(), [&](const Warning& w) { return w.id == warning.id; });
      if (same == out.end() || warning.id == "radio_values_unverified") {
        out.push_back(warning);
      } else {
        same->count += warning.count;
      }
    }
    return out;
  }

  struct Pattern {
    double freq_hz;
    double occupied_hz;
    std::string pattern;
    friend bool operator<(const Pattern& a, const Pattern& b) {
      return std::tie(a.freq_hz, a.occupied_hz, a.pattern) < std::tie(b.freq_hz, b.occupied_hz, b.pattern);
    }
  };

  Document& document_;
  const RadioCatalogue& catalogue_;
  const std::string& link_curve_;
  std::map<std::pair<std::string, double>, std::shared_ptr<const Carrier>> carriers_{};
  std::set<std::string> used_{};
  std::set<Pattern> patterns_{};
  long long unknown_ = 0;
  long long named_ = 0;  ///< existing sites with an operator
  long long nameless_ = 0;
  std::vector<Warning> warnings_{};
  HabitFaults habits_{};
  std::set<std::string> blamed_{};  ///< faults of [sector_defaults] that were told
};

}  // namespace

std::vector<Warning> assign_carriers(Document& document, const RadioCatalogue& catalogue,
                                     const std::string& link_curve, std::vector<LocatedSite>& sites) {
  Assignment assignment(document, catalogue, link_curve);
  for (LocatedSite& located : sites) assignment.assign(located);
  assignment.tell_faults();
  return assignment.warnings();
}

}  // namespace amaneku::scenarios
