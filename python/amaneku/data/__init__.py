"""Real data from their public sources: `amaneku data` (docs/data.md).

from amaneku import data
data.fetch("mydata", data.Request(municipality="30422", layers=("dem", "people", "boundaries")))
"""

from amaneku.data._command import main
from amaneku.data._download import Manners
from amaneku.data._fetch import DEFAULT_LAYERS, Outcome, Request, fetch
from amaneku.data._sources import LAYERS, Source, read_sources

__all__ = ["DEFAULT_LAYERS", "LAYERS", "Manners", "Outcome", "Request", "Source", "fetch", "main", "read_sources"]
