import math
import warnings

import numpy as np
import pytest

import amaneku as am

FLAT = am.flat_profile(10_000.0)
RIDGE = am.Profile(
    distance_m=np.linspace(0.0, 10_000.0, 101), ground_asl_m=np.where(np.arange(101) == 50, 300.0, 0.0)
)
LINK = {"tx_agl_m": 30.0, "rx_agl_m": 10.0}


def test_free_space_is_the_formula():
    expected = 20.0 * math.log10(4.0 * math.pi * 10_000.0 * 2e9 / 299_792_458.0)
    loss = am.pathloss("free_space", FLAT, freq_hz=2e9, tx_agl_m=10.0, rx_agl_m=10.0)
    assert isinstance(loss, float)
    assert loss == pytest.approx(expected, abs=1e-3)


def test_arguments_broadcast():
    freq_hz = np.array([0.8e9, 2e9, 4.7e9])
    loss = am.pathloss("p526", [RIDGE, FLAT], freq_hz=freq_hz[:, None], **LINK)
    assert loss.shape == (3, 2)
    for row, freq in enumerate(freq_hz):
        assert loss[row, 0] == am.pathloss("p526", RIDGE, freq_hz=freq, **LINK)
        assert loss[row, 1] == am.pathloss("p526", FLAT, freq_hz=freq, **LINK)
    assert (loss[:, 0] > loss[:, 1] + 15.0).all()
    heights = am.pathloss("p526", RIDGE, freq_hz=2e9, tx_agl_m=[10.0, 30.0, 300.0], rx_agl_m=10.0)
    assert (np.diff(heights) < 0.0).all()


def test_shapes_that_do_not_broadcast_are_refused():
    with pytest.raises(ValueError, match="broadcast"):
        am.pathloss("p526", FLAT, freq_hz=[1e9, 2e9], tx_agl_m=[1.0, 2.0, 3.0], rx_agl_m=1.5)


def test_empty_in_empty_out():
    assert am.pathloss("p526", FLAT, freq_hz=[], **LINK).shape == (0,)


def test_explained_says_the_same():
    explained = am.pathloss_explained("p526", RIDGE, freq_hz=2e9, **LINK)
    assert explained.loss_db == am.pathloss("p526", RIDGE, freq_hz=2e9, **LINK)
    assert explained.mode
    assert explained.terms


def test_air_bends_the_ray():
    thin = am.pathloss("p526", am.flat_profile(60_000.0), freq_hz=2e9, delta_n=30.0, **LINK)
    thick = am.pathloss("p526", am.flat_profile(60_000.0), freq_hz=2e9, delta_n=70.0, **LINK)
    assert thick < thin
    radius_m = 6_371_000.0 * 157.0 / (157.0 - 70.0)
    assert thick == am.pathloss(
        "p526", am.flat_profile(60_000.0), freq_hz=2e9, effective_earth_radius_m=radius_m, **LINK
    )
    with pytest.raises(ValueError, match="give one of them"):
        am.pathloss("p526", FLAT, freq_hz=2e9, delta_n=40.0, effective_earth_radius_m=8.5e6, **LINK)


def test_outside_validity_is_computed_and_flagged():
    with pytest.warns(am.ValidityWarning, match="extended_hata: .*freq_hz"):
        assert math.isfinite(am.pathloss("extended_hata", FLAT, freq_hz=30e9, **LINK))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        am.pathloss("p526", FLAT, freq_hz=2e9, **LINK)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"freq_hz": 0.0}, "freq_hz"),
        ({"freq_hz": math.nan}, "freq_hz"),
        ({"tx_agl_m": -1.0}, "tx_agl_m"),
        ({"rx_agl_m": math.inf}, "rx_agl_m"),
        ({"delta_n": 157.0}, "delta_n"),
        ({"polarization": "x"}, "polarization"),
        ({"roughness": 3.0}, "roughness"),
    ],
)
def test_bad_arguments_are_input_errors(change, message):
    with pytest.raises(am.InputError, match=message) as caught:
        am.pathloss("p526", FLAT, **({"freq_hz": 2e9, **LINK} | change))
    assert caught.value.faults[0].key == message


def test_unknown_model_suggests_the_nearest():
    with pytest.raises(am.InputError, match="p526"):
        am.pathloss("p562", FLAT, freq_hz=2e9, **LINK)


def test_heights_and_frequency_are_keywords_only():
    with pytest.raises(TypeError):
        am.pathloss("p526", FLAT, 2e9, 30.0, 1.5)


@pytest.mark.parametrize(
    ("distance_m", "ground_asl_m", "zone"),
    [
        ([0.0], [0.0], None),
        ([1.0, 2.0], [0.0, 0.0], None),
        ([0.0, 2.0, 2.0], [0.0, 0.0, 0.0], None),
        ([0.0, 1.0], [0.0, math.nan], None),
        ([0.0, 1.0], [0.0], None),
        ([0.0, 1.0], [0.0, 0.0], ["sea", "lake"]),
        ([0.0, 1.0], [0.0, 0.0], ["sea"]),
    ],
)
def test_bad_profiles_are_input_errors(distance_m, ground_asl_m, zone):
    with pytest.raises(am.InputError):
        am.Profile(distance_m=distance_m, ground_asl_m=ground_asl_m, zone=zone)


def test_profile_views_are_read_only_and_outlive_the_name():
    profile = am.Profile(distance_m=[0.0, 50.0, 100.0], ground_asl_m=[1.0, 2.0, 3.0])
    view = profile.ground_asl_m
    del profile
    assert view.tolist() == [1.0, 2.0, 3.0]
    with pytest.raises(ValueError, match="read-only"):
        view[0] = 5.0


def test_models_say_what_they_are():
    models = {model.id: model for model in am.models()}
    assert set(models) >= {"free_space", "two_ray", "p526", "extended_hata", "mic_local5g_sub6"}
    assert models["p526"].uses_profile
    assert not models["free_space"].uses_profile
    assert all(model.title and model.source for model in models.values())
    area = next(parameter for parameter in models["extended_hata"].parameters if parameter.name == "area")
    assert area.default == area.choices[0]
    rural = am.pathloss("extended_hata", FLAT, freq_hz=8e8, area="open", **LINK)
    assert rural < am.pathloss("extended_hata", FLAT, freq_hz=8e8, area="urban", **LINK)


def test_added_losses_are_part_of_the_loss():
    link = {"freq_hz": 28e9, **LINK}
    bare = am.pathloss("free_space", FLAT, **link)
    losses = ["p676", {"model": "p2108", "location_percent": 90.0}]
    total = am.pathloss("free_space", FLAT, added_losses=losses, **link)
    explained = am.pathloss_explained("free_space", FLAT, added_losses=losses, **link)
    assert total == explained.loss_db
    assert explained.path_loss_db == bare
    assert [loss.mode for loss in explained.added_losses]
    assert total == pytest.approx(bare + sum(loss.loss_db for loss in explained.added_losses))
    assert all(loss.loss_db > 0.0 and loss.terms for loss in explained.added_losses)
    with pytest.raises(am.InputError, match='has the role "path"'):
        am.pathloss("free_space", FLAT, added_losses=["p526"], **link)
    with pytest.raises(am.InputError, match="location_percent"):
        am.pathloss("free_space", FLAT, added_losses=[{"model": "p2108", "location_precent": 1.0}], **link)


def test_the_air_and_the_place_are_checked():
    assert math.isfinite(am.pathloss("p526", FLAT, freq_hz=2e9, n0=330.0, latitude_deg=43.0, **LINK))
    with pytest.raises(am.InputError, match="latitude_deg"):
        am.pathloss("p526", FLAT, freq_hz=2e9, latitude_deg=91.0, **LINK)


@pytest.mark.parametrize("model", [model.id for model in am.models()])
def test_every_model_answers(model):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", am.ValidityWarning)
        explained = am.pathloss_explained(model, RIDGE, freq_hz=3.5e9, **LINK)
        assert math.isfinite(explained.loss_db)
        assert explained.mode
        assert explained.terms
        assert am.pathloss(model, RIDGE, freq_hz=3.5e9, **LINK) == explained.loss_db


def test_models_have_a_role():
    roles = {model.id: model.role for model in am.models()}
    assert roles["p526"] == "path"
    assert roles["p676"] == "added"
    assert set(roles.values()) <= {"path", "added", "link"}
