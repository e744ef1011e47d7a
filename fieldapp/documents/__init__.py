"""Official documents: numbers, frozen content, the copy that the entity keeps."""
