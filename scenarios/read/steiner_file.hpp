// Steiner tree problems from files: SteinLib's STP (header 33D32945) and the .gr of the PACE challenge, which is
// the same without the header. Words in any case.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "libsim/backhaul/steiner_tree.hpp"

namespace amaneku::scenarios {

/// What a file may ask for.
inline constexpr std::int32_t kSteinerVertices = 10'000'000;
inline constexpr std::int32_t kSteinerEdges = 40'000'000;

/// Vertices from 0: 1 less than in the file. Sections other than Graph and Terminals are passed over (comments,
/// coordinates, tree decompositions), or refused where they make it another problem (arcs, prizes, limits of
/// degree). InputError with line and column for what is not understood, and where counts and lists differ.
[[nodiscard]] SteinerProblem parse_steiner(std::string_view text, const std::string& file);
/// The same from a file, plain or .gz.
[[nodiscard]] SteinerProblem read_steiner(const std::filesystem::path& path);

}  // namespace amaneku::scenarios
