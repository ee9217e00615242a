"""What results may not be used for: one wording, which every output carries."""

from __future__ import annotations

NOT_SUITABLE_FOR = (
    "Not suitable for decisions about a named person, for forecasting a year’s budget to the pound, or for areas and "
    "services other than those described."
)
