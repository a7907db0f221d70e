#include "scenarios/ask/explain.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <charconv>
#include <cmath>
#include <memory>

#include "scenarios/cli/commands.hpp"
#include "scenarios/cli/languages.hpp"

namespace amaneku::cli {
namespace {

struct ExplainArguments {
  scenarios::ExplainRequest request;
  std::vector<std::string> at;
  std::string picture;
  scenarios::Language language = scenarios::Language::en;
  bool json = false;
  bool all = false;
};

LonLat parsed_place(const std::string& text) {
  const auto refuse = [&] {
    throw InputError(Fault{.message = "is not a place",
                           .key = "--at",
                           .value = text,
                           .legal = "LON,LAT in degrees, -180 .. 180 and -90 .. 90"});
  };
  const auto number = [&](const std::string& part, double most) {
    double value = 0.0;
    const auto [stop, error] = std::from_chars(part.data(), part.data() + part.size(), value);
    if (error != std::errc() || stop != part.data() + part.size() || !(std::abs(value) <= most)) refuse();
    return value;
  };
  const std::size_t comma = text.find(',');
  if (comma == std::string::npos) refuse();
  return {number(text.substr(0, comma), 180.0), number(text.substr(comma + 1), 90.0)};
}

void explain(ExplainArguments& arguments) {
  for (const std::string& text : arguments.at) arguments.request.at.push_back(parsed_place(text));
  const scenarios::Explanation explanation = scenarios::explain(arguments.request);
  if (!arguments.picture.empty()) {
    scenarios::write_explanation(arguments.picture, explanation, arguments.language);
  }
  fmt::print("{}", arguments.json ? scenarios::explanation_json(explanation) + '\n'
                                  : scenarios::explanation_text(explanation, {arguments.language, arguments.all}));
}

}  // namespace

void add_explain(CLI::App& app) {
  auto arguments = std::make_shared<ExplainArguments>();
  CLI::App* command =
      app.add_subcommand("explain", "Why a cell of a result has its value: server, terms, profile, warnings");
  command->add_option("RESULT", arguments->request.result, "Folder of a run, or its result.h5")->required();
  command->add_option("--at", arguments->at, "A place in the plan, degrees; may be given again")
      ->type_name("LON,LAT")
      ->required()
      ->expected(1)
      ->take_all();
  command->add_option("--scenario", arguments->request.scenario, "Where the scenario is now, if it has moved")
      ->type_name("FILE");
  command->add_option("-o,--output", arguments->picture, "The terrain profile as .svg, .png or .html")
      ->type_name("FILE");
  command->add_option("--lang", arguments->language, "Language of the text and of the picture")
      ->type_name("en|ja")
      ->transform(CLI::CheckedTransformer(kLanguages).description(""));
  command->add_flag("--all", arguments->all,
                    "Every term: loss, link budget, obstacle, service, the second server");
  command->add_flag("--json", arguments->json, "One JSON object instead of text");
  command->callback([arguments] { explain(*arguments); });
}

}  // namespace amaneku::cli
