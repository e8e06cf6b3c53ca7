// What a page of a theme must hold, whatever the theme: returns a list of what it
// does not. width is that of the screen in pixels; covered asks whether credits
// are covered by something, which takes scrolling; big says that text is at 200 %,
// words that words in a line are as tall as the pictures beside them.
(function ({ width, covered, big, words: even }) {
  const bad = new Set();
  const all = (s, root = document) => [...root.querySelectorAll(s)];
  const box = (e) => e.getBoundingClientRect();
  const name = (e) => e.tagName.toLowerCase() + (e.getAttribute("class") ? "." + e.getAttribute("class").trim().replace(/\s+/g, ".") : "") +
    (e.closest(".card, [id]")?.id ? " in #" + e.closest(".card, [id]").id : "");
  const styles = new WeakMap(); // the page does not change while it is looked at
  const style = (e) => {
    let is = styles.get(e);
    if (!is) {
      const s = getComputedStyle(e);
      styles.set(e, is = { display: s.display, visibility: s.visibility, opacity: s.opacity, overflowX: s.overflowX, overflowY: s.overflowY, textOverflow: s.textOverflow });
    }
    return is;
  };
  const words = (e) => e.textContent.replace(/\s+/g, " ").trim().slice(0, 40);
  const scrolls = (e) => /auto|scroll/.test(style(e).overflowX);
  const cuts = (e) => /hidden|clip/.test(style(e).overflowX) || /hidden|clip/.test(style(e).overflowY);
  const forReaders = (e) => e.closest(".skip, svg") || ((b) => b.width <= 1.5 || b.height <= 1.5)(box(e));
  const above = function* (e) { for (let p = e.parentElement; p && p !== document.documentElement; p = p.parentElement) yield p; };
  const gone = (e) => {
    if (style(e).visibility !== "visible" || e.closest("[hidden], details:not([open]) > :not(summary), template, noscript")) return true;
    for (const p of [e, ...above(e)]) if (style(p).display === "none" || +style(p).opacity < .5) return true;
    return false;
  };

  // The outline of the page.
  if (all("h1").length !== 1) bad.add(all("h1").length + " h1");
  for (const s of ["main", "body > header, header.masthead", "body > footer", "title"]) if (all(s).length < 1) bad.add("no " + s);
  if (all("main").length > 1) bad.add("more than one main");
  for (const i of all("img:not([alt])")) bad.add("no alt: " + i.src);
  const ids = all("[id]").map((e) => e.id);
  for (const id of ids) if (ids.indexOf(id) !== ids.lastIndexOf(id)) bad.add("twice: #" + id);
  for (const e of all("body *")) for (const n of e.childNodes)
    if (n.nodeType === 3 && /\[[a-z]+\.[a-z_]+\]|\{[a-z]+\}/.test(n.data) && !e.closest("pre, code")) bad.add("a word is missing: " + n.data.trim());
  for (const a of all("a[href^='#']")) if (a.hash.length > 1 && !document.getElementById(decodeURIComponent(a.hash.slice(1)))) bad.add("leads nowhere: " + a.getAttribute("href"));
  if (!document.querySelector("a[href='#main']")) bad.add("no skip link");
  if (all("body *").some((e) => e.tabIndex > 0)) bad.add("a tabindex above 0");

  // Nothing sticks out of the screen.
  if (document.scrollingElement.scrollWidth > width) {
    const wide = all("body *").filter((e) => (box(e).right > width + 1 || box(e).left < -1) && !forReaders(e) && ![...above(e)].some((p) => scrolls(p) || cuts(p)));
    bad.add("scrolls sideways, " + document.scrollingElement.scrollWidth + " wide: " + wide.slice(0, 4).map(name).join(", "));
  }

  // What a script shows has its place before.
  const shares = matchMedia("(scripting)").matches && document.querySelector("script[src*='/share-']") ? all(".share[data-url]") : [];
  for (const share of shares) {
    const items = all("li:has([data-share])", share), were = items.map((i) => i.hidden), heights = [true, false].map((is) => {
      for (const i of items) i.hidden = is;
      return box(share).height;
    });
    items.forEach((i, n) => i.hidden = were[n]);
    if (items.length !== 2 || heights[0] !== heights[1]) bad.add("sharing's " + items.length + " buttons move the page: " + heights.join(" and ") + " px high");
  }

  // No text is cut off, and all of it can be seen.
  const texts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let n = walker.nextNode(); n; n = walker.nextNode()) {
    const e = n.parentElement;
    if (!n.data.trim() || e.closest("video, audio, script, style, template, noscript, [hidden], title, svg")) continue;
    if (e.closest("details:not([open])") && !e.closest("summary")) continue;
    const range = document.createRange();
    range.selectNodeContents(n);
    const rects = [...range.getClientRects()].filter((r) => r.width > 0 && r.height > 0);
    // A narrow tile may leave its title and gallery to the picture's page.
    const narrow = e.closest(".card .title, .card .of") && box(e.closest(".card")).width < 14 * parseFloat(getComputedStyle(document.documentElement).fontSize);
    if (!rects.length || gone(e)) { if (!narrow && !e.closest("option, .strip, .near")) bad.add("cannot be seen: " + name(e) + " “" + words(e) + "”"); continue; }
    if (forReaders(e)) continue;
    texts.push({ e, rects });
    for (const p of [e, ...above(e)]) {
      if (scrolls(p)) break;
      if (!cuts(p) || p === document.body) continue;
      const b = box(p);
      if (b.width <= 1.5) break; // for readers of the screen alone
      const out = rects.find((r) => (r.left < b.left - 1.5 || r.right > b.right + 1.5 || r.top + r.height * .2 < b.top || r.bottom - r.height * .2 > b.bottom));
      if (out) { bad.add("cut off: " + name(e) + " “" + words(e) + "” by " + name(p)); break; }
    }
  }
  // No text stands on another. A line's box is taller than its letters by about a
  // fifth above and below.
  const letters = (r) => ({ left: r.left, right: r.right, top: r.top + r.height * .2, bottom: r.bottom - r.height * .2, height: r.height * .6 });
  const flat = texts.flatMap(({ e, rects }) => e.closest("[aria-hidden=true]") ? [] : rects.map((r) => ({ e, r: letters(r) }))).sort((a, b) => a.r.top - b.r.top);
  for (let i = 0; i < flat.length; i++) for (let k = i + 1; k < flat.length && flat[k].r.top < flat[i].r.bottom; k++) {
    const a = flat[i], b = flat[k];
    if (a.e === b.e || a.e.contains(b.e) || b.e.contains(a.e)) continue;
    const high = Math.min(a.r.bottom, b.r.bottom) - b.r.top, across = Math.min(a.r.right, b.r.right) - Math.max(a.r.left, b.r.left);
    const inside = [a.e, b.e].some((e) => [...above(e)].some(scrolls)); // scrolled aside, it may lie there
    if (across > 2 && high > .35 * Math.min(a.r.height, b.r.height) && !inside) bad.add("on one another: “" + words(a.e) + "” and “" + words(b.e) + "”");
  }

  // Every tile has its credit, whole, on the screen, and nothing over it.
  for (const ph of all("main a.ph, main a:has(> picture)")) {
    const tile = ph.closest("li, figure, article");
    if (tile && !tile.closest("[aria-hidden=true]") && !tile.querySelector(".credit")?.textContent.trim() && !tile.closest("figure, li, section")?.parentElement.querySelector(".credit")) bad.add("no credit: " + ph.getAttribute("href"));
  }
  for (const c of all(".credit")) {
    if (c.closest("details:not([open])")) continue;
    if (gone(c)) { bad.add("a credit that cannot be seen: " + words(c)); continue; }
    if (style(c).textOverflow === "ellipsis" && c.scrollWidth > c.clientWidth) bad.add("a credit with an ellipsis: " + words(c));
    const inner = c.querySelector("bdi") || c, b = box(inner);
    if (b.width < 1 || b.height < 1) { bad.add("a credit without size: " + words(c)); continue; }
    const aside = [...above(c)].find(scrolls);
    if (aside) {
      const t = box(c.closest("li, figure"));
      if (b.left < t.left - 1 || b.right > t.right + 1) bad.add("a credit sticks out of its tile: " + words(c));
    } else if (b.left < -.5 || b.right > width + .5) bad.add("a credit sticks out of the screen: " + words(c));
    if (covered && !aside) {
      inner.scrollIntoView({ block: "center", behavior: "instant" });
      const r = [...inner.getClientRects()].filter((r) => r.width > 2)[0];
      const top = r && document.elementFromPoint(r.left + r.width / 2, r.top + r.height / 2);
      if (top && !c.contains(top) && !top.contains(c)) bad.add("a credit is covered by " + name(top) + ": " + words(c));
    }
  }
  if (covered) scrollTo(0, 0);

  // Main controls are large enough for a thumb.
  for (const e of all(".button, .pager a, .filters a, .chips a, .steps a")) {
    const b = box(e);
    if (b.width && (b.height < 43.5 || e.matches(".pager a") && b.width < 43.5)) bad.add("a control of " + Math.round(b.width) + " × " + Math.round(b.height) + ": " + name(e) + " “" + words(e) + "”");
  }

  // The tiles of a line are of one height.
  for (const rows of all(".rows")) {
    if (style(rows).display !== "flex") continue;
    const lines = {};
    for (const card of rows.children) {
      const e = card.querySelector(even ? ".ph, blockquote" : ".ph");
      if (e) (lines[Math.round(box(e).top)] ??= []).push({ e, h: box(e).height });
    }
    for (const line of Object.values(lines)) {
      const d = Math.max(...line.map((l) => l.h)) - Math.min(...line.map((l) => l.h));
      const most = line.every((l) => l.e.matches(".ph")) ? .5 : 2;
      if (d > most && !big) bad.add("tiles of a line differ by " + d.toFixed(1) + " px: " + line.map((l) => name(l.e)).join(", "));
    }
  }

  // Lanes: no tile lies on another, and each holds what is in it.
  for (const lanes of all(".lanes")) {
    const tiles = [...lanes.children].map((e) => ({ e, b: box(e) })).filter((t) => t.b.height > 0);
    tiles.forEach(({ e, b }, i) => {
      for (const o of tiles.slice(i + 1)) if (Math.min(b.right, o.b.right) - Math.max(b.left, o.b.left) > .5 && Math.min(b.bottom, o.b.bottom) - Math.max(b.top, o.b.top) > .5)
        bad.add("tiles lie on one another: " + name(e) + ", " + name(o.e));
      for (const part of e.querySelectorAll("figure, figcaption, blockquote, blockquote a, .credit"))
        if (box(part).bottom > b.bottom + 1) bad.add("a tile is too low for its " + name(part) + " by " + Math.round(box(part).bottom - b.bottom) + " px");
    });
  }

  // Marks stand on their pictures and can be pressed.
  for (const s of all(".spot")) {
    const p = box(s.parentElement), b = box(s);
    if (Math.min(b.width, b.height) < 43.5 && !big) bad.add("a mark of " + Math.round(b.width) + " px");
    if (b.left < p.left - 1 || b.right > p.right + 1 || b.top < p.top - 1 || b.bottom > p.bottom + 1) bad.add("a mark sticks out of its picture");
    const x = (b.x + b.width / 2 - p.x) / p.width * 100, is = parseFloat(s.style.getPropertyValue("--x"));
    if (is > 10 && is < 90 && Math.abs(x - is) > .6) bad.add("a mark is at " + x.toFixed(1) + " %, not " + is);
  }
  return [...bad];
})
