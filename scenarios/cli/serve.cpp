#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <array>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <memory>
#include <thread>

#include "scenarios/ask/explain.hpp"
#include "scenarios/cli/commands.hpp"
#include "scenarios/cli/http_server.hpp"
#include "scenarios/cli/interrupt.hpp"
#include "scenarios/cli/languages.hpp"
#include "scenarios/serve/request_handler.hpp"
#include "terrain/error.hpp"

namespace amaneku::cli {
namespace {

namespace fs = std::filesystem;

constexpr int kDefaultPort = 8710;
constexpr int kMostPort = 65535;
constexpr int kMostServeThreads = 1024;

struct ServeArguments {
  fs::path what;
  std::string host = "127.0.0.1";
  int port = kDefaultPort;
  int threads = 0;
  scenarios::Language language = scenarios::Language::en;
  fs::path home;
  fs::path against;
};

int g_stop_pipe = -1;

extern "C" void on_stop(int) {
  const char byte = 0;
  const ssize_t ignored = ::write(g_stop_pipe, &byte, 1);
  static_cast<void>(ignored);
}

/// Ctrl-C and SIGTERM stop the server while this lives.
class StopOnSignal {
 public:
  explicit StopOnSignal(HttpServer& server) {
    if (::pipe2(ends_.data(), O_CLOEXEC) != 0) throw InternalError("no pipe for signals");
    g_stop_pipe = ends_[1];
    struct sigaction action {};
    action.sa_handler = &on_stop;
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGTERM, &action, nullptr);
    watcher_ = std::thread([this, &server] {
      char byte = 0;
      while (::read(ends_[0], &byte, 1) < 0 && errno == EINTR) {
      }
      // A server that has not begun yet does not hear it.
      while (!over_) {
        server.stop();
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
      }
    });
  }
  ~StopOnSignal() {
    over_ = true;
    on_stop(0);
    watcher_.join();
  }
  StopOnSignal(const StopOnSignal&) = delete;
  StopOnSignal& operator=(const StopOnSignal&) = delete;

 private:
  std::array<int, 2> ends_{};
  std::atomic<bool> over_{false};
  std::thread watcher_{};
};

bool is_loopback(const std::string& host) {
  return host == "127.0.0.1" || host == "localhost" || host == "::1";
}

std::string bracketed(const std::string& host) {
  return host.find(':') == std::string::npos ? host : "[" + host + "]";
}

/// The studies of the plan, while the page is looked at.
class FirstStudies {
 public:
  explicit FirstStudies(scenarios::PlanSession& session) : session_(session) {
    worker_ = std::thread([this] {
      try {
        session_.run_first_studies();
      } catch (const std::exception& error) {
        fmt::print(stderr, "the studies of the plan: {}\n", error.what());
      }
    });
  }
  ~FirstStudies() {
    session_.give_up();
    worker_.join();
  }
  FirstStudies(const FirstStudies&) = delete;
  FirstStudies& operator=(const FirstStudies&) = delete;

 private:
  scenarios::PlanSession& session_;
  std::thread worker_{};
};

/// 128 bits.
std::string random_token() {
  std::array<unsigned char, 16> bytes{};
  std::ifstream source("/dev/urandom", std::ios::binary);
  source.read(reinterpret_cast<char*>(bytes.data()), bytes.size());
  if (!source) throw InternalError("/dev/urandom gives nothing");
  std::string out;
  for (const unsigned char byte : bytes) out += fmt::format("{:02x}", byte);
  return out;
}

scenarios::ServeAccess access_of(const ServeArguments& arguments, int port) {
  scenarios::ServeAccess out{.port = port};
  const auto own = [&](const std::string& host) {
    out.authorities.push_back(fmt::format("{}:{}", bracketed(host), port));
  };
  own(arguments.host);
  if (is_loopback(arguments.host)) {
    own("localhost");
    own("127.0.0.1");
    return out;
  }
  out.any_address = arguments.host == "0.0.0.0" || arguments.host == "::";
  out.token = random_token();
  return out;
}

bool is_scenario(const fs::path& what) {
  std::error_code error;
  return !fs::is_directory(what, error) ? what.extension() == ".toml" : !fs::exists(what / "result.h5", error);
}

scenarios::Scenario scenario_of(const fs::path& what, const PlanOptions& options) {
  return is_scenario(what) ? scenarios::load(what, {}, options) : scenarios::scenario_of_result(what);
}

/// Without its studies.
std::shared_ptr<const scenarios::Planned> planned(const fs::path& what, const PlanOptions& options) {
  scenarios::Scenario scenario = scenario_of(what, options);
  auto out = std::make_shared<scenarios::Planned>();
  out->file = scenario.file;
  out->input = std::move(scenario.input);
  out->result = plan(out->input, options);
  return out;
}

void serve(const ServeArguments& arguments) {
  watch_interrupts();
  HttpServer server(arguments.host, arguments.port);  // a port that is taken is told before anything is planned
  const PlanOptions options{.threads = arguments.threads};
  scenarios::Scenario scenario = scenario_of(arguments.what, options);
  const fs::path home = arguments.home.empty() ? scenario.file.parent_path() : fs::absolute(arguments.home);
  scenarios::PlanSession session(std::move(scenario), options);
  scenarios::PageFiles page = scenarios::read_page(scenarios::page_folder());
  if (page.empty())
    fmt::print(stderr, "the map page was not built: the interface of docs/serve.md alone is there\n");
  const scenarios::ServeAccess access = access_of(arguments, server.port());
  scenarios::RequestHandler handler(session, std::move(page), access, home);
  if (!arguments.against.empty()) handler.hold_against(planned(arguments.against, options));
  const StopOnSignal stop(server);
  const FirstStudies studies(session);
  const char* words = arguments.language == scenarios::Language::ja ? "?lang=ja" : "";
  const std::string token = access.token.empty() ? words : "?token=" + access.token;
  fmt::print("http://{}:{}/{}\n", bracketed(arguments.host), server.port(), token);
  std::fflush(stdout);
  server.run({.answer = [&](const scenarios::HttpRequest& request) { return handler.answer(request); },
              .refusal = [&](const scenarios::HttpRequest& request) { return handler.refusal(request); }});
}

}  // namespace

void add_serve(CLI::App& app) {
  auto arguments = std::make_shared<ServeArguments>();
  CLI::App* command = app.add_subcommand("serve", "Show a plan on a map page, change it there and save it");
  command->add_option("PLAN", arguments->what, "Folder of a run, or a scenario.toml or its folder")->required();
  command->add_option("--port", arguments->port, "0: a free one")
      ->type_name("N")
      ->check(CLI::Range(0, kMostPort))
      ->capture_default_str();
  command->add_option("--host", arguments->host, "Address to listen at; others than this machine need a token")
      ->type_name("H")
      ->capture_default_str();
  command->add_option("--save-in", arguments->home, "Where changed scenarios are saved; else beside the scenario")
      ->type_name("DIR");
  command->add_option("--against", arguments->against, "Another plan of the same area, to be compared with")
      ->type_name("DIR|SCENARIO");
  command->add_option("--threads", arguments->threads, "0: all cores; the result does not depend on it")
      ->type_name("N")
      ->check(CLI::Range(0, kMostServeThreads));
  command->add_option("--lang", arguments->language, "Language of the page when it is opened")
      ->type_name("en|ja")
      ->transform(CLI::CheckedTransformer(kLanguages).description(""));
  command->callback([arguments] { serve(*arguments); });
}

}  // namespace amaneku::cli
