#include <array>

#include "libsim/result/result_io.hpp"
#include "libsim/result/result_io_parts.hpp"

namespace amaneku {
namespace result_file {
namespace {

void write_parts(hid_t file, const PlanInput& input, const PlanResult& result, const std::vector<Table>& tables,
                 int threads) {
  write_root_attributes(file, input);
  write_grids(file, input, result, threads);
  for (const Table& table : tables) write_table(file, table);
  write_warnings(file, result.warnings);
  write_settings(file, input, result);
  write_provenance(file, input);
}

}  // namespace
}  // namespace result_file

void write_result(const std::filesystem::path& path, const PlanInput& input, const PlanResult& result,
                  const std::vector<Table>& tables, int threads) {
  static constexpr std::array<const char*, 2> kParts = {"rsrp_dbm", "provenance/scenario_text"};
  const int used = threads > 0 ? threads : input.engine.coverage.threads;
  result_file::write_file(
      path, [&](hid_t file) { result_file::write_parts(file, input, result, tables, used); }, kParts);
}

}  // namespace amaneku
