"""What a scenario is: the file's meaning, frozen and validated, without a clock."""
