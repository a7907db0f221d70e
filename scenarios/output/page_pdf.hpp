// A page of ours on paper: A4 as PDF, printed by the Chromium that is there.
#pragma once

#include <filesystem>

namespace amaneku::scenarios {

/// `page`: a folder of a run, whose report is meant, or an .html file. `pdf` appears whole or not at all.
/// InputError where there is no such page, no Chromium, or nothing can be written. The page is opened without any
/// network.
void print_page(const std::filesystem::path& page, const std::filesystem::path& pdf);

}  // namespace amaneku::scenarios
