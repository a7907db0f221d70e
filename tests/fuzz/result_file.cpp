#include "libsim/result/result_io_read.hpp"
#include "tests/fuzz/target.hpp"

/// A result.h5 of a stranger.
AMANEKU_FUZZ_TARGET(result_file) {
  const amaneku::ResultReader reader(amaneku::fuzz::file_of(bytes, "result.h5"));
  const amaneku::Grid& grid = reader.plan().grid;
  static_cast<void>(reader.cell(0, 0));
  static_cast<void>(reader.cell(grid.nx - 1, grid.ny - 1));
}
