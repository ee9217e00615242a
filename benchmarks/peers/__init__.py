"""Other programs that do W1 and W2: what each takes to be run. Those that are not there stay out."""
