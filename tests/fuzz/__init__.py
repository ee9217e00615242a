"""Spoilt scenario files, by the thousand: each is read as a scenario or answered with clear messages, in time."""
