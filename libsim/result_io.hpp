// result.h5: the whole result, chunked and compressed, with provenance. result_io.cpp is the only user of HDF5.
// The schema is docs/formats/result_h5.md; kResultFormat changes with it.
#pragma once

#include <filesystem>

#include "libsim/plan.hpp"

namespace amaneku {

inline constexpr int kResultFormatMajor = 1;
inline constexpr int kResultFormatMinor = 0;

/// Writes under a temporary name, flushes, reopens, renames. Throws InputError if the disk is full.
void write_result(const std::filesystem::path& path, const PlanInput& input, const PlanResult& result);


}  // namespace amaneku
