#include "scenarios/catalogue/costs_file.hpp"

#include <functional>

#include "libsim/entry_of.hpp"
#include "scenarios/catalogue/costs_words.hpp"
#include "scenarios/schema/document.hpp"

namespace amaneku::scenarios {
namespace {

constexpr std::uintmax_t kMaxCostsBytes = 4 << 20;

template <class Entry>
Entry& entry_named(std::vector<Entry>& entries, const std::string& id) {
  const auto same = std::find_if(entries.begin(), entries.end(), [&](const Entry& old) { return old.id == id; });
  if (same != entries.end()) return *same;
  return entries.emplace_back(Entry{.id = id});
}

[[noreturn]] void refuse(const SectionView& view, const char* key, const char* message) {
  throw InputError(view.fault(key, message));
}

PriceItem price(const SectionView& view, const std::string& id) {
  PriceItem out{.id = id,
                .name = view.text("name"),
                .low = view.number("low"),
                .high = view.given("high") ? view.number("high") : view.number("low"),
                .currency = view.text("currency"),
                .year = static_cast<int>(view.integer("year")),
                .unit = view.text("unit"),
                .source = view.text("source"),
                .confidence = view.text("confidence")};
  if (out.high < out.low) refuse(view, "high", "is below low");
  return out;
}

Deflator deflator(const SectionView& view) {
  return {.from_currency = view.text("from_currency"),
          .from_year = static_cast<int>(view.integer("from_year")),
          .to_currency = view.text("to_currency"),
          .to_year = static_cast<int>(view.integer("to_year")),
          .factor = view.number("factor"),
          .source = view.text("source")};
}

bool same_pair(const Deflator& a, const Deflator& b) {
  return a.from_currency == b.from_currency && a.from_year == b.from_year && a.to_currency == b.to_currency &&
         a.to_year == b.to_year;
}

/// What the text says of an asset; the rest stays as it was.
void read_asset(CostAsset& out, const SectionView& view, const CostCatalogue& catalogue) {
  if (view.given("name")) out.name = view.text("name");
  if (out.name.empty()) refuse(view, "name", "is required for a new asset");
  if (view.given("name_ja")) out.name_ja = view.text("name_ja");
  if (out.name_ja.empty()) out.name_ja = out.name;
  if (view.given("quantity")) out.quantity = enumerator<CostQuantity>(kQuantityWords, view.text("quantity"));
  if (view.given("payment")) out.payment = enumerator<Payment>(kPaymentWords, view.text("payment"));
  if (view.given("level")) out.level = enumerator<SharingLevel>(kSharingWords, view.text("level"));
  if (view.given("by_access")) out.by_access = view.flag("by_access");
  if (view.given("life_years")) out.life_years = static_cast<int>(view.integer("life_years"));
  if (view.given("eligible_as")) out.eligible_as = view.texts("eligible_as");
  if (!view.given("price")) return;
  out.price = view.text("price");
  if (!out.price.empty()) (void)entry_of(catalogue.prices, out.price, "price");
}

}  // namespace

CostCatalogue read_costs(std::string_view text, const std::string& file, CostCatalogue base) {
  const TomlNode root = parse_toml(text, file);
  std::vector<Fault> faults = check_document(root, file, costs_schema());
  if (!faults.empty()) throw InputError(faults);
  const auto each = [&](const char* section,
                        const std::function<void(const SectionView&, const std::string&)>& body) {
    const TomlNode* named = root.find(section);
    if (named == nullptr) return;
    for (const TomlEntry& entry : *named->table()) {
      const SectionView view(schema_section(section, costs_schema()), &entry.node, file);
      try {
        body(view, entry.key);
      } catch (const InputError& error) {
        for (Fault& fault : placed_faults(error, view, "name")) faults.push_back(std::move(fault));
      }
    }
  };
  each("price",
       [&](const SectionView& view, const std::string& id) { entry_named(base.prices, id) = price(view, id); });
  for (const SectionView& view : sections_of(root, "deflator", file, costs_schema())) {
    const Deflator own = deflator(view);
    const auto old = std::find_if(base.deflators.begin(), base.deflators.end(),
                                  [&](const Deflator& known) { return same_pair(known, own); });
    if (old != base.deflators.end()) {
      faults.push_back(view.fault("from_currency", "this pair of currency and year comes twice"));
    } else {
      base.deflators.push_back(own);
    }
  }
  each("asset", [&](const SectionView& view, const std::string& id) {
    read_asset(entry_named(base.assets, id), view, base);
  });
  if (!faults.empty()) throw InputError(faults);
  return base;
}

const CostCatalogue& built_in_costs() {
  static const CostCatalogue kCosts = read_costs(built_in_costs_text(), "scenarios/catalogue/costs.toml", {});
  return kCosts;
}

CostCatalogue costs_with(const std::filesystem::path& file) {
  return read_costs(read_text(file, kMaxCostsBytes), file.string(), built_in_costs());
}

}  // namespace amaneku::scenarios
