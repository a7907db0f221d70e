// The words of --lang.
#pragma once

#include <map>
#include <string>

#include "scenarios/output/outputs.hpp"

namespace amaneku::cli {

inline const std::map<std::string, scenarios::Language> kLanguages = {{"en", scenarios::Language::en},
                                                                      {"ja", scenarios::Language::ja}};

}  // namespace amaneku::cli
