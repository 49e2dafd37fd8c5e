"""The least that any generator has to do: writes a tree's files anew, from memory.

    python3 floor.py TREE OUT [PROCESSES]

All files of TREE are read first, which is not counted. Counted is making the folders of OUT and
writing the same bytes into them, by as many processes as there are cores unless said. Prints the
same line as measure.py, without a peak.
"""

import json
import os
import sys
import time


def main():
    tree, out = sys.argv[1:3]
    processes = int(sys.argv[3]) if len(sys.argv) > 3 else os.cpu_count()
    folders, files = read(tree)
    os.sync()
    load = os.getloadavg()[0]
    before = os.times()
    start = time.perf_counter()
    for folder in folders:
        os.makedirs(os.path.join(out, folder), exist_ok=True)
    parts = [files[len(files) * part // processes:len(files) * (part + 1) // processes] for part in range(processes)]
    children = [spawn(out, part) for part in parts]
    statuses = [os.waitpid(child, 0)[1] for child in children]
    wall = time.perf_counter() - start
    after = os.times()
    print(json.dumps({
        "wall": wall,
        "user": after.user - before.user + after.children_user - before.children_user,
        "system": after.system - before.system + after.children_system - before.children_system,
        "peak": 0,
        "status": max(statuses),
        "load": load,
    }))


def read(tree):
    """The tree's folders, parents first, and its files with their bytes, both by their paths within it."""
    folders, files = [], []
    for here, below, names in os.walk(tree):
        below.sort()
        folders.append(os.path.relpath(here, tree))
        for name in sorted(names):
            path = os.path.join(here, name)
            with open(path, "rb") as file:
                files.append((os.path.relpath(path, tree), file.read()))
    return folders, files


def spawn(out, files):
    """A process that writes these files and ends."""
    child = os.fork()
    if child == 0:
        for path, content in files:
            handle = os.open(os.path.join(out, path), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
            rest = memoryview(content)
            while rest:
                rest = rest[os.write(handle, rest):]
            os.close(handle)
        os._exit(0)
    return child


main()
