#include "tests/validation/checks.hpp"

#include <algorithm>

namespace amaneku::test {
namespace {

template <class Check>
std::vector<Check> joined(std::initializer_list<std::vector<Check>> families) {
  std::vector<Check> all;
  for (const std::vector<Check>& family : families) all.insert(all.end(), family.begin(), family.end());
  return all;
}

}  // namespace

const std::vector<LineCheck>& line_checks() {
  // clang-format off
  static const std::vector<LineCheck> all = joined<LineCheck>({
      clutter_line_checks(),
      hata_line_checks(),
      itm_line_checks(),
      mic_line_checks(),
      p1411_line_checks(),
      p1812_line_checks(),
      p452_line_checks(),
      p526_line_checks(),
      fso_line_checks(),
      threegpp_line_checks(),
      weather_line_checks(),
  });
  // clang-format on
  return all;
}

const std::vector<PublishedCheck>& published_checks() {
  // clang-format off
  static const std::vector<PublishedCheck> all = joined<PublishedCheck>({
      p1812_published_checks(),
      p452_published_checks(),
      weather_published_checks(),
      hata_published_checks(),
      clutter_published_checks(),
      itm_published_checks(),
      p1411_published_checks(),
      threegpp_published_checks(),
  });
  // clang-format on
  return all;
}

}  // namespace amaneku::test
