import type { Draft } from '../draft.ts'
import type { Parse } from './args.ts'
import { acquisitions, divestments } from './deal.ts'
import { fines } from './fine.ts'
import { hacks } from './hack.ts'
import { investments } from './invest.ts'
import { licencesGranted, licencesWithdrawn } from './licence.ts'
import { listings } from './listing.ts'
import { marketShares } from './market.ts'
import { appointments } from './post.ts'
import { revenues } from './revenue.ts'
import { shareMoves } from './stock.ts'
import { contracts, launches } from './trade.ts'
import { shareOfGdp, unitsSold } from './units.ts'
import { valuations } from './value.ts'
import { assessments, strategies } from './view.ts'
import { warnings } from './warning.ts'

type Frame = (p: Parse) => readonly Draft[]

/** Each kind of fact, with a mark or word that a sentence must hold to tell of it. */
const FRAMES: readonly (readonly [Frame, RegExp])[] = [
  [acquisitions, /⟨[OUKAT]/],
  [divestments, /⟨[OUKAT]/],
  [investments, /⟨[MC]|invest|stake|round|fund|led/],
  [contracts, /⟨[OUKAT]/],
  [valuations, /⟨M/],
  [revenues, /⟨M/],
  [marketShares, /⟨C/],
  [shareMoves, /⟨C/],
  [unitsSold, /⟨Q/],
  [shareOfGdp, /⟨C/],
  [appointments, /⟨[PU]/],
  [launches, /⟨[OUKAT]/],
  [
    licencesGranted,
    /licen|authori|regist|approv|permi|charter|nod|clear|go-ahead|green|recogni|accredit|blessing|certif|passport|admit|whitelist|regulat|allow/,
  ],
  [
    licencesWithdrawn,
    /licen|authori|regist|approv|permi|charter|struck|strik|strip|certif|passport|delicens/,
  ],
  [warnings, /warn|caution|alert|flag|list|notice|urge|advis|remind|authori/],
  [fines, /⟨M|fine|fining|penal|sanction|settle|lev[yi]|surcharge|forfeit|disgorge|punish/],
  [hacks, /⟨[OUKAT]/],
  [listings, /list|debut|trad|public|ipo|float|offering|support|pair|deal|available|flotation/],
  [strategies, /strateg|focus|pivot|position|shift|bet|gamble|concentrat|reinvent|reorient|turn/],
  [assessments, /⟨[POUKA]/],
]

/** What one sentence says, read from its grammar. */
export function framesOf(p: Parse): Draft[] {
  // Nobody is named and nothing is counted: there is no fact.
  if (!p.m.mentions.some(({ letter }) => 'OUAKTPMCQ'.includes(letter))) return []
  // A word may be hidden in a name: `its Investor Alert List`.
  const words = p.m.sentence.text.toLowerCase()
  const holds = (sign: RegExp) => sign.test(p.m.text) || sign.test(words)
  return FRAMES.flatMap(([frame, sign]) => (holds(sign) ? frame(p) : []))
}
