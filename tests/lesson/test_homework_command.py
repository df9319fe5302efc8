"""The lecturer's command: its files first, in its language, on any console."""

import os
import subprocess
import sys

import pytest
from lesson.homework.__main__ import main
from lesson.homework.check import CARRIED, EMPTY, REPEATED, RIGHT, UNREAD, WRONG
from lesson.homework.grade import HEAD
from lesson.homework.labels import GRADING, MAKING, MISTAKES, WHY, WORDS

from tests.lesson.handins import archive, handin, made_class, packed
from tests.pages.markdown_pages import DOCS


def put(folder, **files):
    folder.mkdir(exist_ok=True)
    for name, content in files.items():
        (folder / f"{name}.json").write_bytes(packed(content))
    return str(folder)


def test_it_prints_a_table_and_writes_every_sheet(tmp_path, capsys):
    folder = put(tmp_path / "in", a=handin(), b=b"{")
    wanted = {name: tmp_path / f"{name}.csv" for name in ("csv", "canvas", "moodle", "items")}
    asked = [text for name, to in wanted.items() for text in (f"--{name}", str(to))]
    assert main(["grade", folder, *asked, "--lang", "ko"]) == 0
    printed = capsys.readouterr().out
    assert "채점한 파일 1개, 채점하지 못한 파일 1개" in printed
    assert "b.json: JSON이 아닙니다" in printed
    assert wanted["csv"].read_bytes().startswith(b"\xef\xbb\xbfnumber,name,score,of,conv1")
    assert all(path.stat().st_size for path in wanted.values())


def test_archives_and_files_may_be_given_together(tmp_path, capsys):
    (tmp_path / "a.zip").write_bytes(archive({"x/a.json": handin("1")}))
    (tmp_path / "b.json").write_bytes(packed(handin("2")))
    assert main(["grade", str(tmp_path / "a.zip"), str(tmp_path / "b.json"), "--lang", "en"]) == 0
    assert "graded: 2, not graded: 0" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        (
            "ko",
            [
                "점수",
                "만점",
                "평탄화",
                "맞음",
                "앞 단계 오류 반영: (10, 10, 11, 11)",
                "읽을 수 없음: ?",
                "학번 없음",
                "no-plus-one: 마지막에 1을",
                "+1을 빠뜨림: (10, 3, 15, 15)",
                "0/1명 (0%)",
            ],
        ),
        (
            "en",
            [
                "score",
                "of",
                "flatten",
                "right",
                "carried: (10, 10, 11, 11)",
                "unreadable: ?",
                "no number",
                "no-plus-one: The final +1",
                "+1 missing: (10, 3, 15, 15)",
                "0 of 1 (0%)",
            ],
        ),
    ],
)
def test_it_speaks_the_lecturers_language(tmp_path, capsys, lang, said):
    wrong = {"conv1": "(10, 3, 15, 15)", "conv2": "(10, 10, 11, 11)", "fc2": "?"}
    main(["grade", put(tmp_path / "in", a=handin("", wrong, text="lecture")), "--lang", lang])
    printed = capsys.readouterr().out
    assert [words for words in said if words not in printed] == []


@pytest.mark.parametrize("encoding", ["cp949", "ascii", "utf-8"])
def test_any_console_takes_what_it_prints_and_the_files_are_whole(tmp_path, encoding):
    folder = put(tmp_path / "in", a=handin(name="\U0001f9ff 가⌊"))
    out = tmp_path / "out.csv"
    settings = {**os.environ, "PYTHONIOENCODING": encoding}
    for command in (["grade", folder, "--csv", str(out)], ["show", "20260001"]):
        done = subprocess.run(
            [sys.executable, "-m", "lesson.homework", *command],
            env=settings,
            capture_output=True,
            timeout=120,
        )
        assert done.returncode == 0, done.stderr
        done.stdout.decode(encoding)
    assert "\U0001f9ff 가⌊" in out.read_text("utf-8")


def test_what_is_missing_is_said_in_its_language(tmp_path, capsys):
    assert main(["grade", str(tmp_path / "nowhere"), "--lang", "ko"]) == 2
    assert "nowhere: 그런 파일이나 폴더가 없습니다" in capsys.readouterr().err
    assert main(["show", "학번", "--lang", "ko"]) == 2
    assert "학번은 숫자와 영문자" in capsys.readouterr().err


def test_nothing_to_grade_is_a_failure_that_is_said(tmp_path, capsys):
    assert main(["grade", put(tmp_path / "in"), "--lang", "ko"]) == 1
    assert GRADING["ko"]["none"] in capsys.readouterr().err


def test_a_sheet_that_cannot_be_written_keeps_no_other_from_it(tmp_path, capsys):
    folder, good = put(tmp_path / "in", a=handin()), tmp_path / "items.csv"
    assert (
        main(
            [
                "grade",
                folder,
                "--csv",
                str(tmp_path / "no" / "x.csv"),
                "--items",
                str(good),
                "--lang",
                "en",
            ]
        )
        == 2
    )
    assert "cannot be written" in capsys.readouterr().err
    assert good.exists()


def test_many_files_say_how_far_the_reading_is(tmp_path, capsys):
    folder = tmp_path / "in"
    folder.mkdir()
    for name, data in made_class().items():
        (folder / name).write_bytes(data)
    main(["grade", str(folder)])
    assert capsys.readouterr().err.split() == ["...", "100", "...", "200", "...", "300"]


def test_it_shows_the_network_of_a_number(capsys):
    assert main(["show", ""]) == 0
    assert "flatten 10 · 12 · 12 = 1440 → (10, 1440)" in capsys.readouterr().out


def shape_of(words):
    """The keys of a table of words, with those inside."""
    return {key: shape_of(word) if isinstance(word, dict) else None for key, word in words.items()}


def test_every_word_is_there_in_both_languages():
    for table in (WORDS, MAKING, GRADING):
        ko, en = shape_of(table["ko"]), shape_of(table["en"])
        assert ko | {"columns": 0} == en | {"columns": 0}
    assert GRADING["ko"]["states"].keys() == {RIGHT, CARRIED, REPEATED, WRONG, UNREAD, EMPTY}
    for texts in (*MISTAKES.values(), *WHY.values()):
        assert texts.keys() == {"ko", "en"}


def test_the_page_says_what_every_word_of_the_table_means():
    page = (DOCS / "ko/grading.md").read_text(encoding="utf-8")
    ko, en = GRADING["ko"], GRADING["en"]
    rows = [(mark, word) for mark, word in ko["notes"].items()]
    rows += [(en["states"][state], word) for state, word in ko["states"].items()]
    assert [row for row in rows if f"| {row[1]} · `{row[0]}` |" not in page] == []
    assert [key for key in HEAD if f"`{key}`" not in page] == []
    assert [word for word in ko["columns"].values() if word not in page] == []
