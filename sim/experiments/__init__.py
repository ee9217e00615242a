"""What if: arms and bases, replications, pairing, intervals, and the folder the results go to."""
