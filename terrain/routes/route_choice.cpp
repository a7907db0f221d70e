#include <algorithm>
#include <set>
#include <string_view>

#include "terrain/files/text_file.hpp"
#include "terrain/nearest.hpp"
#include "terrain/routes/route_line.hpp"

namespace amaneku {
namespace {

bool is_piece_of(std::string_view piece, std::string_view id) {
  return piece == id || (piece.size() > id.size() && piece.starts_with(id) && piece[id.size()] == '#');
}

/// "25;26" -> "25", "26".
std::vector<std::string> parted(std::string_view text) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find(';', at), text.size());
    out.emplace_back(trimmed(text.substr(at, end - at)));
    at = end + 1;
  }
  return out;
}

bool has_one_of(const std::string& text, const std::vector<std::string>& wanted, bool by_parts) {
  if (wanted.empty() || std::find(wanted.begin(), wanted.end(), text) != wanted.end()) return true;
  if (!by_parts) return false;
  const std::vector<std::string> parts = parted(text);
  return std::any_of(parts.begin(), parts.end(), [&](const std::string& part) {
    return std::find(wanted.begin(), wanted.end(), part) != wanted.end();
  });
}

std::string some_of(const std::set<std::string>& words) {
  constexpr std::size_t kNamed = 12;
  std::string out;
  std::size_t count = 0;
  for (const std::string& word : words) {
    if (word.empty() || ++count > kNamed) continue;
    out += (out.empty() ? "" : ", ") + word;
  }
  return count > kNamed ? out + ", ..." : out;
}

/// One fault for each word that no piece has.
void add_unknown(std::vector<Fault>& faults, const std::string& key, const std::vector<std::string>& wanted,
                 const std::set<std::string>& there) {
  for (const std::string& word : wanted) {
    const bool known = std::any_of(there.begin(), there.end(), [&](const std::string& w) {
      return w == word || (key == "ids" && is_piece_of(w, word));
    });
    if (known) continue;
    const std::vector<std::string> words(there.begin(), there.end());
    const std::string near = nearest(word, words);
    faults.push_back(
        {.message = "no way of the file has it" + (near.empty() ? "" : "; is \"" + near + "\" meant?"),
         .key = key,
         .value = word,
         .legal = some_of(there)});
  }
}

void check_words(const RouteMap& map, const RouteChoice& choice) {
  std::set<std::string> ids;
  std::set<std::string> refs;
  std::set<std::string> names;
  std::set<std::string> classes;
  for (const RoutePiece& piece : map.pieces) {
    ids.insert(piece.id);
    classes.insert(piece.attributes.road_class);
    for (std::string& part : parted(piece.attributes.ref)) refs.insert(std::move(part));
    refs.insert(piece.attributes.ref);
    for (std::string& part : parted(piece.attributes.name)) names.insert(std::move(part));
    names.insert(piece.attributes.name);
  }
  std::vector<Fault> faults;
  add_unknown(faults, "ids", choice.ids, ids);
  add_unknown(faults, "refs", choice.refs, refs);
  add_unknown(faults, "names", choice.names, names);
  add_unknown(faults, "classes", choice.classes, classes);
  for (Fault& fault : faults) fault.file = map.file;
  if (!faults.empty()) throw InputError(std::move(faults));
}

}  // namespace

std::vector<std::size_t> chosen_pieces(const RouteMap& map, const RouteChoice& choice) {
  check_words(map, choice);
  const auto fits = [&](const RoutePiece& piece) {
    const WayAttributes& a = piece.attributes;
    return has_one_of(a.ref, choice.refs, true) && has_one_of(a.name, choice.names, true) &&
           has_one_of(a.road_class, choice.classes, false);
  };
  std::vector<std::size_t> out;
  const auto take = [&](std::string_view id) {
    for (std::size_t i = 0; i < map.pieces.size(); ++i) {
      const bool named = id.empty() || is_piece_of(map.pieces[i].id, id);
      if (named && fits(map.pieces[i])) out.push_back(i);
    }
  };
  for (const std::string& id : choice.ids) take(id);
  if (choice.ids.empty()) take({});
  if (out.empty()) {
    throw InputError(Fault{.message = "no way of the file has all that the route asks for", .file = map.file});
  }
  return out;
}

}  // namespace amaneku
