/**
 * Finds the sections that a query asks for. Sections and the names of the course's terms come from
 * the index that the site's builder writes; words are compared in the forms that query.js knows.
 *
 * A query becomes units: a term under any of its names (맥스풀링, 최대 풀링, max pooling), or a word.
 * A section's score is what each unit finds in heading, title and text, by how rare it is; a section
 * that has most of the units stands, and lessons weigh more than reference.
 */

import { vocabularyOf } from "./vocabulary.js";
import { forms, onlyAsks, plain, words } from "./query.js";

const IN_TEXT = 1, IN_HEADING = 1.7, IN_TITLE = 0.6, SYNONYM = 0.9, PHRASE = 1.3, HOME = 1.1, PART = 0.4;
const LONGEST_TERM = 5, LEAST = 0.5, A_PAGE = 3;

const compact = (text) => words(text).join("");

export class Index {
  constructor({ pages, sections, terms, homes = {}, asked = {} }) {
    this.pages = pages;
    this.sections = sections.map(([page, anchor, heading, text]) => {
      const questions = asked[pages[page].url + (anchor && `#${anchor}`)] ?? [];
      return { page: pages[page], anchor, heading, questions, text, top: !anchor,
        inText: compact(text), inHeading: [heading, ...questions].map(compact).join(" ") };
    });
    this.names = new Map();                   // a name without spaces -> all names of its term, as words
    for (const names of terms) {
      const all = names.map(words);
      for (const name of all) this.names.set(name.join(""), all);
    }
    this.vocabulary = vocabularyOf(this.sections);
    this.seen = new Map();                    // word -> its scores: a query is typed letter by letter
    const places = new Map(this.sections.map(({ page, anchor }, number) => [page.url + (anchor && `#${anchor}`), number]));
    this.homes = new Map();                   // a name without spaces -> the section that explains it
    for (const [name, url] of Object.entries(homes)) {
      const home = places.get(url) ?? places.get(url.split("#")[0]);
      for (const same of this.names.get(compact(name)) ?? []) this.homes.set(same.join(""), home);
    }
  }

  /** The best sections, at most three of a page: where, under which heading, and the words around. */
  find(query, most = 12) {
    const units = this.#units(words(query.slice(0, 400)).slice(0, 24));
    const counted = units.filter(({ asks }) => !asks);
    const wanted = counted.length ? counted : units;
    const scores = new Map();
    let total = 0;                            // words that stand nowhere do not count
    for (const unit of wanted) {
      const own = this.#score(unit);
      if (own.size) total += unit.weight;
      for (const [section, score] of own) {
        const sum = scores.get(section) ?? { score: 0, has: 0 };
        scores.set(section, { score: sum.score + unit.weight * score, has: sum.has + unit.weight });
      }
    }
    const asked = compact(query);
    const found = [...scores].filter(([, { has }]) => has >= LEAST * total)
      .map(([number, { score, has }]) => {
        const section = this.sections[number];
        const whole = wanted.length > 1 && section.inHeading.includes(asked) ? PHRASE : 1;
        return { section, score: score * (has / total) ** 1.5 * whole * section.page.weight };
      })
      .sort((a, b) => b.score - a.score);
    return fewOfEach(found).slice(0, most).map(({ section }) => this.#shown(section, wanted));
  }

  /** The query's words as units, each the ways in which it may be said. */
  #units(typed) {
    const pieces = typed.flatMap((word) => this.vocabulary.split(word, (name) => this.names.has(name)));
    const units = [];
    for (let at = 0; at < pieces.length;) {
      const { names, name, length } = this.#termAt(pieces, at);
      const said = pieces.slice(at, at + length);
      /** @type {{said: string[], name?: string, worth: number}[]} */
      const ways = [{ said, name, worth: 1 }];
      for (const name of names) ways.push({ said: name, worth: SYNONYM });
      units.push({ ways, weight: Math.sqrt(length), asks: length === 1 && !names.length && onlyAsks(said[0]) });
      at += length;
    }
    return units;
  }

  /** The longest term whose name begins here, whatever ending its last word has. */
  #termAt(pieces, at) {
    for (let length = Math.min(LONGEST_TERM, pieces.length - at); length > 0; length--) {
      const before = pieces.slice(at, at + length - 1).join("");
      for (const form of forms(pieces[at + length - 1])) {
        const names = this.names.get(before + form);
        if (names) return { names, name: before + form, length };
      }
    }
    return { names: [], length: 1 };
  }

  /** Section -> score of a unit: the best of its ways; a part of a way's words is worth little. */
  #score({ ways }) {
    const best = new Map();
    for (const { said, worth } of ways) {
      const scores = said.map((word) => this.#word(word));
      for (const section of new Set(scores.flatMap((each) => [...each.keys()]))) {
        const met = scores.map((each) => each.get(section)).filter(Boolean);
        const { inText, inHeading } = this.sections[section];
        const together = said.length > 1 && (inHeading + inText).includes(said.join("")) ? PHRASE : 1;
        const whole = met.length === said.length ? together : PART * Number(ways[0].said === said);
        const own = worth * whole * met.reduce((sum, score) => sum + score, 0) / said.length;
        if (own > (best.get(section) ?? 0)) best.set(section, own);
      }
    }
    const home = this.homes.get(ways[0].name);
    if (home !== undefined) best.set(home, HOME * Math.max(...best.values(), 0));
    return best;
  }

  /** Section -> score of one word. */
  #word(word) {
    if (!this.seen.has(word)) this.seen.set(word, this.#look(word));
    return this.seen.get(word);
  }

  #look(word) {
    const near = new Map();                   // section -> the best place of a word like it
    for (const [places, likeness] of this.vocabulary.like(word)) {
      for (const [section, { text, heading, title }] of places) {
        const value = likeness * (IN_TEXT * text / (text + 1.2) + IN_HEADING * heading + IN_TITLE * title);
        if (value > (near.get(section) ?? 0)) near.set(section, value);
      }
    }
    const rare = Math.log(1 + (this.sections.length - near.size + 0.5) / (near.size + 0.5));
    for (const [section, value] of near) near.set(section, value * rare);
    return near;
  }

  #shown({ page, anchor, heading, text }, units) {
    const sought = units.flatMap(({ ways }) => ways.flatMap(({ said }) => said.map((word) => forms(word).at(-1))));
    return { url: page.url + (anchor && `#${anchor}`), page: page.title, heading, excerpt: excerpt(text, sought) };
  }
}

function fewOfEach(found) {
  const shown = new Map();
  return found.filter(({ section: { page } }) => {
    shown.set(page, (shown.get(page) ?? 0) + 1);
    return shown.get(page) <= A_PAGE;
  });
}

/** A piece of the text around the first word that was sought, as [text, whether it was] pairs. */
export function excerpt(text, sought, length = 110) {
  const lower = plain(text).length === text.length ? plain(text) : text.toLowerCase();
  const marks = [];
  for (const word of new Set(sought.filter((each) => each.length > 1))) {
    for (let at = lower.indexOf(word); at >= 0; at = lower.indexOf(word, at + word.length)) {
      const [rest] = /[a-z]$/.test(word) ? /^[a-z]*/.exec(lower.slice(at + word.length)) : [""];
      marks.push([at, at + word.length + rest.length]);  // a stem is found, its word is marked
    }
  }
  marks.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
  const start = Math.max(0, (marks[0]?.[0] ?? 0) - 30);
  const begin = start && text.indexOf(" ", start) + 1;
  const end = Math.min(text.length, begin + length);
  const parts = begin ? [["… ", false]] : [];
  let at = begin;
  for (const [from, to] of marks) {
    if (from < at || to > end) continue;
    parts.push([text.slice(at, from), false], [text.slice(from, to), true]);
    at = to;
  }
  return [...parts, [text.slice(at, end), false], [end < text.length ? " …" : "", false]].filter(([each]) => each);
}
