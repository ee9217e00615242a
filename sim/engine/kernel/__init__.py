"""The compiled engine: the same model as the reference engine's, as one loop over plain arrays."""
