// A picture opens and closes like in a lightbox: its tile grows into its page and
// the page shrinks back, arrow keys and swipes lead to its neighbours, Esc to its
// tile. Without this module pages follow each other at once, by their links, and
// only what the theme's style sheet names can grow:
//
//	@media (prefers-reduced-motion: no-preference) {
//	  @view-transition { navigation: auto; }
//	  .plate:first-of-type :is(img, video), :target > figure > .ph img { view-transition-name: hero; }
//	}

const all = (selector) => [...document.querySelectorAll(selector)];
const rtl = document.dir === "rtl";

let clicked; // the link that was followed last
const named = []; // the pictures that this module named

const name = (picture, value) => {
  picture.style.viewTransitionName = value;
  named.push(picture);
};

const seen = (picture) => {
  const { top, right, bottom, left } = picture.getBoundingClientRect();
  return bottom > 0 && right > 0 && top < innerHeight && left < innerWidth;
};

// tile returns the picture on this page that stands for the page at an address:
// the one in the link that was followed there, or else one that is in view. A
// page with a large picture keeps that one.
const tile = (address) => {
  const { pathname } = new URL(address);
  if (clicked?.pathname === pathname && clicked.querySelector("img")) return clicked.querySelector("img");
  if (!document.querySelector(".plate")) return all("a.ph img").find((i) => i.closest("a").pathname === pathname && seen(i));
};

// No two elements may have one name when a transition begins, and a page that
// is come back to is as it was left.
const prepare = (address) => {
  while (named.length) named.pop().style.viewTransitionName = "";
  const picture = address && tile(address);
  if (!picture) return;
  for (const other of all(".plate img, .plate video, :target img")) name(other, "none");
  name(picture, "hero");
};

addEventListener("click", (e) => { clicked = e.target.closest?.("a[href]"); }, true);
addEventListener("pageswap", (e) => { if (e.viewTransition) prepare(e.activation?.entry?.url ?? clicked?.href); });
addEventListener("pagereveal", (e) => { if (e.viewTransition) prepare(self.navigation?.activation?.from?.url); });

// From piece to piece. Keys and fingers first belong to what they are on.

const busy = "input, textarea, select, video, audio, [contenteditable]";
const zoomed = () => self.visualViewport?.scale > 1.01;

const scrolls = (element) => {
  for (let e = element; e && e !== document.body; e = e.parentElement) {
    if (e.scrollWidth > e.clientWidth + 1 && /auto|scroll/.test(getComputedStyle(e).overflowX)) return true;
  }
};

const go = (rel) => {
  const link = document.querySelector(".piece") && document.querySelector(`main a[rel~="${rel}"]`);
  link?.click();
  return link;
};

addEventListener("keydown", (e) => {
  const rel = { ArrowLeft: rtl ? "next" : "prev", ArrowRight: rtl ? "prev" : "next", Escape: "up" }[e.key];
  const ours = rel && !(e.defaultPrevented || e.repeat || e.altKey || e.ctrlKey || e.metaKey || e.shiftKey);
  if (!ours || document.fullscreenElement || e.target.closest?.(busy)) return;
  if (rel !== "up" && (zoomed() || scrolls(e.target))) return;
  if (go(rel)) e.preventDefault();
});

let from; // where a finger began: x and y, or nothing

// Else Chromium on tablets takes a swipe for the way back.
if (document.querySelector(".piece") && matchMedia("(pointer: coarse)").matches) {
  document.documentElement.style.overscrollBehaviorX = "none";
}

addEventListener("touchstart", (e) => {
  const [{ clientX: x, clientY: y, target }] = e.touches;
  const edge = x < 24 || x > innerWidth - 24; // there it is the browser's own gesture
  const ours = e.touches.length === 1 && !edge && target.closest?.(".piece") && !target.closest(busy);
  from = ours && !zoomed() && !scrolls(target) && { x, y };
}, { passive: true });
addEventListener("touchcancel", () => { from = null; });
addEventListener("touchend", (e) => {
  if (!from) return;
  const { clientX, clientY } = e.changedTouches[0];
  const x = clientX - from.x, y = clientY - from.y;
  from = null;
  if (Math.abs(x) < 60 || Math.abs(x) < 2 * Math.abs(y) || zoomed() || !getSelection().isCollapsed) return;
  go(x < 0 !== rtl ? "next" : "prev");
});
