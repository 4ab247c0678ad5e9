"""Gives a new file the group, mode, ACL and extended attributes of the one it will replace.

`copy_attributes` gives False if something cannot be kept: we may not set the group, or the owner would lose access. The
caller then writes in place instead.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import functools
import os
import stat
import struct
import sys
from collections.abc import Iterator

_ACL = "system.posix_acl_access"
_ABSENT = frozenset({errno.ENODATA, errno.ENOTSUP, errno.EOPNOTSUPP, getattr(errno, "ENOATTR", errno.ENODATA)})
# Tags of an ACL entry, as the kernel numbers them.
_OWNER, _USER, _GROUP_OWNER, _GROUP, _MASK, _OTHER = 0x01, 0x02, 0x04, 0x08, 0x10, 0x20
_NOBODY = 0xFFFFFFFF  # the id of an entry that is for no one in particular
_GET_FLAGS = 0x80006601 | struct.calcsize("l") << 16  # FS_IOC_GETFLAGS of linux/fs.h, and below one of its flags
_APPEND = 0x20


def copy_attributes(source: int, target: int) -> bool:
    """Give `target` the group, mode, ACL and attributes of `source` (open files). False if something is not kept."""
    have = os.fstat(source)
    mine = os.fstat(target)
    try:
        if have.st_uid != mine.st_uid:
            if os.geteuid() == 0:
                os.fchown(target, have.st_uid, have.st_gid)
            elif have.st_mode & (stat.S_ISUID | stat.S_ISGID) or not owner_keeps_access(source, have):
                return False
        if have.st_gid != mine.st_gid:
            os.fchown(target, -1, have.st_gid)
        _copy_extended(source, target)
        os.fchmod(target, stat.S_IMODE(have.st_mode))
    except PermissionError:
        return False
    now = os.fstat(target)
    return (now.st_gid, stat.S_IMODE(now.st_mode)) == (have.st_gid, stat.S_IMODE(have.st_mode))


def owner_keeps_access(fd: int, have: os.stat_result) -> bool:
    """Whether the file's owner could still read and write it if the file then belonged to us."""
    return _grants(fd, have, have.st_uid, (have.st_mode >> 6) & 0o7)


def _grants(fd: int, have: os.stat_result, uid: int, wanted: int) -> bool:
    """Whether a user who is not its owner has all the `wanted` permission bits on the file."""
    acl = _acl_of(fd)
    groups = _groups_of(uid)
    mask = next((bits for tag, bits, _ in acl if tag == _MASK), 0o7)
    for tag, bits, who in acl:
        if tag == _USER and who == uid:
            return bits & mask & wanted == wanted
    granted = [bits & mask for tag, bits, who in acl if tag == _GROUP and who in groups]
    if have.st_gid in groups:
        of_group = [bits & mask for tag, bits, _ in acl if tag == _GROUP_OWNER]
        granted += of_group or [(have.st_mode >> 3) & 0o7]
    if granted:
        return any(bits & wanted == wanted for bits in granted)
    return have.st_mode & 0o7 & wanted == wanted


def only_takes_new(folder: int) -> bool:
    """Whether nothing in this open folder can be renamed or removed once it is there (chattr +a), even by root."""
    if sys.platform == "darwin":
        return bool(os.fstat(folder).st_flags & (stat.UF_APPEND | stat.SF_APPEND))
    if sys.platform != "linux":
        return False
    flags = bytearray(struct.calcsize("l"))
    try:
        fcntl.ioctl(folder, _GET_FLAGS, flags)
    except OSError:  # a file system without flags, or a machine with other call numbers
        return False
    return bool(int.from_bytes(flags[:4], sys.byteorder) & _APPEND)


def let_in(source: int, target: int) -> None:
    """Let everyone use `target` who may use `source`, even if the attributes cannot all be kept. Best effort."""
    if sys.platform != "linux":
        return
    have = os.fstat(source)
    acl = _acl_of(source)
    mask = next((bits for tag, bits, _ in acl if tag == _MASK), 0o7)
    group = next((bits for tag, bits, _ in acl if tag == _GROUP_OWNER), (have.st_mode >> 3) & 0o7)
    entries = {(tag, who): bits & mask for tag, bits, who in acl if tag in (_USER, _GROUP)}
    entries |= {(_USER, have.st_uid): (have.st_mode >> 6) & 0o7, (_GROUP, have.st_gid): group & mask}
    entries |= {(_OWNER, _NOBODY): 0o6, (_GROUP_OWNER, _NOBODY): 0, (_MASK, _NOBODY): 0o7}
    entries[_OTHER, _NOBODY] = have.st_mode & 0o7
    raw = b"".join(struct.pack("<HHI", tag, bits, who) for (tag, who), bits in sorted(entries.items()))
    with contextlib.suppress(OSError):
        os.setxattr(target, _ACL, struct.pack("<I", 2) + raw)


@functools.lru_cache(maxsize=64)  # a directory server may take long to answer
def _groups_of(uid: int) -> frozenset[int]:
    import pwd

    try:
        person = pwd.getpwuid(uid)
    except KeyError:
        return frozenset()
    return frozenset(os.getgrouplist(person.pw_name, person.pw_gid))


def _acl_of(fd: int) -> list[tuple[int, int, int]]:
    """The file's ACL as (tag, permission bits, uid or gid); empty if it has none."""
    if sys.platform != "linux":
        return []
    with contextlib.suppress(OSError):
        raw = os.getxattr(fd, _ACL)
        return [struct.unpack_from("<HHI", raw, at) for at in range(4, len(raw), 8)]
    return []


def _copy_extended(source: int, target: int) -> None:
    """Copy ACL and extended attributes, and remove those that the folder's default ACL gave the new file."""
    if sys.platform == "darwin":
        _copy_extended_darwin(source, target)
        return
    if sys.platform != "linux":
        return
    wanted = dict(_extended(source))
    for name in _names(target):
        if name not in wanted and not name.startswith(("security.", "trusted.")):
            os.removexattr(target, name)
    for name, value in wanted.items():
        try:
            os.setxattr(target, name, value)
        except OSError as problem:
            # security.* and trusted.* are the system's to set; it labels the new file by its own rules.
            if not name.startswith(("security.", "trusted.")):
                raise PermissionError(errno.EPERM, f"{name} cannot be kept") from problem


def _names(fd: int) -> list[str]:
    if sys.platform == "linux":
        try:
            return os.listxattr(fd)
        except OSError as problem:
            if problem.errno not in _ABSENT:
                raise
    return []


def _extended(fd: int) -> Iterator[tuple[str, bytes]]:
    if sys.platform == "linux":
        for name in _names(fd):
            try:
                yield name, os.getxattr(fd, name)
            except OSError as problem:
                if problem.errno not in _ABSENT and not name.startswith(("security.", "trusted.")):
                    raise


def _copy_extended_darwin(source: int, target: int) -> None:
    import ctypes

    acl_and_attributes = 0b101  # COPYFILE_ACL | COPYFILE_XATTR
    if ctypes.CDLL(None, use_errno=True).fcopyfile(source, target, None, acl_and_attributes) != 0:
        raise PermissionError(errno.EPERM, "ACL or attributes cannot be kept")
