"""What is measured, and the machine it was measured on. ``python -m benchmarks`` runs everything."""
