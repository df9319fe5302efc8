/** The switch between the light and the dark scheme; the page's first script reads what was chosen. */

import { choose, chosen, whenChosenElsewhere } from "../kit/setting.js";

const NAMES = { light: "default", dark: "slate" };

const wear = (scheme) => { document.body.dataset.mdColorScheme = NAMES[scheme]; };

export function offerSchemes() {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  document.querySelector(".cnn-scheme")?.addEventListener("click", () => {
    const next = document.body.dataset.mdColorScheme === NAMES.dark ? "light" : "dark";
    wear(next);
    choose("scheme", next);
  });
  dark.addEventListener("change", () => {
    if (!chosen("scheme")) wear(dark.matches ? "dark" : "light");
  });
  whenChosenElsewhere("scheme", (scheme) => {
    if (scheme in NAMES) wear(scheme);
  });
}
