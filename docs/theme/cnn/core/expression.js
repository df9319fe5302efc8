/** Arithmetic with names, `floor((H + 2 * P - K) / S) + 1`: its value, and its text. No DOM. */

const TOKEN = /\s*([A-Za-z]\w*|\d+|[-+*/()])/gy;
const SIGNS = { "*": "·", "-": "−" };

/** The value of an expression; each name is a number of `known`, and `floor(…)` rounds down. */
export function evaluate(expression, known) {
  const tokens = [...expression.matchAll(TOKEN)].map(([, token]) => token);
  let at = 0;
  const factor = () => {
    const token = tokens[at++];
    if (token === "floor") return Math.floor(factor());
    if (token !== "(") return /^\d/.test(token) ? Number(token) : known[token];
    const inside = sum();
    at += 1;
    return inside;
  };
  const term = () => {
    let value = factor();
    while (tokens[at] === "*" || tokens[at] === "/") {
      if (tokens[at++] === "*") value *= factor();
      else value /= factor();
    }
    return value;
  };
  const sum = () => {
    let value = term();
    while (tokens[at] === "+" || tokens[at] === "-") {
      if (tokens[at++] === "+") value += term();
      else value -= term();
    }
    return value;
  };
  return sum();
}

/** An expression in the signs that readers know, with numbers for the names that are known. */
export const written = (expression, known = {}) => expression.replace(/floor\((.*)\)$/, "⌊$1⌋")
  .replace(/[A-Za-z]\w*/g, (name) => known[name] ?? name).replace(/[*-](?= )/g, (sign) => SIGNS[sign]);
