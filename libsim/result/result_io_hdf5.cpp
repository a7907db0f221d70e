#include "libsim/result/result_io_hdf5.hpp"

#include <numeric>

namespace amaneku::result_file {

bool lacks_memory() {
  bool out = false;
  const auto look = [](unsigned /*depth*/, const H5E_error2_t* error, void* found) -> herr_t {
    if (error->maj_num == H5E_RESOURCE || error->min_num == H5E_CANTALLOC || error->min_num == H5E_NOSPACE)
      *static_cast<bool*>(found) = true;
    return 0;
  };
  H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, look, &out);
  return out;
}

void check(herr_t status) {
  if (status < 0) throw HdfError{};
}

Session::Session() {
  static std::mutex one_at_a_time;
  turn_ = std::unique_lock(one_at_a_time);
  H5Eget_auto2(H5E_DEFAULT, &function_, &data_);
  H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
}

Session::~Session() {
  H5Eset_auto2(H5E_DEFAULT, function_, data_);
}

Handle text_type() {
  Handle type(H5Tcopy(H5T_C_S1), H5Tclose);
  check(H5Tset_size(type.get(), H5T_VARIABLE));
  check(H5Tset_cset(type.get(), H5T_CSET_UTF8));
  return type;
}

Handle space(std::span<const hsize_t> sizes) {
  return {sizes.empty() ? H5Screate(H5S_SCALAR)
                        : H5Screate_simple(static_cast<int>(sizes.size()), sizes.data(), nullptr),
          H5Sclose};
}

Handle creation_list(hid_t kind) {
  Handle list(H5Pcreate(kind), H5Pclose);
  check(H5Pset_obj_track_times(list.get(), false));
  check(H5Pset_attr_creation_order(list.get(), H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED));
  if (kind != H5P_DATASET_CREATE) {
    check(H5Pset_link_creation_order(list.get(), H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED));
  }
  return list;
}

Handle create_group(hid_t parent, const char* name) {
  const Handle list = creation_list(H5P_GROUP_CREATE);
  return {H5Gcreate2(parent, name, H5P_DEFAULT, list.get(), H5P_DEFAULT), H5Gclose};
}

std::vector<const char*> c_strings(std::span<const std::string> texts) {
  std::vector<const char*> pointers;
  for (const std::string& text : texts) pointers.push_back(text.c_str());
  return pointers;
}

void write_attribute(hid_t object, const char* name, hid_t types[2], std::span<const hsize_t> sizes,
                     const void* values) {
  const Handle extent = space(sizes);
  const Handle attribute(H5Acreate2(object, name, types[0], extent.get(), H5P_DEFAULT, H5P_DEFAULT), H5Aclose);
  check(H5Awrite(attribute.get(), types[1], values));
}

void set(hid_t object, const char* name, const std::string& text) {
  const Handle type = text_type();
  hid_t types[] = {type.get(), type.get()};
  const char* pointer = text.c_str();
  write_attribute(object, name, types, {}, &pointer);
}

void set(hid_t object, const char* name, std::string_view text) {
  set(object, name, std::string(text));
}
void set(hid_t object, const char* name, const char* text) {
  set(object, name, std::string(text));
}

void set(hid_t object, const char* name, std::span<const double> values) {
  if (values.empty()) return;
  hid_t types[] = {file_type<double>(), native_type<double>()};
  const hsize_t size = values.size();
  write_attribute(object, name, types, {&size, 1}, values.data());
}

void set(hid_t object, const char* name, std::span<const std::string> texts) {
  if (texts.empty()) return;
  const Handle type = text_type();
  hid_t types[] = {type.get(), type.get()};
  const hsize_t size = texts.size();
  write_attribute(object, name, types, {&size, 1}, c_strings(texts).data());
}

void describe(hid_t dataset, const Meaning& meaning) {
  if (*meaning.units != '\0') set(dataset, "units", meaning.units);
  set(dataset, "long_name", meaning.long_name);
}

Handle create_text(hid_t group, const char* name, std::span<const hsize_t> sizes, const char* const* texts) {
  const Handle type = text_type();
  const Handle extent = space(sizes);
  const Handle list = creation_list(H5P_DATASET_CREATE);
  Handle dataset(H5Dcreate2(group, name, type.get(), extent.get(), H5P_DEFAULT, list.get(), H5P_DEFAULT),
                 H5Dclose);
  if (std::find(sizes.begin(), sizes.end(), hsize_t{0}) == sizes.end()) {
    check(H5Dwrite(dataset.get(), type.get(), H5S_ALL, H5S_ALL, H5P_DEFAULT, texts));
  }
  return dataset;
}

std::vector<std::int32_t> indices(std::size_t n) {
  std::vector<std::int32_t> values(n);
  std::iota(values.begin(), values.end(), 0);
  return values;
}

}  // namespace amaneku::result_file
