/** Reads a shape as a person types it, substitution by substitution as lesson.homework.reading. No DOM. */

const BEFORE = [
  [/[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200d\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]+/g, " "],
  [/[ㅌ×✕✖⨯∗ㆍ・·⋅‧∙•]/g, "x"],
  [/、/g, ","],
  [/。/g, "."],
  [/[−–—]/g, "-"],
];
const AFTER = [
  [/[-=]+>|⇒|➔|➜/g, "→"],
  [/^.*→(?=.*[0-9])/g, " "],
  [/[a-z_가-힣]+[0-9]* ?[=:] ?(?=[-+0-9({t]|\[)/g, " "],
  [/^.*=(?=.*[0-9])/g, " "],
  [/(?<=[0-9)}]|\])\.? ?(?:입니다|이다|임|이에요|예요)/g, " "],
  [/(?<=[0-9]) ?(?:개|장|칸|채널|픽셀|px)(?![a-z])/g, " "],
  [/(?:conv|fc|pool|relu|linear)[0-9]d?(?![a-z0-9])/g, " "],
];
const UNSURE = /about|approx|maybe|(?<![a-z])or(?![a-z])|not|[~?<]|약|대략|아마|또는|아니|정도|쯤/;
const GROUP = /[([{]([^()[\]{}]*)[)\]}]/g;
const PLAIN = [
  [/[()[\]{}]/g, " "],
  [/(?<=[0-9.]) ?[x*/|] ?(?=[-+0-9.])/g, " "],
  [/(?<=[0-9])-(?=[0-9])/g, " "],
  [/(?<![0-9a-z_.가-힣])[a-z_.가-힣]*[a-z_가-힣](?![0-9a-z_가-힣])/g, " "],
  [/[,;!"'`:]/g, " "],
  [/(?<![0-9])\.(?![0-9])/g, " "],
];
const THOUSANDS = /(?<=[0-9]),(?=[0-9]{3}(?![0-9]))/g;
const NUMBER = /^[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)$/;

const replaced = (text, pairs) => pairs.reduce((said, [pattern, mark]) => said.replace(pattern, mark), text);

/** What stands in the only brackets, if no number stands outside of them. */
function group(said) {
  const groups = [...said.matchAll(GROUP)];
  return groups.length === 1 && !/[0-9]/.test(said.replace(GROUP, " ")) ? groups[0][1] : said;
}

function numbersIn(said) {
  const tokens = replaced(said, PLAIN).split(" ").filter(Boolean);
  return tokens.every((token) => NUMBER.test(token)) ? tokens.map(Number) : [];
}

/** What a typed shape can mean, likeliest first: a comma may stand between numbers or inside one. */
export function readings(text) {
  const plain = replaced(replaced(text, BEFORE).normalize("NFKC").toLowerCase(), BEFORE.slice(0, 1));
  if (UNSURE.test(plain)) return [];
  const said = group(replaced(plain, AFTER));
  const found = [said, said.replace(THOUSANDS, "")].map(numbersIn).filter((numbers) => numbers.length);
  return found.length > 1 && String(found[0]) === String(found[1]) ? found.slice(0, 1) : found;
}
