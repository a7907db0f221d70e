#include "scenarios/demo/region_text.hpp"

#include <fmt/format.h>

#include "scenarios/demo/relief.hpp"

namespace amaneku::scenarios::demo {

std::string scenario_toml(std::uint64_t seed, const LonLatBox& area) {
  return fmt::format(R"toml(# {synthetic}
[scenario]
name = "Nagihama district (synthetic demo)"
description = "Local 5G for a rural district: who is covered by the first ten masts, and which valleys and islands are not?"
crs = "{crs}"
grid_m = {cell:.1f}
seed = {seed}
synthetic = true
credits = ["All data: invented by amaneku, seed {seed}, CC0 1.0 (架空のデータ)"]

[area]
bbox_deg = [{west:.4f}, {south:.4f}, {east:.4f}, {north:.4f}]

[terrain]
vertical_datum = "mean sea level of an invented ocean"

[[terrain.dem]]
path = "dem.tif"

[[terrain.dem]]
path = "sea.tif"

[[population]]
path = "population.csv"
format = "csv"
mesh_field = "mesh"
count_field = "population"
synthetic = true

[[boundaries]]
path = "boundaries.geojson"
code_field = "code"
name_fields = ["name"]

[[focus_zones]]
path = "town_centres.geojson"

[[roads]]
path = "roads.geojson"
class_field = "class"
name_field = "name"

[sites]
path = "sites.csv"

[sector_defaults]
freq_hz = 4.85e9
power_dbm = 40.0
subcarriers = 3276
feeder_loss_db = 0.0
tx_agl_m = 20.0
antenna = "sector"

[antennas.sector]
type = "element38901"
gain_dbi = 16.0
beamwidth_h_deg = 65.0
beamwidth_v_deg = 10.0
front_to_back_db = 28.0

[receiver]
rx_agl_m = 1.5

[propagation]
model = "p526"
polarization = "vertical"
delta_n = 45.0

[coverage]
radius_m = 15000.0
threshold_dbm = -110.0
classes_dbm = [-120.0, -110.0, -100.0, -90.0, -80.0]
road_step_m = 25.0

# A first 5G network that carries a tenth of the mobile volume of its people (illustrative).
[traffic]
gb_per_month_per_person = 1.0
busy_hour_share = 0.07
uplink_share = 0.12
road_dl_kbps_per_km = 2000.0
road_ul_kbps_per_km = 500.0

# Schools, clinics, town halls and the rest: a level, and rates for lessons and remote consultations (illustrative).
[[places]]
path = "places.geojson"
dl_mbps = 10.0
ul_mbps = 2.0

# The national plan's targets, held against a region and its roll-out of FY2023, FY2025 and FY2030.
[targets]
mesh_rule = "half"

# What an application for one mast would draw. The thresholds are illustrative: read yours in the text that applies.
[licence]
cover_dbm = -84.6
coordination_dbm = -91.0
source = "illustrative, not checked against the ministry's text"
model = "mic_local5g_sub6"
area = "suburban"
sites = ["S01"]

# Illustrative: the centres of the towns as own land (自己土地).
[[licence.own_land]]
path = "town_centres.geojson"
)toml",
                     fmt::arg("synthetic", kSynthetic), fmt::arg("crs", kRegionCrs),
                     fmt::arg("cell", kRegionGrid.cell_m), fmt::arg("seed", seed), fmt::arg("west", area.west_deg),
                     fmt::arg("south", area.south_deg), fmt::arg("east", area.east_deg),
                     fmt::arg("north", area.north_deg));
}

std::string readme(const RegionFigures& figures) {
  return fmt::format(R"md(# Nagihama district (凪浜地区) - a synthetic demo region

**{synthetic}**

## The question

A district of five small municipalities has {people} people on {land:.0f} km2: a town on the plain of the main
river, a port, valley towns, ageing hamlets up the valleys and an island. {planned} local 5G masts (4.85 GHz) are
planned. How many people do they cover, in which municipality, and where are the gaps? {candidates} more places
are on the list as candidates.

    amaneku run scenario.toml -o out

## How it was made

Seed {seed}; the same seed gives the same bytes.

1. Relief: an uplift pattern (ridged multifractal noise, low along three valleys) is eroded by stream power on
   cells of 240, 120 and 60 m until the valleys are dendritic; valley floors are widened, the land sinks by
   some 20 m so that the lower valleys become bays, and the rivers fill theirs with gravel. Highest point {highest:.0f} m.
2. People: towns and hamlets take the level ground by the river mouths, in the basins and the bays; their people
   are spread over {meshes} half meshes (JIS X 0410, about 500 m) by level ground and distance.
3. Roads: least-cost paths. The expressway may dig tunnels and build bridges at 4 % at most; the others follow
   the ground. Bridges and tunnels are marked (`structure`).
4. Boundaries: whole catchments go to the seat that is easiest to reach, so that borders run along ridges.
5. Masts stand on rises beside the houses.

## Files

| file | content |
|---|---|
| dem.tif | ground, m, {crs}, 30 m, no data over the sea |
| sea.tif | 0 m over the sea, so that radio paths cross the bays and straits |
| population.csv | mesh, population, households, over_64 (people of 65 and more) |
| boundaries.geojson, municipalities.csv | areas; designations (過疎, 離島 ...) and fiscal capacity index |
| town_centres.geojson | what is within 1 km of the middle of each town: focus zones (評価対象区域) |
| roads.geojson | class (expressway, national, prefectural, local), name, name_en, structure |
| places.geojson, rivers.geojson | exchange offices (収容局), town halls, schools, clinics, ports, interchanges; rivers |
| sites.csv | planned (existing) and candidate local 5G sectors, with the fiscal year of the roll-out |
| sites_4g.csv | 4G masts of today; not part of the plan |

The coordinates lie in the open ocean south of Honshu (near 33.16 N 137.30 E), where there is no land.
Municipality codes begin with 99, which no prefecture has.

Licence of the data: CC0 1.0.
)md",
                     fmt::arg("synthetic", kSynthetic), fmt::arg("people", figures.people),
                     fmt::arg("land", figures.land_km2), fmt::arg("planned", figures.planned_sites),
                     fmt::arg("candidates", figures.candidate_sites), fmt::arg("seed", figures.seed),
                     fmt::arg("highest", figures.highest_m), fmt::arg("meshes", figures.meshes),
                     fmt::arg("crs", kRegionCrs));
}

}  // namespace amaneku::scenarios::demo
