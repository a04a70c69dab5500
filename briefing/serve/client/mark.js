// Marking in the page: selected words become a claim, with `m` or the button that appears; claims get statuses and words.
import { token } from "./live.js";
import { article, askText, make, shadow } from "./desk.js";
import { claimPanel, statusPanel, textPanel } from "./panels.js";
import { rootOf, selectionOf, textOf } from "./selection.js";
import { say } from "./undo.js";

const selected = () => {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  return rootOf(range) && textOf(range).trim() ? range : null;
};

const mark = () => {
  const range = selected();
  if (range) claimPanel(selectionOf(range));
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

const keys = (event) => {
  if (event.key !== "m" || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.closest?.("input, textarea, select, [contenteditable]")) return;
  event.preventDefault();
  mark();
};

// Where a text is kept apart, pages show no more than is quoted of it. Here its editor sees the whole.
const WHOLE = `briefing whole ${article}`;
const offerWhole = (isOpen) => {
  const words = document.querySelector(".reading section.prose[aria-labelledby='page_words']");
  if (!words) return;
  const open = async () => {
    try {
      const html = await askText("text", { article });
      const section = make("section", { className: "prose", id: "_briefing-text", innerHTML: html });
      section.setAttribute("aria-label", "The whole text, for marking");
      for (const one of section.querySelectorAll("[id]")) one.removeAttribute("id"); // they are in the page already
      words.before(section);
      words.hidden = true;
      sessionStorage.setItem(WHOLE, "open");
      opener.remove();
    } catch (problem) { say(`The whole text cannot be shown: ${problem.message}`); }
  };
  const opener = ours("Show the whole text to mark in", open);
  words.before(make("p", {}, opener));
  if (isOpen) open();
};

const inNotes = () => {
  for (const note of document.querySelectorAll("li[data-claim]")) {
    const [of, id] = note.dataset.claim.split("#");
    if (of !== article) continue;
    const buttons = [ours("Add a status", () => statusPanel(id)), " ", ours("Edit the text", () => textPanel(id))];
    (note.querySelector("details") ?? note).append(make("p", {}, ...buttons));
  }
};

if (token && article) {
  shadow.append(button);
  document.addEventListener("selectionchange", place);
  document.addEventListener("keydown", keys);
  addEventListener("resize", place);
  inNotes();
  offerWhole(sessionStorage.getItem(WHOLE) === "open");
}
