/** Numbers drawn from a seed: the generator that lesson.homework runs too. No DOM. */

/** 32-bit numbers without end.
 * @returns {Generator<number, never>}
 */
export function* mulberry32(state) {
  for (;;) {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    yield (t ^ (t >>> 14)) >>> 0;
  }
}
