#include "libsim/routes/point_index.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <limits>
#include <nanoflann.hpp>
#include <utility>

#include "terrain/error.hpp"

namespace amaneku {
namespace {

/// The points, in the words of nanoflann.
struct Cloud {
  std::vector<Point> points;

  [[nodiscard]] std::size_t kdtree_get_point_count() const noexcept { return points.size(); }
  [[nodiscard]] double kdtree_get_pt(std::size_t index, std::size_t axis) const noexcept {
    return axis == 0 ? points[index].x_m : points[index].y_m;
  }
  template <class Box>
  bool kdtree_get_bbox(Box&) const noexcept {
    return false;
  }
};

using KdTree =
    nanoflann::KDTreeSingleIndexAdaptor<nanoflann::L2_Simple_Adaptor<double, Cloud>, Cloud, 2, std::uint32_t>;

/// What nanoflann asks of an answer that is collected while it searches; its distances are squared. It rounds them
/// otherwise than distance_m(), so it shows points from a micrometre farther than wanted, and distance_m()
/// decides.
class Answer {
 public:
  using DistanceType = double;
  using IndexType = std::uint32_t;

  Answer(const Cloud& cloud, Point from) : cloud_(cloud), from_(from) {}

  [[nodiscard]] bool full() const noexcept { return true; }
  void sort() const noexcept {}

 protected:
  [[nodiscard]] NearPoint near(std::uint32_t index) const noexcept {
    return {index, distance_m(from_, cloud_.points[index])};
  }
  [[nodiscard]] static double squared_limit(double distance_m) noexcept {
    constexpr double kMore_m = 1e-6;
    return (distance_m + kMore_m) * (distance_m + kMore_m);
  }

 private:
  const Cloud& cloud_;
  Point from_;
};

class Nearest : public Answer {
 public:
  using Answer::Answer;

  [[nodiscard]] double worstDist() const noexcept { return squared_limit(best.distance_m); }
  bool addPoint(double /*squared*/, std::uint32_t index) noexcept {
    const NearPoint other = near(index);
    if (std::pair(other.distance_m, other.index) < std::pair(best.distance_m, best.index)) best = other;
    return true;
  }

  NearPoint best{0, std::numeric_limits<double>::infinity()};
};

class Within : public Answer {
 public:
  Within(const Cloud& cloud, Point from, double most_m) : Answer(cloud, from), most_m_(most_m) {}

  [[nodiscard]] double worstDist() const noexcept { return squared_limit(most_m_); }
  bool addPoint(double /*squared*/, std::uint32_t index) {
    if (near(index).distance_m <= most_m_) found.push_back(near(index));
    return true;
  }

  std::vector<NearPoint> found{};

 private:
  double most_m_;
};

}  // namespace

struct PointIndex::Tree {
  explicit Tree(std::vector<Point> points) : cloud{std::move(points)} {}

  template <class Collected>
  void search(Point p, Collected& answer) const {
    const std::array<double, 2> at = {p.x_m, p.y_m};
    tree.findNeighbors(answer, at.data(), {});
  }

  Cloud cloud;
  KdTree tree{2, cloud};
};

PointIndex::PointIndex(std::vector<Point> points) : tree_(std::make_unique<const Tree>(std::move(points))) {}
PointIndex::PointIndex(PointIndex&&) noexcept = default;
PointIndex& PointIndex::operator=(PointIndex&&) noexcept = default;
PointIndex::~PointIndex() = default;

const std::vector<Point>& PointIndex::points() const noexcept {
  return tree_->cloud.points;
}

NearPoint PointIndex::nearest(Point p) const {
  if (points().empty()) throw InternalError("PointIndex: the nearest of no points");
  Nearest answer(tree_->cloud, p);
  tree_->search(p, answer);
  return answer.best;
}

std::vector<NearPoint> PointIndex::within(Point p, double distance_m) const {
  Within answer(tree_->cloud, p, distance_m);
  tree_->search(p, answer);
  std::sort(answer.found.begin(), answer.found.end(),
            [](const NearPoint& a, const NearPoint& b) { return a.index < b.index; });
  return std::move(answer.found);
}

}  // namespace amaneku
