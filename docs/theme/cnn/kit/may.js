import { tensor } from "../core/tensor.js";

/** What a reader's change may be, so that a link made by hand cannot break a page. */
export const may = {
  whole: (least, most) => (value) => Number.isInteger(value) && value >= least && value <= most,
  axes: (least, most) => (value) => [].concat(value).length <= 4
    && [].concat(value).every(may.whole(least, most)),
  place: (axes, most) => (value) => Array.isArray(value) && value.length === axes
    && value.every(may.whole(0, most)),
  word: (...words) => (value) => words.includes(value),
  flag: (value) => typeof value === "boolean",
  grid: (axes, most = 4096) => (value) => {
    const read = Array.isArray(value) ? tensor(value) : null;
    return Boolean(read) && read.shape.length <= axes && read.data.length > 0
      && read.data.length <= most && read.data.every((number) => Math.abs(number) <= 1e6);
  },
  text: (most) => (value) => typeof value === "string" && value.length <= most,
  none: (test) => (value) => value === null || test(value),
};
