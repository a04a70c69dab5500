// Words of the article found in its page, and shown there.
import { NOT_TEXT, TEXTS } from "./selection.js";

const squeezed = (text) => text.replace(/\s+/gu, "");

// The pieces of text below an element that are the article's, each with how many characters that are no space come before.
const piecesOf = (root) => {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT), pieces = [];
  let length = 0;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.parentElement.closest(NOT_TEXT)) continue;
    pieces.push({ node, start: length });
    length += squeezed(node.data).length;
  }
  return pieces;
};

// The place in the page of a character, by how many that are no space come before it.
const placeOf = (pieces, index) => {
  const { node, start } = pieces.findLast((piece) => piece.start <= index && squeezed(piece.node.data));
  let left = index - start;
  for (let at = 0; at < node.data.length; at += 1) {
    if (/\s/u.test(node.data[at])) continue;
    if (left === 0) return [node, at];
    left -= 1;
  }
  return [node, node.data.length];
};

// The range of words that stand in the page; of several places the one nearest to `offset`. Null where there is none.
export const rangeOf = (words, offset) => {
  const wanted = squeezed(words);
  for (const root of document.querySelectorAll(TEXTS)) {
    if (root.hidden || !wanted) continue;
    const pieces = piecesOf(root), all = pieces.map(({ node }) => squeezed(node.data)).join("");
    let best = -1;
    for (let at = all.indexOf(wanted); at >= 0; at = all.indexOf(wanted, at + 1)) {
      if (best < 0 || Math.abs(at - offset) < Math.abs(best - offset)) best = at;
    }
    if (best < 0) continue;
    const range = document.createRange(), [last, index] = placeOf(pieces, best + wanted.length - 1);
    range.setStart(...placeOf(pieces, best));
    range.setEnd(last, index + 1);
    return range;
  }
  return null;
};

// Mark words in the page and bring them into view, where the browser can mark any; without a range, none is marked.
const NAME = "briefing-words";
export const show = (range) => {
  globalThis.CSS?.highlights?.delete(NAME);
  if (!range) return;
  globalThis.CSS?.highlights?.set(NAME, new Highlight(range));
  const { top, bottom } = range.getBoundingClientRect();
  if (top < innerHeight / 8 || bottom > (innerHeight * 7) / 8) scrollBy({ top: top - innerHeight / 3, behavior: "instant" });
};
