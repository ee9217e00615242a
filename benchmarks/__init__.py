"""Speed, against SimPy as people write it and against length of run; nothing here is a test."""
