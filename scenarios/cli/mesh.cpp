#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "scenarios/cli/commands.hpp"
#include "terrain/people/mesh_code.hpp"

namespace amaneku::cli {
namespace {

struct MeshArguments {
  LonLat position{};
  int level = 0;
  std::string code;
};

void decode(const std::string& code) {
  const Mesh mesh = decode_mesh(code);
  fmt::print(
      "{{\"code\":\"{}\",\"level\":{},\"west_deg\":{:.12g},\"south_deg\":{:.12g},\"east_deg\":{:.12g},\"north_"
      "deg\":{:.12g}}}\n",
      code, mesh.level, mesh.box.west_deg, mesh.box.south_deg, mesh.box.east_deg, mesh.box.north_deg);
}

}  // namespace

void add_mesh(CLI::App& app) {
  auto arguments = std::make_shared<MeshArguments>();
  CLI::App* command = app.add_subcommand("mesh", "JIS X 0410 mesh codes");
  command->require_subcommand(1);
  CLI::App* encode = command->add_subcommand("encode", "The code of the mesh that holds a position");
  encode->add_option("LON", arguments->position.lon_deg, "degrees")->required();
  encode->add_option("LAT", arguments->position.lat_deg, "degrees")->required();
  encode->add_option("LEVEL", arguments->level, "1: 80 km ... 3: 1 km, 4: 500 m, 5: 250 m, 6: 125 m")->required();
  encode->callback([arguments] { fmt::print("{}\n", encode_mesh(arguments->position, arguments->level)); });
  CLI::App* decoded = command->add_subcommand("decode", "Level and box of a code, as JSON");
  decoded->add_option("CODE", arguments->code, "digits")->required();
  decoded->callback([arguments] { decode(arguments->code); });
}

}  // namespace amaneku::cli
