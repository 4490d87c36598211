"""Reading what is printed or written: dates, look-alike letters, slugs. Pure functions, no Django."""
