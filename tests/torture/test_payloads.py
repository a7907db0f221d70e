"""Hostile texts in every field of a scenario stay texts in every file of its result."""

import pytest
from payloads import MARK, PAYLOADS, faults, planned

SHORT = [0, 3, 10, 31, 34, 36, 50, 52, 57, 58, 60, 62, 65]


@pytest.fixture(scope="module")
def harmless(tmp_path_factory):
    out, code, text = planned(tmp_path_factory.mktemp("harmless"), "harmless " + MARK)
    assert code == 0, text
    return out


@pytest.mark.parametrize("number", SHORT)
def test_hostile_texts(tmp_path, harmless, number):
    out, code, text = planned(tmp_path, PAYLOADS[number])
    assert b"internal error" not in text and b"\x1b" not in text and b"\x07" not in text, text
    if code == 2:  # names that can be none are refused
        assert not out.exists()
        return
    assert code == 0, text
    assert not faults(out, harmless)
