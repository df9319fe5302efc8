/** The files of a class as [name, bytes or the reason that there are none]; reads what lesson.homework.archive reads. */

import { LARGEST, Unusable } from "./handin.js";

const MOST_FILES = 5000, LARGEST_ARCHIVE = 256 * 2 ** 20;

const hiddenFile = (name) => name.startsWith("__MACOSX/") || name.split("/").some((part) => part.startsWith("."));

const bytesOf = async (file, most) => new Uint8Array(await file.slice(0, most + 1).arrayBuffer());

/** The entries of one chosen or dropped file. */
export async function entriesOf(file, name) {
  if (hiddenFile(name)) return [];
  const archive = /\.zip$/i.test(name);
  if (!archive && !/\.json$/i.test(name)) return [[name, new Unusable("suffix")]];
  try {
    const bytes = await bytesOf(file, archive ? LARGEST_ARCHIVE : LARGEST);
    return archive ? unzip(name, bytes) : [[name, bytes]];
  } catch {
    return [[name, new Unusable("closed")]];
  }
}

function numberAt(data, place, length) {
  if (place < 0 || place + length > data.length) throw new RangeError("past the end");
  let value = 0;
  for (let i = length - 1; i >= 0; i--) value = value * 256 + data[place + i];
  return value;
}

/** UTF-8, or the Korean code page that Windows writes without saying so. */
function nameOf(raw, flags) {
  for (const encoding of flags & 0x800 ? ["utf-8"] : ["utf-8", "euc-kr"]) {
    try {
      return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(raw);
    } catch { /* the next one may read it */ }
  }
  return String.fromCharCode(...raw);
}

function endOf(data) {
  for (let at = data.length - 4; at >= Math.max(0, data.length - 65557); at--) {
    if (data[at] === 0x50 && numberAt(data, at, 4) === 0x06054b50) return at;
  }
  throw new RangeError("no end");
}

function directory(data) {
  const end = endOf(data), count = numberAt(data, end + 10, 2), found = [];
  let place = numberAt(data, end + 16, 4);
  for (let i = 0; i < count; i++) {
    if (numberAt(data, place, 4) !== 0x02014b50) throw new RangeError("no entry");
    const at = (offset, length) => numberAt(data, place + offset, length), length = at(28, 2);
    if (place + 46 + length > data.length) throw new RangeError("past the end");
    found.push({ name: nameOf(data.subarray(place + 46, place + 46 + length), at(8, 2)), flags: at(8, 2),
      method: at(10, 2), packed: at(20, 4), start: at(42, 4) });
    place += 46 + length + at(30, 2) + at(32, 2);
  }
  return found;
}

/** The files of a zip archive, each under the archive's name. */
export async function unzip(archive, data) {
  if (data.length > LARGEST_ARCHIVE) return [[archive, new Unusable("large", { most: LARGEST_ARCHIVE })]];
  let listed;
  try {
    listed = directory(data);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return [[archive, new Unusable("broken-zip")]];
  }
  const found = [];
  for (const entry of listed.slice(0, MOST_FILES)) {
    if (entry.name.endsWith("/") || hiddenFile(entry.name)) continue;
    found.push([`${archive}/${entry.name}`, await contentOf(data, entry)]);
  }
  if (listed.length > MOST_FILES) found.push([archive, new Unusable("many", { most: MOST_FILES })]);
  return found;
}

async function contentOf(data, { name, flags, method, packed, start }) {
  if (/\.zip$/i.test(name)) return new Unusable("zip-in-zip");
  if (!/\.json$/i.test(name)) return new Unusable("suffix");
  if (flags & 1) return new Unusable("locked");
  try {
    const first = start + 30 + numberAt(data, start + 26, 2) + numberAt(data, start + 28, 2);
    if (first + packed > data.length) throw new RangeError("past the end");
    const body = data.subarray(first, first + packed);
    if (method === 0) return body.slice(0, LARGEST + 1);
    if (method === 8) return await inflated(body);
  } catch { /* broken, as below */ }
  return new Unusable("broken-entry");
}

/** Unpacks until there is more than a hand-in may be. */
async function inflated(body) {
  const reader = new Blob([body]).stream().pipeThrough(new DecompressionStream("deflate-raw")).getReader();
  const content = new Uint8Array(LARGEST + 1);
  let filled = 0;
  while (filled <= LARGEST) {
    const { done, value } = await reader.read();
    if (done) return content.slice(0, filled);
    const part = value.subarray(0, content.length - filled);
    content.set(part, filled);
    filled += part.length;
  }
  await reader.cancel();
  return content;
}

const TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  for (let bit = 0; bit < 8; bit++) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
  return n;
});

const checksum = (data) => ~data.reduce((sum, byte) => TABLE[(sum ^ byte) & 255] ^ (sum >>> 8), -1) >>> 0;

/** Numbers as a zip holds them, each [value, bytes]. */
const packed = (...numbers) => Uint8Array.from(numbers.flatMap(([value, length]) =>
  Array.from({ length }, (_, i) => Math.floor(value / 256 ** i) % 256)));

const MADE = 0x0314, VERSION = 20, DAY = 0x21, READABLE = 0o600 * 2 ** 16;

/** A zip archive of [name, bytes], in this order, neither packed nor dated: the same bytes everywhere. */
export function zip(files) {
  const parts = [], listed = [];
  let place = 0;
  for (const [name, data] of files) {
    const called = new TextEncoder().encode(name), size = data.length;
    const common = [[VERSION, 2], [0, 2], [0, 2], [0, 2], [DAY, 2], [checksum(data), 4], [size, 4], [size, 4], [called.length, 2], [0, 2]];
    listed.push(packed([0x02014b50, 4], [MADE, 2], ...common, [0, 2], [0, 2], [0, 2], [READABLE, 4], [place, 4]), called);
    parts.push(packed([0x04034b50, 4], ...common), called, data);
    place += 30 + called.length + size;
  }
  const length = listed.reduce((sum, part) => sum + part.length, 0), { length: count } = files;
  const end = packed([0x06054b50, 4], [0, 4], [count, 2], [count, 2], [length, 4], [place, 4], [0, 2]);
  return new Blob([...parts, ...listed, end], { type: "application/zip" });
}
