// Keeps a page of the preview up to date: reloads it when what it shows has
// changed and lays problems over it. See the package documentation of
// builder/live.
(() => {
  "use strict";
  const { print: shown, quiet } = document.currentScript.dataset;
  const place = "gallerist-scroll:" + location.pathname;
  const tried = "gallerist-print:" + location.pathname;
  let source = null, box = null, dismissed = "", last = "";

  // Where the reader was, before a reload of ours.
  const kept = sessionStorage.getItem(place);
  if (kept !== null) {
    sessionStorage.removeItem(place);
    addEventListener("load", () => scrollTo({ top: Number(kept), behavior: "instant" }));
  }

  // One reload for one change: a page that does not come out as announced
  // must not reload for ever.
  function reload(print) {
    if (sessionStorage.getItem(tried) === print) return;
    sessionStorage.setItem(tried, print);
    close();
    sessionStorage.setItem(place, String(scrollY));
    location.reload();
  }

  function open() {
    if (source || document.hidden) return;
    source = new EventSource("/_gallerist/events?page=" + encodeURIComponent(location.pathname));
    source.onmessage = (event) => {
      const status = JSON.parse(event.data);
      if (status.print !== shown) reload(status.print);
      else sessionStorage.removeItem(tried);
      if (quiet === undefined) show(status);
    };
  }

  // A browser opens only six connections to a host: hidden pages give theirs
  // up and are told all they missed when they are looked at again.
  function close() {
    if (source) source.close();
    source = null;
  }
  addEventListener("pagehide", close);
  addEventListener("pageshow", open);
  document.addEventListener("visibilitychange", () => (document.hidden ? close() : open()));

  function element(name, text, className) {
    const e = document.createElement(name);
    if (text) e.textContent = text;
    if (className) e.className = className;
    return e;
  }

  function show(status) {
    last = JSON.stringify(status.notes);
    if (box) box.remove();
    box = null;
    if (status.notes.length === 0) dismissed = "";
    if (status.notes.length === 0 || last === dismissed) return;
    box = element("gallerist-problems");
    const shadow = box.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    shadow.adoptedStyleSheets = [sheet];
    shadow.append(panel(status));
    document.documentElement.append(box);
  }

  function panel(status) {
    const count = status.notes.length + status.more;
    const section = element("section");
    section.setAttribute("aria-label", "Problems in the content");
    section.lang = "en";
    section.dir = "ltr";
    const head = element("header");
    const title = element("h2", count === 1 ? "1 problem in the content" : count + " problems in the content");
    title.setAttribute("role", "status");
    const button = element("button", "Dismiss");
    button.type = "button";
    button.addEventListener("click", dismiss);
    section.addEventListener("keydown", (event) => event.key === "Escape" && dismiss());
    head.append(title, button);
    const list = element("ol");
    list.tabIndex = 0;
    for (const note of status.notes) list.append(item(note));
    section.append(head, list);
    if (status.more) section.append(element("p", "and " + status.more + " more: the terminal shows all"));
    return section;
  }

  function item(note) {
    const li = element("li");
    const what = element("p");
    what.append(element("strong", note.level === "error" ? "Error" : "Warning", note.level), " ", element("bdi", note.text));
    li.append(what);
    if (note.where) li.append(element("code", note.where));
    if (note.hint) li.append(element("p", "Hint: " + note.hint));
    return li;
  }

  function dismiss() {
    dismissed = last;
    box.remove();
    box = null;
  }

  const css = `
    :host { all: initial; color-scheme: light dark; }
    section {
      position: fixed; inset: auto 0 0 0; z-index: 2147483647; box-sizing: border-box; max-height: 50vh;
      display: flex; flex-direction: column; padding: 0.75rem 1rem; font: 16px/1.45 system-ui, sans-serif;
      color: light-dark(#1b1b1b, #f2f2f2); background: light-dark(#fff, #1e1e1e);
      border-top: 4px solid light-dark(#b3261e, #ff8a80); overflow-wrap: anywhere;
    }
    header { display: flex; gap: 1rem; align-items: center; justify-content: space-between; }
    h2 { margin: 0; font-size: 1.1rem; }
    button {
      font: inherit; color: inherit; background: transparent; border: 2px solid currentColor; border-radius: 4px;
      min-height: 2.5rem; padding: 0 1rem; cursor: pointer;
    }
    :focus-visible { outline: 3px solid light-dark(#0b57d0, #a8c7fa); outline-offset: 2px; }
    ol { margin: 0.5rem 0 0; padding-left: 2rem; overflow: auto; }
    li { margin-bottom: 0.6rem; }
    p { margin: 0; }
    code { font: 0.9em ui-monospace, monospace; }
    .error { color: light-dark(#b3261e, #ff8a80); }
    .warning { color: light-dark(#7a4f00, #ffcf70); }
    @media print { :host { display: none; } }
  `;

  open();
})();
