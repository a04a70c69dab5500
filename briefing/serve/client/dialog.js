// Panels: a dialog that Escape closes, after which the focus and what was selected are as before. The page stays meanwhile.
import { hold } from "./live.js";
import { make, shadow } from "./desk.js";

let isOpen = false;

// Open a dialog. `act` is done when its form is sent, and closes it when it gives true; a text that it or one of the further
// buttons in `more` gives is shown, and so is a refusal, with the text that `byHand` gives of what could not be done. What is
// returned closes it; `closed` is called after that.
export const panel = (title, body, label, act, { more = [], byHand = null, closed = () => {} } = {}) => {
  const release = hold(), before = document.activeElement, selection = getSelection();
  const range = selection.rangeCount ? selection.getRangeAt(0).cloneRange() : null;
  const problem = make("p", { className: "problem" }), yaml = make("pre", { hidden: true, tabIndex: 0 });
  problem.setAttribute("role", "alert");
  yaml.setAttribute("aria-label", "To be written by hand");
  const send = make("button", { type: "submit", className: "first", textContent: label });
  const cancel = make("button", { type: "button", textContent: "Cancel", onclick: () => dialog.close() });
  const attempt = async (action, isForm) => {
    send.disabled = true;
    problem.textContent = "";
    yaml.hidden = true;
    try {
      const told = await action();
      if (typeof told === "string") problem.textContent = told;
      return told === true;
    } catch (refused) {
      problem.textContent = refused.message;
      if (isForm && byHand) {
        yaml.textContent = await byHand().catch(() => "");
        yaml.hidden = !yaml.textContent;
      }
      return false;
    } finally { send.disabled = false; }
  };
  const heading = make("h2", { id: "title", textContent: title });
  const others = more.map(([textContent, action]) => make("button", { type: "button", textContent, onclick: () => attempt(action) }));
  const buttons = make("p", { className: "buttons" }, send, ...others, ...(label === "Close" ? [] : [cancel]));
  const form = make("form", { noValidate: true }, heading, ...body, problem, yaml, buttons);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (await attempt(act, true)) dialog.close();
  });
  const dialog = make("dialog", {}, form);
  dialog.setAttribute("aria-labelledby", "title");
  dialog.addEventListener("close", () => {
    isOpen = false;
    dialog.remove();
    before?.focus?.({ preventScroll: true });
    if (range && selection.isCollapsed) { selection.removeAllRanges(); selection.addRange(range); }
    closed();
    release();
  });
  shadow.append(dialog);
  isOpen = true;
  dialog.showModal();
  return () => dialog.close();
};

// A panel for what the server says first; where it refuses, that is shown.
export const opened = async (open) => {
  if (isOpen) return;
  try { await open(); } catch (refused) {
    panel("This cannot be done", [make("p", { textContent: refused.message })], "Close", async () => true);
  }
};
