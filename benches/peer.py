"""What one would write instead: jieba and regular expressions over the same JSON Lines, for the comparison in
docs/performance.md. It finds titles in brackets, numbers with units, bodies by their last character and sections;
it tells no roles, resolves no names and no short titles, and links nothing.

    python3 -m venv venv && venv/bin/pip install jieba==0.42.1
    time venv/bin/python benches/peer.py < reports.jsonl > found.jsonl
"""

import json
import re
import sys

import jieba

TITLE = re.compile(r"《([^《》]{2,60})》")
FIGURE = re.compile(r"(\d[\d,.]*)\s*(?:余|多)?(万|亿)?(件|项|个|次|人次|人|名|家|户|场|期|起|份|条|元|%)")
SECTION = re.compile(r"^[一二三四五六七八九十]+、(.{2,40})$", re.MULTILINE)
BODY_ENDS = ("局", "委", "办", "厅", "政府", "法院", "检察院", "委员会", "街道", "大队", "中心")


def read(text: str) -> dict:
    bodies = []
    words = list(jieba.cut(text))
    for before, word in zip([""] + words, words):
        if len(word) >= 2 and word.endswith(BODY_ENDS):
            bodies.append(before + word if before in ("县", "市", "区", "省") else word)
    return {
        "sections": SECTION.findall(text),
        "citations": TITLE.findall(text),
        "figures": [{"value": number, "unit": (multiple or "") + unit} for number, multiple, unit in FIGURE.findall(text)],
        "bodies": bodies,
    }


def main() -> None:
    for line in sys.stdin:
        json.dump(read(json.loads(line)["text"]), sys.stdout, ensure_ascii=False)
        sys.stdout.write("\n")


if __name__ == "__main__":
    main()
