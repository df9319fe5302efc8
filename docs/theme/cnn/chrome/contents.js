/** Marks in the list of sections the one that is read: the last heading above the reading line. */

const READING_LINE = "0px 0px -75% 0px";

/** Starts to mark, where there is a list; returns a function that names the section that is read. */
export function followContents() {
  const links = [...document.querySelectorAll(".cnn-contents li > a, .cnn-nav__here a")];
  const headings = [...document.querySelectorAll("article :is(h2, h3)[id]")];
  const passed = new Set();
  let here = null;

  const mark = () => {
    const last = headings.findLast((heading) => passed.has(heading));
    if (last === here) return;
    here = last;
    for (const link of links) {
      if (here && link.hash === `#${encodeURIComponent(here.id)}`) link.setAttribute("aria-current", "location");
      else link.removeAttribute("aria-current");
    }
  };
  const watch = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting, boundingClientRect } of entries) {
      if (isIntersecting || boundingClientRect.bottom < 0) passed.add(target);
      else passed.delete(target);
    }
    mark();
  }, { rootMargin: READING_LINE });
  headings.forEach((heading) => watch.observe(heading));
  return () => here?.id ?? "";
}
