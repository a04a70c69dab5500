// What Pagefind finds in whole pages, below the claims; nothing where the site is opened from a disk.
"use strict";
(() => {
  const at = (id) => document.getElementById(`search_${id}`), form = at("form"), root = new URL("..", document.currentScript.src);
  if (!form || location.protocol === "file:") return; // no modules there
  let latest = 0, loaded = null;
  const load = async () => {
    const pagefind = await import(new URL("pagefind/pagefind.js", root));
    await pagefind.options({ baseUrl: root.pathname, excerptLength: 30 });
    return pagefind;
  };
  // The claim whose words a hit is in; else the last place before the first one.
  const place = ({ anchors, locations }) => {
    const last = (hit, of) => of.filter((anchor) => anchor.location <= hit).sort((one, other) => other.location - one.location)[0]?.id;
    const marks = anchors.filter(({ element }) => element === "mark");
    return locations.map((hit) => last(hit, marks)).find(Boolean) || last(locations[0] ?? 0, anchors);
  };
  const row = (page) => {
    const item = at("page").content.firstElementChild.cloneNode(true), id = place(page), kind = page.filters.kind?.[0];
    const one = (tag) => item.querySelector(tag) || document.createElement("i");
    Object.assign(one("a"), { href: page.url + (id ? `#${id}` : ""), textContent: page.meta.title });
    const excerpt = new DOMParser().parseFromString(page.excerpt, "text/html").body.childNodes;
    one("q").replaceChildren(...[...excerpt].map((node) => Object.assign(document.createElement(node.nodeName === "MARK" ? "i" : "span"), { textContent: node.textContent })));
    one(".u").textContent = [at("kinds").content.querySelector(`[data-kind="${kind}"]`)?.textContent, ...(page.filters.year || [])].filter(Boolean).join(" · ");
    return item;
  };
  const run = async () => {
    const turn = ++latest, { q, ...chosen } = Object.fromEntries(new FormData(form));
    const filters = Object.fromEntries(Object.entries(chosen).filter(([, value]) => value));
    let results = [], pages = [];
    try {
      if (q.trim()) ({ results } = await (await (loaded ||= load())).search(q, { filters }));
      pages = await Promise.all(results.slice(0, 10).map((result) => result.data()));
    } catch { loaded = null; }
    if (turn !== latest) return;
    at("pages").replaceChildren(...pages.map(row));
    at("whole").querySelector("h2 .u").textContent = results.length;
    at("whole").hidden = !pages.length;
  };
  form.addEventListener("input", run);
  addEventListener("hashchange", run);
  run();
})();
