"""Runs one program and says what it took, as one line of JSON.

    python3 measure.py SECONDS LOG PROGRAM [ARGUMENT]...

Wall time in seconds; CPU time of user and system, of the program and of all its own programs that
it has waited for; the peak memory of the largest of them in bytes; the exit status, or null if it
was ended because it took more than SECONDS. What it prints goes to LOG.

The kernel's own count (wait4) is used, since nothing else needs to be installed for it. A peak
below that of Python itself, about 15 MB, cannot be seen: a program begins as a copy of this one.
Written data of earlier runs is first brought to disk, so that a run does not wait for another's.
"""

import json
import os
import signal
import subprocess
import sys
import time


def main():
    seconds, log, *command = sys.argv[1:]
    first_to_go()
    os.sync()
    load = os.getloadavg()[0]
    with open(log, "ab") as output:
        start = time.perf_counter()
        child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True)
        late = end_after(float(seconds), child.pid)
        _, status, used = os.wait4(child.pid, 0)
        wall = time.perf_counter() - start
        signal.setitimer(signal.ITIMER_REAL, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    print(json.dumps({
        "wall": wall,
        "user": used.ru_utime,
        "system": used.ru_stime,
        "peak": used.ru_maxrss * 1024,
        "status": None if late else child.returncode,
        "load": load,
    }))


def first_to_go():
    """If memory runs out, the kernel is to end what is measured, not what others run beside it."""
    try:
        with open("/proc/self/oom_score_adj", "w", encoding="ascii") as score:
            score.write("1000")
    except OSError:
        pass


def end_after(seconds, pid):
    """Ends the program and its own programs after so many seconds, or if this one is told to end.

    The list that is returned is filled in the first case only.
    """
    late = []

    def end(number, _frame):
        if number == signal.SIGALRM:
            late.append(True)
        os.killpg(pid, signal.SIGKILL)

    for reason in (signal.SIGALRM, signal.SIGINT, signal.SIGTERM):
        signal.signal(reason, end)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    return late


main()
