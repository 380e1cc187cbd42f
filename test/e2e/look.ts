/**
 * Questions that a page answers in the browser, as scripts: each gives the faults that it finds, in
 * words. They are texts, because the tests are compiled without the types of a browser.
 */

/** What is read aloud only, or cut on purpose where the whole is at hand. */
const ON_PURPOSE = '.sr, .skip, .cut, .cut *, svg, svg *, input, textarea, select, option, template'

/** Boxes that hide a part of their content, text outside of the window, a page that is too wide. */
export const CLIPPED = `(() => {
  const faults = []
  const wide = document.documentElement.clientWidth
  const over = document.scrollingElement.scrollWidth - wide
  if (over > 0) faults.push('the page is ' + over + ' px too wide')
  const name = (el) => el.tagName.toLowerCase() + '.' + el.className + ' "' +
    (el.textContent || '').trim().slice(0, 40) + '"'
  const scrolls = (el) => {
    for (let at = el; at !== null; at = at.parentElement) {
      if (/auto|scroll/.test(getComputedStyle(at).overflowX)) return true
    }
    return false
  }
  const readAloud = (el) => {
    for (let at = el; at !== null; at = at.parentElement) {
      if (getComputedStyle(at).clipPath === 'inset(50%)') return true
    }
    return false
  }
  for (const el of document.body.querySelectorAll('*')) {
    if (el.matches(${JSON.stringify(ON_PURPOSE)}) || !el.checkVisibility()) continue
    const style = getComputedStyle(el)
    const fault = (words) => {
      if (el.closest('[aria-hidden=true]') === null && !readAloud(el)) faults.push(words + name(el))
    }
    if (/hidden|clip/.test(style.overflowX) && el.scrollWidth > el.clientWidth + 1) {
      fault('cut at the side: ')
    }
    if (/hidden|clip/.test(style.overflowY) && el.scrollHeight > el.clientHeight + 1) {
      fault('cut below: ')
    }
    const isText = [...el.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== '')
    if (!isText) continue
    const box = el.getBoundingClientRect()
    if ((box.right > wide + 1 || box.left < -1) && !scrolls(el)) fault('outside: ')
    if (/^(BUTTON|SUMMARY|TH|TD|A|LABEL|DT|DD)$/.test(el.tagName) && el.clientWidth > 0 &&
      el.scrollWidth > el.clientWidth + 1 && !scrolls(el)) fault('too narrow: ')
  }
  return [...new Set(faults)].slice(0, 8)
})()`

/**
 * Targets below 24 × 24 CSS pixels (WCAG 2.2, 2.5.8), with its exceptions: a link in a line of
 * text, and a target around whose middle a circle of 24 pixels meets no other target.
 */
export const SMALL_TARGETS = `(() => {
  const all = [...document.querySelectorAll('a[href], button, input, select, summary, textarea')]
    .filter((el) => el.checkVisibility() && !el.matches('.skip, [type=hidden]'))
    .map((el) => ({ el, box: el.getBoundingClientRect() }))
    .filter(({ box }) => box.width > 0)
  const inLine = (el) => getComputedStyle(el).display.startsWith('inline') &&
    [...el.parentElement.childNodes].some((node) => node.nodeType === 3 && /\\p{L}/u.test(node.data))
  const near = (x, y, box) => {
    const dx = Math.max(box.left - x, 0, x - box.right)
    const dy = Math.max(box.top - y, 0, y - box.bottom)
    return Math.hypot(dx, dy) < 12
  }
  return all.filter(({ el, box }) => {
    if ((box.width >= 23.5 && box.height >= 23.5) || inLine(el)) return false
    const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2]
    return all.some((other) => other.el !== el && !el.contains(other.el) && near(x, y, other.box))
  }).slice(0, 6).map(({ el, box }) => Math.round(box.width) + ' x ' + Math.round(box.height) +
    ' ' + el.outerHTML.slice(0, 110))
})()`

/** Movement that goes on although the reader asked for none. */
export const MOVING = `document.getAnimations().filter((one) => one.playState === 'running' &&
  one.effect.getComputedTiming().duration > 100).map((one) => one.effect.target.outerHTML.slice(0, 90))
  .concat(getComputedStyle(document.documentElement).scrollBehavior === 'smooth' ? ['html'] : [])`
