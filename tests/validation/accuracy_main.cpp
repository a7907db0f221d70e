// amaneku_accuracy DIR [CSV]: the models against the measured links of DIR (shared data, measurements). Prints the
// table of docs/methods/accuracy.md; CSV gets every prediction, for docs/images/plot_accuracy.py.
#include <fmt/format.h>

#include <exception>
#include <fstream>
#include <span>

#include "tests/validation/accuracy.hpp"

namespace {

void write_predictions(const char* path, const amaneku::test::Measurements& measurements) {
  std::ofstream file(path);
  file << "model,station,freq_ghz,distance_km,time_percent,measured_db,computed_db,published_db\n";
  for (const std::string& model : amaneku::test::compared_models()) {
    for (const auto& p : amaneku::test::predictions(model, measurements)) {
      file << fmt::format("{},{},{:.3f},{:.1f},{},{:.1f},{:.2f},{:.1f}\n", model, p.loss.station, p.freq_hz * 1e-9,
                          p.distance_m * 1e-3, p.loss.time_percent, p.loss.measured_db, p.computed_db,
                          p.loss.reference_db);
    }
  }
}

}  // namespace

int main(int argc, char** argv) {
  const std::span<char*> args(argv, static_cast<std::size_t>(argc));
  if (argc != 2 && argc != 3) {
    fmt::print(stderr, "usage: amaneku_accuracy DIR [CSV]\n");
    return 2;
  }
  try {
    const amaneku::test::Measurements measurements = amaneku::test::read_measurements(args[1]);
    fmt::print("{}", amaneku::test::accuracy_table(measurements));
    if (argc == 3) write_predictions(args[2], measurements);
    return 0;
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 2;
  }
}
