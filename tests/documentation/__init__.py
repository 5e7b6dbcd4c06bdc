"""Every command that README and docs show is run, or it is said why it cannot be."""
