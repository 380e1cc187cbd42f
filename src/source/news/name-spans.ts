import {
  AND_HEADS,
  COMMON,
  FIRM_WORDS,
  HEADLINE_WORDS,
  isFirstName,
  KNOWN_ORGS,
  ORG_ENDINGS,
  ORG_HEADS,
  ORG_NOUNS,
  PERSON_TITLES,
} from './lexicon.ts'
import { COUNTRIES, type Draft } from './name-kind.ts'
import {
  authorityAhead,
  isAcronym,
  isCalendar,
  isGazetted,
  isNameWord,
  isOrgFrom,
  type Vocabulary,
} from './name-word-test.ts'
import { CLOSED, CONNECTORS, OFFICE_TITLE } from './name-words.ts'
import type { Sentence } from './sentence.ts'
import type { Token } from './token.ts'

const TITLES = new WeakMap<readonly Token[], boolean>()

export function isTitleCase(tokens: readonly Token[]): boolean {
  const known = TITLES.get(tokens)
  if (known !== undefined) return known
  const own = readTitleCase(tokens)
  TITLES.set(tokens, own)
  return own
}

function readTitleCase(tokens: readonly Token[]): boolean {
  const long = tokens.filter(({ text }) => /^\p{L}{4,}/u.test(text))
  return long.length >= 4 && long.filter((token) => token.isCapital).length >= long.length * 0.75
}

export function draftsOf(
  sentence: Sentence,
  tokens: readonly Token[],
  vocabulary: Vocabulary,
): Draft[] {
  const { text } = sentence
  const out: Draft[] = []
  const isTitle = isTitleCase(tokens)
  let i = 0
  while (i < tokens.length) {
    const first = tokens[i]
    if (first === undefined) break
    const office = first.isCapital
      ? OFFICE_TITLE.exec(text.slice(first.start, first.start + 80))
      : null
    if (office !== null && first.lower !== 'group') {
      const past = first.start + office[0].length
      while ((tokens[i]?.start ?? text.length) < past) i += 1
      continue
    }
    if (!isNameWord(first, i, { isTitle, vocabulary, tokens, text })) {
      i += 1
      continue
    }
    let last = i
    while (!endsHere(tokens[last]) && !isLost(tokens[last], vocabulary)) {
      const next = nextOf(tokens, last, text, { isTitle, vocabulary, from: i })
      if (next === undefined) break
      last = next
    }
    const span = tokens.slice(i, last + 1)
    // `Legal AI firm Paragraf`: the words in front of the noun describe the name behind it.
    const noun = tokens[last + 1]
    if (
      i === 0 &&
      noun !== undefined &&
      ORG_NOUNS.has(noun.lower) &&
      !noun.isCapital &&
      tokens[last + 2]?.isCapital &&
      text.slice(noun.endWhole, tokens[last + 2]?.start) === ' ' &&
      !vocabulary.capital.has(first.text) &&
      !isGazetted(first.lower)
    ) {
      i = last + 1
      continue
    }
    // `the Company`, `the Firm`: documents write the stand-in with a capital.
    const isStandIn =
      span.length === 1 &&
      /^the$/.test(tokens[i - 1]?.lower ?? '') &&
      (FIRM_WORDS.has(first.lower) ||
        /^(?:authority|commission|regulator|notice|board|agreement|agency|offer|fund|issuer|merger|parties|transaction)$/.test(
          first.lower,
        )) &&
      !isAcronym(first.text)
    if (!isStandIn) push(out, span, i === 0, text, vocabulary)
    i = last + 1
  }
  return out
}

/** `Nokias AI focus`: the s is a possessive that has lost its apostrophe, so the name ends here. */
function isLost(token: Token | undefined, vocabulary: Vocabulary): boolean {
  return token !== undefined && lostApostrophe([token], vocabulary)
}

/** A possessive ends a name, and so does a tail such as `-based`. */
function endsHere(token: Token | undefined): boolean {
  return token === undefined || token.possessive || token.endWhole !== token.end
}

function nextOf(
  tokens: readonly Token[],
  at: number,
  text: string,
  where: { isTitle: boolean; vocabulary: Vocabulary; from: number },
): number | undefined {
  const token = tokens[at]
  const next = tokens[at + 1]
  if (token === undefined || next === undefined) return undefined
  const glue = text.slice(token.endWhole, next.start)
  if (token.text === 'Series' && /^[A-H]$/.test(next.text) && glue === ' ') return at + 1
  if (/^, $/.test(glue))
    return /^(?:inc|ltd|llc|corp|plc)$/.test(next.lower) && next.isCapital ? at + 1 : undefined
  if (
    /^\.? $/.test(glue) &&
    glue !== ' ' &&
    !/^(?:St|Dr|Mr|Mrs|Ms|\p{Lu}|Inc|Ltd|Corp|Co|U\.S)$/u.test(token.text)
  )
    return undefined
  if (glue === ' & ') return next.isCapital ? at + 1 : undefined
  if (!/^\.? $/.test(glue)) return undefined
  if (text[next.end] === '$') return undefined
  if (next.isCapital) {
    if (isCalendar(next.lower)) return undefined
    if (where.isTitle && !isNameWord(next, at + 1, { ...where, tokens, text }))
      return ORG_ENDINGS.has(next.lower) &&
        !HEADLINE_WORDS.has(next.lower) &&
        !where.vocabulary.lower.has(next.lower)
        ? at + 1
        : undefined
    return at + 1
  }
  const beyond = tokens[at + 2]
  if (beyond === undefined || text.slice(next.endWhole, beyond.start) !== ' ') return undefined
  if (next.lower === 'of' || next.lower === 'for') {
    const far = beyond.lower === 'the' ? at + 3 : at + 2
    const isHead =
      ORG_HEADS.has(token.lower) ||
      (next.lower === 'of' &&
        ORG_ENDINGS.has(token.lower) &&
        token.lower !== 'ai' &&
        where.from < at) ||
      (next.lower === 'of' &&
        where.from < at &&
        /^(?:office|court|bureau|department|ministry|bank)$/.test(tokens[where.from]?.lower ?? ''))
    return isHead && (tokens[far]?.isCapital ?? false) && !isCalendar(tokens[far]?.lower ?? '')
      ? far
      : undefined
  }
  // `SK hynix Inc.`: a brand in small letters, held by the names around it.
  if (
    /^(?:inc|corp|ltd|co|plc|llc|ag|gmbh)$/.test(beyond.lower) &&
    beyond.isCapital &&
    !CLOSED.has(next.lower)
  )
    return at + 2
  if (next.lower === 'and') {
    return (AND_HEADS.has(token.lower) ||
      (at - where.from >= 1 &&
        !ORG_ENDINGS.has(token.lower) &&
        authorityAhead(tokens, at + 2, text))) &&
      beyond.isCapital &&
      isOrgFrom(tokens, at + 2, text)
      ? at + 2
      : undefined
  }
  return CONNECTORS.has(next.lower) && beyond.isCapital ? at + 2 : undefined
}

function push(
  out: Draft[],
  span: readonly Token[],
  isFirst: boolean,
  text: string,
  vocabulary: Vocabulary,
): void {
  let tokens = span
  // Titles and nouns that stand in front of a name are no part of it.
  const isOffice = ORG_ENDINGS.has(tokens.at(-1)?.lower ?? '')
  while (
    tokens.length > 1 &&
    ((!isOffice &&
      PERSON_TITLES.has(tokens[0]?.lower ?? '') &&
      !(
        tokens.length === 2 &&
        /^(?:general|king|queen|prince|justice|captain|president)$/.test(tokens[0]?.lower ?? '')
      )) ||
      isPlainNoun(tokens))
  )
    tokens = tokens.slice(1)
  // `Shipbuilder Kronvik won`: a noun at the sentence's beginning, and the name stands alone elsewhere.
  const [noun, own] = tokens
  const isNoun =
    isFirst &&
    tokens.length === 2 &&
    noun !== undefined &&
    own !== undefined &&
    vocabulary.anywhere.has(own.text) &&
    !vocabulary.capital.has(noun.text) &&
    /(?:er|or|ant|ist|ian|builder|house)$/.test(noun.lower) &&
    !isFirstName(noun.text) &&
    !ORG_ENDINGS.has(own.lower)
  if (isNoun) tokens = tokens.slice(1)
  const first = tokens[0]
  const last = tokens.at(-1)
  if (first === undefined || last === undefined) return
  const lost = lostApostrophe(tokens, vocabulary)
  const end = lost ? last.end - 1 : last.end
  const isQuoted =
    /[“"‘']$/.test(text.slice(0, first.start)) && /^[,.]?[”"’']/.test(text.slice(last.endWhole))
  out.push({
    tokens,
    start: first.start,
    end,
    endWhole: last.possessive || lost ? last.endWhole : last.end,
    possessive: last.possessive || lost,
    text: text.slice(first.start, end),
    isQuoted: isQuoted && tokens.length > 1,
    isFirst,
  })
}

function isPlainNoun(tokens: readonly Token[]): boolean {
  const lower = tokens[0]?.lower ?? ''
  const rest = tokens[1]
  if (rest === undefined || ['of', 'for', 'and'].includes(rest.lower)) return false
  if (
    ['ceo', 'cfo', 'cto', 'coo', 'chairman', 'president', 'analyst', 'former', 'founder'].includes(
      lower,
    )
  )
    return true
  return (
    ORG_NOUNS.has(lower) &&
    COMMON.has(lower) &&
    !tokens.slice(1).some((t) => ORG_ENDINGS.has(t.lower)) &&
    tokens.length > 2
  )
}

/** `Nokias AI focus` in a text that has lost its apostrophes: the name stands elsewhere without the s. */
function lostApostrophe(tokens: readonly Token[], vocabulary: Vocabulary): boolean {
  const last = tokens.at(-1)
  if (
    last === undefined ||
    last.possessive ||
    !/\p{Ll}s$/u.test(last.text) ||
    /ss$/.test(last.text)
  )
    return false
  if (isGazetted(last.lower) || ORG_ENDINGS.has(last.lower)) return false
  const stem = last.text.slice(0, -1)
  if (stem.length < 3 || (tokens.length > 1 && isFirstName(tokens[0]?.text ?? ''))) return false
  const lower = stem.toLowerCase()
  return vocabulary.anywhere.has(stem) || KNOWN_ORGS.has(lower) || COUNTRIES.has(lower)
}
