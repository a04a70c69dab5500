// The changes that were made in this tab, the last of which can be taken back, on whatever page one is.
import { base, hold } from "./live.js";
import { make, shadow, tell } from "./desk.js";

const DONE = `briefing done ${base}`;
const read = () => JSON.parse(sessionStorage.getItem(DONE) ?? "[]");
const write = (changes) => sessionStorage.setItem(DONE, JSON.stringify(changes));

const said = make("span");
const back = make("button", { type: "button", textContent: "Undo" });
const close = make("button", { type: "button", textContent: "Dismiss" });
const bar = make("div", { className: "bar", hidden: true }, said, back, close);
said.setAttribute("role", "status");
shadow.append(bar);

const show = (text, canUndo) => {
  bar.hidden = !text;
  back.hidden = !canUndo;
  said.textContent = text;
};
const showLast = () => {
  const changes = read(), last = changes.at(-1);
  show(last ? last.text : "", Boolean(last));
};

// Say something once.
export const say = (text) => show(text, read().length > 0);

// Remember a change that the server has made.
export const done = (text, { undo, warnings }) => {
  write([...read(), { text: [text, ...(warnings ?? [])].join(" "), undo }]);
  showLast();
};

back.addEventListener("click", async () => {
  const changes = read(), last = changes.pop();
  if (!last) return;
  back.disabled = true;
  const release = hold(); // until what is left is written down
  try {
    await tell("undo", { undo: last.undo });
    write(changes);
    showLast();
    if (!changes.length) show("Taken back.", false);
  } catch (problem) {
    write(changes);
    show(`Not taken back: ${problem.message}`, changes.length > 0);
  }
  back.disabled = false;
  release();
});
close.addEventListener("click", () => { write([]); show("", false); });
showLast();
