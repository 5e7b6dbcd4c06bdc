loss_terms = r"""
The first term looks at real examples. -log D(x) is 0 if D is certain that x is real, and grows without bound as D(x) goes to
0, so it teaches D to give data a high probability. The second term looks at the fakes: -log(1 - D(G(z))) is 0 if D is certain
that G(z) is generated, and grows without bound as D(G(z)) goes to 1, so it teaches D not to be deceived. Together they are the
binary cross-entropy of a classifier with label 1 for data and label 0 for fakes. The factors 1/2 say that it meets real and
generated examples equally often.
"""
