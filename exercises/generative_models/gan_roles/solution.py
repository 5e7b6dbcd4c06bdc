gan_roles = r"""
The generator G takes noise z drawn from a simple prior p_z and turns it into an example G(z). It wants its examples to be
taken for real ones. The discriminator D takes an example, either from the data or from G, and gives the probability that it
is real; it is a binary classifier that wants to say 1 to data and 0 to fakes. The two are opponents and are trained in turn:
G never sees the data, it learns only from the gradient that comes back through D, and the better G becomes the harder is
the task of D. The game ends in an equilibrium in which the fakes are distributed like the data and D can only say 1/2.
"""
