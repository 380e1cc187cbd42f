import type { VerdictValue } from '../../model/verdict.ts'
import { Canvas, type Colour } from './canvas.ts'
import { type Outline, outlineOf, placed, ringOf } from './outline.ts'
import {
  cutMiddle,
  type Drawn,
  fitted,
  lines,
  sentenceDrawn,
  type Type,
  widthOf,
  write,
} from './words.ts'

/** What messengers show in full (Open Graph, 1.91 : 1). */
export const CARD_WIDTH = 1_200
export const CARD_HEIGHT = 630

const EDGE = 72
const INNER = CARD_WIDTH - 2 * EDGE
const MARK = 176
/** Room of the word beside the mark. */
const WORD_X = EDGE + MARK + 44
const FOOT_Y = 528

/** The light scheme of the pages, once more: a picture has no style sheet. */
const GROUND = 0xffffff
const INK = 0x17212b
const MUTED = 0x52606d
const LINE = 0xdbe1e7
const ACCENT = 0x1d4f86
const TONES: Readonly<Record<VerdictValue, { readonly tone: Colour; readonly tint: Colour }>> = {
  danger: { tone: 0xa1141d, tint: 0xfcefee },
  warning: { tone: 0x855000, tint: 0xfdf4e3 },
  no_adverse_evidence: { tone: 0x1a653a, tint: 0xedf6f0 },
  unknown: { tone: 0x4a5765, tint: 0xf0f3f6 },
}

/** The shapes of `part/mark.ts`, in 48 units; a test holds the two together. */
export const MARK_PATHS = {
  danger: ['M15.2 3h17.6L45 15.2v17.6L32.8 45H15.2L3 32.8V15.2Z', 'M13 21h22v6H13z'],
  warning: [
    'M24 4a3 3 0 0 1 2.6 1.5l19 33.5a3 3 0 0 1-2.6 4.5H5A3 3 0 0 1 2.4 39l19-33.5A3 3 0 0 1 24 4Z',
    'M21.4 16h5.2l-.9 13h-3.4zM24 32a2.9 2.9 0 1 1 0 5.8 2.9 2.9 0 0 1 0-5.8z',
  ],
  no_adverse_evidence: [],
  unknown: [
    'M24 12.5c-4.6 0-7.9 2.8-8.2 7h4.4c.2-2 1.6-3.2 3.7-3.2 2 0 3.4 1.2 3.4 2.9 0 1.6-.8 2.4-2.7 ' +
      '3.6-2.2 1.4-3.2 2.8-3.1 5.4v.8h4.3v-.6c0-1.7.7-2.5 2.8-3.8 2.1-1.3 3.3-3.1 3.3-5.5 ' +
      '0-3.9-3.2-6.6-7.9-6.6Zm-.3 18.8a2.6 2.6 0 1 0 0 5.2 2.6 2.6 0 0 0 0-5.2Z',
  ],
} as const satisfies Record<VerdictValue, readonly string[]>
const BRAND = 'M16 7a5.4 5.4 0 0 0-2.7 10.1L12 25h8l-1.3-7.9A5.4 5.4 0 0 0 16 7Z'
const RINGS: Partial<Record<VerdictValue, Outline>> = {
  no_adverse_evidence: ringOf({ centre: 24, radius: 19, width: 5 }),
  unknown: ringOf({ centre: 24, radius: 19, width: 3.5, dash: [7, 6.26] }),
}

interface Foot {
  /** A day in English words. */
  readonly day: string
  /** The data is made up: the picture says so, too. */
  readonly isDemo: boolean
}

export interface VerdictCard extends Foot {
  readonly verdict: VerdictValue
  readonly word: string
  readonly asked: Drawn
  readonly sentence: string
}

export interface TitleCard extends Foot {
  /** What kind of page it is: `Article`, `Company`. */
  readonly kind: string
  readonly title: Drawn
  /** Who says so, or what the page holds. */
  readonly source: string
}

const ANOTHER_SCRIPT = 'A name in another script, read in Latin letters:'
const NO_LETTERS = 'A name in another script'
/** What the two calm answers are not, for a reader who sees nothing but the picture: never cut off. */
const NO_PROMISE: Readonly<Record<VerdictValue, string>> = {
  danger: '',
  warning: '',
  no_adverse_evidence: 'That is no promise of safety.',
  unknown: 'Unknown is not clean.',
}
const DEMO = 'Demonstration with made-up data'

/** The answer: shape, word and colour say the same, so that none is needed alone. */
export function verdictCard(card: VerdictCard): Canvas {
  const { tone, tint } = TONES[card.verdict]
  const canvas = new Canvas(CARD_WIDTH, CARD_HEIGHT, tint)
  canvas.rectangle(0, 0, CARD_WIDTH, 12, tone)
  mark(canvas, card.verdict, { tone, tint })
  const word = fitted(card.word, { weight: '700', size: 124 }, CARD_WIDTH - EDGE - WORD_X, 40)
  write(canvas, card.word, word, { x: WORD_X, y: 152 + word.size * 0.35 }, tone)
  subject(canvas, card.asked, 340)
  const type: Type = { weight: '400', size: 34 }
  const rows = lines(sentenceDrawn(card.sentence), type, INNER, 2)
  for (const [at, line] of rows.entries()) {
    write(canvas, line, type, { x: EDGE, y: 404 + at * 44 }, INK)
  }
  const last = { x: EDGE, y: 404 + rows.length * 44 }
  write(canvas, NO_PROMISE[card.verdict], { ...type, weight: '700' }, last, INK)
  foot(canvas, card)
  return canvas
}

/** A page that gives no answer has no mark: its picture says only what it is about. */
export function titleCard(card: TitleCard): Canvas {
  const canvas = new Canvas(CARD_WIDTH, CARD_HEIGHT, GROUND)
  canvas.rectangle(0, 0, CARD_WIDTH, 12, ACCENT)
  write(canvas, sentenceDrawn(card.kind), { weight: '700', size: 36 }, { x: EDGE, y: 116 }, ACCENT)
  const title: Type = { weight: '700', size: 68 }
  const { text, isAid } = card.title
  const top = isAid ? 230 : 212
  if (isAid) aid(canvas, text, 160)
  const rows = lines(text, title, INNER, 3)
  for (const [at, line] of rows.entries()) {
    write(canvas, line, title, { x: EDGE, y: top + at * 84 }, INK)
  }
  const source: Type = { weight: '400', size: 34 }
  const under = top + (rows.length - 1) * 84 + 70
  for (const [at, line] of lines(sentenceDrawn(card.source), source, INNER, 2).entries()) {
    write(canvas, line, source, { x: EDGE, y: under + at * 46 }, MUTED)
  }
  foot(canvas, card)
  return canvas
}

function subject(canvas: Canvas, { text, isAid }: Drawn, y: number): void {
  if (isAid) aid(canvas, text, y - 62)
  const type = fitted(text, { weight: '700', size: 56 }, INNER, 38)
  write(canvas, cutMiddle(text, type, INNER), type, { x: EDGE, y }, INK)
}

function aid(canvas: Canvas, text: string, y: number): void {
  const words = text === '' ? NO_LETTERS : ANOTHER_SCRIPT
  write(canvas, words, { weight: '400', size: 28 }, { x: EDGE, y }, MUTED)
}

function mark(
  canvas: Canvas,
  verdict: VerdictValue,
  { tone, tint }: { readonly tone: Colour; readonly tint: Colour },
): void {
  const scale = MARK / 48
  const ring = RINGS[verdict]
  if (ring !== undefined) canvas.fill(placed(ring, EDGE, 64, scale), tone)
  // What is cut out of the octagon and the triangle shows the ground again.
  for (const [at, path] of MARK_PATHS[verdict].entries()) {
    canvas.fill(placed(outlineOf(path), EDGE, 64, scale), at === 0 ? tone : tint)
  }
}

function foot(canvas: Canvas, { day, isDemo }: Foot): void {
  canvas.rectangle(EDGE, FOOT_Y, INNER, 2, LINE)
  const rounded = 'M7 0H25A7 7 0 0 1 32 7V25A7 7 0 0 1 25 32H7A7 7 0 0 1 0 25V7A7 7 0 0 1 7 0Z'
  canvas.fill(placed(outlineOf(rounded), EDGE, 556, 1.5), ACCENT)
  canvas.fill(placed(outlineOf(BRAND), EDGE, 556, 1.5), GROUND)
  write(canvas, 'Custos', { weight: '700', size: 42 }, { x: EDGE + 64, y: 594 }, INK)
  const type: Type = { weight: '400', size: 32 }
  const words = isDemo ? `${DEMO} · ${day}` : day
  write(canvas, words, type, { x: CARD_WIDTH - EDGE - widthOf(words, type), y: 592 }, MUTED)
}
