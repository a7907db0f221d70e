// Invented names. No municipality, route or base station of these names exists.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace amaneku::scenarios::demo {

struct Name {
  std::string ja{};
  std::string en{};
};

enum class Setting { mountain, valley, coast };

/// An invented municipality. Codes begin with 99, which no prefecture has.
struct MunicipalityFacts {
  std::string code{};
  Name name{};
  std::string designations{};          ///< 過疎|離島|半島|山村, separated by "|"
  double fiscal_capacity_index = 0.0;  ///< 財政力指数
};

/// In the order of the settlements that are their seats: main town, eastern port, valley town, upper village,
/// island.
[[nodiscard]] const std::vector<MunicipalityFacts>& municipality_facts();

/// A name for hamlet number `entity`, in keeping with where it lies.
[[nodiscard]] Name hamlet_name(std::uint64_t seed, std::uint64_t entity, Setting setting);

}  // namespace amaneku::scenarios::demo
