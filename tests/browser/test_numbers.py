"""What the page computes is what cnnlib computes, number by number and word by word."""

import json

import numpy as np
import pytest

from tests.browser import specs
from tests.lesson import adjoints

COUNT = 1500

# Texts cross to the browser and back far faster than nested lists do.
BATCH = """async ({element, text}) => {
  const list = JSON.parse(text);
  const figure = document.createElement(element);
  figure.setAttribute('spec', JSON.stringify(list[0]));
  figure.innerHTML = '<figure class="cnn-figure"></figure>';
  document.querySelector('article').append(figure);
  document.dispatchEvent(new Event('cnn:added'));
  await customElements.whenDefined(element);
  return JSON.stringify(list.map((spec) => { figure.spec = spec; return figure.values; }));
}"""


def shown(page, site_url, element, list_):
    """Return the `values` of one element after each spec."""
    page.goto(f"{site_url}padding-mode/")
    return json.loads(page.evaluate(BATCH, {"element": element, "text": json.dumps(list_)}))


def same(got, wanted, key):
    return np.shape(got[key]) == np.shape(wanted[key]) and np.allclose(got[key], wanted[key])


def test_convolutions_of_random_specs_are_cnnlibs(page, site_url):
    cases = specs.many(specs.convolution, COUNT, seed=4)
    wanted = [specs.computed(case) for case in cases]
    refused = sum(bool(each["error"]) for each in wanted)
    assert COUNT // 8 < refused < COUNT // 2
    for case, got, want in zip(
        cases, shown(page, site_url, "cnn-conv", cases), wanted, strict=True
    ):
        assert got["error"] == want["error"], case
        if not want["error"]:
            assert got["shapes"] == want["shapes"], case
            for key in ("input", "padded", "weight", "kernel", "output"):
                assert same(got, want, key), (case, key)


def test_the_random_specs_meet_every_kind_of_refusal():
    messages = {
        specs.computed(case).get("error") or "" for case in specs.many(specs.convolution, COUNT, 4)
    }
    for start in (
        "`input` has",
        "`weight` must fit",
        "`weight` must have",
        "`padding` must be at most",
        "`padding` must not be 'same'",
        "`stride` must be",
        "`bias` must have",
    ):
        assert any(message.startswith(start) for message in messages), start


def test_gradients_and_transposed_convolutions_of_random_specs_are_cnnlibs_and_torchs(
    page, site_url
):
    cases = adjoints.many(COUNT, seed=14)
    wanted = [adjoints.computed(case) for case in cases]
    assert sum(not want["error"] for want in wanted) >= 1000
    for case, got, want in zip(
        cases, shown(page, site_url, "cnn-adjoint", cases), wanted, strict=True
    ):
        assert got["error"] == want["error"], case
        if not want["error"]:
            assert same(got, want, "output"), case
            assert same(got, {"output": adjoints.by_torch(case)}, "output"), case


def test_the_random_transposed_convolutions_meet_every_kind_of_refusal():
    messages = {adjoints.computed(case)["error"] or "" for case in adjoints.many(COUNT, 14)}
    for start in (
        "`input` has",
        "`weight` must have a multiple",
        "`padding` must leave",
        "`output_padding` must be smaller",
        "`bias` must have",
    ):
        assert any(message.startswith(start) for message in messages), start


def test_poolings_of_random_specs_are_cnnlibs(page, site_url):
    cases = specs.many(specs.pooling, 300, seed=5)
    for case, got in zip(cases, shown(page, site_url, "cnn-pool", cases), strict=True):
        want = specs.pooled(case)
        assert got["error"] == want["error"], case
        assert want["error"] or same(got, want, "output"), case


def test_paddings_of_random_specs_are_cnnlibs(page, site_url):
    cases = specs.many(specs.padding, 300, seed=6)
    for case, got in zip(cases, shown(page, site_url, "cnn-pad", cases), strict=True):
        want = specs.padded(case)
        assert got["error"] == want["error"], case
        assert want["error"] or same(got, want, "padded"), case


def test_chains_of_random_layers_are_cnnlibs(page, site_url):
    cases = specs.many(specs.chain, 300, seed=7)
    figures = [
        {
            "kind": "shapes",
            "input": shape,
            "layers": [[str(i), line] for i, line in enumerate(lines)],
        }
        for shape, lines in cases
    ]
    for (shape, lines), got in zip(
        cases, shown(page, site_url, "cnn-shapes", figures), strict=True
    ):
        want = specs.traced(shape, lines)
        assert got["error"] == want["error"], (shape, lines)
        if not want["error"]:
            rows = [
                [r["shape"], r["parameters"], r["multiplyAdds"], r["field"]] for r in got["rows"]
            ]
            assert rows == want["rows"], (shape, lines)


def test_inner_products_and_their_refusal_are_cnnlibs(page, site_url):
    cases = [
        {"a": [[1, 3], [2, 4]], "b": [[5, 7], [6, 8]]},
        {"a": [1, 2.5], "b": [-2, 4]},
        {"a": [1, 2], "b": [1, 2, 3]},
    ]
    got = shown(page, site_url, "cnn-inner-product", cases)
    assert [each.get("output") for each in got] == [70, 8, None]
    with pytest.raises(ValueError, match="have the shape") as refusal:
        specs.cnnlib.inner_product(np.array([1, 2]), np.array([1, 2, 3]))
    assert got[2]["error"] == str(refusal.value)


def test_filtered_pictures_are_cnnlibs(show):
    from lesson.examples import KERNELS, example

    page = show("filters")
    page.evaluate(
        "names => document.querySelector('cnn-filters').change({shown: names})", list(KERNELS)
    )
    outputs = json.loads(
        page.evaluate("JSON.stringify(document.querySelector('cnn-filters').values.outputs)")
    )
    picture = example("digit.eight").astype(float)[None]
    for name, (weight, divisor) in KERNELS.items():
        kernel = np.array(weight, float)[None, None] / divisor
        wanted = specs.cnnlib.conv2d(picture, kernel, padding="same")[0]
        assert np.allclose(outputs[name], wanted), name
