import {
  AND_HEADS,
  ASSETS,
  COMMON,
  HEADLINE_WORDS,
  isFirstName,
  KNOWN_ORGS,
  MONTHS,
  ORG_ENDINGS,
  ORG_HEADS,
  ORG_NOUNS,
  PERSON_TITLES,
  PLACES,
  PRODUCTS,
  REGULATORS,
  WEEKDAYS,
} from './lexicon.ts'
import { COUNTRIES, type Draft, type Name, NameBook } from './name-kind.ts'
import { AUTHORITY_HEADS, CLOSED, CONNECTORS, OFFICE_TITLE, OFFICES, SUFFIX } from './name-words.ts'
import type { Sentence } from './sentence.ts'
import { type Token, tokensOf } from './token.ts'

export interface NameSpan {
  readonly start: number
  readonly end: number
  /** With the possessive ending. */
  readonly endWhole: number
  readonly possessive: boolean
  readonly text: string
  readonly name: Name
  readonly afterThe: boolean
}

/** The names in each sentence of one article, told apart and brought to one form. */
export function namesOf(sentences: readonly Sentence[]): NameSpan[][] {
  const words = sentences.map(({ text }) => tokensOf(text))
  const vocabulary = vocabularyOf(sentences, words)
  const whole = sentences.map((sentence, i) => draftsOf(sentence, words[i] ?? [], vocabulary))
  const drafts = splitPairs(whole, sentences)
  const book = new NameBook()
  sentences.forEach((sentence, i) => {
    for (const draft of drafts[i] ?? []) book.see(draft, sentence.text)
  })
  book.settle()
  return drafts.map((row, i) =>
    row.map((draft) => ({
      start: draft.start,
      end: draft.end,
      endWhole: draft.endWhole,
      possessive: draft.possessive,
      text: draft.text,
      name: book.of(draft.text),
      afterThe: /\b(?:the|a|an)\s+$/i.test(
        sentences[i]?.text.slice(Math.max(0, draft.start - 5), draft.start) ?? '',
      ),
    })),
  )
}

/** `Nokia Nvidia partnership`: two firms side by side, each of which the text names alone. */
function splitPairs(
  rows: readonly (readonly Draft[])[],
  sentences: readonly Sentence[],
): Draft[][] {
  const alone = new Set<string>()
  for (const row of rows)
    for (const { tokens, text } of row) if (tokens.length === 1) alone.add(text)
  return rows.map((row, i) =>
    row.flatMap((draft) => {
      const [first] = draft.tokens
      const stem = (token: Token) =>
        token === draft.tokens.at(-1) ? draft.text.slice(token.start - draft.start) : token.text
      const isPair =
        draft.tokens.length > 1 &&
        draft.tokens.every(
          (token) => alone.has(stem(token)) || KNOWN_ORGS.has(stem(token).toLowerCase()),
        )
      if (!isPair || isFirstName(first?.text ?? '')) return [draft]
      return draft.tokens.map((token) => {
        const isLast = token === draft.tokens.at(-1)
        const end = isLast ? draft.end : token.end
        return {
          ...draft,
          tokens: [token],
          start: token.start,
          end,
          endWhole: isLast ? draft.endWhole : token.end,
          possessive: isLast && draft.possessive,
          text: sentences[i]?.text.slice(token.start, end) ?? token.text,
        }
      })
    }),
  )
}

interface Vocabulary {
  /** Words that stand in lower case somewhere. */
  readonly lower: ReadonlySet<string>
  /** Words with a capital where none was needed. */
  readonly capital: ReadonlySet<string>
  /** Words with a capital anywhere but in titles. */
  readonly anywhere: ReadonlySet<string>
}

function vocabularyOf(sentences: readonly Sentence[], words: readonly Token[][]): Vocabulary {
  const lower = new Set<string>()
  const capital = new Set<string>()
  const anywhere = new Set<string>()
  sentences.forEach((sentence, i) => {
    const tokens = words[i] ?? []
    const isTitle = isTitleCase(tokens) || sentence.block.kind === 'title'
    tokens.forEach((token, at) => {
      if (!token.isCapital) lower.add(token.lower)
      if (token.isCapital && !isTitle && !COMMON.has(token.lower)) anywhere.add(token.text)
      if (token.isCapital && at > 0 && !isTitle && !COMMON.has(token.lower)) capital.add(token.text)
    })
  })
  return { lower, capital, anywhere }
}

export function isTitleCase(tokens: readonly Token[]): boolean {
  const long = tokens.filter(({ text }) => /^\p{L}{4,}/u.test(text))
  return long.length >= 4 && long.filter((token) => token.isCapital).length >= long.length * 0.75
}

function draftsOf(sentence: Sentence, tokens: readonly Token[], vocabulary: Vocabulary): Draft[] {
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
    push(out, span, i === 0, text, vocabulary)
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

interface Where {
  readonly isTitle: boolean
  readonly vocabulary: Vocabulary
  readonly tokens: readonly Token[]
  readonly text: string
}

function isNameWord(token: Token, at: number, where: Where): boolean {
  if (
    !token.isCapital ||
    token.text === 'I' ||
    (CLOSED.has(token.lower) && token.text !== token.text.toUpperCase()) ||
    isCalendar(token.lower)
  )
    return false
  const { vocabulary, isTitle, tokens, text } = where
  const isKnown = isGazetted(token.lower) || vocabulary.capital.has(token.text)
  if (isTitle) {
    if (isKnown && !COMMON.has(token.lower)) return true
    return (
      !COMMON.has(token.lower) &&
      !HEADLINE_WORDS.has(token.lower) &&
      !vocabulary.lower.has(token.lower) &&
      !SUFFIX.test(token.lower) &&
      !ORG_NOUNS.has(token.lower)
    )
  }
  const isStart =
    at === 0 || /[“"‘(:—–-]\s*$|^\W*$/u.test(text.slice(Math.max(0, token.start - 2), token.start))
  if (!isStart)
    return !(COMMON.has(token.lower) && !nextIsCapital(tokens, at, text)) || isAcronym(token.text)
  if (isKnown && !COMMON.has(token.lower)) return true
  const follows = nextIsCapital(tokens, at, text)
  if (COMMON.has(token.lower) || ORG_NOUNS.has(token.lower) || PERSON_TITLES.has(token.lower)) {
    if (isAcronym(token.text) && token.text.length > 1 && !vocabulary.lower.has(token.lower))
      return true
    return follows && isOrgFrom(tokens, at, text)
  }
  if (vocabulary.lower.has(token.lower) && !follows) return false
  return follows || isAcronym(token.text) || !SUFFIX.test(token.lower) || token.possessive
}

function isAcronym(text: string): boolean {
  return /^\p{Lu}[\p{Lu}\p{N}.&]+$/u.test(text)
}

function nextIsCapital(tokens: readonly Token[], at: number, text: string): boolean {
  const token = tokens[at]
  const next = tokens[at + 1]
  if (token === undefined || next === undefined || token.possessive) return false
  if (text.slice(token.endWhole, next.start) !== ' ') return false
  return (
    next.isCapital ||
    (ORG_HEADS.has(token.lower) && next.lower === 'of') ||
    (AND_HEADS.has(token.lower) && next.lower === 'and')
  )
}

/** Do the capitals that begin here make the name of an organisation: `Financial Conduct Authority`? */
function isOrgFrom(tokens: readonly Token[], at: number, text: string): boolean {
  const first = tokens[at]
  if (first === undefined) return false
  const next = tokens[at + 1]
  if (next?.isCapital && AUTHORITY_HEADS.test(next.lower)) return true
  // `Insurer Carrow Group`, `Chairman Robert Finch`: the noun is said of the name, not part of it.
  if (
    ORG_NOUNS.has(first.lower) &&
    !(next !== undefined && next.lower === 'of') &&
    !AND_HEADS.has(first.lower)
  )
    return false
  let last = at
  for (let i = at; i < Math.min(tokens.length, at + 7); i++) {
    const token = tokens[i]
    if (
      token === undefined ||
      (i > at && text.slice(tokens[i - 1]?.endWhole ?? 0, token.start) !== ' ')
    )
      break
    if (!token.isCapital && !['of', 'and', 'for', 'the'].includes(token.lower)) break
    if (token.isCapital) last = i
    if (token.possessive) break
  }
  const tail = tokens.slice(at + 1, last + 1)
  return (
    tail.some(({ lower }) => ORG_ENDINGS.has(lower)) ||
    (ORG_HEADS.has(first.lower) && tail.length > 1)
  )
}

function isCalendar(lower: string): boolean {
  return MONTHS.includes(lower) || WEEKDAYS.includes(lower) || OFFICES.has(lower)
}

function isGazetted(lower: string): boolean {
  return (
    KNOWN_ORGS.has(lower) ||
    REGULATORS.has(lower) ||
    PLACES.has(lower) ||
    COUNTRIES.has(lower) ||
    ASSETS.has(lower) ||
    PRODUCTS.has(lower)
  )
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
        where.from < at)
    return isHead && (tokens[far]?.isCapital ?? false) && !isCalendar(tokens[far]?.lower ?? '')
      ? far
      : undefined
  }
  if (next.lower === 'and') {
    return AND_HEADS.has(token.lower) && beyond.isCapital && isOrgFrom(tokens, at + 2, text)
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
    ((!isOffice && PERSON_TITLES.has(tokens[0]?.lower ?? '')) || isPlainNoun(tokens))
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
