// What all vehicles on the timetable ask of the cells, second by second.
#pragma once

#include <span>
#include <vector>

#include "libsim/studies/routes/course_service.hpp"

namespace amaneku {

/// Everything that one course contributes: where its vehicles are when, and what they would need there.
struct CourseTraffic {
  const Course& course;
  const mobility::TimeLaw& law;
  std::span<const SampleService> service;
  std::span<const int> sectors;          ///< [SampleService::cell] index into Coverage::sectors
  std::span<const double> departures_s;  ///< of the day
  CourseNeed need;
};

/// Of a sector that ever serves a vehicle.
struct MovingCell {
  int sector = -1;            ///< index into Coverage::sectors
  int most_vehicles = 0;      ///< at one time
  double most_share = 0.0;    ///< of the uplink's resources that the vehicles take at most
  double most_ul_mbps = 0.0;  ///< what they send then
  double other_share = 0.0;   ///< that the other traffic takes
  double overload_s = 0.0;    ///< of the day: vehicles and other traffic together are more than the cell carries
  double first_overload_s = 0.0;  ///< of the day; 0 without overload
};

struct MovingLoad {
  std::vector<MovingCell> cells{};  ///< by sector
  int most_vehicles = 0;            ///< on all routes at one time
  double overload_s = 0.0;          ///< of the day, any cell
};

/// A vehicle takes the share need / rate alone of its cell's uplink, every whole second of the day. `network`:
/// free shares that the other traffic leaves.
[[nodiscard]] MovingLoad moving_load(std::span<const CourseTraffic> traffic, const CourseNetwork& network);

}  // namespace amaneku
