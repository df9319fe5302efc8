/** <cnn-adjoint>: step through a gradient, or a transposed convolution, as through a convolution. */

import { adjoint, origin } from "../core/adjoint.js";
import { CnnConv } from "./conv.js";
import { AdjointPanel } from "./adjoint-panel.js";
import { may } from "../kit/may.js";
import { within } from "../kit/labels.js";
import { lawLines } from "../view/law.js";
import { expand, tensor } from "../core/tensor.js";

/** `(3 − 1)·2 − 2·1 + 1·(3 − 1) + 1 + 1 = 6` for each axis: the input's size, given the output's. */
export const backwardTexts = ({ input, weight, stride, padding, dilation, more }, output) => output.map((size, axis) =>
  `(${input.shape[1 + axis]} − 1)·${stride[axis]} − 2·${padding[axis]} + ${dilation[axis]}·(${weight.shape[2 + axis]} − 1)`
  + ` + ${more[axis]} + 1 = ${size}`);

const part = ({ kind, wrt }) => (kind !== "conv2d-grad" ? "transpose" : wrt === "input" ? "gradInput" : "gradWeight");

export class CnnAdjoint extends CnnConv {
  static keys = {
    input: may.grid(3), weight: may.grid(4, 2048), grad_output: may.grid(3), bias: may.none(may.grid(1, 16)),
    stride: may.axes(1, 99), padding: may.axes(0, 16), dilation: may.axes(1, 99), output_padding: may.axes(0, 98),
    at: may.none(may.axes(0, 999)), term: may.none(may.whole(0, 4095)),
  };

  settings() {
    return new AdjointPanel(this);
  }

  build() {
    this.t = within(part(this.now));
    super.build();
  }

  compute() {
    this.t = within(part(this.now));
    super.compute();
  }

  run(spec) {
    return adjoint(spec);
  }

  sizeLaw() {
    const { call, output } = this.result;
    if (this.now.kind !== "conv2d-grad") return lawLines(this.t, null, backwardTexts(call, output.shape.slice(1)));
    return lawLines(this.t, { ...call, sizes: call.input.shape.slice(1), kernel: call.kernel.shape.slice(2),
      output: call.output.shape.slice(1) });
  }

  /** A reader's new number, in the array of the spec that the plane shows. */
  write(plane, index, number) {
    const { kind, wrt, weight, groups = 1 } = this.now, [first, ...place] = index;
    if (kind === "conv2d-grad" && wrt === "weight") {
      return plane === "input" ? super.write(plane, index, number) : super.write("grad_output", [first, ...place.slice(1)], number);
    }
    if (plane === "input") return super.write(kind === "conv2d-grad" ? "grad_output" : "input", index, number);
    return super.write("weight", origin(expand(tensor(weight), index.length).shape, groups, index), number);
  }
}
