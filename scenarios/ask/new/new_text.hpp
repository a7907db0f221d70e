// The text of the scenario that `amaneku new` writes.
#pragma once

#include <string>
#include <vector>

#include "scenarios/ask/new/carrier_choice.hpp"
#include "scenarios/ask/new/data_folder.hpp"
#include "scenarios/report/language.hpp"

namespace amaneku::scenarios {

struct NewText {
  const DataFolder& data;
  std::string name{};
  std::string crs{};
  LonLatBox area{};
  double grid_m = 30.0;
  std::string technology{};
  CarrierChoice carrier{};
  std::string prefix{};       ///< from the scenario to the data: "", "data/", "${AMANEKU_DATA}/town/"
  bool places = false;        ///< there is a places.csv
  bool sea = false;           ///< there is a sea.tif
  bool zones = false;         ///< there is a zone.tif
  bool designations = false;  ///< there is a municipalities.csv
  bool voids = false;         ///< there are cells without ground
  bool draft = false;         ///< on level ground, with one site in the middle: for reading who lives where
  Language language = Language::en;
};

/// Whether the model that the text names tells sea, coastal land and inland apart.
[[nodiscard]] bool asks_for_zones(const CarrierChoice& carrier) noexcept;

[[nodiscard]] std::string new_scenario_text(const NewText& text);

}  // namespace amaneku::scenarios
