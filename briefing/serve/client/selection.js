// Selected words as the article's text has them: without the numbers of claims and footnotes, block by block.

export const NOT_TEXT = "sup.ref, sup.footnote, a.back, .unseen, .gap, .original, .corrections, script, style";
const BLOCKS = "p, li, h1, h2, h3, h4, h5, h6, blockquote, pre, tr, td, th, caption, dt, dd, br, hr, ul, ol, table, section, div";
// What holds text in which words can be selected.
export const TEXTS = ".prose";
const AROUND = 400;

const element = (node) => (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement);

// The text of a range. A copy of it is read: the page stays as it is.
export const textOf = (range) => {
  if (element(range.commonAncestorContainer).closest(NOT_TEXT)) return "";
  const part = range.cloneContents();
  for (const one of part.querySelectorAll(NOT_TEXT)) one.remove();
  for (const one of part.querySelectorAll(BLOCKS)) { one.before("\n"); one.after("\n"); }
  return part.textContent;
};

// The text that a range begins in; null where it begins in none.
export const rootOf = (range) => element(range.startContainer).closest(TEXTS);

// The words of a range, what stands before and behind them, and how many characters that are no space come before.
export const selectionOf = (range, root = rootOf(range)) => {
  const inside = range.cloneRange(), before = document.createRange(), after = document.createRange();
  if (!root.contains(range.endContainer)) inside.setEnd(root, root.childNodes.length);
  before.selectNodeContents(root);
  before.setEnd(inside.startContainer, inside.startOffset);
  after.selectNodeContents(root);
  after.setStart(inside.endContainer, inside.endOffset);
  const head = textOf(before);
  return {
    words: textOf(inside),
    before: head.slice(-AROUND),
    after: textOf(after).slice(0, AROUND),
    offset: [...head.replace(/\s+/gu, "")].length,
  };
};
