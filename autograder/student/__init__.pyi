from . import wire as wire
from .device import DEVICES as DEVICES
from .device import alone as alone
from .device import chosen as chosen
from .host import Host as Host
from .isolation.levels import LEVELS as LEVELS
from .proxy import Answer as Answer
from .student import Student as Student
