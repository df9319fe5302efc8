/** Every word of the index and where it stands; which words are like a typed one. */

import { almost, forms, isHangul, words } from "./query.js";

/** Where a word stands: how often in a section's text, how much of its heading and of its title it is. */
const nowhere = () => ({ text: 0, heading: 0, title: 0 });

export function vocabularyOf(sections) {
  const places = new Map();                   // word -> section number -> where
  const put = (word, section, field, worth) => {
    if (!places.has(word)) places.set(word, new Map());
    const of = places.get(word);
    if (!of.has(section)) of.set(section, nowhere());
    of.get(section)[field] += worth;
  };
  sections.forEach(({ page, heading, questions, text, top }, number) => {
    for (const word of words(text)) for (const form of forms(word)) put(form, number, "text", 1);
    const fields = [["heading", words(heading)], ["title", words(page.title)]];
    if (top) fields.push(["heading", words(page.title)]);
    for (const asked of questions) fields.push(["heading", words(asked)]);
    for (const [field, found] of fields) {
      for (const word of new Set(found)) {
        for (const form of forms(word)) put(form, number, field, 1 / Math.sqrt(found.length));
      }
    }
  });
  return new Vocabulary(places);
}

class Vocabulary {
  #places;
  #words;

  constructor(places) {
    this.#places = places;
    this.#words = [...places.keys()];
  }

  /** [places, likeness] of every word that is the typed one, begins with it, has it inside, or nearly is it. */
  like(typed) {
    const found = [];
    forms(typed).forEach((form, ending) => {
      const worth = ending ? 0.95 : 1;
      const least = isHangul(form) ? 2 : 3;
      for (const word of this.#words) {
        const likeness = this.#likeness(word, form, form.length >= least);
        if (likeness) found.push([this.#places.get(word), worth * likeness]);
      }
    });
    if (!found.length) {
      for (const word of this.#words) if (almost(word, typed)) found.push([this.#places.get(word), 0.6]);
    }
    // A verb whose ending is not known: what it begins with.
    return found.length || !isHangul(typed) || typed.length < 3 ? found : this.like(typed.slice(0, -1));
  }

  #likeness(word, form, partly) {
    if (word === form) return 1;
    if (!partly || !word.includes(form)) return 0;
    const share = Math.sqrt(form.length / word.length);
    if (word.startsWith(form)) return 0.85 * share;
    return isHangul(form) ? 0.6 * share : 0;
  }

  /** A word written without spaces, in the words that are known; the word itself where it is known. */
  split(word, isName) {
    const known = (piece) => isName(piece) || this.#places.has(piece);
    if (!isHangul(word) || forms(word).some(known)) return [word];
    const best = [[]];                         // the fewest pieces that make up the first n syllables
    for (let end = 1; end <= word.length; end++) {
      for (let start = 0; start < end; start++) {
        const piece = word.slice(start, end);
        const fits = piece.length > 1 && (known(piece) || (end === word.length && forms(piece).some(known)));
        if (best[start] && fits && !(best[end]?.length <= best[start].length + 1)) best[end] = [...best[start], piece];
      }
    }
    return best[word.length] ?? [word];
  }
}
