import pytest

import amaneku as am


def test_both_directions():
    code = am.mesh_encode(lon_deg=138.7274, lat_deg=35.3606, level=3)
    mesh = am.mesh_decode(code)
    assert code == "53380538"
    assert mesh.level == 3
    assert mesh.west_deg <= 138.7274 < mesh.east_deg
    assert mesh.south_deg <= 35.3606 < mesh.north_deg


def test_wrong_digit_is_named():
    with pytest.raises(am.InputError) as caught:
        am.mesh_decode("53388568")
    assert "8" in str(caught.value)
    assert caught.value.faults


def test_outside_the_standard():
    with pytest.raises(am.InputError):
        am.mesh_encode(lon_deg=10.0, lat_deg=50.0, level=3)
    with pytest.raises(am.InputError):
        am.mesh_encode(lon_deg=138.0, lat_deg=35.0, level=7)
