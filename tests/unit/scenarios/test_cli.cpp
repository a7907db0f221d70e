// The built program as a user meets it: exit codes, streams, files.
#include <signal.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <thread>

#include "scenarios/output/outputs.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/latin_words.hpp"
#include "tests/unit/scenarios/small_world.hpp"

using namespace amaneku;
using Catch::Matchers::Contains;
using test::SmallWorld;
namespace fs = std::filesystem;
using Json = nlohmann::json;

namespace {

struct Outcome {
  int code = -1;  ///< 128 + signal where one ended the program
  std::string out;
  std::string err;
};

struct Spawn {
  std::vector<std::string> arguments;
  std::string input{};
  rlim_t file_limit_bytes = RLIM_INFINITY;
  double interrupt_after_s = -1.0;
};

/// Runs `amaneku`; its streams go through files, so that no pipe can block.
Outcome amaneku_program(const Spawn& spawn) {
  const test::TemporaryFolder streams;
  const fs::path in = streams.path() / "in";
  const fs::path out = streams.path() / "out";
  const fs::path err = streams.path() / "err";
  test::write_text(in, spawn.input);
  const std::string program = std::string(AMANEKU_BINARY_DIR) + "/bin/amaneku";
  const pid_t child = fork();
  if (child == 0) {
    if (std::freopen(in.c_str(), "r", stdin) == nullptr || std::freopen(out.c_str(), "w", stdout) == nullptr ||
        std::freopen(err.c_str(), "w", stderr) == nullptr) {
      _exit(97);
    }
    if (spawn.file_limit_bytes != RLIM_INFINITY) {
      const rlimit limit{spawn.file_limit_bytes, spawn.file_limit_bytes};
      setrlimit(RLIMIT_FSIZE, &limit);
    }
    std::vector<char*> arguments;
    std::string name = "amaneku";
    arguments.push_back(name.data());
    std::vector<std::string> copy = spawn.arguments;
    for (std::string& argument : copy) arguments.push_back(argument.data());
    arguments.push_back(nullptr);
    execv(program.c_str(), arguments.data());
    _exit(98);
  }
  if (spawn.interrupt_after_s >= 0.0) {
    std::this_thread::sleep_for(std::chrono::duration<double>(spawn.interrupt_after_s));
    kill(child, SIGINT);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), test::read_bytes(out),
          test::read_bytes(err)};
}

Outcome amaneku_program(std::vector<std::string> arguments) {
  return amaneku_program(Spawn{.arguments = std::move(arguments)});
}

std::size_t lines(const std::string& text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

/// Everything in the folder, hidden names included, in order.
std::vector<std::string> names_in(const fs::path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder)) names.push_back(entry.path().filename().string());
  std::sort(names.begin(), names.end());
  return names;
}

const std::vector<std::string> kOutputs = {
    "best_server.qml", "best_server.tif", "dl_mbps.qml",       "dl_mbps.tif",        "legend.csv",
    "manifest.json",   "margin_db.qml",   "margin_db.tif",     "municipalities.csv", "network.gpkg",
    "network.qgz",     "overlap.qml",     "overlap.tif",       "report.html",        "result.h5",
    "rsrp_dbm.qml",    "rsrp_dbm.tif",    "service_state.qml", "service_state.tif",  "sinr_db.qml",
    "sinr_db.tif",     "summary.json",    "timing.json",       "ul_mbps.qml",        "ul_mbps.tif"};

}  // namespace

TEST_CASE("run writes every file, says what a planner asks, and may run twice into its folder") {
  const SmallWorld world;
  const fs::path out = world.file("out");
  const std::vector<std::string> arguments = {"run", world.scenario().string(), "-o", out.string(), "--threads",
                                              "2"};
  const Outcome first = amaneku_program(arguments);
  INFO(first.err);
  REQUIRE(first.code == 0);
  CHECK(first.err.empty());
  CHECK(first.out.find("People covered: ") != std::string::npos);
  CHECK(first.out.find("99001 West") != std::string::npos);
  CHECK(first.out.find("peak memory") != std::string::npos);
  CHECK(first.out.find("Report: " + (out / "report.html").string()) != std::string::npos);
  CHECK(names_in(out) == kOutputs);
  for (const std::string& name : kOutputs) CHECK(fs::file_size(out / name) > 0);

  const std::string before = test::read_bytes(out / "rsrp_dbm.tif");
  test::write_text(out / "notes.txt", "mine");
  CHECK(amaneku_program(arguments).code == 0);
  CHECK(test::read_bytes(out / "rsrp_dbm.tif") == before);
  CHECK(test::read_bytes(out / "notes.txt") == "mine");
}

TEST_CASE("run --against: the folder of results may be the one before, and what is no result is refused at once") {
  const SmallWorld world;
  const fs::path out = world.file("out");
  std::vector<std::string> arguments = {"run",       world.scenario().string(), "-o", out.string(), "--against",
                                        out.string()};
  const Outcome absent = amaneku_program(arguments);
  CHECK(absent.code == 2);
  CHECK(absent.err.find("is not a folder of results") != std::string::npos);
  CHECK_FALSE(fs::exists(out));
  arguments.resize(4);
  REQUIRE(amaneku_program(arguments).code == 0);
  arguments.insert(arguments.end(), {"--against", out.string(), "--without", "B"});
  const Outcome second = amaneku_program(arguments);
  INFO(second.err);
  REQUIRE(second.code == 0);
  const std::string page = test::read_bytes(out / "report.html");
  CHECK(page.find("What changed against the previous run") != std::string::npos);
  CHECK(page.find("<td class=\"whole\">B</td>") != std::string::npos);
  CHECK(amaneku_program({"verify", out.string()}).code == 0);
  CHECK(names_in(out) == kOutputs);
}

TEST_CASE("summary.json holds the contract's keys, schema first") {
  const SmallWorld world;
  const fs::path out = world.file("out");
  REQUIRE(amaneku_program({"run", world.scenario().string(), "-o", out.string()}).code == 0);
  const std::string text = test::read_bytes(out / "summary.json");
  CHECK(text.find("{\n  \"schema\": \"" + std::string(scenarios::kSummarySchema) + "\"") == 0);
  const Json summary = Json::parse(text);
  CHECK(summary["population"]["total"] == 167.5);
  const Json& people = summary["population"];
  CHECK(people["covered"].get<double>() + people["below_threshold"].get<double>() +
            people["not_computed"].get<double>() + people["outside_plan"].get<double>() ==
        Approx(167.5));
  CHECK(people["coverage_percent"].get<double>() ==
        Approx(100.0 * people["covered"].get<double>() / people["in_plan"].get<double>()));
  REQUIRE(summary["municipalities"].size() == 2);
  CHECK(summary["municipalities"][0]["code"] == "99001");
  CHECK(summary["municipalities"][0]["population"] == 127.0);
  REQUIRE(summary["roads"].size() == 1);
  CHECK(summary["roads"][0]["length_km"].get<double>() == Approx(11.5).margin(1.0));
  CHECK(summary["sites"].size() == 3);
  CHECK(summary["warnings"].is_array());
  CHECK_FALSE(summary.contains("timing"));
}

TEST_CASE("threads 1, 2 and 7 give identical bytes in every file") {
  const SmallWorld world;
  const auto run = [&](const char* threads) {
    const fs::path out = world.file(std::string("out") + threads);
    REQUIRE(amaneku_program({"run", world.scenario().string(), "-o", out.string(), "--threads", threads}).code ==
            0);
    return out;
  };
  const fs::path one = run("1");
  for (const char* threads : {"2", "7"}) {
    const fs::path other = run(threads);
    for (const std::string& name : kOutputs) {
      INFO(name << " with " << threads << " threads");
      if (name == "timing.json") continue;  // the one file that says how long the run took
      CHECK((test::read_bytes(one / name) == test::read_bytes(other / name)));
    }
  }
}

TEST_CASE("wrong input is exit code 2, one line per fault on stderr, and nothing written") {
  const SmallWorld world;
  world.edit("radius_m = 4000.0", "radus_m = 4000.0\nthreshold_dbm = \"low\"");
  const Outcome outcome = amaneku_program({"run", world.scenario().string(), "-o", world.file("out").string()});
  CHECK(outcome.code == 2);
  CHECK(outcome.out.empty());
  CHECK(outcome.err == world.scenario().string() +
                           ":35:1: coverage.radus_m: unknown key; did you mean \"radius_m\"?\n" +
                           world.scenario().string() +
                           ":36:17: coverage.threshold_dbm = \"low\": expected a number, found text\n");
  CHECK_FALSE(fs::exists(world.file("out")));
}

TEST_CASE("check tells faults and validity like run, and writes nothing") {
  const SmallWorld world;
  const Outcome good = amaneku_program({"check", world.scenario().string()});
  CHECK(good.code == 0);
  CHECK(good.out.find("The scenario is valid.") != std::string::npos);
  const Outcome flagged = amaneku_program(
      {"check", world.scenario().string(), "--set", "propagation.model=extended_hata", "--strict"});
  CHECK(flagged.code == 3);
  CHECK(flagged.out.find("model_validity: extended_hata: freq_hz = 3700000000 Hz is outside") !=
        std::string::npos);
  const Outcome bad = amaneku_program(
      {"check", world.scenario().string(), "--set", "coverage.radius_m=-5", "--set", "scenario.grid_m=0"});
  CHECK(bad.code == 2);
  CHECK(lines(bad.err) == 2);
}

TEST_CASE("strict: ends with 3 where there are warnings, and the results stand") {
  const SmallWorld world;
  const Outcome outcome = amaneku_program({"run", world.scenario().string(), "-o", world.file("out").string(),
                                           "--strict", "--set", "propagation.model=extended_hata"});
  CHECK(outcome.code == 3);
  CHECK(names_in(world.file("out")) == kOutputs);
}

TEST_CASE("a folder that is not ours is never written to") {
  const SmallWorld world;
  const Outcome outcome = amaneku_program({"run", world.scenario().string(), "-o", world.file("").string()});
  CHECK(outcome.code == 2);
  CHECK(outcome.err.find("is not empty and holds no earlier result of amaneku") != std::string::npos);
}

TEST_CASE("a disk that fills up leaves the former result as it was") {
  const SmallWorld world;
  const fs::path out = world.file("out");
  const std::vector<std::string> arguments = {"run", world.scenario().string(), "-o", out.string()};
  REQUIRE(amaneku_program(arguments).code == 0);
  const std::string before = test::read_bytes(out / "summary.json");
  for (const rlim_t limit : {rlim_t{4096}, rlim_t{40'000}, rlim_t{90'000}}) {
    INFO("files of at most " << limit << " bytes");
    const Outcome outcome = amaneku_program(Spawn{.arguments = arguments, .file_limit_bytes = limit});
    INFO(outcome.err);
    CHECK(outcome.code == 2);
    CHECK(lines(outcome.err) >= 1);
    CHECK(names_in(out) == kOutputs);
    CHECK(test::read_bytes(out / "summary.json") == before);
  }
}

TEST_CASE("a full disk is exit code 2 with nothing left on it") {
  const SmallWorld world;
  const test::TemporaryFolder disk;
  for (const char* size : {"size=16k", "size=64k", "size=200k"}) {
    if (mount("none", disk.path().c_str(), "tmpfs", 0, size) != 0) {
      std::fprintf(stderr, "skipped: a tmpfs cannot be mounted here\n");
      SUCCEED("mounting is not allowed");
      return;
    }
    const Outcome outcome =
        amaneku_program({"run", world.scenario().string(), "-o", (disk.path() / "out").string()});
    const std::vector<std::string> left = names_in(disk.path());
    umount(disk.path().c_str());
    INFO(size << ": " << outcome.err);
    CHECK(outcome.code == 2);
    CHECK(outcome.err.find(disk.path().string()) == 0);
    CHECK(outcome.err.find(".amaneku-partial") == std::string::npos);
    const bool says_why = outcome.err.find("No space left") != std::string::npos ||
                          outcome.err.find("disk is full") != std::string::npos ||
                          outcome.err.find("the results need about") != std::string::npos;
    CHECK(says_why);
    CHECK(left.empty());
  }
}

TEST_CASE("Ctrl-C leaves no half-written result") {
  const SmallWorld world;
  world.edit("grid_m = 100.0", "grid_m = 10.0");
  const fs::path out = world.file("out");
  for (const double after_s : {0.01, 0.015, 0.02, 0.025, 0.03, 0.035, 0.04, 0.05, 0.3, 0.6}) {
    const Outcome outcome =
        amaneku_program(Spawn{.arguments = {"run", world.scenario().string(), "-o", out.string(), "--threads", "1",
                                            "--set", "coverage.engine=exact"},
                              .interrupt_after_s = after_s});
    INFO("after " << after_s << " s: " << outcome.err);
    CHECK(outcome.code == 130);
    CHECK_FALSE(fs::exists(out));
  }
}

TEST_CASE("progress goes to stderr as JSON lines when asked for") {
  const SmallWorld world;
  const Outcome outcome =
      amaneku_program({"run", world.scenario().string(), "-o", world.file("out").string(), "--progress", "json"});
  REQUIRE(outcome.code == 0);
  std::istringstream stream(outcome.err);
  std::vector<std::string> stages;
  for (std::string line; std::getline(stream, line);) {
    const Json told = Json::parse(line);
    const auto stage = told["stage"].get<std::string>();
    if (stages.empty() || stages.back() != stage) stages.push_back(stage);
  }
  REQUIRE(stages.size() >= 4);
  CHECK(stages.front() == "read");
  CHECK(stages.back() == "write");
}

TEST_CASE("demo makes the region, plans it, and replaces only an earlier demo") {
  const test::TemporaryFolder folder;
  const std::string demo = (folder.path() / "demo").string();
  const Outcome japanese = amaneku_program({"demo", "-o", demo, "--lang", "ja"});
  CHECK(japanese.code == 0);
  // Units, standards, names of programs, places and antennas, and keys that a reader may have to type.
  const std::set<std::string> allowed = {"amaneku",
                                         "km",
                                         "ms",
                                         "mm",
                                         "dB",
                                         "dBm",
                                         "dBi",
                                         "MHz",
                                         "GHz",
                                         "Mbit",
                                         "MiB",
                                         "RSRP",
                                         "SINR",
                                         "EIRP",
                                         "TDD",
                                         "MIMO",
                                         "MOCN",
                                         "FTTH",
                                         "SA",
                                         "UTM",
                                         "VII",
                                         "EPSG",
                                         "WGS",
                                         "ITU",
                                         "ITU-R",
                                         "GeoTIFF",
                                         "SHA",
                                         "IC",
                                         "CC0",
                                         "DX",
                                         "ID",
                                         "QAM",
                                         "pysim5g",
                                         "1024qam",
                                         "256qam",
                                         "64qam",
                                         "16qam",
                                         "4qam",
                                         "unknown",
                                         "roads.tunnels_served",
                                         "targets.actual",
                                         "sector"};
  for (const char* page : {"report.html", "licence_sheet.html", "route_sheet_coast-bus.html"}) {
    INFO(page);
    const std::string text = test::visible_text(test::read_bytes(fs::path(demo) / page));
    CHECK(text.find("架空の地域") != std::string::npos);
    CHECK(test::latin_words(text, allowed) == std::set<std::string>{});
  }
  CHECK(japanese.out.find("凪浜地区（架空の地域）\n") == 0);
  CHECK(test::latin_words(japanese.out.substr(0, japanese.out.rfind("報告書:")), allowed) ==
        std::set<std::string>{});
  CHECK(test::read_bytes(fs::path(demo) / "service_state.qml").find("label=\"サービス可\"") != std::string::npos);
  const Json first = Json::parse(test::read_bytes(fs::path(demo) / "summary.json"));
  const Outcome check = amaneku_program({"check", demo + "/region", "--lang", "ja"});
  CHECK(check.code == 0);
  CHECK(test::latin_words(check.out, allowed) == std::set<std::string>{});
  CHECK(amaneku_program({"demo", "-o", demo, "--set", "coverage.radius_m=2000"}).code == 0);
  CHECK(Json::parse(test::read_bytes(fs::path(demo) / "summary.json")) != first);
  test::write_text(folder.path() / "scenario.toml", "[scenario]\nname = \"my work\"\n");
  const Outcome outcome = amaneku_program({"demo", "-o", folder.path().string()});
  CHECK(outcome.code == 2);
  CHECK(outcome.err.find("holds no earlier result of amaneku") != std::string::npos);
  CHECK(test::read_bytes(folder.path() / "scenario.toml") == "[scenario]\nname = \"my work\"\n");
}

TEST_CASE("the small commands answer") {
  CHECK(amaneku_program({"mesh", "encode", "139.7671", "35.6812", "3"}).out == "53394611\n");
  const Json mesh = Json::parse(amaneku_program({"mesh", "decode", "53394611"}).out);
  CHECK(mesh["level"] == 3);
  CHECK(mesh["west_deg"].get<double>() == Approx(139.7625));
  const Outcome wrong = amaneku_program({"mesh", "decode", "53398611"});
  CHECK(wrong.code == 2);
  CHECK(lines(wrong.err) == 1);
  const Json models = Json::parse(amaneku_program({"models", "--json"}).out);
  REQUIRE(models.size() >= 5);
  CHECK(models[0].contains("parameters"));
  CHECK(models[0]["role"] == "path");
  CHECK(amaneku_program({"models"}).out.find("  p526 ") != std::string::npos);
  CHECK(lines(amaneku_program({"models"}).out) < models.size() + 12);
  CHECK(amaneku_program({"models", "p526"}).out.find("    validity   freq_hz ") != std::string::npos);
  CHECK(Json::parse(amaneku_program({"models", "p676", "--json"}).out)["role"] == "added");
  CHECK(amaneku_program({"models", "p562"}).code == 2);
  CHECK(amaneku_program({"models", "p562"}).err.find("did you mean \"p526\"?") != std::string::npos);
  CHECK(amaneku_program({"--version"}).out.find("amaneku ") == 0);
  CHECK(amaneku_program({"--help"}).code == 0);
}

TEST_CASE("solve steiner: the last line is JSON, a wrong file is the user's, with its line") {
  const test::TemporaryFolder folder;
  const std::string star =
      "Section Graph\nNodes 4\nEdges 4\nE 1 4 2\nE 2 4 3\nE 3 4 4\nE 1 2 9\nEnd\nSection Terminals\nTerminals 3\n"
      "T 1\nT 2\nT 3\nEnd\nEOF\n";
  const fs::path file = folder.path() / "star.gr";
  test::write_text(file, star);
  const Outcome outcome = amaneku_program({"solve", "steiner", file.string(), "--seconds", "5", "--threads", "2"});
  INFO(outcome.err);
  REQUIRE(outcome.code == 0);
  CHECK(outcome.err == file.string() + ": 4 vertices, 4 edges, 3 terminals\n");
  const Json answer = Json::parse(outcome.out.substr(outcome.out.rfind('\n', outcome.out.size() - 2) + 1));
  CHECK(answer["cost"] == 9);
  CHECK(answer["lower_bound"] == 9);
  CHECK(answer["gap"] == 0.0);
  CHECK(answer["optimal"] == true);
  CHECK(answer["seconds"].get<double>() >= 0.0);

  test::write_text(file, star.substr(0, star.find("E 2 4 3")) + "E 2 5 3\n");
  const Outcome wrong = amaneku_program({"solve", "steiner", file.string()});
  CHECK(wrong.code == 2);
  CHECK(wrong.out.empty());
  CHECK_THAT(wrong.err, Contains("star.gr:5:5: E = 5: is no whole number in range (legal: 1 to 4)"));
  CHECK(amaneku_program({"solve", "steiner", (folder.path() / "absent.gr").string()}).code == 2);
  CHECK(amaneku_program({"solve", "steiner", file.string(), "--seconds", "-1"}).code == 2);
  CHECK(amaneku_program({"solve"}).code == 2);
}

TEST_CASE("technologies: text with what is not verified, names in Japanese, JSON, a file of one's own") {
  const Outcome text = amaneku_program({"technologies"});
  CHECK(text.code == 0);
  CHECK(text.out.find(
            "nr_n79_local5g  Local 5G 4.6-4.9 GHz (n79)\n    band      4600 .. 4900 MHz, TDD DDDSU (74.3 % "
            "down, 22.9 % up)\n") != std::string::npos);
  CHECK(text.out.find("    width         100 MHz, 3276 x 30 kHz: at most 1.74 Gbit/s down, 142.9 Mbit/s up\n") !=
        std::string::npos);
  CHECK(text.out.find("    unverified ") != std::string::npos);
  CHECK(amaneku_program({"technologies", "--lang", "ja"}).out.find("ローカル5G") != std::string::npos);
  const Json all = Json::parse(amaneku_program({"technologies", "--json"}).out);
  CHECK(all["technologies"].size() == 20);
  CHECK(all["technologies"][0]["limits"]["eirp_dbm"].is_null());
  CHECK(all["technologies"][0]["widths"][0]["subcarriers"] == 300);
  CHECK(all["curves"][0]["sinr_db"].size() == all["curves"][0]["bits_per_symbol"].size());

  const test::TemporaryFolder folder;
  const fs::path own = folder.path() / "own.toml";
  test::write_text(
      own,
      "[technology.mine]\nname = \"Mine\"\nfreq_min_hz = 4.8e9\nfreq_max_hz = 4.9e9\nduplex = \"tdd\"\n"
      "tdd_pattern = \"DSU\"\nnumerology = \"nr_fr1_30khz\"\nbandwidth_hz = [40e6]\ndl_curve = \"lena\"\n"
      "ul_curve = \"sionna\"\ndevice_noise_figure_db = 9\nbase_noise_figure_db = 5\n");
  const Outcome with_own = amaneku_program({"technologies", own.string()});
  CHECK(with_own.code == 0);
  CHECK(with_own.out.find("mine  Mine\n") != std::string::npos);
  CHECK(with_own.out.find("nr_n79  ") != std::string::npos);
  test::write_text(own, "[technology.mine]\nnam = 3\n");
  const Outcome wrong = amaneku_program({"technologies", own.string()});
  CHECK(wrong.code == 2);
  CHECK(wrong.out.empty());
  CHECK(wrong.err.find(own.string() + ":2:1: technology.nam: unknown key; did you mean \"name\"?\n") !=
        std::string::npos);
}

TEST_CASE("wrong arguments are exit code 2 with one line") {
  for (const std::vector<std::string>& arguments :
       std::vector<std::vector<std::string>>{{"plan"},
                                             {"run"},
                                             {"run", "x.toml", "--progress", "loud"},
                                             {"run", "x.toml", "--threads", "-1"},
                                             {"check", "x.toml", "--set", "no-equals-sign"},
                                             {"pathloss", "--engine", "warp"},
                                             {"run", "/nonexistent/x.toml"}}) {
    const Outcome outcome = amaneku_program(arguments);
    INFO(outcome.err);
    CHECK(outcome.code == 2);
    CHECK(lines(outcome.err) == 1);
  }
}

TEST_CASE("a misspelt command is named, with the nearest one") {
  CHECK(amaneku_program({"chek", "x.toml"}).err ==
        "amaneku: there is no command \"chek\", did you mean \"check\"? (amaneku --help)\n");
  CHECK(amaneku_program({"teleport"}).err == "amaneku: there is no command \"teleport\" (amaneku --help)\n");
}

TEST_CASE("the head of the summary counts in good English and keeps a fraction of a kilometre") {
  const SmallWorld world;
  test::write_text(world.file("sites.csv"), "site_id,lon,lat,antenna\nA,138.70,35.30,panel\n");
  const Outcome outcome = amaneku_program({"check", world.scenario().string(), "--set", "coverage.radius_m=1500"});
  INFO(outcome.out);
  CHECK(outcome.code == 0);
  CHECK(outcome.out.find("  1 site with 1 sector;") != std::string::npos);
  CHECK(outcome.out.find("radius 1.5 km\n") != std::string::npos);
}

TEST_CASE("pathloss answers every line, the bad ones with an error") {
  const Outcome outcome = amaneku_program(Spawn{
      .arguments = {"pathloss", "--engine", "radial"},
      .input =
          "{\"model\":\"free_space\",\"freq_hz\":1e9,\"tx_agl_m\":10,\"rx_agl_m\":10,\"distance_m\":[0,1000]}\n"
          "not json\n\n"
          "{\"model\":\"free_space\",\"freq_hz\":1e9,\"tx_agl_m\":10,\"rx_agl_m\":10,\"distance_m\":[0,2000]}\n"});
  CHECK(outcome.code == 0);
  std::istringstream stream(outcome.out);
  std::vector<Json> answers;
  for (std::string line; std::getline(stream, line);) answers.push_back(Json::parse(line));
  REQUIRE(answers.size() == 3);
  CHECK(answers[0]["loss_db"].get<double>() == Approx(92.45).margin(0.01));
  CHECK(answers[1].contains("error"));
  CHECK(answers[2]["loss_db"].get<double>() - answers[0]["loss_db"].get<double>() == Approx(6.02).margin(0.01));
}

TEST_CASE("pathloss keeps the order of many lines for any number of threads") {
  std::string input;
  for (int i = 1; i <= 3000; ++i) {
    input += i % 100 == 0
                 ? "bad\n"
                 : "{\"model\":\"free_space\",\"freq_hz\":1e9,\"tx_agl_m\":10,\"rx_agl_m\":10,\"distance_m\":" +
                       std::to_string(i * 10) + "}\n";
  }
  const std::string one = amaneku_program(Spawn{.arguments = {"pathloss", "--threads", "1"}, .input = input}).out;
  const std::string four = amaneku_program(Spawn{.arguments = {"pathloss", "--threads", "4"}, .input = input}).out;
  CHECK(one == four);
  CHECK(lines(one) == 3000);
}

TEST_CASE("subsidy answers every line, the bad ones with an error, by the rules and the year that are named") {
  const SmallWorld world;
  test::write_text(world.file("own.toml"), "[amounts]\nnational_multiple_jpy = 1\n");
  const std::string project =
      R"({"programme":"KD","sub_programme":"fibre","applicant":"municipality","area":["離島"],"island":true,)"
      R"("work":"new","eligible_cost_jpy":1999})";
  const Outcome outcome =
      amaneku_program(Spawn{.arguments = {"subsidy", "--year", "R7", "--rules", world.file("own.toml").string()},
                            .input = project + "\nnot json\n\n" + project + "\n"});
  CHECK(outcome.code == 0);
  std::istringstream stream(outcome.out);
  std::vector<Json> answers;
  for (std::string line; std::getline(stream, line);) answers.push_back(Json::parse(line));
  REQUIRE(answers.size() == 3);
  CHECK(answers[0]["amounts_jpy"] == Json({{"nation", 1599}, {"municipality", 400}}));
  CHECK(answers[1] == Json({{"error", "not valid JSON at byte 2"}}));
  CHECK(answers[2] == answers[0]);
  test::write_text(world.file("own.toml"), "[amounts]\nnational_multiple = 1\n");
  const Outcome bad = amaneku_program({"subsidy", "--rules", world.file("own.toml").string()});
  CHECK(bad.code == 2);
  CHECK(bad.err.find("own.toml:2:1: amounts.national_multiple: unknown key; did you mean") != std::string::npos);
}

TEST_CASE("explain tells why, in words, as JSON and as a picture") {
  const SmallWorld world;
  const fs::path out = world.file("out");
  REQUIRE(amaneku_program({"run", world.scenario().string(), "-o", out.string()}).code == 0);
  const std::string result = (out / "result.h5").string();
  const Outcome brief = amaneku_program({"explain", out.string(), "--at", "138.69,35.292"});
  INFO(brief.err);
  REQUIRE(brief.code == 0);
  CHECK(brief.out.find(" dBm from A/") != std::string::npos);
  CHECK(brief.out.find("tx_gain_dbi") == std::string::npos);
  const Outcome words = amaneku_program({"explain", result, "--at", "138.69,35.292", "--all"});
  CHECK(words.out.find("served by A/") != std::string::npos);
  CHECK(words.out.find("tx_gain_dbi") != std::string::npos);
  // All Japanese: no line of prose is left in English.
  const Outcome ja = amaneku_program({"explain", result, "--at", "138.69,35.292", "--all", "--lang", "ja"});
  for (const char* word : {"served", "second", "distance", "line of sight", "obstructed", "horizons",
                           "link budget", "mode", "model ", "service by", "above", "engine"}) {
    INFO(word);
    CHECK(ja.out.find(word) == std::string::npos);
  }
  const Outcome json = amaneku_program({"explain", result, "--at", "138.69,35.292", "--at", "138.70,35.30",
                                        "--json", "-o", world.file("p.svg").string(), "--lang", "ja"});
  REQUIRE(json.code == 0);
  CHECK(Json::parse(json.out)["cells"].size() == 2);
  CHECK(test::read_bytes(world.file("p.svg")).find("フレネル") != std::string::npos);
}

TEST_CASE("compare tells what sites switched on and off do, and refuses what is no pair of results") {
  const SmallWorld world;
  const auto folder = [&](const char* name) { return world.file(name).string(); };
  const std::string scenario = world.scenario().string();
  REQUIRE(amaneku_program({"run", scenario, "-o", folder("a"), "--progress", "none"}).code == 0);
  REQUIRE(
      amaneku_program({"run", scenario, "-o", folder("b"), "--progress", "none", "--with", "C", "--without", "B"})
          .code == 0);
  const Outcome outcome =
      amaneku_program({"compare", folder("a"), folder("b"), "-o", folder("c"), "--lang", "ja"});
  INFO(outcome.err);
  CHECK(outcome.code == 0);
  CHECK_THAT(outcome.out, Contains("追加 1、取りやめ 1、変更 0"));
  CHECK_THAT(outcome.out, Contains("+ C Gamma"));
  CHECK_THAT(outcome.out, Contains("- B Beta"));
  const Json json = Json::parse(test::read_bytes(world.file("c") / "compare.json"));
  CHECK(json["schema"] == "amaneku-compare-1.0");
  CHECK(json["changes"][0]["map"]["compared"] == true);
  CHECK(Json::parse(test::read_bytes(world.file("b") / "summary.json"))["scenario"]["settings"].size() == 2);
  CHECK(amaneku_program({"explain", folder("b"), "--at", "138.70,35.32"}).code == 0);

  const std::vector<std::vector<std::string>> refusals = {
      {"compare", folder("a")},
      {"compare", folder("a"), folder("absent")},
      {"compare", folder("a"), folder("b"), "-o", folder("a")},
      {"run", scenario, "-o", folder("d"), "--with", "C", "--without", "C"},
      {"run", scenario, "-o", folder("d"), "--without", "D"}};
  for (const std::vector<std::string>& wrong : refusals) {
    const Outcome refused = amaneku_program(wrong);
    INFO(refused.err);
    CHECK(refused.code == 2);
    CHECK(lines(refused.err) == 1);
  }
  CHECK_FALSE(fs::exists(world.file("d")));
}

TEST_CASE("explain refuses places that are none, one line each, and writes nothing") {
  const SmallWorld world;
  const fs::path out = world.file("out");
  REQUIRE(amaneku_program({"run", world.scenario().string(), "-o", out.string()}).code == 0);
  const std::string result = (out / "result.h5").string();
  for (const char* at : {"138.69", "138.69,", "east,north", "138.69,95", "138.69 35.29", "nan,35"}) {
    const Outcome outcome = amaneku_program({"explain", result, "--at", at});
    INFO(at << ": " << outcome.err);
    CHECK(outcome.code == 2);
    CHECK(outcome.err.find("is not a place") != std::string::npos);
  }
  const Outcome far = amaneku_program({"explain", result, "--at", "130,35", "--at", "138.69,35.292", "--at", "1,1",
                                       "-o", world.file("p.svg").string()});
  CHECK(far.code == 2);
  CHECK(lines(far.err) == 2);
  CHECK(far.out.empty());
  CHECK_FALSE(fs::exists(world.file("p.svg")));
}
