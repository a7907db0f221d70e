#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "scenarios/cli/commands.hpp"
#include "scenarios/output/page_pdf.hpp"

namespace amaneku::cli {

void add_pdf(CLI::App& app) {
  struct Arguments {
    std::string page{};
    std::string file = "report.pdf";
  };
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command =
      app.add_subcommand("pdf", "Print a report, or another page of ours, to A4 with the Chromium that is there");
  command
      ->add_option("DIR|PAGE", arguments->page, "Folder of a run, or an .html file: a route sheet, a comparison")
      ->required();
  command->add_option("-o,--output", arguments->file, "PDF to be written")
      ->type_name("FILE")
      ->capture_default_str();
  command->callback([arguments] {
    scenarios::print_page(arguments->page, arguments->file);
    fmt::print("{}\n", arguments->file);
  });
}

}  // namespace amaneku::cli
