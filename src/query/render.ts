import { localeFor } from '../i18n/catalogue.ts'
import { countryName, formatDay, formatList, formatPercent } from '../i18n/format.ts'
import type { MessageParam, MessageRef } from '../score/risk/types.ts'

/** The catalogue, as answers need it: a key that is not there is given back as it is. */
export type MessagePort = (
  lang: string,
  key: string,
  params: Readonly<Record<string, string | number>>,
) => string

/** Writes what rules said in the asked language. */
export class Renderer {
  readonly #message: MessagePort

  constructor(message: MessagePort) {
    this.#message = message
  }

  text(lang: string, ref: MessageRef): string {
    const params: Record<string, string | number> = {}
    for (const [name, value] of Object.entries(ref.params)) params[name] = paramText(lang, value)
    return this.#message(lang, ref.key, params)
  }

  message(
    lang: string,
    key: string,
    params: Readonly<Record<string, string | number>> = {},
  ): string {
    return this.#message(lang, key, params)
  }
}

function paramText(lang: string, value: MessageParam): string | number {
  if (typeof value !== 'object') return value
  const locale = localeFor(lang)
  if ('day' in value) return dayIn(locale, value.day)
  if ('country' in value) return countryName(locale, value.country)
  if ('percent' in value) return formatPercent(locale, value.percent)
  return formatList(locale, value.list)
}

/** Days repeat from answer to answer, and formatting one costs more than finding a statement. */
const DAYS_KEPT = 4_096
const days = new Map<string, string>()

function dayIn(locale: ReturnType<typeof localeFor>, day: string): string {
  const key = `${locale} ${day}`
  let text = days.get(key)
  if (text === undefined) {
    text = formatDay(locale, day)
    if (days.size >= DAYS_KEPT) days.clear()
    days.set(key, text)
  }
  return text
}
