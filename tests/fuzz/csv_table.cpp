#include "terrain/files/csv.hpp"
#include "terrain/files/text_file.hpp"
#include "tests/fuzz/target.hpp"

/// A table in any of the encodings that are read.
AMANEKU_FUZZ_TARGET(csv_table) {
  const std::string text = amaneku::decode_text(bytes, "table.csv");
  amaneku::fuzz::require(amaneku::is_utf8(text));
  for (const amaneku::CsvRow& row : amaneku::parse_csv(text, "table.csv")) {
    for (const std::string& field : row.fields) {
      amaneku::fuzz::require(amaneku::is_utf8(field));
      if (!amaneku::parse_number(field)) static_cast<void>(amaneku::number_fault(field));
      static_cast<void>(amaneku::parse_thousands(field));
    }
  }
}
