#include "propagation/upper_hull.hpp"

#include <cstddef>

namespace amaneku {

void UpperHull::push(double x, double y) {
  while (points_.size() >= 2) {
    const Vertex& a = points_[points_.size() - 2];
    const Vertex& b = points_.back();
    if ((b.y - a.y) * (x - a.x) > (y - a.y) * (b.x - a.x)) break;
    points_.pop_back();
  }
  points_.push_back({x, y});
}

UpperHull::Vertex UpperHull::tangent_from(double x, double y) const noexcept {
  // Towards the receiver the slope (v.y - y) / (x - v.x) rises to the tangent vertex, then falls.
  std::size_t low = 0;
  std::size_t high = points_.size() - 1;
  while (low < high) {
    const std::size_t middle = (low + high) / 2;
    const Vertex& a = points_[middle];
    const Vertex& b = points_[middle + 1];
    if ((b.y - y) * (x - a.x) > (a.y - y) * (x - b.x)) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return points_[low];
}

UpperHull::Vertex UpperHull::extreme(double slope) const noexcept {
  std::size_t low = 0;
  std::size_t high = points_.size() - 1;
  while (low < high) {
    const std::size_t middle = (low + high) / 2;
    const Vertex& a = points_[middle];
    const Vertex& b = points_[middle + 1];
    if (b.y - a.y > slope * (b.x - a.x)) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return points_[low];
}

}  // namespace amaneku
