// The languages of pages and texts.
#pragma once

namespace amaneku::scenarios {

enum class Language { en, ja };

}  // namespace amaneku::scenarios
