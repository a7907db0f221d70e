// The catalogue of services: figures of the reference, sources, and what is wrong with a user's file.
#include "scenarios/catalogue/services_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>
#include <string>
#include <vector>

#include "libsim/entry_of.hpp"
#include "libsim/latency/end_to_end.hpp"
#include "libsim/latency/radio_delay.hpp"
#include "libsim/latency/service_path.hpp"
#include "libsim/latency/transport_delay.hpp"
#include "terrain/error.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/csv.hpp"
#include "tests/support/data.hpp"
#include "tests/support/page.hpp"
#include "tests/unit/scenarios/small_world.hpp"

using namespace amaneku;
using namespace amaneku::scenarios;

namespace {

const ServiceNeeds& service(const std::string& id) {
  return entry_of(built_in_services(), id, "service");
}

const ServiceFlow& flow(const std::string& id, const std::string& of_flow) {
  return entry_of(service(id).flows, of_flow, "flow");
}

std::string service_faults(const std::string& text) {
  try {
    (void)read_services(text, "own.toml", built_in_services());
  } catch (const InputError& error) {
    return error.what();
  }
  return "no fault";
}

/// The largest message of a direction over a cell of 60 Mb/s up and 600 Mb/s down (DDDSU, 30 kHz, HARQ and RLC at
/// their defaults), the server at the exchange.
NetworkPath example_network(const ServiceNeeds& needs, Access uplink) {
  constexpr DelayGrid kGrid{.step_s = 50e-6, .horizon_s = 1.0};
  const SlotPattern pattern{.slots = "DDDSU"};
  const auto radio = [&](FlowDirection direction, Access access, double rate_bps) {
    double bits = 1.0;
    for (const ServiceFlow& part : needs.flows) {
      if (part.direction == direction) bits = std::max(bits, part.message_bits());
    }
    const SlotUse use{.access = access,
                      .slots = slots_of_burst(bits, rate_bps, pattern, access),
                      .times = ue_processing(1, pattern.subcarrier_spacing_hz)};
    return radio_delay(pattern, use, {}, kGrid);
  };
  return {.uplink = radio(FlowDirection::uplink, uplink, 60e6),
          .downlink = radio(FlowDirection::downlink, Access::downlink, 600e6),
          .transport = transport_delay(server_places()[1].path, kGrid)};
}

EndToEndResult example_delay(const ServiceNeeds& needs, Access uplink) {
  const bool up = needs.total_bps(FlowDirection::uplink) > 0.0;
  const FlowDirection direction = up ? FlowDirection::uplink : FlowDirection::downlink;
  return end_to_end(service_parts(needs.scope, direction, example_network(needs, uplink), {}),
                    {.deadline_s = needs.deadline_s});
}

const std::string kOwnService = R"([service.shuttle]
name = "Shuttle"
deadline_s = 0.2
reliability_percent = 99

[[service.shuttle.flow]]
id = "camera"
name = "camera"
rate_bps = 2e6
messages_per_s = 15

[[service.shuttle.source]]
keys = ["deadline_s", "flow.camera.rate_bps"]
source = "town council"
verified = true
)";

void check_service_fault(const std::string& from, const std::string& to, const std::string& message) {
  INFO(to);
  CHECK(service_faults(test::replaced(kOwnService, from, to)) == message);
}

}  // namespace

TEST_CASE("services have the figures of TS 22.186 as the reference has them", "[shared]") {
  AMANEKU_NEEDS(test::reference(), "system/v2x_requirements_22186.csv");
  const auto rows = test::read_csv(*test::reference() / "system/v2x_requirements_22186.csv");
  std::map<std::string, std::vector<std::string>> by_use;
  for (const auto& row : rows) by_use[row[0]] = row;
  const auto check_deadline = [&](const std::string& use, const ServiceNeeds& own) {
    INFO(use);
    const auto& row = by_use.at(use);
    CHECK(own.deadline_s == Approx(std::stod(row[1]) * 1e-3));
    if (!row[2].empty()) CHECK(own.reliability == Approx(std::stod(row[2]) / 100.0).epsilon(1e-12));
    return row[3] + "; " + row[4];
  };
  const std::string driving =
      check_deadline("Remote / tele-operated driving (3GPP target)", service("remote_driving"));
  CHECK(driving.find("UL 25 Mb/s; DL 1 Mb/s") == 0);
  CHECK(service("remote_driving").total_bps(FlowDirection::uplink) == 25e6);
  CHECK(service("remote_driving").total_bps(FlowDirection::downlink) == 1e6);
  const std::string practical = check_deadline("Tele-op practical (5GAA/5G-MOBIX)", service("teleoperation"));
  CHECK(practical.find("~25 Mb/s UL; 100 UL + 20 DL ms") == 0);
  CHECK(flow("teleoperation", "video").total_bps() == 25e6);
  CHECK(flow("teleoperation", "video").deadline_s == 0.1);
  CHECK(flow("teleoperation", "commands").deadline_s == 0.02);
  const std::string low = check_deadline("Extended sensors low automation", service("extended_sensors"));
  CHECK(low.find("1600 B ~10 msg/s") == 0);
  for (const auto& [id, name] : {std::pair{"extended_sensors", "objects"}, {"intersection_local5g", "objects"}}) {
    CHECK(flow(id, name).message_bytes == 1600.0);
    CHECK(flow(id, name).messages_per_s == 10.0);
  }
  const std::string high = check_deadline("Extended sensors high automation", service("extended_sensors_high"));
  CHECK(high.find("50 Mb/s") == 0);
  CHECK(flow("extended_sensors_high", "sensors").total_bps() == 50e6);
  const std::string unit = check_deadline("Advanced driving coop. perception", service("intersection_local5g"));
  CHECK(unit.find("53 Mb/s UE-UE; 50 Mb/s UE-RSU") == 0);
  CHECK(flow("intersection_local5g", "camera").total_bps() == 50e6);
}

TEST_CASE("every figure of a built-in service has a source, and nothing secondary counts as verified") {
  CHECK(built_in_services().size() == 8);
  for (const ServiceNeeds& own : built_in_services()) {
    INFO(own.id);
    CHECK(own.name_ja != own.name);
    std::vector<ValueSource> sources = own.sources;
    for (const ServiceFlow& part : own.flows) {
      CHECK(part.name_ja != part.name);
      CHECK(part.total_bps() > 0.0);
      CHECK(part.message_bits() > 0.0);
      sources.insert(sources.end(), part.sources.begin(), part.sources.end());
    }
    for (const ValueSource& value : sources) {
      INFO(value.key);
      CHECK_FALSE(value.source.empty());
      const bool indirect = value.source.find("assumption") == 0 ||
                            value.source.find("secondary") != std::string::npos ||
                            value.source.find("not read") != std::string::npos;
      CHECK(value.verified == !indirect);
    }
  }
  CHECK(service("remote_monitoring_level4").total_bps(FlowDirection::uplink) ==
        Approx(4 * 3e6 + 64e3 + 300 * 8 * 10.0));
}

TEST_CASE("a file of one's own adds a service, and replaces one by its name") {
  const auto more = read_services(kOwnService, "own.toml", built_in_services());
  REQUIRE(more.size() == built_in_services().size() + 1);
  const ServiceNeeds& own = more.back();
  CHECK(own.name_ja == "Shuttle");
  CHECK(own.flows[0].message_bits() == Approx(2e6 / 15.0));
  CHECK(own.sources[0].verified);
  CHECK(own.sources[1].source.empty());
  CHECK_FALSE(own.sources[1].verified);
  std::string renamed = kOwnService;
  for (int i = 0; i < 3; ++i) renamed = test::replaced(renamed, "service.shuttle", "service.remote_driving");
  const auto same = read_services(renamed, "own.toml", built_in_services());
  CHECK(same.size() == built_in_services().size());
  CHECK(entry_of(same, "remote_driving", "service").name == "Shuttle");
}

TEST_CASE("faults of a file of services have line and range") {
  CHECK(service_faults(kOwnService) == "no fault");
  check_service_fault("deadline_s = 0.2", "deadline_s = -1",
                      "own.toml:3:14: service.deadline_s = -1: out of range (legal: 0 .. 1000 s)");
  check_service_fault("messages_per_s = 15", "message_bites = 15",
                      "own.toml:10:1: service.flow.message_bites: unknown key; did you mean \"message_bytes\"?");
  check_service_fault("rate_bps = 2e6", "rate_bps = 2e6\nmessage_bytes = 100",
                      "own.toml:7:6: service.flow.id = \"camera\": needs two of rate_bps, message_bytes, "
                      "messages_per_s: the third follows");
  check_service_fault("\"flow.camera.rate_bps\"", "\"flow.camera.count\"",
                      "own.toml:13:8: service.source.keys = [\"deadline_s\", \"flow.camera.count\"]: names "
                      "\"flow.camera.count\", which the service does not state");
  check_service_fault("deadline_s = 0.2\n", "",
                      "own.toml:3:23: service.reliability_percent = 99: has no deadline_s that it is about\n"
                      "own.toml:12:8: service.source.keys = [\"deadline_s\", \"flow.camera.rate_bps\"]: names "
                      "\"deadline_s\", which the service does not state");
  check_service_fault("id = \"camera\"", "direction = \"up\"\nid = \"camera\"",
                      "own.toml:7:13: service.flow.direction = \"up\": unknown word (legal: uplink | downlink)");
  CHECK(service_faults("[service.empty]\nname = \"Empty\"\n") ==
        "own.toml:2:8: service.name = \"Empty\": has no [[service.NAME.flow]]");
}

TEST_CASE("the parts of a service are those of its scope, in their order") {
  const NetworkPath network = example_network(service("teleoperation"), Access::configured_grant);
  const auto names = [&](DeadlineScope scope, FlowDirection direction) {
    std::vector<std::string> out;
    for (const LatencyPart& part : service_parts(scope, direction, network, {})) out.push_back(part.name);
    return out;
  };
  using Names = std::vector<std::string>;
  CHECK(names(DeadlineScope::one_way, FlowDirection::uplink) == Names{"uplink", "transport up"});
  CHECK(names(DeadlineScope::one_way, FlowDirection::downlink) == Names{"transport down", "downlink"});
  CHECK(names(DeadlineScope::loop, FlowDirection::uplink) ==
        Names{"uplink", "transport up", "transport down", "downlink"});
  CHECK(names(DeadlineScope::glass_loop, FlowDirection::uplink) ==
        Names{"camera frame wait", "exposure and readout", "encoder", "uplink", "transport up", "decoder",
              "screen refresh wait", "panel", "transport down", "downlink"});
}

TEST_CASE("services on one cell, as docs/methods/latency.md has them") {
  for (const ServiceNeeds& needs : built_in_services()) {
    if (needs.id == "intersection_760mhz") continue;  // another radio
    const EndToEndResult asked = example_delay(needs, Access::scheduling_request);
    const EndToEndResult own = example_delay(needs, Access::configured_grant);
    const auto figures = [&](const EndToEndResult& result) {
      return fmt::format("{:.1f} | {:.1f} | {:.3f} %", result.p50_s * 1e3, result.p99_s * 1e3,
                         std::floor(result.within_deadline * 1e5 + 1e-6) / 1e3);
    };
    const std::string row = fmt::format("| `{}` | {:g} ms, {:.6g} % | {} | {} |", needs.id, needs.deadline_s * 1e3,
                                        needs.reliability * 100.0, figures(asked), figures(own));
    INFO("docs/methods/latency.md should have the line\n" << row);
    CHECK(test::page_has("docs/methods/latency.md", row));
  }
}

TEST_CASE("docs/formats/services.md is what the schema says") {
  const std::filesystem::path page = std::filesystem::path(AMANEKU_SOURCE_DIR) / "docs/formats/services.md";
  if (std::getenv("AMANEKU_UPDATE") != nullptr) test::write_text(page, services_markdown());
  INFO("run test_scenarios once with AMANEKU_UPDATE=1 after a change of the schema");
  CHECK(test::read_bytes(page) == services_markdown());
}
