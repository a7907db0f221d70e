#include "scenarios/output/candidates.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "scenarios/output/output_folder.hpp"
#include "terrain/files/atomic_file.hpp"
#include "terrain/raster/raster_io.hpp"

namespace amaneku::scenarios {
namespace {

constexpr const char* kList = "candidates.csv";
constexpr double kPerKm = 1e-3;

struct SectorRow {
  std::string id;
  std::string columns;
};

std::vector<SectorRow> rows_of(const CandidateForm& form) {
  const Site* like = form.like;
  std::vector<SectorRow> out;
  if (like == nullptr) {
    for (const int azimuth_deg : {0, 120, 240})
      out.push_back({std::to_string(out.size() + 1), fmt::format("{},{:g}", azimuth_deg, form.mast_m)});
    return out;
  }
  for (const Sector& sector : like->sectors)
    out.push_back({std::to_string(out.size() + 1),
                   fmt::format("{:g},{:g},{:g},{:g},{},{:g},{},{:g},{}", sector.mounting.azimuth_deg,
                               sector.tx_agl_m, sector.mounting.mechanical_downtilt_deg,
                               sector.mounting.electrical_downtilt_deg, sector.freq_hz, sector.power_dbm,
                               sector.subcarriers, sector.feeder_loss_db, sector.antenna_name)});
  return out;
}

}  // namespace

void check_candidates_folder(const std::filesystem::path& folder) {
  check_own_folder(folder, {kList, "site_id,lon,lat,status,people_in_sight", "list of candidates"});
}

std::string candidates_csv(const Proposal& proposal, const Crs& crs, const CandidateForm& form) {
  std::string out =
      "site_id,lon,lat,status,people_in_sight,road_in_sight_km,seen_km2,slope_deg,to_road_m,sector_id,azimuth_deg,"
      "tx_agl_m";
  if (form.like != nullptr)
    out += ",mechanical_downtilt_deg,electrical_downtilt_deg,freq_hz,power_dbm,subcarriers,feeder_loss_db,antenna";
  out += '\n';
  const std::vector<SectorRow> sectors = rows_of(form);
  const std::size_t digits = std::max<std::size_t>(3, std::to_string(proposal.sites.size()).size());
  for (std::size_t i = 0; i < proposal.sites.size(); ++i) {
    const ProposedSite& site = proposal.sites[i];
    const LonLat at = crs.to_lonlat(site.at);
    const std::string id = fmt::format("{}{:0{}}", form.prefix, i + 1, digits);
    const std::string to_road = std::isfinite(site.to_road_m) ? fmt::format("{:.0f}", site.to_road_m) : "";
    for (const SectorRow& sector : sectors)
      out += fmt::format("{},{:.6f},{:.6f},candidate,{:.1f},{:.2f},{:.2f},{:.1f},{},{}-{},{}\n", id, at.lon_deg,
                         at.lat_deg, site.people, kPerKm * site.road_m, site.seen_km2, site.slope_deg, to_road, id,
                         sector.id, sector.columns);
  }
  return out;
}

void write_candidates(const std::filesystem::path& folder, const Proposal& proposal, const Crs& crs,
                      const CandidateForm& form) {
  StagedFolder staged(folder);
  staged.attempt([&] {
    write_file_atomically(staged.file(kList), candidates_csv(proposal, crs, form));
    write_cog(staged.file("people_in_sight.tif"), proposal.sight.people, crs, {});
    write_cog(staged.file("road_in_sight_m.tif"), proposal.sight.road_m, crs, {});
  });
  staged.publish({});
}

}  // namespace amaneku::scenarios
