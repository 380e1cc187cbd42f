import { SCREEN } from '../name/operating-point.ts'

/**
 * Thresholds of name matching (docs/method/names.md). A name is no proof: what it finds is shown
 * with its score, and only a near-certain one is called danger.
 */

/** A finding: whoever screens must look at it. */
export const NAME_FINDING = SCREEN.sure
/** A finding as strong as an identifier: the same name but for spelling. */
export const NAME_DANGER = 0.92
/** A firm's licence is told from here on: "Example" finds "Example Luxembourg". */
export const NAME_LICENCE = 0.8
