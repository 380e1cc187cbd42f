import type { Licence } from '../model/verdict.ts'
import type { FirmOnDay } from '../score/firm/label.ts'
import { isLicensed, isRegistered } from '../score/firm/serve-rows.ts'

/** Every row about a firm: what is adverse and in force first, then what allows, then the rest. */
export function firmLicences({ permissions, notices }: FirmOnDay): readonly Licence[] {
  const rows = [
    ...notices.map((row) => ({ licence: row.licence, rank: row.isInForce ? 0 : 4 })),
    ...permissions.map((row) => ({
      licence: row.licence,
      rank: isLicensed(row) ? 1 : isRegistered(row) ? 2 : 3,
    })),
  ]
  const key = ({ licence }: (typeof rows)[number]) => licence.from ?? ''
  return rows
    .sort(
      (a, b) =>
        a.rank - b.rank ||
        (key(a) === key(b) ? order(a.licence, b.licence) : key(a) > key(b) ? -1 : 1),
    )
    .map(({ licence }) => licence)
}

function order(a: Licence, b: Licence): number {
  return (a.statements[0] ?? '') < (b.statements[0] ?? '') ? -1 : 1
}
