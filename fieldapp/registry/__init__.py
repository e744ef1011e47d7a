"""一单两库: item list, object directory, inspector directory, checklists."""
