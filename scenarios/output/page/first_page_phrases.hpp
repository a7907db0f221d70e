// Texts of the report's first page, in English and Japanese.
#pragma once

#include "scenarios/report/phrase.hpp"

namespace amaneku::scenarios::phrases {

inline constexpr Phrase kSummary{"Summary", "概要"};
inline constexpr Phrase kContents{"Contents", "目次"};
inline constexpr Phrase kOverviewMap{"Coverage at a glance", "カバーエリアの概観"};
inline constexpr Phrase kFindings{"Findings", "主な結果"};
inline constexpr Phrase kEverybodyCovered{"Everybody inside the plan is covered.",
                                          "計画区域内の全人口がカバーされる。"};
inline constexpr Phrase kPeopleLeft{"{0} people ({1} %) are not covered.", "未カバー人口は {0}人（{1} %）。"};
inline constexpr Phrase kMostLeftIn{"Most of them live in {0}: {1}.", "最多は{0}の {1}人。"};
inline constexpr Phrase kMainReason{"Main reason for no service: {0} ({1} % of the people).",
                                    "サービス不可の主因は{0}（人口の {1} %）。"};
inline constexpr Phrase kRoadsLeft{"{0} km of {1} km of roads ({2} %) are not covered, most of it {3}: {4} km.",
                                   "道路 {1} km 中 {0} km（{2} %）が未カバー。最長は{3}の {4} km。"};
inline constexpr Phrase kCaveats{"Before the figures are used", "利用上の留意点"};
inline constexpr Phrase kModelled{
    "Computed, not measured: {0}. Buildings and trees count only as far as the data hold them.",
    "{0}による計算値であり、実測値ではない。建物や樹木は、入力データに含まれる範囲でのみ考慮している。"};
inline constexpr Phrase kWarningsAmong{"Warnings of {0} kinds, among them:", "警告 {0} 種類。主なもの:"};

}  // namespace amaneku::scenarios::phrases
