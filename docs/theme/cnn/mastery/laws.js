/** The laws for given numbers, step by step, as lesson.mastery.laws has them. No DOM. */

import { evaluate, written } from "../core/expression.js";
import { convOutputSize } from "../core/shape.js";

/** [{name, expression, text, value}] of a law's steps; `text` has the numbers, □ for a hidden step's. */
export function stepsOf(law, letters, hidden = "") {
  const known = { ...letters }, shown = { ...letters };
  return law.steps.map(([name, expression]) => {
    const text = written(expression, shown);
    known[name] = evaluate(expression, known);
    shown[name] = name === hidden ? "□" : known[name];
    return { name, expression, text, value: known[name] };
  });
}

function field({ layers }) {
  return Object.fromEntries(layers.flatMap(([size, stride], i) => [[`K${i + 1}`, size], [`S${i + 1}`, stride]]));
}

function work({ input: [N, C, ...sizes], out_channels: O, kernel_size: K, padding }) {
  const [HO, WO] = sizes.map((size) => convOutputSize(size, K, 1, padding));
  return { C, G: 1, K, N, O, HO, WO };
}

const ONE = {
  "transposed-size": ({ input: H, kernel_size: K, stride: S, padding: P, output_padding: E }) => ({ H, K, S, P, E, D: 1 }),
  "receptive-field": field,
  "conv-parameters": ({ in_channels: C, kernel_size: K, out_channels: O }) => ({ C, G: 1, K, O }),
  "linear-parameters": ({ in_features: I, out_features: O }) => ({ I, O }),
  "multiply-adds": work,
  "filter-depth": ({ in_channels: C, groups: G }) => ({ C, G }),
  "flat-features": ({ shape: [, C, H, W] }) => ({ C, H, W }),
};

/** The letters of a law for what is given, once for each axis that it works. */
export function lettersOf(law, given) {
  if (ONE[law]) return [ONE[law](given)];
  const { input, kernel_size: K, pool, stride: S = pool ? K : 1, padding: P = 0, dilation: D = 1 } = given;
  return (Array.isArray(input) ? input.slice(2) : [input]).map((H) => ({ H, K, S, P, D }));
}
