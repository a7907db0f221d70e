// What `amaneku candidates` says.
#pragma once

#include "scenarios/report/phrase.hpp"

namespace amaneku::scenarios::phrases {

inline constexpr Phrase kProposed{"{0} candidates, of {1} places looked at",
                                  "候補地 {0} か所（検討地点 {1} か所）"};
inline constexpr Phrase kLeftOut{"  left out: {0} too steep, {1} too far from a road, {2} in excluded areas",
                                 "  除外: 急傾斜 {0} か所、道路から遠い {1} か所、除外区域内 {2} か所"};
inline constexpr Phrase kSquaresLeftOut{"  beyond the number asked for, seeing less: {0}",
                                        "  上限数を超えたため除外（見通し範囲の人口等が少ない）: {0} か所"};
inline constexpr Phrase kListAt{"List: {0}", "候補地一覧: {0}"};

}  // namespace amaneku::scenarios::phrases
