#!/usr/bin/env python3
"""Which character of simplified script is a character of traditional script?

Writes data/script/characters.csv and data/script/phrases.csv from the tables
of OpenCC as a published package carries them, always the same bytes for the
same input. Get the package first, into any folder:

    pip download --no-deps opencc-python-reimplemented==0.1.7

    tools/script.py opencc_python_reimplemented-0.1.7-py2.py3-none-any.whl \\
        [--out data/script]

Kept are characters of the basic plane. A phrase is kept where it reads
otherwise than its characters one by one.
"""

import argparse
import csv
import zipfile
from pathlib import Path

FOLDER = "opencc/dictionary/"


def is_basic(text):
    """Whether all characters are ideographs of the basic plane."""
    return all("\u4e00" <= c <= "\u9fff" for c in text)


def in_simplified(character):
    """Whether simplified script has the character: GB 2312 lists it."""
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def pairs(package, name):
    """The rows of a table: a word and its first reading."""
    for line in package.read(FOLDER + name).decode("utf-8").splitlines():
        word, _, readings = line.partition("\t")
        if readings.strip():
            yield word, readings.split()[0]


def write(path, header, rows):
    """Writes a table in canonical form."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(sorted(rows))


def main():
    """Reads the package, writes both tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("package", type=Path)
    parser.add_argument("--out", type=Path, default=Path("data/script"))
    arguments = parser.parse_args()
    with zipfile.ZipFile(arguments.package) as package:
        characters = {
            one: other
            for one, other in pairs(package, "TSCharacters.txt")
            if one != other and is_basic(one + other)
        }
        phrases = {
            one: other
            for one, other in pairs(package, "TSPhrases.txt")
            if is_basic(one + other)
            and len(one) == len(other)
            and other != "".join(characters.get(c, c) for c in one)
        }
    rows = ((one, other, "yes" if in_simplified(one) else "") for one, other in characters.items())
    write(arguments.out / "characters.csv", ["traditional", "simplified", "shared"], rows)
    write(arguments.out / "phrases.csv", ["traditional", "simplified"], phrases.items())


if __name__ == "__main__":
    main()
