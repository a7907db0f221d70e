#include "scenarios/read/steiner_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <optional>

#include "terrain/fault_list.hpp"
#include "terrain/files/packed_file.hpp"

namespace amaneku::scenarios {
namespace {

constexpr std::size_t kSteinerBytes = std::size_t{1} << 30U;

/// Of a word that is at fault.
constexpr std::size_t kShownText = 60;

struct Word {
  std::string_view text{};
  int column = 0;
};

/// Up to five words of a line; five are one too many for every row that is read.
struct Words {
  std::array<Word, 5> word{};
  std::size_t count = 0;
};

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r';
}

Words words_of(std::string_view line) {
  Words out;
  for (std::size_t i = 0; i < line.size() && out.count < out.word.size();) {
    if (is_blank(line[i])) {
      ++i;
      continue;
    }
    std::size_t end = i;
    while (end < line.size() && !is_blank(line[end])) ++end;
    out.word[out.count++] = {line.substr(i, end - i), static_cast<int>(i) + 1};
    i = end;
  }
  return out;
}

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

class SteinerReader {
 public:
  SteinerReader(std::string_view text, const std::string& file) : text_(text), faults_(file) {}

  SteinerProblem run() {
    while (!ended_ && next_line()) {
      if (words_.count == 0) continue;
      const std::string key = lower(words_.word[0].text);
      if (section_.empty())
        outside(key);
      else if (key == "end")
        section_.clear();
      else if (section_ == "graph")
        graph(key);
      else if (section_ == "terminals")
        terminals(key);
    }
    finish();
    faults_.throw_if_any();
    return std::move(problem_);
  }

 private:
  bool next_line() {
    if (text_.empty()) return false;
    const std::size_t end = std::min(text_.find('\n'), text_.size());
    words_ = words_of(text_.substr(0, end));
    text_.remove_prefix(std::min(end + 1, text_.size()));
    ++line_;
    return true;
  }

  void fault(std::size_t word, std::string message, std::string legal = {}) {
    const Word& at = words_.word[word];
    faults_.add({.message = std::move(message),
                 .line = line_,
                 .column = at.column,
                 .key = std::string(words_.word[0].text.substr(0, kShownText)),
                 .value = word == 0 ? std::string{} : std::string(at.text.substr(0, kShownText)),
                 .legal = std::move(legal)});
  }

  bool has_words(std::size_t n) {
    if (words_.count == n) return true;
    fault(0, fmt::format("is followed by {} numbers, not {}", words_.count - 1, n - 1));
    return false;
  }

  std::optional<std::int64_t> number(std::size_t word, std::int64_t low, std::int64_t high) {
    const std::string_view text = words_.word[word].text;
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error == std::errc{} && end == text.data() + text.size() && value >= low && value <= high) return value;
    fault(word, "is no whole number in range", fmt::format("{} to {}", low, high));
    return std::nullopt;
  }

  std::optional<std::int32_t> vertex(std::size_t word) {
    const auto value = number(word, 1, std::max(problem_.vertices, 1));
    if (!value) return std::nullopt;
    return static_cast<std::int32_t>(*value - 1);
  }

  void outside(const std::string& key) {
    if (key == "eof") {
      ended_ = true;
    } else if (key == "section" && words_.count >= 2) {
      section_ = lower(words_.word[1].text);
      if (section_ == "graph" || section_ == "terminals") return;
      if (section_ == "comment" || section_ == "coordinates" || section_ == "tree") return;
      fault(1, "is a section that is not read: it may make this another problem",
            "Comment, Graph, Terminals, Coordinates, Tree Decomposition");
    } else if (key != "33d32945" || line_ > 1) {
      fault(0, "is neither a section nor the end of the file", "SECTION ..., EOF");
    }
  }

  void count_of(std::int32_t& count, std::int32_t most) {
    if (count >= 0) return fault(0, "stands twice");
    if (!has_words(2)) return;
    if (const auto value = number(1, 0, most)) count = static_cast<std::int32_t>(*value);
  }

  void graph(const std::string& key) {
    if (key == "nodes") {
      count_of(nodes_, kSteinerVertices);
      problem_.vertices = std::max(nodes_, 0);
    } else if (key == "edges") {
      count_of(edges_, kSteinerEdges);
    } else if (key == "e") {
      edge();
    } else if (key == "a" || key == "arcs") {
      fault(0, "is an arc in one direction: only problems of edges are solved");
    } else if (key != "optimal") {
      fault(0, "is no word of the section Graph", "Nodes, Edges, E, Optimal");
    }
  }

  void edge() {
    if (!has_words(4)) return;
    const auto from = vertex(1);
    const auto to = vertex(2);
    const auto cost = number(3, 0, kSteinerCostLimit);
    if (!from || !to || !cost) return;
    sum_ += *cost;
    if (sum_ > kSteinerCostLimit) {
      sum_ = 0;
      fault(3, "makes the costs add up to too much", fmt::format("a sum of at most {}", kSteinerCostLimit));
    }
    problem_.edges.push_back({*from, *to, *cost});
  }

  void terminals(const std::string& key) {
    if (key == "terminals") {
      count_of(terminals_, kSteinerVertices);
    } else if (key == "t") {
      if (!has_words(2)) return;
      if (const auto v = vertex(1)) problem_.terminals.push_back(*v);
    } else {
      fault(0, "is no word of the section Terminals of a problem of edges without prizes", "Terminals, T");
    }
  }

  void agree(std::int32_t said, std::size_t found, const char* what) {
    if (said >= 0 && static_cast<std::size_t>(said) == found) return;
    faults_.add({.message = said < 0 ? fmt::format("says nowhere how many {} there are", what)
                                     : fmt::format("says {} {} and lists {}", said, what, found)});
  }

  void finish() {
    if (!section_.empty()) {
      faults_.add({.message = "ends within a section: was it cut off?", .line = line_, .key = section_});
    }
    agree(nodes_, static_cast<std::size_t>(problem_.vertices), "nodes");
    agree(edges_, problem_.edges.size(), "edges");
    agree(terminals_, problem_.terminals.size(), "terminals");
  }

  std::string_view text_;
  FaultList faults_;
  SteinerProblem problem_{};
  Words words_{};
  std::string section_{};
  int line_ = 0;
  bool ended_ = false;
  std::int32_t nodes_ = -1;
  std::int32_t edges_ = -1;
  std::int32_t terminals_ = -1;
  std::int64_t sum_ = 0;
};

}  // namespace

SteinerProblem parse_steiner(std::string_view text, const std::string& file) {
  return SteinerReader(text, file).run();
}

SteinerProblem read_steiner(const std::filesystem::path& path) {
  return parse_steiner(read_packed(path, kSteinerBytes), path.string());
}

}  // namespace amaneku::scenarios
