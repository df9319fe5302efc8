/**
 * A QR code (ISO/IEC 18004) of a link: bytes, correction level M, versions 1 to 20. No DOM.
 *
 * The data is cut into blocks, each block gets its Reed–Solomon codewords, all are woven together
 * and laid up and down in columns of two; then the mask with the fewest large patches is taken.
 */

/** Level M: correction codewords of a block, and blocks, by version. */
const EC = [10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26];
const BLOCKS = [1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16];

/** Codewords that a version holds, of data and correction together. */
function capacity(version) {
  let modules = (16 * version + 128) * version + 64;
  if (version > 1) {
    const lines = Math.floor(version / 7) + 2;
    modules -= (25 * lines - 10) * lines - 55 + (version > 6 ? 36 : 0);
  }
  return modules >> 3;
}

/** Product in the field of 256 elements over x⁸ + x⁴ + x³ + x² + 1. */
function times(a, b) {
  let found = 0;
  for (let bit = 7; bit >= 0; bit--) {
    found = (found << 1) ^ ((found >> 7) * 0x11d);
    if ((b >> bit) & 1) found ^= a;
  }
  return found;
}

/** The correction codewords of a block: the remainder by (x − 1)(x − 2)(x − 4)…, `degree` factors. */
export function correction(data, degree) {
  const divisor = [...Array(degree - 1).fill(0), 1];
  for (let i = 0, root = 1; i < degree; i++, root = times(root, 2)) {
    for (let j = 0; j < degree; j++) divisor[j] = times(divisor[j], root) ^ (divisor[j + 1] ?? 0);
  }
  const rest = Array(degree).fill(0);
  for (const byte of data) {
    const factor = byte ^ rest.shift();
    rest.push(0);
    divisor.forEach((coefficient, i) => { rest[i] ^= times(coefficient, factor); });
  }
  return rest;
}

function codewords(bytes) {
  const version = EC.findIndex((ec, i) => bytes.length + (i < 9 ? 2 : 3) <= capacity(i + 1) - ec * BLOCKS[i]) + 1;
  if (!version) throw new RangeError("too long for a QR code");
  const room = capacity(version) - EC[version - 1] * BLOCKS[version - 1], bits = [];
  const put = (value, length) => { for (let i = length - 1; i >= 0; i--) bits.push((value >> i) & 1); };
  put(4, 4);                                 // bytes follow
  put(bytes.length, version < 10 ? 8 : 16);
  bytes.forEach((byte) => put(byte, 8));
  put(0, 4);                                 // the end
  const data = [];
  for (let i = 0; i < bits.length; i += 8) data.push(parseInt(bits.slice(i, i + 8).join(""), 2));
  for (let pad = 0xec; data.length < room; pad ^= 0xec ^ 0x11) data.push(pad);
  return { version, data };
}

/** The blocks woven together: first all the data, then all the correction. */
function woven({ version, data }) {
  const count = BLOCKS[version - 1], ec = EC[version - 1], short = Math.floor(data.length / count);
  const long = data.length % count, blocks = [];
  for (let i = 0, at = 0; i < count; i++) {
    const length = short + (i >= count - long ? 1 : 0);
    blocks.push(data.slice(at, at + length));
    at += length;
  }
  const checks = blocks.map((block) => correction(block, ec)), found = [];
  for (const parts of [blocks, checks]) {
    for (let i = 0; i < Math.max(...parts.map((part) => part.length)); i++) {
      for (const part of parts) if (i < part.length) found.push(part[i]);
    }
  }
  return found;
}

const remainder = (value, divisor, length) => {
  let rest = value;
  for (let i = 0; i < length; i++) rest = (rest << 1) ^ ((rest >> (length - 1)) * divisor);
  return rest;
};

const MASKS = [(r, c) => (r + c) % 2, (r) => r % 2, (r, c) => c % 3, (r, c) => (r + c) % 3,
  (r, c) => (Math.floor(r / 2) + Math.floor(c / 3)) % 2, (r, c) => ((r * c) % 2) + ((r * c) % 3),
  (r, c) => (((r * c) % 2) + ((r * c) % 3)) % 2, (r, c) => (((r + c) % 2) + ((r * c) % 3)) % 2];

class Grid {
  constructor(version) {
    this.version = version;
    this.size = 4 * version + 17;
    this.dark = Array.from({ length: this.size }, () => Array(this.size).fill(false));
    this.fixed = Array.from({ length: this.size }, () => Array(this.size).fill(false));
  }

  set(row, column, dark) {
    if (this.dark[row]?.[column] === undefined) return;
    this.dark[row][column] = Boolean(dark);
    this.fixed[row][column] = true;
  }

  /** Finders, timing, alignment, version; the places of the format are kept free. */
  draw() {
    const { size, version } = this, last = size - 7;
    for (let i = 0; i < size; i++) {
      this.set(6, i, i % 2 === 0);
      this.set(i, 6, i % 2 === 0);
    }
    for (const [row, column] of [[3, 3], [3, size - 4], [size - 4, 3]]) this.#rings(row, column, 4, [2, 4]);
    const count = version > 1 ? Math.floor(version / 7) + 2 : 0, step = Math.ceil((4 * version + 4) / (2 * count - 2)) * 2;
    const places = Array.from({ length: count }, (_, i) => (i ? last - step * (count - 1 - i) : 6));
    for (const row of places) {
      for (const column of places) {
        if (!(row === 6 && column === 6) && !(row === 6 && column === last) && !(row === last && column === 6)) {
          this.#rings(row, column, 2, [1]);
        }
      }
    }
    this.format(0);
    if (version < 7) return;
    const bits = (version << 12) | remainder(version, 0x1f25, 12);
    for (let i = 0; i < 18; i++) {
      const row = size - 11 + (i % 3), column = Math.floor(i / 3);
      this.set(row, column, (bits >> i) & 1);
      this.set(column, row, (bits >> i) & 1);
    }
  }

  #rings(row, column, reach, light) {
    for (let r = -reach; r <= reach; r++) {
      for (let c = -reach; c <= reach; c++) this.set(row + r, column + c, !light.includes(Math.max(Math.abs(r), Math.abs(c))));
    }
  }

  /** Level M and the mask, twice. */
  format(mask) {
    const { size } = this, bits = ((mask << 10) | remainder(mask, 0x537, 10)) ^ 0x5412, bit = (i) => (bits >> i) & 1;
    for (let i = 0; i < 6; i++) this.set(i, 8, bit(i));
    this.set(7, 8, bit(6));
    this.set(8, 8, bit(7));
    this.set(8, 7, bit(8));
    for (let i = 9; i < 15; i++) this.set(8, 14 - i, bit(i));
    for (let i = 0; i < 8; i++) this.set(8, size - 1 - i, bit(i));
    for (let i = 8; i < 15; i++) this.set(size - 15 + i, 8, bit(i));
    this.set(size - 8, 8, true);
  }

  /** Up and down in columns of two, from the right, past the column of the timing. */
  fill(words) {
    let at = 0;
    for (let right = this.size - 1; right > 0; right -= 2) {
      if (right === 6) right = 5;
      for (let i = 0; i < this.size; i++) {
        const row = ((right + 1) & 2) === 0 ? this.size - 1 - i : i;
        for (const column of [right, right - 1]) {
          if (this.fixed[row][column]) continue;
          this.dark[row][column] = Boolean(((words[at >> 3] ?? 0) >> (7 - (at & 7))) & 1);
          at++;
        }
      }
    }
  }

  mask(number) {
    for (let r = 0; r < this.size; r++) {
      for (let c = 0; c < this.size; c++) {
        if (!this.fixed[r][c] && MASKS[number](r, c) === 0) this.dark[r][c] = !this.dark[r][c];
      }
    }
  }

  /** The standard's first, second and fourth rule: long runs, squares of four, imbalance. */
  penalty() {
    const { dark, size } = this, columns = dark.map((_, c) => dark.map((row) => row[c]));
    let total = 0, count = 0;
    for (const line of [...dark, ...columns]) {
      for (const run of line.map(Number).join("").match(/0{5,}|1{5,}/g) ?? []) total += run.length - 2;
    }
    for (let r = 0; r < size; r++) {
      for (let c = 0; c < size; c++) {
        count += dark[r][c];
        if (r && c && dark[r][c] === dark[r - 1][c] && dark[r][c] === dark[r][c - 1] && dark[r][c] === dark[r - 1][c - 1]) total += 3;
      }
    }
    return total + 10 * Math.floor(Math.abs((20 * count) / (size * size) - 10));
  }
}

/** Rows of modules, true where dark, of a text as a QR code. */
export function qrCode(text) {
  const coded = codewords([...new TextEncoder().encode(text)]), grid = new Grid(coded.version), words = woven(coded);
  grid.draw();
  grid.fill(words);
  const tried = MASKS.map((_, number) => {
    grid.mask(number);
    grid.format(number);
    const penalty = grid.penalty();
    grid.mask(number);
    return penalty;
  });
  const best = tried.indexOf(Math.min(...tried));
  grid.mask(best);
  grid.format(best);
  return grid.dark;
}
