import pathlib

import pytest

import amaneku as am

OWN = """
[curve.mine]
form = "steps"
source = "measured"
sinr_db = [0, 10]
bits_per_symbol = [1, 3]
"""


def test_built_in_technologies_have_peak_rates_and_sources():
    by_id = {technology["id"]: technology for technology in am.technologies()}
    local = by_id["nr_n79_local5g"]
    widest = local["widths"][-1]
    assert widest["subcarriers"] == 12 * 273
    assert widest["peak_downlink_bps"] == pytest.approx(2.33700e9 * local["share_downlink"], rel=1e-5)
    assert local["limits"]["eirp_dbm"] is None
    assert all(source["source"] for source in local["sources"])
    assert by_id["wifi6e_lpi"]["limits"]["eirp_dbm"] == 23.01


def test_a_file_of_ones_own_adds_to_the_curves(tmp_path: pathlib.Path):
    own = tmp_path / "own.toml"
    own.write_text(OWN)
    assert am.link_curves(own)[-1] == {
        "id": "mine",
        "source": "measured",
        "verified": False,
        "sinr_db": [0.0, 10.0],
        "bits_per_symbol": [1.0, 3.0],
    }
    assert len(am.link_curves(own)) == len(am.link_curves()) + 1


def test_faults_name_the_file(tmp_path: pathlib.Path):
    own = tmp_path / "own.toml"
    own.write_text(OWN.replace("sinr_db", "snr_db"))
    with pytest.raises(am.InputError, match=r'own\.toml:5:1: curve\.snr_db: unknown key; did you mean "sinr_db"'):
        am.technologies(own)
