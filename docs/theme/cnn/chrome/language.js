/** The link to the other language leads to the same section, with the figures as they stand. */

export function keepSection(current) {
  const link = document.querySelector(".cnn-language[data-same]");
  const page = link?.href;
  const aim = () => {
    const section = current();
    link.href = page + location.search + (section ? `#${section}` : "");
  };
  for (const moment of ["pointerenter", "pointerdown", "focus", "click"]) link?.addEventListener(moment, aim);
}
