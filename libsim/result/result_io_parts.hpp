// The parts of result.h5, each written into the open file. Internal to the files result_io*.cpp; the schema is
// docs/formats/result_h5.md.
#pragma once

#include <vector>

#include "libsim/plan/plan.hpp"
#include "libsim/result/result_io_hdf5.hpp"
#include "libsim/result/table.hpp"

namespace amaneku::result_file {

/// What the file is, and of what.
void write_root_attributes(hid_t file, const PlanInput& input);
/// Axes, CRS and everything that has a value for each cell.
void write_grids(hid_t file, const PlanInput& input, const PlanResult& result, int threads);
/// One group a table, one dataset a column. Text without a value is empty, a number NaN, an integer and a flag the
/// dataset's _FillValue.
void write_table(hid_t file, const Table& table);
void write_warnings(hid_t file, const std::vector<Warning>& warnings);
/// Model, receiver and thresholds, and whether the losses are there.
void write_settings(hid_t file, const PlanInput& input, const PlanResult& result);
/// The scenario as read, the hashes of its files, what the command line changed.
void write_provenance(hid_t file, const PlanInput& input);

}  // namespace amaneku::result_file
