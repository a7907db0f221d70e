#include "terrain/raster/ring_rows.hpp"

#include <algorithm>
#include <cmath>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "terrain/raster/ring_rows.cpp"
#include <hwy/foreach_target.h>
// After foreach_target.h.
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace amaneku::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

// Neighbouring lines are no farther apart than a cell, so the cells that a vector of lines needs lie within one
// vector of the first: two loads and two permutations instead of two gathers.
//
// kInside: all lines meet the ring between its first and its last cell.
template <bool kInside>
void sample_lines(double across, double last_across, const float* values, int first, double u,
                  const double* slopes, std::size_t n, float* out) {
  const hn::ScalableTag<double> dd;
  const hn::Rebind<float, decltype(dd)> df;
  const hn::Rebind<std::int32_t, decltype(dd)> di;
  const std::size_t lanes = hn::Lanes(dd);
  const auto places = hn::Set(di, static_cast<std::int32_t>(lanes - 1));
  for (std::size_t i = 0; i < n; i += lanes) {
    const auto slope = hn::LoadU(dd, slopes + i);
    const auto line = hn::Add(hn::Set(dd, across), hn::Mul(slope, hn::Set(dd, u)));
    const auto q = kInside ? line : hn::Min(hn::Max(line, hn::Zero(dd)), hn::Set(dd, last_across));
    const auto cell = hn::DemoteTo(di, q);
    const std::int32_t base = hn::GetLane(cell);
    // Of padding, whatever it is, any place in the register will do.
    const auto offset = hn::And(hn::Sub(cell, hn::Set(di, base)), places);
    const auto fraction = hn::DemoteTo(df, hn::Sub(q, hn::PromoteTo(dd, cell)));
    const auto indices = hn::IndicesFromVec(df, offset);
    const float* at = values + (base - first);
    const auto low = hn::TableLookupLanes(hn::LoadU(df, at), indices);
    const auto high = hn::TableLookupLanes(hn::LoadU(df, at + 1), indices);
    const auto between = hn::Add(low, hn::Mul(fraction, hn::Sub(high, low)));
    hn::StoreU(hn::IfThenElse(hn::Eq(fraction, hn::Zero(df)), low, between), df, out + i);
  }
}

void SampleRing(double across, double last_across, const float* values, int first, double u, const double* slopes,
                std::size_t n, float* out) {
  if (n == 0) return;
  const bool inside = across + slopes[0] * u >= 0.0 && across + slopes[n - 1] * u <= last_across;
  const auto sample = inside ? sample_lines<true> : sample_lines<false>;
  sample(across, last_across, values, first, u, slopes, n, out);
}

void Cells(double across, double cell_m, double u, int first, std::size_t n, const ConeSectors& sectors,
           RingCells& out) {
  const hn::ScalableTag<double> dd;
  const hn::Rebind<std::int32_t, decltype(dd)> di;
  const hn::Rebind<std::uint32_t, decltype(dd)> du;
  const auto last = hn::Set(di, static_cast<std::int32_t>(sectors.count - 1));
  const auto per_step = hn::Set(dd, 1.0 / sectors.slope_step);
  for (std::size_t i = 0; i < n; i += hn::Lanes(dd)) {
    const auto q = hn::Add(hn::Iota(dd, static_cast<double>(i)), hn::Set(dd, first));
    const auto slope = hn::Div(hn::Sub(q, hn::Set(dd, across)), hn::Set(dd, u));
    const auto length = hn::Sqrt(hn::Add(hn::Set(dd, 1.0), hn::Mul(slope, slope)));
    const auto sector = hn::DemoteTo(di, hn::Mul(hn::Sub(slope, hn::Set(dd, sectors.slope_low)), per_step));
    hn::StoreU(slope, dd, out.across_slope.data() + i);
    hn::StoreU(hn::Mul(hn::Set(dd, cell_m), length), dd, out.metres_per_u.data() + i);
    hn::StoreU(hn::BitCast(du, hn::Min(hn::Max(sector, hn::Zero(di)), last)), du, out.sector.data() + i);
  }
}

}  // namespace amaneku::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace amaneku {
HWY_EXPORT(SampleRing);
HWY_EXPORT(Cells);

void sample_ring(const FanSide& side, const RingRow& row, double u, std::span<const double> lines, float* out) {
  HWY_DYNAMIC_DISPATCH(SampleRing)
  (side.across(), side.last_across(), row.values, row.first, u, lines.data(), lines.size(), out);
}

void RingCells::resize(std::size_t n) {
  across_slope.resize(n + kLinePadding);
  metres_per_u.resize(n + kLinePadding, 1.0);
  sector.resize(n + kLinePadding);
}

void ring_cells(const FanSide& side, double cell_m, double u, int first, std::size_t n, const ConeSectors& sectors,
                RingCells& out) {
  out.resize(n);
  HWY_DYNAMIC_DISPATCH(Cells)(side.across(), cell_m, u, first, n, sectors, out);
}

void RingRows::restart(const Raster<float>& raster, const FanSide& side, double slope_low, double slope_high) {
  raster_ = &raster;
  side_ = &side;
  slope_low_ = slope_low;
  slope_high_ = slope_high;
  loaded_ = 0;
  const double widest = side.steps() > 0 ? side.u(side.steps() - 1) * (slope_high - slope_low) : 0.0;
  // Some cells more on each side, and a block's rings start at the same cell.
  width_ = static_cast<std::size_t>(std::ceil(widest)) + static_cast<std::size_t>(kBlock) + 8 + 2 * kPadding;
  values_.resize(width_ * kSlots);
  first_.resize(kSlots);
}

void RingRows::load_block() {
  const int rings = std::min(kBlock, side_->steps() - loaded_);
  const auto last = static_cast<int>(side_->last_across());
  const double outermost = side_->u(loaded_ + rings - 1);
  const double innermost = side_->u(loaded_);
  const auto cell = [&](double at) { return static_cast<int>(std::floor(std::clamp(at, -1.0, last + 1.0))); };
  const int low = cell(side_->across() + std::min(slope_low_ * outermost, slope_low_ * innermost)) - 1;
  const int high = cell(side_->across() + std::max(slope_high_ * outermost, slope_high_ * innermost)) + 2;
  const std::size_t stride = static_cast<std::size_t>(side_->across_stride());
  for (int k = 0; k < rings; ++k) first_[static_cast<std::size_t>((loaded_ + k) % kSlots)] = low;
  const float* const source = raster_->values.data();
  // A block's rows lie side by side: kSlots is a multiple of kBlock.
  float* const rows = values_.data() + static_cast<std::size_t>(loaded_ % kSlots) * width_ + kPadding;
  const int end = std::min(high + 1, low + static_cast<int>(width_ - 2 * kPadding));
  const int first_inside = std::clamp(0, low, end);
  const int end_inside = std::clamp(last + 1, first_inside, end);
  if (stride == 1) {
    for (int k = 0; k < rings; ++k) {
      float* const row = rows + static_cast<std::size_t>(k) * width_;
      const float* const from = source + side_->index(loaded_ + k, 0);
      std::fill(row, row + (first_inside - low), from[0]);
      std::copy(from + first_inside, from + end_inside, row + (first_inside - low));
      std::fill(row + (end_inside - low), row + (end - low), from[last]);
    }
  } else {
    const long step = side_->step_stride();
    for (int q = low; q < end; ++q) {
      const float* from = source + side_->index(loaded_, std::clamp(q, 0, last));
      float* to = rows + (q - low);
      for (int k = 0; k < rings; ++k, from += step, to += width_) *to = *from;
    }
  }
  loaded_ += rings;
}

}  // namespace amaneku
#endif
