"""Grading: who handed in what, what counts, and that broken and hostile files do no harm."""

import csv
import io
import os
from dataclasses import asdict

import pytest
from lesson.homework.archive import collect
from lesson.homework.assignment import read
from lesson.homework.grade import Graded, grade_class
from lesson.homework.handin import printable
from lesson.homework.tables import PRESETS, as_table, full, statistics
from lesson.homework.variant import variant

from tests.lesson.handins import BROKEN, CLASS, HOSTILE, archive, handin, made_class, packed


def graded(**files):
    return grade_class([(f"{name}.json", packed(content)) for name, content in files.items()])


def cells(made, preset="full"):
    return list(csv.reader(io.StringIO(PRESETS[preset](made).lstrip("\ufeff"))))


def test_the_number_is_handed_in_with_whatever_network_is_solved():
    made = graded(a=handin("2026-0001", text="lecture"), b=handin("2026-0001", text=CLASS))
    assert [row.row(made.columns)[:2] for row in made.graded] == [["2026-0001", "가나다"]] * 2
    assert all("no-number" not in row.notes for row in made.graded)


def test_a_step_is_graded_with_its_reason_and_points():
    made = graded(a=handin("L1", {"conv1": "(10, 3, 15, 15)", "fc2": "?"}, text="lecture"))
    row = dict(zip(made.head, made.graded[0].row(made.columns), strict=True))
    assert (row["score"], row["of"]) == ("3", "5")
    assert (row["conv1"], row["pool"], row["fc2"]) == (
        "no-plus-one: (10, 3, 15, 15)",
        "-",
        "unreadable: ?",
    )
    assert (row["hints"], row["checks"]) == ("5", "10")


def test_a_class_has_its_own_columns_and_points():
    made = graded(a=handin("1", {"conv2": "(1, 2)"}, text=CLASS))
    assert made.columns == ("conv1", "conv2", "pool2", "flatten", "fc1")
    assert (made.graded[0].score, made.graded[0].most) == (5, 8)


def test_of_several_files_of_a_student_the_latest_counts():
    made = graded(
        z=handin("1", date="2026-11-23 10:00"), a=handin("1", {"fc2": "?"}, date="2026-11-23 12:00")
    )
    notes = {row.file: row.notes for row in made.graded}
    assert notes == {"a.json": ("duplicate",), "z.json": ("superseded",)}
    assert [line[0] for line in cells(made, "moodle")[1:]] == ["1"]
    assert cells(made, "moodle")[1][2] == "5"
    assert statistics(made)[0][1] == 1


def test_a_file_that_comes_twice_is_one_file():
    made = graded(a=handin("1"), b=handin("1"), c=handin("2"))
    assert [row.file for row in made.graded] == ["a.json", "c.json"]
    assert [(file, str(reason)) for file, reason in made.broken] == [
        ("b.json", "has the content of a.json")
    ]


def test_doubtful_files_are_graded_and_noted():
    made = graded(
        a={**handin("3"), "name": "라마바"},
        b={**handin("4"), "network": asdict(variant("5"))},
        c=handin("", name="", text="lecture"),
    )
    assert [row.notes for row in made.graded] == [
        ("no-number", "no-name"),
        ("tampered",),
        ("other-network",),
    ]


@pytest.mark.parametrize("data", [*BROKEN, *HOSTILE])
def test_a_broken_file_is_named_with_its_reason_and_the_rest_is_graded(data):
    made = grade_class([("broken.json", data), ("good.json", packed(handin("99")))])
    assert "good.json" in [row.file for row in made.graded]
    for file, reason in made.broken:
        assert file == "broken.json"
        assert reason.said("ko").endswith(("다", "flatten, fc1, fc2"))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"{", "is not JSON"),
        (b"\xff\xfe", "is not UTF-8 text"),
        (b" " * 65537, "is larger than 65536 bytes"),
        (b"[" * 60000, "has brackets nested deeper than 32"),
        (b"[]", "is not a worksheet of this site"),
        (packed({**handin(), "name": None}), "has no text for name"),
        (packed(handin(name="가" * 61)), "has more than 60 characters for name"),
        (packed({**handin(), "number": "../../x"}), "has a student number that gives no network"),
        (packed({**handin(), "assignment": "c1"}), "has an assignment that cannot be read"),
        (packed({**handin(), "steps": []}), "has other steps than its assignment's: conv1, pool"),
        (packed(handin()).replace(b'"hints": 1', b'"hints": 1.5'), "has no whole number for hints"),
        (
            packed(handin()).replace(b'"checks": 2', b'"checks": -1'),
            "has a number for checks that is out of range",
        ),
    ],
)
def test_the_reason_says_what_is_wrong(data, reason):
    [(_, said)] = grade_class([("a.json", data)]).broken
    assert str(said).startswith(reason)


def test_links_and_pipes_are_not_followed(tmp_path):
    inside = tmp_path / "in"
    (inside / "folder").mkdir(parents=True)
    (tmp_path / "outside.json").write_bytes(packed(handin()))
    os.symlink(tmp_path / "outside.json", inside / "link.json")
    os.symlink(inside, inside / "folder" / "cycle")
    os.mkfifo(inside / "pipe.json")
    (inside / "notes.txt").write_text("hello")
    made = grade_class(collect(inside))
    assert made.graded == []
    assert {name: str(reason) for name, reason in made.broken} == {
        "folder/cycle": "is a link, not a file",
        "link.json": "is a link, not a file",
        "notes.txt": "is not a .json file",
        "pipe.json": "is not a file",
    }


def test_an_archive_that_grows_without_end_is_cut_off(tmp_path):
    (tmp_path / "bomb.zip").write_bytes(archive({"a.json": b"0" * 2**26, "b.json": handin("1")}))
    made = grade_class(collect(tmp_path))
    assert [row.file for row in made.graded] == ["bomb.zip/b.json"]
    assert [str(reason) for _, reason in made.broken] == ["is larger than 65536 bytes"]


def test_no_cell_of_any_sheet_is_a_formula():
    evil = ["=1", "+1", "-1", "@a", "＝1", "＋1", "－1", "＠a", "\t=1"]
    made = grade_class(
        [
            (f"{name}.json", packed(handin(f"N{i}", {"conv1": name}, name=name)))
            for i, name in enumerate(evil)
        ]
    )
    for preset in PRESETS:
        found = [cell for row in cells(made, preset) for cell in row]
        assert [
            cell
            for cell in found
            if cell.startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠")) and cell != "-"
        ] == []
    assert "'＝1" in full(made)


def test_no_text_of_a_file_can_move_the_terminals_cursor():
    made = grade_class([("evil\x1b[2J.json", packed(handin(name="a\x1b[31m\r\n\u202eb")))])
    table = as_table(made)
    assert "\x1b" not in table
    assert "\u202e" not in table
    assert len(table.splitlines()) == 2
    assert printable("\U0001fae9 \u200bok") == "\U0001fae9 ok"


def test_canvas_and_moodle_have_the_columns_that_they_read():
    made = graded(a=handin("2026-1", name="가나다"), b=handin("", text="lecture"))
    assert cells(made, "canvas") == [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Convolution homework"],
        ["    Points Possible", "", "", "", "", "6"],
        ["가나다", "", "20261", "20261", "", "6"],
    ]
    assert cells(made, "moodle")[0] == ["ID number", "Full name", "Grade", "Feedback"]
    marked = {name: preset(made).startswith("\ufeff") for name, preset in PRESETS.items()}
    assert marked == {"full": True, "canvas": False, "moodle": True, "items": True}


def test_statistics_count_each_misconception_at_its_step():
    wrong = {"conv1": "(10, 3, 15, 15)"}
    made = graded(
        a=handin("A", wrong, text="lecture"),
        b=handin("B", wrong, text="lecture"),
        c=handin("C", text="lecture"),
    )
    assert statistics(made)[0] == ("conv1", 3, 1, 33, 0, [("no-plus-one", 2)])


def test_a_class_of_three_hundred_is_graded_whole():
    made = grade_class(made_class().items())
    assert len(made.graded) + len(made.broken) == 300
    assert isinstance(made.graded[0], Graded)
    names = {name for *_, wrong in statistics(made) for name, _ in wrong}
    assert len(names) >= 30


def test_an_assignments_own_numbers_differ_and_fit():
    networks = {read(CLASS).network_of(str(n)) for n in range(200)}
    assert len(networks) > 150
    assert read(CLASS).network_of("2026-1") == read(CLASS).network_of("20261")
