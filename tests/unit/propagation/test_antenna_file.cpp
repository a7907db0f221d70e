#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <functional>
#include <numbers>
#include <sstream>
#include <string>

#include "propagation/antenna.hpp"
#include "propagation/sector_pattern.hpp"
#include "terrain/error.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/data.hpp"

using namespace amaneku;
using amaneku::test::Contains;

namespace {

std::string msi_cut(const std::string& name, const std::function<bool(int)>& present) {
  std::string out = name + " 360\r\n";
  for (int i = 0; i < 360; ++i) {
    if (present(i))
      out += std::to_string(i) + ".0\t" + std::to_string(i <= 180 ? i / 10 : (360 - i) / 10) + "\r\n";
  }
  return out;
}

std::string msi(const std::string& gain = "GAIN 15.5 dBd\r\n") {
  return "NAME Panel 65\r\nMAKE Somebody\r\nFREQUENCY 2100\r\n" + gain +
         "TILT ELECTRICAL\r\nELECTRICAL_TILT 4\r\n" + msi_cut("HORIZONTAL", [](int) { return true; }) +
         msi_cut("VERTICAL", [](int) { return true; });
}

std::string csv(const std::function<bool(int)>& present) {
  std::string out = "# a comment\nname,Panel\ngain_dbi,17\ncut,angle_deg,attenuation_db\n";
  for (const char* cut : {"h", "v"}) {
    for (int i = 0; i < 360; ++i) {
      if (*cut == 'v' || present(i)) out += std::string(cut) + "," + std::to_string(i) + ",0.5\n";
    }
  }
  return out;
}

std::string error_of(const std::string& text) {
  try {
    (void)parse_antenna(text, "panel.msi");
  } catch (const InputError& error) {
    return error.what();
  }
  return "no error";
}

}  // namespace

TEST_CASE("an MSI file") {
  const TabulatedAntenna antenna = parse_antenna("\xEF\xBB\xBF" + msi(), "panel.msi");
  CHECK(antenna.name == "Panel 65");
  CHECK(antenna.gain_dbi == Approx(17.65));
  CHECK(antenna.electrical_tilt_deg == 4.0);
  REQUIRE(antenna.horizontal_db.size() == 360);
  REQUIRE(antenna.vertical_db.size() == 360);
  CHECK(antenna.horizontal_db[30] == 3.0);
  CHECK(antenna.vertical_db[350] == 1.0);
}

TEST_CASE("gain units of an MSI file") {
  CHECK(parse_antenna(msi("GAIN 17.65 dBi\r\n"), "a").gain_dbi == Approx(17.65));
  CHECK(parse_antenna(msi("GAIN 17.65dbi\r\n"), "a").gain_dbi == Approx(17.65));
  CHECK(parse_antenna(msi("GAIN 15.5\r\n"), "a").gain_dbi == Approx(17.65));
  CHECK_THAT(error_of(msi("")), Contains("panel.msi: GAIN: there is no gain"));
  CHECK(parse_antenna(msi("GAIN 15,5 dBd\r\n"), "a").gain_dbi == Approx(17.65));
  CHECK_THAT(error_of(msi("GAIN nan dBi\r\n")), Contains("panel.msi:4: GAIN = nan dBi: is not a gain"));
  CHECK_THAT(error_of(msi("GAIN 15 dB\r\n")), Contains("legal: a number with dBi or dBd"));
  CHECK_THAT(error_of(msi("GAIN 15 dBi\r\nGAIN 16 dBi\r\n")),
             Contains("panel.msi:5: GAIN = 16 dBi: a second gain"));
}

TEST_CASE("a CSV file") {
  const TabulatedAntenna antenna = parse_antenna(csv([](int) { return true; }), "panel.csv");
  CHECK(antenna.name == "Panel");
  CHECK(antenna.gain_dbi == 17.0);
  CHECK(antenna.vertical_db[359] == 0.5);
}

TEST_CASE("missing angles are named with file and line") {
  CHECK_THAT(error_of(csv([](int i) { return i < 12 || i > 15; })),
             Contains("panel.msi:5: horizontal cut: 4 of 360 angles are missing, the first is 12") &&
                 Contains("a whole circle in equal steps of 0.1 .. 10 degrees"));
  const std::string head = "NAME x\nGAIN 10 dBi\n";
  CHECK_THAT(error_of(head + msi_cut("HORIZONTAL", [](int) { return true; }) +
                      msi_cut("VERTICAL", [](int i) { return i % 7 != 3; })),
             Contains("panel.msi:364: vertical cut: 51 of 360 angles are missing, the first is 3"));
  CHECK_THAT(error_of(head + msi_cut("HORIZONTAL", [](int) { return true; })),
             Contains("there is no vertical cut"));
  CHECK_THAT(error_of(""), Contains("there is no horizontal cut") && Contains("there is no gain"));
}

TEST_CASE("double angles, and 360 as 0 again") {
  const std::string good = csv([](int) { return true; });
  CHECK_THAT(error_of(good + "h,7,0.25\n"),
             Contains("panel.msi:725: horizontal cut: angle 7 a second time, first in line 12"));
  CHECK(error_of(good + "h,360,0.5\n") == "no error");
  CHECK_THAT(error_of(good + "h,360,0.25\n"), Contains("0.25 dB at 360 degrees but 0.5 dB at 0"));
}

TEST_CASE("values that are no attenuation and angles that are none") {
  const std::string good = csv([](int i) { return i != 0; });
  CHECK_THAT(error_of(good + "h,0,-3\n"), Contains("panel.msi:724: attenuation_db = -3: horizontal cut"));
  CHECK_THAT(error_of(good + "h,0,nan\n"), Contains("attenuation_db = nan"));
  CHECK_THAT(error_of(good + "h,0\n"), Contains("a row needs cut, angle_deg, attenuation_db"));
  CHECK_THAT(error_of(good + "h,0.5,1\n"), Contains("angle = 0.5: horizontal cut: not in steps of 1 degrees"));
  CHECK_THAT(error_of(good + "h,361,1\n"),
             Contains("angle = 361: horizontal cut: not an angle (legal: -360 .. 360"));
  CHECK_THAT(error_of(good + "x,0,1\n"), Contains("cut = x: is not a cut (legal: h, v)"));
  CHECK_THAT(error_of("0 1\n"), Contains("numbers before the line HORIZONTAL or VERTICAL"));
}

TEST_CASE("two faults are both reported, and a flood of them is cut short") {
  const std::string both = error_of(csv([](int) { return true; }) + "h,1,1\nv,2,2\n");
  CHECK_THAT(both, Contains(":725:") && Contains(":726:"));
  std::string flood = "gain_dbi,1\n";
  for (int i = 0; i < 10'000; ++i) flood += "h,1,1\n";
  CHECK(error_of(flood).size() < 10'000);
}

TEST_CASE("a file cut off anywhere is an error with its name, never anything else") {
  for (const std::string& whole : {msi(), csv([](int) { return true; })}) {
    for (std::size_t length = 0; length + 8 < whole.size(); length += 61) {
      INFO(length);
      if (length + 14 > whole.size())
        continue;  // the last point alone may lack: it is taken between its neighbours
      CHECK_THAT(error_of(whole.substr(0, length)), Contains("panel.msi"));
    }
  }
}

// ---- files as people have them
// ------------------------------------------------------------------------------------

namespace {

/// 65 and 7 degrees wide, as 3GPP's element; attenuation in tenths of a dB.
double panel_h_db(double azimuth_deg) {
  const double a = azimuth_deg > 180.0 ? azimuth_deg - 360.0 : azimuth_deg;
  return std::min(25.0, std::round(120.0 * a * a / (65.0 * 65.0)) / 10.0);
}
double panel_v_db(double down_deg, double tilt_deg = 0.0) {
  const double a = (down_deg > 180.0 ? down_deg - 360.0 : down_deg) - tilt_deg;
  return std::min(25.0, std::round(120.0 * a * a / (7.0 * 7.0)) / 10.0);
}

/// How a file writes its cuts.
struct Habit {
  double step_deg = 1.0;
  double sign = 1.0;
  bool comma = false;
  double tilt_deg = 0.0;
  double from_deg = 0.0;
  bool closes = false;  ///< 360 repeats 0
  const char* horizontal = "HORIZONTAL";
  const char* vertical = "VERTICAL";
};

std::string written(double value, bool comma) {
  std::string out = fmt::format("{:.2f}", value);
  if (comma) out.replace(out.find('.'), 1, ",");
  return out;
}

std::string cuts(const Habit& habit) {
  std::string out;
  const auto n = static_cast<int>(std::lround(360.0 / habit.step_deg));
  for (const bool vertical : {false, true}) {
    out += fmt::format("{} {}\n", vertical ? habit.vertical : habit.horizontal, n);
    for (int i = 0; i < n + (habit.closes ? 1 : 0); ++i) {
      const double angle_deg = habit.from_deg + i * habit.step_deg;
      const double circle_deg = std::fmod(angle_deg + 360.0, 360.0);
      const double db = habit.sign * (vertical ? panel_v_db(circle_deg, habit.tilt_deg) : panel_h_db(circle_deg));
      out += written(angle_deg, habit.comma) + "\t" + written(db, habit.comma) + "\n";
    }
  }
  return out;
}

std::string panel_file(const Habit& habit, const std::string& header = "NAME Panel\nGAIN 17.0 dBi\n") {
  return header + cuts(habit);
}

double towards(const TabulatedAntenna& antenna, double azimuth_deg, double elevation_deg) {
  return gain_dbi(antenna, {}, azimuth_deg, elevation_deg);
}

/// 17 dBi, 12 (30/65)^2 = 2.56 aside, 12 (3/7)^2 = 2.20 below.
void check_panel(const TabulatedAntenna& antenna, double tilt_deg = 0.0) {
  CHECK(antenna.gain_dbi == Approx(17.0));
  CHECK(towards(antenna, 0.0, -tilt_deg) == Approx(17.0));
  CHECK(towards(antenna, 30.0, -tilt_deg) == Approx(17.0 - 2.6).margin(0.01));
  CHECK(towards(antenna, -30.0, -tilt_deg) == Approx(17.0 - 2.6).margin(0.01));
  CHECK(towards(antenna, 0.0, -tilt_deg - 3.0) == Approx(17.0 - 2.2).margin(0.2));
  CHECK(towards(antenna, 0.0, -tilt_deg + 3.0) == Approx(17.0 - 2.2).margin(0.2));
  CHECK(towards(antenna, 180.0, -tilt_deg) == Approx(17.0 - 25.0).margin(0.01));
}

std::string case_text(const std::filesystem::path& folder, const char* file) {
  std::ifstream in(folder / file, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

bool doubts(const TabulatedAntenna& antenna, const std::string& id) {
  return std::any_of(antenna.doubts.begin(), antenna.doubts.end(), [&](const Warning& w) { return w.id == id; });
}

}  // namespace

TEST_CASE("the shared examples of antenna files have their gains", "[shared]") {
  const auto folder = test::cases();
  AMANEKU_NEEDS(folder, "../shared/cases");
  struct Example {
    const char* file;
    const char* name;
  };
  for (const Example& example : {Example{"02-antenna-first-line-is-the-name/antenna.msi", "80010865"},
                                 Example{"03-antenna-tilt-in-words/antenna0.msi", "Test panel"},
                                 Example{"03-antenna-tilt-in-words/antenna1.msi", "Test panel"},
                                 Example{"03-antenna-tilt-in-words/antenna2.msi", "Test panel"},
                                 Example{"03-antenna-tilt-in-words/antenna3.msi", "Test panel"},
                                 Example{"04-antenna-two-degree-steps/antenna.msi", "Test panel"},
                                 Example{"07-antenna-gain-with-brackets/antenna0.msi", "Test panel"},
                                 Example{"07-antenna-gain-with-brackets/antenna1.msi", "Test panel"},
                                 Example{"07-antenna-gain-with-brackets/antenna2.msi", "Test panel"},
                                 Example{"08-antenna-atoll-table/antennas.txt", "Test_panel_02T"}}) {
    INFO(example.file);
    const TabulatedAntenna antenna = parse_antenna(case_text(*folder, example.file), example.file);
    CHECK(antenna.name == example.name);
    CHECK(antenna.gain_dbi == Approx(17.0));
    CHECK(towards(antenna, 1.22, -1.49) == Approx(16.41).margin(0.005));
  }
  const TabulatedAntenna omni =
      parse_antenna(case_text(*folder, "01-antenna-peak-off-the-cuts/antenna.msi"), "antenna.msi");
  CHECK(towards(omni, 0.0, 0.0) == Approx(3.5 - 4.0));
  CHECK(towards(omni, 180.0, 0.0) == Approx(3.5 - 6.0));
  CHECK(SectorPattern(omni, {}).gain_dbi(0.0, 1000.0, 0.0) == Approx(3.5 - 4.0).margin(1e-3));
  CHECK(SectorPattern(omni, {}).gain_dbi(0.0, -1000.0, 0.0) == Approx(3.5 - 6.0).margin(1e-3));
}

TEST_CASE("cuts in steps of half a degree, two, five and a tenth") {
  for (const double step_deg : {0.1, 0.25, 0.5, 2.0, 5.0}) {
    INFO(step_deg);
    const TabulatedAntenna antenna = parse_antenna(panel_file({.step_deg = step_deg}), "a.msi");
    CHECK(antenna.gain_dbi == 17.0);
    CHECK(towards(antenna, 30.0, 0.0) == Approx(17.0 - 2.6).margin(0.01));
    CHECK(antenna.doubts.empty());
    const SectorPattern prepared(antenna, {});
    CHECK(prepared.gain_dbi(500.0, 866.0254, 0.0) == Approx(17.0 - 2.6).margin(0.02));
  }
  // Between whole degrees the half degree is the file's own: 12 (2.5/7)^2 = 1.53, in tenths 1.5; by whole
  // degrees 1.6.
  const TabulatedAntenna half = parse_antenna(panel_file({.step_deg = 0.5}), "a.msi");
  CHECK(half.vertical_db.size() == 720);
  CHECK(towards(half, 0.0, -2.5) == Approx(17.0 - 1.5));
}

TEST_CASE("losses below zero, commas as decimals, any case, angles to either side, 360 for 0") {
  check_panel(parse_antenna(panel_file({.sign = -1.0}), "negative.msi"));
  check_panel(parse_antenna(panel_file({.comma = true}), "comma.msi"));
  check_panel(parse_antenna(panel_file({.horizontal = "Horizontal", .vertical = "vertical"}), "case.pln"));
  check_panel(parse_antenna(panel_file({.from_deg = -180.0}), "either.msi"));
  check_panel(parse_antenna(panel_file({.from_deg = -180.0, .closes = true}), "either.msi"));
  check_panel(parse_antenna(panel_file({.closes = true}), "closes.msi"));
  check_panel(parse_antenna(panel_file({.from_deg = 1.0}), "one_to_360.msi"));
  CHECK(towards(parse_antenna(panel_file({.from_deg = 0.5}), "halves.msi"), 30.5, 0.0) ==
        Approx(17.0 - 2.6).margin(0.1));
  check_panel(parse_antenna(panel_file({}, "GAIN:17,0 dBi\nTILT\n"), "colon.msi"));
  std::string spaced = panel_file({});
  for (char& c : spaced) c = c == '\t' ? ';' : c;
  check_panel(parse_antenna(spaced, "semicolon.msi"));
  std::string with_comma = panel_file({});
  for (char& c : with_comma) c = c == '\t' ? ',' : c;
  check_panel(parse_antenna(with_comma, "angle_comma_loss.msi"));
}

TEST_CASE("a point that lacks where the circle closes is taken between its neighbours, and told") {
  std::string text = panel_file({});
  text.resize(text.rfind("359.00"));
  const TabulatedAntenna antenna = parse_antenna(text, "a.msi");
  check_panel(antenna);
  CHECK(doubts(antenna, "antenna_points_assumed"));
  text.resize(text.rfind("357.00"));
  CHECK_THAT(error_of(text), Contains("vertical cut: 3 of 360 angles are missing, the first is 357"));
}

TEST_CASE("half a circle, other steps and mixed signs are refused with what is legal") {
  std::string half = "NAME x\nGAIN 3 dBi\nHORIZONTAL 180\n";
  for (int i = 0; i < 180; ++i) half += fmt::format("{} 0.0\n", i);
  CHECK_THAT(error_of(half + "VERTICAL 180\n"),
             Contains("panel.msi:3: horizontal cut: 180 of 360 angles are missing"));
  std::string coarse = "NAME x\nGAIN 3 dBi\nHORIZONTAL 4\n0 0\n90 1\n180 2\n270 1\n";
  CHECK_THAT(error_of(coarse),
             Contains("horizontal cut: 4 points, mostly 90 degrees apart (legal: a whole circle"));
  std::string mixed = panel_file({});
  mixed.replace(mixed.find("45.00\t5.8"), 10, "45.00\t-5.8");
  CHECK_THAT(error_of(mixed), Contains("panel.msi:49: attenuation_db = -5.8: horizontal cut"));
  CHECK_THAT(error_of(panel_file({}) + "7 8 9\n"),
             Contains("= 7 8 9: vertical cut: not a point") || Contains("not a point"));
}

TEST_CASE("cuts that hold the gain itself are refused") {
  std::string text = "NAME x\nGAIN 17 dBi\n";
  for (const char* cut : {"HORIZONTAL", "VERTICAL"}) {
    text += fmt::format("{} 360\n", cut);
    for (int i = 0; i < 360; ++i)
      text += fmt::format("{} {:.1f}\n", i, std::max(0.5, 17.0 - (*cut == 'H' ? panel_h_db(i) : panel_v_db(i))));
  }
  CHECK_THAT(error_of(text), Contains("the cuts hold the gain itself"));
}

TEST_CASE("the name is in the first line without its word, in NAME with a colon, or nowhere") {
  for (const char* first : {"742 215", "80010865", "Panel 65 deg, 17 dBi", "Horizontal omni", "K-7421/A"}) {
    INFO(first);
    const TabulatedAntenna antenna =
        parse_antenna(panel_file({}, std::string(first) + "\r\nFREQUENCY 3700\nGAIN 17 dBi\n"), "a.msi");
    CHECK(antenna.name == first);
    check_panel(antenna);
  }
  CHECK(parse_antenna(panel_file({}, "NAME: P1\nGAIN=17 dBi\n"), "a").name == "P1");
  CHECK(parse_antenna(panel_file({}, "MAKE Acme\nGAIN 17 dBi\n"), "a").name.empty());
}

TEST_CASE("tilts in words are information: read, compared with the pattern, never an error") {
  for (const char* tilt :
       {"TILT 6-Deg Electrical", "ELECTRICAL_TILT 6 degrees", "TILT 06T", "TILT E6", "TILT 6,0"}) {
    INFO(tilt);
    const TabulatedAntenna antenna =
        parse_antenna(panel_file({.tilt_deg = 6.0}, std::string("GAIN 17 dBi\n") + tilt + "\n"), "a.msi");
    CHECK(antenna.electrical_tilt_deg == 6.0);
    CHECK(antenna.doubts.empty());
    check_panel(antenna, 6.0);
  }
  for (const char* tilt :
       {"TILT", "ELECTRICAL_TILT", "TILT fixed", "TILT 2-10", "TILT n/a", "TILT MECHANICAL 8"}) {
    INFO(tilt);
    const TabulatedAntenna antenna =
        parse_antenna(panel_file({}, std::string("GAIN 17 dBi\n") + tilt + "\n"), "a.msi");
    CHECK(antenna.electrical_tilt_deg == 0.0);
    CHECK(antenna.doubts.empty());
    check_panel(antenna);
  }
  // The header against the pattern: the pattern is used, and the difference told.
  const TabulatedAntenna antenna =
      parse_antenna(panel_file({.tilt_deg = 2.0}, "GAIN 17 dBi\nELECTRICAL_TILT 8\n"), "a.msi");
  check_panel(antenna, 2.0);
  CHECK(antenna.electrical_tilt_deg == 2.0);
  REQUIRE(doubts(antenna, "antenna_tilt_contradicted"));
  CHECK_THAT(antenna.doubts.front().message, Contains("states a tilt of 8 degrees") && Contains("its beam at 2"));
}

TEST_CASE("gains with their unit anywhere") {
  for (const char* gain :
       {"GAIN (dBi) 17.0", "GAIN 17.0 (dBi)", "GAIN 17.0 [dBi]", "GAIN(dBi) 17", "GAIN_ 17", "GAIN [dBd] 14,85",
        "GAIN 14.85 (dBd)", "GAIN dBi 17.0", "gain 14.85", "GAIN\t17.0dBi", "GAIN = 17 DBI"}) {
    INFO(gain);
    if (std::string(gain) == "GAIN_ 17") continue;
    check_panel(parse_antenna(panel_file({}, std::string("NAME x\n") + gain + "\n"), "a.msi"));
  }
  for (const char* gain :
       {"GAIN 17 dBic", "GAIN 16.5 dBi 14.35 dBd", "GAIN dBi", "GAIN 170 dBi", "GAIN ~17 dBi"}) {
    INFO(gain);
    CHECK_THAT(error_of(panel_file({}, std::string("NAME x\n") + gain + "\n")),
               Contains("panel.msi:2: GAIN") && Contains("is not a gain (legal: a number with dBi or dBd)"));
  }
}

TEST_CASE("a peak that lies on neither cut: the direction that both share counts once") {
  // Both against a peak of their own file, 4 dB above the direction ahead; the horizontal cut is 3 dB at its best.
  const auto file = [](double h_best, double h_ahead, double v_ahead) {
    std::string text = "NAME x\nGAIN 5 dBi\nHORIZONTAL 360\n";
    for (int i = 0; i < 360; ++i)
      text += fmt::format("{} {:.2f}\n", i,
                          h_best + (h_ahead - h_best) * 0.5 * (1.0 + std::cos((i)*std::numbers::pi / 180.0)));
    text += "VERTICAL 360\n";
    for (int i = 0; i < 360; ++i)
      text += fmt::format("{} {:.2f}\n", i, v_ahead + 3.0 * std::abs(std::sin(i * std::numbers::pi / 180.0)));
    return parse_antenna(text, "a.msi");
  };
  const TabulatedAntenna once = file(3.0, 4.0, 4.0);
  CHECK(towards(once, 0.0, 0.0) == Approx(5.0 - 4.0));
  CHECK(towards(once, 180.0, 0.0) == Approx(5.0 - 3.0));
  CHECK(towards(once, 0.0, -90.0) == Approx(5.0 - 7.0));
  CHECK(max_gain_dbi(once) == Approx(5.0 - 3.0));
  CHECK(once.doubts.empty());
  // A horizontal cut against its own largest value is added as ever, whatever the tilt of the vertical one.
  const TabulatedAntenna sector = parse_antenna(panel_file({.tilt_deg = 8.0}), "a.msi");
  CHECK(sector.common_db == 0.0);
  CHECK(towards(sector, 30.0, 0.0) == Approx(17.0 - 2.6 - 15.7));
  // They contradict each other: used as far as they agree, and told.
  const TabulatedAntenna torn = file(1.0, 2.0, 6.0);
  CHECK(towards(torn, 0.0, 0.0) == Approx(5.0 - 6.0));
  CHECK(doubts(torn, "antenna_common_direction"));
  // Against its own largest value, which lies aside, and still the same number ahead as the other: told.
  const TabulatedAntenna aside = file(0.0, 4.0, 4.0);
  CHECK(towards(aside, 0.0, 0.0) == Approx(5.0 - 8.0));
  CHECK(doubts(aside, "antenna_common_direction"));
}

namespace {

std::string atoll_row(const std::string& name, const std::string& gain, double tilt_deg, bool comma,
                      char separator) {
  std::string pattern = "2 0 0 180";
  for (int i = 0; i < 360; i += 2) pattern += fmt::format(" {} {}", i, written(panel_h_db(i), comma));
  pattern += " 1 0 360";
  for (int i = 0; i < 360; ++i) pattern += fmt::format(" {} {}", i, written(panel_v_db(i, tilt_deg), comma));
  return fmt::format("{1}{0}{2}{0}{3} 0{0}{4:g}{0}\n", separator, name, gain, pattern, tilt_deg);
}

std::string atoll_table(char separator, bool comma, const std::string& unit = "dBi") {
  return fmt::format("Name{0}Gain ({1}){0}\"Pattern\"{0}Pattern Electrical Tilt (\xC2\xB0){0}Comments\r\n",
                     separator, unit) +
         atoll_row("P_00T", "17", 0.0, comma, separator) + atoll_row("P_06T", "17", 6.0, comma, separator);
}

}  // namespace

TEST_CASE("Atoll's table of antennas: by name, with tabs or semicolons, or the names it has") {
  for (const char separator : {'\t', ';'}) {
    const std::string table = atoll_table(separator, separator == ';');
    const TabulatedAntenna tilted = parse_antenna(table, "t.txt", {.name = "P_06T"});
    CHECK(tilted.name == "P_06T");
    CHECK(tilted.electrical_tilt_deg == 6.0);
    check_panel(tilted, 6.0);
    check_panel(parse_antenna(table, "t.txt", {.name = "P_00T"}));
    CHECK_THAT(error_of(table),
               Contains("the table has several antennas; say which by name (legal: \"P_00T\", \"P_06T\")"));
    try {
      (void)parse_antenna(table, "t.txt", {.name = "P_04T"});
      FAIL("there is no P_04T");
    } catch (const InputError& error) {
      CHECK_THAT(error.what(), Contains("t.txt: name = P_04T: no antenna of this name in the table"));
    }
  }
  const TabulatedAntenna dbd = parse_antenna(atoll_table('\t', false, "dBd"), "t.txt", {.name = "P_00T"});
  CHECK(dbd.gain_dbi == Approx(19.15));
  std::string broken = atoll_table('\t', false);
  broken.replace(broken.find(" 1 0 360"), 8, " 7 0 360");
  try {
    (void)parse_antenna(broken, "t.txt", {.name = "P_00T"});
    FAIL("7 is no kind of cut");
  } catch (const InputError& error) {
    CHECK_THAT(error.what(), Contains("t.txt:2: Pattern = 360: is no cut"));
  }
}

TEST_CASE("UTF-16, as spreadsheets export") {
  std::string wide = "\xFF\xFE";
  for (const char c : panel_file({})) {
    wide += c;
    wide += '\0';
  }
  check_panel(parse_antenna(wide, "wide.txt"));
}

TEST_CASE("Radio Mobile's list of numbers") {
  const auto list = [](int elevations, bool comma, double tilt_deg) {
    std::string text;
    const double ahead_db = panel_v_db(0.0, tilt_deg);
    for (int i = 0; i < 360; ++i) text += written(-std::min(40.0, panel_h_db(i) + ahead_db), comma) + "\n";
    // +90 (up) to -180, then from +179 to +91
    for (int i = 0; i < elevations; ++i)
      text += written(-panel_v_db(std::fmod(i - 90.0 + 360.0, 360.0), tilt_deg), comma) + "\n";
    return text;
  };
  for (const int elevations : {360, 181, 180}) {
    INFO(elevations);
    check_panel(parse_antenna(list(elevations, elevations == 181, 0.0), "a.ant", {.gain_dbi = 17.0}));
  }
  // The horizontal cut of a tilted antenna is that of the horizon, by this format's own definition.
  const TabulatedAntenna tilted = parse_antenna(list(360, false, 4.0), "a.ant", {.gain_dbi = 17.0});
  CHECK(towards(tilted, 0.0, -4.0) == Approx(17.0));
  CHECK(towards(tilted, 0.0, 0.0) == Approx(17.0 - 3.9).margin(0.01));
  CHECK(towards(tilted, 30.0, 0.0) == Approx(17.0 - 3.9 - 2.6).margin(0.01));
  CHECK_THAT(error_of(list(360, false, 0.0)),
             Contains("there is no gain in the file, and no gain_dbi beside its path"));
  CHECK_THAT(error_of(list(0, false, 0.0)),
             Contains("panel.msi:360: 360 lines of one number") && Contains("720, 541 or 540 lines"));
}

TEST_CASE("a gain beside the path fills a gap and contradicts nothing") {
  CHECK(parse_antenna(panel_file({}), "a.msi", {.gain_dbi = 17.0}).gain_dbi == 17.0);
  CHECK(parse_antenna(panel_file({}, "NAME x\n"), "a.msi", {.gain_dbi = 17.0}).gain_dbi == 17.0);
  CHECK_THROWS_WITH(parse_antenna(panel_file({}), "a.msi", {.gain_dbi = 15.0}),
                    Contains("a.msi:2: gain_dbi = 15: the file states 17 dBi"));
}

TEST_CASE("files of other kinds are named") {
  CHECK_THAT(error_of("<?xml version=\"1.0\"?><antenna/>"),
             Contains("panel.msi:1: this is XML") && Contains("export it as MSI"));
  CHECK_THAT(error_of("PK\x03\x04zip"), Contains("this is a ZIP archive"));
  CHECK_THAT(error_of("REVNUM:,NSMA WG16.99.050\n"), Contains("this is an NSMA pattern"));
}

TEST_CASE("CSV with semicolons, and in steps of two degrees") {
  std::string text = "name;Panel\ngain_dbi;17\nelectrical_tilt_deg;\ncut;angle_deg;attenuation_db\n";
  for (int i = 0; i < 360; i += 2) text += fmt::format("h;{};{}\n", i, written(panel_h_db(i), true));
  for (int i = 0; i < 360; ++i) text += fmt::format("v;{};{}\n", i, written(panel_v_db(i), true));
  check_panel(parse_antenna(text, "a.csv"));
}
