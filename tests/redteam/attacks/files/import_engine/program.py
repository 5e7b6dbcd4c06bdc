def attack():
    import sys
    for name in [name for name in sys.modules if name.partition(".")[0] == "autograder"]:
        del sys.modules[name]
    sys.path.insert(0, T["engine"].rpartition("/")[0])
    from autograder.course.catalog import load_sheet
    return load_sheet.__module__
