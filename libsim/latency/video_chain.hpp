// What is neither radio nor fibre: from light on the camera to light on the operator's screen.
#pragma once

#include <string>
#include <vector>

#include "libsim/latency/delay_distribution.hpp"

namespace amaneku {

/// A part of an end-to-end delay, by name, with what it rests on.
struct LatencyPart {
  std::string name;
  DelayDistribution delay;
  std::string source{};
  bool verified = false;  ///< false: an assumption
};

/// Spread evenly from one to the other.
struct DelayRange {
  double from_s = 0.0;
  double to_s = 0.0;
};

/// Defaults are assumptions of the size of common equipment, none of them measured here: state your own.
struct VideoChain {
  double frames_per_s = 30.0;        ///< what happens waits for the next frame: even over the period
  double exposure_s = 8e-3;          ///< exposure and readout
  DelayRange encoder{10e-3, 33e-3};  ///< hardware encoder without frames that refer to later ones
  DelayRange decoder{5e-3, 15e-3};
  double screen_hz = 60.0;  ///< a decoded frame waits for the next refresh: even over its period
  double panel_s = 5e-3;    ///< response of the screen
  std::string source = "assumption: common hardware, not measured";
  bool verified = false;
};

/// Frame wait, exposure, encoder: what lies before the uplink.
[[nodiscard]] std::vector<LatencyPart> camera_parts(const VideoChain& chain, DelayGrid grid);
/// Decoder, refresh wait, panel: what lies after the network.
[[nodiscard]] std::vector<LatencyPart> screen_parts(const VideoChain& chain, DelayGrid grid);

}  // namespace amaneku
