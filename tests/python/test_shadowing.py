import pytest

import amaneku as am


def test_margin_and_share_of_the_area_are_inverse():
    """Jakes 1974, section 2.5.3: half of the places at the edge, sigma 8 dB, exponent 4: 77.3 % of the area."""
    assert am.area_probability(edge_margin_db=0.0, sigma_db=8.0, exponent=4.0) == pytest.approx(0.77283, abs=1e-5)
    margin_db = am.area_margin_db(share=0.95, sigma_db=8.0, exponent=3.5)
    assert am.area_probability(edge_margin_db=margin_db, sigma_db=8.0, exponent=3.5) == pytest.approx(0.95)


def test_out_of_range_is_refused():
    with pytest.raises(am.InputError, match="share"):
        am.area_margin_db(share=1.5, sigma_db=8.0, exponent=4.0)
