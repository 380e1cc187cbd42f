import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { ASSETS, STYLE_PATH } from './manifest.ts'

const css = new TextDecoder().decode(ASSETS.get(STYLE_PATH)?.bytes)

/** The tokens of one colour scheme: dark ones stand in the media query of the dark scheme. */
function tokens(scheme: 'light' | 'dark'): Map<string, string> {
  const dark =
    /@media screen and \(prefers-color-scheme: dark\) \{\s*:root \{([^}]*)\}/.exec(css)?.[1] ?? ''
  const light = /^:root \{([^}]*)\}/m.exec(css)?.[1] ?? ''
  const found = new Map<string, string>()
  for (const block of scheme === 'light' ? [light] : [light, dark]) {
    for (const [, name = '', value = ''] of block.matchAll(/--([a-z-]+): (#[0-9a-f]{6});/g)) {
      found.set(name, value)
    }
  }
  return found
}

/** WCAG 2.2: relative luminance of an sRGB colour, and the contrast of two. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const c = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return c <= 0.040_45 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(a: string, b: string): number {
  const [x, y] = [luminance(a), luminance(b)]
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05)
}

/** Pairs in which text stands on a ground. */
const TEXT: readonly (readonly [string, string])[] = [
  ...['ink', 'muted', 'accent', 'accent-strong', 'danger', 'warning', 'clean', 'unknown'].map(
    (name) => [name, 'ground'] as const,
  ),
  ...['ink', 'muted', 'accent'].map((name) => [name, 'surface'] as const),
  ...['danger', 'warning', 'clean', 'unknown'].flatMap((tone) =>
    [tone, 'ink', 'muted', 'accent'].map((name) => [name, `${tone}-tint`] as const),
  ),
  ['on-accent', 'accent'],
  ['on-accent', 'accent-strong'],
]
/** Pairs in which a shape or the edge of a field has to be seen. */
const SHAPES: readonly (readonly [string, string])[] = [
  ['line-strong', 'ground'],
  ['line-strong', 'surface'],
  ['focus', 'ground'],
  ['focus', 'surface'],
]

describe.each(['light', 'dark'] as const)('the colours of the %s scheme', (scheme) => {
  const colours = tokens(scheme)
  const of = (name: string) => colours.get(name) ?? 'missing'

  it.each(TEXT)('let %s be read on %s (4.5 : 1)', (text, ground) => {
    expect(contrast(of(text), of(ground))).toBeGreaterThanOrEqual(4.5)
  })

  it.each(SHAPES)('let %s be seen on %s (3 : 1)', (shape, ground) => {
    expect(contrast(of(shape), of(ground))).toBeGreaterThanOrEqual(3)
  })

  it('are four of their own for the four verdicts', () => {
    const four = ['danger', 'warning', 'clean', 'unknown'].map(of)
    expect(new Set([...four, of('accent')]).size).toBe(5)
  })
})

describe('the style sheet', () => {
  it('stays below 20 KB compressed', () => {
    expect(gzipSync(css, { level: 9 }).byteLength).toBeLessThan(20_000)
  })

  it('loads nothing from elsewhere', () => {
    expect(css).not.toMatch(/@import|url\(|@font-face/)
  })

  it('mirrors for right-to-left languages: no side is named left or right', () => {
    const physical =
      /(?:margin|padding|border|inset)-(?:left|right)|(?:^|\s)(?:left|right|float)\s*:/m
    expect(css).not.toMatch(physical)
    expect(css).not.toMatch(/text-align: (?:left|right)/)
  })

  it('names a colour only where tokens are defined', () => {
    const rules = css.slice(css.indexOf('*,\n*::before'))
    expect(rules).not.toMatch(/#[0-9a-f]{3,8}\b(?!;?\s*\{)|rgb\(|hsl\(/i)
  })
})
