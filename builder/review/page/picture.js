// The focus of a picture by a click, and its crop by a drag; without this file both are
// numbers to write. It is loaded before review.js, whose $ and all it uses.

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
