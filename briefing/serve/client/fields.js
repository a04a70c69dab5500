// The fields of a form: made from a few words each, and read as the values of an annotation file.
import { ask, make } from "./desk.js";

let made = 0;
const labelled = (label, field, hint) => {
  field.id = `field-${made += 1}`;
  const told = hint ? make("small", { id: `${field.id}-hint`, textContent: hint }) : null;
  if (told) field.setAttribute("aria-describedby", told.id);
  return make("div", {}, make("label", { htmlFor: field.id, textContent: label }), field, told);
};
const trimmed = (field) => field.value.trim();

export const line = (label, value = "", set = {}, hint = "") => {
  const field = make("input", { type: "text", autocomplete: "off", value: value ?? "", ...set });
  return { node: labelled(label, field, hint), field, read: () => trimmed(field) };
};
export const lines = (label, value = "", hint = "") => {
  const field = make("textarea", { rows: 3, value: value ?? "" });
  return { node: labelled(label, field, hint), field, read: () => trimmed(field) };
};
// One of several words; `none` is what stands for no choice, where that is possible.
export const choice = (label, options, value = "", none = null) => {
  const named = Array.isArray(options) ? options.map((one) => [one, one]) : Object.entries(options);
  const field = make("select", {}, ...(none === null ? named : [["", none], ...named]).map(
    ([id, name]) => make("option", { value: id, textContent: name, selected: id === value })));
  return { node: labelled(label, field), field, read: () => field.value };
};
export const tick = (label, isOn, value) => {
  const field = make("input", { type: "checkbox", checked: isOn });
  const node = make("label", { className: "tick" }, field, make("span", { textContent: label }));
  return { node, field, read: () => (field.checked ? value : "") };
};
// Several of a few; those chosen already come first, in their order, as the first counts most.
export const several = (label, options, chosen) => {
  const order = [...new Set([...chosen, ...Object.keys(options)])];
  const ticks = order.map((id) => tick(options[id] ?? id, chosen.includes(id), id));
  const node = make("fieldset", {}, make("legend", { textContent: label }), ...ticks.map((one) => one.node));
  return { node, field: ticks[0]?.field, read: () => ticks.map((one) => one.read()).filter(Boolean) };
};
// Ids with commas between them, of which a list helps with the last.
export const ids = (label, value, known, hint) => {
  const list = make("datalist", { id: `known-${label.replace(/\W/g, "-")}` },
    ...Object.entries(known).map(([id, name]) => make("option", { value: id, label: name })));
  const { node, field } = line(label, (value ?? []).join(", "), {}, hint);
  field.setAttribute("list", list.id);
  node.append(list);
  return { node, field, read: () => trimmed(field).split(",").map((one) => one.trim()).filter(Boolean) };
};
// Claims that show a status: looked for by their words, chosen, and taken out again.
export const evidence = (about) => {
  const chosen = new Map(), search = line("Evidence", "", { type: "search", placeholder: "words of a claim" });
  const found = make("ul", { className: "found" }), taken = make("ul", { className: "taken" });
  const note = make("small");
  note.setAttribute("role", "status");
  const shown = (one) => `${one.text} — ${one.article}, ${one.published}`;
  const row = (word, one, act) => make("li", {},
    make("button", { type: "button", textContent: word, ariaLabel: `${word} ${one.ref}`, onclick: () => { act(); draw(); } }),
    ` ${shown(one)}`);
  const draw = () => taken.replaceChildren(
    ...[...chosen.values()].map((one) => row("Remove", one, () => chosen.delete(one.ref))));
  let asked = 0;
  const look = async () => {
    const number = asked += 1;
    const offers = await ask("evidence", { ...about(), words: trimmed(search.field) })
      .catch((problem) => { note.textContent = problem.message; return []; });
    if (number !== asked) return;
    note.textContent = offers.length ? `${offers.length} claims` : note.textContent || "no claim";
    found.replaceChildren(...offers.map((one) => row("Cite", one, () => chosen.set(one.ref, one))));
  };
  search.field.addEventListener("input", () => { note.textContent = ""; look(); });
  search.field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault(); // which would send the form
    look();
  });
  const node = make("div", { className: "evidence" }, search.node, note, taken, found);
  return { node, field: search.field, read: () => [...chosen.keys()] };
};

// The values of fields by name, without what is empty.
export const valuesOf = (fields) => Object.fromEntries(
  Object.entries(fields).map(([name, one]) => [name, one.read()]).filter(([, value]) => value.length));
