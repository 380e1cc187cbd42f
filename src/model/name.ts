import { fold } from './fold.ts'
import { legalRange, withoutGluedForm } from './legal-form.ts'

/**
 * Names as matching sees them. The index stores the folded form and the scorer compares it, so both
 * use these functions (HOUSE §6). Folding never decides anything: it only makes texts comparable.
 */

/** Tokens considered of one name: the longest listed name has about 30. */
const NAME_TOKENS_MAX = 32

/**
 * A name in lower-case ASCII: transliterated, letters of abbreviations joined (`S.A.R.L.` → `sarl`),
 * every other mark a space.
 *
 *     foldName('Société Générale, S.A.') // 'societe generale sa'
 */
export function foldName(text: string): string {
  return fold(text)
}

export function nameTokens(folded: string): string[] {
  if (folded === '') return []
  return folded.split(' ').slice(0, NAME_TOKENS_MAX)
}

/** Particles join names and are written or left out at will. */
const PARTICLES = new Set(
  `al el ul ad as ar az an ash at ibn bin ben bint ould abu abou umm and und et e y i of the der die
  das den dem de del della des di da do dos du la le les las los van von zu ter ten af av`.split(
    /\s+/,
  ),
)

/** Words of the trade: half of all firms carry one, so they hardly tell one from another. */
const GENERIC = new Set(
  `and asset assets bank banking blockchain broker brokers business capital coin company consulting
  corporation crypto development digital enterprise enterprises estate europe european exchange
  finance financial fund general global gmbh group holding holdings house industrial industries
  international invest investment investments management market markets national network online
  operations payment payments pay platform projects services solutions systems tech technologies
  technology trade trading union world`.split(/\s+/),
)

export function isGeneric(token: string): boolean {
  return GENERIC.has(token)
}

export function isParticle(token: string): boolean {
  return PARTICLES.has(token)
}

/**
 * The tokens that tell who it is: legal forms go from the end, or from the front (`OOO Romashka`),
 * unless nothing would be left.
 */
export function distinctTokens(tokens: readonly string[]): string[] {
  const { start, end } = legalRange(tokens)
  return tokens.slice(start, end).map(withoutGluedForm)
}
