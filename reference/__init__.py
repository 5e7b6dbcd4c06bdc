"""Oracles of the course: formulas as the papers print them, exact where floats allow. Imports torch only.

Tensors in, tensors out, differentiable in every argument; float64 or float32, whatever comes in. Logarithms are
natural, so every entropy and divergence is in nats. Domains are stated and not checked: outside of them the answer is
whatever the formula gives there.
"""
