"""Refuse a process every system call but the few with which it computes and uses what is open (Linux's seccomp).

Nothing is opened, connected, changed, signalled or started after that, by whatever user, and nothing takes it back.
"""

import ctypes
import errno
import platform
import struct
import sys

# What Python needs for memory, locks and signals of its own, to read and write what is open, and to end. By machine:
# the architecture's number in <linux/audit.h>, and the calls' numbers in <asm/unistd.h>.
ALLOWED = {
    "x86_64": (
        0xC000003E,
        {"read": 0, "write": 1, "close": 3, "fstat": 5, "lseek": 8, "mmap": 9, "mprotect": 10, "munmap": 11, "brk": 12}
        | {"rt_sigaction": 13, "rt_sigprocmask": 14, "rt_sigreturn": 15, "sched_yield": 24, "mremap": 25, "madvise": 28}
        | {"exit": 60, "futex": 202, "restart_syscall": 219, "clock_gettime": 228, "exit_group": 231, "getrandom": 318},
    ),
    "aarch64": (
        0xC00000B7,
        {"read": 63, "write": 64, "close": 57, "fstat": 80, "lseek": 62, "mmap": 222, "mprotect": 226, "munmap": 215}
        | {"brk": 214, "rt_sigaction": 134, "rt_sigprocmask": 135, "rt_sigreturn": 139, "sched_yield": 124}
        | {"mremap": 216, "madvise": 233, "exit": 93, "futex": 98, "restart_syscall": 128, "clock_gettime": 113}
        | {"exit_group": 94, "getrandom": 278},
    ),
}
SET_NO_NEW_PRIVILEGES, SET_SECCOMP, FILTER = 38, 22, 2  # prctl(2)
LOAD, EQUAL, RETURN = 0x20, 0x15, 0x06  # instructions of the filter: load a word, jump if it is equal, return
NUMBER, ARCHITECTURE = 0, 4  # places in seccomp_data
ALLOW, REFUSE = 0x7FFF0000, 0x00050000 | errno.EPERM


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p)]


def can_be_refused() -> bool:
    """Whether this machine can refuse them: its kernel answers that it lacks the filter, not that it knows none."""
    return platform.machine() in ALLOWED and _prctl(SET_SECCOMP, FILTER, None) == errno.EFAULT


def refuse_system_calls() -> None:
    """Refuse all but ALLOWED from here on, with EPERM. Where this machine cannot, nothing changes.

    Raises OSError if it can and does not: then nothing is to be read.
    """
    if can_be_refused():
        instructions = _instructions(*ALLOWED[platform.machine()])
        program = _Program(len(instructions) // 8, instructions)
        _prctl(SET_NO_NEW_PRIVILEGES, 1, None)
        if error := _prctl(SET_SECCOMP, FILTER, ctypes.byref(program)):
            raise OSError(error, "System calls cannot be refused")


def _instructions(architecture: int, calls: dict[str, int]) -> bytes:
    """The filter: each is a code, the instructions to skip if equal and if not, and a value."""
    numbers = sorted(calls.values())
    checks = [(EQUAL, len(numbers) - place, 0, number) for place, number in enumerate(numbers)]
    steps = [(LOAD, 0, 0, ARCHITECTURE), (EQUAL, 0, len(numbers) + 1, architecture), (LOAD, 0, 0, NUMBER), *checks]
    steps += [(RETURN, 0, 0, REFUSE), (RETURN, 0, 0, ALLOW)]
    return b"".join(struct.pack("=HBBI", *step) for step in steps)


def _prctl(option: int, value: int, pointer: object) -> int:
    """Call prctl(2) and return its error, 0 if it has none."""
    if sys.platform != "linux":
        return errno.ENOSYS
    libc = ctypes.CDLL(None, use_errno=True)
    nothing = ctypes.c_ulong(0)
    done = libc.prctl(ctypes.c_int(option), ctypes.c_ulong(value), pointer or nothing, nothing, nothing)
    return ctypes.get_errno() if done else 0
