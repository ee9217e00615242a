"""What to say: sentences, figures, the report and the console, all from a results folder."""
