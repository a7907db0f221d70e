#include "scenarios/site_list.hpp"

namespace amaneku::scenarios {
namespace {

constexpr std::uintmax_t kMaxAntennaBytes = 8 << 20;

AntennaPattern read_antenna(const Document& document, const SectionView& view) {
  const std::string type = view.text("type");
  if (type == "isotropic") {
    IsotropicAntenna antenna;
    if (view.given("gain_dbi")) antenna.gain_dbi = view.number("gain_dbi");
    return antenna;
  }
  if (type == "element38901") {
    Element38901 antenna;
    if (view.given("gain_dbi")) antenna.gain_dbi = view.number("gain_dbi");
    antenna.beamwidth_h_deg = view.number("beamwidth_h_deg");
    antenna.beamwidth_v_deg = view.number("beamwidth_v_deg");
    antenna.front_to_back_db = view.number("front_to_back_db");
    return antenna;
  }
  if (!view.given("path")) throw InputError(Fault{.message = "an antenna of type \"file\" needs a path"});
  const std::filesystem::path& path = document.path_of(view);
  return parse_antenna(read_text(path, kMaxAntennaBytes), path.string());
}

}  // namespace

Antennas read_antennas(Document& document) {
  Antennas antennas = {{"isotropic", IsotropicAntenna{}}};
  const TomlNode* named = document.root().find("antennas");
  if (named == nullptr) return antennas;
  const std::vector<SectionView> views = document.sections("antennas");
  for (std::size_t i = 0; i < views.size(); ++i) {
    AntennaPattern& antenna = antennas[(*named->table())[i].key];  // known even if faulty: its sectors are not
    document.attempt(views[i], "type", [&] { antenna = read_antenna(document, views[i]); });
  }
  return antennas;
}

}  // namespace amaneku::scenarios
