import asyncio

import numpy as np


async def work():
    await asyncio.sleep(0)
    return np.ones(3).sum()




def mean_square(x):
    return (x**2).mean()
