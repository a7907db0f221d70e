// Short spellings for the rows of a schema table.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "scenarios/schema/schema.hpp"

namespace amaneku::scenarios::keys {

using Keys = std::vector<SchemaKey>;

[[nodiscard]] inline SchemaKey text(std::string name, DefaultValue fallback, std::string doc) {
  return {.name = std::move(name), .fallback = std::move(fallback), .doc = std::move(doc)};
}

[[nodiscard]] inline SchemaKey choice(std::string name, std::vector<std::string> choices, std::string doc) {
  return {.name = std::move(name), .fallback = choices.front(), .doc = std::move(doc), .choices = choices};
}

[[nodiscard]] inline SchemaKey flag(std::string name, bool fallback, std::string doc) {
  return {.name = std::move(name), .type = ValueType::flag, .fallback = fallback, .doc = std::move(doc)};
}

struct Quantity {
  std::string unit;
  DefaultValue fallback;
  Range range;
};

[[nodiscard]] inline SchemaKey number(std::string name, Quantity quantity, std::string doc) {
  return {.name = std::move(name),
          .type = ValueType::number,
          .unit = std::move(quantity.unit),
          .fallback = std::move(quantity.fallback),
          .range = quantity.range,
          .doc = std::move(doc)};
}

[[nodiscard]] inline SchemaKey integer(std::string name, Quantity quantity, std::string doc) {
  SchemaKey key = number(std::move(name), std::move(quantity), std::move(doc));
  key.type = ValueType::integer;
  return key;
}

[[nodiscard]] inline SchemaKey required(SchemaKey key) {
  key.required = true;
  key.fallback = std::monostate{};
  return key;
}

[[nodiscard]] inline SchemaKey list(SchemaKey key, ValueType type, std::size_t length = 0) {
  key.type = type;
  key.length = length;
  return key;
}

}  // namespace amaneku::scenarios::keys
