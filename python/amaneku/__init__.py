"""Wireless network planner over real terrain: from elevation, sites and people to population coverage.

    import amaneku as am
    plan = am.run("scenario.toml")
    plan.coverage.rsrp_dbm     # received power, read-only array [y, x], row 0 is north
    am.plot.coverage(plan)
    am.pathloss("p526", profile, freq_hz=4.7e9, tx_agl_m=30, rx_agl_m=1.5)

Units are in the names; grids are float32 with NaN where nothing was computed. A wrong input raises InputError,
a ValueError whose `faults` name file, line and key.
"""

from amaneku import _core, distributed, plot
from amaneku._calibrate import Calibration, calibrate
from amaneku._compare import Comparison
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
from amaneku._pathloss import ValidityWarning, flat_profile, pathloss, pathloss_explained
from amaneku._plan import Coverage, Explanation, Plan, Provenance, check, demo_region, open_result, run
from amaneku._profile import profile
from amaneku._progress import ProgressBar
from amaneku._scenario import Scenario, Sector, Site, Sites
from amaneku._subsidy import subsidy
from amaneku._technologies import link_curves, technologies

__version__ = _core.version
__git_revision__ = _core.git_revision

__all__ = [
    "Calibration",
    "Comparison",
    "Coverage",
    "Explanation",
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
    "ProgressBar",
    "Provenance",
    "Range",
    "Scenario",
    "Sector",
    "Site",
    "Sites",
    "ValidityWarning",
    "__git_revision__",
    "__version__",
    "area_margin_db",
    "area_probability",
    "calibrate",
    "check",
    "demo_region",
    "distributed",
    "flat_profile",
    "link_curves",
    "mesh_decode",
    "mesh_encode",
    "models",
    "open_result",
    "pathloss",
    "pathloss_explained",
    "plot",
    "profile",
    "run",
    "subsidy",
    "technologies",
]
