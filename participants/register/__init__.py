"""The register of people thought over: what may stand in it, and how a person's consent stands."""
