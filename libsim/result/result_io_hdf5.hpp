// HDF5 with lifetimes and errors, and the shapes of which result.h5 is made: attributes, vectors, dimensions,
// tables. Internal to the files result_io*.cpp.
#pragma once

#include <hdf5.h>
#include <hdf5_hl.h>

#include <algorithm>
#include <concepts>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace amaneku::result_file {

inline constexpr int kDeflateLevel = 1;  // the shuffled float and int16 planes gain a per cent or two from more

/// Whether the library's failure that was the last one came of too little memory.
[[nodiscard]] bool lacks_memory();

/// Any failure of the library. write_result gives it the name of the file.
struct HdfError {
  bool no_memory = lacks_memory();
};

void check(herr_t status);

/// One use of the library: waits until no other is under way, and keeps it from printing its own stack of errors
/// to stderr.
class Session {
 public:
  Session();
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

 private:
  std::unique_lock<std::mutex> turn_;
  H5E_auto2_t function_ = nullptr;
  void* data_ = nullptr;
};

/// Owns one HDF5 identifier.
class Handle {
 public:
  Handle(hid_t id, herr_t (*closer)(hid_t)) : id_(id), closer_(closer) {
    if (id < 0) throw HdfError{};
  }
  ~Handle() {
    if (id_ >= 0) closer_(id_);
  }
  Handle(Handle&& other) noexcept : id_(std::exchange(other.id_, -1)), closer_(other.closer_) {}
  Handle& operator=(Handle&&) = delete;
  [[nodiscard]] hid_t get() const noexcept { return id_; }

 private:
  hid_t id_;
  herr_t (*closer_)(hid_t);
};

template <class T>
hid_t native_type() {
  if constexpr (std::is_same_v<T, float>) return H5T_NATIVE_FLOAT;
  if constexpr (std::is_same_v<T, double>) return H5T_NATIVE_DOUBLE;
  if constexpr (std::is_same_v<T, std::int8_t>) return H5T_NATIVE_INT8;
  if constexpr (std::is_same_v<T, std::int16_t>) return H5T_NATIVE_INT16;
  if constexpr (std::is_same_v<T, std::int32_t>) return H5T_NATIVE_INT32;
  if constexpr (std::is_same_v<T, std::int64_t>) return H5T_NATIVE_INT64;
  if constexpr (std::is_same_v<T, std::uint64_t>) return H5T_NATIVE_UINT64;
}

/// Fixed by name, so that files are the same on every machine.
template <class T>
hid_t file_type() {
  if constexpr (std::is_same_v<T, float>) return H5T_IEEE_F32LE;
  if constexpr (std::is_same_v<T, double>) return H5T_IEEE_F64LE;
  if constexpr (std::is_same_v<T, std::int8_t>) return H5T_STD_I8LE;
  if constexpr (std::is_same_v<T, std::int16_t>) return H5T_STD_I16LE;
  if constexpr (std::is_same_v<T, std::int32_t>) return H5T_STD_I32LE;
  if constexpr (std::is_same_v<T, std::int64_t>) return H5T_STD_I64LE;
  if constexpr (std::is_same_v<T, std::uint64_t>) return H5T_STD_U64LE;
}

/// Writes a file under a temporary name, flushes, reopens, renames: complete or absent. `body` fills it; `parts`
/// are datasets that must be there when it is opened again. InputError where the folder is not writable or the
/// disk full.
void write_file(const std::filesystem::path& path, const std::function<void(hid_t file)>& body,
                std::span<const char* const> parts);

/// UTF-8 of any length.
[[nodiscard]] Handle text_type();
/// An extent; without sizes a scalar.
[[nodiscard]] Handle space(std::span<const hsize_t> sizes);
/// No times in the file; links and attributes keep the order in which they were made, as netCDF-4 wants.
[[nodiscard]] Handle creation_list(hid_t kind);
[[nodiscard]] Handle create_group(hid_t parent, const char* name);
/// Valid as long as the texts are.
[[nodiscard]] std::vector<const char*> c_strings(std::span<const std::string> texts);

/// An attribute: types are those in the file and in memory.
void write_attribute(hid_t object, const char* name, hid_t types[2], std::span<const hsize_t> sizes,
                     const void* values);
void set(hid_t object, const char* name, const std::string& text);
void set(hid_t object, const char* name, std::string_view text);
void set(hid_t object, const char* name, const char* text);
/// Lists without values leave no attribute.
void set(hid_t object, const char* name, std::span<const double> values);
void set(hid_t object, const char* name, std::span<const std::string> texts);

template <class T>
requires std::is_arithmetic_v<T>
void set(hid_t object, const char* name, T value) {
  hid_t types[] = {file_type<T>(), native_type<T>()};
  write_attribute(object, name, types, {}, &value);
}

/// Units and meaning of a variable, as CF attributes.
struct Meaning {
  const char* units;  ///< empty: a name or a number without unit
  const char* long_name;
};

void describe(hid_t dataset, const Meaning& meaning);
[[nodiscard]] Handle create_text(hid_t group, const char* name, std::span<const hsize_t> sizes,
                                 const char* const* texts);
/// 0, 1, .. n - 1
[[nodiscard]] std::vector<std::int32_t> indices(std::size_t n);

template <class T>
Handle create_vector(hid_t group, const char* name, const std::vector<T>& values) {
  constexpr hsize_t kWorthCompressing = 1024;
  const hsize_t size = values.size();
  if constexpr (std::is_same_v<T, std::string>) {
    return create_text(group, name, {&size, 1}, c_strings(values).data());
  } else {
    const Handle extent = space({&size, 1});
    const Handle list = creation_list(H5P_DATASET_CREATE);
    if (size >= kWorthCompressing) {
      const hsize_t chunk = std::min<hsize_t>(size, 65536);
      check(H5Pset_chunk(list.get(), 1, &chunk));
      check(H5Pset_shuffle(list.get()));
      check(H5Pset_deflate(list.get(), kDeflateLevel));
    }
    Handle dataset(H5Dcreate2(group, name, file_type<T>(), extent.get(), H5P_DEFAULT, list.get(), H5P_DEFAULT),
                   H5Dclose);
    if (size > 0) {
      check(H5Dwrite(dataset.get(), native_type<T>(), H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()));
    }
    return dataset;
  }
}

/// A dimension: a vector of coordinates that other datasets refer to.
template <class T>
Handle create_dimension(hid_t group, const char* name, const std::vector<T>& coordinates, const Meaning& meaning) {
  Handle dataset = create_vector(group, name, coordinates);
  describe(dataset.get(), meaning);
  check(H5DSset_scale(dataset.get(), name));
  return dataset;
}

/// A group of columns of equal length along one index.
template <class Item>
class ColumnGroup {
 public:
  ColumnGroup(hid_t parent, const char* name, const char* index, const std::vector<Item>& items)
      : items_(items),
        group_(create_group(parent, name)),
        index_(create_dimension(group_.get(), index, indices(items.size()), {"", "index"})) {}

  /// One column: get(item) for every item.
  template <class Get>
  ColumnGroup& column(const char* name, const Meaning& meaning, const Get& get) {
    std::vector<std::decay_t<std::invoke_result_t<Get, const Item&>>> values;
    values.reserve(items_.size());
    for (const Item& item : items_) values.push_back(get(item));
    return column_of(name, meaning, values);
  }

  template <class T>
  ColumnGroup& column_of(const char* name, const Meaning& meaning, const std::vector<T>& values) {
    const Handle dataset = create_vector(group_.get(), name, values);
    describe(dataset.get(), meaning);
    check(H5DSattach_scale(dataset.get(), index_.get(), 0));
    return *this;
  }

  [[nodiscard]] hid_t group() const noexcept { return group_.get(); }

 private:
  const std::vector<Item>& items_;
  Handle group_;
  Handle index_;
};

}  // namespace amaneku::result_file
