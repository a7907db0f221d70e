#include "propagation/models.hpp"
#include "tests/support/catch.hpp"

using namespace amaneku;

TEST_CASE("parameter values build the same model again") {
  const std::vector<ParameterValue> asked = {{"area", "suburban"},
                                             {"interpolation", "weighted"},
                                             {"building_loss_db", 12.5},
                                             {"terrain_correction_db", -3.0}};
  const std::vector<ParameterValue> told = parameter_values(make_model("mic_local5g_sub6", asked));
  REQUIRE(told.size() == asked.size());
  for (std::size_t i = 0; i < asked.size(); ++i) {
    CHECK(told[i].name == asked[i].name);
    CHECK(told[i].value == asked[i].value);
  }
  CHECK(parameter_values(P526{}).empty());
}
