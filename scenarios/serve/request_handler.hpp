// Requests of the map page and their answers, without sockets: who may ask, what is asked, what comes back
// (docs/serve.md).
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "scenarios/serve/http_message.hpp"
#include "scenarios/serve/page_files.hpp"
#include "scenarios/serve/plan_session.hpp"

namespace amaneku::scenarios {

/// Who may ask.
struct ServeAccess {
  std::vector<std::string> authorities{};  ///< values of Host that are ours: "127.0.0.1:8000"
  bool any_address = false;                ///< Host may be any IP address with the port, as of all interfaces
  int port = 0;
  std::string token{};  ///< empty: none is asked for
};

class RequestHandler {
 public:
  RequestHandler(PlanSession& session, PageFiles page, ServeAccess access, std::filesystem::path home);

  /// Another plan stands for the one as it was read wherever a state is compared; before the first request.
  /// InputError where it has other cells, another CRS or other municipalities.
  void hold_against(std::shared_ptr<const Planned> other);

  /// From any thread. Never throws: what fails is an answer with {"error": {"code", "faults"}}.
  [[nodiscard]] HttpResponse answer(const HttpRequest& request);

  /// Why a request is not listened to, as its head says: before its body is read.
  [[nodiscard]] std::optional<HttpResponse> refusal(const HttpRequest& request) const;

 private:
  [[nodiscard]] std::optional<HttpResponse> stranger(const HttpRequest& request) const;
  [[nodiscard]] std::optional<HttpResponse> without_token(const HttpRequest& request) const;
  [[nodiscard]] HttpResponse routed(const HttpRequest& request);
  [[nodiscard]] HttpResponse read(const HttpRequest& request);
  [[nodiscard]] HttpResponse change(const HttpRequest& request);
  [[nodiscard]] HttpResponse plan_answer(const HttpRequest& request) const;
  [[nodiscard]] HttpResponse raster_answer(const HttpRequest& request, std::string_view id) const;
  [[nodiscard]] HttpResponse layer_answer(const HttpRequest& request, std::string_view id);
  [[nodiscard]] std::shared_ptr<const std::vector<Layer>> layers_of_state(const PlanState& state);
  /// What a state is compared with.
  [[nodiscard]] std::shared_ptr<const PlanState> before() const;
  [[nodiscard]] std::shared_ptr<const PlanState> asked_state(const HttpRequest& request) const;

  PlanSession& session_;
  PageFiles page_;
  ServeAccess access_;
  std::filesystem::path home_;                  ///< where scenarios are saved
  std::shared_ptr<const PlanState> against_{};  ///< the other plan, if there is one

  std::mutex layers_lock_{};
  std::shared_ptr<const Planned> layers_plan_{};
  std::shared_ptr<const Planned> layers_studied_{};
  std::shared_ptr<const std::vector<Layer>> layers_{};
};

}  // namespace amaneku::scenarios
