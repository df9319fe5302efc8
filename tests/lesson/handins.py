"""Hand-ins as the worksheet writes them, and a class of three hundred files of twelve kinds."""

import io
import json
import zipfile
from dataclasses import asdict

from lesson.homework.assignment import read
from lesson.homework.handin import ASSIGNMENT_FORMAT, FORMAT, Answered, fields, seal

CLASS = "c1.ko.own.10-1-32.c6k5s1p0_m2s2p0_c16k5s1p0_m2s2p0_f_l120.2-0-3-1-1-1"
DATE = "2026-11-23 10:00"


def handin(number="20260001", replies=None, name="가나다", text="", date=DATE, **changes):
    """A hand-in; `replies` replaces right answers by step, `changes` what the file says."""
    text = text or ("number" if number else "lecture")
    assignment = read(text)
    answered = tuple(
        Answered(
            s.layer.name, (replies or {}).get(s.layer.name, str(s.after)), "", "", 1, 2, "wrong"
        )
        for s in assignment.steps_of(number)
    )
    content = {
        "format": FORMAT,
        "assignment": text,
        "number": number,
        "name": name,
        "date": date,
        "network": asdict(assignment.network_of(number)),
        "steps": [asdict(step) for step in answered],
        "seal": seal(fields(text, number, name, date, answered)),
    }
    return {**content, **changes}


def packed(content):
    """The bytes of a file."""
    return content if isinstance(content, bytes) else json.dumps(content).encode()


def archive(files, method=zipfile.ZIP_DEFLATED):
    """The bytes of a zip archive of {name: content}."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", method) as made:
        for name, content in files.items():
            made.writestr(name, packed(content))
    return data.getvalue()


def made_class():
    """Return {name: bytes}: 300 files, 25 of each of twelve kinds."""
    files = {}
    for i in range(25):
        number = str(20260100 + i)
        first, second, *_ = read("number").steps_of(f"7{number}")
        mistakes = {}
        for step in read("number").steps_of(f"M{number}"):
            wrong = step.misconceptions()
            mistakes[step.layer.name] = str(wrong[i % len(wrong)][1])
        off = (*first.after[:2], first.after[2] + 1, first.after[3] + 1)
        kinds = {
            "good": handin(number, name=f"학생{i}"),
            "lecture": handin(
                f"L{i}", {"conv2": "10 10 11 11"}, text="lecture", date=f"2026-11-2{i % 9} 09:00"
            ),
            "class": handin(f"C{i}", {"conv1": "(1, 2)"} if i % 2 else None, text=CLASS),
            "mistaken": handin(f"M{number}", mistakes, name="=1+1"),
            "carried": handin(
                f"7{number}", {first.layer.name: str(off), second.layer.name: "16x16"}
            ),
            "no-batch": handin(
                f"B{i}", {s.layer.name: str(s.after[1:]) for s in read("number").steps_of(f"B{i}")}
            ),
            "again": handin(
                number, {"fc2": "?"}, name=f"학생{i}", date=f"2026-11-24 {i % 24:02}:00"
            ),
            "marked": handin(
                f"H{i}",
                {"conv1": "<b>@SUM(1)\u202e\n\U0001fae9"},
                name='\u200b＝1+1\x1b[31m,"\U0001f9ff\U0001fadf\U0003fff0\U000e0041!',
            ),
            "edited": handin(
                f"E{i}", name="라", seal="0", network={} if i % 2 else {"deep": [[[1]]]}
            ),
            "nameless": handin("", name="", text="lecture"),
            "broken": BROKEN[i % len(BROKEN)],
            "hostile": HOSTILE[i % len(HOSTILE)] + b" " * i,
        }
        kinds["nameless"]["steps"][0]["hints"] = i
        for kind, content in kinds.items():
            files[f"{kind}-{i:02}.json"] = packed(content)
    return files


def _changed(**changes):
    return packed({**handin("5"), **changes})


BROKEN = [
    b"{",
    b"",
    b"[]",
    b"null",
    b"\xff\xfe\x00",
    b"\xef\xbb\xbf{}",
    b'{"format": NaN}',
    b"hello",
    _changed(steps=[]),
    _changed(steps="all"),
    _changed(name=None),
    _changed(name="가" * 61),
    _changed(assignment="c1.ko.one.1-1-3.c1k5s1p0.1"),
    _changed(assignment="lecture.", date=3),
    _changed(number="../../x"),
    _changed(number=""),
    _changed(date="가" * 21),
    _changed(format=1),
    _changed(steps=[{"name": "conv1"}]),
    _changed(name="\ud800"),
    b'{"a": 1}}',
    b"{'a': 1}",
    packed({"format": ASSIGNMENT_FORMAT, "assignment": "c9"}),
    b'{"format": 01}',
    b'{"a":"\x01"}',
]
HOSTILE = [
    b"[" * 60000,
    b'{"a":' * 9000 + b"1" + b"}" * 9000,
    b" " * 70000,
    b'{"format": ' + b"9" * 5000 + b"}",
    _changed().replace(b'"hints": 1', b'"hints": 1e999'),
    _changed().replace(b'"hints": 1', b'"hints": ' + b"9" * 400),
    _changed().replace(b'"checks": 2', b'"checks": 2.5'),
    _changed().replace(b'"checks": 2', b'"checks": -1'),
    _changed().replace(b'"format"', b'"__proto__": {"format": 1}, "format"'),
    b'"' + b"[" * 50 + b'"',
    _changed().replace(b'"hints": 1', b'"hints": true'),
    _changed().replace(b'"hints": 1', b'"hints": 1e0'),
    _changed(steps=[[]] * 6),
    _changed().replace(b'"name": "conv1"', b'"name": "__proto__"'),
    b"\x00" * 100,
    b'{"format":"' + FORMAT.encode() + b'","format":"x"}',
]
