// result.h5: the whole result, chunked and compressed, with provenance. Only result_io*.cpp use HDF5.
// The schema is docs/formats/result_h5.md; the version changes with it.
#pragma once

#include <filesystem>

#include "libsim/plan/plan.hpp"
#include "libsim/result/table.hpp"

namespace amaneku {

inline constexpr int kResultFormatMajor = 3;
inline constexpr int kResultFormatMinor = 0;

/// Writes under a temporary name, flushes, reopens, renames: the file is complete or absent. The same result
/// gives the same bytes, for any number of threads; timing is not in the file. Throws InputError if the folder
/// is not writable or the disk is full. HDF5 is not made for threads: calls wait for each other, but a program
/// that uses the same HDF5 library elsewhere (h5py of a Debian system) must not do so meanwhile.
/// `tables`: plan_tables() and those of the studies, each name once. `threads` pack the grids; 0: as many as the
/// coverage of the plan asks for.
void write_result(const std::filesystem::path& path, const PlanInput& input, const PlanResult& result,
                  const std::vector<Table>& tables, int threads = 0);

}  // namespace amaneku
