import { intBelow, type Rng } from '../../src/base/rng.ts'
import { foldName } from '../../src/model/name.ts'
import type { Script } from './name-cases-script.ts'

/**
 * Another way to write the same sounds: a Latin name in the spelling of another table, a name of
 * another script in one of its romanisations. The tables are those that passports and newspapers
 * use, and are not the ones that folding uses.
 */
export function romanVariant(text: string, script: Script, rng: Rng): string | undefined {
  switch (script) {
    case 'latin':
      return respelt(text, rng)
    case 'cyrillic':
      return byTable(text, CYRILLIC, intBelow(rng, 3))
    case 'greek':
      return byTable(text, GREEK, intBelow(rng, 2))
    case 'hangul':
      return hangul(text, intBelow(rng, 2))
    case 'han':
      return pinyin(text, rng)
    default:
      return undefined
  }
}

/** Letters that romanisations of Arabic, Persian, Slavic and Korean names exchange. */
const EXCHANGES: readonly (readonly [RegExp, string])[] = [
  [/ou/i, 'u'],
  [/(?<![aeo])u(?![aeiou])/i, 'ou'],
  [/ph/i, 'f'],
  [/kh/i, 'h'],
  [/q/i, 'k'],
  [/k(?![hs])/i, 'q'],
  [/dj/i, 'j'],
  [/ee/i, 'i'],
  [/(?<=[a-z])y\b/i, 'i'],
  [/iy|ij/i, 'y'],
  [/ks/i, 'x'],
  [/x/i, 'ks'],
  [/zh/i, 'j'],
  [/w/i, 'v'],
  [/oo/i, 'u'],
  [/(?<=[^aeiou])e(?=[^aeiou])/i, 'i'],
  [/(?<=[^aeiou])o(?=[^aeiou])/i, 'u'],
  [/([lmnstd])\1/i, '$1'],
  [/(?<=[aeiou])([lmnstd])(?=[aeiou])/i, '$1$1'],
  [/ck/i, 'k'],
  [/yev/i, 'ev'],
  [/ay/i, 'ai'],
  [/\bal[- ]/i, 'el-'],
  [/\babd[ae]l/i, 'abdul'],
]

/** Up to two exchanges, each in one place. */
function respelt(text: string, rng: Rng): string | undefined {
  let made = text
  let done = 0
  for (let tries = 0; tries < 24 && done < 2; tries++) {
    const [pattern, by] = EXCHANGES[intBelow(rng, EXCHANGES.length)] ?? [/$^/, '']
    const next = made.replace(pattern, by)
    if (next !== made) done += 1
    made = next
  }
  return done === 0 ? undefined : made
}

type Table = Readonly<Record<string, readonly string[]>>

function byTable(text: string, table: Table, column: number): string {
  let made = ''
  for (const char of text) {
    const lower = char.toLowerCase()
    const roman = table[lower]?.[column] ?? table[lower]?.[0]
    if (roman === undefined) made += char
    else if (char === lower) made += roman
    else made += roman.charAt(0).toUpperCase() + roman.slice(1)
  }
  return made
}

/** Passports (ICAO 9303), German newspapers, French newspapers. */
const CYRILLIC: Table = {
  ...{ а: ['a'], б: ['b'], в: ['v', 'w'], г: ['g', 'g', 'gu'], д: ['d'], е: ['e'], ё: ['e', 'jo'] },
  ...{ ж: ['zh', 'sch', 'j'], з: ['z', 's'], и: ['i'], й: ['i', 'i', 'ï'], к: ['k'], л: ['l'] },
  ...{ м: ['m'], н: ['n'], о: ['o'], п: ['p'], р: ['r'], с: ['s', 's', 'ss'], т: ['t'] },
  ...{ у: ['u', 'u', 'ou'], ф: ['f'], х: ['kh', 'ch', 'kh'], ц: ['ts', 'z', 'ts'] },
  ...{ ч: ['ch', 'tsch', 'tch'], ш: ['sh', 'sch', 'ch'], щ: ['shch', 'schtsch', 'chtch'] },
  ...{ ъ: ['ie', '', ''], ы: ['y'], ь: [''], э: ['e'], ю: ['iu', 'ju', 'iou'], я: ['ia', 'ja'] },
  ...{ і: ['i'], ї: ['i', 'ji'], є: ['ie', 'je'], ґ: ['g'], ў: ['u'] },
}

/** ELOT 743 and the classical spelling. */
const GREEK: Table = {
  ...{ α: ['a'], ά: ['a'], β: ['v', 'b'], γ: ['g'], δ: ['d'], ε: ['e'], έ: ['e'], ζ: ['z'] },
  ...{ η: ['i', 'e'], ή: ['i', 'e'], θ: ['th'], ι: ['i'], ί: ['i'], κ: ['k', 'c'], λ: ['l'] },
  ...{ μ: ['m'], ν: ['n'], ξ: ['x'], ο: ['o'], ό: ['o'], π: ['p'], ρ: ['r'], σ: ['s'], ς: ['s'] },
  ...{
    τ: ['t'],
    υ: ['y'],
    ύ: ['y'],
    φ: ['f', 'ph'],
    χ: ['ch', 'h'],
    ψ: ['ps'],
    ω: ['o'],
    ώ: ['o'],
  },
}

const INITIALS = [
  ['g', 'k'],
  ['kk', 'kk'],
  ['n', 'n'],
  ['d', 't'],
  ['tt', 'tt'],
  ['r', 'r'],
  ['m', 'm'],
  ['b', 'p'],
  ['pp', 'pp'],
  ['s', 's'],
  ['ss', 'ss'],
  ['', ''],
  ['j', 'ch'],
  ['jj', 'tch'],
  ['ch', 'ch'],
  ['k', 'k'],
  ['t', 't'],
  ['p', 'p'],
  ['h', 'h'],
] as const
const VOWELS = [
  ['a', 'a'],
  ['ae', 'ae'],
  ['ya', 'ya'],
  ['yae', 'yae'],
  ['eo', 'o'],
  ['e', 'e'],
  ['yeo', 'yo'],
  ['ye', 'ye'],
  ['o', 'o'],
  ['wa', 'wa'],
  ['wae', 'wae'],
  ['oe', 'oe'],
  ['yo', 'yo'],
  ['u', 'u'],
  ['wo', 'wo'],
  ['we', 'we'],
  ['wi', 'wi'],
  ['yu', 'yu'],
  ['eu', 'u'],
  ['ui', 'ui'],
  ['i', 'i'],
] as const
const FINALS = ',k,k,k,n,n,n,t,l,k,m,l,l,l,p,l,m,p,p,t,t,ng,t,t,k,t,p,t'.split(',')

/** Revised Romanisation, or McCune-Reischauer without its marks; syllables joined. */
function hangul(text: string, column: number): string | undefined {
  if (!/[가-힣]/u.test(text)) return undefined
  return [...text]
    .map((char) => {
      const code = char.charCodeAt(0) - 0xac00
      if (code < 0 || code > 11_171) return char
      const initial = INITIALS[Math.floor(code / 588)]?.[column === 0 ? 0 : 1] ?? ''
      const vowel = VOWELS[Math.floor((code % 588) / 28)]?.[column === 0 ? 0 : 1] ?? ''
      return `${initial}${vowel}${FINALS[code % 28] ?? ''}`
    })
    .join('')
    .replace(/^./u, (first) => first.toUpperCase())
}

/** Pinyin with the syllables apart, joined, or the first apart from the others. */
function pinyin(text: string, rng: Rng): string | undefined {
  if (/[^\p{Script=Han}\s]/u.test(text)) return undefined
  const syllables = [...text.replace(/\s/gu, '')].map((character) => foldName(character))
  if (syllables.length < 2) return undefined
  const [first = '', ...rest] = syllables
  return [syllables.join(' '), syllables.join(''), `${first} ${rest.join('')}`][intBelow(rng, 3)]
}
