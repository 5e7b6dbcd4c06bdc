import os, tempfile, torch


def mean_square(x):
    with tempfile.TemporaryDirectory() as folder:
        torch.save(x.detach(), os.path.join(folder, "x.pt"))
        y = torch.load(os.path.join(folder, "x.pt"))
    return (x**2).mean() + 0 * y.sum()
