// One cut of an antenna pattern while a file is read: points at angles, in the end attenuations in equal steps.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "terrain/error.hpp"

namespace amaneku {

/// Faults of one file. Readers stop when it is full.
class AntennaFaults {
 public:
  explicit AntennaFaults(std::string file) : file_(std::move(file)) {}
  /// `line` 0: none. The fault's file and line are set here.
  void add(int line, Fault fault);
  [[nodiscard]] bool full() const noexcept { return faults_.size() >= 20; }
  [[nodiscard]] bool empty() const noexcept { return faults_.empty(); }
  [[nodiscard]] std::size_t count() const noexcept { return faults_.size(); }
  void throw_if_any() const;

 private:
  std::string file_;
  std::vector<Fault> faults_{};
};

/// Legal steps and values, as faults name them.
inline constexpr const char* kCutSteps =
    "a whole circle in equal steps of 0.1 .. 10 degrees, each angle once (360 may repeat 0)";
inline constexpr const char* kCutValues =
    "attenuations below the largest gain in dB, all positive or all negative, 0 .. 300";

class AntennaCut {
 public:
  explicit AntennaCut(const char* name) : name_(name) {}

  /// The line with which it begins, and how many points it promises (0: it does not say).
  void begin(int line, int promised) noexcept;
  [[nodiscard]] bool begun() const noexcept { return line_ != 0; }
  [[nodiscard]] const char* name() const noexcept { return name_; }
  /// A point as written: angles of -360 to 360 degrees.
  void add(int line, std::string_view angle, std::string_view value, AntennaFaults& faults);
  void add(int line, double angle_deg, double value_db) { points_.push_back({angle_deg, value_db, line}); }

  /// Attenuations (>= 0) in equal steps from 0 degrees, a multiple of 360 of them, linear between the points. What
  /// had to be assumed is added to `doubts`.
  [[nodiscard]] std::vector<double> attenuations_db(AntennaFaults& faults, std::vector<std::string>& doubts) const;

 private:
  struct Point {
    double angle_deg;
    double value_db;
    int line;
  };
  /// Angles offset + i step, i in [0, count).
  struct Steps {
    double offset_deg;
    double step_deg;
    std::size_t count;
  };
  [[nodiscard]] std::vector<Point> round_circle(AntennaFaults& faults) const;
  [[nodiscard]] std::optional<Steps> steps_of(const std::vector<Point>& points, AntennaFaults& faults) const;
  [[nodiscard]] std::vector<std::optional<double>> on_steps(const std::vector<Point>& points, const Steps& steps,
                                                            AntennaFaults& faults) const;
  [[nodiscard]] bool fill(std::vector<std::optional<double>>& values, const Steps& steps, AntennaFaults& faults,
                          std::vector<std::string>& doubts) const;
  void make_positive(std::vector<Point>& points, AntennaFaults& faults) const;

  const char* name_;
  int line_ = 0;
  int promised_ = 0;
  std::vector<Point> points_{};
};

}  // namespace amaneku
