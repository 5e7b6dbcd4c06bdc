slow_learning = r"""
At the beginning the generator makes bad fakes, and D recognises them with near certainty, so D(G(z)) is almost 0. There
log(1 - D) is flat: if D = sigmoid(a) with logit a, its derivative with respect to a is -D, which goes to 0 with D. So the
generator gets hardly any gradient through D just when it has the most to learn; one says that its loss saturates.
The non-saturating loss -log D has the derivative -(1 - D) with respect to the logit, which is close to -1 where D(G(z)) is
close to 0. The gradient is then large where G is bad, and points to the same aim, a higher D(G(z)); but the game is no longer
a zero-sum game.
"""
