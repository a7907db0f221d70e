#include <cstdio>

#include "libsim/plan/plan.hpp"
#include "propagation/models.hpp"

int main() {
  const amaneku::Profile profile{.distance_m = {0.0, 5'000.0, 10'000.0}, .ground_asl_m = {0.0, 0.0, 0.0}};
  const amaneku::Link link{.freq_hz = 1e9, .tx_agl_m = 30.0, .rx_agl_m = 30.0};
  const amaneku::RadioModel model = amaneku::make_model("free_space");
  std::printf("%.4f\n", amaneku::explain(model, link, amaneku::extract_path(link, profile.view())).loss_db);
  return amaneku::PlanInput{}.network.sites.empty() ? 0 : 1;
}
