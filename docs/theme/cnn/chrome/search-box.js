/** The field of the search: shown and hidden on a phone, and given its script when it is first used. */

export function offerSearch() {
  const search = document.querySelector(".cnn-search");
  if (!search) return;
  const field = search.querySelector("input");
  const opener = search.querySelector(".cnn-search__open");
  const found = search.querySelector(".cnn-search__found");

  const open = () => {
    search.classList.add("cnn-search--open");
    opener.setAttribute("aria-expanded", "true");
    field.focus();
  };
  const close = () => {
    search.classList.remove("cnn-search--open");
    opener.setAttribute("aria-expanded", "false");
    found.hidden = true;
  };
  let entered = false;                      // Enter may come before the script that answers it
  const early = (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    entered = true;
  };
  const start = () => {
    field.removeEventListener("focus", start);
    import("./search.js").then(({ Search }) => {
      field.removeEventListener("keydown", early);
      new Search(search).start(entered);
    }, () => field.addEventListener("focus", start));          // asked again with the next focus
  };

  field.addEventListener("focus", start);
  field.addEventListener("keydown", early);
  opener.addEventListener("click", open);
  search.querySelector(".cnn-search__close").addEventListener("click", () => {
    close();
    opener.focus();
  });
  search.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    close();
    (opener.checkVisibility() ? opener : field).focus();
  });
  search.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget && !search.contains(relatedTarget)) close();
  });
  document.addEventListener("pointerdown", ({ target }) => {
    if (!search.contains(target)) close();
  });
  document.addEventListener("keydown", (event) => {
    const writes = /** @type {Element} */ (event.target).closest?.("input, textarea, select, [contenteditable]");
    const asks = (event.key === "/" && !writes) || (event.key === "k" && (event.ctrlKey || event.metaKey));
    if (!asks || event.altKey) return;
    event.preventDefault();
    open();
  });
}
