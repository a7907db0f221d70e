#include "propagation/added_losses.hpp"

#include <string>

#include "terrain/error.hpp"
#include "tests/support/catch.hpp"

using namespace amaneku;

namespace {

PathGeometry level(const Link& link, double distance_m) {
  return {.distance_m = distance_m, .tx_asl_m = link.tx_agl_m, .rx_asl_m = link.rx_agl_m, .samples = 2};
}

std::vector<RadioModel> every_added_loss() {
  std::vector<RadioModel> all;
  for (const std::string& id : model_ids(Role::added)) all.push_back(make_model(id));
  return all;
}

}  // namespace

TEST_CASE("added losses look only at the ends of the path: no scan needs to know of them") {
  for (const ModelInfo& info : model_infos()) {
    INFO(info.id);
    if (info.role == Role::added) CHECK(info.terrain == Terrain::none);
  }
}

TEST_CASE("the sum of added losses is what explain says of each") {
  const std::vector<RadioModel> added = every_added_loss();
  REQUIRE(added.size() >= 3);
  const Link link{.freq_hz = 28e9, .tx_agl_m = 25.0, .rx_agl_m = 1.5};
  const AddedLosses sum(added, link);
  CHECK_FALSE(sum.empty());
  for (const double distance_m : {30.0, 500.0, 4000.0}) {
    const PathGeometry path = level(link, distance_m);
    const TotalLoss total = explain_total(FreeSpace{}, added, link, path);
    REQUIRE(total.added.size() == added.size());
    double expected = total.path.loss_db;
    for (const PathLoss& loss : total.added) expected += loss.loss_db;
    CHECK(total.loss_db == Approx(expected).margin(1e-9));
    CHECK(total.path.loss_db + sum.loss_db(path) == Approx(expected).margin(1e-9));
  }
}

TEST_CASE("no added losses cost and change nothing") {
  CHECK(AddedLosses().empty());
  CHECK(AddedLosses({}, Link{}).loss_db(level(Link{}, 1000.0)) == 0.0);
}

TEST_CASE("a model in the wrong role is refused with the legal ids") {
  const auto message = [](const auto& body) -> std::string {
    try {
      body();
    } catch (const InputError& error) {
      return error.what();
    }
    return "";
  };
  const std::string wrong_path = message([] { require_path_model(P676{}, "propagation.model"); });
  CHECK(wrong_path.find("propagation.model = \"p676\": has the role \"added\"") == 0);
  CHECK(wrong_path.find("free_space") != std::string::npos);
  const std::string wrong_added = message([] { require_added_loss(P526{}, "added_loss"); });
  CHECK(wrong_added.find("added_loss = \"p526\": has the role \"path\"") == 0);
  CHECK(wrong_added.find("p676") != std::string::npos);
}

TEST_CASE("the text of a model names what differs from the defaults") {
  CHECK(model_text(P526{}) == "p526");
  CHECK(model_text(make_model(
            "p2109", std::vector<ParameterValue>{{"location_percent", 90.0},
                                                 {"building_type", std::string("thermally_efficient")}})) ==
        "p2109 (building_type = thermally_efficient, location_percent = 90 %)");
}
