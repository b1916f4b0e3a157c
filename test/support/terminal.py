"""Runs a command on a pseudo-terminal of its own and types into it.

argv[1] is JSON: {"command": [...], "cwd": "...", "seconds": 8, "size": [rows, columns], "steps": [STEP, ...]}.
A step is {"after": "text to wait for", "type": "keys"} or {"after": ..., "resize": [rows, columns]}.
Prints JSON: {"code": exit code, 128 + N for signal N, or null at the deadline, "screen": all that was shown,
"played": the same in parts, with [rows, columns] where the window changed}.
"""

import fcntl
import json
import os
import pty
import select
import signal
import struct
import sys
import termios
import time


def main(job):
    pid, terminal = pty.fork()
    if pid == 0:
        if "size" in job:
            resize(1, job["size"])
        os.chdir(job["cwd"])
        os.execv(job["command"][0], job["command"])
    deadline = time.monotonic() + job["seconds"]
    screen, seen, resized = "", 0, 0
    played = []
    steps = list(job["steps"])
    while time.monotonic() < deadline:
        at = screen.find(steps[0]["after"], seen) if steps else -1
        if at >= 0:
            step = steps.pop(0)
            seen = at + len(step["after"])
            if "resize" in step:
                played += [screen[resized:], step["resize"]]
                resized = len(screen)
                resize(terminal, step["resize"])
            else:
                os.write(terminal, step["type"].encode())
            continue
        chunk = read(terminal)
        if chunk is None:
            break
        screen += chunk
    else:
        deadline = 0
    return {"code": exit_code(pid, deadline), "screen": screen, "played": [*played, screen[resized:]]}


def resize(terminal, size):
    """The kernel tells the command, with SIGWINCH."""
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", *size, 0, 0))


def read(terminal):
    """What was shown, '' when nothing came for a while, None when the other side has ended."""
    if not select.select([terminal], [], [], 0.1)[0]:
        return ""
    try:
        data = os.read(terminal, 65536)
    except OSError:
        return None
    return data.decode(errors="replace") if data else None


def exit_code(pid, deadline):
    """None when it had to be killed."""
    while True:
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            code = os.waitstatus_to_exitcode(status)
            return code if code >= 0 else 128 - code
        if time.monotonic() >= deadline:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
            return None
        time.sleep(0.01)


print(json.dumps(main(json.loads(sys.argv[1]))))
