// In a page that is served while it is edited: follows the site, and shows what is wrong with it.
"use strict";
(() => {
  const script = document.currentScript;
  const base = script.src.replace(/live\.js$/, "");
  const loaded = script.dataset.page;
  const name = `briefing ${base}`;
  let panel;

  const show = (problems) => {
    if (!problems) { panel?.remove(); panel = undefined; return; }
    if (!panel) {
      panel = document.createElement("aside");
      const root = panel.attachShadow({ mode: "open" });
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(":host{position:fixed;inset:auto 0 0;z-index:99;max-height:50vh;overflow:auto;background:#1d1111;color:#ffe9e6;border-top:3px solid #d6402f;font:13px/1.45 ui-monospace,monospace}pre{margin:0;padding:.75rem 1rem;white-space:pre-wrap}");
      root.adoptedStyleSheets = [sheet];
      root.append(document.createElement("pre"));
      panel.setAttribute("role", "status");
      document.body.append(panel);
    }
    panel.shadowRoot.querySelector("pre").textContent = problems;
  };

  // A page is loaded again only if it is another; what was focused is found again, and the browser keeps the scroll.
  const way = (element) => {
    const steps = [];
    for (let at = element; at && at !== document.body; at = at.parentElement) {
      if (at.id) { steps.unshift(`#${CSS.escape(at.id)}`); break; }
      steps.unshift(`${at.localName}:nth-of-type(${[...at.parentElement.children].filter((one) => one.localName === at.localName).indexOf(at) + 1})`);
    }
    return steps.join(" > ");
  };
  const folds = () => [...document.querySelectorAll("details[open]")].map(way);
  let version;
  const follow = async (news) => {
    show(news.problems);
    if (news.version === version) return;
    version = news.version;
    const answer = await fetch(location.href.split("#")[0], { method: "HEAD", cache: "no-store" });
    if (answer.headers.get("ETag") === `"${loaded}"`) return;
    sessionStorage.setItem(name, JSON.stringify({ focus: document.activeElement === document.body ? "" : way(document.activeElement), folds: folds() }));
    location.reload();
  };
  addEventListener("DOMContentLoaded", () => {
    const kept = JSON.parse(sessionStorage.getItem(name) || "null");
    sessionStorage.removeItem(name);
    if (!kept) return;
    for (const fold of kept.folds) { const found = document.querySelector(fold); if (found) found.open = true; }
    if (kept.focus) document.querySelector(kept.focus)?.focus({ preventScroll: true });
  });

  // One stream for all tabs of a browser: whoever has the lock tells the others.
  const channel = new BroadcastChannel(name);
  let last;
  channel.onmessage = ({ data }) => {
    if (data === "ask") { if (last && lead) channel.postMessage(last); } else follow(data);
  };
  let lead = false;
  const listen = () => new Promise(() => {
    lead = true;
    const stream = new EventSource(`${base}news`);
    stream.onmessage = ({ data }) => { last = JSON.parse(data); channel.postMessage(last); follow(last); };
  });
  if (navigator.locks) { navigator.locks.request(name, listen); channel.postMessage("ask"); } else listen();
})();
