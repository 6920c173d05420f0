"""Why a mention, a claim or a merge stands, or does not, in plain words."""
