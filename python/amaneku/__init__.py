"""Wireless network planner over real terrain: from elevation, sites and people to population coverage.

    import amaneku as am
    plan = am.run("scenario.toml")
    plan.coverage.rsrp_dbm     # received power, read-only array [y, x], row 0 is north
    am.pathloss("p526", profile, freq_hz=4.7e9, tx_agl_m=30, rx_agl_m=1.5)

Units are in the names; grids are float32 with NaN where nothing was computed. A wrong input raises InputError,
a ValueError whose `faults` name file, line and key.
"""

from amaneku._core import (
    Fault,
    Grid,
    InputError,
    Mesh,
    ModelInfo,
    ModelParameter,
    PathLoss,
    PlanWarning,
    Profile,
    Range,
    area_margin_db,
    area_probability,
    mesh_decode,
    mesh_encode,
    models,
)
from amaneku._core import git_revision as __git_revision__
from amaneku._core import version as __version__
from amaneku._pathloss import ValidityWarning, flat_profile, pathloss, pathloss_explained
from amaneku._plan import Coverage, Plan, check, demo_region, run
from amaneku._subsidy import subsidy
from amaneku._technologies import link_curves, technologies

__all__ = [
    "Coverage",
    "Fault",
    "Grid",
    "InputError",
    "Mesh",
    "ModelInfo",
    "ModelParameter",
    "PathLoss",
    "Plan",
    "PlanWarning",
    "Profile",
    "Range",
    "ValidityWarning",
    "__git_revision__",
    "__version__",
    "area_margin_db",
    "area_probability",
    "check",
    "demo_region",
    "flat_profile",
    "link_curves",
    "mesh_decode",
    "mesh_encode",
    "models",
    "pathloss",
    "pathloss_explained",
    "run",
    "subsidy",
    "technologies",
]
