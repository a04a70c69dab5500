// What in the article is likely a claim, as `briefing suggest` has it: a list, in which one is chosen to make a claim of.
import { hold } from "./live.js";
import { article, ask, make } from "./desk.js";
import { opened, panel } from "./dialog.js";
import { hintPanel } from "./panels.js";
import { showWhole } from "./whole.js";
import { rangeOf, show } from "./words.js";

const HELP = "↑ and ↓ go through them and show each in the text, Enter makes a claim of one, Escape closes.";
const NONE = "Nothing to suggest: no sentence that is likely to be a claim is left unmarked.";
let number = 0;

const row = (one, choose) => {
  const id = `hint-${number += 1}`, told = make("small", { id, textContent: `${one.says}. Because: ${one.reason}` });
  const button = make("button", { type: "button", className: "hint", textContent: one.sentence, onclick: choose });
  button.setAttribute("aria-describedby", id);
  button.addEventListener("focus", () => show(rangeOf(one.words, one.offset)));
  return make("li", { hidden: !one.is_likely }, button, told);
};

// Go from one suggestion to the next by the arrow keys.
const steps = (list) => (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const buttons = [...list.querySelectorAll("li:not([hidden]) button")], at = buttons.indexOf(event.target);
  buttons[Math.min(Math.max(at + step, 0), buttons.length - 1)]?.focus();
};

export const openHints = () => opened(async () => {
  const release = hold(); // from here until a claim's panel has been opened
  try {
    await showWhole();
    const { seen, suggestions } = await ask("hints", { article });
    const list = make("ol", { className: "hints" });
    let chosen = null, close = () => {};
    list.append(...suggestions.map((one) => row(one, () => { chosen = one; close(); })));
    list.addEventListener("keydown", steps(list));
    const others = [...list.querySelectorAll("li[hidden]")], count = suggestions.length - others.length;
    const more = make("button", { type: "button", textContent: `Show ${others.length} less likely`, hidden: !others.length });
    more.addEventListener("click", () => {
      for (const one of others) one.hidden = false;
      others[0].querySelector("button").focus();
      more.remove();
    });
    const help = make("p", { className: "note", textContent: count ? HELP : NONE });
    const closed = async () => {
      if (!chosen) { show(null); release(); return; }
      try { await hintPanel(chosen, seen); } finally { release(); }
    };
    close = panel("Suggestions", [help, list, make("p", {}, more)], "Close", async () => true, { closed });
  } catch (refused) { release(); throw refused; }
});
