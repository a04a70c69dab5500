// Follows the site: loads the page again when it is another one. Other parts join in by what is exported here.

const script = document.querySelector('script[type="module"][src$="_briefing/main.js"]');

// The address below which all that belongs to the server is, and what it says of this page: `page` tells it from any
// other, `version` is the state of the site that it is from, and `token` is there where files may be changed.
export const base = new URL(".", import.meta.url).href;
export const { page, version, token } = script.dataset;

// So long a tab that nobody looks at waits, so that the one in view is first; so often one asks that cannot listen; and so
// long until one listens again that was turned away. Milliseconds.
const LATER = 300, EACH = 2000, AGAIN = 2000;
const NAME = `briefing ${base}`;

const listeners = [];
let newest, seen = version, holds = 0, isOutdated = false;

// Call a function with all news, the newest at once: {version, problems, counts, has_errors, is_checked}.
export const onNews = (listener) => { listeners.push(listener); if (newest) listener(newest); };

// Keep the page as it is, while somebody writes in it, until the function that is returned is called.
export const hold = () => {
  let isHeld = true;
  holds += 1;
  return () => { if (isHeld) { isHeld = false; holds -= 1; if (isOutdated) refresh(); } };
};

const pause = (milliseconds) => new Promise((resolve) => { setTimeout(resolve, milliseconds); });

async function refresh() {
  isOutdated = true;
  if (holds) return;
  const address = location.href.split("#")[0];
  const answer = await fetch(address, { method: "HEAD", cache: "no-store" }).catch(() => null);
  if (!answer || holds) return;
  isOutdated = false;
  if (answer.headers.get("ETag") === `"${page}"`) return;
  keep();
  location.reload();
}

async function follow(news) {
  newest = news;
  for (const listener of listeners) listener(news);
  if (news.version === seen) return;
  seen = news.version;
  if (document.hidden) await pause(LATER);
  if (news.version === seen) await refresh();
}

// What a browser does not keep by itself over a reload: where the focus is, and which parts are folded.
const way = (element) => {
  const steps = [];
  for (let at = element; at && at !== document.body; at = at.parentElement) {
    if (at.id) { steps.unshift(`#${CSS.escape(at.id)}`); break; }
    const alike = [...at.parentElement.children].filter((one) => one.localName === at.localName);
    steps.unshift(`${CSS.escape(at.localName)}:nth-of-type(${alike.indexOf(at) + 1})`);
  }
  return steps.join(" > ");
};

const KEPT = `${NAME} ${location.pathname}`;
const keep = () => {
  const active = document.activeElement;
  const focus = active && active !== document.body ? way(active) : "";
  const folds = [...document.querySelectorAll("details")].map((one) => [way(one), one.open]);
  sessionStorage.setItem(KEPT, JSON.stringify({ focus, folds }));
};
const restore = () => {
  const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
  sessionStorage.removeItem(KEPT);
  if (!kept) return;
  for (const [where, isOpen] of kept.folds) {
    const found = document.querySelector(where);
    if (found?.localName === "details") found.open = isOpen;
  }
  if (kept.focus) document.querySelector(kept.focus)?.focus({ preventScroll: true });
};

// One stream for all tabs of a browser, which opens no more than six connections to a server: the tab that has the lock
// listens, and tells the others. Without locks, which are there on this machine and behind TLS only, every tab asks.
const channel = new BroadcastChannel(NAME);
let isLeader = false;
channel.onmessage = ({ data }) => {
  if (data !== "ask") follow(data);
  else if (isLeader && newest) channel.postMessage(newest);
};
const listen = () => {
  isLeader = true;
  const stream = new EventSource(`${base}news`);
  stream.onmessage = ({ data }) => { const news = JSON.parse(data); channel.postMessage(news); follow(news); };
  stream.onerror = () => { if (stream.readyState === EventSource.CLOSED) setTimeout(listen, AGAIN); };
};
const ask = async () => {
  for (;;) {
    const answer = await fetch(`${base}state`, { cache: "no-store" }).catch(() => null);
    if (answer?.ok) await follow(await answer.json());
    await pause(EACH);
  }
};

restore();
if (navigator.locks) {
  navigator.locks.request(NAME, () => { listen(); return new Promise(() => {}); });
  channel.postMessage("ask");
} else {
  ask();
}
