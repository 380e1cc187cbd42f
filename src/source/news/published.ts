import type { Zone } from '../../model/news.ts'
import { MONTHS } from './lexicon.ts'

interface Published {
  /** ISO 8601: a day, a local time without zone, or an instant in UTC or with its offset. */
  readonly at: string
  readonly zone: Zone
}

const ZONES: Readonly<Record<string, string>> = {
  Z: 'Z',
  UT: 'Z',
  UTC: 'Z',
  GMT: 'Z',
  EST: '-05:00',
  EDT: '-04:00',
  CST: '-06:00',
  CDT: '-05:00',
  MST: '-07:00',
  MDT: '-06:00',
  PST: '-08:00',
  PDT: '-07:00',
  BST: '+01:00',
  CET: '+01:00',
  CEST: '+02:00',
  EET: '+02:00',
  EEST: '+03:00',
  MSK: '+03:00',
  JST: '+09:00',
  KST: '+09:00',
  SGT: '+08:00',
  HKT: '+08:00',
  IST: '+05:30',
  AEST: '+10:00',
  AEDT: '+11:00',
}

const ISO = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):?(\d{2})(?::?(\d{2})(?:[.,]\d+)?)?)?\s*(.*)$/
const RFC =
  /^(?:\p{L}{3,9},?\s+)?(\d{1,2})(?:st|nd|rd|th)?\s+(\p{L}{3,9})\.?,?\s+(\d{2,4})(?:,?\s+(?:at\s+)?(\d{1,2}):(\d{2})(?::(\d{2}))?\s*(am|pm)?)?\s*(.*)$/iu
const US =
  /^(?:\p{L}{3,9},?\s+)?(\p{L}{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?:,?\s+(?:at\s+)?(\d{1,2}):(\d{2})(?::(\d{2}))?\s*(am|pm)?)?\s*(.*)$/iu

/** A date as pages and feeds write it. A time without a zone stays without one. */
export function publishedOf(text: string): Published | undefined {
  const trimmed = text.trim().slice(0, 80)
  const iso = ISO.exec(trimmed)
  if (iso !== null) {
    const [, y = '', mo = '', d = '', h, mi, s, zone = ''] = iso
    return made({ y, mo, d, h, mi, s, zone })
  }
  const rfc = RFC.exec(trimmed)
  if (rfc !== null) {
    const [, d = '', month = '', y = '', h, mi, s, half, zone = ''] = rfc
    return made({
      y: y.length === 2 ? `20${y}` : y,
      mo: monthOf(month),
      d,
      h: hour(h, half),
      mi,
      s,
      zone,
    })
  }
  const us = US.exec(trimmed)
  if (us === null) return undefined
  const [, month = '', d = '', y = '', h, mi, s, half, zone = ''] = us
  return made({ y, mo: monthOf(month), d, h: hour(h, half), mi, s, zone })
}

function monthOf(word: string): string {
  const lower = word.toLowerCase().slice(0, 3)
  return String(MONTHS.findIndex((month) => month.startsWith(lower)) + 1)
}

function hour(text: string | undefined, half: string | undefined): string | undefined {
  if (text === undefined) return undefined
  const value = Number(text) % 12
  if (half === undefined) return text
  return String(/pm/i.test(half) ? value + 12 : value)
}

interface Parts {
  readonly y: string
  readonly mo: string
  readonly d: string
  readonly h: string | undefined
  readonly mi: string | undefined
  readonly s: string | undefined
  readonly zone: string
}

function made({ y, mo, d, h, mi, s, zone }: Parts): Published | undefined {
  const day = `${y}-${mo.padStart(2, '0')}-${d.padStart(2, '0')}`
  const date = new Date(`${day}T00:00:00Z`)
  if (Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== day) return undefined
  if (h === undefined || mi === undefined) return { at: day, zone: 'none' }
  if (Number(h) > 23 || Number(mi) > 59) return { at: day, zone: 'none' }
  const time = `${day}T${h.padStart(2, '0')}:${mi}${s === undefined ? '' : `:${s}`}`
  const word = zone.trim().replace(/[()]/g, '').split(/\s+/)[0] ?? ''
  const offset = /^([+-]\d{2}):?(\d{2})$/.exec(word)
  const known = offset === null ? ZONES[word.toUpperCase()] : `${offset[1]}:${offset[2]}`
  if (known === undefined) return { at: time, zone: 'none' }
  const isUtc = known === 'Z' || known === '+00:00' || known === '-00:00'
  return { at: `${time}${isUtc ? 'Z' : known}`, zone: isUtc ? 'utc' : 'offset' }
}
