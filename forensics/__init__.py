"""How the catalogue is run: settings, PostgreSQL, supervisor, backup."""
