// Words in Latin letters on a Japanese page: what a reader of Japanese would stumble on.
#pragma once

#include <algorithm>
#include <cctype>
#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace amaneku::test {

/// What stands between the tags of a page, without styles, the text of the scenario and the pictures; alternative
/// texts of drawings included.
inline std::string visible_text(std::string_view page) {
  constexpr std::string_view kLabel = "aria-label=\"";
  std::string out;
  for (std::size_t at = 0; at < page.size();) {
    for (const auto& [opens, closes] : {std::pair{"<style>", "</style>"}, std::pair{"<details>", "</details>"}}) {
      if (page.substr(at).starts_with(opens)) at = page.find(closes, at);
    }
    if (page[at] != '<') {
      out += page[at++];
      continue;
    }
    const std::size_t end = page.find('>', at);
    const std::string_view tag = page.substr(at, end - at);
    if (const std::size_t label = tag.find(kLabel); label != std::string_view::npos) {
      const std::size_t from = label + kLabel.size();
      out += ' ' + std::string(tag.substr(from, tag.find('"', from) - from));
    }
    out += ' ';
    at = end + 1;
  }
  return out;
}

/// A name in brackets after a Japanese one: "(Nagihama Chuo)", words that begin with a capital only.
inline bool is_romanised_name(std::string_view in_brackets) {
  bool begins = true;
  for (const char c : in_brackets) {
    const auto byte = static_cast<unsigned char>(c);
    if (c != ' ' && std::isalpha(byte) == 0) return false;
    if (begins && std::isupper(byte) == 0) return false;
    begins = c == ' ';
  }
  return !in_brackets.empty();
}

/// Words of two letters or more, with the underscores, dots and hyphens inside them. Left out: `allowed`, what
/// holds a digit and no small letter before it (S01-1, T-POP-2025, P.526-15), digests, names of files, romanised
/// names.
inline std::set<std::string> latin_words(std::string_view text, const std::set<std::string>& allowed) {
  const auto is_word = [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '.' || c == '-';
  };
  constexpr std::size_t kShortestDigest = 7;  // of a revision of git
  std::set<std::string> out;
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] == '(') {
      const std::size_t close = text.find(')', at);
      if (close != std::string_view::npos && is_romanised_name(text.substr(at + 1, close - at - 1))) {
        at = close;
        continue;
      }
    }
    if (text[at] == '&') {  // "&lt;"
      const std::size_t end = text.find(';', at);
      at = end == std::string_view::npos ? text.size() : end + 1;
      continue;
    }
    if (!is_word(text[at])) {
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < text.size() && is_word(text[end])) ++end;
    std::string word(text.substr(at, end - at));
    at = end;
    while (!word.empty() && std::isalnum(static_cast<unsigned char>(word.back())) == 0) word.pop_back();
    while (!word.empty() && std::isalnum(static_cast<unsigned char>(word.front())) == 0) word.erase(0, 1);
    const auto letters = [](unsigned char c) { return std::isalpha(c) != 0; };
    const auto count = std::count_if(word.begin(), word.end(), letters);
    const std::size_t digit = word.find_first_of("0123456789");
    const std::size_t small = word.find_first_of("abcdefghijklmnopqrstuvwxyz_");
    const bool is_id = digit != std::string::npos && (small == std::string::npos || digit < small);
    const std::size_t other = word.find_first_not_of("0123456789abcdef");
    const bool is_digest = digit != std::string::npos && std::min(other, word.size()) >= kShortestDigest;
    const std::size_t dot = word.rfind('.');
    const std::string ending = dot == std::string::npos ? std::string() : word.substr(dot + 1);
    const bool is_file = std::set<std::string>{"csv", "tif", "toml", "geojson"}.contains(ending);
    if (count >= 2 && !is_id && !is_file && !is_digest && !allowed.contains(word)) out.insert(word);
  }
  return out;
}

}  // namespace amaneku::test
