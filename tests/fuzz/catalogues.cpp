#include "scenarios/catalogue/costs_file.hpp"
#include "scenarios/catalogue/microwave_file.hpp"
#include "scenarios/catalogue/radio_catalogue.hpp"
#include "scenarios/catalogue/services_file.hpp"
#include "scenarios/catalogue/subsidy_rules_file.hpp"
#include "tests/fuzz/target.hpp"

/// Tables that users edit: the first byte says which.
AMANEKU_FUZZ_TARGET(catalogues) {
  using namespace amaneku::scenarios;
  if (bytes.empty()) return;
  const std::string_view text = bytes.substr(1);
  switch (bytes.front()) {
    case 'c':
      static_cast<void>(read_costs(text, "costs.toml", built_in_costs()));
      break;
    case 'm':
      static_cast<void>(read_microwave(text, "microwave.toml", built_in_microwave()));
      break;
    case 'r':
      static_cast<void>(read_radio_catalogue(text, "radio.toml", built_in_radio_catalogue()));
      break;
    case 's':
      static_cast<void>(read_services(text, "services.toml", built_in_services()));
      break;
    default:
      static_cast<void>(read_subsidy_rules(text, "rules.toml", built_in_subsidies().rules()));
      break;
  }
}
