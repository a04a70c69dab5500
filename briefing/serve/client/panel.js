// Shows what is wrong with the site over the last page that was right, in the words of the terminal.
import { base, onNews } from "./live.js";

const CLOSED = `briefing closed ${base}`;
let panel;

const made = () => {
  const host = document.createElement("aside");
  host.id = "_briefing-problems";
  host.setAttribute("aria-label", "Problems of the site");
  host.hidden = true;
  const root = host.attachShadow({ mode: "open" });
  const sheet = document.createElement("link");
  sheet.rel = "stylesheet";
  sheet.href = `${base}panel.css`;
  sheet.onload = () => { host.hidden = false; };
  const fold = document.createElement("details");
  const summary = document.createElement("summary");
  const head = document.createElement("span");
  head.setAttribute("role", "status");
  summary.append(head);
  const text = document.createElement("pre");
  text.tabIndex = 0;
  fold.append(summary, text);
  root.append(sheet, fold);
  document.body.append(host);
  // Whoever has closed it keeps it closed until something else is wrong.
  summary.addEventListener("click", () => {
    if (fold.open) sessionStorage.setItem(CLOSED, text.textContent); else sessionStorage.removeItem(CLOSED);
  });
  return { host, fold, head, text };
};

onNews(({ problems, counts, has_errors: hasErrors, is_checked: isChecked }) => {
  if (!problems) {
    panel?.host.remove();
    panel = undefined;
    return;
  }
  panel ??= made();
  const { host, fold, head, text } = panel;
  host.classList.toggle("errors", hasErrors);
  head.textContent = counts + (isChecked ? "" : " so far");
  if (text.textContent === problems) return;
  text.textContent = problems;
  fold.open = hasErrors && sessionStorage.getItem(CLOSED) !== problems;
});
