// The panels in which a claim is made, gets a status, or other words. A dialog: Escape closes it, and the focus comes back.
import { hold } from "./live.js";
import { article, ask, make, shadow, tell } from "./desk.js";
import { choice, evidence, ids, line, lines, several, tick, valuesOf } from "./fields.js";
import { done } from "./undo.js";

// The day that it is here, as dates are written.
const today = () => {
  const now = new Date();
  return new Date(now - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10);
};
const folded = (title, ...nodes) => make("details", {}, make("summary", { textContent: title }), ...nodes);
const nodes = (fields) => Object.values(fields).map((one) => one.node);

let isOpen = false;

// Open a dialog. `act` is done when its form is sent, and closes it when it gives true; a text that it or one of the
// further buttons in `more` gives is shown, and so is a refusal.
const panel = (title, body, label, act, more = []) => {
  const release = hold(), before = document.activeElement, selection = getSelection();
  const range = selection.rangeCount ? selection.getRangeAt(0).cloneRange() : null;
  const problem = make("p", { className: "problem" });
  problem.setAttribute("role", "alert");
  const send = make("button", { type: "submit", className: "first", textContent: label });
  const cancel = make("button", { type: "button", textContent: "Cancel", onclick: () => dialog.close() });
  const attempt = async (action) => {
    send.disabled = true;
    problem.textContent = "";
    try {
      const told = await action();
      if (typeof told === "string") problem.textContent = told;
      return told === true;
    } catch (refused) { problem.textContent = refused.message; return false; } finally { send.disabled = false; }
  };
  const heading = make("h2", { id: "title", textContent: title });
  const others = more.map(([textContent, action]) => make("button", { type: "button", textContent, onclick: () => attempt(action) }));
  const buttons = make("p", { className: "buttons" }, send, ...others, cancel);
  const form = make("form", { noValidate: true }, heading, ...body, problem, buttons);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (await attempt(act)) dialog.close();
  });
  const dialog = make("dialog", {}, form);
  dialog.setAttribute("aria-labelledby", "title");
  dialog.addEventListener("close", () => {
    isOpen = false;
    dialog.remove();
    before?.focus?.({ preventScroll: true });
    if (range) { selection.removeAllRanges(); selection.addRange(range); }
    release();
  });
  shadow.append(dialog);
  isOpen = true;
  dialog.showModal();
};

// A panel for what the server says first; where it refuses, that is shown.
const opened = async (open) => {
  if (isOpen) return;
  try { await open(); } catch (refused) {
    panel("This cannot be done", [make("p", { textContent: refused.message })], "Close", async () => true);
  }
};

const quoted = (quote) => {
  const { exact, prefix, suffix } = typeof quote === "string" ? { exact: quote } : quote;
  const beside = (words) => (words ? make("span", { className: "beside", textContent: ` ${words} ` }) : null);
  return make("blockquote", {}, beside(prefix), make("mark", { textContent: exact }), beside(suffix));
};

const statusFields = (known, modality) => {
  const status = choice("Status", known.statuses[modality()] ?? [], "", "none");
  const fields = {
    status,
    on: line("On", today(), { size: 12 }, "the day it was recorded"),
    since: line("Since", "", { size: 12 }, "when it came about, where that was earlier"),
    why: lines("Why", "", "one sentence of reason"),
    evidence: evidence(() => ({ article, modality: modality(), status: status.read() })),
  };
  const entry = () => (status.read() ? valuesOf(fields) : null);
  const offer = () => {
    const chosen = status.read(), fresh = choice("", known.statuses[modality()] ?? [], chosen, "none").field;
    status.field.replaceChildren(...fresh.children);
  };
  return { fields, entry, offer };
};

const claimFields = (known, claim) => {
  const voice = claim.attribution?.[0] ?? {};
  const figure = claim.figure && Object.entries(claim.figure).map(([key, value]) => `${key} ${value}`).join(", ");
  const main = {
    text: lines("Text", claim.text, "your wording: one neutral sentence"),
    topics: several("Topics", known.topics, claim.topics ?? []),
    modality: choice("Kind of statement", known.modalities, claim.modality ?? "fact"),
    hedge: line("Hedge", claim.hedge, {}, "the article's own: “is expected to”"),
  };
  const attribution = {
    by: ids("On whose word", voice.by ? [voice.by] : [], known.voices, "the id of a person, organization or source"),
    described_as: line("or described as", voice.described_as, {}, "where the voice is not registered"),
    cue: line("Cue", voice.cue, {}, "the article's word for the saying"),
    basis: choice("Basis", known.bases, voice.basis ?? "named"),
  };
  const more = {
    id: line("Id", claim.id),
    label: line("Label", claim.label, {}, "the matter in at most five words"),
    about: ids("About", claim.about, known.voices, "ids, with commas between them"),
    likelihood: choice("Likelihood", known.likelihoods, claim.likelihood ?? "", "not said"),
    weight: choice("Weight", known.weights, claim.weight ?? "major"),
    level: choice("Commitment", known.levels, claim.level ?? "", "none"),
    ...(figure ? { figure: tick(`Figure: ${figure}`, true, "figure") } : {}),
    summit: choice("Summit", known.summits, claim.summit ?? "", "that of the file or the article"),
    origin: line("Origin", claim.origin, {}, "where the news first came from"),
    due: line("Due", claim.due, { size: 12 }),
    resolution: lines("Resolution", claim.resolution, "the rule that will decide it"),
    review_by: line("Review by", claim.review_by, { size: 12 }),
    recorded: line("Recorded", known.published.slice(0, 10) < today() ? today() : "", { size: 12 },
      "when it was entered, where that is later than the article"),
    draft: tick("Draft, kept out of the site", false, "true"),
  };
  const status = statusFields(known, () => main.modality.read());
  main.modality.field.addEventListener("change", status.offer);
  const read = () => {
    const { by, ...said } = valuesOf(attribution), values = { quote: claim.quote, ...valuesOf(main), ...valuesOf(more) };
    // Those behind the first voice, as in "an official told a newspaper", stay as they were drafted.
    const first = { ...(by ? { by: by[0] } : {}), ...said }, others = (claim.attribution ?? []).slice(1);
    if (by || said.described_as) values.attribution = [first, ...others];
    if (values.figure) values.figure = claim.figure;
    if (values.weight === "major") delete values.weight;
    const entry = status.entry();
    return entry ? { ...values, history: [entry] } : values;
  };
  const voices = folded("On whose word", ...nodes(attribution));
  voices.open = Boolean(voice.by || voice.described_as);
  const body = [...nodes(main), voices, folded("More", ...nodes(more)), folded("Status", ...nodes(status.fields))];
  return { body, read };
};

const copied = async (claim) => {
  const { yaml } = await tell("yaml", { claim });
  try { await navigator.clipboard.writeText(yaml); } catch { return `Copy this:\n${yaml}`; }
  return "Copied.";
};

// A claim from selected words.
export const claimPanel = (selection) => opened(async () => {
  const [known, drafted] = await Promise.all([ask("choices", { article }), tell("quote", { article, ...selection })]);
  const { body, read } = claimFields(known, drafted.claim);
  const widened = make("p", { className: "note", textContent: "More than was selected: no word is cut." });
  const add = async () => {
    const claim = read(), change = await tell("add", { article, seen: drafted.seen, claim });
    done(`Added the claim ${claim.id ?? ""} to ${change.path}.`, change);
    return true;
  };
  const head = [quoted(drafted.claim.quote), ...(drafted.is_widened ? [widened] : [])];
  panel("New claim", [...head, ...body], "Add", add, [["Copy YAML", () => copied(read())]]);
});

// Another status of a claim.
export const statusPanel = (id) => opened(async () => {
  const known = await ask("choices", { article }), claim = known.claims[id];
  if (!claim) throw new Error(`the claim ${id} is not known: mend what is wrong with the site first`);
  const status = statusFields(known, () => claim.modality);
  const add = async () => {
    const entry = status.entry();
    if (!entry) throw new Error("choose a status");
    const change = await tell("status", { article, seen: known.seen, claim: id, entry });
    done(`${id} is ${entry.status} now.`, change);
    return true;
  };
  const now = make("p", { className: "note", textContent: `Up to now: ${claim.status ?? "none"}.` });
  panel("Status", [make("p", { textContent: claim.text ?? claim.quote }), now, ...nodes(status.fields)], "Add", add);
});

// Other words for a claim.
export const textPanel = (id) => opened(async () => {
  const known = await ask("choices", { article }), claim = known.claims[id];
  if (!claim) throw new Error(`the claim ${id} is not known: mend what is wrong with the site first`);
  const text = lines("Text", claim.text, "one neutral sentence");
  const save = async () => {
    done(`${id} has another text.`, await tell("words", { article, seen: known.seen, claim: id, text: text.read() }));
    return true;
  };
  panel("Text of a claim", [quoted(claim.quote), text.node], "Save", save);
});
