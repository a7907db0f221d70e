#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <iostream>
#include <new>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include "scenarios/cli/commands.hpp"
#include "scenarios/cli/interrupt.hpp"
#include "terrain/error.hpp"
#include "terrain/files/refused_path.hpp"
#include "terrain/nearest.hpp"
#include "terrain/version.hpp"

namespace {

using namespace amaneku;

/// One line per fault; no file name of ours in front, so that editors can jump to file:line:column.
int report(const InputError& error) {
  for (const Fault& fault : error.faults()) fmt::print(stderr, "{}\n", fault.text());
  return cli::kInputWrong;
}

/// What to say of a first word that names no command; "" where it names one.
std::string unknown_command(const CLI::App& app, int argc, const char* const* argv) {
  if (argc < 2 || argv[1][0] == '-') return {};
  if (argv[1] == std::string_view("data"))
    return "\"data\" asks networks, and this program does not: python3 -m amaneku data, of the Python package";
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    names.push_back(command->get_name());
  }
  if (std::find(names.begin(), names.end(), argv[1]) != names.end()) return {};
  const std::string near = nearest(argv[1], names);
  return fmt::format("there is no command \"{}\"{}", argv[1],
                     near.empty() ? "" : ", did you mean \"" + near + "\"?");
}

int run(CLI::App& app, int argc, char** argv) {
  int exit_code = cli::kDone;
  cli::add_run(app, exit_code);
  cli::add_check(app, exit_code);
  cli::add_candidates(app);
  cli::add_select(app, exit_code);
  cli::add_models(app);
  cli::add_explain(app);
  cli::add_compare(app);
  cli::add_vary(app);
  cli::add_technologies(app);
  cli::add_pathloss(app);
  cli::add_subsidy(app);
  cli::add_mesh(app);
  cli::add_verify(app);
  cli::add_pdf(app);
  cli::add_solve(app);
  cli::add_new(app);
  cli::add_serve(app);
  cli::add_demo(app, exit_code);
  if (argc < 2) {
    fmt::print("{}", app.help());
    return cli::kDone;
  }
  if (const std::string complaint = unknown_command(app, argc, argv); !complaint.empty()) {
    fmt::print(stderr, "amaneku: {} (amaneku --help)\n", complaint);
    return cli::kInputWrong;
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);
    fmt::print(stderr, "amaneku: {} (amaneku --help)\n", error.what());
    return cli::kInputWrong;
  }
  return exit_code;
}

}  // namespace

namespace {

int guarded(int argc, char** argv) {
  try {
    CLI::App app{"Wireless network planner over real terrain."};
    app.name("amaneku");
    app.set_version_flag("--version", fmt::format("amaneku {} ({})", program_version(), git_revision()));
    app.require_subcommand(1);
    return run(app, argc, argv);
  } catch (const InputError& error) {
    return report(error);
  } catch (const cli::Interrupted&) {
    fmt::print(stderr, "interrupted: nothing was written\n");
    return cli::kInterrupted;
  } catch (const std::filesystem::filesystem_error& error) {
    return report(refused_path(error));
  } catch (const std::bad_alloc&) {
    fmt::print(
        stderr,
        "not enough memory: take a larger scenario.grid_m, a smaller area or a smaller coverage.radius_m\n");
    // What libraries do at the end of a program may need memory too.
    std::_Exit(cli::kOurFault);
  } catch (const std::exception& error) {
    if (std::ferror(stdout) != 0)
      return cli::kOurFault;  // {fmt} throws where it cannot print: delivered() says it
    fmt::print(stderr, "internal error, please report it: {}\n", error.what());
    return cli::kOurFault;
  }
}

/// An answer that a full disk has swallowed is none, whatever the command thinks of it.
int delivered(int exit_code) {
  errno = 0;
  std::cout.flush();
  const bool whole = std::fflush(stdout) == 0 && std::ferror(stdout) == 0 && std::cout.good();
  if (whole) return exit_code;
  fmt::print(stderr, "the output could not be written{}\n",
             errno == 0 ? "" : ": " + std::generic_category().message(errno));
  return cli::kOurFault;
}

}  // namespace

int main(int argc, char** argv) {
  return delivered(guarded(argc, argv));
}
