// Where a text is kept apart, pages show no more than is quoted of it. Here its editor sees the whole.
import { article, askText, make } from "./desk.js";
import { say } from "./undo.js";

const WHOLE = `briefing whole ${article}`;
const words = document.querySelector(".reading section.prose[aria-labelledby='page_words']");
let opener;

// Show the whole text, where the page does not.
export const showWhole = async () => {
  if (!opener?.isConnected) return;
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

export const offerWhole = () => {
  if (!words) return;
  opener = make("button", {
    type: "button", className: "_briefing-button", textContent: "Show the whole text to mark in", onclick: showWhole,
  });
  words.before(make("p", {}, opener));
  if (sessionStorage.getItem(WHOLE) === "open") showWhole();
};
