"""What it comes to: money, lives and measures, computed from visits and level changes."""
