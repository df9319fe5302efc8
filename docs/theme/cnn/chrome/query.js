/** Words of Korean and English text, and the forms in which a typed word may stand in a page. */

const WORD = /[\p{Script=Hangul}]+|\d+(?:x\d+)+|\d+(?:\.\d+)?|[a-z_][a-z0-9_]*/gu;
const HANGUL = /^\p{Script=Hangul}/u;

// What follows a noun, the longest first: particles, and the endings of "to do" and "to be".
const ENDINGS = ("으로부터 이라는 이라고 인가요 일까요 할까요 하나요 되나요 이에요 합니다 됩니다 입니다 했는데 하려면 "
  + "에서는 에서도 에서의 에게서 으로는 이란 라는 라고 예요 에서 에는 에도 에게 으로 까지 부터 처럼 보다 마다 이나 이며 이고 "
  + "시키기 시키는 하고 하는 하기 하면 해서 했을 되는 되면 된다 한다 로는 로의 과의 와의 들이 들을 들은 들의 "
  + "을 를 은 는 이 가 의 에 로 와 과 도 만 란 나 들 할 한 된 될 함 됨").split(" ");

// Words that say that something is asked, not what.
const ASKING = new Set(("어떻게 무엇 무엇을 무엇이 뭐 뭔가요 뭐예요 뭔지 왜 이유 방법 방법은 언제 어디 어디서 어느 몇 얼마 얼마나 뜻 뜻은 의미 정의 설명 "
  + "하나요 되나요 인가요 있나요 있는 있을까 하는 하는지 되는지 될까 할까 때 것 수 차이 차이점 법 안 그 이 대해 대한 "
  + "a an the of is are be do does did what which why how when where who i it its my you we to in on at for from and or "
  + "not with by as can may should must between there this that has have").split(" "));

export const isHangul = (word) => HANGUL.test(word);
export const onlyAsks = (word) => ASKING.has(word) || ENDINGS.includes(word);

/** Text in the one form in which it is compared. */
export const plain = (text) => text.normalize("NFKC").toLowerCase().replace(/°/g, "도")
  .replace(/(\d)\s*[×*·]\s*(?=\d)/g, "$1x");

/** The words of a text, in order; names with underscores also in their parts. */
export function words(text) {
  return (plain(text).match(WORD) ?? []).flatMap((word) => {
    const parts = word.split("_").filter(Boolean);
    return parts.length > 1 ? [word, ...parts] : [word];
  });
}

/** A word without its endings, as far as one can tell without a dictionary; the word first. */
export function forms(word) {
  if (!isHangul(word)) {
    const bare = word.replace(/(?:'s|es|s|ing|ed)$/, "");
    const short = word.replace(/s$/, "");
    return [...new Set([word, ...[short, bare].filter((form) => form.length > 2)])];
  }
  const found = [word];
  for (let rest = word; ;) {
    const ending = ENDINGS.find((each) => rest.length > each.length && rest.endsWith(each));
    if (!ending) return found;
    rest = rest.slice(0, -ending.length);
    found.push(rest);
  }
}

/** Whether two words differ by one letter; Hangul is compared letter by letter, not by syllable. */
export function almost(a, b) {
  const [x, y] = [a, b].map((word) => word.normalize("NFD"));
  if (Math.min(x.length, y.length) < 5 || Math.abs(x.length - y.length) > 1) return false;
  let start = 0, end = 0;
  while (start < x.length && x[start] === y[start]) start++;
  while (end < x.length - start && end < y.length - start && x.at(-1 - end) === y.at(-1 - end)) end++;
  return Math.max(x.length, y.length) - start - end <= 1;
}
