/** Colours of code that a reader writes: the classes of Pygments, for the words that matter most. */

import { h } from "../kit/dom.js";

/** @type {[string, RegExp][]} */
const TOKENS = [
  ["c1", /#.*/],
  ["s2", /[rbf]{0,2}("""[^]*?("""|$)|'''[^]*?('''|$)|"(\\.|[^"\\\n])*"?|'(\\.|[^'\\\n])*'?)/],
  ["mi", /\b\d[\w.]*/],
  ["k", /\b(and|as|assert|break|class|continue|def|del|elif|else|except|finally|for|from|global|if|import|in|is|lambda|nonlocal|not|or|pass|raise|return|try|while|with|yield|None|True|False)\b/],
  ["nb", /\b(abs|all|any|bool|dict|enumerate|float|int|len|list|max|min|print|range|repr|reversed|round|set|sorted|str|sum|tuple|type|zip)\b/],
];
const ANY = new RegExp(TOKENS.map(([name, { source }]) => `(?<${name}>${source})`).join("|"), "g");

/** The code as nodes: what has a class in a span, all else as text. */
export function coloured(code) {
  const nodes = [];
  let end = 0;
  for (const found of code.matchAll(ANY)) {
    const [name] = Object.entries(found.groups).find(([, text]) => text !== undefined);
    nodes.push(code.slice(end, found.index), h("span", { class: name }, found[0]));
    end = found.index + found[0].length;
  }
  return [...nodes, code.slice(end)];
}
