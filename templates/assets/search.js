// The search of claims. Script files have its index and call `briefingSearch`: so it works from a disk too. Of what they
// hold briefing/machines/ tells: terms.py what a word is, search.py the rest.
"use strict";
(() => {
const AT_ONCE = 10, PAGES = 4; // so many results and pages are shown
const MOST_TERMS = 100, MOST_PARTS = 40; // are looked for, and into for results that may be none

let ignored, folds, inRuns, inText, wide, folded, stop;
const learn = ([classes, letters, words]) => {
  [ignored, folds, inRuns, inText, wide] = classes.map((one, at) => new RegExp(one, at < 4 ? "gu" : "u"));
  [folded, stop] = [letters, new Set(words)];
};
const normalised = (text) => text.normalize("NFKD").replace(ignored, "").normalize("NFC").toLowerCase().replace(folds, (letter) => folded[letter]);
const runs = (text) => text.match(inRuns) || [];
const isWide = (run) => wide.test(run);
// The words, each between blanks: so a phrase is found where they follow each other.
const phraseOf = (text) => runs(text).map((run) => (isWide(run) ? run : ` ${run} `)).join("").replace(/ +/g, " ");

// What was typed. Its last word may be the beginning of one, and so may a single character of a script without blanks. What
// is in quotes has to stand so, and so has what is found by pairs of characters.
const wanted = (typed, marks) => {
  const days = [], text = normalised(typed), words = runs(text.replace(/\b\d{4}-(0\d?|1[0-2]?)(-[0-3]?\d?)?(?![\w-])/g, (day) => (days.push(day), " ")));
  const last = words[words.length - 1], parts = text.split(/["“”„«»「」『』]/), isOpen = parts[parts.length - 1].trim();
  const of = (word) => {
    const letters = [...word];
    if (!isWide(word) || letters.length === 1) return [{ word, term: word, isPrefix: isWide(word) || (isOpen && word === last && letters.length > 1) }];
    const pairs = letters.slice(1).map((letter, at) => ({ word, term: letters[at] + letter }));
    return pairs.filter((_, at) => at % 2 === 0 || at === pairs.length - 1);
  };
  const said = [...new Set(words.filter((word) => !stop.has(word) || (word === last && words.length === 1)))];
  const quoted = parts.filter((_, at) => at % 2 && at < parts.length - 1).map(phraseOf);
  const terms = [...marks.map((term) => ({ term })), ...days.map((day) => ({ term: `#day-${day}`, isPrefix: true })), ...said.flatMap(of)];
  const years = [...said.filter((word) => /^\d{4}$/.test(word)), ...days.map((day) => day.slice(0, 4))];
  return { said, days, years, terms: terms.slice(0, MOST_TERMS), phrases: [...quoted, ...said.filter((word) => isWide(word) && [...word].length > 2)] };
};

const arrived = new Map(), loading = new Map();
globalThis.briefingSearch = Object.assign((name, data) => { arrived.get(name)?.(data); arrived.delete(name); }, { learn, normalised, runs, wanted });
if (!globalThis.document?.getElementById("search_form")) return; // tests of the above
const folder = new URL("../search/", document.currentScript.src);

const kept = (name, version = "") => {
  if (!loading.has(name)) loading.set(name, new Promise((resolve, reject) => {
    const script = document.createElement("script");
    const ended = () => {
      script.remove();
      if (arrived.delete(name)) reject(loading.delete(name)); // nothing has been handed over
    };
    arrived.set(name, resolve);
    document.head.append(Object.assign(script, { src: new URL(`${name}.js?${version}`, folder), onload: ended, onerror: ended }));
  }));
  return loading.get(name);
};

const shardOf = (term, count) => (term.codePointAt(0) * 31 + ([...term].length === 1 || isWide(term) ? 0 : term.codePointAt(1))) % count;
function* linesOf(shard, { term, isPrefix }) {
  let at = shard.indexOf(`\n${term}${isPrefix ? "" : " "}`);
  while (at >= 0 && shard.startsWith(term, at + 1)) {
    const end = shard.indexOf("\n", at + 1);
    yield shard.slice(at + 1, end).split(" ");
    at = isPrefix ? end : -1;
  }
}
// Sums of the differences.
const sums = (written, use) => {
  for (let at = 0, sum = 0, place = 1; at < written.length; at += 1) {
    const code = written.charCodeAt(at), digit = code - (code > 92 ? 36 : 35), isLast = digit < 46;
    sum += (isLast ? digit : digit - 46) * place;
    place = isLast ? 1 : place * 45;
    if (isLast) use(sum);
  }
};
// What the claims of a segment score; 0 where a term is missing.
const scored = async ([period, version, count], terms) => {
  const shards = new Map(terms.map(({ term }) => [shardOf(term, count), null]));
  await Promise.all([...shards.keys()].map(async (number) => shards.set(number, await kept(`${period}-t${number}`, version))));
  const starts = [0];
  sums([...shards.values()][0][0], (end) => starts.push(end));
  let total = null;
  for (const term of terms) {
    const here = new Uint16Array(starts[starts.length - 1]);
    for (const [name, claims, articles = ""] of linesOf(shards.get(shardOf(term.term, count))[1], term)) {
      const mark = (value, from, to) => {
        const score = 2 * (value & 3) + 2 + (name === term.term);
        for (let claim = from; claim < to; claim += 1) if (score > here[claim]) here[claim] = score;
      };
      term.isFound = true;
      sums(claims, (value) => mark(value, value >> 2, (value >> 2) + 1));
      sums(articles, (value) => mark(value, starts[value >> 2], starts[(value >> 2) + 1]));
    }
    total = total ? here.map((score, claim) => score && total[claim] && score + total[claim]) : here;
  }
  return total;
};

// The best first, then the newest, as segments and the claims in them stand: a hit is one number that sorts so. The years
// that were asked for are looked into first, and hits told before all are known.
const SIZE = 2 ** 18;
const hitOf = (score, segment, claim) => ((4095 - score) * SIZE + segment) * SIZE + claim;
const search = async (segments, { terms, years, days }, year, begin) => {
  const only = year ? [year] : days.map((day) => day.slice(0, 4)), hits = [];
  const isOf = (some, at) => segments[at][0] === "all" || some.includes(segments[at][0].slice(0, 4));
  const order = [...segments.keys()].filter((at) => !only.length || isOf(only, at)).sort((one, other) => isOf(years, other) - isOf(years, one) || one - other);
  const scores = terms.length ? order.map((at) => scored(segments[at], terms)) : [];
  scores.forEach((some) => some.catch(() => {})); // the first that fails is told below
  for (const [number, some] of scores.entries()) {
    (await some).forEach((score, claim) => { if (score) hits.push(hitOf(score, order[number], claim)); });
    if (hits.length && number + 1 < scores.length) begin(hits);
  }
  return Float64Array.from(hits).sort();
};

const placeOf = (segments, hit) => {
  const [period, version, , parts] = segments[Math.floor(hit / SIZE) % SIZE];
  let claim = hit % SIZE, part = 0;
  while (claim >= parts[part]) claim -= parts[part++];
  return { name: `${period}-c${part}`, version, claim };
};
const shownOf = async ({ name, version, claim }) => {
  for (const [page, title, source, iso, day, language, besides, claims] of await kept(name, version)) {
    if (claim < claims.length) {
      const [id, text, quote, who, status, words] = claims[claim];
      return { href: `${page}#${id}`, title, source, iso, day, language, besides, text, quote, who, status, words };
    }
    claim -= claims.length;
  }
};
const has = (shown, phrases) => {
  const all = phrases.length ? Object.values(shown).map((text) => phraseOf(normalised(text || ""))) : [];
  return phrases.every((phrase) => all.some((text) => text.includes(phrase)));
};
// The pages whose names have all words, those with the fewest others first.
const named = async ([version, count], said) => {
  const files = await Promise.all(Array.from({ length: count }, (_, number) => kept(`names-${number}`, version)));
  const words = said.map((word, at) => (isWide(word) ? word : ` ${word}${at === said.length - 1 && word.length > 2 ? "" : " "}`));
  const is = (row) => words.every((word) => (row.text ||= phraseOf(normalised(`${row[1]}\n${row[3]}`))).includes(word));
  const length = ([, name]) => name.split(" ").length;
  return words.length ? files.flat().filter(is).sort((one, other) => length(one) - length(other)).slice(0, PAGES) : [];
};

const at = (id) => document.getElementById(`search_${id}`);
const form = at("form"), list = at("results"), pages = at("names"), more = at("more"), input = form.elements.q, root = document.documentElement;
const table = kept("table").then(([letters, own, names, ...segments]) => {
  learn(letters);
  named(names, []).catch(() => {});
  return { own, names, segments };
});
let latest = 0, current, running;

const tell = (name, what) => {
  const told = name && at("told").content.querySelector(`[data-told="${name}"]`).cloneNode(true);
  if (what) told.querySelector("b").textContent = what;
  at("status").replaceChildren(told);
};
// The text with what was looked for in <i>.
const lit = (text, said) => text.split(inText).flatMap((run, at) => {
  const plain = normalised(run), is = (word) => plain === word || (word === said[said.length - 1] && plain.startsWith(word));
  const inside = at % 2 && (isWide(run) ? said.find((word) => run.includes(word)) : said.some(is) && run);
  if (!inside) return run;
  const [before, ...after] = run.split(inside);
  return [before, Object.assign(document.createElement("i"), { textContent: inside }), after.join(inside)];
});
const say = (element, said, text, language) => {
  element.replaceChildren(...lit(text, said));
  element.dir = "auto";
  if (language && language !== root.lang) element.lang = language;
};
const copyOf = (id) => {
  const item = at(id).content.firstElementChild.cloneNode(true);
  return [item, (selector) => item.querySelector(selector) || document.createElement("i")]; // a theme may leave it out
};
const row = (shown, own, said) => {
  const [item, one] = copyOf("result"), { href, title, source, iso, day, language, text, quote, who, status } = shown;
  item.dataset.claim = href.replace(/^articles\/|\.html/g, "");
  one(".st").replaceWith(status ? at("statuses").content.querySelector(`.${CSS.escape(status)}`)?.cloneNode(true) ?? "" : "");
  say(Object.assign(one("a"), { href }), said, text || quote, text ? own : language); // the page stands at the root
  if (text) say(one("q"), said, quote, language); else one("q").remove();
  say(one(".who"), said, who, own);
  say(one("cite"), said, source === who ? title : `${source}: ${title}`, language);
  Object.assign(one("time"), { dateTime: iso, textContent: day });
  return item;
};
const pageRow = ([href, name, note], own, said) => {
  const [item, one] = copyOf("name");
  say(Object.assign(one("a"), { href }), said, name, own);
  one("span").textContent = note;
  return item;
};
const looks = (items) => Array.from(items, (item) => item.outerHTML).join("");
const replace = (element, items) => looks(element.children) === looks(items) || element.replaceChildren(...items);

// Look on until so many are found, or so many parts loaded; false if overtaken.
const find = async (results, count) => {
  const { segments } = await table, { hits, found, phrases } = results, parts = new Set();
  while (found.length < count && results.next < hits.length && parts.size < MOST_PARTS) {
    const end = results.next + Math.min(AT_ONCE, count - found.length);
    const some = Array.from(hits.slice(results.next, end), (hit) => placeOf(segments, hit)), shown = await Promise.all(some.map(shownOf));
    if (results !== current) break;
    some.forEach(({ name }) => parts.add(name));
    results.next += some.length;
    found.push(...shown.filter((one) => has(one, phrases)));
  }
  return results === current;
};
const show = async (results) => {
  const { own } = await table, { hits, found, said, phrases, names } = results, from = results.count;
  const told = () => {
    const isAll = results.next >= hits.length, count = isAll || phrases.length ? found.length : hits.length;
    more.hidden = isAll && results.count >= count;
    if (count || !isAll) tell("found", count.toLocaleString(root.lang) + (isAll || !phrases.length ? "" : "+"));
    else tell(results.missing ? "missing" : results.terms.length || input.value.trim() ? "none" : "", results.missing);
  };
  if (!(await find(results, from + AT_ONCE))) return;
  const rows = found.slice(from, from + AT_ONCE).map((one) => row(one, own, said));
  results.count += rows.length;
  if (from) list.append(...rows); else replace(list, rows);
  if (!names) return; // the rest is not known yet
  replace(pages, names.map((one) => pageRow(one, own, said)));
  told();
  if (phrases.length && (await find(results, Infinity))) told();
};
const isOnDisk = location.protocol === "file:"; // where only what follows a # may be another
const run = async () => {
  const turn = ++latest, chosen = [...new FormData(form)].filter(([, value]) => value.trim()), year = form.elements.year?.value;
  const asked = new URLSearchParams(chosen).toString(), marks = chosen.filter(([name]) => name !== "q" && name !== "kind");
  if (asked || location.search || location.hash.startsWith("#?")) history.replaceState(null, "", isOnDisk ? `#?${asked}` : location.pathname + (asked && `?${asked}`));
  try {
    const { names, segments } = await table, query = wanted(input.value, marks.map(([name, value]) => `#${name}-${value}`));
    const showing = (hits, of) => {
      const missing = query.terms.filter(({ word, isFound }) => word && !isFound).map(({ word }) => word);
      current = { ...query, hits, names: of, missing: [...new Set(missing)].join(" "), found: [], next: 0, count: 0 };
      return show(current);
    };
    let isBegun = false;
    const hits = await search(segments, query, year, (some) => {
      if (turn !== latest || isBegun) return;
      isBegun = true;
      showing(Float64Array.from(some).sort()).catch(() => {}); // what cannot be loaded is told at the end
    });
    const found = marks.length ? [] : await named(names, query.said);
    if (turn === latest) await showing(hits, found);
  } catch { if (turn === latest) tell("failed"); }
};
const read = () => {
  const asked = new URLSearchParams(location.hash.startsWith("#?") ? location.hash.slice(1) : location.search);
  for (const field of form.elements) if (field.name) field.value = asked.get(field.name) || "";
  running = run();
  return String(asked);
};
const keys = (event) => {
  const { key, target } = event, links = () => [input, ...pages.querySelectorAll("a"), ...list.querySelectorAll("a")];
  const step = { ArrowDown: 1, ArrowUp: -1 }[key], here = links().indexOf(target), isTyping = target === input;
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || target.matches("select")) return;
  if (key === "/" && !isTyping) input.focus();
  else if (step && here >= 0) links()[here + step]?.focus();
  else if (key === "Enter" && isTyping) running.then(() => links()[1]?.focus());
  else return;
  event.preventDefault();
};

form.hidden = false;
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("input", () => { running = run(); });
more.addEventListener("click", async () => {
  const count = list.children.length;
  await show(current);
  list.children[count]?.querySelector("a")?.focus();
});
document.addEventListener("keydown", keys);
addEventListener("hashchange", read);
if (!read()) input.focus();
})();
