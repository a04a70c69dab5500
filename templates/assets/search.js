// The search of claims. Its index comes in script files, which are loaded as they are needed and call `briefingSearch`:
// so it works from a disk too. What is a word here is one in briefing/machines/terms.py.
"use strict";
(() => {
  const WIDE = "\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3105-\u312f\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\u{20000}-\u{3ffff}";
  const BETWEEN = "\\0-/:-@\\[-`{-\u00bf\u00d7\u00f7\u037e\u0387\u055a-\u055f\u0589\u05be\u05c0\u05c3\u05f3\u05f4\u060c\u061b\u061f\u066a-\u066d\u06d4\u0964\u0965\u1680\u2000-\u206f\u20a0-\u20cf\u2190-\u2bff\u2e00-\u2e7f\u3000-\u3004\u3008-\u3020\u3030\u303b-\u3040\u3097-\u309c\u30a0\u30fb\ue000-\uf8ff\ufdd0-\ufe4f\ufeff\ufff0-\uffff\u{1f000}-\u{1faff}";
  const IGNORED = /[\u00ad\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c7\u064b-\u065f\u0670\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/gu;
  const FOLDED = { ß: "ss", ς: "σ", æ: "ae", œ: "oe", ø: "o", đ: "d", ð: "d", ł: "l", ħ: "h", ı: "i", þ: "th" };
  const STOP = new Set("a an and are as at be by for from in is it of on or that the to was were with".split(" "));
  const RUNS = new RegExp(`[${WIDE}]+|[^${BETWEEN}${WIDE}]{2,}|[0-9]`, "gu");
  const IS_WIDE = new RegExp(`^[${WIDE}]`, "u");
  const FOLDS = new RegExp(`[${Object.keys(FOLDED).join("")}]`, "gu");
  const AT_ONCE = 20; // so many results are shown, and so many more

  const normalised = (text) => text.normalize("NFKD").replace(IGNORED, "").normalize("NFC").toLowerCase().replace(FOLDS, (letter) => FOLDED[letter]);
  const runs = (text) => text.match(RUNS) || [];

  // What has to be found for what was typed. The last word may be the beginning of one, and so may a single character of
  // a script without blanks: each begins a term.
  const wanted = (typed, marks) => {
    const words = runs(normalised(typed)), last = words[words.length - 1];
    const of = (run) => {
      if (!IS_WIDE.test(run)) return [{ term: run, isPrefix: run === last && run.length > 1 }];
      const letters = [...run];
      return letters.length === 1 ? [{ term: run, isPrefix: true }] : letters.slice(1).map((letter, at) => ({ term: letters[at] + letter }));
    };
    const said = words.filter((run) => !STOP.has(run) || (run === last && words.length === 1));
    return { said, terms: [...said.flatMap(of), ...marks.map((term) => ({ term }))] };
  };

  const arrived = new Map(), loading = new Map();
  globalThis.briefingSearch = Object.assign((name, data) => arrived.get(name)?.(data), { normalised, runs, wanted });
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

  const shardOf = (term, count) => (term.codePointAt(0) * 31 + ([...term].length === 1 || IS_WIDE.test(term) ? 0 : term.codePointAt(1))) % count;
  function* linesOf(shard, { term, isPrefix }) {
    let at = shard.indexOf(`\n${term}${isPrefix ? "" : " "}`);
    while (at >= 0 && shard.startsWith(term, at + 1)) {
      const end = shard.indexOf("\n", at + 1), [name, ...numbers] = shard.slice(at + 1, end).split(" ");
      yield [name === term, numbers];
      if (!isPrefix) return;
      at = end;
    }
  }

  // The claims of a segment that have all terms, with what they score.
  const hitsIn = async (segment, terms) => {
    const [period, version, count] = segment;
    const shards = new Map(terms.map(({ term }) => [shardOf(term, count), ""]));
    await Promise.all([...shards.keys()].map(async (number) => shards.set(number, await kept(`${period}-t${number}`, version))));
    let found = null;
    for (const term of terms) {
      const here = new Map();
      for (const [isWhole, numbers] of linesOf(shards.get(shardOf(term.term, count)), term)) {
        let value = 0;
        for (const more of numbers) {
          value += Number(more);
          const claim = value >> 2, score = 2 * (value & 3) + 2 + isWhole;
          if ((!found || found.has(claim)) && score > (here.get(claim) || 0)) here.set(claim, score);
        }
      }
      if (found) for (const [claim, score] of here) here.set(claim, score + found.get(claim));
      found = here;
    }
    return [...found].map(([claim, score]) => ({ segment, claim, score }));
  };

  // The best first, then the newest: segments and the claims in them stand in that order. Those of the newest segments
  // are told before the others have been looked into.
  const search = async ([, ...segments], terms, begin) => {
    const place = new Map(segments.map((segment, at) => [segment, at])), hits = [];
    for (let from = 0, count = 4; terms.length && from < segments.length; from += count, count *= 4) {
      for (const found of await Promise.all(segments.slice(from, from + count).map((segment) => hitsIn(segment, terms)))) hits.push(...found);
      hits.sort((one, other) => other.score - one.score || place.get(one.segment) - place.get(other.segment) || one.claim - other.claim);
      if (from + count < segments.length) begin([...hits]);
    }
    return hits;
  };

  const shownOf = async ({ segment: [period, version, , parts], claim }) => {
    let part = 0, start = 0;
    while (claim >= start + parts[part]) start += parts[part++];
    const articles = await kept(`${period}-c${part}`, version);
    const claims = articles.flatMap(([page, title, source, iso, day, language, of]) =>
      of.map(([id, text, quote, who, status, words]) => ({ path: `${page}#${id}`, title, source, iso, day, language, text, quote, who, status, words })));
    return claims[claim - start];
  };
  // Pairs of characters may have been found apart.
  const has = (shown, said) => {
    const text = normalised([shown.title, shown.text, shown.quote, shown.who, shown.source, shown.words].join("\n"));
    return said.every((run) => !IS_WIDE.test(run) || [...run].length < 3 || text.includes(run));
  };

  const start = () => {
    const at = (id) => document.getElementById(`search_${id}`);
    const form = at("form"), list = at("results"), more = at("more"), input = form.elements.q;
    const table = kept("table");
    // The newest segments will be needed.
    table.then(([, ...segments]) => segments.slice(0, 4).forEach(([period, version, count]) => {
      for (let number = 0; number < count; number += 1) kept(`${period}-t${number}`, version).catch(() => {});
    }), () => {});
    let latest = 0, current = null;

    const tell = (name, count) => {
      const told = name && at("told").content.querySelector(`[data-told="${name}"]`).cloneNode(true);
      if (name === "found") told.querySelector("b").textContent = count;
      at("status").replaceChildren(...(told ? [told] : []));
    };
    // The text with what was looked for in <i>.
    const lit = (text, said) => {
      const nodes = [];
      let rest = 0;
      for (const { 0: run, index } of text.matchAll(RUNS)) {
        const plain = normalised(run);
        const is = (word) => !IS_WIDE.test(word) && (plain === word || (word === said[said.length - 1] && plain.startsWith(word)));
        const inside = IS_WIDE.test(run) ? said.find((word) => run.includes(word)) : said.some(is) && run;
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
    const row = (shown, own, said) => {
      const item = at("result").content.firstElementChild.cloneNode(true);
      const one = (selector) => item.querySelector(selector) || document.createElement("i"); // a theme may leave it out
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

    // Results that another query, or the rest of the same, has overtaken are not shown.
    const show = async (results) => {
      const [own] = await table, { hits, isWhole } = results, isFirst = results.next === 0, rows = [];
      while (rows.length < AT_ONCE && results.next < hits.length) {
        const some = hits.slice(results.next, results.next + AT_ONCE - rows.length), shown = await Promise.all(some.map(shownOf));
        if (results !== current) return;
        const is = shown.map((one) => has(one, results.said));
        rows.push(...shown.filter((_, at) => is[at]).map((one) => row(one, own, results.said)));
        hits.splice(results.next, some.length, ...some.filter((_, at) => is[at]));
        results.next += is.filter(Boolean).length;
      }
      if (results !== current) return;
      const looks = (items) => [...items].map((item) => item.outerHTML).join("");
      if (!isFirst) list.append(...rows);
      else if (looks(list.children) !== looks(rows)) list.replaceChildren(...rows);
      more.hidden = !isWhole || results.next >= hits.length;
      if (isWhole) tell(hits.length ? "found" : "none", hits.length);
    };
    const run = async () => {
      const turn = ++latest, chosen = [...new FormData(form)].filter(([, value]) => value.trim());
      const asked = new URLSearchParams(chosen).toString();
      if (asked || location.hash.startsWith("#?")) history.replaceState(null, "", asked ? `#?${asked}` : "#");
      const { said, terms } = wanted(input.value, chosen.filter(([name]) => !["q", "kind"].includes(name)).map(([name, value]) => `#${name}-${value}`));
      const showing = (hits, isWhole) => { current = { said, hits, isWhole, next: 0 }; return show(current); };
      let isBegun = false;
      const begin = (hits) => {
        if (turn !== latest || isBegun || !hits.length) return;
        isBegun = true;
        showing(hits, false).catch(() => {}); // what cannot be loaded is told at the end
      };
      try {
        const hits = await search(await table, terms, begin);
        if (turn !== latest) return;
        await showing(hits, true);
        if (!terms.length) tell("");
      } catch { if (turn === latest) tell("failed"); }
    };
    const read = () => {
      const asked = new URLSearchParams(location.hash.startsWith("#?") ? location.hash.slice(2) : location.search);
      for (const field of form.elements) if (field.name) field.value = asked.get(field.name) || "";
      run();
    };
    const keys = (event) => {
      const links = [...list.querySelectorAll("a")], here = links.indexOf(document.activeElement), isTyping = event.target === input;
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.target.matches("select")) return;
      if (event.key === "/" && !isTyping) input.focus();
      else if (step && (here >= 0 || (isTyping && step > 0))) (links[here + step] || (step < 0 ? input : links[here]))?.focus();
      else if (event.key === "Enter" && isTyping) links[0]?.focus();
      else return;
      event.preventDefault();
    };

    form.hidden = false;
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("input", run);
    more.addEventListener("click", async () => {
      const count = list.children.length;
      await show(current);
      list.children[count]?.querySelector("a")?.focus();
    });
    document.addEventListener("keydown", keys);
    addEventListener("hashchange", read);
    if (!location.hash) input.focus();
    read();
  };
  if (document.getElementById("search_form")) start();
})();
