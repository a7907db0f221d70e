"""Who pays for a project under the Japanese programmes."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from typing import Any

from amaneku import _core


def subsidy(
    *,
    programme: str,
    applicant: str,
    eligible_cost_jpy: int,
    fiscal_year: str,
    sub_programme: str | None = None,
    total_cost_jpy: int | None = None,
    area: Sequence[str] = (),
    operator_part: str | None = None,
    choices: Mapping[str, str] | None = None,
    consumption_tax: str | None = None,
    rules: str | os.PathLike[str] | None = None,
    **facts: bool | float | str,
) -> dict[str, Any]:
    """Shares, amounts to the yen and local bonds of one project, as `amaneku subsidy` answers it.

    Words are ids or names (`"KT"`, `"過疎地"`); `facts` are those that the rules test (`island`, `households`,
    `fiscal_capacity_index`, `operators` ...), listed in docs/formats/subsidy_rules.md. `rules` is a file of
    rules of one's own. `consumption_tax` (`"1/10"`) is the tax that the costs contain: `without_tax` then has the
    amounts of an applicant that deducts it. Where no rule fits, `eligible` is False and `reason` says why; a wrong
    word or a missing fact raises InputError.
    """
    request = {
        "programme": programme,
        "sub_programme": sub_programme,
        "fiscal_year": fiscal_year,
        "applicant": applicant,
        "area": list(area),
        "eligible_cost_jpy": eligible_cost_jpy,
        "total_cost_jpy": total_cost_jpy,
        "operator_part": operator_part,
        "consumption_tax": consumption_tax,
        "choices": None if choices is None else dict(choices),
        **facts,
    }
    given = {key: value for key, value in request.items() if value is not None}
    return json.loads(_core.subsidy_answer(json.dumps(given), None if rules is None else os.fspath(rules)))
