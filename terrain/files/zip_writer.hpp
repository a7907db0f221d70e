// A zip file of a few small files, as other programs expect some of their formats.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace amaneku {

/// The bytes of an archive that holds {name, content} in this order, deflated. The same entries give the same
/// bytes: every date is 1980-01-01, the first that the format knows.
[[nodiscard]] std::string zip_bytes(const std::vector<std::pair<std::string, std::string>>& entries);

}  // namespace amaneku
