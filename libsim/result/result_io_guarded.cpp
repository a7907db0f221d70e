#include "libsim/result/result_io_guarded.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

#include "libsim/result/result_io.hpp"
#include "terrain/error.hpp"

namespace amaneku::result_file {
namespace {

constexpr std::size_t kMostTextBytes = 256U << 20;
constexpr hsize_t kMostChunkBytes = 64U << 20;

/// Memory for texts out of a budget, as HDF5 asks for it.
struct TextBudget {
  std::size_t left_bytes = kMostTextBytes;

  static void* take(std::size_t size, void* self) {
    auto& left = static_cast<TextBudget*>(self)->left_bytes;
    if (size > left) return nullptr;
    left -= size;
    return std::malloc(size);
  }
  static void release(void* memory, void* /*self*/) { std::free(memory); }
};

/// Texts as HDF5 hands them over, freed at the end.
class HeldTexts {
 public:
  explicit HeldTexts(std::size_t n) : pointers_(n, nullptr) {}
  ~HeldTexts() {
    for (char* pointer : pointers_) std::free(pointer);
  }
  HeldTexts(const HeldTexts&) = delete;
  HeldTexts& operator=(const HeldTexts&) = delete;
  [[nodiscard]] void* data() noexcept { return static_cast<void*>(pointers_.data()); }
  [[nodiscard]] std::vector<std::string> texts() const {
    std::vector<std::string> out;
    for (const char* pointer : pointers_) out.emplace_back(pointer != nullptr ? pointer : "");
    return out;
  }

 private:
  std::vector<char*> pointers_;
};

/// A dataset keeps its values here, packed by the filters of the format, in pieces of a reasonable size.
void check_storage(const Handle& dataset) {
  const Handle list(H5Dget_create_plist(dataset.get()), H5Pclose);
  const H5D_layout_t layout = H5Pget_layout(list.get());
  if (layout == H5D_VIRTUAL || layout < 0 || H5Pget_external_count(list.get()) != 0) throw HdfError{};
  const int filters = H5Pget_nfilters(list.get());
  for (int i = 0; i < filters; ++i) {
    unsigned flags = 0;
    std::size_t values = 0;
    const H5Z_filter_t filter =
        H5Pget_filter2(list.get(), static_cast<unsigned>(i), &flags, &values, nullptr, 0, nullptr, nullptr);
    if (filter != H5Z_FILTER_DEFLATE && filter != H5Z_FILTER_SHUFFLE && filter != H5Z_FILTER_FLETCHER32)
      throw HdfError{};
  }
  if (layout != H5D_CHUNKED) return;
  std::array<hsize_t, H5S_MAX_RANK> chunk{};
  const int rank = H5Pget_chunk(list.get(), static_cast<int>(chunk.size()), chunk.data());
  const Handle type(H5Dget_type(dataset.get()), H5Tclose);
  hsize_t bytes = H5Tget_size(type.get());
  for (int i = 0; i < rank; ++i) {
    if (chunk[static_cast<std::size_t>(i)] > kMostChunkBytes) throw HdfError{};
    bytes *= chunk[static_cast<std::size_t>(i)];
    if (bytes > kMostChunkBytes) throw HdfError{};
  }
}

/// A text of variable length, as every text of a result is: anything else would be read past its end.
void check_text(const Handle& type) {
  if (H5Tget_class(type.get()) != H5T_STRING || H5Tis_variable_str(type.get()) <= 0) throw HdfError{};
}

H5T_class_t class_of(const Handle& attribute) {
  return H5Tget_class(Handle(H5Aget_type(attribute.get()), H5Tclose).get());
}

std::size_t values_in(const Handle& attribute) {
  constexpr hssize_t kMostOfAttribute = 10'000;
  const Handle extent(H5Aget_space(attribute.get()), H5Sclose);
  const hssize_t n = H5Sget_simple_extent_npoints(extent.get());
  if (n < 0 || n > kMostOfAttribute) throw HdfError{};
  return static_cast<std::size_t>(n);
}

/// Names as HDF5 lists them, out of a budget of number and length.
struct NameList {
  static constexpr std::size_t kMostNames = 10'000;
  static constexpr std::size_t kMostNameBytes = 1024;
  std::vector<std::string> names{};

  herr_t take(const char* name) {
    std::string text(name);
    if (names.size() == kMostNames || text.size() > kMostNameBytes) return -1;
    names.push_back(std::move(text));
    return 0;
  }
};

[[noreturn]] void refuse(const std::filesystem::path& file, std::string why) {
  throw InputError(Fault{.message = std::move(why), .file = file.string()});
}

void check_format(const std::filesystem::path& path, hid_t file) {
  std::string type;
  std::string version;
  try {
    type = text_attribute(file, "file_type");
    version = text_attribute(file, "format_version");
  } catch (const HdfError&) {
    type.clear();
  }
  if (type != "amaneku-result") refuse(path, "is an HDF5 file, but not a result of amaneku (result.h5)");
  if (version.starts_with(fmt::format("{}.", kResultFormatMajor))) return;
  refuse(path, fmt::format("is of format version {}; this program reads {}.x: plan the scenario again", version,
                           kResultFormatMajor));
}

}  // namespace

void check_links(hid_t parent, const std::string& path) {
  for (std::size_t end = path.find('/');; end = path.find('/', end + 1)) {
    H5L_info_t link{};
    check(H5Lget_info(parent, path.substr(0, end).c_str(), &link, H5P_DEFAULT));
    if (link.type != H5L_TYPE_HARD) throw HdfError{};
    if (end == std::string::npos) return;
  }
}

std::string printable(std::string text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    const bool c1 = c == 0xc2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xa0;
    if (c < 0x20 || c == 0x7f || c1) text[i] = ' ';
    if (c1) text[i + 1] = ' ';
  }
  return text;
}

Handle opened(hid_t parent, const char* name) {
  check_links(parent, name);
  Handle dataset(H5Dopen2(parent, name, H5P_DEFAULT), H5Dclose);
  check_storage(dataset);
  return dataset;
}

bool has(hid_t file, const char* group, const char* name) {
  return H5Lexists(file, group, H5P_DEFAULT) > 0 && H5Lexists(file, name, H5P_DEFAULT) > 0;
}

std::size_t length_of(const Handle& dataset) {
  const Handle extent(H5Dget_space(dataset.get()), H5Sclose);
  const hssize_t points = H5Sget_simple_extent_npoints(extent.get());
  if (points < 0) throw HdfError{};
  return static_cast<std::size_t>(points);
}

std::string text_attribute(hid_t object, const char* name) {
  const Handle attribute(H5Aopen(object, name, H5P_DEFAULT), H5Aclose);
  check_text(Handle(H5Aget_type(attribute.get()), H5Tclose));
  const Handle extent(H5Aget_space(attribute.get()), H5Sclose);
  if (H5Sget_simple_extent_npoints(extent.get()) != 1) throw HdfError{};
  char* text = nullptr;
  check(H5Aread(attribute.get(), text_type().get(), static_cast<void*>(&text)));
  std::string out = text == nullptr ? "" : text;
  H5free_memory(text);
  return out;
}

std::int64_t whole_attribute(hid_t object, const char* name) {
  if (H5Aexists(object, name) <= 0) return 0;
  const Handle attribute(H5Aopen(object, name, H5P_DEFAULT), H5Aclose);
  if (class_of(attribute) != H5T_INTEGER || values_in(attribute) != 1) throw HdfError{};
  std::int64_t value = 0;
  check(H5Aread(attribute.get(), H5T_NATIVE_INT64, &value));
  return value;
}

std::string attribute_as_text(hid_t object, const char* name) {
  const Handle attribute(H5Aopen(object, name, H5P_DEFAULT), H5Aclose);
  const H5T_class_t type = class_of(attribute);
  if (type == H5T_STRING) return fmt::format("{}", fmt::join(text_list_attribute(object, name), ", "));
  if (type != H5T_INTEGER && type != H5T_FLOAT) throw HdfError{};
  std::vector<double> values(values_in(attribute));
  if (!values.empty()) check(H5Aread(attribute.get(), H5T_NATIVE_DOUBLE, values.data()));
  const bool nothing = std::all_of(values.begin(), values.end(), [](double value) { return std::isnan(value); });
  return nothing ? std::string{} : fmt::format("{}", fmt::join(values, ", "));
}

std::vector<std::string> text_list_attribute(hid_t object, const char* name) {
  if (H5Aexists(object, name) <= 0) return {};
  const Handle attribute(H5Aopen(object, name, H5P_DEFAULT), H5Aclose);
  check_text(Handle(H5Aget_type(attribute.get()), H5Tclose));
  std::vector<char*> texts(values_in(attribute), nullptr);
  if (texts.empty()) return {};
  check(H5Aread(attribute.get(), text_type().get(), static_cast<void*>(texts.data())));
  std::vector<std::string> out;
  for (char* text : texts) {
    out.emplace_back(text != nullptr ? text : "");
    H5free_memory(text);
  }
  return out;
}

std::vector<std::string> text_column(hid_t parent, const char* name, std::size_t most) {
  const Handle dataset = opened(parent, name);
  check_text(Handle(H5Dget_type(dataset.get()), H5Tclose));
  const std::size_t n = length_of(dataset);
  if (n == 0) return {};
  if (n > most) throw HdfError{};
  TextBudget budget;
  const Handle transfer(H5Pcreate(H5P_DATASET_XFER), H5Pclose);
  check(H5Pset_vlen_mem_manager(transfer.get(), TextBudget::take, &budget, TextBudget::release, &budget));
  HeldTexts texts(n);
  check(H5Dread(dataset.get(), text_type().get(), H5S_ALL, H5S_ALL, transfer.get(), texts.data()));
  return texts.texts();
}

std::vector<std::string> names_in(hid_t group) {
  const auto visit = [](hid_t, const char* name, const H5L_info_t* link, void* list) -> herr_t {
    return link->type == H5L_TYPE_HARD ? static_cast<NameList*>(list)->take(name) : -1;
  };
  const Handle creation(H5Gget_create_plist(group), H5Pclose);
  unsigned order = 0;
  check(H5Pget_link_creation_order(creation.get(), &order));
  NameList list;
  check(H5Literate(group, (order & H5P_CRT_ORDER_TRACKED) != 0U ? H5_INDEX_CRT_ORDER : H5_INDEX_NAME, H5_ITER_INC,
                   nullptr, visit, &list));
  return std::move(list.names);
}

std::vector<std::string> attribute_names(hid_t object) {
  const auto visit = [](hid_t, const char* name, const H5A_info_t*, void* list) -> herr_t {
    return static_cast<NameList*>(list)->take(name);
  };
  NameList list;
  check(H5Aiterate2(object, H5_INDEX_NAME, H5_ITER_INC, nullptr, visit, &list));
  return std::move(list.names);
}

Handle open_result(const std::filesystem::path& file) {
  std::error_code error;
  if (!std::filesystem::exists(file, error)) refuse(file, "the file does not exist");
  const hid_t id = H5Fopen(file.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT);
  if (id < 0) refuse(file, "is not a result of amaneku (result.h5): it cannot be opened as HDF5");
  Handle open(id, H5Fclose);
  check_format(file, open.get());
  return open;
}

void refuse_damaged(const std::filesystem::path& file) {
  refuse(file, "is damaged, or not written by amaneku to the end");
}

}  // namespace amaneku::result_file
