// The parts of result.h5, each written into the open file. Internal to the files result_io*.cpp; the schema is
// docs/formats/result_h5.md.
#pragma once

#include <vector>

#include "libsim/plan.hpp"
#include "libsim/result_io_hdf5.hpp"

namespace amaneku::result_file {

/// What the file is, and of what.
void write_root_attributes(hid_t file, const PlanInput& input);
/// Axes, CRS and everything that has a value for each cell.
void write_grids(hid_t file, const PlanInput& input, const PlanResult& result, int threads);
/// Groups sites, sectors, transmitters.
void write_network(hid_t file, const PlanInput& input, const PlanResult& result);
/// People, areas and roads covered, in all and one by one.
void write_statistics(hid_t file, const PlanInput& input, const PlanResult& result);
void write_warnings(hid_t file, const std::vector<Warning>& warnings);
/// Model, receiver and thresholds, and whether the losses are there.
void write_settings(hid_t file, const PlanInput& input, const PlanResult& result);
/// The scenario as read, the hashes of its files, what the command line changed.
void write_provenance(hid_t file, const PlanInput& input);

}  // namespace amaneku::result_file
