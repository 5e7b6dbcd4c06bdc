from .catalog import SUFFIX as SUFFIX
from .catalog import exercises as exercises
from .catalog import find_course as find_course
from .catalog import load_sheet as load_sheet
from .catalog import settings as settings
from .catalog import sheets as sheets
from .packing import pack as pack
from .packing import read_pack as read_pack
