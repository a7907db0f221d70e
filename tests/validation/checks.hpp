// The checks of every family, one function a checks_<family>.cpp; checks.cpp joins them.
#pragma once

#include <vector>

#include "tests/validation/check.hpp"

namespace amaneku::test {

[[nodiscard]] std::vector<LineCheck> hata_line_checks();
[[nodiscard]] std::vector<PublishedCheck> hata_published_checks();
[[nodiscard]] std::vector<LineCheck> clutter_line_checks();
[[nodiscard]] std::vector<PublishedCheck> clutter_published_checks();
[[nodiscard]] std::vector<LineCheck> itm_line_checks();
[[nodiscard]] std::vector<PublishedCheck> itm_published_checks();
[[nodiscard]] std::vector<LineCheck> mic_line_checks();
[[nodiscard]] std::vector<LineCheck> p1411_line_checks();
[[nodiscard]] std::vector<PublishedCheck> p1411_published_checks();
[[nodiscard]] std::vector<LineCheck> p1812_line_checks();
[[nodiscard]] std::vector<PublishedCheck> p1812_published_checks();
[[nodiscard]] std::vector<LineCheck> p452_line_checks();
[[nodiscard]] std::vector<PublishedCheck> p452_published_checks();
[[nodiscard]] std::vector<LineCheck> p526_line_checks();
[[nodiscard]] std::vector<LineCheck> fso_line_checks();
[[nodiscard]] std::vector<LineCheck> threegpp_line_checks();
[[nodiscard]] std::vector<PublishedCheck> threegpp_published_checks();
[[nodiscard]] std::vector<LineCheck> weather_line_checks();
[[nodiscard]] std::vector<PublishedCheck> weather_published_checks();

}  // namespace amaneku::test
