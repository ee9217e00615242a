"""A fair comparison of service pathways: the same citizens sent through each."""
