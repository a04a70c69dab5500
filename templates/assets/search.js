// The search of claims. Its index comes in script files, which are loaded as they are needed and call `briefingSearch`:
// so it works from a disk too. briefing/machines/ writes them: terms.py knows what a word is, search.py the rest.
"use strict";
(() => {
  const AT_ONCE = 10, PAGES = 4; // so many results are shown, and so many more; so many pages above them
  const MOST_TERMS = 100; // of what is typed, which may be a whole article
  const MOST_PARTS = 40; // that are looked into at once for results that may be none

  let ignored, folded, folds, stop, inRuns, isWide;
  const learn = ([wide, between, marks, letters, words]) => {
    [ignored, folds, inRuns, isWide] = [`[${marks}]`, `[${Object.keys(letters).join("")}]`, `[${wide}]+|[^${between}${wide}]{2,}|[0-9]`, `^[${wide}]`].map((of) => new RegExp(of, "gu"));
    isWide = new RegExp(isWide.source, "u");
    [folded, stop] = [letters, new Set(words)];
  };
  const normalised = (text) => text.normalize("NFKD").replace(ignored, "").normalize("NFC").toLowerCase().replace(folds, (letter) => folded[letter]);
  const runs = (text) => text.match(inRuns) || [];
  // The words with blanks around each: so a phrase is found where they follow each other.
  const phraseOf = (text) => runs(text).map((run) => (isWide.test(run) ? run : ` ${run} `)).join("").replace(/ +/g, " ");

  // What has to be found for what was typed. The last word may be the beginning of one, and so may a single character of
  // a script without blanks: each begins a term. A day in ISO 8601 is that of the article. What stands in quotes has to
  // stand so, and so have words of such scripts, of which each pair of characters may have been found apart.
  const wanted = (typed, marks) => {
    const days = [], plain = normalised(typed).replace(/\b\d{4}-(0\d?|1[0-2]?)(-[0-3]?\d?)?(?![\w-])/g, (day) => (days.push(day), " "));
    const words = runs(plain), last = words[words.length - 1], isOpen = !/["”»]\s*$/.test(plain);
    const of = (word) => {
      if (!isWide.test(word)) return [{ word, term: word, isPrefix: isOpen && word === last && word.length > 1 }];
      const letters = [...word];
      return letters.length === 1 ? [{ word, term: word, isPrefix: true }] : letters.slice(1).map((letter, at) => ({ word, term: letters[at] + letter }));
    };
    const said = [...new Set(words.filter((word) => !stop.has(word) || (word === last && words.length === 1)))];
    const quoted = [...plain.matchAll(/["“„«「『]([^"“”„«»「」『』]+)["”»」』]/g)].map(([, inside]) => phraseOf(inside)).filter((phrase) => phrase.trim().includes(" "));
    const terms = [...marks.map((term) => ({ term })), ...days.map((day) => ({ term: `#day-${day}`, isPrefix: true })), ...said.flatMap(of)];
    const years = [...said.filter((word) => /^(19|20)\d\d$/.test(word)), ...days.map((day) => day.slice(0, 4))];
    return { said, terms: terms.slice(0, MOST_TERMS), phrases: [...quoted, ...said.filter((word) => isWide.test(word) && [...word].length > 2)], years, days };
  };

  const arrived = new Map(), loading = new Map();
  globalThis.briefingSearch = Object.assign((name, data) => arrived.get(name)?.(data), { learn, normalised, runs, wanted });
  if (!globalThis.document?.currentScript) return; // tests of the above
  const folder = new URL("../search/", document.currentScript.src);

  const kept = (name, version = "") => {
    if (!loading.has(name)) loading.set(name, new Promise((resolve, reject) => {
      const script = document.createElement("script");
      const ended = () => {
        script.remove();
        if (arrived.delete(name)) { loading.delete(name); reject(new Error(name)); } // nothing has been handed over
      };
      arrived.set(name, (data) => { arrived.delete(name); resolve(data); });
      Object.assign(script, { src: new URL(`${name}.js${version && `?${version}`}`, folder), onload: ended, onerror: ended });
      document.head.append(script);
    }));
    return loading.get(name);
  };

  const shardOf = (term, count) => (term.codePointAt(0) * 31 + ([...term].length === 1 || isWide.test(term) ? 0 : term.codePointAt(1))) % count;
  function* linesOf(shard, { term, isPrefix }) {
    let at = shard.indexOf(`\n${term}${isPrefix ? "" : " "}`);
    while (at >= 0 && shard.startsWith(term, at + 1)) {
      const end = shard.indexOf("\n", at + 1), [name, claims, articles = ""] = shard.slice(at + 1, end).split(" ");
      yield [name === term, claims, articles];
      if (!isPrefix) return;
      at = end;
    }
  }
  // Numbers as briefing/machines/search.py writes them.
  const each = (written, use) => {
    for (let at = 0, value = 0, place = 1; at < written.length; at += 1) {
      const code = written.charCodeAt(at), digit = code - (code > 92 ? 36 : 35);
      if (digit < 46) { use(value + digit * place); value = 0; place = 1; }
      else { value += (digit - 46) * place; place *= 45; }
    }
  };
  const eachSum = (written, use) => {
    let sum = 0;
    each(written, (difference) => use((sum += difference)));
  };

  // What each claim of a segment scores that has all terms; the others 0.
  const scored = async ([period, version, count], terms) => {
    const loaded = new Map(terms.map(({ term }) => [shardOf(term, count), null]));
    await Promise.all([...loaded.keys()].map(async (number) => loaded.set(number, await kept(`${period}-t${number}`, version))));
    const starts = [0];
    each([...loaded.values()][0][0], (claims) => starts.push(starts[starts.length - 1] + claims));
    let total = null;
    for (const term of terms) {
      const here = new Uint16Array(starts[starts.length - 1]);
      for (const [isWhole, claims, articles] of linesOf(loaded.get(shardOf(term.term, count))[1], term)) {
        term.isFound = true;
        const mark = (value, from, to) => {
          const score = 2 * (value & 3) + 2 + isWhole;
          for (let claim = from; claim < to; claim += 1) if (score > here[claim]) here[claim] = score;
        };
        eachSum(claims, (value) => mark(value, value >> 2, (value >> 2) + 1));
        eachSum(articles, (value) => mark(value, starts[value >> 2], starts[(value >> 2) + 1]));
      }
      total = total ? here.map((score, claim) => score && total[claim] && score + total[claim]) : here;
    }
    return total;
  };

  // The best first, then the newest: segments and the claims in them stand in that order. A hit is one number that sorts
  // so. The segments of years that were asked for are looked into first, and some hits told before the others are known.
  const SIZE = 2 ** 18;
  const hitOf = (score, segment, claim) => ((4095 - score) * SIZE + segment) * SIZE + claim;
  const claimOf = (hit) => [Math.floor(hit / SIZE) % SIZE, hit % SIZE];
  const search = async (segments, { terms, years, days }, year, begin) => {
    const only = year ? [year] : days.map((day) => day.slice(0, 4));
    const isOf = (some, period) => period === "all" || some.includes(period.slice(0, 4));
    const order = [...segments.keys()].filter((at) => !only.length || isOf(only, segments[at][0]));
    order.sort((one, other) => isOf(years, segments[other][0]) - isOf(years, segments[one][0]) || one - other);
    const scores = terms.length ? order.map((at) => scored(segments[at], terms)) : [], hits = [];
    scores.forEach((some) => some.catch(() => {})); // the first that fails is told below
    for (const [number, some] of scores.entries()) {
      (await some).forEach((score, claim) => { if (score) hits.push(hitOf(score, order[number], claim)); });
      if (hits.length && number + 1 < scores.length) begin(() => Float64Array.from(hits).sort());
    }
    return Float64Array.from(hits).sort();
  };

  const partOf = ([period, version, , parts], claim) => {
    let part = 0, start = 0;
    while (claim >= start + parts[part]) start += parts[part++];
    return { name: `${period}-c${part}`, version, start, claim };
  };
  const shownOf = async ({ name, version, start, claim }) => {
    const articles = await kept(name, version);
    for (const [page, title, source, iso, day, language, besides, claims] of articles) {
      if (claim - start < claims.length) {
        const [id, text, quote, who, status, words = ""] = claims[claim - start];
        return { path: `${page}#${id}`, title, source, iso, day, language, text, quote, who, status, words: `${words}\n${besides}` };
      }
      start += claims.length;
    }
  };
  const has = (shown, phrases) => {
    const texts = [shown.title, shown.text, shown.quote, shown.who, shown.source, shown.day, ...shown.words.split("\n")].map((text) => phraseOf(normalised(text || "")));
    return phrases.every((phrase) => texts.some((text) => text.includes(phrase)));
  };

  // The pages whose names have all words, those that have nothing else first.
  const named = async ([version, count], said) => {
    const files = await Promise.all(Array.from({ length: count }, (_, number) => kept(`names-${number}`, version)));
    const last = said[said.length - 1], found = [];
    for (const row of files.flat()) {
      row.runs ||= row.slice(0, 4).map((text) => runs(normalised(text)));
      const [, name, , words] = row.runs, all = [...name, ...words];
      const is = (word) => (isWide.test(word) ? all.some((run) => run.includes(word)) : all.some((run) => run === word || (word === last && word.length > 2 && run.startsWith(word))));
      if (said.every(is)) found.push([name.length - said.filter((word) => name.includes(word)).length, row]);
    }
    return found.sort(([one], [other]) => one - other).slice(0, PAGES).map(([, row]) => row);
  };

  const start = () => {
    const at = (id) => document.getElementById(`search_${id}`);
    const form = at("form"), list = at("results"), pages = at("names"), more = at("more"), input = form.elements.q;
    const table = kept("table").then(([letters, own, names, ...segments]) => {
      learn(letters);
      named(names, []).catch(() => {}); // they will be needed
      return { own, names, segments };
    });
    let latest = 0, current = null, running = null;

    const tell = (name, what) => {
      const told = name && at("told").content.querySelector(`[data-told="${name}"]`)?.cloneNode(true);
      if (told?.querySelector("b")) told.querySelector("b").textContent = what;
      at("status").replaceChildren(...(told ? [told] : []));
    };
    // The text with what was looked for in <i>.
    const lit = (text, said) => {
      const nodes = [];
      let rest = 0;
      for (const { 0: run, index } of text.matchAll(inRuns)) {
        const plain = normalised(run);
        const is = (word) => !isWide.test(word) && (plain === word || (word === said[said.length - 1] && plain.startsWith(word)));
        const inside = isWide.test(run) ? said.find((word) => run.includes(word)) : said.some(is) && run;
        if (!inside) continue;
        const begin = index + run.indexOf(inside);
        nodes.push(text.slice(rest, begin), Object.assign(document.createElement("i"), { textContent: inside }));
        rest = begin + inside.length;
      }
      return [...nodes, text.slice(rest)];
    };
    const say = (element, said, text, language) => {
      element.replaceChildren(...lit(text, said));
      element.dir = "auto";
      if (language && language !== document.documentElement.lang) element.lang = language;
    };
    const copyOf = (id) => {
      const item = at(id).content.firstElementChild.cloneNode(true);
      return [item, (selector) => item.querySelector(selector) || document.createElement("i")]; // a theme may leave it out
    };
    const row = (shown, own, said) => {
      const [item, one] = copyOf("result");
      const status = shown.status && at("statuses").content.querySelector(`.${CSS.escape(shown.status)}`);
      item.dataset.claim = shown.path.replace(/^articles\/|\.html/g, "");
      if (status) one(".st").replaceWith(status.cloneNode(true)); else one(".st").remove();
      const link = one("a");
      link.href = shown.path; // the page stands at the root
      say(link, said, shown.text || shown.quote, shown.text ? own : shown.language);
      if (shown.text) say(one("q"), said, shown.quote, shown.language); else one("q").remove();
      say(one(".who"), said, shown.who, own);
      say(one("cite"), said, shown.source === shown.who ? shown.title : `${shown.source}: ${shown.title}`, shown.language);
      Object.assign(one("time"), { dateTime: shown.iso, textContent: shown.day });
      return item;
    };
    const pageRow = ([path, name, note], own, said) => {
      const [item, one] = copyOf("name");
      one("a").href = path;
      say(one("a"), said, name, own);
      one("span").textContent = note;
      return item;
    };

    // Look on in the results until so many have been found, or so many parts been loaded.
    const find = async (results, count) => {
      const { segments } = await table, { hits, found, phrases } = results, parts = new Set();
      while (found.length < count && results.next < hits.length && parts.size < MOST_PARTS) {
        const size = phrases.length ? 2 * AT_ONCE : count - found.length;
        const some = [...hits.slice(results.next, results.next + size)].map(claimOf).map(([segment, claim]) => partOf(segments[segment], claim));
        some.forEach(({ name }) => parts.add(name));
        const shown = await Promise.all(some.map(shownOf));
        if (results !== current) return false;
        results.next += some.length;
        found.push(...shown.filter((one) => has(one, phrases)));
      }
      return results === current;
    };
    // Results that another query, or the rest of the same, has overtaken are not shown.
    const show = async (results) => {
      const { own } = await table, { hits, found, said, isWhole, names } = results, from = results.count;
      if (!(await find(results, from + AT_ONCE))) return;
      const rows = found.slice(from, from + AT_ONCE).map((one) => row(one, own, said));
      results.count += rows.length;
      const replace = (element, items) => {
        const looks = (some) => [...some].map((item) => item.outerHTML).join("");
        if (looks(element.children) !== looks(items)) element.replaceChildren(...items);
      };
      if (from) list.append(...rows); else replace(list, rows);
      if (names) replace(pages, names.map((one) => pageRow(one, own, said)));
      if (!isWhole) return;
      const told = () => {
        const isAll = results.next >= hits.length || !results.phrases.length, count = results.next >= hits.length ? found.length : hits.length;
        more.hidden = results.count >= count;
        if (count) tell("found", isAll ? count.toLocaleString(document.documentElement.lang) : `${found.length}+`);
        else if (results.missing.length) tell("missing", results.missing.join(" "));
        else tell("none");
      };
      told();
      if (results.phrases.length && (await find(results, Infinity))) told();
    };
    const isOnDisk = location.protocol === "file:"; // where only what stands behind # may be another
    const run = async () => {
      const turn = ++latest, chosen = [...new FormData(form)].filter(([, value]) => value.trim());
      const asked = new URLSearchParams(chosen).toString(), year = form.elements.year?.value;
      if (asked || location.search || location.hash.startsWith("#?")) history.replaceState(history.state, "", isOnDisk ? `#?${asked}` : asked ? `?${asked}` : location.pathname);
      let query, isBegun = false;
      const showing = (hits, isWhole, names) => {
        const { said, terms, phrases } = query, missing = said.filter((word) => terms.some((term) => term.word === word && !term.isFound));
        current = { said, phrases, hits, isWhole, names, missing, found: [], next: 0, count: 0 };
        return show(current);
      };
      const begin = (hits) => {
        if (turn !== latest || isBegun) return;
        isBegun = true;
        showing(hits(), false).catch(() => {}); // what cannot be loaded is told at the end
      };
      try {
        const { names, segments } = await table;
        query = wanted(input.value, chosen.filter(([name]) => !["q", "kind"].includes(name)).map(([name, value]) => `#${name}-${value}`));
        const { said, terms } = query, isNarrowed = chosen.some(([name]) => name !== "q");
        const hits = await search(segments, query, year, begin);
        const found = said.length && !isNarrowed ? await named(names, said).catch(() => []) : [];
        if (turn !== latest) return;
        await showing(hits, true, found);
        if (!terms.length) tell("");
      } catch { if (turn === latest) tell("failed"); }
    };
    const read = () => {
      const asked = new URLSearchParams(location.hash.startsWith("#?") ? location.hash.slice(2) : location.search);
      for (const field of form.elements) if (field.name) field.value = asked.get(field.name) || "";
      running = run();
      return String(asked);
    };
    const keys = (event) => {
      const links = () => [...pages.querySelectorAll("a"), ...list.querySelectorAll("a")], isTyping = event.target === input;
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key], here = links().indexOf(document.activeElement);
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.target.matches("select")) return;
      if (event.key === "/" && !isTyping) input.focus();
      else if (step && (here >= 0 || (isTyping && step > 0))) (links()[here + step] || (step < 0 ? input : links()[here]))?.focus();
      else if (event.key === "Enter" && isTyping) running.then(() => links()[0]?.focus());
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
    addEventListener("popstate", () => { if (!isOnDisk) read(); });
    if (!read()) input.focus();
  };
  if (document.getElementById("search_form")) start();
})();
