"""What is fitted comes back from levels that were made with it; errors are those of places that were left out."""

import numpy as np
import pytest

import amaneku as am
from amaneku._calibrate import Errors, huber

OFFSETS = {"a": -3.0, "b": 4.0, "c": -7.0}
CLUTTER = {"open": 0.0, "town": 9.0, "wood": 14.0}


@pytest.fixture
def drive():
    """Levels with known offsets, slope and clutter and 4 dB of noise; the classes stand in patches."""
    rng = np.random.default_rng(3)
    n = 3000
    x_m, y_m = rng.uniform(-9e3, 9e3, (2, n))
    transmitter = rng.choice(list(OFFSETS), n)
    patch = (np.floor(x_m / 700) + np.floor(y_m / 700)).astype(int)
    clutter = np.array(list(CLUTTER))[patch % 4 % 3]
    distance_m = np.hypot(x_m, y_m) + 100.0
    predicted_dbm = 14.0 - (120.0 + 35.0 * np.log10(distance_m / 1e3))
    measured_dbm = predicted_dbm + [OFFSETS[name] for name in transmitter] - [CLUTTER[name] for name in clutter]
    measured_dbm += -6.0 * np.log10(distance_m / 1e3) + rng.normal(0.0, 4.0, n)
    return {
        "measured_dbm": measured_dbm,
        "predicted_dbm": predicted_dbm,
        "x_m": x_m,
        "y_m": y_m,
        "distance_m": distance_m,
        "clutter": clutter,
        "transmitter": transmitter,
    }


def test_what_was_put_in_comes_out(drive):
    found = am.calibrate(**drive)
    assert found.transmitter_offset_db == pytest.approx(OFFSETS, abs=0.6)
    assert found.offset_db == pytest.approx(-2.0, abs=0.5)
    assert found.slope_db_per_decade == pytest.approx(-6.0, abs=0.7)
    assert found.clutter_loss_db == pytest.approx({"town": 9.0, "wood": 14.0}, abs=0.5)
    assert found.blocks.sigma_db == pytest.approx(4.0, abs=0.2)
    assert found.tuned.sigma_db <= found.blocks.sigma_db < found.untuned.sigma_db
    # Within 1.5 standard deviations of a normal distribution.
    assert found.blocks.within_6_db_percent == pytest.approx(86.6, abs=2.0)
    # A transmitter that was left out is off by what its offset is from that of the other two.
    assert found.transmitters.rmse_db > found.blocks.rmse_db + 2.0


def test_gross_errors_hardly_pull(drive):
    plain = am.calibrate(**drive)
    wrong = drive["measured_dbm"].copy()
    wrong[::10] += 60.0
    pulled = am.calibrate(**{**drive, "measured_dbm": wrong})
    assert abs(pulled.offset_db - plain.offset_db) < 1.0  # the mean would move by 6 dB


def test_the_fit_has_not_seen_what_it_is_judged_by():
    """Noise that is constant in each block: a fit with a value for each block would look perfect."""
    rng = np.random.default_rng(5)
    x_m, y_m = rng.uniform(0.0, 7e3, (2, 1000))
    block = (np.floor(x_m / 1000) * 100 + np.floor(y_m / 1000)).astype(int)
    shift = rng.normal(0.0, 8.0, 10_000)[block]
    found = am.calibrate(
        measured_dbm=-90.0 + shift,
        predicted_dbm=np.full(1000, -80.0),
        x_m=x_m,
        y_m=y_m,
        clutter=block,
        block_m=1000.0,
    )
    assert found.tuned.sigma_db < 0.1
    # Nothing is known of a block that was left out: the level of another stands for it and adds its variance.
    assert 0.9 * np.std(shift) < found.blocks.sigma_db < 1.5 * np.std(shift)


def test_predict_is_the_fit(drive):
    found = am.calibrate(**drive)
    names = ("distance_m", "clutter", "transmitter")
    level = found.predict(drive["predicted_dbm"], **{name: drive[name] for name in names})
    errors = Errors.of(drive["measured_dbm"] - level)
    assert vars(errors) == pytest.approx(vars(found.tuned), abs=1e-9)
    stranger = found.predict([-100.0], distance_m=[1000.0], clutter=["lake"], transmitter=["z"])
    assert stranger[0] == pytest.approx(-100.0 + found.offset_db)
    with pytest.raises(ValueError, match="distance_m"):
        found.predict([-100.0])


def test_one_offset_for_all(drive):
    found = am.calibrate(**drive, own_offsets=False)
    assert found.transmitter_offset_db == {}
    assert found.blocks.sigma_db > 5.5


def test_the_same_again_for_the_same_seed(drive):
    first, second = am.calibrate(**drive), am.calibrate(**drive)
    assert first.residual_db.tobytes() == second.residual_db.tobytes()
    assert am.calibrate(**drive, seed=2).residual_db.tobytes() != first.residual_db.tobytes()


def test_errors_by_sight_and_as_a_frame(drive):
    in_sight = drive["clutter"] == "open"
    found = am.calibrate(**drive, line_of_sight=in_sight)
    assert found.by_sight["line_of_sight"].n == in_sight.sum()
    assert found.by_sight["line_of_sight"].n + found.by_sight["obstructed"].n == found.blocks.n == 3000
    pytest.importorskip("pandas")
    assert found.errors.loc["blocks left out", "sigma_db"] == found.blocks.sigma_db
    assert len(found.errors) == 6


def test_errors_by_hand():
    found = Errors.of(np.array([-6.0, 0.0, 6.0, 8.0]))
    assert (found.n, found.bias_db, found.within_6_db_percent) == (4, 2.0, 75.0)
    assert found.sigma_db == pytest.approx(np.sqrt(30.0))
    assert found.rmse_db == pytest.approx(np.sqrt(34.0))


def test_weights_count_as_repetitions():
    values = np.array([1.0, 2.0, 4.0])
    weighted = huber(np.ones((3, 1)), values, np.array([3.0, 1.0, 1.0]))
    repeated = np.linalg.lstsq(np.ones((5, 1)), np.array([1.0, 1.0, 1.0, 2.0, 4.0]), rcond=None)[0]
    assert repeated[0] == pytest.approx(1.8)
    assert 1.0 <= weighted[0] <= 1.8


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"x_m": np.zeros(5)}, "x_m: has the shape"),
        ({"distance_m": np.zeros(3000)}, "distance_m: every value is > 0"),
        ({"clutter": ["open"]}, "clutter: has the shape"),
        ({"block_m": 0.0}, "block_m"),
        ({"folds": 1}, "folds"),
        ({"block_m": 1e9, "x_m": np.ones(3000), "y_m": np.ones(3000)}, "one block"),
        ({"line_of_sight": [True]}, "line_of_sight"),
    ],
)
def test_wrong_arrays(drive, change, message):
    with pytest.raises(ValueError, match=message):
        am.calibrate(**{**drive, **change})


def test_values_that_are_not_finite(drive):
    drive["measured_dbm"][7] = np.nan
    with pytest.raises(ValueError, match="measured_dbm: 1 values are not finite"):
        am.calibrate(**drive)
    with pytest.raises(ValueError, match="fewer"):
        am.calibrate(measured_dbm=[1.0], predicted_dbm=[1.0], x_m=[0.0], y_m=[0.0])
