// What services ask of a network: the rows of scenarios/catalogue/services.toml.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "libsim/radio/technology.hpp"

namespace amaneku {

enum class FlowDirection : std::uint8_t { uplink, downlink };

/// Messages of one kind in one direction: pictures of the cameras, sound, commands.
struct ServiceFlow {
  std::string id{};
  std::string name{};
  std::string name_ja{};
  FlowDirection direction = FlowDirection::uplink;
  int count = 1;                       ///< so many at once (cameras of a bus), each with the figures below
  double rate_bps = 0.0;               ///< of one; 0: message_bytes times messages_per_s
  double message_bytes = 0.0;          ///< 0: rate_bps over messages_per_s
  double messages_per_s = 0.0;         ///< frames of a camera
  double deadline_s = 0.0;             ///< of one way; 0: only the service has one, or none
  double reliability = 0.0;            ///< share of messages within the deadline, 0 .. 1; 0: none stated
  std::vector<ValueSource> sources{};  ///< of every figure given

  /// Of all of them together.
  [[nodiscard]] double total_bps() const noexcept {
    return count * (rate_bps > 0.0 ? rate_bps : message_bytes * 8.0 * messages_per_s);
  }
  [[nodiscard]] double message_bits() const noexcept {
    return message_bytes > 0.0 ? message_bytes * 8.0 : rate_bps / messages_per_s;
  }
};

/// What a service's own deadline is about.
enum class DeadlineScope : std::uint8_t {
  one_way,    ///< from the sender to the receiver, each flow
  loop,       ///< up and down, without camera, screen and person
  glass_loop  ///< from light on the camera to the command in the vehicle, without the person
};

struct ServiceNeeds {
  std::string id{};
  std::string name{};
  std::string name_ja{};
  double deadline_s = 0.0;
  DeadlineScope scope = DeadlineScope::one_way;
  double reliability = 0.0;  ///< as above
  std::vector<ServiceFlow> flows{};
  std::vector<ValueSource> sources{};

  [[nodiscard]] double total_bps(FlowDirection direction) const noexcept {
    double out = 0.0;
    for (const ServiceFlow& flow : flows) out += flow.direction == direction ? flow.total_bps() : 0.0;
    return out;
  }
};

}  // namespace amaneku
