//go:build browser

package main

// What is asked of a page of a theme in other modes than the usual one. Each
// script returns a list of faults.
const (
	// first tells the first of all elements that are styled alike; shows, whether one is to be seen.
	alike = `const seen = new Set(), first = (e) => { const c = (p) => p ? p.tagName + '.' + (p.getAttribute('class') ?? '') : '', key = c(e) + '<' + c(e.parentElement) + '<' + c(e.parentElement?.parentElement) + (e.getAttribute('aria-current') ?? '');
	    return !seen.has(key) && seen.add(key) };
	  const shows = (e) => e.getClientRects().length && e.checkVisibility({visibilityProperty: true, opacityProperty: true});`

	// Text stands out from its ground by as much as is asked: 4.5, large text 3, and
	// 3 in the colours that somebody forces. What is on pictures and gradients is
	// left to axe and to eyes.
	contrast = `(forced) => { ` + alike + `
	  const bad = new Set(), canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true}), known = {};
	  canvas.canvas.width = canvas.canvas.height = 1;
	  const rgba = (c) => known[c] ??= (canvas.clearRect(0, 0, 1, 1), canvas.fillStyle = c, canvas.fillRect(0, 0, 1, 1), [...canvas.getImageData(0, 0, 1, 1).data]);
	  const light = (c) => { const [r, g, b] = c.map(v => (v /= 255) <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4); return .2126 * r + .7152 * g + .0722 * b };
	  const ground = (e) => { for (let p = e; p; p = p.parentElement) { const s = getComputedStyle(p);
	    if (s.backgroundImage !== 'none' || p.matches('.ph, picture, .mat')) return null;
	    const c = rgba(s.backgroundColor); if (c[3] > 250) return c; if (c[3] > 5) return null } return rgba(getComputedStyle(document.documentElement).colorScheme.startsWith('dark') ? '#000' : '#fff') };
	  for (const e of document.body.querySelectorAll('*')) {
	    if (!first(e) || ![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()) || e.closest('.skip, svg') || !shows(e)) continue;
	    const s = getComputedStyle(e), text = rgba(s.color), under = ground(e);
	    if (!under || text[3] < 250) continue;
	    const a = light(text), b = light(under), is = (Math.max(a, b) + .05) / (Math.min(a, b) + .05), size = parseFloat(s.fontSize);
	    if (is < (forced || size >= 24 || size >= 18.6 && s.fontWeight >= 700 ? 3 : 4.5) - .01) bad.add('contrast of ' + is.toFixed(2) + ': ' + e.tagName + '.' + e.className + ' “' + e.textContent.trim().slice(0, 30) + '”');
	  }
	  return [...bad] }`
	contrastFacts = `(` + contrast + `)(false)`
	forcedFacts   = `(` + contrast + `)(true)`

	// With reduced motion nothing moves: no animation runs or is bound to
	// scrolling, and no change of place or size takes time.
	motionFacts = `(() => { ` + alike + `
	  const bad = new Set();
	  for (const a of document.getAnimations()) bad.add('an animation: ' + (a.animationName ?? a.transitionProperty ?? a.id));
	  for (const e of document.querySelectorAll('*')) {
	    if (!first(e)) continue;
	    const s = getComputedStyle(e), long = (list) => list.split(',').some(d => parseFloat(d) > .011);
	    if (s.animationName !== 'none' && long(s.animationDuration)) bad.add('an animation: ' + s.animationName);
	    if (/all|transform|translate|scale|rotate|inset|width|height|margin|block-size|inline-size/.test(s.transitionProperty) && long(s.transitionDuration)) bad.add('a transition of ' + s.transitionProperty + ' of ' + e.tagName + '.' + e.className);
	    if (s.scrollBehavior === 'smooth') bad.add('smooth scrolling');
	  }
	  return [...bad] })()`

	// On paper the credits stay, and so do the words; what leads elsewhere may go.
	printFacts = `(() => {
	  const bad = new Set();
	  for (const c of document.querySelectorAll('.credit, h1, .disclosure')) {
	    if (c.closest('.callbox, .near, .strip, nav')) continue;
	    if (!c.getClientRects().length || getComputedStyle(c).visibility !== 'visible') bad.add('not printed: ' + c.tagName + '.' + c.className + ' ' + c.textContent.trim().slice(0, 40));
	  }
	  return [...bad] })()`

	// What can be reached by the keyboard shows that it is, and lies on the page.
	keyboardFacts = `(() => { ` + alike + `
	  const bad = new Set();
	  for (const e of document.querySelectorAll('a[href], button, summary, input, select, textarea, video[controls], audio[controls], [tabindex="0"]')) {
	    if (!first(e) || !shows(e) || e.closest('details:not([open]) > :not(summary)')) continue;
	    e.focus({focusVisible: true, preventScroll: true});
	    if (document.activeElement !== e) { bad.add('cannot be focused: ' + e.tagName + '.' + e.className); continue; }
	    const shown = [e, ...e.children].some(n => { const s = getComputedStyle(n); return s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2 });
	    if (!shown && !/VIDEO|AUDIO/.test(e.tagName)) bad.add('no sign of focus: ' + e.tagName + '.' + e.className + ' ' + e.textContent.trim().slice(0, 30));
	    const b = e.getBoundingClientRect(), aside = (p) => p && (/auto|scroll/.test(getComputedStyle(p).overflowX) || aside(p.parentElement));
	    if ((b.right < 0 || b.left > innerWidth) && !aside(e.parentElement)) bad.add('focused off the page: ' + e.tagName + '.' + e.className);
	  }
	  document.activeElement?.blur();
	  return [...bad] })()`

	// The Tab key goes through the page in the order in which it is written.
	tabStops = `[...document.querySelectorAll('a[href], button, summary, input, select, textarea')].filter(e => e.tabIndex >= 0 && e.getClientRects().length && e.checkVisibility({visibilityProperty: true})).slice(0, 60)`
)
