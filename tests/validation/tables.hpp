// Tables of docs/methods from a run of the checks. A page holds, for each model that it describes,
//
//   <!-- validation: ID -->
//   <!-- end -->
//
// and the index page README.md holds <!-- models --> and <!-- end -->; what lies between the two lines is
// generated. Differences are given as powers of ten, so that compilers and machines agree on the text.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "tests/validation/vectors.hpp"

namespace amaneku::test {

/// The power of ten that the difference is below: "< 1e-6" (also for 0), "< 0.01", "< 100"; "none" if infinite.
[[nodiscard]] std::string magnitude(double difference);

/// A page of docs/methods as text.
struct Page {
  std::string file{};  ///< name within the folder
  std::string text{};
};

/// Every *.md of the folder, in order of name.
[[nodiscard]] std::vector<Page> read_pages(const std::filesystem::path& folder);

/// The page that holds the marker of the model, empty if none does.
[[nodiscard]] std::string page_of(std::string_view model_id, const std::vector<Page>& pages);

/// The pages with their tables made anew. Throws std::runtime_error for a marker of an unknown model or
/// without its end.
[[nodiscard]] std::vector<Page> with_tables(const std::vector<Page>& pages, const std::vector<Report>& reports);

}  // namespace amaneku::test
