// A request of the map page and its answer, as the sockets hand them over.
#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace amaneku::scenarios {

inline constexpr std::size_t kMostBodyBytes = std::size_t{1} << 20U;

/// Where changes are posted.
inline constexpr std::array<std::string_view, 6> kChangePaths = {"/api/edit",    "/api/undo",    "/api/redo",
                                                                 "/api/studies", "/api/preview", "/api/save"};

struct HttpRequest {
  std::string method{};
  std::string path{};
  std::map<std::string, std::string> query{};
  std::map<std::string, std::string> headers{};  ///< names in small letters
  std::string body{};
};

struct HttpResponse {
  int status = 200;
  std::string type{};
  std::string body{};
  std::vector<std::pair<std::string, std::string>> headers{};  ///< besides Content-Type, with those of safety
};

}  // namespace amaneku::scenarios
