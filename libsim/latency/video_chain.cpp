#include "libsim/latency/video_chain.hpp"

#include "libsim/latency/latency_faults.hpp"

namespace amaneku {
namespace {

/// What follows from a frequency that the user stated needs no other source.
constexpr const char* kOfFrameRate = "even over the period of the frames, from frames_per_s";
constexpr const char* kOfRefresh = "even over the period of the screen, from screen_hz";

DelayDistribution range_delay(const DelayRange& range, DelayGrid grid) {
  return uniform_delay(range.from_s, range.to_s, grid);
}

}  // namespace

std::vector<LatencyPart> camera_parts(const VideoChain& chain, DelayGrid grid) {
  require_positive("frames_per_s", chain.frames_per_s, "> 0 1/s");
  return {{"camera frame wait", uniform_delay(0.0, 1.0 / chain.frames_per_s, grid), kOfFrameRate, true},
          {"exposure and readout", constant_delay(chain.exposure_s, grid), chain.source, chain.verified},
          {"encoder", range_delay(chain.encoder, grid), chain.source, chain.verified}};
}

std::vector<LatencyPart> screen_parts(const VideoChain& chain, DelayGrid grid) {
  require_positive("screen_hz", chain.screen_hz, "> 0 Hz");
  return {{"decoder", range_delay(chain.decoder, grid), chain.source, chain.verified},
          {"screen refresh wait", uniform_delay(0.0, 1.0 / chain.screen_hz, grid), kOfRefresh, true},
          {"panel", constant_delay(chain.panel_s, grid), chain.source, chain.verified}};
}

}  // namespace amaneku
