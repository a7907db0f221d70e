// What a vehicle gets along a course from the cell that serves it, and where that is less than its service needs.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "libsim/load/cell_load.hpp"
#include "libsim/maps/interference.hpp"
#include "libsim/maps/service.hpp"
#include "libsim/mobility/route_radio.hpp"
#include "libsim/studies/routes/course_powers.hpp"

namespace amaneku {

/// What the cells carry besides the vehicles.
struct CourseNetwork {
  std::vector<double> load{};           ///< [Coverage::sectors] 0 .. 1, of the downlink
  std::vector<double> noise_rise_db{};  ///< [Coverage::sectors]
  std::vector<FreeShare> free{};        ///< [Coverage::sectors]
};
/// As the plan has it: by its traffic, else by Sector::load and the noise rise of the service's options.
[[nodiscard]] CourseNetwork course_network(const Radio& radio, const NetworkLoad* load, double noise_rise_db);

/// The powers as the simulation of handovers wants them: cells of known radio technology only, in order of
/// CoursePowers::sectors. `cell_of` [RouteRadio::cells] index into CoursePowers::sectors.
struct CourseRadio {
  mobility::RouteRadio radio{};
  std::vector<int> cell_of{};
};
[[nodiscard]] CourseRadio course_radio(const Radio& radio, const Course& course, const CoursePowers& powers,
                                       const CourseNetwork& network);

/// Sectors of other operators only interfere from now on.
void keep_operator(CourseRadio& of, const Radio& radio, const CoursePowers& powers,
                   const std::string& operator_id);

/// Secondary cells of a non-stand-alone network are those of one technology; anchors are the others. Those of the
/// other kind only interfere from now on.
struct NetworkLeg {
  std::string technology{};  ///< RadioTechnology::id of the secondary cells
  bool secondary = false;    ///< which of both is kept
};
void keep_leg(CourseRadio& of, const Radio& radio, const CoursePowers& powers, const NetworkLeg& leg);

/// Of a sample. NaN where nothing serves.
struct SampleService {
  int cell = -1;  ///< index into CoursePowers::sectors; -1: none
  float rsrp_dbm = 0.0F;
  float sinr_db = 0.0F;
  float dl_mbps = 0.0F;  ///< what the cell's other traffic leaves to one vehicle
  float ul_mbps = 0.0F;
  float ul_alone_mbps = 0.0F;  ///< of a vehicle alone on the carrier
  bool in_sight = false;       ///< of the site; in a tunnel never
};

/// The sectors as servers, made ready once for any number of courses. Borrows both, which live longer.
class CourseCells {
 public:
  CourseCells(const Radio& radio, const CourseNetwork& network);

  /// `serving` [sample] index into CoursePowers::sectors, -1 none. A sector below the least RSRP or SINR of its
  /// technology gives no rates. `interfered` false: as if the other sectors were silent.
  [[nodiscard]] std::vector<SampleService> service(const CoursePowers& powers, std::span<const int> serving,
                                                   bool interfered = true) const;

 private:
  [[nodiscard]] double interference_mw(const CoursePowers& powers, std::span<const float> here,
                                       std::size_t server) const;

  const CourseNetwork& network_;
  ChannelPlan plan_;
  std::vector<ServingSector> servers_;
};

/// What the service asks for all along the way.
struct CourseNeed {
  double ul_mbps = 0.0;
  double dl_mbps = 0.0;
};

enum class Shortage : std::uint8_t {
  none,
  outside,   ///< outside the plan, or no terrain: nothing is known
  no_link,   ///< no cell, or one too weak to serve
  uplink,    ///< a link, but less than the service sends
  downlink,  ///< less than it receives
};
inline constexpr std::array<std::string_view, 5> kShortages = {"none", "outside", "no_link", "uplink",
                                                               "downlink"};  ///< [Shortage]

/// [sample] the first that applies.
[[nodiscard]] std::vector<Shortage> shortages(const std::vector<SampleService>& service,
                                              const std::vector<std::uint8_t>& outside, const CourseNeed& need);

/// Samples [first, last] without what the service needs, of whatever kind.
struct CourseGap {
  Shortage shortage = Shortage::downlink;  ///< the worst of it: outside, then no_link, then uplink
  std::size_t first = 0;
  std::size_t last = 0;
  double from_m = 0.0;
  double to_m = 0.0;       ///< a sample stands for a step
  double seconds = 0.0;    ///< by the time law, stops included
  double no_link_m = 0.0;  ///< of its length
  double no_link_s = 0.0;
  bool in_tunnel = false;
  float worst_rsrp_dbm = 0.0F;  ///< NaN: nothing is received
  float worst_ul_mbps = 0.0F;
};
/// In order. Gaps that lie no farther apart than `merge_m` are one.
[[nodiscard]] std::vector<CourseGap> course_gaps(const Course& course, const std::vector<SampleService>& service,
                                                 const std::vector<Shortage>& shortage,
                                                 const mobility::TimeLaw& law, double merge_m = 10.0);

}  // namespace amaneku
