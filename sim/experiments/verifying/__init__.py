"""Verify: a dossier of tests on a scenario of one's own, each of which can fail."""
