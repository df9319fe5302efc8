/** The switch between the light and the dark scheme; the page's first script reads what was chosen. */

const PLACE = "cnn:scheme";
const NAMES = { light: "default", dark: "slate" };

const wear = (scheme) => { document.body.dataset.mdColorScheme = NAMES[scheme]; };

const chosen = () => {
  try {
    return localStorage.getItem(PLACE);
  } catch {
    return null;
  }
};

export function offerSchemes() {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  document.querySelector(".cnn-scheme")?.addEventListener("click", () => {
    const next = document.body.dataset.mdColorScheme === NAMES.dark ? "light" : "dark";
    wear(next);
    try {
      localStorage.setItem(PLACE, next);
    } catch { /* the choice holds for this page */ }
  });
  dark.addEventListener("change", () => {
    if (!chosen()) wear(dark.matches ? "dark" : "light");
  });
  addEventListener("storage", ({ key, newValue }) => {            // chosen in another tab
    if (key === PLACE && newValue in NAMES) wear(newValue);
  });
}
