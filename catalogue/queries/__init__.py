"""Questions. One file a noun; each answers in the noun's release shape, under the reader's rule."""
