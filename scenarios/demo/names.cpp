#include "scenarios/demo/names.hpp"

#include <array>

#include "scenarios/demo/random.hpp"

namespace amaneku::scenarios::demo {

namespace {

struct Part {
  const char* ja;
  const char* en;
};

constexpr std::array<Part, 40> kFirst = {
    {{"椿", "Tsubaki"}, {"樫", "Kashi"},   {"鷹", "Taka"},   {"鮎", "Ayu"},  {"梅", "Ume"},   {"栗", "Kuri"},
     {"蕗", "Fuki"},    {"楠", "Kusu"},    {"朝", "Asa"},    {"萩", "Hagi"}, {"桐", "Kiri"},  {"鶴", "Tsuru"},
     {"柚", "Yuzu"},    {"砥", "To"},      {"蓬", "Yomogi"}, {"柿", "Kaki"}, {"鷺", "Sagi"},  {"榎", "Enoki"},
     {"葦", "Ashi"},    {"石", "Ishi"},    {"藤", "Fuji"},   {"菅", "Suga"}, {"笹", "Sasa"},  {"雉", "Kiji"},
     {"杉", "Sugi"},    {"桂", "Katsura"}, {"蛍", "Hotaru"}, {"岩", "Iwa"},  {"松", "Matsu"}, {"竹", "Take"},
     {"桑", "Kuwa"},    {"芹", "Seri"},    {"槇", "Maki"},   {"鴨", "Kamo"}, {"茅", "Kaya"},  {"滝", "Taki"},
     {"鳶", "Tobi"},    {"桃", "Momo"},    {"蔦", "Tsuta"},  {"蓮", "Hasu"}}};
constexpr std::array<Part, 5> kMountain = {
    {{"谷", "dani"}, {"ヶ沢", "gasawa"}, {"垣内", "gaito"}, {"ヶ平", "gahira"}, {"畑", "hata"}}};
constexpr std::array<Part, 5> kValley = {
    {{"瀬", "se"}, {"ヶ原", "gahara"}, {"田", "da"}, {"野", "no"}, {"川口", "kawaguchi"}}};
constexpr std::array<Part, 5> kCoast = {
    {{"浦", "ura"}, {"ヶ浜", "gahama"}, {"崎", "zaki"}, {"津", "zu"}, {"ヶ江", "gae"}}};

const std::array<Part, 5>& endings(Setting setting) {
  if (setting == Setting::mountain) return kMountain;
  return setting == Setting::valley ? kValley : kCoast;
}

}  // namespace

const std::vector<MunicipalityFacts>& municipality_facts() {
  static const std::vector<MunicipalityFacts> kFacts = {
      {"99301", {"凪浜町", "Nagihama-cho"}, "", 0.48},
      {"99302", {"渚野町", "Nagisano-cho"}, "過疎|半島", 0.27},
      {"99303", {"葛瀬町", "Kuzuse-cho"}, "過疎", 0.24},
      {"99304", {"霧谷村", "Kiritani-mura"}, "過疎|山村", 0.13},
      {"99305", {"鈴ヶ島村", "Suzugashima-mura"}, "過疎|離島", 0.10},
  };
  return kFacts;
}

Name hamlet_name(std::uint64_t seed, std::uint64_t entity, Setting setting) {
  // The first parts are dealt like cards, so that two hamlets share a name only after all have been used.
  const auto first_start = static_cast<std::uint64_t>(rng(seed, 0, Stream::name).below(kFirst.size()));
  const Part& first = kFirst[(first_start + 7 * entity) % kFirst.size()];
  Random random = rng(seed, entity + 1, Stream::name);
  const Part& last = endings(setting)[static_cast<std::size_t>(random.below(5))];
  return {std::string(first.ja) + last.ja, std::string(first.en) + last.en};
}

}  // namespace amaneku::scenarios::demo
