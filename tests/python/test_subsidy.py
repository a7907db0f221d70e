import pathlib

import pytest

import amaneku as am

STATION = {
    "programme": "KT",
    "sub_programme": "base_station_facility",
    "fiscal_year": "R3",
    "applicant": "local_government",
    "area": ["過疎地"],
    "operators": 2,
}


def test_shares_amounts_and_bonds():
    answer = am.subsidy(**STATION, eligible_cost_jpy=24_613_000)
    assert answer["shares"] == {"nation": "2/3", "prefecture": "2/15", "municipality": "1/5"}
    assert answer["amounts_jpy"] == {"nation": 16_408_000, "prefecture": 3_281_733, "municipality": 4_923_267}
    assert [bond["name"] for bond in answer["bonds"]] == ["公共事業等債", "過疎対策事業債"]
    assert answer["status"] == "stated"


def test_what_no_rule_is_for_says_why():
    answer = am.subsidy(**{**STATION, "applicant": "mobile_operator"}, eligible_cost_jpy=1)
    assert not answer["eligible"]
    assert answer["reason"].startswith("KT-R3-1-single is for local_government")
    assert answer["amounts_jpy"] == {"nation": 0, "operator": 1}


def test_wrong_words_and_costs_raise():
    with pytest.raises(am.InputError, match="the nearest are those of"):
        am.subsidy(**{**STATION, "fiscal_year": "R4"}, eligible_cost_jpy=1)
    with pytest.raises(am.InputError, match="a cost is not negative"):
        am.subsidy(**STATION, eligible_cost_jpy=-1)
    with pytest.raises(am.InputError, match="did you mean"):
        am.subsidy(**STATION, eligible_cost_jpy=1, operater=3)


def test_rules_of_ones_own(tmp_path: pathlib.Path):
    own = tmp_path / "own.toml"
    own.write_text("[amounts]\nnational_multiple_jpy = 1\n")
    answer = am.subsidy(**STATION, eligible_cost_jpy=1_000, rules=own)
    assert answer["amounts_jpy"]["nation"] == 666
    own.write_text("[amounts]\nnational_multiple_jpy = 0\n")
    with pytest.raises(am.InputError, match=r"own\.toml:2:25: amounts\.national_multiple_jpy = 0: out of range"):
        am.subsidy(**STATION, eligible_cost_jpy=1_000, rules=own)


def test_the_bill_of_a_plan_adds_up(default_demo: pathlib.Path):
    plan = am.run(default_demo, settings={"coverage.radius_m": 2000.0})
    costs = plan.costs
    assert costs is not None
    assert sum(site["capex_jpy"] for site in costs["sites"].values()) == costs["capex_jpy"]
    for payer in ("national_jpy", "prefecture_jpy", "municipality_jpy", "operator_jpy"):
        assert sum(site["subsidy"][payer] for site in costs["sites"].values()) == costs["subsidy"][payer]


def test_a_plan_without_costs_has_none(plan):
    assert plan.costs is None
