"""The grading page and the command: one table, to the byte, whatever is handed in."""

import zipfile
from pathlib import Path

import pytest
from lesson.homework.archive import collect
from lesson.homework.grade import grade_class
from lesson.homework.labels import GRADING
from lesson.homework.tables import PRESETS

from tests.lesson.handins import CLASS, archive, handin, made_class, packed
from tests.site.barriers import barriers

KO = GRADING["ko"]


@pytest.fixture
def grading(page, site_url, errors):
    page.goto(f"{site_url}grading/")
    page.wait_for_function("document.querySelector('cnn-grading').words")
    yield page.locator("cnn-grading")
    assert errors == []


def give(grading, path, folder=False):
    """Choose files, or a whole folder, and wait for the table or the list."""
    field = grading.locator("[type=file]").nth(1 if folder else 0)
    field.set_input_files(path)
    grading.locator(".cnn-grading__result > *").first.wait_for()


def sheets(page, grading):
    """The bytes of each CSV that the page makes."""
    found = {}
    for preset in PRESETS:
        with page.expect_download() as started:
            grading.locator(f"[data-preset={preset}]").click()
        found[preset] = Path(started.value.path()).read_bytes()
    return found


def listed(grading):
    return grading.locator(".cnn-grading__result li").all_text_contents()


def command(*paths):
    """What the command makes of the same: its CSVs and its lines of broken files."""
    graded = grade_class(entry for path in paths for entry in collect(path))
    made = {name: preset(graded).encode() for name, preset in PRESETS.items()}
    return made, [f"{file} {reason.said('ko')}" for file, reason in graded.broken]


def test_three_hundred_files_of_twelve_kinds_are_graded_as_the_command_does(
    page, grading, tmp_path
):
    for name, data in made_class().items():
        (tmp_path / name).write_bytes(data)
    assert len(list(tmp_path.iterdir())) == 300
    give(grading, str(tmp_path), folder=True)
    made, broken = command(tmp_path)
    assert sheets(page, grading) == made
    assert listed(grading) == broken
    assert len(broken) >= 45
    assert grading.locator("img, td b").count() == 0


def test_folders_in_folders_and_archives_are_read_as_the_command_reads_them(
    page, grading, tmp_path
):
    inside = tmp_path / "홍길동_1_assignsubmission_file_"
    inside.mkdir()
    (inside / "homework.json").write_bytes(packed(handin("1")))
    (tmp_path / "homework.json").write_bytes(packed(handin("2")))
    (tmp_path / "copy.json").write_bytes(packed(handin("2")))
    (tmp_path / "notes.txt").write_text("hello")
    (tmp_path / ".hidden.json").write_text("{")
    bomb = b"0" * 2**24
    files = {
        "가나다_2_assignsubmission_file_/homework.json": handin("3"),
        "bomb.json": bomb,
        "in.zip": archive({"a.json": handin("4")}),
        "a.txt": b"",
        "__MACOSX/a.json": b"{",
        "empty/": b"",
    }
    (tmp_path / "moodle.zip").write_bytes(archive(files))
    (tmp_path / "stored.zip").write_bytes(archive({"s.json": handin("6")}, zipfile.ZIP_STORED))
    whole = archive({"a.json": handin("5")})
    (tmp_path / "cut.zip").write_bytes(whole[:-30])
    (tmp_path / "torn.zip").write_bytes(whole[:60] + b"\xff\xff\xff" + whole[63:])
    (tmp_path / "not.zip").write_bytes(b"PK hello")
    korean = archive({"\u00b0\u00a1\u00b3\u00aa.json": handin("8")})
    raw = korean.replace("\u00b0\u00a1\u00b3\u00aa".encode(), b"\xb0\xa1\xb3\xaa\xb0\xa1\xb3\xaa")
    (tmp_path / "windows.zip").write_bytes(raw.replace(b"\x00\x08\x08\x00", b"\x00\x00\x08\x00"))
    give(grading, str(tmp_path), folder=True)
    made, broken = command(tmp_path)
    assert sheets(page, grading) == made
    assert listed(grading) == broken
    assert made["full"].count(b"\r\n") == 6
    assert [line.split(" ")[0] for line in broken] == [
        "cut.zip",
        "homework.json",
        "moodle.zip/a.txt",
        "moodle.zip/bomb.json",
        "moodle.zip/in.zip",
        "not.zip",
        "notes.txt",
        "torn.zip/a.json",
    ]


def test_the_lecturers_file_says_which_assignment_counts(page, grading, tmp_path):
    (tmp_path / "a.json").write_bytes(packed(handin("1", text=CLASS)))
    (tmp_path / "b.json").write_bytes(packed(handin("2")))
    (tmp_path / "class.json").write_bytes(
        packed({"format": "cnnlib-assignment-1", "assignment": CLASS})
    )
    give(grading, str(tmp_path), folder=True)
    assert KO["expected"] in grading.inner_text()
    made, broken = command(tmp_path)
    assert sheets(page, grading) == made
    assert broken == listed(grading) == []
    assert made["full"].count(b"other-assignment") == 1


def test_a_second_file_of_the_same_name_replaces_nothing(grading, tmp_path):
    for number in ("1", "2"):
        (tmp_path / number).mkdir()
        (tmp_path / number / "homework.json").write_bytes(packed(handin(number)))
        give(grading, str(tmp_path / number / "homework.json"))
    assert grading.locator("tbody tr").count() == 2


def test_a_deep_file_stops_nothing_that_comes_later(grading, tmp_path):
    deep = packed(handin("1")).replace(
        b'"network": {', b'"network": {"a": ' + b"[" * 30000 + b"]" * 30000 + b", "
    )
    (tmp_path / "deep.json").write_bytes(deep)
    (tmp_path / "good.json").write_bytes(packed(handin("2")))
    give(grading, str(tmp_path / "deep.json"))
    give(grading, str(tmp_path / "good.json"))
    assert grading.locator("tbody tr").count() == 1
    assert listed(grading) == ["deep.json " + KO["reasons"]["deep"].format(most=32)]


def test_number_name_and_score_stay_in_sight_and_mistakes_have_names(page, grading, tmp_path):
    (tmp_path / "a.json").write_bytes(
        packed(handin("1", {"conv1": "(1, 2)", "flatten": "16"}, name="가" * 60))
    )
    page.set_viewport_size({"width": 1440, "height": 900})
    give(grading, str(tmp_path / "a.json"))
    table = grading.locator(".cnn-grading__table")
    table.evaluate("box => { box.scrollLeft = box.scrollWidth; }")
    left, right = (
        table.evaluate(f"box => box.getBoundingClientRect().{side}") for side in ("left", "right")
    )
    for name in ("number", "name", "score"):
        box = grading.locator(f"td.cnn-sticky-{name}").bounding_box()
        assert left <= box["x"]
        assert box["x"] + box["width"] <= right
    assert "축이 모자람" in table.inner_text()
    assert "axes-fewer" not in table.inner_text()
    assert barriers(page, ["article"]) == []


def test_on_a_phone_name_and_score_stay_in_sight(page, grading, tmp_path):
    (tmp_path / "a.json").write_bytes(packed(handin("1", name="가" * 60)))
    page.set_viewport_size({"width": 360, "height": 640})
    give(grading, str(tmp_path / "a.json"))
    table = grading.locator(".cnn-grading__table")
    frame = table.bounding_box()
    table.evaluate("box => { box.scrollLeft = box.scrollWidth; }")
    number, name, score = (
        grading.locator(f"td.cnn-sticky-{each}").bounding_box()
        for each in ("number", "name", "score")
    )
    assert number["x"] + number["width"] < 0
    assert frame["x"] <= name["x"] < name["x"] + name["width"] <= score["x"] + 1
    assert score["x"] + score["width"] < frame["x"] + 0.6 * frame["width"]


def test_a_class_has_the_whole_window(page, grading, tmp_path):
    (tmp_path / "a.json").write_bytes(packed(handin("1", {"conv1": "(1, 2)"})))
    for width in (1440, 1920):
        page.set_viewport_size({"width": width, "height": 900})
        give(grading, str(tmp_path / "a.json"))
        box = grading.locator(".cnn-grading__table")
        assert box.bounding_box()["width"] > width - 330  # the list of pages stands beside it
    assert box.evaluate("box => box.scrollWidth <= box.clientWidth")


def test_the_chart_says_how_many_had_which_mistake_at_which_step(grading, tmp_path):
    for i in range(3):
        wrong = {"conv1": "(10, 3, 15, 15)"} if i else {}
        (tmp_path / f"{i}.json").write_bytes(packed(handin(f"L{i}", wrong, text="lecture")))
    give(grading, [str(path) for path in tmp_path.iterdir()])
    items = grading.locator(".cnn-grading__items > div").first.inner_text()
    assert KO["share"].format(right=1, students=3, share=33) in items
    assert "+1을 빠뜨림" in items
    assert KO["people"].format(n=2) in items


def test_the_page_fits_the_narrowest_phone(page, grading, tmp_path):
    page.set_viewport_size({"width": 320, "height": 640})
    (tmp_path / "a.json").write_bytes(packed(handin("1")))
    give(grading, str(tmp_path / "a.json"))
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
