#include "scenarios/read/cover_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include "terrain/fault_list.hpp"
#include "terrain/files/packed_file.hpp"

namespace amaneku::scenarios {
namespace {

constexpr std::size_t kCoverBytes = std::size_t{4} << 30U;

/// Of a word that is at fault.
constexpr std::size_t kShownWord = 60;

bool parts_words(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

class CoverReader {
 public:
  CoverReader(std::string_view text, const std::string& file) : text_(text), faults_(file) {}

  CoverProblem run() {
    const auto rows = number("rows", 1, kCoverRows);
    const auto columns = rows ? number("columns", 1, kCoverColumns) : std::nullopt;
    if (columns) {
      read_costs(*columns);
      for (std::int64_t i = 0; i < *rows && !ended_; ++i) read_row(i, *columns);
      if (!ended_ && next_word()) fault("", "is one number too many", fmt::format("{} rows", *rows));
    }
    faults_.throw_if_any();
    return std::move(problem_);
  }

 private:
  bool next_word() {
    std::size_t begin = end_;
    while (begin < text_.size() && parts_words(text_[begin])) {
      if (text_[begin] == '\n') {
        ++line_;
        line_start_ = begin + 1;
      }
      ++begin;
    }
    end_ = begin;
    while (end_ < text_.size() && !parts_words(text_[end_])) ++end_;
    word_ = text_.substr(begin, end_ - begin);
    column_ = static_cast<int>(begin - line_start_) + 1;
    return !word_.empty();
  }

  void fault(std::string key, std::string message, std::string legal = {}) {
    faults_.add({.message = std::move(message),
                 .line = line_,
                 .column = column_,
                 .key = std::move(key),
                 .value = std::string(word_.substr(0, kShownWord)),
                 .legal = std::move(legal)});
  }

  /// Nothing where it is none; then what follows cannot be told apart.
  std::optional<std::int64_t> number(const std::string& key, std::int64_t low, std::int64_t high) {
    if (!next_word()) {
      fault(key, "is missing: the file ends here");
    } else {
      std::int64_t value = 0;
      const auto [end, error] = std::from_chars(word_.data(), word_.data() + word_.size(), value);
      if (error == std::errc{} && end == word_.data() + word_.size() && value >= low && value <= high)
        return value;
      fault(key, "is no whole number in range", fmt::format("{} to {}", low, high));
    }
    ended_ = true;
    return std::nullopt;
  }

  void read_costs(std::int64_t columns) {
    std::int64_t sum = 0;
    for (std::int64_t j = 0; j < columns && !ended_; ++j) {
      const auto cost = number("cost", 0, kCoverSumLimit);
      if (!cost) return;
      if (*cost > kCoverSumLimit - sum) {
        fault("cost", "makes the costs add up to too much", fmt::format("a sum of at most {}", kCoverSumLimit));
        ended_ = true;
        return;
      }
      sum += *cost;
      problem_.sites.push_back({.cost = *cost});
    }
  }

  void read_row(std::int64_t row, std::int64_t columns) {
    const auto count = number(fmt::format("columns of row {}", row + 1), 1, columns);
    if (!count) return;
    if (problem_.row_sites.size() + static_cast<std::size_t>(*count) > kCoverTerms) {
      fault("columns", "makes the rows too long together", fmt::format("at most {}", kCoverTerms));
      ended_ = true;
      return;
    }
    seen_in_.resize(static_cast<std::size_t>(columns), 0);
    for (std::int64_t k = 0; k < *count; ++k) {
      const auto column = number(fmt::format("column of row {}", row + 1), 1, columns);
      if (!column) return;
      std::int64_t& seen = seen_in_[static_cast<std::size_t>(*column - 1)];
      if (seen == row + 1) {
        fault(fmt::format("column of row {}", row + 1), "stands twice in the row");
        continue;
      }
      seen = row + 1;
      problem_.row_sites.push_back(static_cast<std::int32_t>(*column - 1));
    }
    problem_.row_starts.push_back(problem_.row_sites.size());
  }

  std::string_view text_;
  FaultList faults_;
  CoverProblem problem_{};
  std::vector<std::int64_t> seen_in_{};  ///< [column] the last row
  std::string_view word_{};
  std::size_t end_ = 0;
  std::size_t line_start_ = 0;
  int line_ = 1;
  int column_ = 1;
  bool ended_ = false;
};

}  // namespace

CoverProblem parse_cover(std::string_view text, const std::string& file) {
  return CoverReader(text, file).run();
}

CoverProblem read_cover(const std::filesystem::path& path) {
  return parse_cover(read_packed(path, kCoverBytes), path.string());
}

}  // namespace amaneku::scenarios
