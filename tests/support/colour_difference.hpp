// How different two colours look, to a reader of any colour vision.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>

#include "terrain/raster/raster_io.hpp"

namespace amaneku::test {

using Triple = std::array<double, 3>;

inline Triple times(const std::array<Triple, 3>& matrix, const Triple& v) {
  Triple out{};
  for (std::size_t i = 0; i < 3; ++i) out[i] = matrix[i][0] * v[0] + matrix[i][1] * v[1] + matrix[i][2] * v[2];
  return out;
}

/// IEC 61966-2-1, 0 .. 1.
inline Triple linear_rgb(Rgba colour) {
  const auto one = [](std::uint8_t c) {
    const double v = c / 255.0;
    return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
  };
  return {one(colour.r), one(colour.g), one(colour.b)};
}

/// CIELAB under D65.
inline Triple lab_of(const Triple& rgb) {
  constexpr std::array<Triple, 3> kXyz = {
      {{0.4124564, 0.3575761, 0.1804375}, {0.2126729, 0.7151522, 0.0721750}, {0.0193339, 0.1191920, 0.9503041}}};
  constexpr Triple kWhite = {0.95047, 1.0, 1.08883};
  const Triple xyz = times(kXyz, rgb);
  Triple f{};
  for (std::size_t i = 0; i < 3; ++i) {
    const double t = xyz[i] / kWhite[i];
    f[i] = t > 216.0 / 24389.0 ? std::cbrt(t) : (24389.0 / 27.0 * t + 16.0) / 116.0;
  }
  return {116.0 * f[1] - 16.0, 500.0 * (f[0] - f[1]), 200.0 * (f[1] - f[2])};
}

/// CIEDE2000 of two CIELAB colours (Sharma, Wu, Dalal, Color Research and Application 30, 2005, eq. 2 to 22).
inline double delta_e_2000(const Triple& x, const Triple& y) {
  constexpr double kRad = 3.14159265358979323846 / 180.0;
  const double c7 = std::pow(0.5 * (std::hypot(x[1], x[2]) + std::hypot(y[1], y[2])), 7.0);
  const double g = 0.5 * (1.0 - std::sqrt(c7 / (c7 + std::pow(25.0, 7.0))));
  const double ax = (1.0 + g) * x[1];
  const double ay = (1.0 + g) * y[1];
  const double cx = std::hypot(ax, x[2]);
  const double cy = std::hypot(ay, y[2]);
  const auto hue = [&](double a, double b) {
    const double h = a == 0.0 && b == 0.0 ? 0.0 : std::atan2(b, a) / kRad;
    return h < 0.0 ? h + 360.0 : h;
  };
  const double hx = hue(ax, x[2]);
  const double hy = hue(ay, y[2]);
  const bool coloured = cx * cy != 0.0;
  double dh = coloured ? hy - hx : 0.0;
  if (dh > 180.0) dh -= 360.0;
  if (dh < -180.0) dh += 360.0;
  const double d_hue = 2.0 * std::sqrt(cx * cy) * std::sin(0.5 * dh * kRad);
  const double l = 0.5 * (x[0] + y[0]);
  const double c = 0.5 * (cx + cy);
  double h = hx + hy;
  if (coloured) {
    if (std::fabs(hx - hy) > 180.0) h += h < 360.0 ? 360.0 : -360.0;
    h *= 0.5;
  }
  const double t = 1.0 - 0.17 * std::cos((h - 30.0) * kRad) + 0.24 * std::cos(2.0 * h * kRad) +
                   0.32 * std::cos((3.0 * h + 6.0) * kRad) - 0.20 * std::cos((4.0 * h - 63.0) * kRad);
  const double sl = 1.0 + 0.015 * (l - 50.0) * (l - 50.0) / std::sqrt(20.0 + (l - 50.0) * (l - 50.0));
  const double sc = 1.0 + 0.045 * c;
  const double sh = 1.0 + 0.015 * c * t;
  const double turn = std::pow((h - 275.0) / 25.0, 2.0);
  const double rc = 2.0 * std::sqrt(std::pow(c, 7.0) / (std::pow(c, 7.0) + std::pow(25.0, 7.0)));
  const double rt = -std::sin(60.0 * std::exp(-turn) * kRad) * rc;
  const double dl = (y[0] - x[0]) / sl;
  const double dc = (cy - cx) / sc;
  const double dhh = d_hue / sh;
  return std::sqrt(dl * dl + dc * dc + dhh * dhh + rt * dc * dhh);
}

/// Dichromats after Machado, Oliveira, Fernandes (IEEE TVCG 15, 2009), severity 1, over linear RGB.
struct ColourVision {
  const char* name;
  std::array<Triple, 3> matrix;
};
inline constexpr std::array<ColourVision, 4> kColourVisions = {
    {{"full", {{{1.0, 0.0, 0.0}, {0.0, 1.0, 0.0}, {0.0, 0.0, 1.0}}}},
     {"protan",
      {{{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}}}},
     {"deutan",
      {{{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}}}},
     {"tritan",
      {{{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}}}}}};

inline double difference(Rgba a, Rgba b, const ColourVision& vision) {
  const auto seen = [&](Rgba colour) {
    Triple rgb = times(vision.matrix, linear_rgb(colour));
    for (double& c : rgb) c = std::clamp(c, 0.0, 1.0);
    return lab_of(rgb);
  };
  return delta_e_2000(seen(a), seen(b));
}

}  // namespace amaneku::test
