"""The draw: freeze, commit and reveal, objects drawn, inspectors matched."""
