// What the body of its user takes from a terminal: planning values of several documents.
#pragma once

#include "propagation/geometry.hpp"
#include "propagation/model.hpp"

namespace amaneku {

/// Body loss at a terminal; each word is a value of a document, see docs/methods/body_loss.md.
struct BodyLoss {
  enum class Usage : std::uint8_t { terminal, voice, data, self_blocking, given };

  Usage usage = Usage::terminal;
  double body_loss_db = 4.0;  ///< if given

  static constexpr std::string_view id = "body_loss";
  static constexpr std::string_view title = "Body loss at a terminal";
  static constexpr std::string_view source =
      "ITU-R M.2292-0 (terminal); WCDMA for UMTS, Holma and Toskala (voice, data); 3GPP TR 38.901 v19.4.0 clause "
      "7.6.4.1 (self_blocking)";
  static constexpr Role role = Role::added;
  static constexpr Terrain terrain = Terrain::none;
  static constexpr Validity validity = {{0.45e9, 100e9}, {0.0, kNoLimit}, kAnyHeight, kAnyHeight};
  static constexpr std::array<std::string_view, 1> notes = {
      "body_loss is unverified for terminal, voice and data: not checked against the text of the sources"};
  static const std::array<Field<BodyLoss>, 1> fields;
  static const std::array<Choice<BodyLoss>, 1> choices;
};

[[nodiscard]] double loss_db(const BodyLoss&, const Link&, const PathGeometry&) noexcept;
[[nodiscard]] PathLoss explain_terms(const BodyLoss&, const Link&, const PathGeometry&);

}  // namespace amaneku
