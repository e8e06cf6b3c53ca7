// Keeps a page of the preview up to date: reloads it when what it shows has
// changed, exchanges what can be exchanged without that, and lays problems
// over it. See the package documentation of builder/live.
(() => {
  "use strict";
  const own = document.currentScript.dataset;
  const kept = (what) => "gallerist-" + what + ":" + location.pathname;
  let look = own.look, leaving = false;

  // What can be exchanged, found by the rules of readPage, with all elements
  // that stand for one part: a new style sheet and, while it loads, old ones.
  const slots = [...document.querySelectorAll(
    "link[rel~=stylesheet i][href], link[rel~=icon i][href], meta[name=theme-color i][content], [style]",
  )].map((element) => [element]);

  // One reload for one change: a page that does not come out as announced
  // must not reload for ever.
  function reload(print) {
    if (sessionStorage.getItem(kept("print")) === print) return false;
    sessionStorage.setItem(kept("print"), print);
    close();
    leaving = true;
    sessionStorage.setItem(kept("place"), JSON.stringify(place()));
    history.scrollRestoration = "manual";
    location.reload();
    return true;
  }

  // Says whether the slots hold what the server takes them to hold. They do
  // not where a script or the mending of bad markup has moved things.
  const attribute = { sheet: "href", icon: "href", tint: "content", style: "style" };
  const agree = (next) =>
    next.length === slots.length && next.every((part, i) => slots[i][0].getAttribute(attribute[part.kind]) === part.value);
  let parts = JSON.parse(own.parts) ?? []; // what is in the slots; null = not known, so nothing is exchanged
  if (!agree(parts)) parts = null;

  // Brings what the page shows up to a status. It says no if that takes a
  // reload.
  function exchange(status) {
    if (parts === null) return false;
    const next = status.parts ?? [];
    next.forEach((part, i) => {
      if (parts[i].value === part.value && parts[i].tag === part.tag) return;
      const last = slots[i].at(-1);
      if (part.kind === "style") last.style.cssText = part.value;
      else if (part.kind === "tint") last.content = part.value;
      else link(slots[i], last, part);
    });
    parts = next;
    look = status.look;
    return true;
  }

  // Puts a new style sheet beside the old one, which goes when the new one is
  // there, so that the page is never without.
  function link(slot, last, part) {
    const fresh = last.cloneNode();
    const address = new URL(part.value, document.baseURI);
    if (part.tag) address.searchParams.set("v", part.tag);
    fresh.href = address.href;
    if (part.kind === "icon") {
      last.replaceWith(fresh);
      slot[0] = fresh;
      return;
    }
    slot.push(fresh);
    const arrived = () => {
      for (const old of slot.splice(0, slot.indexOf(fresh))) old.remove();
    };
    fresh.onload = fresh.onerror = arrived;
    last.after(fresh);
  }

  // Where the reader is: elements are named by id or address, and by their
  // number among those of that name.
  function nameOf(element) {
    let selector = element.localName;
    if (element.id) selector = "#" + CSS.escape(element.id);
    else if (element.hasAttribute("href")) selector += '[href="' + CSS.escape(element.getAttribute("href")) + '"]';
    return [selector, [...document.querySelectorAll(selector)].indexOf(element)];
  }
  function named([selector, n]) {
    return document.querySelectorAll(selector)[n];
  }

  function place() {
    const inView = (element) => {
      const box = element.getBoundingClientRect();
      return box.height > 0 && box.top >= 0 && box.top < innerHeight;
    };
    const mark = scrollY > 0 && [...document.querySelectorAll("main [id], main a[href]")].find(inView);
    const focus = document.activeElement;
    return {
      y: scrollY,
      x: scrollX,
      mark: mark ? [nameOf(mark), mark.getBoundingClientRect().top] : null,
      focus: focus && focus !== document.body && focus.matches(":focus-visible") ? nameOf(focus) : null,
      details: [...document.querySelectorAll("details")].map((e) => [nameOf(e), e.open]),
      scrolled: [...document.querySelectorAll("body *")]
        .filter((e) => e.scrollLeft !== 0 || e.scrollTop !== 0)
        .map((e) => [nameOf(e), e.scrollLeft, e.scrollTop]),
    };
  }

  // Goes to where the reader was: what they looked at is where it was on the
  // screen, whatever has come or gone above it. It says whether the page is
  // long enough for that.
  function goTo(was) {
    scrollTo({ left: was.x, top: was.y, behavior: "instant" });
    const mark = was.mark && named(was.mark[0]);
    const off = () => (mark ? mark.getBoundingClientRect().top - was.mark[1] : was.y - scrollY);
    scrollBy({ top: off(), behavior: "instant" });
    return Math.abs(off()) < 2;
  }

  function restore(was) {
    for (const [name, open] of was.details) {
      const details = named(name);
      if (details) details.open = open;
    }
    for (const [name, left, top] of was.scrolled) {
      named(name)?.scrollTo({ left, top, behavior: "instant" });
    }
    if (was.focus) named(was.focus)?.focus({ preventScroll: true });
    if (!goTo(was)) {
      // It may be once pictures have come; but not under a reader's hands.
      const hands = new AbortController();
      for (const kind of ["wheel", "touchstart", "pointerdown", "keydown"]) {
        addEventListener(kind, () => hands.abort(), { signal: hands.signal, passive: true, capture: true });
      }
      addEventListener("load", () => goTo(was), { signal: hands.signal });
    }
    // From now on the browser keeps the place again, unless we are at it.
    const hand = () => leaving || (history.scrollRestoration = "auto");
    addEventListener("load", () => setTimeout(hand));
    addEventListener("pagehide", hand);
  }
  const was = sessionStorage.getItem(kept("place"));
  if (was !== null) {
    sessionStorage.removeItem(kept("place"));
    restore(JSON.parse(was));
  }

  // The line to the server. A browser opens only six connections to a host:
  // hidden pages give theirs up and are told all they missed when they are
  // looked at again.
  let source = null, again = 0, missing = 0;
  function open() {
    if (source || document.hidden) return;
    source = new EventSource("/_gallerist/events?page=" + encodeURIComponent(location.pathname));
    source.onmessage = (event) => {
      clearTimeout(missing);
      missing = 0;
      heed(JSON.parse(event.data));
    };
    source.onerror = () => {
      missing ||= setTimeout(() => draw(null), 2000);
      if (source.readyState !== EventSource.CLOSED) return; // it tries again by itself
      close();
      again = setTimeout(open, 1000);
    };
  }
  function close() {
    clearTimeout(again);
    if (source) source.close();
    source = null;
  }
  addEventListener("pagehide", close);
  addEventListener("pageshow", open);
  document.addEventListener("visibilitychange", () => (document.hidden ? close() : open()));

  function heed(status) {
    if (status.print !== own.print) {
      if (reload(status.print)) return;
    } else if (status.look !== look && !exchange(status)) {
      if (reload(status.print + status.look)) return;
    } else {
      sessionStorage.removeItem(kept("print"));
    }
    draw(status);
  }

  // What is wrong. Errors open the panel; warnings, and what the reader has
  // put aside, leave a button in the corner.
  let box = null, drawn = "";
  const aside = "gallerist-aside", byHand = "gallerist-open"; // kept over reloads

  function draw(status) {
    const now = JSON.stringify(status && [status.notes, status.more]);
    if (now === drawn) return;
    drawn = now;
    if (status === null) return fill(element("output", "The preview has stopped. This page waits for it.", "stopped"));
    if (own.quiet !== undefined) return fill(null);
    const errors = keys(status.notes.filter((note) => note.level === "error"));
    const known = JSON.parse(sessionStorage.getItem(aside) ?? "[]");
    if (errors.length === 0) sessionStorage.removeItem(aside);
    if (status.notes.length === 0) {
      sessionStorage.removeItem(byHand);
      return fill(null);
    }
    const open = errors.some((key) => !known.includes(key)) || sessionStorage.getItem(byHand) !== null;
    fill(open ? panel(status) : corner(status));
  }

  // Problems by file and text: the line moves while one writes.
  const keys = (notes) => notes.map((note) => (note.where ?? "").replace(/(:\d+)+$/, "") + " " + note.text);

  // Shows content in the box, or takes the box away.
  function fill(content) {
    if (box === null && content !== null) {
      box = element("gallerist-problems");
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(css);
      box.attachShadow({ mode: "open" }).adoptedStyleSheets = [sheet];
      document.documentElement.append(box);
    }
    if (content !== null) {
      box.shadowRoot.replaceChildren(content);
    } else if (box !== null) {
      box.remove();
      box = null;
    }
  }

  function element(name, text, className) {
    const e = document.createElement(name);
    if (text) e.textContent = text;
    if (className) e.className = className;
    return e;
  }

  function button(text, press) {
    const b = element("button", text);
    b.type = "button";
    b.addEventListener("click", press);
    return b;
  }

  function told(status) {
    const number = (n, noun) => n + " " + noun + (n === 1 ? "" : "s");
    const errors = status.notes.filter((note) => note.level === "error").length;
    const warnings = status.notes.length - errors + status.more;
    return [errors && number(errors, "error"), warnings && number(warnings, "warning")].filter(Boolean).join(", ");
  }

  function corner(status) {
    const b = button(told(status), () => {
      sessionStorage.setItem(byHand, "");
      fill(panel(status));
      box.shadowRoot.querySelector("button").focus();
    });
    b.className = "corner " + status.notes[0].level;
    b.lang = "en";
    b.dir = "ltr";
    return b;
  }

  function panel(status) {
    const section = element("section");
    section.setAttribute("aria-label", "Problems in the content");
    section.lang = "en";
    section.dir = "ltr";
    section.className = status.notes[0].level;
    const put = () => {
      sessionStorage.setItem(aside, JSON.stringify(keys(status.notes)));
      sessionStorage.removeItem(byHand);
      fill(corner(status));
    };
    section.addEventListener("keydown", (event) => event.key === "Escape" && put());
    const head = element("header");
    const title = element("h2", told(status));
    title.setAttribute("role", "status");
    head.append(title, button("Put aside", put));
    const list = element("ol");
    list.tabIndex = 0;
    for (const note of status.notes) list.append(item(note));
    if (status.more) list.append(element("li", "and " + status.more + " more: the terminal shows all", "more"));
    section.append(head, list);
    return section;
  }

  function item(note) {
    const li = element("li", "", note.level);
    const what = element("p", "", "what");
    what.append(element("strong", note.level === "error" ? "Error" : "Warning"), " ", element("bdi", note.text));
    li.append(what);
    if (note.where) li.append(element("code", note.where));
    if (note.lines) li.append(excerpt(note.lines));
    if (note.hint) li.append(element("p", "Hint: " + note.hint, "hint"));
    return li;
  }

  function excerpt(lines) {
    const pre = element("pre");
    for (const line of lines) {
      const row = element("span", "", line.at ? "at" : "");
      row.append(element("i", line.n), element("bdi", line.before));
      if (line.at) row.lastChild.append(element("mark", line.mark ?? " ")); // at the end something is missing
      if (line.after) row.lastChild.append(line.after);
      pre.append(row);
    }
    return pre;
  }

  const css = `
    :host {
      all: initial; color-scheme: light dark;
      --ink: light-dark(#1d1b19, #f3f1ee); --soft: light-dark(#5d5852, #b9b3ab); --paper: light-dark(#fff, #1c1b1a);
      --band: light-dark(#f6f4f1, #262422); --line: light-dark(#dedad4, #3c3936);
      --error: light-dark(#b3261e, #ff9a8f); --warning: light-dark(#835500, #f5c56b);
    }
    * { box-sizing: border-box; }
    section, .corner, .stopped {
      position: fixed; z-index: 2147483647; font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper);
      border: 1px solid var(--line); box-shadow: 0 2px 6px rgb(0 0 0 / .12), 0 12px 40px rgb(0 0 0 / .22);
    }
    section {
      inset: auto 0 0 0; margin: 0 auto; inline-size: min(100%, 56rem); max-block-size: min(60vh, 34rem); display: flex; flex-direction: column;
      border-radius: 12px 12px 0 0; border-block-end: 0; overflow: hidden; overflow-wrap: anywhere;
    }
    section.error { border-block-start: 3px solid var(--error); }
    section.warning { border-block-start: 3px solid var(--warning); }
    header { display: flex; gap: 1rem; align-items: center; justify-content: space-between; padding: .5rem .75rem .5rem 1.25rem; }
    h2 { margin: 0; font-size: 1rem; font-weight: 650; }
    button { font: inherit; color: inherit; cursor: pointer; }
    header button {
      min-block-size: 2.5rem; padding: 0 .9rem; background: transparent; border: 1px solid var(--line); border-radius: 8px;
    }
    header button:hover, .corner:hover { background: var(--band); }
    .corner, .stopped { inset: auto auto 1rem 1rem; padding: .55rem 1rem; border-radius: 99px; font-weight: 600; font-size: 14px; }
    .corner.error { color: var(--error); } .corner.warning { color: var(--warning); }
    .corner::before { content: ""; display: inline-block; inline-size: .6em; block-size: .6em; margin-inline-end: .6em; border-radius: 50%; background: currentColor; }
    .stopped { max-inline-size: calc(100% - 2rem); color: var(--soft); font-weight: 400; }
    :focus-visible { outline: 3px solid light-dark(#0b57d0, #a8c7fa); outline-offset: 2px; }
    ol { margin: 0; padding: 0; list-style: none; overflow: auto; overscroll-behavior: contain; outline-offset: -3px; }
    li { padding: .85rem 1.25rem; border-block-start: 1px solid var(--line); }
    p { margin: 0; }
    .error strong { color: var(--error); } .warning strong { color: var(--warning); }
    code, pre { font: 13px/1.6 ui-monospace, "Cascadia Mono", Menlo, monospace; }
    code { color: var(--soft); }
    pre { margin: .5rem 0; padding: .4rem 0; background: var(--band); border-radius: 6px; overflow-x: auto; }
    pre span { display: block; inline-size: max-content; min-inline-size: 100%; padding: 0 .75rem 0 0; color: var(--soft); white-space: pre; }
    pre span.at { color: var(--ink); background: light-dark(#fdeceb, #3a2220); }
    .warning pre span.at { background: light-dark(#fbf1dc, #382d18); }
    pre i { display: inline-block; min-inline-size: 3.2rem; padding-inline-end: .8rem; text-align: end; font-style: normal; color: var(--soft); user-select: none; }
    mark { color: inherit; background: transparent; text-decoration: underline wavy var(--error) 1px; text-underline-offset: 4px; }
    .warning mark { text-decoration-color: var(--warning); }
    .hint, .more { color: var(--soft); }
    @media print { :host { display: none; } }
  `;

  open();
})();
