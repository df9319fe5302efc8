"""The digit lab: what the browser computes is what torch computes, however the digit is drawn."""

import base64
import math
import random
import re

import numpy as np
import pytest
import torch
from lesson import weights
from lesson.examples import digits
from lesson.lab import START, samples, stages

from cnnlib import conv2d, relu

COUNT = 500
# The network's own modules and file, in the page.
NET = """
  const net = await import(new URL("../cnn/digit-lab.js", location));
  const { imports } = JSON.parse(document.querySelector("script[type=importmap]").textContent);
  const file = await fetch(new URL(imports["../cnn/digit-weights.bin"], location));
  const weights = net.readWeights(await file.arrayBuffer());
"""
READS_3 = "document.querySelector('.cnn-lab-answer').textContent.startsWith('답: 3')"
LAB = "document.querySelector('cnn-digit-lab')"


def arc(x, y, wide, high, start, stop, steps=14):
    """Points on an ellipse; angles in degrees, clockwise from three o'clock."""
    turns = [math.radians(start + (stop - start) * k / steps) for k in range(steps + 1)]
    return [[x + wide * math.cos(turn), y + high * math.sin(turn)] for turn in turns]


# Digits as a hand writes them, in a square of 100.
DRAWN = {
    0: [arc(50, 50, 26, 38, -90, 270)],
    1: [[[50, 10], [50, 90]]],
    2: [[*arc(50, 32, 24, 22, -170, 40), [28, 88], [76, 88]]],
    3: [[*arc(46, 30, 24, 20, -150, 90), *arc(46, 70, 27, 21, -90, 150)]],
    4: [[[36, 10], [28, 54], [76, 54]], [[66, 12], [64, 90]]],
    5: [[[70, 12], [36, 12], [33, 44], *arc(48, 65, 25, 23, -110, 140)]],
    6: [[[62, 10], [42, 34], *arc(50, 68, 22, 22, 190, 550)]],
    7: [[[26, 14], [74, 14], [46, 90]]],
    8: [[*arc(50, 30, 19, 19, 90, -270), *arc(50, 70, 22, 21, -90, 270)]],
    9: [[*arc(48, 32, 20, 21, 0, -360), [68, 34], [66, 60], [60, 90]]],
}


def jitter(strokes, rng):
    """The same strokes turned, sheared, stretched and shaken a little."""
    turn, slant = math.radians(rng.uniform(-8, 8)), rng.uniform(-0.12, 0.12)
    wide, high = rng.uniform(0.85, 1.15), rng.uniform(0.85, 1.15)

    def move(x, y):
        x, y = (x - 50) * wide, (y - 50) * high
        x += slant * y
        return [
            50 + x * math.cos(turn) - y * math.sin(turn) + rng.gauss(0, 0.7),
            50 + x * math.sin(turn) + y * math.cos(turn) + rng.gauss(0, 0.7),
        ]

    return [[move(*point) for point in stroke] for stroke in strokes]


@pytest.fixture
def lab(page, site_url, errors):
    """The lab's page, with the script running and the weights there."""
    page.goto(f"{site_url}digit-lab/")
    page.wait_for_function("document.querySelector('.cnn-lab-paper')")
    page.evaluate(f"{LAB}.ready()")
    yield page
    assert errors == []


def answer(page):
    """The digit that the page names."""
    return int(re.search(r"답: (\d)", page.locator(".cnn-lab-answer").text_content())[1])


def torch_scores(images):
    """Scores by torch.nn.functional from the committed weights."""
    w = {name: torch.tensor(array) for name, array in weights.load().weights.items()}
    f = torch.nn.functional
    x = f.relu(f.conv2d(torch.tensor(images), w["conv1.weight"], w["conv1.bias"]))
    x = f.relu(f.conv2d(x, w["conv2.weight"], w["conv2.bias"])).flatten(1)
    x = f.relu(f.linear(x, w["fc1.weight"], w["fc1.bias"]))
    return f.linear(x, w["fc2.weight"], w["fc2.bias"]).numpy()


def test_browser_and_torch_score_held_out_digits_alike(lab):
    _, (images, _) = digits()
    images = images[:COUNT]
    packed = base64.b64encode(images.astype("<f4").tobytes()).decode()
    scores = np.array(
        lab.evaluate(
            f"async (packed) => {{ {NET}"
            """
          const bytes = Uint8Array.from(atob(packed), (c) => c.charCodeAt(0));
          const all = new Float32Array(bytes.buffer);
          return Array.from({ length: all.length / 400 }, (_, i) =>
            [...net.forward(all.subarray(400 * i, 400 * i + 400), weights).scores]);
        }""",
            packed,
        )
    )
    expected = torch_scores(images)
    np.testing.assert_allclose(scores, expected, atol=1e-3)
    np.testing.assert_array_equal(scores.argmax(axis=1), expected.argmax(axis=1))


def test_drawn_strokes_of_all_ten_digits_are_read(lab):
    for digit, strokes in DRAWN.items():
        lab.evaluate(f"strokes => {{ {LAB}.strokes = strokes; }}", strokes)
        assert answer(lab) == digit


def test_shaken_strokes_are_read_too(lab):
    rng = random.Random(6)
    asked = [(digit, jitter(DRAWN[digit], rng)) for digit in DRAWN for _ in range(30)]
    found = lab.evaluate(
        f"async (drawings) => {{ {NET}"
        """
          return drawings.map((strokes) => {
            const { scores } = net.forward(net.rasterise(strokes), weights);
            return scores.indexOf(Math.max(...scores));
          });
        }""",
        [strokes for _, strokes in asked],
    )
    right = sum(a == b for (a, _), b in zip(asked, found, strict=True))
    missed = [(a, b) for (a, _), b in zip(asked, found, strict=True) if a != b]
    assert right >= 0.98 * len(asked), missed


def test_a_digit_drawn_with_the_mouse_is_read(lab):
    box = lab.locator(".cnn-lab-paper").bounding_box()
    for stroke in DRAWN[7]:
        at = [
            (box["x"] + x / 100 * box["width"], box["y"] + y / 100 * box["height"])
            for x, y in stroke
        ]
        lab.mouse.move(*at[0])
        lab.mouse.down()
        for point in at[1:]:
            lab.mouse.move(*point, steps=4)
        lab.mouse.up()
    assert answer(lab) == 7
    assert lab.evaluate(f"{LAB}.strokes.length") == 1
    lab.get_by_role("button", name="한 획 취소").click()
    assert "아직" in lab.locator(".cnn-lab-answer").text_content()


def test_a_digit_drawn_with_a_finger_is_read(browser, site_url):
    context = browser.new_context(viewport={"width": 360, "height": 780}, has_touch=True)
    page = context.new_page()
    page.goto(f"{site_url}digit-lab/")
    page.wait_for_function("document.querySelector('.cnn-lab-paper')")
    page.locator(".cnn-lab-paper").scroll_into_view_if_needed()
    page.evaluate(
        "scrollTo(0, document.querySelector('.cnn-lab-paper').getBoundingClientRect().top"
        " + scrollY - 120)"
    )
    box = page.locator(".cnn-lab-paper").bounding_box()
    session = context.new_cdp_session(page)
    points = [
        {"x": box["x"] + x / 100 * box["width"], "y": box["y"] + y / 100 * box["height"]}
        for x, y in DRAWN[3][0]
    ]
    before = page.evaluate("scrollY")
    for kind, at in (("touchStart", points[0]), *(("touchMove", p) for p in points[1:])):
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [at]})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.wait_for_function(READS_3)
    assert page.evaluate("scrollY") == before
    context.close()


def test_a_digit_drawn_with_the_keyboard_is_read(lab):
    lab.locator(".cnn-lab-paper").focus()
    press = lab.keyboard.press
    for _ in range(8):
        press("ArrowUp")
    press("Space")
    for _ in range(16):
        press("ArrowDown")
    press("Space")
    assert answer(lab) == 1
    told = lab.locator("cnn-digit-lab [aria-live]").text_content()
    assert told.startswith("펜을 들었습니다. 답: 1")  # the answer does not drown the pen
    press("Delete")
    assert lab.evaluate(f"{LAB}.strokes") == []


def test_each_sample_is_read_as_its_label(lab):
    for label in range(10):
        lab.get_by_role("button", name=f"손글씨 {label} 불러오기").click()
        assert answer(lab) == label


@pytest.mark.parametrize(("stage", "conv"), [("relu1", "conv1"), ("relu2", "conv2")])
def test_a_chosen_cell_shows_the_sum_that_cnnlib_makes(stage, conv, lab):
    made, net = stages(samples()[START][1]), weights.load().weights
    before = {"relu1": "input", "relu2": "relu1"}[stage]
    row, column, channel = 6, 4, 1
    side = made[stage].shape[-1]
    button = lab.locator(f"button[data-key='{stage}.{channel}']")
    box = button.bounding_box()
    button.click(
        position={
            "x": (column + 0.5) * box["width"] / side,
            "y": (row + 0.5) * box["height"] / side,
        }
    )
    lab.wait_for_function("document.querySelector('.cnn-lab-window cnn-conv')?.values")
    shown = lab.evaluate("document.querySelector('.cnn-lab-window cnn-conv').values")
    window = made[before][:, row : row + 5, column : column + 5]
    total = conv2d(
        window,
        net[f"{conv}.weight"][channel : channel + 1],
        net[f"{conv}.bias"][channel : channel + 1],
    )
    np.testing.assert_allclose(shown["input"], window, atol=1e-5)
    np.testing.assert_allclose(shown["output"], total, atol=1e-5)
    assert made[stage][channel, row, column] == pytest.approx(float(relu(total).item()), abs=1e-5)
    told = lab.locator(".cnn-lab-told").text_content()
    said = float(re.search(r"더하면 (−?[\d.]+)", told)[1].replace("−", "-"))
    assert said == pytest.approx(float(total.item()), abs=6e-4)
    assert f"({row}, {column})" in told
    button.press("ArrowRight")
    assert f"({row}, {column + 1})" in lab.locator(".cnn-lab-told").text_content()


def test_the_weights_are_fetched_when_the_reader_comes_and_not_before(page, site_url):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{site_url}digit-lab/")
    page.wait_for_function("document.querySelector('.cnn-lab-paper')")
    assert not [url for url in asked if "digit-weights" in url]
    page.locator(".cnn-lab-paper").focus()
    page.evaluate(f"{LAB}.ready()")
    assert len([url for url in asked if "digit-weights" in url]) == 1


def test_a_failed_download_says_so_and_the_next_stroke_tries_again(page, site_url):
    page.route("**/digit-weights.*.bin", lambda route: route.fulfill(status=404))
    page.goto(f"{site_url}digit-lab/")
    page.get_by_role("button", name="손글씨 3 불러오기").click()
    page.wait_for_function("document.querySelector('[role=alert]').textContent")
    assert "불러오지 못했습니다" in page.locator("[role=alert]").text_content()
    page.unroute("**/digit-weights.*.bin")
    page.get_by_role("button", name="손글씨 3 불러오기").click()
    page.wait_for_function(READS_3)
    assert page.locator("[role=alert]").text_content() == ""


def test_a_stroke_is_scored_within_a_frame_on_a_slow_processor(lab, record_property):
    session = lab.context.new_cdp_session(lab)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    spent = lab.evaluate(
        f"""(strokes) => {{
          const lab = {LAB}, spent = [];
          lab.strokes = strokes;
          for (let i = 0; i < 60; i += 1) {{
            const start = performance.now();
            lab.pad.draw();
            lab.update(false);
            spent.push(performance.now() - start);
          }}
          return spent.slice(20).sort((a, b) => a - b);
        }}""",
        DRAWN[8],
    )
    typical = spent[len(spent) // 2]
    record_property("milliseconds", typical)
    print(f"stroke to scores at 4x slowed CPU: {typical:.1f} ms (largest {spent[-1]:.1f})")
    assert typical < 64  # 16 on a quiet machine; shared ones are slower


def test_without_scripts_the_still_figure_tells_the_answer(browser, site_url):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site_url}digit-lab/")
    assert answer(page) == START
    assert page.locator(".cnn-lab-maps svg:visible").count() == 26
    assert page.locator(".cnn-lab-tools").bounding_box()["height"] < 20
    context.close()


@pytest.mark.parametrize("width", [360, 1200])
def test_nothing_moves_when_the_script_starts(width, browser, site_url):
    heights = []
    for blocked in (True, False):
        context = browser.new_context(viewport={"width": width, "height": 800})
        page = context.new_page()
        if blocked:
            page.route("**/cnn/digit-lab.*.js", lambda route: route.abort())
        page.goto(f"{site_url}digit-lab/")
        if not blocked:
            page.wait_for_function("document.querySelector('.cnn-lab-told')")
        heights.append(
            page.evaluate(
                "[...document.querySelectorAll('.cnn-lab-stage, figcaption')]"
                ".map((e) => e.getBoundingClientRect().top)"
            )
        )
        context.close()
    np.testing.assert_allclose(heights[0], heights[1], atol=1)
