// The catalogue for programs.
#include <cmath>
#include <nlohmann/json.hpp>

#include "libsim/radio/carrier.hpp"
#include "scenarios/catalogue/radio_catalogue.hpp"

namespace amaneku::scenarios {
namespace {

using Json = nlohmann::ordered_json;

/// JSON has no NaN: what is not known is null.
Json known(double value) {
  return std::isfinite(value) ? Json(value) : Json(nullptr);
}

const char* duplex_word(Duplex duplex) {
  return duplex == Duplex::tdd ? "tdd" : duplex == Duplex::fdd ? "fdd" : "shared";
}

Json widths_json(const RadioTechnology& technology, const std::vector<LinkCurve>& curves) {
  Json out = Json::array();
  for (const CarrierWidth& width : technology.widths) {
    const PeakRates peak = peak_rates(make_carrier(technology, width.bandwidth_hz, curves));
    out.push_back({{"bandwidth_hz", width.bandwidth_hz},
                   {"subcarrier_spacing_hz", width.subcarrier_spacing_hz},
                   {"subcarriers", width.subcarriers},
                   {"symbols_per_s", width.symbols_per_s},
                   {"peak_downlink_bps", peak.downlink_bps},
                   {"peak_uplink_bps", peak.uplink_bps}});
  }
  return out;
}

Json direction_json(const LinkDirection& direction) {
  return {{"layers", direction.layers},
          {"curve", direction.curve},
          {"overhead", direction.overhead},
          {"noise_figure_db", direction.noise_figure_db}};
}

Json sources_json(const std::vector<ValueSource>& sources) {
  Json out = Json::array();
  for (const ValueSource& source : sources)
    out.push_back({{"key", source.key}, {"source", source.source}, {"verified", source.verified}});
  return out;
}

Json indoor_json(const PowerLimits& limits) {
  if (limits.indoor_max_hz <= limits.indoor_min_hz) return nullptr;
  return Json::array({limits.indoor_min_hz, limits.indoor_max_hz});
}

Json technology_json(const RadioTechnology& technology, const std::vector<LinkCurve>& curves) {
  return {
      {"id", technology.id},
      {"name", technology.name},
      {"name_ja", technology.name_ja},
      {"freq_min_hz", technology.freq_min_hz},
      {"freq_max_hz", technology.freq_max_hz},
      {"duplex", duplex_word(technology.duplex)},
      {"duplex_spacing_hz", technology.duplex_spacing_hz},
      {"tdd_pattern", technology.tdd_pattern},
      {"share_downlink", technology.share.downlink},
      {"share_uplink", technology.share.uplink},
      {"widths", widths_json(technology, curves)},
      {"downlink", direction_json(technology.downlink)},
      {"uplink", direction_json(technology.uplink)},
      {"device",
       {{"power_dbm", technology.device.power_dbm},
        {"gain_dbi", technology.device.gain_dbi},
        {"p0_dbm", technology.device.p0_dbm},
        {"alpha", technology.device.alpha}}},
      {"limits",
       {{"eirp_dbm", known(technology.limits.eirp_dbm)},
        {"conducted_dbm", known(technology.limits.conducted_dbm)},
        {"per_bandwidth_hz", technology.limits.per_bandwidth_hz},
        {"rule", technology.limits.rule},
        {"indoor_only_hz", indoor_json(technology.limits)},
        {"licence_power_dbm", known(technology.limits.licence_power_dbm)},
        {"hourly_airtime_s",
         technology.limits.hourly_airtime_s > 0.0 ? Json(technology.limits.hourly_airtime_s) : Json(nullptr)}}},
      {"rsrp_min_dbm", technology.rsrp_min_dbm},
      {"sinr_min_db", technology.sinr_min_db},
      {"sources", sources_json(technology.sources)}};
}

Json curve_json(const LinkCurve& curve) {
  Json sinr_db = Json::array();
  Json bits = Json::array();
  for (const RateStep& step : curve.steps) {
    sinr_db.push_back(step.sinr_db);
    bits.push_back(step.bits_per_symbol);
  }
  return {{"id", curve.id},
          {"source", curve.source},
          {"verified", curve.verified},
          {"sinr_db", sinr_db},
          {"bits_per_symbol", bits}};
}

}  // namespace

std::string radio_catalogue_json(const RadioCatalogue& catalogue) {
  Json technologies = Json::array();
  Json curves = Json::array();
  for (const RadioTechnology& technology : catalogue.technologies)
    technologies.push_back(technology_json(technology, catalogue.curves));
  for (const LinkCurve& curve : catalogue.curves) curves.push_back(curve_json(curve));
  return Json{{"technologies", technologies}, {"curves", curves}}.dump(2);
}

}  // namespace amaneku::scenarios
