// One drive along the route: who serves, when it changes hands, and when there is no link.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "libsim/mobility/prepared_route.hpp"

namespace amaneku::mobility {

enum class HandoverKind : std::uint8_t { intra_frequency, inter_frequency };
inline constexpr std::array<std::string_view, 2> kHandoverKinds = {"intra_frequency", "inter_frequency"};

/// A completed change of the serving cell by command.
struct Handover {
  double at_m = 0.0;  ///< where the command came: the interruption begins
  double t_s = 0.0;   ///< when
  int from = -1;      ///< index into RouteRadio::cells
  int to = -1;
  double preparation_s = 0.0;  ///< from report to command
  double execution_s = 0.0;    ///< from command to the end of the first attempt at access
  double interruption_s =
      0.0;  ///< from command to link: longer than execution_s where further attempts were needed
  HandoverKind kind = HandoverKind::intra_frequency;
  bool ping_pong = false;  ///< back in the cell that it had left within the minimum stay
};

enum class FailureKind : std::uint8_t {
  radio_link,   ///< T310 ran out
  access,       ///< T304 ran out: the target was too weak
  command_lost  ///< the command came while the server was out of synchronisation; the link itself goes on
};
inline constexpr std::array<std::string_view, 3> kFailureKinds = {"radio_link", "access", "command_lost"};

struct Failure {
  double at_m = 0.0;
  double t_s = 0.0;
  int cell = -1;    ///< that served
  int target = -1;  ///< of the handover under way; -1: none was
  FailureKind kind = FailureKind::radio_link;
};

enum class OutageCause : std::uint8_t {
  handover,         ///< from command to link
  failed_handover,  ///< from command to the end of T304
  out_of_sync,      ///< a server, but below qout_db
  no_cell,          ///< looking for a suitable cell
  reestablishment   ///< a cell found, the link not yet made
};
inline constexpr std::array<std::string_view, 5> kOutageCauses = {"handover", "failed_handover", "out_of_sync",
                                                                  "no_cell", "reestablishment"};

/// Without a usable link. Intervals follow each other without overlap, those of one cause apart.
struct Outage {
  double from_m = 0.0;
  double to_m = 0.0;
  double from_s = 0.0;
  double to_s = 0.0;
  OutageCause cause = OutageCause::handover;
  [[nodiscard]] double seconds() const noexcept { return to_s - from_s; }
};

/// A cell serves from here to the next.
struct Serving {
  double from_s = 0.0;
  int cell = -1;  ///< -1: none
};

struct LinkRun {
  std::vector<Handover> handovers{};
  std::vector<Failure> failures{};
  std::vector<Outage> outages{};
  std::vector<Serving> servers{};  ///< of the median run only
  // Of secondary cells:
  int additions = 0;  ///< that gave a link
  int releases = 0;   ///< with a change or a loss of the anchor
};

/// Makes one run after the other and keeps the memory between them: one object per thread.
class LinkRunner {
 public:
  explicit LinkRunner(const PreparedRoute& route);
  LinkRunner(LinkRunner&&) noexcept;
  LinkRunner& operator=(LinkRunner&&) noexcept;
  ~LinkRunner();

  /// No fading, no measurement error, the median of both durations. Valid until the next run. `anchor`: of
  /// secondary cells (RouteInput::addition), the outages of their anchor in the same drive, as LinkRun has them. A
  /// secondary cell is added only while the anchor has a link, and released where that is commanded away or lost;
  /// while the anchor is merely out of synchronisation it stays, and carries nothing.
  [[nodiscard]] const LinkRun& median(std::span<const Outage> anchor = {});
  /// The run of that seed and number: the same whatever was run before. Valid until the next run.
  [[nodiscard]] const LinkRun& seeded(std::uint64_t seed, std::uint64_t run, std::span<const Outage> anchor = {});

 private:
  class Machine;
  std::unique_ptr<Machine> machine_;
};

}  // namespace amaneku::mobility
