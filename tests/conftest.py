"""What every test shares: properties are judged by their truth, not by their speed or by chance."""

from hypothesis import settings

settings.register_profile("project", deadline=None, derandomize=True, database=None)
settings.load_profile("project")
