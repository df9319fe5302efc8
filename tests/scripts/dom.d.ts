/** What the types of the DOM leave open: a selector is text, and the pages know what it finds. */

interface ParentNode {
  querySelector(selectors: string): any;
  querySelectorAll(selectors: string): NodeListOf<any>;
}

interface Element {
  closest(selectors: string): any;
}

/** A form's controls stand under their names. */
interface HTMLFormControlsCollection {
  [name: string]: any;
}
