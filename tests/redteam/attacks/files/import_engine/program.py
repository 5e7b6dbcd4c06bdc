def attack():
    from autograder.catalog import load_sheet
    return load_sheet.__module__
