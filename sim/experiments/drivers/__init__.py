"""What the answer hangs on: shares of the range variance, tornado, break-even, the nearest flip, the elements."""
