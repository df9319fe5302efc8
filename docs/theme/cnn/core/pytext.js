/** Reads the little Python that a model is written in: expressions, calls, assignments. No DOM. */

/** Text that could not be read: `key` names the reason among the page's words, `detail` the words at fault. */
export class Unreadable extends Error {
  constructor(key, detail = "") {
    super(`${key}: ${detail}`);
    this.key = key;
    this.detail = detail;
  }
}

const TOKEN = /\s*(?:(\d+\.?\d*(?:e[+-]?\d+)?)|([A-Za-z_]\w*)|("[^"]*"|'[^']*')|(\*\*|\/\/|[-+*/%()[\]{},.:=]))/y;

function tokenize(text) {
  const tokens = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const from = TOKEN.lastIndex;
    if (/^\s*$/.test(text.slice(from))) break;
    const match = TOKEN.exec(text);
    if (!match) throw new Unreadable("syntax", text.slice(from).trim().slice(0, 40));
    const [, number, name, string, mark] = match;
    tokens.push(number ? { number: Number(number) } : name ? { name }
      : string ? { string: string.slice(1, -1) } : { mark });
  }
  return tokens;
}

const BINDS = { "+": 1, "-": 1, "*": 2, "/": 2, "//": 2, "%": 2, "**": 3 };

const DEEPEST = 200;                           // brackets inside each other

/** One Python expression -> a tree of {number|string|name|items|attr|call|op}. */
export function parseExpression(text) {
  const tokens = tokenize(text);
  let at = 0, depth = 0;
  const peek = (mark) => tokens[at]?.mark === mark;
  const take = (mark) => peek(mark) && Boolean(++at);
  const fail = () => { throw new Unreadable("syntax", text.trim().slice(0, 60)); };

  function list(close) {
    const items = [];
    while (!take(close)) {
      const key = tokens[at]?.name && tokens[at + 1]?.mark === "=" && tokens[at].name;
      if (key) at += 2;
      const star = take("*");
      const item = inner(0);
      if (take(":")) inner(0);
      items.push(key ? { key, value: item } : star ? { star: item } : item);
      if (!take(",") && !peek(close)) fail();
    }
    return items;
  }
  /** An expression inside a bracket or after a sign; too many inside each other are refused. */
  function inner(level) {
    if (++depth > DEEPEST) throw new Unreadable("syntax", text.trim().slice(0, 60));
    const node = binary(level);
    depth -= 1;
    return node;
  }
  function atom() {
    const token = tokens[at++] ?? fail();
    if (token.mark === "-") return { op: "-", left: { number: 0 }, right: inner(2) };
    if (token.mark === "[") return { items: list("]") };
    if (token.mark === "(") {
      const items = list(")");
      return items.length === 1 && tokens[at - 2].mark !== "," ? items[0] : { items };
    }
    return token.mark ? fail() : token;
  }
  function trailed() {
    let node = atom();
    for (;;) {
      if (take(".")) node = { attr: tokens[at++]?.name ?? fail(), of: node };
      else if (take("(")) node = { call: node, args: list(")") };
      else if (take("[")) node = { index: list("]")[0] ?? fail(), of: node };
      else return node;
    }
  }
  function binary(level) {
    let left = trailed();
    for (;;) {
      const op = tokens[at]?.mark, binds = BINDS[op];
      if (!binds || binds <= level) return left;
      at++;
      left = { op, left, right: inner(op === "**" ? binds - 1 : binds) };
    }
  }
  const tree = binary(0);
  take(",");
  return at === tokens.length ? tree : fail();
}

/** Logical lines: comments and docstrings gone, brackets joined, {indent, text}. */
export function logicalLines(source) {
  const plain = source.replace(/("""|''')[\s\S]*?\1/g, "").replace(/\r/g, "").replace(/\t/g, "    ");
  const lines = [];
  let open = 0, text = "", indent = 0;
  for (const raw of plain.split("\n")) {
    const line = raw.replace(/#.*$/, "");
    if (!open) indent = line.search(/\S/);
    text += (open ? " " : "") + line.trim();
    open += (line.match(/[([{]/g) ?? []).length - (line.match(/[)\]}]/g) ?? []).length;
    if (open <= 0) {
      if (text) lines.push({ indent, text });
      [open, text] = [0, ""];
    }
  }
  if (text) throw new Unreadable("unclosed", text.slice(0, 60));
  return lines;
}

/** The dotted name of a call's function: `torch.nn.Conv2d` -> ["torch", "nn", "Conv2d"]. */
export function dotted(node) {
  if (node.name) return [node.name];
  return node.attr ? [...(dotted(node.of) ?? ["?"]), node.attr] : null;
}

/** What is left over, with the sign of the divisor, as Python has it. */
function modulo(a, b) {
  const rest = a % b;
  return rest && (rest < 0) !== (b < 0) ? rest + b : rest;
}

const CONSTANTS = { True: true, False: false, None: null };
const OPERATORS = {
  "+": (a, b) => a + b, "-": (a, b) => a - b, "*": (a, b) => a * b, "/": (a, b) => a / b,
  "//": (a, b) => Math.round((a - modulo(a, b)) / b), "%": modulo, "**": (a, b) => a ** b,
};

/** The value of a tree of numbers, strings, tuples and known names. */
export function evaluate(node, names = new Map()) {
  if ("number" in node) return node.number;
  if ("string" in node) return node.string;
  if (node.items) return node.items.map((item) => evaluate(item, names));
  if (node.op) return OPERATORS[node.op](evaluate(node.left, names), evaluate(node.right, names));
  const name = dotted(node)?.join(".");
  if (name && Object.hasOwn(CONSTANTS, name)) return CONSTANTS[name];
  if (name && names.has(name)) return names.get(name);
  throw new Unreadable("value", name ?? "");
}
