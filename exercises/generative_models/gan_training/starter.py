# Nothing new to write here: the three losses of 9-2 (b), (c) and (d) train a small generator and discriminator.
