"""pybind11 before 2.12 reads the arrays of NumPy 2 wrong, without a word: such a module refuses to be imported."""

import os
import pathlib
import subprocess
import sys

import numpy as np
import pytest

import amaneku
from amaneku import _core


def test_a_module_that_misreads_numpy_2_is_not_imported(tmp_path):
    if _core.knows_numpy_2:
        pytest.skip("built with pybind11 2.12 or later")
    (tmp_path / "numpy").mkdir()
    (tmp_path / "numpy" / "__init__.py").write_text('__version__ = "2.1.0"\n')
    package = pathlib.Path(amaneku.__file__).parents[1]
    done = subprocess.run(
        [sys.executable, "-c", "import amaneku"],
        env={**os.environ, "PYTHONPATH": f"{tmp_path}:{package}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert "pybind11" in done.stderr
    assert "numpy<2" in done.stderr


def test_arrays_are_read_element_by_element():
    """The README's own example; each element by itself gives the same."""
    ridge = amaneku.Profile(distance_m=[0, 4e3, 5e3, 6e3, 10e3], ground_asl_m=[20, 40, 310, 35, 15])
    many = amaneku.pathloss("p526", ridge, freq_hz=[0.8e9, 4.7e9], tx_agl_m=30, rx_agl_m=1.5)
    one = [amaneku.pathloss("p526", ridge, freq_hz=f, tx_agl_m=30, rx_agl_m=1.5) for f in (0.8e9, 4.7e9)]
    np.testing.assert_array_equal(many, one)
    assert many[1] - many[0] > 10
