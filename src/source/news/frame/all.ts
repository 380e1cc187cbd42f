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

const FRAMES: readonly ((p: Parse) => readonly Draft[])[] = [
  acquisitions,
  divestments,
  investments,
  contracts,
  valuations,
  revenues,
  marketShares,
  shareMoves,
  unitsSold,
  shareOfGdp,
  appointments,
  launches,
  licencesGranted,
  licencesWithdrawn,
  warnings,
  fines,
  hacks,
  listings,
  strategies,
  assessments,
]

/** What one sentence says, read from its grammar. */
export function framesOf(p: Parse): Draft[] {
  return FRAMES.flatMap((frame) => frame(p))
}
