#include "terrain/error.hpp"

namespace amaneku {
namespace {

std::string joined(const std::vector<Fault>& faults) {
  std::string all;
  for (const Fault& fault : faults) {
    if (!all.empty()) all += '\n';
    all += fault.text();
  }
  return all;
}

std::string on_one_line(std::string text) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0xffU; };
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (byte(i) < 0x20 || byte(i) == 0x7f) text[i] = ' ';
    // The second set of control characters (C1), as UTF-8 writes it: a terminal obeys it as well.
    if (byte(i) == 0xc2 && byte(i + 1) < 0xa0) text[i] = text[i + 1] = ' ';
  }
  return text;
}

}  // namespace

std::string Fault::text() const {
  std::string out = file;
  if (line > 0) out += ":" + std::to_string(line);
  if (line > 0 && column > 0) out += ":" + std::to_string(column);
  if (!out.empty()) out += ": ";
  if (!key.empty()) out += value.empty() ? key + ": " : key + " = " + value + ": ";
  out += message;
  if (!legal.empty()) out += " (legal: " + legal + ")";
  return on_one_line(std::move(out));
}

InputError::InputError(Fault fault) : InputError(std::vector<Fault>{std::move(fault)}) {}

InputError::InputError(std::vector<Fault> faults)
    : std::runtime_error(joined(faults)), faults_(std::move(faults)) {}

}  // namespace amaneku
