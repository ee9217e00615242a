"""Plausible ranges: every uncertain number of a file drawn at once, many times, and what then comes of the answer."""
