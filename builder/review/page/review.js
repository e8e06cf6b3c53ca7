// Keys, moving on without loading whole pages, the focus by a click and the crop by
// a drag. Without this file every button and link does the same, by loading a page.
const $ = (q, in_ = document) => in_.querySelector(q)
const all = (q, in_ = document) => [...in_.querySelectorAll(q)]
let busy = false

async function go(address, options, back) {
  if (busy) return
  busy = true
  document.documentElement.setAttribute('aria-busy', 'true')
  try {
    const answer = await fetch(address, options)
    if (!answer.headers.get('content-type')?.startsWith('text/html')) throw answer.status
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
    const from = document.body
    const help = $('#help')
    const live = $('#live')
    if (help?.open) help.close()
    const to = document.importNode(page.body, true)
    from.className = to.className
    for (const a of [...from.attributes]) if (a.name.startsWith('data-')) from.removeAttribute(a.name)
    for (const a of [...to.attributes]) if (a.name.startsWith('data-')) from.setAttribute(a.name, a.value)
    const keep = [live, help]
    for (const node of [...from.childNodes]) if (!keep.includes(node)) node.remove()
    for (const node of [...to.childNodes]) if (node.id !== 'live' && node.id !== 'help') from.insertBefore(node, live)
    document.title = page.title
    if (!back && answer.url !== location.href) history.pushState(null, '', answer.url)
    ready(true)
  } catch {
    location.assign(typeof address === 'string' && !options ? address : location.href)
  } finally {
    busy = false
    document.documentElement.removeAttribute('aria-busy')
  }
}

function ready(moved) {
  const data = document.body.dataset
  all('.medium').forEach(frames)
  const said = $('#said')
  $('#live').textContent = said && !said.hidden ? said.textContent : moved ? document.title : ''
  if (data.next) new Image().src = data.next
  const grid = $('[data-grid]')
  if (grid) {
    const tiles = all('.open', grid)
    const last = sessionStorage.getItem('at')
    let at = tiles.findIndex(t => t.closest('li').id === last)
    if (at < 0) at = 0
    tiles.forEach((t, i) => reach(t, i === at))
    if (moved && tiles[at]) tiles[at].focus({ preventScroll: false })
    count()
  } else if (moved) {
    scrollTo(0, 0)
    $('#main')?.focus({ preventScroll: true })
  }
  if (data.page === 'piece') sessionStorage.setItem('at', 't-' + location.pathname.split('/').pop())
}

// reach lets the Tab key come to a tile, and to its box.
function reach(tile, on) {
  tile.tabIndex = on ? 0 : -1
  $('.tick input', tile.closest('li')).tabIndex = tile.tabIndex
}

function count() {
  const out = $('#ticked')
  const n = all('.tick input:checked').length
  if (out) out.textContent = n ? out.dataset.some.replace('%d', n) : out.dataset.none
}

function send(form, button) {
  const body = new URLSearchParams(new FormData(form, button))
  go(form.action, { method: 'POST', body })
}

document.addEventListener('submit', event => {
  const form = event.target
  if (form.method === 'dialog') return
  event.preventDefault()
  if (form.method === 'post') {
    if (form.id !== 'piece' && dirty() && !confirm($('#help').dataset.unsaved)) return
    return send(form, event.submitter)
  }
  const query = new URLSearchParams(new FormData(form))
  for (const [key, value] of [...query]) if (!value) query.delete(key)
  go(form.action.split('?')[0] + '?' + query)
})

document.addEventListener('click', event => {
  const at = event.target
  if (at.closest('[data-help]')) return $('#help').showModal()
  if (at.closest('[data-tick]')) {
    const boxes = all('.tick input')
    const on = boxes.some(b => !b.checked)
    boxes.forEach(b => { b.checked = on })
    return count()
  }
  const clear = at.closest('[data-focus-clear]')
  if (clear) return setFocus(clear.closest('.medium'), null)
  const opened = at.closest('[data-crop-new]')
  if (opened) {
    const medium = opened.closest('.medium')
    setCrop(medium, cropOf(medium) || [10, 10, 80, 80])
    return $('[data-frame]', medium).focus()
  }
  const whole = at.closest('[data-crop-clear]')
  if (whole) return setCrop(whole.closest('.medium'), null)
  const stage = at.closest('[data-focus]')
  if (stage) {
    const medium = stage.closest('.medium')
    const [x, y] = place(medium, event)
    const crop = cropOf(medium)
    if (dragged || crop && !within(crop, x, y)) return
    return setFocus(medium, [x / 100, y / 100])
  }
  const link = at.closest('a[href]')
  if (!link || link.target || link.origin !== location.origin || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return
  if (link.getAttribute('href').startsWith('#')) return
  event.preventDefault()
  if (dirty() && !confirm($('#help').dataset.unsaved)) return
  go(link.href)
})

document.addEventListener('change', event => {
  if (event.target.closest('.tick')) count()
  if (event.target.matches('.filters select')) event.target.form.requestSubmit()
})

document.addEventListener('input', event => {
  if (event.target.matches('[data-focus-value], [data-crop-value]')) paint(event.target.closest('.medium'))
})

addEventListener('popstate', () => go(location.href, undefined, true))
addEventListener('beforeunload', event => { if (dirty()) event.preventDefault() })

// dirty says whether something was written that is not saved.
function dirty() {
  return all('#piece [name^="was."]').some(was => {
    const field = was.form.elements[was.name.slice(4)]
    if (field instanceof RadioNodeList) return [...field].map(one => one.value.trim()).join(' ').trim() !== was.value
    return field && (field.type === 'checkbox' ? (field.checked ? 'yes' : '') : field.value) !== was.value
  })
}

// The focus of a picture, as fractions.
function focusOf(medium) {
  const now = $('[data-focus-value]', medium).value.trim().split(/[ ,;]+/).map(Number)
  return now.length === 2 && now.every(n => n >= 0 && n <= 1) ? now : null
}

function setFocus(medium, point) {
  const field = $('[data-focus-value]', medium)
  if (!field) return
  field.value = point ? point.map(n => Math.min(1, Math.max(0, Math.round(n * 100) / 100))).join(' ') : ''
  field.closest('details').open = true
  paint(medium)
}

// The crop of a picture: left, top, width and height, in hundredths of it.
const least = 10

function cropOf(medium) {
  const now = all('[data-crop-value]', medium).map(field => field.value.trim().replace(',', '.'))
  const [x, y, w, h] = now.map(n => Number(n) * 100)
  const good = now.length === 4 && now.every(n => n !== '') && x >= 0 && y >= 0 && w >= least && h >= least && x + w < 100.2 && y + h < 100.2
  return good ? [x, y, w, h] : null
}

function setCrop(medium, crop) {
  const fields = all('[data-crop-value]', medium)
  if (!fields.length) return
  fields.forEach((field, i) => { field.value = crop ? crop[i] / 100 : '' })
  fields[0].closest('details').open = true
  paint(medium)
}

// between returns a crop by its edges, in whole hundredths, not too small and within
// the picture. Of edges that come too near to one another the moved one gives way.
function between(left, top, right, bottom, moved) {
  const pair = (from, to, first) => {
    from = Math.min(100, Math.max(0, Math.round(from)))
    to = Math.min(100, Math.max(0, Math.round(to)))
    if (to - from >= least) return [from, to]
    if (first) from = Math.max(0, to - least)
    else from = Math.min(from, 100 - least)
    return [from, Math.max(to, from + least)]
  }
  const [x, r] = pair(left, right, moved.left)
  const [y, b] = pair(top, bottom, moved.top)
  return [x, y, r - x, b - y]
}

const within = ([x, y, w, h], at, up) => at >= x && at <= x + w && up >= y && up <= y + h

// shift moves a crop within the picture.
function shift([x, y, w, h], dx, dy) {
  const to = (from, by, size) => Math.min(100 - size, Math.max(0, Math.round(from + by)))
  return [to(x, dx, w), to(y, dy, h), w, h]
}

// place returns where on a picture something happens, in hundredths of it.
function place(medium, event) {
  const box = $('.frame svg', medium).getBoundingClientRect()
  return [(event.clientX - box.left) / box.width * 100, (event.clientY - box.top) / box.height * 100]
}

// frames lets the Tab key come to the frames of crops.
function frames(medium) {
  const frame = $('[data-frame]', medium)
  if (!frame) return
  frame.setAttribute('role', 'application')
  frame.setAttribute('aria-label', frame.dataset.frame)
  frame.setAttribute('aria-description', frame.dataset.keys)
  paint(medium)
}

// tell says the crop to those who do not see it.
function tell(medium) {
  const crop = cropOf(medium)
  const { now, none } = $('[data-frame]', medium).dataset
  $('#live').textContent = crop ? crop.reduce((text, n, i) => text.replace('%' + (i + 1), Math.round(n) + ' %'), now) : none
}

// paint shows the focus and the crop, and what comes of both.
function paint(medium) {
  const crop = cropOf(medium)
  const [x, y, w, h] = crop || [0, 0, 100, 100]
  const { w: width, h: height } = $('[data-focus]', medium).dataset
  const set = (node, values) => Object.entries(values).forEach(([key, value]) => node.setAttribute(key, value))
  const px = [x * width / 100, y * height / 100, w * width / 100, h * height / 100]
  $('.shade', medium).classList.toggle('unset', !crop)
  $('.crop', medium).classList.toggle('unset', !crop)
  $('[data-frame]', medium).setAttribute('tabindex', crop ? 0 : -1)
  $('.shade path', medium).setAttribute('d', `M0 0H100V100H0zM${x} ${y}h${w}v${h}h-${w}z`)
  set($('[data-frame]', medium), { x: x + '%', y: y + '%', width: w + '%', height: h + '%' })
  set($('[data-shown]', medium), { viewBox: px.join(' '), width: Math.round(px[2]), height: Math.round(px[3]) })
  const focus = focusOf(medium)
  $('.cross', medium).classList.toggle('unset', !focus)
  const [fx, fy] = focus || [(x + w / 2) / 100, (y + h / 2) / 100]
  set($('.mark', medium), { x: fx * 100 + '%', y: fy * 100 + '%' })
  for (const svg of all('[data-shape]', medium)) {
    const [sw, sh] = svg.dataset.shape.split(' ').map(Number)
    const cw = Math.min(px[2], px[3] * sw / sh)
    const ch = cw * sh / sw
    const left = Math.min(Math.max(fx * width - cw / 2, px[0]), px[0] + px[2] - cw)
    const top = Math.min(Math.max(fy * height - ch / 2, px[1]), px[1] + px[3] - ch)
    svg.setAttribute('viewBox', [left, top, cw, ch].join(' '))
  }
}

// A drag over a picture whose crop is open: from an edge it sizes the crop, from
// within it moves it, from elsewhere it draws another one.
let dragged = false
let drag = null

document.addEventListener('pointerdown', event => {
  dragged = false
  const medium = event.target.closest('.stage')?.closest('.medium')
  if (!medium || !$('.cropping', medium)?.open || !event.isPrimary || event.button) return
  const [x, y] = place(medium, event)
  const box = $('.frame svg', medium).getBoundingClientRect()
  const reach = event.pointerType === 'touch' ? 24 : 12
  const near = (a, b, length) => Math.abs(a - b) * length / 100 < reach
  const from = cropOf(medium)
  let grips = null
  if (from) {
    const [l, t, w, h] = from
    const over = x > l - reach * 100 / box.width && x < l + w + reach * 100 / box.width && y > t - reach * 100 / box.height && y < t + h + reach * 100 / box.height
    const found = { left: near(x, l, box.width), right: near(x, l + w, box.width), top: near(y, t, box.height), bottom: near(y, t + h, box.height) }
    if (over && Object.values(found).includes(true)) grips = found
    else if (within(from, x, y)) grips = 'move'
  }
  drag = { medium, from, grips, x, y, at: [event.clientX, event.clientY] }
})

document.addEventListener('pointermove', event => {
  if (!drag || !event.isPrimary) return
  if (!dragged && Math.hypot(event.clientX - drag.at[0], event.clientY - drag.at[1]) < 5) return
  dragged = true
  event.preventDefault()
  const [x, y] = place(drag.medium, event)
  const { from, grips } = drag
  if (grips === 'move') return setCrop(drag.medium, shift(from, x - drag.x, y - drag.y))
  if (!grips) {
    return setCrop(drag.medium, between(Math.min(x, drag.x), Math.min(y, drag.y), Math.max(x, drag.x), Math.max(y, drag.y), { left: x < drag.x, top: y < drag.y }))
  }
  const [l, t, w, h] = from
  setCrop(drag.medium, between(
    grips.left ? Math.min(x, l + w - least) : l, grips.top ? Math.min(y, t + h - least) : t,
    grips.right && !grips.left ? Math.max(x, l + least) : l + w, grips.bottom && !grips.top ? Math.max(y, t + least) : t + h, grips))
})

for (const end of ['pointerup', 'pointercancel']) {
  document.addEventListener(end, () => {
    if (drag && dragged) tell(drag.medium), $('[data-frame]', drag.medium).focus({ preventScroll: true })
    drag = null
  })
}

// onFrame moves and sizes a crop by keys; it says whether it was such a key.
function onFrame(medium, event) {
  const crop = cropOf(medium)
  const by = arrows[event.key]
  if (!crop || !by && event.key !== 'Delete' && event.key !== 'Backspace') return false
  const [x, y, w, h] = crop
  if (!by) {
    setCrop(medium, null)
    $('[data-crop-new]', medium).focus()
  } else if (event.shiftKey) {
    setCrop(medium, between(x, y, x + w + by[0], y + h + by[1], {}))
  } else {
    setCrop(medium, shift(crop, by[0], by[1]))
  }
  tell(medium)
  return true
}

// Keys.
const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }

function onGrid(key) {
  const tiles = all('[data-grid] .open')
  const at = tiles.indexOf(document.activeElement)
  if (at < 0) return false
  const row = tiles.filter(t => Math.abs(t.getBoundingClientRect().top - tiles[0].getBoundingClientRect().top) < 4).length
  const to = { ArrowLeft: at - 1, ArrowRight: at + 1, p: at - 1, k: at - 1, n: at + 1, j: at + 1, ArrowUp: at - row, ArrowDown: at + row, Home: 0, End: tiles.length - 1 }[key]
  if (to === undefined) return false
  if (tiles[to]) {
    reach(tiles[at], false)
    reach(tiles[to], true)
    tiles[to].focus()
  }
  return true
}

document.addEventListener('keydown', event => {
  if (event.ctrlKey || event.metaKey || event.altKey || $('#help')?.open) return
  const typing = event.target.closest('input:not([type=checkbox]):not([type=radio]), textarea, select')
  if (typing) {
    if (event.key === 'Escape') $('#main').focus()
    return
  }
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
  if (key === '?') return event.preventDefault(), $('#help').showModal()
  if (key === '/' && $('[type=search]')) return event.preventDefault(), $('[type=search]').focus()
  if (event.target.closest('video, audio') && (key === ' ' || arrows[key])) return
  const medium = event.target.closest('.medium')
  if (event.target.closest('[data-frame]') && onFrame(medium, event)) return event.preventDefault()
  if (arrows[key] && medium && $('[data-focus-value]', medium)) {
    event.preventDefault()
    const from = focusOf(medium) || [0.5, 0.5]
    const step = event.shiftKey ? 0.1 : 0.02
    return setFocus(medium, from.map((n, i) => n + arrows[key][i] * step))
  }
  if (onGrid(key)) return event.preventDefault()
  const tile = document.activeElement.closest?.('.tile')
  const box = tile && $('.tick input', tile)
  if (key === 'x' && box) {
    box.checked = !box.checked
    return count()
  }
  if (/^[1-9]$/.test(key) && $('#m' + key)) {
    $('#m' + key).focus()
    return $('#m' + key).scrollIntoView({ block: 'start' })
  }
  const form = $('form.now')
  const button = form && $(`.bulk [aria-keyshortcuts="${CSS.escape(key)}"]`)
  if (button) {
    event.preventDefault()
    if (!all('.tick input:checked').length && box) {
      box.checked = true
      const next = tile.nextElementSibling || tile.previousElementSibling
      if (next) sessionStorage.setItem('at', next.id)
    }
    return send(form, button)
  }
  const keyed = all('[data-key]').find(b => b.dataset.key.split(' ').includes(key) && !b.disabled)
  if (keyed) event.preventDefault(), keyed.click()
})

document.documentElement.classList.add('scripted')
ready(false)
