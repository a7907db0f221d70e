#include "scenarios/demo/region_text.hpp"

#include <fmt/format.h>

#include "scenarios/demo/relief.hpp"

namespace amaneku::scenarios::demo {

std::string exchange_toml(const std::string& name, LonLat at) {
  return fmt::format("[[costs.exchange]]\nname = \"{}\"\nlon = {:.6f}\nlat = {:.6f}\n\n", name, at.lon_deg,
                     at.lat_deg);
}

std::string costs_toml() {
  return fmt::format(R"toml(# {}
# Prices of the demo. Those without a source are invented: every result names them.

[[deflator]]
from_currency = "USD"
from_year = 2019
to_currency = "JPY"
to_year = 2025
factor = 130.0
source = "invented for the demo"

[price.demo_mast]
name = "mast of 20 m with foundations"
low = 9000000
currency = "JPY"
year = 2025
[price.demo_roof]
name = "mount on a roof"
low = 1800000
currency = "JPY"
year = 2025
[price.demo_grid]
name = "line to the power grid, a metre"
low = 9000
currency = "JPY"
year = 2025
[price.demo_battery]
name = "battery for an hour"
low = 60000
currency = "JPY"
year = 2025
[price.demo_generator]
name = "generator"
low = 2500000
currency = "JPY"
year = 2025
[price.demo_path]
name = "path, a metre"
low = 12000
currency = "JPY"
year = 2025
[price.demo_aerial]
name = "fibre on poles, a metre"
low = 1500
currency = "JPY"
year = 2025
[price.demo_buried]
name = "fibre underground, a metre"
low = 60000
currency = "JPY"
year = 2025
[price.demo_submarine]
name = "submarine cable, a metre"
low = 15000
currency = "JPY"
year = 2025
[price.demo_landing]
name = "landing of a submarine cable"
low = 80000000
currency = "JPY"
year = 2025
[price.demo_microwave]
name = "end of a microwave hop with antenna and works"
low = 2500000
currency = "JPY"
year = 2025
[price.demo_microwave_fees]
name = "spectrum fees of an end of a microwave hop, a year"
low = 30000
currency = "JPY"
year = 2025
[price.demo_lease]
name = "lease of a site, a year"
low = 240000
currency = "JPY"
year = 2025
[price.demo_fees]
name = "fees of a site, a year"
low = 30000
currency = "JPY"
year = 2025

[asset.mast]
price = "demo_mast"
[asset.rooftop_mount]
price = "demo_roof"
[asset.grid]
price = "demo_grid"
[asset.battery]
price = "demo_battery"
[asset.generator]
price = "demo_generator"
[asset.access_road]
price = "demo_path"
[asset.fibre_aerial]
price = "demo_aerial"
[asset.fibre_buried]
price = "demo_buried"
[asset.fibre_submarine]
price = "demo_submarine"
[asset.landing]
price = "demo_landing"
[asset.microwave_terminal]
price = "demo_microwave"
[asset.microwave_fees]
price = "demo_microwave_fees"
[asset.lease]
price = "demo_lease"
[asset.fees]
price = "demo_fees"
)toml",
                     kSynthetic);
}

std::string bus_route_toml(const NamedPlace& from, const NamedPlace& to) {
  return fmt::format(
      R"toml(# A Level 4 bus between the two towns, with the operator's eyes on it: does the link hold? (illustrative)
[routes]
service = "remote_monitoring_level4"
runs = 50

[[route]]
id = "coast-bus"
name = "{0}～{1}線（自動運転バス）"
path = "roads.geojson"
names = ["国道901号"]
from_deg = [{2:.6f}, {3:.6f}]
to_deg = [{4:.6f}, {5:.6f}]
speed_kmh = 35.0
first = "07:00"
last = "18:00"
headway_min = 30.0

[[route.stop]]
name = "{0}診療所前"
at_m = 900.0
dwell_s = 30.0

[[route.stop]]
name = "峠"
at_m = 8000.0
dwell_s = 20.0

[[route.intersection]]
name = "{0}中央"
lon = {2:.6f}
lat = {3:.6f}

)toml",
      from.name, to.name, from.at.lon_deg, from.at.lat_deg, to.at.lon_deg, to.at.lat_deg);
}

std::string scenario_toml(std::uint64_t seed, const LonLatBox& area, const RegionParts& parts) {
  return fmt::format(R"toml(# {synthetic}
[scenario]
name = "Nagihama district (synthetic demo)"
title_ja = "凪浜地区（架空の地域）"
description = "Local 5G for a rural district: who is covered by the first eleven masts, and which valleys and islands are not?"
description_ja = "架空の農山漁村地域におけるローカル5G計画。当初の 11 局でどの地域の人口までサービス可となり、どの谷や離島が残るか。"
crs = "{crs}"
grid_m = {cell:.1f}
seed = {seed}
synthetic = true
credits = ["All data: invented by amaneku, seed {seed}, CC0 1.0 (架空のデータ)"]
credits_ja = ["全データ: amaneku が生成した架空のデータ（乱数シード {seed}、CC0 1.0）"]

[area]
bbox_deg = [{west:.4f}, {south:.4f}, {east:.4f}, {north:.4f}]

[terrain]
vertical_datum = "mean sea level of an invented ocean"
vertical_datum_ja = "架空の海の平均海面"

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

{bus}# The national plan's targets, held against a region and its roll-out of FY2023, FY2025 and FY2030.
[targets]
mesh_rule = "half"

# What an application for one mast would draw. The thresholds are illustrative: read yours in the text that applies.
[licence]
cover_dbm = -84.6
coordination_dbm = -91.0
source = "illustrative, not checked against the ministry's text"
source_ja = "例示値。総務省の審査基準との照合は行っていない"
model = "mic_local5g_sub6"
area = "suburban"
sites = ["S01"]

# Illustrative: the centres of the towns as own land (自己土地).
[[licence.own_land]]
path = "town_centres.geojson"

# What it costs and who pays. Prices without a source are invented (costs.toml beside this file names each).
[costs]
path = "costs.toml"
year = 2025
years = 10
discount_rate = 0.04
slope_share = 0.01
autonomy_h = 24.0
grid_m = 100.0
build = "mast"
fibre = "aerial"

[costs.sites]
path = "site_costs.csv"

# How the masts reach the exchange offices: cables along the roads, under the sea to the island. The figures of cables are
# illustrative.
[backhaul]
cable = "aerial"
least_mbps = 50.0
place_kinds = ["town_hall", "school"]
place_mbps = 20.0
edge_servers = 3
cuts_per_1000km_year = 5.0
repair_h = 12.0
households_within_m = 1000.0

# Microwave hops are on offer beside the cables; band, rain and prices are examples.
[backhaul.microwave]
bands = ["18ghz"]
availability_percent = 99.99

[backhaul.air]
rain_rate_001_mm_h = 60.0

{exchanges}[subsidy]
fiscal_years = ["R6", "R7"]
applicants = ["municipality"]
payer = "municipality"
persons_per_household = 2.2

[subsidy.municipalities]
path = "municipalities.csv"
)toml",
                     fmt::arg("synthetic", kSynthetic), fmt::arg("crs", kRegionCrs),
                     fmt::arg("cell", kRegionGrid.cell_m), fmt::arg("seed", seed), fmt::arg("west", area.west_deg),
                     fmt::arg("south", area.south_deg), fmt::arg("east", area.east_deg),
                     fmt::arg("north", area.north_deg), fmt::arg("exchanges", parts.exchanges),
                     fmt::arg("bus", parts.bus));
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
| roads.geojson | class (expressway, national, prefectural, local), name, name_en, structure, tunnel, bridge |
| places.geojson, rivers.geojson | exchange offices (収容局), town halls, schools, clinics, ports, interchanges; rivers |
| costs.toml, site_costs.csv | prices of the demo, invented; what is built at each site |
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
