#include "libsim/maps/server_row.hpp"

#include <limits>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "libsim/maps/server_row.cpp"
#include <hwy/foreach_target.h>
//
#include "propagation/lane_math-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace amaneku::server_row::HWY_NAMESPACE {
namespace {

using namespace amaneku::lane::HWY_NAMESPACE;

using Doubles = Pack::Tag;
using Floats = hn::Rebind<float, Doubles>;
using Indices = hn::Rebind<std::int32_t, Doubles>;

constexpr float kNoPower = -std::numeric_limits<float>::infinity();

/// Where (power, sector) is stronger than (held, server). False where power is NaN.
HWY_INLINE hn::Mask<Floats> is_stronger(hn::Vec<Floats> power, hn::Vec<Indices> sector, hn::Vec<Floats> held,
                                        hn::Vec<Indices> server) {
  const auto precedes = hn::RebindMask(Floats(), hn::Lt(sector, server));
  return hn::Or(hn::Gt(power, held), hn::And(hn::Eq(power, held), precedes));
}

HWY_INLINE void rank(const ServerCells& cells, std::size_t i, hn::Vec<Floats> power, hn::Vec<Indices> sector) {
  const Floats f;
  const Indices w;
  const auto best = hn::LoadU(f, cells.best_dbm + i);
  const auto best_server = hn::LoadU(w, cells.best_server + i);
  const auto second = hn::LoadU(f, cells.second_dbm + i);
  const auto second_server = hn::LoadU(w, cells.second_server + i);
  const auto leads = is_stronger(power, sector, best, best_server);
  const auto follows = is_stronger(power, sector, second, second_server);
  const auto moved = hn::IfThenElse(leads, best, hn::IfThenElse(follows, power, second));
  const auto leads_w = hn::RebindMask(w, leads);
  const auto moved_server =
      hn::IfThenElse(leads_w, best_server, hn::IfThenElse(hn::RebindMask(w, follows), sector, second_server));
  hn::StoreU(moved, f, cells.second_dbm + i);
  hn::StoreU(moved_server, w, cells.second_server + i);
  hn::StoreU(hn::IfThenElse(leads, power, best), f, cells.best_dbm + i);
  hn::StoreU(hn::IfThenElse(leads_w, sector, best_server), w, cells.best_server + i);
}

/// Each rank keeps the stronger of the two and hands the other on.
HWY_INLINE void contend(const ChannelCells& cells, std::size_t i, hn::Vec<Floats> power) {
  const Floats f;
  auto falling = hn::IfThenElse(hn::Eq(power, power), power, hn::Set(f, kNoPower));
  for (float* ranked_dbm : cells.ranked_dbm) {
    const auto held = hn::LoadU(f, ranked_dbm + i);
    hn::StoreU(hn::Max(held, falling), f, ranked_dbm + i);
    falling = hn::Min(held, falling);
  }
}

/// The sum of all but the strongest, without taking the difference of a sum and its largest part.
HWY_INLINE void sum(const ChannelCells& cells, std::size_t i, Pack power_mw, Pack interfering_mw) {
  const Pack strongest_mw = load<Pack>(cells.strongest_mw + i);
  const Pack held_mw = load<Pack>(cells.strongest_interfering_mw + i);
  const auto leads = power_mw > strongest_mw;
  store(load<Pack>(cells.others_mw + i) + select(leads, held_mw, interfering_mw), cells.others_mw + i);
  store(select(leads, interfering_mw, held_mw), cells.strongest_interfering_mw + i);
  store(max(power_mw, strongest_mw), cells.strongest_mw + i);
}

HWY_INLINE Pack received_dbm(const SectorRow& row, std::size_t i, Pack loss_db) {
  return Pack(row.before_gain_dbm) + load<Pack>(row.gain_dbi + i) - loss_db;
}

/// 0 where the loss is NaN.
HWY_INLINE Pack received_mw(Pack power_dbm, Pack loss_db) {
  return select(loss_db == loss_db, exp10(power_dbm * Pack(0.1)), Pack(0.0));
}

void add(const ServerCells& cells, const SectorRow& row, std::size_t n) {
  static_assert(hn::MaxLanes(Doubles()) <= kRowPadding);
  const Floats f;
  const auto sector = hn::Set(Indices(), row.sector);
  for (std::size_t i = 0; i < n; i += lane_count<Pack>()) {
    const auto loss = hn::LoadU(f, row.loss_db + i);
    if (hn::AllFalse(f, hn::Eq(loss, loss))) continue;
    const Pack loss_db(hn::PromoteTo(Doubles(), loss));
    const Pack power_dbm = received_dbm(row, i, loss_db);
    const auto power = hn::DemoteTo(f, power_dbm.lanes);
    rank(cells, i, power, sector);
    contend(cells.channel, i, power);
    const Pack power_mw = received_mw(power_dbm, loss_db);
    sum(cells.channel, i, power_mw, Pack(row.load) * power_mw);
  }
}

void interfere(double* others_mw, const SectorRow& row, double share, std::size_t n) {
  const Floats f;
  for (std::size_t i = 0; i < n; i += lane_count<Pack>()) {
    const Pack loss_db(hn::PromoteTo(Doubles(), hn::LoadU(f, row.loss_db + i)));
    const Pack power_mw = received_mw(received_dbm(row, i, loss_db), loss_db);
    store(load<Pack>(others_mw + i) + Pack(share * row.load) * power_mw, others_mw + i);
  }
}

}  // namespace
}  // namespace amaneku::server_row::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace amaneku {
namespace server_row {
namespace {
HWY_EXPORT(add);
HWY_EXPORT(interfere);
}  // namespace
}  // namespace server_row

void add_sector(const ServerCells& cells, const SectorRow& row, std::size_t n) {
  HWY_DYNAMIC_DISPATCH(server_row::add)(cells, row, n);
}

void add_interferer(double* others_mw, const SectorRow& row, double share, std::size_t n) {
  HWY_DYNAMIC_DISPATCH(server_row::interfere)(others_mw, row, share, n);
}

}  // namespace amaneku
#endif
