#include "scenarios/serve/request_handler.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "scenarios/serve/cell_answers.hpp"
#include "scenarios/serve/exported_layer.hpp"
#include "scenarios/serve/map_rasters.hpp"
#include "scenarios/serve/plan_description.hpp"
#include "scenarios/serve/saved_scenario.hpp"
#include "scenarios/serve/vector_layers.hpp"

namespace amaneku::scenarios {
namespace {

using WireJson = nlohmann::ordered_json;

constexpr const char* kJsonType = "application/json; charset=utf-8";
constexpr const char* kBinaryType = "application/octet-stream";
constexpr int kDeepestJson = 8;
constexpr const char* kPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

enum HttpStatus : int {
  kOk = 200,
  kSeeOther = 303,
  kBadRequest = 400,
  kUnauthorized = 401,
  kForbidden = 403,
  kNotFound = 404,
  kMethodNotAllowed = 405,
  kConflict = 409,
  kTooLarge = 413,
  kUnsupportedType = 415,
  kUnprocessable = 422,
  kServerError = 500
};

std::string_view value_in(const std::map<std::string, std::string>& map, const std::string& key) {
  const auto found = map.find(key);
  return found == map.end() ? std::string_view() : std::string_view(found->second);
}

HttpResponse json_response(const WireJson& json, int status = kOk) {
  return {
      .status = status, .type = kJsonType, .body = json.dump(-1, ' ', false, WireJson::error_handler_t::replace)};
}

HttpResponse failure(int status, std::string_view code, const std::vector<Fault>& faults = {}) {
  WireJson told = WireJson::array();
  for (const Fault& fault : faults)
    told.push_back(
        {{"key", fault.key}, {"value", fault.value}, {"message", fault.message}, {"legal", fault.legal}});
  return json_response({{"error", {{"code", code}, {"faults", std::move(told)}}}}, status);
}

/// As long as both whatever they hold.
bool same_secret(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  unsigned difference = 0;
  for (std::size_t i = 0; i < a.size(); ++i)
    difference |= static_cast<unsigned>(static_cast<unsigned char>(a[i]) ^ static_cast<unsigned char>(b[i]));
  return difference == 0;
}

std::string_view cookie(std::string_view header, std::string_view name) {
  while (!header.empty()) {
    const std::size_t end = std::min(header.find(';'), header.size());
    std::string_view one = header.substr(0, end);
    header.remove_prefix(std::min(end + 1, header.size()));
    while (one.starts_with(' ')) one.remove_prefix(1);
    if (one.size() > name.size() && one.starts_with(name) && one[name.size()] == '=')
      return one.substr(name.size() + 1);
  }
  return {};
}

/// "192.168.1.5:8000", "[fe80::1]:8000": a name could be made to point here by anybody.
bool is_address(std::string_view host, int port) {
  const std::string ending = fmt::format(":{}", port);
  if (!host.ends_with(ending)) return false;
  host.remove_suffix(ending.size());
  if (host.starts_with('[') && host.ends_with(']'))
    return host.find_first_not_of("0123456789abcdefABCDEF:[]") == std::string_view::npos;
  return !host.empty() && std::count(host.begin(), host.end(), '.') == 3 &&
         host.find_first_not_of("0123456789.") == std::string_view::npos;
}

template <class T>
std::optional<T> number_of(std::string_view text) {
  T value{};
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc() || stop != text.data() + text.size()) return std::nullopt;
  return value;
}

LonLat place_of(const HttpRequest& request, const std::string& key) {
  const std::string_view text = value_in(request.query, key);
  const std::size_t comma = text.find(',');
  if (comma != std::string_view::npos) {
    const auto lon = number_of<double>(text.substr(0, comma));
    const auto lat = number_of<double>(text.substr(comma + 1));
    if (lon && lat && *lon >= -180.0 && *lon <= 180.0 && *lat >= -90.0 && *lat <= 90.0) return {*lon, *lat};
  }
  throw InputError(
      Fault{.message = "is not a place", .key = key, .value = std::string(text), .legal = "LON,LAT in degrees"});
}

Language language_of(const HttpRequest& request) {
  return value_in(request.query, "lang") == "ja" ? Language::ja : Language::en;
}

/// The body of a change. Numbers, texts and lists of it are checked by who reads them.
WireJson body_of(const HttpRequest& request) {
  const auto deep = [](int depth, WireJson::parse_event_t /*event*/, WireJson& /*parsed*/) {
    if (depth > kDeepestJson) throw InputError(Fault{.message = "is nested too deep", .key = "body"});
    return true;
  };
  WireJson body = WireJson::parse(request.body, deep, false);
  if (!body.is_object()) throw InputError(Fault{.message = "is not a JSON object", .key = "body"});
  return body;
}

std::int64_t revision_of(const WireJson& body) {
  if (!body.contains("revision") || !body["revision"].is_number_integer())
    throw InputError(Fault{.message = "is missing", .key = "revision"});
  return body["revision"].get<std::int64_t>();
}

EditStep edits_of(const WireJson& body) {
  if (!body.contains("edits")) throw InputError(Fault{.message = "is missing", .key = "edits"});
  return parse_edits(nlohmann::json(body["edits"]));
}

void make_safe(HttpResponse& response) {
  response.headers.emplace_back("Content-Security-Policy", kPolicy);
  response.headers.emplace_back("X-Content-Type-Options", "nosniff");
  response.headers.emplace_back("Referrer-Policy", "no-referrer");
  response.headers.emplace_back("Cross-Origin-Resource-Policy", "same-origin");
  response.headers.emplace_back("Cross-Origin-Opener-Policy", "same-origin");
  response.headers.emplace_back("Cache-Control", "no-store");
}

/// A link of a mail may lead here.
bool opens_page(const HttpRequest& request) {
  return request.method == "GET" && request.path == "/";
}

/// Of a change.
std::optional<HttpResponse> wrong_head(const HttpRequest& request) {
  if (std::find(kChangePaths.begin(), kChangePaths.end(), request.path) == kChangePaths.end())
    return failure(kNotFound, "path");
  if (!value_in(request.headers, "content-type").starts_with("application/json") ||
      request.headers.count("content-encoding") > 0)
    return failure(kUnsupportedType, "type");
  const std::string_view length = value_in(request.headers, "content-length");
  if (request.body.size() > kMostBodyBytes ||
      (!length.empty() && number_of<std::uint64_t>(length).value_or(kMostBodyBytes + 1) > kMostBodyBytes))
    return failure(kTooLarge, "body");
  return std::nullopt;
}

}  // namespace

RequestHandler::RequestHandler(PlanSession& session, PageFiles page, ServeAccess access,
                               std::filesystem::path home)
    : session_(session), page_(std::move(page)), access_(std::move(access)), home_(std::move(home)) {}

void RequestHandler::hold_against(std::shared_ptr<const Planned> other) {
  const Planned& own = *session_.base()->plan;
  const auto codes = [](const Planned& plan) {
    std::vector<std::string> out;
    for (const Municipality& one : plan.input.world.boundaries.municipalities) out.push_back(one.code);
    return out;
  };
  if (other->input.world.crs_id != own.input.world.crs_id || other->result.grid != own.result.grid ||
      codes(*other) != codes(own)) {
    throw InputError(Fault{.message = "is a plan of another area, or of other cells or municipalities",
                           .key = "--against",
                           .value = other->file.string()});
  }
  auto state = std::make_shared<PlanState>();
  state->plan = std::move(other);
  against_ = std::move(state);
}

std::shared_ptr<const PlanState> RequestHandler::before() const {
  return against_ ? against_ : session_.base();
}

HttpResponse RequestHandler::answer(const HttpRequest& request) {
  HttpResponse response;
  try {
    if (std::optional<HttpResponse> refused = refusal(request)) return std::move(*refused);
    response = routed(request);
  } catch (const StaleRevision& stale) {
    response = json_response({{"error", {{"code", "stale"}, {"revision", stale.current}}}}, kConflict);
  } catch (const InputError& error) {
    response = failure(kUnprocessable, "wrong", error.faults());
  } catch (const std::bad_alloc&) {
    response = failure(kServerError, "memory");
  } catch (const std::exception& error) {
    fmt::print(stderr, "{} {}: {}\n", request.method, request.path, error.what());
    response = failure(kServerError, "internal");
  }
  make_safe(response);
  return response;
}

std::optional<HttpResponse> RequestHandler::refusal(const HttpRequest& request) const {
  std::optional<HttpResponse> refused = stranger(request);
  if (!refused) refused = without_token(request);
  if (!refused && request.method == "POST") refused = wrong_head(request);
  if (refused) make_safe(*refused);
  return refused;
}

std::optional<HttpResponse> RequestHandler::stranger(const HttpRequest& request) const {
  const std::string_view host = value_in(request.headers, "host");
  const auto& own = access_.authorities;
  const bool ours = std::find(own.begin(), own.end(), host) != own.end() ||
                    (access_.any_address && is_address(host, access_.port));
  if (!ours) return failure(kForbidden, "host");
  const auto origin = request.headers.find("origin");
  if (origin != request.headers.end() && origin->second != "http://" + std::string(host))
    return failure(kForbidden, "origin");
  const std::string_view site = value_in(request.headers, "sec-fetch-site");
  if (!site.empty() && site != "same-origin" && site != "none" && !opens_page(request))
    return failure(kForbidden, "origin");
  if (request.method != "GET" && request.method != "POST") return failure(kMethodNotAllowed, "method");
  return std::nullopt;
}

std::optional<HttpResponse> RequestHandler::without_token(const HttpRequest& request) const {
  if (access_.token.empty()) return std::nullopt;
  if (same_secret(cookie(value_in(request.headers, "cookie"), "amaneku"), access_.token)) return std::nullopt;
  if (same_secret(value_in(request.headers, "authorization"), "Bearer " + access_.token)) return std::nullopt;
  if (!opens_page(request) || !same_secret(value_in(request.query, "token"), access_.token))
    return failure(kUnauthorized, "token");
  HttpResponse enter = json_response(WireJson::object(), kSeeOther);
  enter.headers.emplace_back("Location", "/");
  enter.headers.emplace_back("Set-Cookie", "amaneku=" + access_.token + "; HttpOnly; SameSite=Strict; Path=/");
  return enter;
}

HttpResponse RequestHandler::routed(const HttpRequest& request) {
  if (request.method == "POST") return change(request);
  if (request.path.starts_with("/api/")) return read(request);
  const auto file = page_.find(request.path);
  if (file != page_.end()) return {.type = file->second.type, .body = file->second.bytes};
  if (request.path == "/" && page_.empty()) {
    return {.type = "text/plain; charset=utf-8",
            .body = "The map page was not built (npm was not there): the interface of docs/serve.md works.\n"};
  }
  return failure(kNotFound, "path");
}

std::shared_ptr<const PlanState> RequestHandler::asked_state(const HttpRequest& request) const {
  if (value_in(request.query, "of") == "base") return before();
  std::shared_ptr<const PlanState> state = session_.current();
  if (request.query.count("revision") == 0) return state;
  if (number_of<std::int64_t>(value_in(request.query, "revision")) != state->revision)
    throw StaleRevision{state->revision};
  return state;
}

HttpResponse RequestHandler::read(const HttpRequest& request) {
  constexpr std::string_view kRaster = "/api/raster/";
  constexpr std::string_view kLayer = "/api/layer/";
  constexpr std::string_view kExport = "/api/export/";
  const std::string_view path = request.path;
  if (path == "/api/plan") return plan_answer(request);
  if (path == "/api/state")
    return json_response(state_description(*session_.current(), {*session_.base(), *before()}));
  if (path == "/api/layers")
    return json_response(layer_list(*layers_of_state(*asked_state(request)), language_of(request)));
  if (path == "/api/explain")
    return json_response(explained_cell(*asked_state(request), place_of(request, "at"), language_of(request)));
  if (path == "/api/profile") {
    return json_response(
        ground_profile(session_.base()->plan->input, place_of(request, "from"), place_of(request, "to")));
  }
  if (path == "/api/mesh") return json_response(mesh_place(value_in(request.query, "code")));
  if (path.starts_with(kExport)) {
    const std::shared_ptr<const PlanState> state = asked_state(request);
    return exported(*state->plan, *layers_of_state(*state), path.substr(kExport.size()), language_of(request));
  }
  if (path.starts_with(kRaster)) return raster_answer(request, path.substr(kRaster.size()));
  if (path.starts_with(kLayer)) return layer_answer(request, path.substr(kLayer.size()));
  return failure(kNotFound, "path");
}

HttpResponse RequestHandler::plan_answer(const HttpRequest& request) const {
  return json_response(plan_description(*session_.current(), {*session_.base(), *before()},
                                        session_.preview_grid(), language_of(request)));
}

HttpResponse RequestHandler::raster_answer(const HttpRequest& request, std::string_view id) const {
  const std::shared_ptr<const PlanState> state = asked_state(request);
  // Of another plan with the numbers that the sectors have in this one.
  if (id == "best_server" && state == against_)
    return {.type = kBinaryType, .body = server_bytes(*state->plan, *session_.current()->plan)};
  return {.type = kBinaryType, .body = raster_bytes(*state->plan, *before()->plan, id)};
}

std::shared_ptr<const std::vector<Layer>> RequestHandler::layers_of_state(const PlanState& state) {
  const std::scoped_lock lock(layers_lock_);
  if (layers_plan_ != state.plan || layers_studied_ != state.studied || !layers_) {
    layers_ = std::make_shared<const std::vector<Layer>>(map_layers(state));
    layers_plan_ = state.plan;
    layers_studied_ = state.studied;
  }
  return layers_;
}

HttpResponse RequestHandler::layer_answer(const HttpRequest& request, std::string_view id) {
  const std::shared_ptr<const PlanState> state = asked_state(request);
  for (const Layer& layer : *layers_of_state(*state)) {
    if (layer.name != id) continue;
    return {.type = "application/geo+json", .body = layer_geojson(layer, state->plan->input.world.crs_id)};
  }
  return failure(kNotFound, "layer");
}

HttpResponse RequestHandler::change(const HttpRequest& request) {
  const auto told = [&](const std::shared_ptr<const PlanState>& state) {
    return json_response(state_description(*state, {*session_.base(), *before()}));
  };
  const WireJson body = body_of(request);
  const std::int64_t revision = revision_of(body);
  if (request.path == "/api/edit") return told(session_.edit(revision, edits_of(body)));
  if (request.path == "/api/undo") return told(session_.undo(revision));
  if (request.path == "/api/redo") return told(session_.redo(revision));
  if (request.path == "/api/studies") return told(session_.run_studies(revision));
  if (request.path == "/api/preview")
    return {.type = kBinaryType, .body = float_bytes(session_.preview(revision, edits_of(body)).rsrp_dbm)};
  if (request.path == "/api/save") {
    if (!body.contains("name") || !body["name"].is_string())
      throw InputError(Fault{.message = "is missing", .key = "name"});
    const std::shared_ptr<const PlanState> state = session_.current();
    if (state->revision != revision) throw StaleRevision{state->revision};
    const auto folder = save_scenario(*session_.base(), *state, home_, body["name"].get<std::string>());
    return json_response({{"folder", folder.string()}, {"scenario", (folder / "scenario.toml").string()}});
  }
  return failure(kNotFound, "path");
}

}  // namespace amaneku::scenarios
