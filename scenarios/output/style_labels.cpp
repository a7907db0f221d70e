#include "scenarios/output/style_labels.hpp"

#include <array>
#include <string_view>

#include "scenarios/report/phrases.hpp"
#include "scenarios/report/service_scales.hpp"
#include "scenarios/studies/backhaul/phrases.hpp"

namespace amaneku::scenarios {
namespace {

constexpr std::array kLabels = {Phrase{"none", "なし"},
                                Phrase{"4 or more", "4 以上"},
                                Phrase{"existing", "計算対象"},
                                Phrase{"candidate", "候補地"},
                                Phrase{"cover area", "カバーエリア"},
                                Phrase{"coordination area", "調整対象区域"},
                                Phrase{"met", "適合"},
                                Phrase{"no link", "通信途絶"},
                                Phrase{"too little uplink", "上り不足"},
                                Phrase{"too little downlink", "下り不足"},
                                Phrase{"too late", "伝達遅延"},
                                Phrase{"outside the plan", "計画区域外"}};

// As they stand in XML.
constexpr std::string_view kBelowSign = "&lt; ";
constexpr std::string_view kFromSign = "&gt;= ";
constexpr std::string_view kBetweenSign = " to &lt; ";

/// A class of a legend: the unit stands after each bound.
std::string class_in_japanese(const std::string& label) {
  if (label.starts_with(kBelowSign))
    return fill(phrases::kBelow.in(Language::ja), {label.substr(kBelowSign.size())});
  if (label.starts_with(kFromSign))
    return fill(phrases::kAtLeast.in(Language::ja), {label.substr(kFromSign.size())});
  const std::size_t between = label.find(kBetweenSign);
  if (between == std::string::npos) return label;
  const std::string high = label.substr(between + kBetweenSign.size());
  const std::size_t unit = high.find(' ');
  const std::string low = label.substr(0, between) + (unit == std::string::npos ? "" : high.substr(unit));
  return fill(phrases::kBetween.in(Language::ja), {low, high});
}

std::string label_in_japanese(const std::string& label) {
  for (const Phrase& known : kLabels) {
    if (label == known.in(Language::en)) return std::string(known.in(Language::ja));
  }
  for (const Phrase& medium : phrases::kMedia) {
    if (label == medium.in(Language::en)) return std::string(medium.in(Language::ja));
  }
  for (const ServiceStateClass& state : service_state_classes()) {
    if (label == state.label) return std::string(state.label_ja);
  }
  return class_in_japanese(label);
}

}  // namespace

std::string labels_in(const std::string& qml, Language language) {
  if (language == Language::en) return qml;
  constexpr std::string_view kLabel = " label=\"";
  std::string out;
  std::size_t at = 0;
  for (std::size_t found = qml.find(kLabel); found != std::string::npos; found = qml.find(kLabel, at)) {
    const std::size_t begin = found + kLabel.size();
    const std::size_t end = qml.find('"', begin);
    out += qml.substr(at, begin - at) + label_in_japanese(qml.substr(begin, end - begin));
    at = end;
  }
  return out + qml.substr(at);
}

}  // namespace amaneku::scenarios
