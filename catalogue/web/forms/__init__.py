"""Forms: what is typed of each noun, field by field."""
