#include <functional>
#include <string>

#include "propagation/antenna.hpp"
#include "terrain/error.hpp"
#include "tests/support/catch.hpp"

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
  CHECK_THAT(error_of(msi("GAIN 15,5 dBd\r\n")), Contains("panel.msi:4: GAIN = 15,5 dBd: is not a gain"));
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
                 Contains("every whole degree from 0 to 359 once"));
  const std::string head = "NAME x\nGAIN 10 dBi\n";
  CHECK_THAT(error_of(head + msi_cut("HORIZONTAL", [](int) { return true; }) +
                      msi_cut("VERTICAL", [](int i) { return i % 2 == 0; })),
             Contains("panel.msi:364: vertical cut: 180 of 360 angles are missing, the first is 1"));
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
  CHECK_THAT(error_of(good + "h,0.5,1\n"), Contains("angle = 0.5: horizontal cut: not a whole angle"));
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
      CHECK_THAT(error_of(whole.substr(0, length)), Contains("panel.msi"));
    }
  }
}
