/** The words of the page's language, with `{name}` where a value goes. */
export type Words = Readonly<Record<string, string>>

export interface Speech {
  readonly words: Words
  /** What `Intl` is asked for. */
  readonly intl: string
  readonly isRtl: boolean
}

/** The sentence of a key; values keep their own direction, as on the server. */
export function say(
  { words, isRtl }: Speech,
  key: string,
  values: Readonly<Record<string, string>> = {},
): string {
  return (words[key] ?? key).replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name]
    if (value === undefined) return whole
    return isRtl ? `\u2068${value}\u2069` : value
  })
}

/** A calendar day, as the server writes it. */
export function dayOf({ intl }: Speech, instant: string): string {
  const at = new Date(instant)
  if (Number.isNaN(at.getTime())) return instant
  return at.toLocaleDateString(intl, {
    ...{ day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' },
  })
}

export function numberOf({ intl }: Speech, value: number): string {
  return value.toLocaleString(intl)
}

export function percentOf({ intl }: Speech, share: number): string {
  return share.toLocaleString(intl, { style: 'percent' })
}

export function sizeOf({ intl }: Speech, bytes: number): string {
  return (bytes / 1e6).toLocaleString(intl, {
    ...{ style: 'unit', unit: 'megabyte', unitDisplay: 'short', maximumFractionDigits: 1 },
  })
}
