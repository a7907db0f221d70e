// The subcommands of `amaneku`, one file each. They read arguments, call the library and print.
#pragma once

namespace CLI {
class App;
}

namespace amaneku::cli {

/// Exit codes of the program.
enum ExitCode : int { kDone = 0, kOurFault = 1, kInputWrong = 2, kDoneWithWarnings = 3, kInterrupted = 130 };

/// Each adds its subcommand; the command sets `exit_code`, or throws.
void add_run(CLI::App& app, int& exit_code);
void add_check(CLI::App& app, int& exit_code);
void add_models(CLI::App& app);
void add_explain(CLI::App& app);
void add_compare(CLI::App& app);
void add_vary(CLI::App& app);
void add_technologies(CLI::App& app);
void add_pathloss(CLI::App& app);
void add_subsidy(CLI::App& app);
void add_mesh(CLI::App& app);
void add_verify(CLI::App& app);
void add_pdf(CLI::App& app);
void add_solve(CLI::App& app);
void add_select(CLI::App& app, int& exit_code);
void add_candidates(CLI::App& app);
void add_new(CLI::App& app);
void add_serve(CLI::App& app);
void add_demo(CLI::App& app, int& exit_code);

}  // namespace amaneku::cli
