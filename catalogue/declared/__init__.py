"""What customs declarations say, read by pure functions: part numbers in goods, and which firms are meant."""
