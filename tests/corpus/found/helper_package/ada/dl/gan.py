from .logs import mean_log


def discriminator_loss(d_real, d_fake):
    return -0.5 * mean_log(d_real) - 0.5 * mean_log(1 - d_fake)


def generator_loss(d_real, d_fake):
    return -discriminator_loss(d_real, d_fake)


def nonsaturating_generator_loss(d_fake):
    return -0.5 * mean_log(d_fake)
