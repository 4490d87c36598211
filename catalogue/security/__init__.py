"""What the database enforces: who sees what, who did what. Versioned SQL and its small builders."""
