"""Revisions of a workspace. The only layer that runs git, and it only reads objects: nothing a repository configures is
run (no hook, filter, pager or other program), and nothing is fetched.
"""
