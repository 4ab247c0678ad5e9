"""The fence around a read-only session: layers that refuse to write, start or connect, whatever our own code does.

`fence` puts it up; `landlock`, `seccomp` and `tripwire` are one layer each and know nothing of one another. Standard
library only; imported by `view` alone, before anything of the workspace is read.
"""
