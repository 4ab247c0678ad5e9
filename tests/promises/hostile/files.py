"""Hostile TOML files, made from a seed: valid ones that parsers choke on, broken ones of every kind, mutations of real
ones.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

from tests.promises.app import SAMPLE

HEAD = b'model = "lean-canvas"\nid = "lean"\n'
_GOOD = tuple(path.read_bytes() for path in sorted(SAMPLE.glob("*.toml")))
Make = Callable[[random.Random], bytes]


def deep_arrays(chance: random.Random) -> bytes:
    depth = chance.choice((30, 500, 5_000, 100_000))
    return HEAD + b"problem = " + b"[" * depth + b"]" * (depth if chance.random() < 0.7 else 0)


def deep_tables(chance: random.Random) -> bytes:
    depth = chance.choice((20, 300, 20_000))
    return HEAD + b"x = " + b"{a = " * depth + b"1" + b"}" * depth


def long_dotted_keys(chance: random.Random) -> bytes:
    parts = chance.choice((17, 1_000, 20_000))
    line = b".".join(b"k%d" % number for number in range(parts))
    return HEAD + (b"[" + line + b"]\n" if chance.random() < 0.5 else line + b" = 1\n")


def many_dotted_keys(chance: random.Random) -> bytes:
    count = chance.choice((500, 6_000))
    return HEAD + b"".join(b"a.b.c.d.e.f.g.h%d = %d\n" % (number, number) for number in range(count))


def many_headers(chance: random.Random) -> bytes:
    count = chance.choice((2_000, 20_000))
    style = chance.choice((b"[[problem]]\n", b"[[problem]]\ntext = 'x'\n", b"[t%d]\n", b"[a.b.c.d.t%d]\n"))
    return HEAD + b"".join(style % number if b"%d" in style else style for number in range(count))


def many_names(chance: random.Random) -> bytes:
    """Keys that nobody knows, in all the places where a near one is looked for."""
    style = chance.choice(
        (b"[cell.problen%d]\nnotte = 'x'\n", b"[[problem]]\ntext = 'x'\nimportanc%d = 1\n", b"[[goals]]\ntitel%d = 1\n")
    )
    return HEAD + b"".join(style % number for number in range(chance.choice((3_000, 4_900, 9_000))))


def huge_array(chance: random.Random) -> bytes:
    item = chance.choice((b"1,", b'"x",', b"[],", b"{},", b"{ text = 'x' },", b"\n\n1,", b"# c\n1,"))
    return HEAD + b"problem = [" + item * chance.choice((5_000, 60_000)) + b"]\n"


def huge_string(chance: random.Random) -> bytes:
    size = chance.choice((100_000, 1_900_000, 8_000_000))
    quote = chance.choice((b'"', b"'", b'"""', b"'''"))
    inner = chance.choice((b"x", b"\\u001b" if quote.startswith(b'"') else b"y", "ä".encode(), b" "))
    return HEAD + b"problem = [" + quote + inner * (size // len(inner)) + quote + b"]\n"


def unclosed(chance: random.Random) -> bytes:
    opened = chance.choice((b'"', b'"""', b"'''", b"[", b"{", b"[[", b"[a", b'"\\'))
    return HEAD + b"problem = " + opened + b"x\n" * chance.choice((1, 30_000))


def quotes(chance: random.Random) -> bytes:
    return (
        HEAD
        + b"problem = "
        + chance.choice((b'"', b"'", b'\\"', b"#", b"=", b".", b"\t")) * chance.choice((999, 90_000))
    )


def numbers(chance: random.Random) -> bytes:
    words = (
        *(b"9" * 5_000, b"9" * 300_000, b"1e999999999", b"0x" + b"f" * 100_000, b"-nan", b"inf", b"1_" * 40_000 + b"1"),
        *(b"9999-99-99", b"0000-01-01", b"2027-06-30T25:61:61Z", b"00:00:00." + b"9" * 50_000, b"0b2", b"1."),
    )
    return HEAD + b"[[problem]]\ntext = 'x'\nimportance = " + chance.choice(words) + b"\n"


def bytes_of_any_kind(chance: random.Random) -> bytes:
    return chance.randbytes(chance.choice((1, 100, 50_000)))


def encodings(chance: random.Random) -> bytes:
    text = 'title = "Ä\u202e\u2028é"\n'
    return chance.choice(
        (
            *(b"\xef\xbb\xbf" + HEAD, b"\xef\xbb\xbf\xef\xbb\xbf" + HEAD, HEAD + text.encode("latin-1", "replace")),
            *((HEAD.decode() + text).encode("utf-16"), (HEAD.decode() + text).encode("utf-32"), HEAD + b"\x00" * 5_000),
            *(HEAD + b'title = "\x00"\n', HEAD + b'title = "\xed\xa0\x80"\n', HEAD + b'title = "\\ud800"\n', b""),
            *(HEAD.replace(b"\n", b"\r"), HEAD.replace(b"\n", b"\r\n") + b"a = 1\nb = 2\r\n", b"\n" * 70_000),
            *(b" " * 1_000_000, b"#" * 900_000, HEAD + b'"' + b"k" * 500_000 + b'" = 1\n'),
        )
    )


def wrong_shapes(chance: random.Random) -> bytes:
    name = chance.choice(
        ("problem", "model", "id", "goals", "initiatives", "cell", "links", "waivers", "rules", "title")
    )
    value = chance.choice(
        ("1", "[[[]]]", "{}", "true", '[{text = 1}, 2, [3], {text = ["x"]}]', "1979-05-27", '"\\u001b"')
    )
    lines = "\n".join(f"[[{name}]]\n{name} = {value}\nid = {value}\ntext = {value}\nlinks = {value}" for _ in range(9))
    return chance.choice((HEAD, b"")) + f"{name} = {value}\n".encode() + lines.encode()


def loops(chance: random.Random) -> bytes:
    count = chance.choice((3, 400, 3_000))
    return b"".join(
        b'[[goals]]\nid = "g%d"\ntitle = "x"\nparent = "g%d"\n'
        b'[[initiatives]]\nid = "i%d"\ntitle = "y"\nlinks = ["g%d"]\ndepends-on = ["i%d"]\n'
        % (number, (number + 1) % count, number, number, (number + 1) % count)
        for number in range(count)
    )


def cut(chance: random.Random) -> bytes:
    data = chance.choice(_GOOD)
    return data[: chance.randrange(len(data))]


def mutated(chance: random.Random) -> bytes:
    data = bytearray(chance.choice(_GOOD))
    for _ in range(chance.choice((1, 5, 50))):
        at = chance.randrange(len(data))
        some = chance.choice(
            (b"\x00", b"[", b"]", b'"', b"\n", b"=", b"\xff", b"{", b"'''", data[at : at + 80] * 3, b"")
        )
        data[at : at + chance.choice((0, 1, 40))] = some
    return bytes(data)


KINDS: tuple[Make, ...] = (
    *(deep_arrays, deep_tables, long_dotted_keys, many_dotted_keys, many_headers, many_names, huge_array, huge_string),
    *(unclosed, quotes, numbers, bytes_of_any_kind, encodings, encodings, wrong_shapes, loops, cut, mutated, mutated),
)


def files(count: int, seed: int = 1) -> Iterator[tuple[str, bytes]]:
    """So many files, as (kind and number, bytes)."""
    chance = random.Random(seed)
    for number in range(count):
        make = KINDS[number % len(KINDS)]
        yield f"{make.__name__}-{number}", make(chance)
