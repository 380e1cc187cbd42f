import { splitWebsites } from '../../model/host.ts'
import { oneLine } from './firm.ts'
import { cloneMark } from './sayings.ts'

/** Slashes with spaces around them, semicolons, bars and line ends: `A/S` and `c/o` are names. */
const BETWEEN = /\s+\/\s+|\s*[;|]\s*|\n/u

/**
 * The names of one cell of a warning list. Where the cell says that it is about a clone, each name
 * carries the mark: the plain name belongs to the firm that is imitated.
 *
 *     namesOf('Alpha / alpha-x.com (clone of FCA authorised firm)')
 *     // ['Alpha (clone of FCA authorised firm)', 'alpha-x.com']
 */
export function namesOf(cell: string): readonly string[] {
  const mark = cloneMark(cell)
  const bracketed = mark !== '' && oneLine(cell).includes(`(${mark})`)
  const plain = bracketed ? oneLine(cell).replace(`(${mark})`, ' ') : cell
  const names = plain
    .split(BETWEEN)
    .map(oneLine)
    .filter((name) => name !== '')
  if (!bracketed) return names
  return names.map((name) => (isSite(name) ? name : `${name} (${mark})`))
}

/** True for a name that is nothing but an address of the web. */
export function isSite(name: string): boolean {
  return !/\s/u.test(name) && splitWebsites(name).length > 0
}
