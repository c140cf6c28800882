"""What every test shares: properties are judged by their truth, not by their speed or by chance.

Strings are kept as pandas alone keeps them, which is what users need; `test_round_trips.py` holds
the answers to be the same where pyarrow keeps them.
"""

import pandas as pd
from hypothesis import settings

pd.set_option("mode.string_storage", "python")

settings.register_profile("project", deadline=None, derandomize=True, database=None)
settings.load_profile("project")
