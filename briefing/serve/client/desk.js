// What panels and buttons have in common: elements, questions to the server, and the root that keeps the page's style out.
import { base, token } from "./live.js";

export const make = (tag, set = {}, ...children) => {
  const { dataset = {}, ...rest } = set, made = Object.assign(document.createElement(tag), rest);
  Object.assign(made.dataset, dataset);
  made.append(...children.filter((one) => one !== null && one !== undefined));
  return made;
};

// The article of this page; empty where it is no article's.
export const article = document.querySelector("article.article")
  ? decodeURIComponent(location.pathname.split("/").pop().replace(/\.html$/, "")) : "";

// All that is shown over the page.
const host = make("div", { id: "_briefing-desk" });
export const shadow = host.attachShadow({ mode: "open" });
shadow.append(make("link", { rel: "stylesheet", href: `${base}desk.css` }));
document.head.append(make("link", { rel: "stylesheet", href: `${base}notes.css` }));
document.body.append(host);
// The page has keys of its own, which are not meant where somebody writes.
host.addEventListener("keydown", (event) => event.stopPropagation());

// A refusal, in the words of the server.
export class Refused extends Error {}

const answered = async (answer) => {
  if (answer.ok) return answer;
  const { message, help } = await answer.clone().json().catch(() => ({}));
  throw new Refused(message ? `${message}: ${help}` : `the server says: ${(await answer.text()).trim() || answer.status}`);
};
const asked = async (name, options) => answered(await fetch(`${base}desk/${name}`, { cache: "no-store", ...options })
  .catch(() => { throw new Refused("the server does not answer: is it running?"); }));

export const ask = async (name, query) => (await asked(`${name}?${new URLSearchParams(query)}`)).json();
export const askText = async (name, query) => (await asked(`${name}?${new URLSearchParams(query)}`)).text();
export const tell = async (name, body) => (await asked(name, {
  method: "POST",
  headers: { "Content-Type": "application/json", "X-Briefing-Token": token },
  body: JSON.stringify(body),
})).json();
