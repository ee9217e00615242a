"""What happens: luck, population, the model's arrays and the engines that give visits and level changes."""
