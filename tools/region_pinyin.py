#!/usr/bin/env python3
"""How is each region's name spelled in the addresses of its sites?

Writes data/regions/pinyin.csv from data/regions/regions.csv and the readings
of pypinyin, always the same bytes for the same input. Get the package first:

    pip download --no-deps pypinyin==0.55.0

    tools/region_pinyin.py --pypinyin pypinyin-0.55.0-py2.py3-none-any.whl

A row is a name without its unit (浦江 of 浦江县; of an autonomous region the
place alone) and its syllables. Names that are read otherwise than the common
reading of their characters are corrected in READINGS below.
"""

import argparse
import csv
import sys
import tempfile
import zipfile
from pathlib import Path

# Readings that are official for the place and not the common ones.
READINGS = {
    "六安": "lu an", "六合": "lu he", "浚": "xun", "单": "shan", "蔚": "yu", "东阿": "dong e", "大城": "dai cheng",
    "珲春": "hun chun", "郫都": "pi du", "曾都": "zeng du", "涡阳": "guo yang", "尉氏": "wei shi", "泌阳": "bi yang",
    "乐清": "yue qing", "乐亭": "lao ting", "任": "ren", "中牟": "zhong mu", "荥经": "ying jing", "马尾": "ma wei",
    "禹会": "yu hui", "朝阳": "chao yang", "番禺": "pan yu", "陕西": "shaan xi", "长子": "zhang zi", "略阳": "lue yang",
}
# Characters that have one reading in the names of regions, but for those above.
CHARACTERS = {"长": "chang", "都": "du", "石": "shi", "乐": "le"}


def stem(name, groups):
    """The name without its unit; of an autonomous region without its ethnic groups."""
    for unit in ["特别行政区", "地区", "特区", "林区"]:
        if name.endswith(unit):
            return name[: -len(unit)]
    short = name[:-1]
    if short.endswith("自治"):
        short = short[:-2]
        while True:
            fits = [group for group in groups if short.endswith(group) and short != group]
            if not fits:
                break
            short = short[: -len(max(fits, key=len))]
        # Where the group gives the place its name, that is the name: 东乡 of 东乡族自治县.
        short = short.removesuffix("族")
    return short


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pypinyin", required=True, help="the wheel of pypinyin")
    here = Path(__file__).resolve().parent.parent / "data" / "regions"
    parser.add_argument("--out", type=Path, default=here, help="folder of the tables")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        zipfile.ZipFile(given.pypinyin).extractall(folder)
        sys.path.insert(0, folder)
        from pypinyin import lazy_pinyin

    with open(given.out / "ethnic_groups.csv", encoding="utf-8", newline="") as file:
        groups = [row[0] for row in csv.reader(file)][1:]
    with open(given.out / "regions.csv", encoding="utf-8", newline="") as file:
        names = {row["name"] for row in csv.DictReader(file)}
    rows = {}
    for name in sorted(names):
        short = stem(name, groups)
        if short:
            common = lazy_pinyin(name)[: len(short)]
            spelled = [CHARACTERS.get(character, common[at]) for at, character in enumerate(short)]
            reading = READINGS.get(short) or " ".join(spelled)
            if rows.setdefault(short, reading) != reading:
                sys.exit(f"{short} is read {rows[short]} and {reading}: settle it in READINGS")
    with open(given.out / "pinyin.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["name", "pinyin"])
        writer.writerows(sorted(rows.items()))
    print(f"{len(rows)} names")


if __name__ == "__main__":
    main()
