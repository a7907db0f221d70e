#include "libsim/input/engine.hpp"

namespace amaneku {

std::string_view origin_word(ClimateOrigin::From from) noexcept {
  switch (from) {
    case ClimateOrigin::From::standard:
      return "standard";
    case ClimateOrigin::From::scenario:
      return "scenario";
    case ClimateOrigin::From::maps:
      return "maps";
    case ClimateOrigin::From::city:
      return "city";
  }
  return "";
}

std::string origin_text(const ClimateOrigin& origin) {
  std::string out(origin_word(origin.from));
  if (!origin.detail.empty()) out += ": " + origin.detail;
  return origin.estimated ? out + ", estimated" : out;
}

}  // namespace amaneku
