// Sockets for the map page. Everything that is asked and answered is in scenarios/serve/request_handler.hpp.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "scenarios/serve/http_message.hpp"

namespace amaneku::cli {

/// Who answers, from any thread.
struct HttpAnswers {
  std::function<scenarios::HttpResponse(const scenarios::HttpRequest&)> answer;
  /// Of a change, before its body is read; none: it is to be read and answered.
  std::function<std::optional<scenarios::HttpResponse>(const scenarios::HttpRequest&)> refusal;
};

/// Listens from its construction on; answers from run() on.
class HttpServer {
 public:
  /// Port 0: a free one. InputError where it cannot listen there.
  HttpServer(const std::string& host, int port);
  ~HttpServer();
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  [[nodiscard]] int port() const noexcept { return port_; }
  /// Until stop() is called.
  void run(const HttpAnswers& answers);
  /// From any thread, any number of times.
  void stop();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
  int port_ = 0;
};

}  // namespace amaneku::cli
