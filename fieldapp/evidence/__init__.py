"""Evidence: originals by content hash, derivatives, chunks."""
