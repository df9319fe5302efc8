"""The SCORM package: one zip from page and command, and what it tells a system that plays it."""

import io
import json
import re
import zipfile
from xml.etree import ElementTree

import pytest
from lesson.homework.__main__ import main
from lesson.homework.assignment import read
from lesson.homework.labels import GRADING, MAKING, PACKAGE
from lesson.homework.package import package

from tests.browser.scorm import STUDENT, System, lay
from tests.browser.worksheet import answer, download, reply_of, solve
from tests.site.server import served

CLASS = "c1.ko.one.10-1-20.c3k5s1p0_m2s2p0_f_l10.1-2-1-1"
OWN = "c1.en.own.10-1-32.c6k5s1p0_m2s2p0_c16k5s1p0_m2s2p0_f_l120.2-0-3-1-1-1"
FULL = (
    "c1.ko.one.10-3-64.c8k3s1p1_c8k3s1p1_m2s2p0_c16k3s1p1_c16k3s1p1_m2s2p0_c32k3s1p1_m2s2p0"
    "_f_l128_l64_l10.1-1-1-1-1-1-1-1-1-1-1-1"
)
KO = PACKAGE["ko"]
CP = "{http://www.imsproject.org/xsd/imscp_rootv1p1p2}"
ADL = "{http://www.adlnet.org/xsd/adlcp_rootv1p2}"


WINDOWS = """async (site) => {
  const { findApi } = await import(`${site}cnn/scorm.js`), API = { here: true };
  const top = {};
  top.parent = top;
  const inside = (depth, outer) => (depth ? { parent: inside(depth - 1, outer) } : outer);
  const foreign = { get API() { throw new DOMException('', 'SecurityError'); }, parent: { API } };
  const opened = { ...top, opener: inside(2, { API }) };
  opened.parent = opened;
  const found = (window) => findApi(window) === API;
  return { near: found({ API, parent: top }), deep: found(inside(7, { API })),
    deeper: found(inside(9, { API })), foreign: found({ parent: foreign }), opener: found(opened),
    none: found(inside(3, top)) };
}"""


@pytest.fixture
def play(page, built_site, tmp_path, errors):
    """Lay a package of an assignment before the system; afterwards nothing has gone wrong."""
    with served(tmp_path) as (address, _):

        def laid(text, lang="ko"):
            lay(tmp_path, io.BytesIO(package(text, lang, built_site)))
            return System(page, address)

        yield laid
    assert errors == []


def test_the_system_is_looked_for_in_frames_and_openers_but_not_for_ever(page, site_url):
    page.goto(site_url)
    assert page.evaluate(WINDOWS, site_url) == {
        "near": True,
        "deep": True,
        "deeper": False,
        "foreign": True,
        "opener": True,
        "none": False,
    }


def test_a_span_of_time_is_written_as_the_standard_does(page, site_url):
    page.goto(site_url)
    found = page.evaluate(
        "async (site) => [0, 59.9, 3723, 4e9].map((await import(`${site}cnn/scorm.js`)).span)",
        site_url,
    )
    assert found == ["0000:00:00", "0000:00:59", "0001:02:03", "9999:06:40"]


def test_its_texts_are_in_both_languages():
    marks = [
        {key: sorted(re.findall(r"\{\w+\}", text)) for key, text in PACKAGE[lang].items()}
        for lang in PACKAGE
    ]
    assert marks[0] == marks[1]
    assert not re.search("[가-힣]", json.dumps(PACKAGE["en"], ensure_ascii=False))


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_the_manifest_lists_every_file_and_no_other(built_site, lang):
    with zipfile.ZipFile(io.BytesIO(package("lecture", lang, built_site))) as archive:
        assert archive.namelist()[0] == "imsmanifest.xml"
        manifest = ElementTree.fromstring(archive.read("imsmanifest.xml"))
        names = set(archive.namelist()) - {"imsmanifest.xml"}
    assert manifest.tag == f"{CP}manifest"
    assert [each.tag.removeprefix(CP) for each in manifest] == [
        "metadata",
        "organizations",
        "resources",
    ]
    assert manifest.find(f"{CP}metadata/{CP}schemaversion").text == "1.2"
    organizations = manifest.find(f"{CP}organizations")
    organization = organizations.find(f"{CP}organization")
    assert organizations.get("default") == organization.get("identifier")
    (resource,) = manifest.iter(f"{CP}resource")
    assert organization.find(f"{CP}item").get("identifierref") == resource.get("identifier")
    assert (resource.get("type"), resource.get(f"{ADL}scormtype")) == ("webcontent", "sco")
    listed = [file.get("href") for file in resource]
    assert resource.get("href") == listed[0] == "index.html"
    assert set(listed) == names
    assert len(listed) == len(names)


def test_what_the_pages_of_a_package_ask_for_is_in_it(page, play):
    asked, missed = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("requestfailed", lambda request: missed.append(request.url))
    page.on("response", lambda answer: answer.status >= 400 and missed.append(answer.url))
    system = play(CLASS)
    system.launch()
    assert all(url.startswith((system.address, "data:", "about:")) for url in asked)
    assert missed == []


@pytest.mark.parametrize(("lang", "folder"), [("ko", ""), ("en", "en/")])
def test_the_page_and_the_command_make_the_same_package(
    page, site_url, built_site, tmp_path, lang, folder
):
    page.goto(f"{site_url}{folder}grading/")
    page.wait_for_function("document.querySelector('cnn-assignment')?.words")
    link = page.locator(".cnn-assignment__made input").input_value()
    address, _, text = link.partition("#class=")
    assert (address, read(text).lang) == (f"{site_url}{folder}homework/", lang)
    saved = download(page, page.locator("[data-do=scorm]"), tmp_path)
    assert MAKING[lang]["scormMade"] in page.locator(".cnn-assignment__made").inner_text()
    made = tmp_path / "command.zip"
    for source in (text, link):
        assert main(["scorm", source, "--site", str(built_site), "--to", str(made)]) == 0
        assert made.read_bytes() == saved.read_bytes()
    assert len(made.read_bytes()) <= 500_000


def test_the_command_takes_the_lecturers_file_and_names_what_is_wrong(built_site, tmp_path, capsys):
    file, to = tmp_path / "assignment.json", tmp_path / "made.zip"
    file.write_text(json.dumps({"format": "cnnlib-assignment-1", "assignment": OWN}))
    say = ["--to", str(to), "--lang", "ko"]
    assert main(["scorm", str(file), "--site", str(built_site), *say]) == 0
    with zipfile.ZipFile(to) as archive:
        assert b'<html lang="en">' in archive.read("index.html")
        assert OWN.encode() in archive.read("index.html")
    for source, site, why in (
        ("c1.ko.one", built_site, GRADING["ko"]["reasons"]["assignment"]),
        (OWN, tmp_path, GRADING["ko"]["notBuilt"].format(path=tmp_path)),
    ):
        assert main(["scorm", source, "--site", str(site), *say]) == 2
        assert capsys.readouterr().err.strip() == why


def test_a_page_that_has_lost_its_site_says_so(page, site_url):
    page.goto(f"{site_url}grading/")
    page.wait_for_function("document.querySelector('cnn-assignment')?.words")
    page.route("**/package-*.json", lambda route: route.abort())
    page.locator("[data-do=scorm]").click()
    page.locator(".cnn-assignment__made").get_by_text(MAKING["ko"]["scormFailed"]).wait_for()


def test_it_starts_with_the_student_that_the_system_names(play):
    system = play(CLASS)
    sheet = system.launch()
    assert sheet.locator("[name=name]").input_value() == STUDENT["student_name"]
    assert sheet.locator("[name=number]").input_value() == STUDENT["student_id"]
    assert not sheet.locator(".cnn-homework__choose").is_visible()
    told = system.told()
    assert told["core"]["lesson_status"] == "incomplete"
    assert told["core"]["exit"] == "suspend"
    assert system.said() == KO["saved"].format(score=0, most=5)


def test_an_answer_is_told_with_its_misconception_and_the_score(play):
    system = play(CLASS)
    sheet = system.launch()
    answer(sheet, {"conv1": "(10, 3, 15, 15)", "pool": "10x3x7x7", "flatten": "?", "fc1": "10,10"})
    told = system.told()
    rows = [
        {key: row[key] for key in ("id", "type", "student_response", "result", "weighting")}
        for row in told["interactions"].values()
    ]
    assert [list(row.values()) for row in rows] == [
        ["conv1", "fill-in", "no-plus-one: (10, 3, 15, 15)", "wrong", "1"],
        ["pool", "fill-in", "10x3x7x7", "0.5", "2"],
        ["flatten", "fill-in", "?", "unanticipated", "1"],
        ["fc1", "fill-in", "10,10", "correct", "1"],
    ]
    core = told["core"]
    assert (core["score"]["raw"], core["score"]["min"], core["score"]["max"]) == ("40", "0", "100")
    assert core["lesson_status"] == "completed"
    assert system.said() == KO["saved"].format(score=2, most=5)


def test_it_resumes_what_was_suspended_on_another_device(play, browser):
    system = play(CLASS)
    sheet = system.launch()
    sheet.locator("[name=name]").fill("라마")
    sheet.locator("#step-conv1 [name=working]").fill("20 - 5 + 1\n= 16")
    answer(sheet, {"conv1": "10 3 16 16"})
    sheet.locator("#step-pool [name=blank]").first.fill("16")
    sheet.locator("#step-pool [name=reply]").fill("never checked")
    assert re.fullmatch(r"\d{4}:\d\d:\d\d", system.sent("cmi.core.session_time"))
    system.leave()
    other = System(browser.new_context().new_page(), system.address)
    other.kept = system.kept
    sheet = other.launch()
    assert sheet.locator("[name=name]").input_value() == "라마"
    assert sheet.locator("#step-conv1 [name=working]").input_value() == "20 - 5 + 1\n= 16"
    assert sheet.locator("#step-conv1").get_attribute("data-verdict") == "right"
    assert reply_of(sheet, "pool") == "never checked"
    assert sheet.locator("#step-pool [name=blank]").first.input_value() == "16"
    assert other.told()["interactions"] == {}
    answer(sheet, {"pool": "10 3 8 8"})
    assert other.told()["interactions"]["0"]["id"] == "pool"
    other.page.context.close()


def test_it_is_completed_when_every_answer_is_checked_and_stays_so(play):
    system = play(OWN)
    sheet = system.launch()
    steps = read(OWN).steps_of(STUDENT["student_id"])
    for step in steps:
        assert system.told()["core"]["lesson_status"] == "incomplete"
        answer(sheet, {step.layer.name: str(step.after)})
    told = system.leave()
    assert (told["core"]["lesson_status"], told["core"]["score"]["raw"]) == ("completed", "100")
    sheet = system.launch()
    sheet.locator(f"#step-{steps[0].layer.name} [name=reply]").fill("again")
    assert system.leave()["core"]["lesson_status"] == "completed"


@pytest.mark.parametrize(
    ("refused", "said"),
    [(None, "missing"), (["LMSInitialize"], "refused"), (["LMSCommit"], "notSaved")],
)
def test_what_is_typed_stays_where_the_system_is_missing_or_refuses(play, refused, said):
    system = play(CLASS)
    sheet = system.launch(refused)
    solve(sheet, CLASS)
    assert system.said().startswith(KO[said].split("{")[0])
    top = system.page.frame_locator("iframe").locator(".cnn-scorm__said").bounding_box()["y"]
    assert 0 <= top < 100  # in sight beside the last question
    sheet = system.launch()
    if refused != ["LMSCommit"]:
        sheet.locator(".cnn-homework__kept summary").click()
        sheet.locator(".cnn-homework__kept button").first.click()
    assert reply_of(sheet, "fc1") == "(10, 10)"


def test_what_this_browser_wrote_later_comes_before_what_the_system_kept(play):
    system = play(CLASS)
    answer(system.launch(), {"conv1": "1 2 3 4"})
    system.leave()
    sheet = system.launch(["LMSSetValue", "LMSCommit"])
    answer(sheet, {"conv1": "10 3 16 16"})
    assert reply_of(system.launch(), "conv1") == "10 3 16 16"


def test_a_long_sheet_fits_and_what_does_not_is_named(play):
    system = play(FULL)
    sheet = system.launch()
    names = [step.layer.name for step in read(FULL).steps_of("")]
    for name in names:
        sheet.locator(f"#step-{name} [name=working]").fill(f'"{name}"' * 50)
    solve(sheet, FULL)
    told = system.told()
    assert len(told["suspend_data"]) <= 4096
    left = system.said().partition(KO["cut"].split("{")[0])[2]
    assert 0 < sum(name in left for name in names) < len(names)
    assert told["core"]["score"]["raw"] == "100"
    system.leave()
    sheet = system.launch()
    for name in names:  # this browser has what the system had no room for
        assert sheet.locator(f"#step-{name} [name=working]").input_value().startswith(f'"{name}"')


def test_hostile_text_comes_back_as_it_was_typed(play):
    system = play(CLASS)
    sheet = system.launch()
    text = "<img src=x onerror=alert(1)>\"'\\ |,[]{}"
    answer(sheet, {"conv1": text})
    sheet.locator("#step-conv1 [name=working]").fill(text)
    system.leave()
    sheet = system.launch()
    assert reply_of(sheet) == text
    assert sheet.locator("#step-conv1 [name=working]").input_value() == text
    assert sheet.locator("img").count() == 0
