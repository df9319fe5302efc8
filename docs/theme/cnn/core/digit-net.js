/**
 * The homework's network in the browser: strokes → 20×20 → conv1 → ReLU → conv2 → ReLU → flatten
 * → FC1 → ReLU → FC2. Pure functions on Float32Array; no DOM.
 */

export const SIDE = 20;
const PEN = 2.2;                              // pixels; a typical MNIST stroke in its 20×20 box

/** Where each weight stands in the file: float16 values, one array after another. */
export const LAYOUT = [
  ["conv1.weight", [3, 1, 5, 5]], ["conv1.bias", [3]],
  ["conv2.weight", [10, 3, 5, 5]], ["conv2.bias", [10]],
  ["fc1.weight", [50, 1440]], ["fc1.bias", [50]],
  ["fc2.weight", [10, 50]], ["fc2.bias", [10]],
];

const count = (shape) => shape.reduce((product, size) => product * size, 1);

/** The value of sixteen bits as IEEE 754 half precision. */
function half(bits) {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** ArrayBuffer → { name: Float32Array }; throws when the length is not the network's. */
export function readWeights(buffer) {
  const wanted = 2 * LAYOUT.reduce((sum, [, shape]) => sum + count(shape), 0);
  if (buffer.byteLength !== wanted) {
    throw new RangeError(`weights must be ${wanted} bytes, got ${buffer.byteLength}`);
  }
  const view = new DataView(buffer);
  let at = 0;
  return Object.fromEntries(LAYOUT.map(([name, shape]) => {
    const values = new Float32Array(count(shape));
    for (let i = 0; i < values.length; i += 1, at += 2) values[i] = half(view.getUint16(at, true));
    return [name, values];
  }));
}

/** Valid correlation of (C, n, n) with (O, C, k, k), stride 1, and the bias → (O, m, m). */
export function convolve(x, channels, n, weight, bias, k) {
  const m = n - k + 1;
  const y = new Float32Array(bias.length * m * m);
  for (let o = 0; o < bias.length; o += 1) {
    y.fill(bias[o], o * m * m, (o + 1) * m * m);
    for (let c = 0; c < channels; c += 1) {
      for (let u = 0; u < k; u += 1) {
        for (let v = 0; v < k; v += 1) {
          const tap = weight[((o * channels + c) * k + u) * k + v];
          for (let i = 0; i < m; i += 1) {
            const from = (c * n + i + u) * n + v;
            const to = (o * m + i) * m;
            for (let j = 0; j < m; j += 1) y[to + j] += tap * x[from + j];
          }
        }
      }
    }
  }
  return y;
}

const relu = (x) => x.map((value) => Math.max(value, 0));

function linear(x, weight, bias) {
  return bias.map((start, o) => {
    let sum = start;
    for (let i = 0, at = o * x.length; i < x.length; i += 1, at += 1) sum += weight[at] * x[i];
    return sum;
  });
}

/** Every stage for one (20, 20) image in [0, 1], by name. */
export function forward(input, w) {
  const conv1 = convolve(input, 1, 20, w["conv1.weight"], w["conv1.bias"], 5);   // (3, 16, 16)
  const relu1 = relu(conv1);
  const conv2 = convolve(relu1, 3, 16, w["conv2.weight"], w["conv2.bias"], 5);   // (10, 12, 12)
  const relu2 = relu(conv2);                                                     // flat: (1440)
  const fc1 = linear(relu2, w["fc1.weight"], w["fc1.bias"]);                     // (50)
  const relu3 = relu(fc1);
  const scores = linear(relu3, w["fc2.weight"], w["fc2.bias"]);                  // (10)
  return { input, conv1, relu1, conv2, relu2, fc1, relu3, scores };
}

/** Scores → shares that add up to one. */
export function softmax(scores) {
  const largest = Math.max(...scores);
  const powers = Array.from(scores, (score) => Math.exp(score - largest));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}

/** Distance from (x, y) to the segment from a to b. */
function distance(x, y, [ax, ay], [bx, by]) {
  const dx = bx - ax;
  const dy = by - ay;
  const length = dx * dx + dy * dy;
  const t = length && Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / length));
  return Math.hypot(x - ax - t * dx, y - ay - t * dy);
}

/**
 * Strokes (lists of [x, y] in any unit) → (20, 20) ink in [0, 1], scaled as MNIST was: the longer
 * side fills the box and the shorter one is centred. The pen keeps its width whatever the scale.
 */
export function rasterise(strokes) {
  const image = new Float32Array(SIDE * SIDE);
  const points = strokes.flat();
  if (!points.length) return image;
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const scale = (SIDE - PEN) / Math.max(right - left, bottom - top, 1e-9);
  const place = ([x, y]) => [
    (x - (left + right) / 2) * scale + SIDE / 2, (y - (top + bottom) / 2) * scale + SIDE / 2];
  for (const stroke of strokes) {
    const placed = stroke.map(place);
    for (let i = 0; i < placed.length; i += 1) {
      ink(image, placed[Math.max(i - 1, 0)], placed[i]);
    }
  }
  return image;
}

/** Darken the cells near one segment: full under the pen, fading over one pixel at its edge. */
function ink(image, a, b) {
  const reach = PEN / 2 + 1;
  const first = (p, q) => Math.max(0, Math.floor(Math.min(p, q) - reach));
  const last = (p, q) => Math.min(SIDE - 1, Math.ceil(Math.max(p, q) + reach));
  for (let row = first(a[1], b[1]); row <= last(a[1], b[1]); row += 1) {
    for (let column = first(a[0], b[0]); column <= last(a[0], b[0]); column += 1) {
      const away = distance(column + 0.5, row + 0.5, a, b);
      const cover = Math.min(1, Math.max(0, PEN / 2 + 0.5 - away));
      image[row * SIDE + column] = Math.max(image[row * SIDE + column], cover);
    }
  }
}
