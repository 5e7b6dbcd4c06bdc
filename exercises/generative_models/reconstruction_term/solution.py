reconstruction_term = r"""
The encoder turns an image x into a distribution q(z) over codes. We draw a code z from it, and the decoder turns z into
the parameters of a distribution p(x|z) over images, its reconstruction of x. The term E_q[log p(x|z)] asks how probable the
image that went in is under this reconstruction, on average over the codes that the encoder gives to x. It is large if x
survives the way through the narrow code, so with its sign turned round it is a loss that punishes bad reconstructions.
If each pixel is Bernoulli with probability x_hat, then -log p(x|z) is the binary cross-entropy between x and x_hat, summed
over the pixels; for a Gaussian decoder it would be, up to constants, the squared error.
"""
