/** What a sheet says, as the page that is handed in lays it out. */

import { shapeText } from "../core/homework-net.js";
import { SEEN } from "./question.js";

/** {title, facts, network, steps, cut} of a worksheet at a date. */
export function outlineOf({ words, name, number, network, questions }, date) {
  return {
    title: words.title,
    facts: [`${words.name}: ${name || "□"}    ${words.number}: ${number || "□"}    ${words.date}: ${date}`],
    network: [`${words.input} ${shapeText([network.batch, network.channels, network.size, network.size])}`,
      questions.map(({ step }) => `${step.layer.name}: ${step.code}`).join("  →  ")],
    steps: questions.map((question) => line(question, words)),
    cut: words.cut,
  };
}

function line(question, words) {
  const { reply, working, blanks, hints, state } = question.written(), values = blanks.split(" | ");
  const legend = [...question.item.querySelectorAll("fieldset b")].map((node) => node.textContent);
  const said = words.states[state] ?? words.states[reply.trim() ? "unchecked" : "empty"];
  const help = words.hints.replace("{n}", Math.min(3, hints)) + (hints === SEEN ? `, ${words.seen}` : "");
  return {
    heading: `${question.i + 1}. ${question.title}   ${question.step.code}`,
    formula: legend.map((text, n) => text + (n < values.length ? values[n] || "□" : "")).join(""),
    working,
    result: `torch.Size: ${reply.trim() || "□"}   [${said}, ${help}]`,
  };
}
