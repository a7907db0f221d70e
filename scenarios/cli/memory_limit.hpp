// --memory is kept: an allocation beyond it fails.
#pragma once

#include <cstdint>

namespace amaneku::cli {

/// Holds what this process allocates, with the files of its program and libraries, to `bytes`; the stacks of
/// `threads` threads (0: all cores) come on top, because little of them is used. Where the system cannot, it is
/// not.
void limit_memory(std::uint64_t bytes, int threads);

}  // namespace amaneku::cli
