#include "scenarios/cli/http_server.hpp"

#include <fmt/format.h>
#include <httplib.h>
#include <sys/socket.h>

#include <algorithm>
#include <atomic>
#include <cctype>
#include <string>

#include "terrain/error.hpp"

namespace amaneku::cli {
namespace {

constexpr std::size_t kThreads = 64;  ///< a connection that is kept open holds one
constexpr int kMostAtOnce = 32;       ///< requests that are worked on
constexpr time_t kPatience_s = 5;     ///< for the next bytes of a request, and for those of an answer
constexpr time_t kKeepOpen_s = 2;
constexpr int kBusy = 503;

std::string small_letters(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

scenarios::HttpRequest asked(const httplib::Request& request) {
  scenarios::HttpRequest out{.method = request.method, .path = request.path, .body = request.body};
  for (const auto& [key, value] : request.params) out.query[key] = value;
  for (const auto& [key, value] : request.headers) {
    const auto [known, fresh] = out.headers.emplace(small_letters(key), value);
    // A header that comes twice may be read in one way here and in another elsewhere.
    if (!fresh && known->second != value) known->second += ", " + value;
  }
  return out;
}

void give(const scenarios::HttpResponse& from, httplib::Response& to) {
  to.status = from.status;
  for (const auto& [name, value] : from.headers) to.set_header(name.c_str(), value.c_str());
  to.set_content(from.body, from.type.c_str());
}

/// Counts what is worked on.
class Turn {
 public:
  explicit Turn(std::atomic<int>& count) : count_(count), mine_(++count) {}
  ~Turn() { --count_; }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;
  [[nodiscard]] bool granted() const noexcept { return mine_ <= kMostAtOnce; }

 private:
  std::atomic<int>& count_;
  int mine_;
};

}  // namespace

struct HttpServer::Impl {
  httplib::Server server;
  std::atomic<int> at_once{0};

  void answer(const HttpAnswers& answers, const httplib::Request& request, httplib::Response& response) {
    const Turn turn(at_once);
    if (turn.granted()) return give(answers.answer(asked(request)), response);
    response.status = kBusy;
    response.set_header("Retry-After", "1");
  }
};

HttpServer::HttpServer(const std::string& host, int port) : impl_(std::make_unique<Impl>()) {
  httplib::Server& server = impl_->server;
  server.new_task_queue = [] { return new httplib::ThreadPool(kThreads); };
  // Not SO_REUSEPORT, which lets a second server listen to the same port.
  server.set_socket_options([](auto socket) {
    const int yes = 1;
    ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  });
  server.set_tcp_nodelay(true);
  server.set_read_timeout(kPatience_s);
  server.set_write_timeout(kPatience_s);
  server.set_keep_alive_timeout(kKeepOpen_s);
  server.set_payload_max_length(scenarios::kMostBodyBytes);
  port_ = port == 0 ? server.bind_to_any_port(host) : server.bind_to_port(host, port) ? port : -1;
  if (port_ <= 0) {
    throw InputError(
        Fault{.message = "cannot listen there: the port is taken, or the address is none of this machine",
              .key = "--host, --port",
              .value = fmt::format("{}, {}", host, port),
              .legal = "--port 0 takes a free one"});
  }
}

HttpServer::~HttpServer() = default;

void HttpServer::run(const HttpAnswers& answers) {
  httplib::Server& server = impl_->server;
  // What needs no body is answered here, so that no pattern is held against the path of a stranger.
  server.set_pre_routing_handler([&](const httplib::Request& request, httplib::Response& response) {
    if (request.method == "POST") {
      const auto refused = answers.refusal(asked(request));
      if (!refused) return httplib::Server::HandlerResponse::Unhandled;
      give(*refused, response);
    } else {
      impl_->answer(answers, request, response);
    }
    return httplib::Server::HandlerResponse::Handled;
  });
  for (const std::string_view path : scenarios::kChangePaths) {
    server.Post(std::string(path), [&](const httplib::Request& request, httplib::Response& response) {
      impl_->answer(answers, request, response);
    });
  }
  server.listen_after_bind();
}

void HttpServer::stop() {
  impl_->server.stop();
}

}  // namespace amaneku::cli
