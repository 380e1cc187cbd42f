import { canonicalJson } from '../../src/base/encode.ts'
import { intBelow, type Rng, seededRng } from '../../src/base/rng.ts'
import { leiChecksumOk } from '../../src/model/lei.ts'
import type { SourceItem } from '../../src/model/statement.ts'

/** Invented firms as a register, a pack and a list of warnings write them: for measuring. */
export interface MadeFirm {
  readonly name: string
  readonly site: string
  readonly country: string
  readonly lei: string
  readonly number: string
}

const SYLLABLES = `ba be bi bo bu da de di do du fa fe fi fo ga ge gi go ka ke ki ko la le li lo lu
  ma me mi mo na ne ni no pa pe po ra re ri ro ru sa se si so ta te ti to va ve vi vo za ze zo
  bran dril fren glim kor lun mar nor plax quin stel trin vex wix yor`.split(/\s+/u)
const TRADES = ['Exchange', 'Markets', 'Capital', 'Digital Assets', 'Payments', 'Trading', '']
const FORMS = ['Ltd', 'GmbH', 'S.A.', 'UAB', 'B.V.', 'OÜ', 'Inc.']
const COUNTRIES = ['DE', 'FR', 'LT', 'EE', 'MT', 'CY', 'IE', 'NL', 'LU', 'GB', 'US', 'AE']

function pick<T>(rng: Rng, list: readonly T[]): T {
  return list[intBelow(rng, list.length)] as T
}

export function madeFirms(count: number, seed: number): MadeFirm[] {
  const rng = seededRng(seed)
  return Array.from({ length: count }, (_, i) => {
    const word = Array.from({ length: 3 + intBelow(rng, 2) }, () => pick(rng, SYLLABLES)).join('')
    const brand = word[0]?.toUpperCase() + word.slice(1)
    const name = [brand, pick(rng, TRADES), pick(rng, FORMS)]
      .filter((part) => part !== '')
      .join(' ')
    return {
      name,
      site: `${word}${i % 7}.com`,
      country: pick(rng, COUNTRIES),
      lei: madeLei(i),
      number: `R${String(100_000 + i)}`,
    }
  })
}

/** A code of twenty characters whose check digits are right (ISO 7064 MOD 97-10). */
function madeLei(i: number): string {
  const stem = `ZZZZ00${String(i).padStart(12, '0')}`
  for (let check = 0; check < 100; check++) {
    const lei = stem + String(check).padStart(2, '0')
    if (leiChecksumOk(lei)) return lei
  }
  throw new Error('every stem has check digits')
}

/** How a source writes a firm. `registered`: a licence row; `actor`: a pack; `warned`: a notice. */
export function itemsOf(
  dataset: string,
  firm: MadeFirm,
  as: 'registered' | 'actor' | 'warned',
): SourceItem[] {
  const entity = `${dataset}:${as === 'registered' ? `${firm.lei}:${firm.number}` : firm.site}`
  const row = 'main#record:2'
  const say = (prop: string, value: string) => ({ entity, prop, value, row })
  const items = [
    say('schema', as === 'actor' ? 'Organization' : 'Company'),
    say('name', as === 'actor' ? (firm.name.split(' ')[0] ?? firm.name) : firm.name),
    say('country', firm.country),
    say('website', firm.site),
  ]
  if (as === 'actor') return [...items, say('actor', canonicalJson({ categories: ['exchange'] }))]
  if (as === 'warned') {
    const warning = { regulator: 'Invented Authority', country: 'GB', kind: 'warning' }
    return [...items, say('warning', canonicalJson({ ...warning, status: 'in_force' }))]
  }
  const licence = {
    regulator: 'Invented Authority',
    country: firm.country,
    kind: 'licence',
    number: firm.number,
    holder: firm.name,
    lei: firm.lei,
    status: 'authorised',
    regulatorWord: 'authorised',
    services: ['a'],
    countries: [firm.country],
  }
  return [
    ...items,
    say('alias', firm.name.split(' ')[0] ?? firm.name),
    say('leiCode', firm.lei),
    say('licence', canonicalJson(licence)),
  ]
}
