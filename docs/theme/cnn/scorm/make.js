/** Makes an assignment's package from the site's own files, as lesson.homework.package does. */

import { fnv1a } from "../core/homework-net.js";
import { zip } from "../homework/archive.js";

const bytes = (text) => new TextEncoder().encode(text);

/** The text that tells packages apart. */
const identifier = (text) => fnv1a(bytes(text)).toString(16).padStart(8, "0");

async function got(name) {
  const answer = await fetch(new URL(name, import.meta.url));
  if (!answer.ok) throw new TypeError(`${answer.status}`);
  return answer;
}

/** The package of an assignment, made as the list `name` says; a TypeError where a file cannot be fetched. */
export async function packageOf(text, name) {
  const { texts, files } = await (await got(name)).json();
  const own = Object.entries(texts).map(([place, source]) =>
    [place, bytes(source.replaceAll("{assignment}", text).replaceAll("{identifier}", identifier(text)))]);
  const others = await Promise.all(Object.entries(files).map(async ([place, file]) =>
    [place, new Uint8Array(await (await got(file)).arrayBuffer())]));
  return zip([...own, ...others]);
}
