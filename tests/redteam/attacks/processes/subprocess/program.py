def attack():
    import subprocess
    return subprocess.run(["id"], capture_output=True).stdout
