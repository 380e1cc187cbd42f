/** A longer header is an attempt to cost time; what stands behind is not read. */
const RANGES_MAX = 32

/**
 * The first of the offered media types that the client takes (RFC 9110 §12.5.1), with its own
 * order of preference; undefined when it takes none. No header: the first offered.
 */
export function acceptable(
  header: string | undefined,
  offered: readonly string[],
): string | undefined {
  if (header === undefined || header.trim() === '' || header === '*/*') return offered[0]
  const ranges = header.split(',', RANGES_MAX).map(rangeOf)
  let best: string | undefined
  let bestQuality = 0
  for (const type of offered) {
    const quality = qualityOf(type, ranges)
    if (quality > bestQuality) {
      best = type
      bestQuality = quality
    }
  }
  return best
}

interface MediaRange {
  readonly type: string
  readonly quality: number
}

function rangeOf(text: string): MediaRange {
  const [type = '', ...params] = text.split(';')
  let quality = 1
  for (const param of params) {
    const match = /^\s*q=(\d(?:\.\d{0,3})?)\s*$/i.exec(param)
    if (match !== null) quality = Math.min(1, Number(match[1]))
  }
  return { type: type.trim().toLowerCase(), quality }
}

/** The most specific range that covers a type decides. */
function qualityOf(type: string, ranges: readonly MediaRange[]): number {
  const [major = ''] = type.split('/')
  for (const pattern of [type, `${major}/*`, '*/*']) {
    const range = ranges.find((candidate) => candidate.type === pattern)
    if (range !== undefined) return range.quality
  }
  return 0
}
