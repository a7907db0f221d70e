#include <nlohmann/json.hpp>

#include "scenarios/ask/pathloss_lines.hpp"
#include "scenarios/ask/subsidy_lines.hpp"
#include "scenarios/catalogue/subsidy_rules_file.hpp"
#include "tests/fuzz/target.hpp"

/// One request, of either command: the answer is one JSON object on one line.
AMANEKU_FUZZ_TARGET(json_lines) {
  const std::string request(bytes);
  for (const std::string& answer :
       {amaneku::scenarios::pathloss_answer(request, amaneku::LossEngine::exact),
        amaneku::scenarios::subsidy_line(request, amaneku::scenarios::built_in_subsidies(), "")}) {
    amaneku::fuzz::require(nlohmann::json::parse(answer, nullptr, false).is_object());
    amaneku::fuzz::require(answer.find('\n') == std::string::npos);
  }
}
