"""What results may not be used for: one wording, which every output carries."""

from __future__ import annotations

NOT_SUITABLE_FOR = (
    "Not suitable for: a decision about a named person; forecasting a year’s budget to the pound; areas and services "
    "other than those described."
)
