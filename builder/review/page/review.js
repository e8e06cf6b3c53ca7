// Keys, and moving on without loading whole pages. Without this file every button and
// link does the same, by loading a page.
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
