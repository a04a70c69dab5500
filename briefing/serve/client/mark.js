// Marking in the page: selected words become a claim, with `m` or the button that appears; what is likely one is suggested
// with `s`; claims get statuses and other fields.
import { token } from "./live.js";
import { article, make, shadow } from "./desk.js";
import { openHints } from "./hints.js";
import { claimPanel, editPanel, statusPanel } from "./panels.js";
import { rootOf, selectionOf, textOf } from "./selection.js";
import { say } from "./undo.js";
import { offerWhole } from "./whole.js";

const selected = () => {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  return rootOf(range) && textOf(range).trim() ? range : null;
};

const mark = () => {
  const range = selected();
  if (range) claimPanel(selectionOf(range), range.cloneRange());
  else say("Select words of the article first.");
};

// The button stands at the end of what is selected.
const button = make("button", {
  type: "button", className: "mark", hidden: true, title: "Make a claim of these words (m)", textContent: "Mark as claim",
});
button.addEventListener("pointerdown", (event) => event.preventDefault()); // which would take the selection away
button.addEventListener("click", mark);
const place = () => {
  const range = selected();
  button.hidden = !range;
  if (!range) return;
  const box = [...range.getClientRects()].at(-1) ?? range.getBoundingClientRect();
  button.style.setProperty("left", `${Math.max(8, Math.min(box.right, innerWidth - 150)) + scrollX}px`);
  button.style.setProperty("top", `${box.bottom + scrollY + 6}px`);
};

// A button in the page itself.
const ours = (textContent, onclick) => make("button", { type: "button", className: "_briefing-button", textContent, onclick });

const KEYS = { m: mark, s: openHints };
const keys = (event) => {
  const act = KEYS[event.key];
  if (!act || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.closest?.("input, textarea, select, [contenteditable]")) return;
  event.preventDefault();
  act();
};

// What can be done here, at the head of the article.
const inHead = () => {
  const suggest = ours("Suggest claims (s)", openHints);
  suggest.setAttribute("aria-keyshortcuts", "s");
  const told = make("small", { textContent: " or select words and press m" });
  document.querySelector("article.article > header")?.append(make("p", { className: "_briefing-help" }, suggest, told));
};

const inNotes = () => {
  for (const note of document.querySelectorAll("li[data-claim]")) {
    const [of, id] = note.dataset.claim.split("#");
    if (of !== article) continue;
    const buttons = [ours("Add a status", () => statusPanel(id)), " ", ours("Edit the claim", () => editPanel(id))];
    (note.querySelector("details") ?? note).append(make("p", {}, ...buttons));
  }
};

if (token && article) {
  shadow.append(button);
  document.addEventListener("selectionchange", place);
  document.addEventListener("keydown", keys);
  addEventListener("resize", place);
  inHead();
  inNotes();
  offerWhole();
}
