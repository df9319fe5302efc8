/** The list of pages over a narrow page: a link to a section of this page closes it. */

export function closeMenuOnLinks() {
  const menu = document.getElementById("menu");
  menu?.addEventListener("click", ({ target }) => {
    if (/** @type {Element} */ (target).closest("a") && menu.matches(":popover-open")) menu.hidePopover();
  });
}
