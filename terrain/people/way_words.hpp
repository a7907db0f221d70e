// What the words and numbers of tags and columns mean.
#pragma once

#include <optional>
#include <string_view>

namespace amaneku {

/// Whether a way has something. `none`: the file says that it has not; `unknown`: the file does not say.
enum class Presence { none, yes, unknown };

/// "yes", "T", "1", "avalanche_protector" ... : yes; "no", "F", "0": none; nothing for a word that is not known.
[[nodiscard]] std::optional<Presence> tunnel_of(std::string_view word) noexcept;
/// The same of a bridge; every word of its own kind ("viaduct") is one.
[[nodiscard]] std::optional<Presence> bridge_of(std::string_view word) noexcept;

/// "50", "50 km/h", "30 mph", "8 knots" in km/h; nothing for what is no number ("signals", "JP:urban").
[[nodiscard]] std::optional<double> speed_limit_kmh_of(std::string_view text) noexcept;

/// Ways that nobody drives on yet, or any more: "proposed", "construction", "abandoned", "razed", "disused".
[[nodiscard]] bool is_not_in_use(std::string_view road_class) noexcept;

}  // namespace amaneku
