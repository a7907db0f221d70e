#include "libsim/entry_of.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "terrain/error.hpp"
#include "terrain/nearest.hpp"

namespace amaneku {

void refuse_unknown(std::string_view id, std::string_view key, const std::vector<std::string>& known) {
  const std::string near = nearest(id, known);
  throw InputError(
      Fault{.message = "there is none of this name" + (near.empty() ? "" : ", did you mean \"" + near + "\"?"),
            .key = std::string(key),
            .value = fmt::format("\"{}\"", id),
            .legal = fmt::format("{}", fmt::join(known, " | "))});
}

}  // namespace amaneku
