import type { Day } from '../../model/time.ts'

/** Built-in number formats that show a day (ECMA-376 Part 1 §18.8.30), those of Asia included. */
function isBuiltInDate(id: number): boolean {
  return (id >= 14 && id <= 17) || id === 22 || (id >= 27 && id <= 36) || (id >= 50 && id <= 58)
}

/**
 * True when a number format shows a day: `d`, `y`, an era or a `m` beside one of them, outside of
 * quotes, brackets and escapes. `General` and amounts hold none of these.
 */
export function isDateFormat(id: number, code: string | undefined): boolean {
  if (code === undefined) return isBuiltInDate(id)
  const plain = code
    .toLowerCase()
    .replace(/"[^"]*"/g, '')
    .replace(/\[[^\]]*\]/g, '')
    .replace(/\\./g, '')
    .replace(/_./g, '')
    .replace(/\bgeneral\b/g, '')
  return /[dy]/.test(plain) || /g{1,3}e/.test(plain)
}

const DAY_MS = 86_400_000
/** The last day that a workbook can hold: 9999-12-31. */
const SERIAL_MAX = 2_958_465

/**
 * The day of a serial number; undefined for a time without a day and for what no calendar has. The
 * count of 1900 holds a 29 February 1900 that never was, so days before March 1900 are off by one
 * and are not read.
 */
export function serialDay(serial: number, is1904: boolean): Day | undefined {
  if (serial < (is1904 ? 1 : 61) || serial > SERIAL_MAX) return undefined
  const epochMs = is1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, 30)
  return new Date(epochMs + Math.floor(serial) * DAY_MS).toISOString().slice(0, 10)
}
