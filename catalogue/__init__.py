"""The catalogue of components found in recovered weapons."""
