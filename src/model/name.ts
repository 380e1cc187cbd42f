import anyAscii from 'any-ascii'

/**
 * Names as matching sees them. The index stores the folded form and the scorer compares it, so both
 * use these functions (HOUSE §6). Folding never decides anything: it only makes texts comparable.
 */

/** A longer text is an article, not a name; the tail says nothing about who it is. */
const NAME_CHARS_MAX = 512
/** Tokens considered of one name: the longest listed name has about 30. */
const NAME_TOKENS_MAX = 32

/**
 * A name in lower-case ASCII: transliterated, letters of abbreviations joined (`S.A.R.L.` → `sarl`),
 * every other mark a space.
 *
 *     foldName('Société Générale, S.A.') // 'societe generale sa'
 */
export function foldName(text: string): string {
  // Long enough for the cut to fall on what matching ignores anyway.
  const cut = text.slice(0, NAME_CHARS_MAX).normalize('NFKC')
  return anyAscii(spaced(cut))
    .toLowerCase()
    .replace(/\b(?:[a-z]\.){2,}[a-z]?/g, (letters) => letters.replaceAll('.', ''))
    .replace(/['`’]/g, '')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()
}

/** Han and kana carry no spaces: each Han character becomes a syllable of its own. */
function spaced(text: string): string {
  return text.replace(/\p{Script=Han}/gu, (character) => ` ${character} `)
}

export function nameTokens(folded: string): string[] {
  if (folded === '') return []
  return folded.split(' ').slice(0, NAME_TOKENS_MAX)
}

/**
 * Legal forms: what a firm is, not who it is. Folded spelling; words of several forms are listed
 * one by one. ISO 20275 holds thousands; these are the ones that registers here write.
 */
const LEGAL_FORMS = new Set(
  `ab ag aktiengesellschaft aps as asa bhd bv bvba co company corp corporation cv cyf doo dd ead
  eood eingetragene eg ek eu foundation gesellschaft gmbh haftung inc incorporated jsc kb kft kg
  kk lda limitada limited llc llp lp ltd ltda mbh nv oao od ojsc ood oou ooo osauhing ou oy oyj
  pao pjsc plc private proprietary pt pte pty public pvt ras rt sa sab sae sal saoc saog sapi
  sarl sas sasu sca scs sdn se sia sicav sl slu snc spa spc spj spolka spk srl sro sucursal
  tbk uab ug unipessoal vof zao zrt ooo ao tov dba gie gmbh co kgaa ka`.split(/\s+/),
)

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
  let end = tokens.length
  let start = 0
  while (end > 1 && LEGAL_FORMS.has(tokens[end - 1] ?? '')) end -= 1
  while (start < end - 1 && LEGAL_FORMS.has(tokens[start] ?? '')) start += 1
  return tokens.slice(start, end)
}

/**
 * What stays of a token when vowels and doubled letters are taken away and letters that
 * transliterations exchange are made one: `osama` and `usama`, `muhammad` and `mohamed` share it.
 */
export function skeletonOf(token: string): string {
  const folded = token
    .replace(/(?:kh|ck|q|c(?=[aouklrt])|c$)/g, 'k')
    .replace(/ph/g, 'f')
    .replace(/(?:sch|sh|ch|tch|zh|cz|sz)/g, 'j')
    .replace(/dh/g, 'd')
    .replace(/th/g, 't')
    .replace(/gh/g, 'g')
    .replace(/w/g, 'v')
    .replace(/[xz]/g, 's')
  const first = /^[aeiouy]/.test(folded) ? 'a' : ''
  return first + folded.replace(/[aeiouyh']/g, '').replace(/(.)\1+/g, '$1')
}
