// Seasoning: filters, citations, a choice of theme and keys. Every page reads without it.
"use strict";
(() => {
  const words = { ...document.currentScript.dataset }; // what it says, in the language of the site
  const root = document.documentElement;
  const make = (tag, set, ...children) => {
    const element = Object.assign(document.createElement(tag), set);
    element.append(...children);
    return element;
  };
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];

  // The theme that the reader has chosen, before anything is drawn.
  const kept = {
    get: () => { try { return localStorage.getItem("theme"); } catch { return null; } },
    set: (value) => { try { value ? localStorage.setItem("theme", value) : localStorage.removeItem("theme"); } catch { /* not kept */ } },
  };
  const dress = (theme) => { if (theme) root.dataset.theme = theme; else delete root.dataset.theme; };
  dress(kept.get());

  const themes = () => {
    const names = [["", words.auto], ["light", words.light], ["dark", words.dark]];
    const select = make("select", { onchange: () => { dress(select.value); kept.set(select.value); } },
      ...names.map(([value, name]) => make("option", { value, textContent: name })));
    select.value = kept.get() || "";
    document.querySelector("footer.site")?.append(make("p", {}, make("label", {}, `${words.theme} `, select)));
  };

  // A folded part that an address leads into is opened, and so is what stands behind a claim.
  const unfold = () => {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    for (let part = target; part; part = part.parentElement) if (part.tagName === "DETAILS") part.open = true;
    const behind = target.matches("li") && target.querySelector("details");
    if (behind) behind.open = true;
    target.scrollIntoView();
  };

  // Lists of claims by topic, status, source, side and word. What is chosen stands in the address.
  const filters = () => {
    const rows = all("main .rows > [data-claim], main .lines [data-claim]");
    if (rows.length < 8 || !words.filter) return;
    const titles = Object.fromEntries(all("header.site nav a").map((link) => [link.pathname.split("/").pop().replace(".html", ""), link.textContent]));
    // A row has the number of its source; the list of these has its name.
    const sources = all(".src > li > span:first-of-type").map((name) => name.textContent);
    const sides = (row) => {
      const ids = (row.dataset.sides || "").split(" ").filter(Boolean);
      row.dataset.names?.split("|").forEach((name, at) => { titles[ids[at]] = name; });
      return ids;
    };
    const facts = rows.map((row) => ({
      row,
      topic: (row.dataset.topics || "").split(" ").filter(Boolean),
      status: all(".st", row).slice(0, 1).map((mark) => mark.textContent),
      source: [row.dataset.source || sources[row.querySelector("sup")?.textContent - 1]].filter(Boolean),
      side: sides(row),
      text: row.textContent.toLowerCase(),
    }));
    const state = new URLSearchParams(location.hash.startsWith("#?") ? location.hash.slice(2) : "");
    const count = make("output", { className: "u" });
    const form = make("form", { className: "filter", role: "search", onsubmit: (event) => event.preventDefault() });
    const apply = () => {
      const chosen = Object.fromEntries(new FormData(form));
      let shown = 0;
      for (const fact of facts) {
        const is = Object.entries(chosen).every(([name, value]) => !value || (name === "q" ? fact.text.includes(value.toLowerCase()) : fact[name].includes(value)));
        fact.row.hidden = !is;
        shown += is;
      }
      for (const fold of all("details.more")) if (shown < facts.length && fold.querySelector("[data-claim]:not([hidden])")) fold.open = true;
      count.textContent = `${shown} / ${facts.length}`;
      const set = new URLSearchParams(Object.entries(chosen).filter(([, value]) => value)).toString();
      if (set || location.hash.startsWith("#?")) history.replaceState(null, "", set ? `#?${set}` : "#");
    };
    for (const name of ["topic", "status", "source", "side"]) {
      const values = [...new Set(facts.flatMap((fact) => fact[name]))].sort();
      if (values.length < 2) continue;
      const options = values.map((value) => make("option", { value, textContent: titles[value] || value }));
      const select = make("select", { name, onchange: apply }, make("option", { value: "", textContent: words.all }), ...options);
      select.value = state.get(name) || "";
      form.append(make("label", {}, `${words[name]} `, select));
    }
    const search = make("input", { type: "search", name: "q", value: state.get("q") || "", oninput: apply });
    form.append(make("label", {}, `${words.word} `, search), count);
    // On a topic's page below what is due next, so that nothing moves that is read already.
    (document.querySelector("#topic_open") || rows[0].closest("section, .more, table, ul")).before(form);
    apply();
  };

  // A claim's citation, in the form that is asked for.
  const cited = (note) => {
    const header = document.querySelector("header.page");
    const day = header.querySelector("time")?.dateTime || "";
    const id = note.id.replace("claim_", "");
    return {
      id: `${location.pathname.split("/").pop().replace(".html", "")}-${id}`,
      title: header.querySelector("h1").textContent,
      source: header.querySelector(".kind a")?.textContent || "",
      day,
      quote: all(`mark[data-claims~="${id}"]`).map((mark) => mark.textContent).join(" ") || note.querySelector("summary").textContent,
      url: `${location.href.split("#")[0]}#${id}`,
    };
  };
  const filled = (form, of) => form.replace(/\{(\w+)\}/g, (_, name) => of[name]);
  const forms = {
    plain: (of) => filled(words.citation, of),
    markdown: (of) => `> ${of.quote}\n\n[${filled(words.cited, of)}](${of.url}), ${of.day}`,
    bibtex: (of) => `@online{${of.id},\n  title = {${of.title}},\n  author = {{${of.source}}},\n  date = {${of.day}},\n  url = {${of.url}},\n  note = {${of.quote}}\n}`,
    csl: (of) => JSON.stringify([{ id: of.id, type: "webpage", title: of.title, author: [{ literal: of.source }], issued: { "date-parts": [of.day.slice(0, 10).split("-").map(Number)] }, URL: of.url, note: of.quote }], null, 2),
  };
  const copy = async (text) => {
    try { await navigator.clipboard.writeText(text); } catch {
      const area = make("textarea", { value: text });
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
  };
  const citations = () => {
    if (!words.copy) return;
    for (const note of all(".notes > li")) {
      const say = make("output", { className: "u" });
      const names = [["plain", words.plain], ["markdown", "Markdown"], ["bibtex", "BibTeX"], ["csl", "CSL-JSON"]];
      const buttons = names.map(([form, name]) => make("button", { type: "button", textContent: name, onclick: async () => {
        await copy(forms[form](cited(note)));
        say.textContent = words.copied;
      } }));
      note.querySelector("details")?.append(make("p", { className: "cite" }, `${words.copy} `, ...buttons, say));
    }
  };

  // j and k go from claim to claim, o opens what stands behind one, or leads to its words; / leads to the search.
  const keys = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !"jko/".includes(event.key) || event.target.matches("input, select, textarea")) return;
    if (event.key === "/") {
      const search = document.querySelector('header.site a[href$="search.html"]:not([aria-current])');
      if (search) event.preventDefault();
      search?.click();
      return;
    }
    const claims = all("main [data-claim]").filter((claim) => claim.offsetParent && claim.querySelector("a, summary"));
    const at = claims.findIndex((claim) => claim.contains(document.activeElement));
    if (event.key === "o") {
      const fold = at >= 0 && claims[at].querySelector("details");
      if (fold) fold.open = !fold.open;
      else if (at >= 0) claims[at].querySelector("a")?.click();
      return;
    }
    const next = claims[Math.min(Math.max(at + (event.key === "j" ? 1 : -1), 0), claims.length - 1)];
    next?.querySelector("summary, a")?.focus();
  };

  document.addEventListener("DOMContentLoaded", () => {
    if (words.theme) themes();
    citations();
    filters();
    unfold();
    addEventListener("hashchange", unfold);
    document.addEventListener("keydown", keys);
  });
})();
