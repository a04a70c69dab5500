// The panels in which a claim is made, gets a status, or other fields.
import { article, ask, make, tell } from "./desk.js";
import { opened, panel } from "./dialog.js";
import { choice, evidence, ids, line, lines, offered, several, tick, valuesOf, voices } from "./fields.js";
import { done } from "./undo.js";
import { rangeOf, show } from "./words.js";

// The day that it is here, as dates are written.
const today = () => {
  const now = new Date();
  return new Date(now - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10);
};
const folded = (title, ...nodes) => make("details", {}, make("summary", { textContent: title }), ...nodes);
const nodes = (fields) => Object.values(fields).map((one) => one.node);

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

// The fields of a claim. Of one that `isNew` there are also those that are not changed later.
const claimFields = (known, claim, isNew) => {
  const figure = claim.figure && Object.entries(claim.figure).map(([key, value]) => `${key} ${value}`).join(", ");
  const list = offered(known.voices);
  const main = {
    text: lines("Text", claim.text, "your wording: one neutral sentence"),
    topics: several("Topics", known.topics, claim.topics ?? [], "in the order in which you tick them: the first counts most"),
    modality: choice("Kind of statement", known.modalities, claim.modality ?? "fact"),
    hedge: line("Hedge", claim.hedge, {}, "the article's own: “is expected to”"),
  };
  const attribution = voices(claim.attribution ?? [], list, known.bases);
  const more = {
    ...(isNew ? { id: line("Id", claim.id) } : {}),
    label: line("Label", claim.label, {}, "the matter in at most five words"),
    about: ids("About", claim.about, list, "ids, with commas between them"),
    likelihood: choice("Likelihood", known.likelihoods, claim.likelihood ?? "", "not said"),
    weight: choice("Weight", known.weights, claim.weight ?? "major"),
    level: choice("Commitment", known.levels, claim.level ?? "", "none"),
    ...(figure ? { figure: tick(`Figure: ${figure}`, true, "figure") } : {}),
    summit: choice("Summit", known.summits, claim.summit ?? "", "that of the file or the article"),
    origin: line("Origin", claim.origin, {}, "where the news first came from"),
    due: line("Due", claim.due, { size: 12 }),
    resolution: lines("Resolution", claim.resolution, "the rule that will decide it"),
    review_by: line("Review by", claim.review_by, { size: 12 }),
    ...(isNew ? {
      recorded: line("Recorded", known.published.slice(0, 10) < today() ? today() : "", { size: 12 },
        "when it was entered, where that is later than the article"),
    } : {}),
  };
  const last = { draft: tick("Draft, kept out of the site", [true, "true"].includes(claim.draft), "true") };
  const status = isNew ? statusFields(known, () => main.modality.read()) : null;
  if (status) main.modality.field.addEventListener("change", status.offer);
  const read = () => {
    const values = { quote: claim.quote, ...valuesOf({ ...main, attribution, ...more, ...last }) };
    if (values.figure) values.figure = claim.figure;
    if (values.weight === "major" && !claim.weight) delete values.weight;
    const entry = status?.entry();
    return entry ? { ...values, history: [entry] } : values;
  };
  const said = folded("On whose word", attribution.node);
  said.open = attribution.read().length > 0;
  const body = [...nodes(main), said, folded("More", list, ...nodes(more))];
  return { body: [...body, ...(status ? [folded("Status", ...nodes(status.fields))] : []), ...nodes(last)], read };
};

const copied = async (claim) => {
  const { yaml } = await tell("yaml", { claim });
  try { await navigator.clipboard.writeText(yaml); } catch { return `Copy this:\n${yaml}`; }
  return "Copied.";
};

const newClaim = (known, { claim, seen }, head, range) => {
  const { body, read } = claimFields(known, claim, true);
  const add = async () => {
    const made = read(), change = await tell("add", { article, seen, claim: made });
    const told = made.draft ? "draft" : "claim", after = made.draft ? " Pages show it once it is no draft." : "";
    done(`Added the ${told} ${made.id ?? ""} to ${change.path}.${after}`, change);
    return true;
  };
  show(range);
  const more = [["Copy YAML", () => copied(read())]];
  panel("New claim", [quoted(claim.quote), ...head, ...body], "Add", add, { more, closed: () => show(null) });
};

// A claim from selected words.
export const claimPanel = (selection, range) => opened(async () => {
  const [known, drafted] = await Promise.all([ask("choices", { article }), tell("quote", { article, ...selection })]);
  const widened = make("p", { className: "note", textContent: "More than was selected: no word is cut." });
  newClaim(known, drafted, drafted.is_widened ? [widened] : [], range);
});

// A claim from a suggestion: its words are selected in the page, and what is added is a draft unless that is unticked.
export const hintPanel = (hint, seen) => opened(async () => {
  const known = await ask("choices", { article }), range = rangeOf(hint.words, hint.offset), selection = getSelection();
  selection.removeAllRanges();
  if (range) selection.addRange(range.cloneRange());
  newClaim(known, { claim: hint.claim, seen }, [make("p", { className: "note", textContent: `Because: ${hint.reason}` })], range);
});

const claimOf = (known, id) => {
  if (known.claims[id]) return known.claims[id];
  throw new Error(`the claim ${id} is not in its file any more: reload the page`);
};

// Another status of a claim.
export const statusPanel = (id) => opened(async () => {
  const known = await ask("choices", { article }), { fields: claim, status: now } = claimOf(known, id);
  const status = statusFields(known, () => claim.modality ?? "fact");
  const add = async () => {
    const entry = status.entry();
    if (!entry) throw new Error("choose a status");
    const change = await tell("status", { article, seen: known.seen, claim: id, entry });
    done(`${id} is ${entry.status} now.`, change);
    return true;
  };
  const told = make("p", { className: "note", textContent: `Up to now: ${now ?? "none"}.` });
  const said = claim.text ? make("p", { textContent: claim.text }) : quoted(claim.quote);
  panel("Status", [said, told, ...nodes(status.fields)], "Add", add);
});

// What of a claim is different; a field that is empty now is taken out.
const differing = (before, after) => Object.fromEntries([...new Set([...Object.keys(before), ...Object.keys(after)])]
  .filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
  .map((name) => [name, after[name] ?? ""]));

// Other fields of a claim. Where the file cannot be changed, the claim is shown as it would be, to be written by hand.
export const editPanel = (id) => opened(async () => {
  const known = await ask("choices", { article }), claim = claimOf(known, id).fields;
  const { body, read } = claimFields(known, claim, false), before = read();
  const save = async () => {
    const fields = differing(before, read());
    if (!Object.keys(fields).length) throw new Error("nothing is different");
    done(`${id}: ${Object.keys(fields).join(", ")} changed.`, await tell("fields", { article, seen: known.seen, claim: id, fields }));
    return true;
  };
  const whole = () => Object.fromEntries(
    Object.entries({ ...claim, ...differing(before, read()) }).filter(([, value]) => value !== ""));
  const byHand = async () => (await tell("yaml", { claim: whole() })).yaml;
  panel("Edit a claim", [quoted(claim.quote), ...body], "Save", save, { more: [["Copy YAML", () => copied(whole())]], byHand });
});
