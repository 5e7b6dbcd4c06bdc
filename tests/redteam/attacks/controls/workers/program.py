import torch

loader = torch.utils.data.DataLoader(torch.utils.data.TensorDataset(torch.zeros(8, 2)), num_workers=2)
total = sum(len(batch) for batch in loader)


def mean_square(x):
    return (x**2).mean()
