import type { SourceItem } from '../../model/statement.ts'
import type { CrawlContext, InputFile } from '../crawl.ts'
import { xmlRecords } from '../parse/xml.ts'
import { ofacAdvanced } from './ofac_advanced.ts'
import { ofacCsv } from './ofac_csv.ts'
import type { ListCodes, PartyKind } from './ofac_party.ts'
import { isoOf, REFERENCE_ELEMENTS, ymdOf } from './ofac_reference.ts'

const CSV_ROLES = ['prim', 'alt', 'add', 'comments', 'wallets']

/**
 * One of OFAC's two publications in either form, or both. The delimited files are read first; of
 * an entry that they hold in full, the advanced file then adds what they cannot say: the day of
 * the listing, names in other scripts, and addresses that they might lack. Read alone it says the
 * same in the same words, so that a change of form is no change of the list.
 */
export async function* ofac(ctx: CrawlContext, lists: ListCodes): AsyncIterable<SourceItem> {
  const advanced = ctx.optional('advanced')
  if (advanced !== undefined) await publishIssueDay(ctx, advanced)
  const inCsv = new Map<string, PartyKind>()
  const hasCsv = CSV_ROLES.some((role) => ctx.optional(role) !== undefined)
  // Neither form: the error names the file that every operator knows.
  if (!hasCsv && advanced === undefined) ctx.file('prim')
  if (hasCsv) yield* ofacCsv(ctx, lists, inCsv)
  if (advanced !== undefined) yield* ofacAdvanced(ctx, advanced, lists, inCsv)
}

/** The list's own day stands at the head of the file; of two forms the older one's counts. */
async function publishIssueDay(ctx: CrawlContext, file: InputFile): Promise<void> {
  const records = ['DateOfIssue', ...REFERENCE_ELEMENTS, 'DistinctParty']
  for await (const { element } of xmlRecords(file, { records })) {
    const day = element.name === 'DateOfIssue' ? ymdOf(element) : undefined
    if (day !== undefined && day.day > 0) {
      const issued = `${isoOf(day)}T00:00:00Z`
      ctx.setPublished(
        ctx.publishedAt !== null && ctx.publishedAt < issued ? ctx.publishedAt : issued,
      )
    }
    return
  }
}
