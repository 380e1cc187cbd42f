/**
 * Thresholds of name matching (docs/method/verdict.md "Names"). A name is no proof: what it finds
 * is shown with its score, and only a near-certain one is called danger.
 */

/** Shown among the entities that may be meant (VOCABULARY §9). */
export const NAME_SHOWN = 0.7
/** A finding: whoever screens must look at it. */
export const NAME_FINDING = 0.85
/** A finding as strong as an identifier: the same name but for spelling. */
export const NAME_DANGER = 0.92
/** A firm's licence is told from here on: "Example" finds "Example Luxembourg". */
export const NAME_LICENCE = 0.8
