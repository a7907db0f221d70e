// What a result says about where it came from.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace amaneku {

/// Words of a Provenance on Japanese pages; empty: there is none, and the other stands there too.
struct JapaneseWords {
  std::string scenario_name{};
  std::string scenario_description{};
  std::string vertical_datum{};  ///< of World::vertical_datum
  std::vector<std::string> credits{};
};

struct Provenance {
  std::string scenario_name{};
  std::string scenario_description{};  ///< the question that the plan answers
  std::string scenario_file{};
  std::string scenario_text{};
  bool synthetic = false;  ///< any input generated or spread; labelled everywhere
  std::vector<std::string> synthetic_parts{};
  std::uint64_t seed = 0;
  std::map<std::string, std::string> input_sha256{};  ///< by path as written in the scenario
  std::vector<std::string> credits{};                 ///< 出典: data credits to be printed
  std::map<std::string, std::string> settings{};      ///< --set overrides
  JapaneseWords japanese{};
};

}  // namespace amaneku
