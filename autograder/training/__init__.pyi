from .datasets import Mnist as Mnist
from .datasets import cache_directory as cache_directory
from .datasets import images as images
from .datasets import labels as labels
from .datasets import mnist as mnist
from .pictures import curves as curves
from .pictures import grid as grid
from .pictures import scatter as scatter
