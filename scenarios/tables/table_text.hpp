// A table as text: CSV for people, JSON for scripts.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "libsim/result/table.hpp"

namespace amaneku::scenarios {

/// RFC 4180, UTF-8, a head line of the column names. Without a value: empty.
[[nodiscard]] std::string csv_of(const Table& table);

/// An array of one object a row; of a table that is `single` its one row. Without a value: null. Flags: true,
/// false.
[[nodiscard]] nlohmann::ordered_json json_of(const Table& table);
[[nodiscard]] nlohmann::ordered_json json_of_row(const Table& table, std::size_t row);

/// Puts json_of() at the table's dotted key; what is there as an object is kept and added to.
void add_to_json(nlohmann::ordered_json& root, const Table& table);

}  // namespace amaneku::scenarios
