import { amountsOf } from './amount.ts'
import { verbOf } from './grammar/verb-words.ts'
import { COMMON, isFirstName, KNOWN_ORGS } from './lexicon.ts'
import { type Draft, type Name, NameBook } from './name-kind.ts'
import { draftsOf, isTitleCase } from './name-spans.ts'
import type { Vocabulary } from './name-word-test.ts'
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
  const whole = sentences.map((sentence, i) =>
    withoutMoney(sentence.text, draftsOf(sentence, words[i] ?? [], vocabulary)).filter(
      (draft) => !isHeadingWord(draft, sentence, words[i] ?? [], vocabulary),
    ),
  )
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

/** `Why Did the Shops Fail?`: capitals of a heading that the text never writes with one. */
function isHeadingWord(
  draft: Draft,
  sentence: Sentence,
  tokens: readonly Token[],
  vocabulary: Vocabulary,
): boolean {
  if (vocabulary.anywhere.size < 3 || sentence.block.kind === 'title' || !isTitleCase(tokens))
    return false
  return (
    draft.tokens.every(({ text }) => !vocabulary.anywhere.has(text)) &&
    draft.tokens.some(({ lower }) => vocabulary.lower.has(lower) || verbOf(lower) !== undefined)
  )
}

/** `NOK 2.4 billion`: the code of a currency is no name. */
function withoutMoney(text: string, drafts: Draft[]): Draft[] {
  const sums = /\d/.test(text) ? amountsOf(text).filter(({ kind }) => kind === 'money') : []
  return sums.length === 0
    ? drafts
    : drafts.filter(({ start, end }) => !sums.some((sum) => sum.start <= start && end <= sum.end))
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
