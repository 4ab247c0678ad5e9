"""The numbers of the system calls that a read-only session has no use for. Data only; the filter is `seccomp`'s.

Checked against the kernel's own headers by `tests/unit/test_sandbox.py`.
"""

from __future__ import annotations

from typing import Final

LAST_KNOWN: Final = 469  # newer calls are answered "no such call", and libraries do without
NEW: Final = {  # since Linux 5.1 a call has the same number everywhere
    "pidfd_send_signal": 424, "io_uring_setup": 425, "io_uring_enter": 426, "io_uring_register": 427,
    "open_tree": 428, "move_mount": 429, "fsopen": 430, "fsconfig": 431, "fsmount": 432, "fspick": 433,
    "pidfd_open": 434, "pidfd_getfd": 438, "process_madvise": 440, "mount_setattr": 442, "quotactl_fd": 443,
    "memfd_secret": 447, "process_mrelease": 448, "fchmodat2": 452, "setxattrat": 463, "removexattrat": 466,
    "open_tree_attr": 467, "file_setattr": 469,
}  # fmt: skip
X86_64: Final = NEW | {
    # files
    "creat": 85, "rename": 82, "mkdir": 83, "rmdir": 84, "link": 86, "unlink": 87, "symlink": 88, "chmod": 90,
    "fchmod": 91, "chown": 92, "fchown": 93, "lchown": 94, "truncate": 76, "ftruncate": 77, "utime": 132, "mknod": 133,
    "utimes": 235, "mkdirat": 258, "mknodat": 259, "fchownat": 260, "futimesat": 261, "unlinkat": 263, "renameat": 264,
    "linkat": 265, "symlinkat": 266, "fchmodat": 268, "utimensat": 280, "fallocate": 285, "renameat2": 316,
    "setxattr": 188, "lsetxattr": 189, "fsetxattr": 190, "removexattr": 197, "lremovexattr": 198, "fremovexattr": 199,
    "open_by_handle_at": 304, "memfd_create": 319, "mq_open": 240, "mq_unlink": 241, "shmget": 29, "semget": 64,
    "msgget": 68, "quotactl": 179, "fanotify_init": 300,
    # programs and other processes
    "fork": 57, "vfork": 58, "execve": 59, "execveat": 322, "unshare": 272, "setns": 308, "ptrace": 101,
    "process_vm_readv": 310, "process_vm_writev": 311, "kcmp": 312, "tkill": 200, "rt_sigqueueinfo": 129,
    "rt_tgsigqueueinfo": 297, "setrlimit": 160, "personality": 135,
    # sockets
    "socket": 41, "connect": 42, "accept": 43, "sendmsg": 46, "bind": 49, "listen": 50, "accept4": 288, "sendmmsg": 307,
    # what reaches files by other ways, and the machine itself
    "io_setup": 206, "io_submit": 209, "bpf": 321, "perf_event_open": 298, "userfaultfd": 323, "add_key": 248,
    "request_key": 249, "keyctl": 250, "mount": 165, "umount2": 166, "pivot_root": 155, "chroot": 161, "swapon": 167,
    "swapoff": 168, "acct": 163, "reboot": 169, "sethostname": 170, "setdomainname": 171, "settimeofday": 164,
    "clock_settime": 227, "adjtimex": 159, "clock_adjtime": 305, "kexec_load": 246, "kexec_file_load": 320,
    "init_module": 175, "finit_module": 313, "delete_module": 176, "syslog": 103, "vhangup": 153, "iopl": 172,
    "ioperm": 173, "modify_ldt": 154, "uselib": 134,
    # who we are
    "setuid": 105, "setgid": 106, "setreuid": 113, "setregid": 114, "setgroups": 116, "setresuid": 117,
    "setresgid": 119, "setfsuid": 122, "setfsgid": 123, "capset": 126,
}  # fmt: skip
AARCH64: Final = NEW | {
    "mknodat": 33, "mkdirat": 34, "unlinkat": 35, "symlinkat": 36, "linkat": 37, "renameat": 38, "renameat2": 276,
    "truncate": 45, "ftruncate": 46, "fallocate": 47, "fchmod": 52, "fchmodat": 53, "fchownat": 54, "fchown": 55,
    "utimensat": 88, "setxattr": 5, "lsetxattr": 6, "fsetxattr": 7, "removexattr": 14, "lremovexattr": 15,
    "fremovexattr": 16, "open_by_handle_at": 265, "memfd_create": 279, "mq_open": 180, "mq_unlink": 181, "shmget": 194,
    "semget": 190, "msgget": 186, "quotactl": 60, "fanotify_init": 262,
    "execve": 221, "execveat": 281, "unshare": 97, "setns": 268, "ptrace": 117, "process_vm_readv": 270,
    "process_vm_writev": 271, "kcmp": 272, "tkill": 130, "rt_sigqueueinfo": 138, "rt_tgsigqueueinfo": 240,
    "setrlimit": 164, "personality": 92,
    "socket": 198, "bind": 200, "listen": 201, "accept": 202, "connect": 203, "sendmsg": 211, "accept4": 242,
    "sendmmsg": 269,
    "io_setup": 0, "io_submit": 2, "bpf": 280, "perf_event_open": 241, "userfaultfd": 282, "add_key": 217,
    "request_key": 218, "keyctl": 219, "mount": 40, "umount2": 39, "pivot_root": 41, "chroot": 51, "swapon": 224,
    "swapoff": 225, "acct": 89, "reboot": 142, "sethostname": 161, "setdomainname": 162, "settimeofday": 170,
    "clock_settime": 112, "adjtimex": 171, "clock_adjtime": 266, "kexec_load": 104, "kexec_file_load": 294,
    "init_module": 105, "finit_module": 273, "delete_module": 106, "syslog": 116, "vhangup": 58,
    "setregid": 143, "setgid": 144, "setreuid": 145, "setuid": 146, "setresuid": 147, "setresgid": 149, "setfsuid": 151,
    "setfsgid": 152, "setgroups": 159, "capset": 91,
}  # fmt: skip
"""Refused whatever the arguments."""

UNSEEN: Final = {"clone3": 435, "openat2": 437}
"""Their arguments lie in memory, where a filter cannot look: "no such call", and libraries use the older one."""

JUDGED: Final = {
    "x86_64": {
        "open": 2, "openat": 257, "clone": 56, "socketpair": 53, "sendto": 44, "kill": 62, "tgkill": 234, "flock": 73,
        "ioctl": 16, "fcntl": 72, "prlimit64": 302, "seccomp": 317,
    },
    "aarch64": {
        "openat": 56, "clone": 220, "socketpair": 199, "sendto": 206, "kill": 129, "tgkill": 131, "flock": 32,
        "ioctl": 29, "fcntl": 25, "prlimit64": 261, "seccomp": 277,
    },
}  # fmt: skip
"""Refused by their arguments; `seccomp` is the one we call ourselves, by machine."""

REFUSED: Final = {"x86_64": X86_64, "aarch64": AARCH64}
