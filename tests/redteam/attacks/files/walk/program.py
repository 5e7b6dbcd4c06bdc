def attack():
    import os
    wanted = os.path.basename(os.path.dirname(T["canary"]))
    top = "/" + T["canary"].split("/")[1]
    for folder, folders, files in os.walk(top):
        if wanted in folders:
            return folder
        if folder.count("/") > 5:
            folders.clear()
