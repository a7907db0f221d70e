#include "libsim/studies/routes/course_service.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "libsim/index.hpp"
#include "libsim/maps/interference.hpp"
#include "libsim/maps/service.hpp"

namespace amaneku {
CourseNetwork course_network(const Radio& radio, const NetworkLoad* load, double noise_rise_db) {
  const std::size_t sectors = radio.coverage().sectors.size();
  CourseNetwork out;
  if (load != nullptr) {
    out.load = downlink_loads(*load);
    out.noise_rise_db = noise_rises_db(*load);
    out.free = free_shares(*load);
    return out;
  }
  for (std::size_t s = 0; s < sectors; ++s) out.load.push_back(radio.sector_of(static_cast<int>(s)).load);
  out.noise_rise_db.assign(sectors, noise_rise_db);
  out.free.assign(sectors, {});
  return out;
}

CourseRadio course_radio(const Radio& radio, const Course& course, const CoursePowers& powers,
                         const CourseNetwork& network) {
  const ChannelPlan plan = channel_plan(radio.coverage(), radio.sites());
  CourseRadio out;
  out.radio.step_m = course.step_m;
  out.radio.samples = course.samples();
  out.radio.channels = plan.channels;
  for (std::size_t c = 0; c < powers.cells(); ++c) {
    const int s = powers.sectors[c];
    const Sector& sector = radio.sector_of(s);
    if (!sector.carrier) continue;
    out.cell_of.push_back(static_cast<int>(c));
    out.radio.cells.push_back({.site = radio.coverage().sectors[index_of(s)].site,
                               .channel = plan.of_sector[index_of(s)],
                               .noise_dbm = sector.carrier->device_noise_dbm,
                               .load = network.load[index_of(s)]});
  }
  out.radio.rsrp_dbm.reserve(course.samples() * out.cell_of.size());
  for (std::size_t i = 0; i < course.samples(); ++i) {
    const std::span<const float> here = powers.at(i);
    for (const int c : out.cell_of) out.radio.rsrp_dbm.push_back(here[index_of(c)]);
  }
  return out;
}

void keep_operator(CourseRadio& of, const Radio& radio, const CoursePowers& powers,
                   const std::string& operator_id) {
  for (std::size_t c = 0; c < of.cell_of.size(); ++c) {
    const int sector = powers.sectors[index_of(of.cell_of[c])];
    of.radio.cells[c].serves = radio.site_of(sector).operator_id == operator_id;
  }
}

void keep_leg(CourseRadio& of, const Radio& radio, const CoursePowers& powers, const NetworkLeg& leg) {
  for (std::size_t c = 0; c < of.cell_of.size(); ++c) {
    const Sector& sector = radio.sector_of(powers.sectors[index_of(of.cell_of[c])]);
    if ((sector.carrier->technology == leg.technology) != leg.secondary) of.radio.cells[c].serves = false;
  }
}

CourseCells::CourseCells(const Radio& radio, const CourseNetwork& network)
    : network_(network),
      plan_(channel_plan(radio.coverage(), radio.sites())),
      servers_(serving_sectors(radio.coverage(), radio.sites(), radio.receiver(), network.noise_rise_db)) {}

/// Sum over all other cells of what falls into a subcarrier of the server.
double CourseCells::interference_mw(const CoursePowers& powers, std::span<const float> here,
                                    std::size_t server) const {
  const int victim = plan_.of_sector[index_of(powers.sectors[server])];
  double sum_mw = 0.0;
  for (std::size_t c = 0; c < here.size(); ++c) {
    if (c == server || std::isnan(here[c])) continue;
    const auto sector = index_of(powers.sectors[c]);
    const int channel = plan_.of_sector[sector];
    double share = channel == victim ? 1.0 : 0.0;
    for (const Leak& leak : plan_.leaks[index_of(channel)]) {
      if (leak.victim == victim) share = leak.share;
    }
    if (share > 0.0) sum_mw += network_.load[sector] * share * milliwatts({static_cast<double>(here[c])});
  }
  return sum_mw;
}

std::vector<SampleService> CourseCells::service(const CoursePowers& powers, std::span<const int> serving,
                                                bool interfered) const {
  std::vector<SampleService> out(serving.size(), {.rsrp_dbm = kNoData, .sinr_db = kNoData});
  for (std::size_t i = 0; i < serving.size(); ++i) {
    if (serving[i] < 0) continue;
    SampleService& here = out[i];
    const std::size_t c = index_of(serving[i]);
    const auto s = index_of(powers.sectors[c]);
    const std::span<const float> levels = powers.at(i);
    if (std::isnan(levels[c]) || !servers_[s].knows_carrier()) continue;
    const double disturbance_mw = interfered ? interference_mw(powers, levels, c) : 0.0;
    const CellService cell =
        servers_[s].serve(static_cast<double>(levels[c]), from_milliwatts(disturbance_mw).value,
                          static_cast<double>(powers.traffic_gain_db[i * powers.cells() + c]));
    here.cell = serving[i];
    here.rsrp_dbm = levels[c];
    here.in_sight = powers.in_sight[i * powers.cells() + c] != 0;
    here.sinr_db = static_cast<float>(cell.sinr_db);
    if (cell.margin_db < 0.0 || !(cell.dl_bps > 0.0)) continue;
    here.dl_mbps = static_cast<float>(1e-6 * cell.dl_bps * network_.free[s].downlink);
    here.ul_mbps = static_cast<float>(1e-6 * cell.ul_bps * network_.free[s].uplink);
    here.ul_alone_mbps = static_cast<float>(1e-6 * cell.ul_bps);
  }
  return out;
}

std::vector<Shortage> shortages(const std::vector<SampleService>& service,
                                const std::vector<std::uint8_t>& outside, const CourseNeed& need) {
  std::vector<Shortage> out;
  out.reserve(service.size());
  for (std::size_t i = 0; i < service.size(); ++i) {
    const SampleService& here = service[i];
    const bool sends = here.ul_alone_mbps > 0.0F;
    out.push_back(outside[i] != 0                                    ? Shortage::outside
                  : here.cell < 0 || !sends                          ? Shortage::no_link
                  : static_cast<double>(here.ul_mbps) < need.ul_mbps ? Shortage::uplink
                  : static_cast<double>(here.dl_mbps) < need.dl_mbps ? Shortage::downlink
                                                                     : Shortage::none);
  }
  return out;
}

std::vector<CourseGap> course_gaps(const Course& course, const std::vector<SampleService>& service,
                                   const std::vector<Shortage>& shortage, const mobility::TimeLaw& law,
                                   double merge_m) {
  std::vector<CourseGap> out;
  const auto seconds = [&](std::size_t first, std::size_t last) {
    return law.arrive_s[std::min(last + 1, course.samples() - 1)] - law.arrive_s[first];
  };
  for (std::size_t i = 0; i < shortage.size(); ++i) {
    if (shortage[i] == Shortage::none) continue;
    const bool goes_on = !out.empty() && course.step_m * static_cast<double>(i - out.back().last) <=
                                             std::max(merge_m, course.step_m);
    if (!goes_on) out.push_back({.first = i, .worst_rsrp_dbm = kNoData, .worst_ul_mbps = service[i].ul_mbps});
    CourseGap& gap = out.back();
    gap.last = i;
    gap.shortage = std::min(gap.shortage, shortage[i]);  // the worst come first
    gap.worst_rsrp_dbm = std::fmin(gap.worst_rsrp_dbm, service[i].rsrp_dbm);
    gap.worst_ul_mbps = std::min(gap.worst_ul_mbps, service[i].ul_mbps);
    if (shortage[i] != Shortage::no_link) continue;
    gap.no_link_m += course.step_m;
    gap.no_link_s += seconds(i, i);
  }
  for (CourseGap& gap : out) {
    gap.from_m = course.step_m * static_cast<double>(gap.first);
    gap.to_m = std::min(course.length_m(), course.step_m * static_cast<double>(gap.last + 1));
    gap.seconds = seconds(gap.first, gap.last);
    for (const CourseStretch& stretch : course.stretches) {
      if (stretch.kind == WayKind::tunnel && stretch.first <= gap.last && stretch.last >= gap.first)
        gap.in_tunnel = true;
    }
  }
  return out;
}

}  // namespace amaneku
