"""Checking and grading: right, carried on, misconceived; broken and hostile files do no harm."""

import csv
import io
import json
import os
import re
from dataclasses import asdict
from pathlib import Path

import pytest
from lesson.homework.__main__ import main
from lesson.homework.check import CARRIED, EMPTY, RIGHT, UNREAD, WRONG, check
from lesson.homework.grade import COLUMNS, HEAD, as_csv, as_table, grade_folder
from lesson.homework.handin import FORMAT, Answered, fields, seal
from lesson.homework.labels import GRADING
from lesson.homework.steps import steps
from lesson.homework.variant import variant

ROOT = Path(__file__).parents[2]


def worksheet(number="20260001", replies=None, name="가나다", **changes):
    """A hand-in as the worksheet writes it; `replies` replaces right answers by step."""
    network = variant(number)
    answered = tuple(
        Answered(
            step.layer.name, (replies or {}).get(step.layer.name, str(step.after)), "", "", 1, 2
        )
        for step in steps(network)
    )
    content = {
        "format": FORMAT,
        "number": number,
        "name": name,
        "date": "2026-11-23",
        "network": asdict(network),
        "steps": [asdict(step) for step in answered],
        "seal": seal(fields(number, name, "2026-11-23", answered)),
    }
    return {**content, **changes}


def put(folder, name, content):
    text = content if isinstance(content, bytes) else json.dumps(content).encode()
    (folder / name).write_bytes(text)


@pytest.fixture
def step():
    return {row.layer.name: row for row in steps(variant(""))}


@pytest.mark.parametrize(
    "reply",
    ["(10, 3, 16, 16)", "10x3x16x16", "10 × 3 × 16 × 16", "torch.Size([10, 3, 16, 16])",
     "10 3 16 16", "[10,3,16,16]", "１０, ３, １６, １６", "10·3·16·16"],
)  # fmt: skip
def test_a_shape_may_be_written_in_many_ways(step, reply):
    assert check(step["conv1"], reply).state == "right"


@pytest.mark.parametrize("reply", ["about 16", "10, 3, 16, 16칸", "0xff", "1e3", "--3", "", "  "])
def test_what_is_not_a_shape_is_said_to_be_unreadable_or_empty(step, reply):
    assert check(step["conv1"], reply).state == ("unread" if reply.strip() else "empty")


def test_every_misconception_of_every_step_is_named():
    for number in ["", *map(str, range(300))]:
        for row in steps(variant(number)):
            for name, wrong in row.misconceptions():
                assert name in check(row, str(wrong)).misconceptions


def test_a_step_that_starts_from_a_wrong_shape_is_carried_on(step):
    verdict = check(step["conv2"], "(10, 10, 11, 11)", earlier="(10, 3, 15, 15)")
    assert (verdict.state, verdict.points) == ("carried", 0.5)
    assert check(step["conv2"], "(10, 10, 11, 11)", earlier="(10, 3, 16, 16)").state == "wrong"


@pytest.mark.parametrize(
    "earlier", ["nonsense", "9" * 80, "(10, 0, 3, 3)", "(1, 1, 1, 1)", "1.5 2"]
)
def test_a_useless_earlier_shape_changes_nothing(step, earlier):
    assert check(step["conv2"], "(1, 2)", earlier).state == "wrong"


def test_a_folder_is_graded_with_the_reason_behind_each_wrong_step(tmp_path):
    put(tmp_path, "a.json", worksheet())
    put(tmp_path, "b.json", worksheet("", {"conv1": "(10, 3, 15, 15)", "fc2": "?"}))
    graded, broken = grade_folder(tmp_path)
    lecture, own = graded
    assert broken == []
    assert (own.score, len(own.verdicts), own.notes) == (6, 6, ())
    assert (lecture.score, lecture.notes) == (3, ("no number",))
    row = lecture.row()
    assert row[6:12] == ["no-plus-one: (10, 3, 15, 15)", "-", "right", "right", "right",
                         "unreadable: ?"]  # fmt: skip
    assert row[12:14] == ["5", "10"]


def test_doubtful_files_are_graded_and_noted(tmp_path):
    put(tmp_path, "one.json", worksheet())
    put(tmp_path, "two.json", worksheet())
    put(tmp_path, "edited.json", {**worksheet("3"), "name": "라마바"})
    put(tmp_path, "other.json", {**worksheet("4"), "network": asdict(variant("5"))})
    graded, _ = grade_folder(tmp_path)
    notes = {row.file: row.notes for row in graded}
    assert notes == {"one.json": ("duplicate",), "two.json": ("duplicate",),
                     "edited.json": ("tampered",), "other.json": ("other-network",)}  # fmt: skip


BROKEN = {
    "not json": (b"{", "is not JSON"),
    "empty": (b"", "is not JSON"),
    "binary": (b"\x89PNG\xff\xfe", "is not UTF-8 text"),
    "huge": (b" " * 65537, "is larger than 65536 bytes"),
    "deep": (b"[" * 60000, "is not JSON"),
    "a list": ([], "is not a worksheet of this site"),
    "foreign": ({"format": "notebook"}, "is not a worksheet of this site"),
    "nan": (b'{"format": NaN}', "is not JSON"),
    "long number": (b'{"format": ' + b"9" * 5000 + b"}", "is not JSON"),
    "no name": ({**worksheet(), "name": None}, "has no text for name"),
    "long name": (worksheet(name="가" * 61), "has more than 60 characters for name"),
    "half a character": (b'{"format": "' + FORMAT.encode() + b'", "number": "\\ud800"}',
                         "has characters for number that are no text"),
    "path as number": ({**worksheet(), "number": "../../x"},
                       "has a student number that is not digits and letters"),
    "no steps": (worksheet(steps="all"), "has no list of steps"),
    "few steps": (worksheet(steps=[]), "has other steps than its number's: conv1, pool"),
    "counts": (worksheet(steps=[{**s, "hints": 1.5} for s in worksheet()["steps"]]),
               "has no whole number for hints"),
    "endless count": (json.dumps(worksheet()).replace('"hints": 1', '"hints": 1e999').encode(),
                      "has no whole number for hints"),
    "negative": (worksheet(steps=[{**s, "checks": -1} for s in worksheet()["steps"]]),
                 "has a number for checks that is out of range"),
    "long reply": (worksheet(replies={"conv1": "1" * 81}), "has more than 80 characters for reply"),
}  # fmt: skip


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_file_is_named_with_its_reason_and_the_rest_is_graded(tmp_path, case):
    content, reason = BROKEN[case]
    put(tmp_path, "broken.json", content)
    put(tmp_path, "good.json", worksheet())
    graded, broken = grade_folder(tmp_path)
    assert [row.file for row in graded] == ["good.json"]
    assert broken[0][0] == "broken.json"
    assert str(broken[0][1]).startswith(reason)


def test_links_folders_and_other_files_are_not_followed(tmp_path):
    outside, inside = tmp_path / "outside.json", tmp_path / "in"
    inside.mkdir()
    put(tmp_path, "outside.json", worksheet())
    os.symlink(outside, inside / "link.json")
    (inside / "folder.json").mkdir()
    (inside / "notes.txt").write_text("hello")
    os.mkfifo(inside / "pipe.json")
    graded, broken = grade_folder(inside)
    assert graded == []
    assert {name: str(reason) for name, reason in broken} == {
        "folder.json": "is not a file",
        "link.json": "is a link, not a file",
        "notes.txt": "is not a .json file",
        "pipe.json": "is not a file",
    }


def test_no_cell_of_the_csv_is_a_formula(tmp_path):
    put(tmp_path, "=cmd.json", worksheet(name="=HYPERLINK(1)", replies={"conv1": "@SUM(1)"}))
    put(tmp_path, "-x.json", worksheet("8", name="+1"))
    graded, _ = grade_folder(tmp_path)
    rows = list(csv.reader(io.StringIO(as_csv(graded))))[1:]
    cells = [cell for row in rows for cell in row]
    assert not [cell for cell in cells if cell[:1] in ("=", "+", "@", "\t") or cell[:2] == "-x"]
    assert "'=HYPERLINK(1)" in cells
    assert "'=cmd.json" in cells


def test_no_text_of_a_file_can_move_the_terminals_cursor(tmp_path):
    put(tmp_path, "evil\x1b[2J.json", worksheet(name="a\x1b[31m\r\n\u202eb"))
    table = as_table(grade_folder(tmp_path)[0])
    assert "\x1b" not in table
    assert "\u202e" not in table
    assert len(table.splitlines()) == 2


def test_the_command_prints_a_table_and_writes_the_csv(tmp_path, capsys):
    folder, out = tmp_path / "in", tmp_path / "out.csv"
    folder.mkdir()
    put(folder, "a.json", worksheet())
    put(folder, "b.json", b"{")
    assert main(["grade", str(folder), "--csv", str(out)]) == 0
    printed = capsys.readouterr().out
    assert "채점한 파일 1개, 채점하지 못한 파일 1개" in printed
    assert "b.json: JSON이 아닙니다" in printed
    assert out.read_bytes().startswith(b"\xef\xbb\xbffile,number,name")


@pytest.mark.parametrize(
    ("lang", "said"),
    [("ko", ["파일", "만점", "평탄화", "맞음", "이어짐: (10, 10, 11, 11)", "읽을 수 없음: ?",
             "학번 없음", "no-plus-one: 마지막에 1을", "notes.txt: .json 파일이 아닙니다"]),
     ("en", ["file", "of", "flatten", "right", "carried: (10, 10, 11, 11)", "unreadable: ?",
             "no number", "no-plus-one: The final +1", "notes.txt: is not a .json file"])],
)  # fmt: skip
def test_the_command_speaks_the_lecturers_language(tmp_path, capsys, lang, said):
    wrong = {"conv1": "(10, 3, 15, 15)", "conv2": "(10, 10, 11, 11)", "fc2": "?"}
    put(tmp_path, "a.json", worksheet("", wrong))
    put(tmp_path, "notes.txt", b"hello")
    main(["grade", str(tmp_path), "--lang", lang])
    printed = capsys.readouterr().out
    assert [words for words in said if words not in printed] == []


def test_the_csv_is_the_same_in_every_language(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    put(folder, "a.json", worksheet("", {"conv1": "?", "conv2": ""}))
    for lang in GRADING:
        assert main(["grade", str(folder), "--lang", lang, "--csv", str(tmp_path / lang)]) == 0
    assert (tmp_path / "ko").read_bytes() == (tmp_path / "en").read_bytes()
    assert b"unreadable: ?" in (tmp_path / "ko").read_bytes()


@pytest.mark.parametrize("case", BROKEN)
def test_every_reason_can_be_said_in_korean(tmp_path, case):
    put(tmp_path, "broken.json", BROKEN[case][0])
    _, [(_, reason)] = grade_folder(tmp_path)
    said = reason.said("ko")
    assert said.endswith(("다", "conv1, pool, conv2, flatten, fc1, fc2"))
    korean, english = (re.findall(r"(?<![a-z])\d+", text) for text in (said, str(reason)))
    assert korean == english


def test_every_state_reason_and_column_has_korean_words():
    ko, en = GRADING["ko"], GRADING["en"]
    assert ko.keys() == en.keys()
    assert ko["states"].keys() == en["states"].keys() == {RIGHT, CARRIED, WRONG, UNREAD, EMPTY}
    assert ko["reasons"].keys() == en["reasons"].keys()
    assert set(HEAD) - ko["columns"].keys() == set(COLUMNS) - {"flatten"}


def test_the_page_says_what_every_word_of_the_table_means():
    page = (ROOT / "docs/ko/grading.md").read_text(encoding="utf-8")
    ko, en = GRADING["ko"], GRADING["en"]
    rows = [*ko["notes"].items(), *((en["states"][s], word) for s, word in ko["states"].items())]
    assert [row for row in rows if f"| {row[1]} · `{row[0]}` |" not in page] == []
    assert [key for key in HEAD if f"`{key}`" not in page] == []
    assert [word for word in ko["columns"].values() if word not in page] == []


def test_the_command_shows_the_network_of_a_number(capsys):
    assert main(["show", ""]) == 0
    assert "flatten 10 · 12 · 12 = 1440 → (10, 1440)" in capsys.readouterr().out


def test_the_command_says_what_it_cannot_do(tmp_path, capsys):
    assert main(["grade", str(tmp_path / "nowhere")]) == 2
    assert main(["show", "학번"]) == 2
    assert "No such file" in capsys.readouterr().err
