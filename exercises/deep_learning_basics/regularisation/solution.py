regularisation = r"""
The network overfits: it has enough parameters to remember the 5,000 images with their noise, and what it remembers does not
hold for others. One sees it when the losses are drawn over the epochs: the training loss goes on falling to 0, while the
validation loss turns and rises. Weight decay adds lambda ||w||^2 to the loss, so that each step of gradient descent also shrinks
the weights by a fixed share; large weights have to pay for themselves, and the function becomes smoother. Dropout sets each
hidden unit to 0 with probability p in every training step and scales up the others, so that no unit can rely on a particular
other one; at test time all units are kept. Both make the training loss worse and narrow the gap. The strengths are
hyperparameters: I train once for each of several values, spaced by factors, and keep the one with the best validation loss.
They cannot be chosen on the training set, which always prefers none. The test set is looked at once, at the end: if it took part
in the choice, its accuracy would be the best of several tries and no longer an honest estimate for new images.
"""
