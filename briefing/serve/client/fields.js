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
// Several of a few, in the order in which they were ticked, as the first counts most; those chosen already come first.
export const several = (label, options, chosen, hint = "") => {
  let order = [...chosen];
  const ticks = [...new Set([...chosen, ...Object.keys(options)])].map((id) => {
    const one = tick(options[id] ?? id, chosen.includes(id), id);
    one.field.addEventListener("change", () => {
      order = order.filter((other) => other !== id);
      if (one.field.checked) order.push(id);
    });
    return one;
  });
  const told = hint ? [make("small", { textContent: hint })] : [];
  const node = make("fieldset", {}, make("legend", { textContent: label }), ...told, ...ticks.map((one) => one.node));
  return { node, field: ticks[0]?.field, read: () => order };
};
// What is known by an id, for fields that name one.
export const offered = (known) => make("datalist", { id: `known-${made += 1}` },
  ...Object.entries(known).map(([id, name]) => make("option", { value: id, label: name })));
// Ids with commas between them, of which a list helps with the last.
export const ids = (label, value, list, hint) => {
  const { node, field } = line(label, (value ?? []).join(", "), {}, hint);
  field.setAttribute("list", list.id);
  return { node, field, read: () => trimmed(field).split(",").map((one) => one.trim()).filter(Boolean) };
};
// On whose word: voices from the reader to the origin, of which there may be any number.
export const voices = (given, list, bases) => {
  const rows = [], held = make("div");
  const count = () => rows.forEach(({ legend, remove }, at) => {
    legend.textContent = `Voice ${at + 1}`;
    remove.ariaLabel = `Remove voice ${at + 1}`;
  });
  const add = (said) => {
    const fields = {
      by: line("On whose word", said.by, {}, "the id of a person, organization or source"),
      described_as: line("or described as", said.described_as, {}, "where the voice is not registered"),
      cue: line("Cue", said.cue, {}, "the article's word for the saying"),
      basis: choice("Basis", bases, said.basis ?? "named"),
    };
    fields.by.field.setAttribute("list", list.id);
    const legend = make("legend"), remove = make("button", { type: "button", textContent: "Remove" });
    const node = make("fieldset", {}, legend, ...Object.values(fields).map((one) => one.node), make("p", {}, remove));
    const read = () => {
      const { basis, ...values } = valuesOf(fields);
      return basis === "named" && !said.basis ? values : { ...values, basis };
    };
    const row = { legend, remove, read };
    remove.addEventListener("click", () => {
      rows.splice(rows.indexOf(row), 1);
      node.remove();
      count();
      more.focus();
    });
    rows.push(row);
    held.append(node);
    count();
    return fields.by.field;
  };
  const more = make("button", { type: "button", textContent: "Another voice", onclick: () => add({}).focus() });
  const told = make("small", { textContent: "first who tells it to the reader, then on whose word" });
  const node = make("div", { className: "voices" }, told, held, make("p", {}, more));
  for (const said of given.length ? given : [{}]) add(said);
  return { node, read: () => rows.map((row) => row.read()).filter((one) => one.by || one.described_as) };
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
