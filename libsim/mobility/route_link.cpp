#include "libsim/mobility/route_link.hpp"

#include <limits>

#include "libsim/index.hpp"

namespace amaneku::mobility {

RouteLink route_link(const PreparedRoute& route, std::span<const Outage> anchor) {
  LinkRunner runner(route);
  RouteLink out{.run = runner.median(anchor)};
  const RouteInput& input = route.input();
  const std::vector<Serving>& servers = out.run.servers;
  std::size_t next = 0;
  for (std::size_t i = 0; i < input.radio.samples; ++i) {
    while (next < servers.size() && servers[next].from_s <= input.law.arrive_s[i]) ++next;
    const int server = next > 0 ? servers[next - 1].cell : -1;
    out.server.push_back(server);
    out.sinr_db.push_back(server < 0
                              ? std::numeric_limits<float>::quiet_NaN()
                              : static_cast<float>(sinr_db(input.radio, input.radio.at(i), index_of(server))));
  }
  return out;
}

std::vector<Interval> either_out(std::span<const Outage> a, std::span<const Outage> b) {
  std::vector<Interval> out;
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < a.size() || j < b.size()) {
    const bool first = j == b.size() || (i < a.size() && a[i].from_s <= b[j].from_s);
    const Outage& next = first ? a[i++] : b[j++];
    if (out.empty() || out.back().to_s < next.from_s) {
      out.push_back({next.from_m, next.to_m, next.from_s, next.to_s});
    } else if (out.back().to_s < next.to_s) {
      out.back().to_m = next.to_m;
      out.back().to_s = next.to_s;
    }
  }
  return out;
}

std::vector<Interval> both_out(std::span<const Outage> a, std::span<const Outage> b) {
  std::vector<Interval> out;
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < a.size() && j < b.size()) {
    const Outage& later = a[i].from_s >= b[j].from_s ? a[i] : b[j];
    const Outage& sooner = a[i].to_s <= b[j].to_s ? a[i] : b[j];
    if (later.from_s < sooner.to_s) {
      if (!out.empty() && out.back().to_s >= later.from_s) {
        out.back().to_m = sooner.to_m;
        out.back().to_s = sooner.to_s;
      } else {
        out.push_back({later.from_m, sooner.to_m, later.from_s, sooner.to_s});
      }
    }
    ++(&sooner == &a[i] ? i : j);
  }
  return out;
}

}  // namespace amaneku::mobility
