import type { SourceItem } from '../../../src/model/statement.ts'
import type { CrawlContext } from '../../../src/source/crawl.ts'
import { feedFields } from '../../../src/source/format/feed.ts'
import type { FieldRow } from '../../../src/source/format/fields.ts'
import type { FirmMap } from '../../../src/source/format/firm.ts'
import { firmsOf, fixed } from '../../../src/source/format/firm.ts'
import { namesOf } from '../../../src/source/format/names.ts'
import { cloneMark, warning } from '../../../src/source/format/sayings.ts'

/**
 * RSS 2.0 (https://www.fca.org.uk/rss-feeds). The description is the notice as text: a section
 * "… firm details" with one `Label: value` in each line, and the sites in `<warned>`.
 */
const MAP: FirmMap = {
  key: 'guid',
  names: (row) => namesOf(title(row)),
  aliases: (row) => (isClone(row) ? [] : namesOf(detail(row, 'name'))),
  websites: [(row) => warnedSites(row).join(' | ')],
  address: (row) => detail(row, 'address'),
  phone: (row) => detail(row, 'telephone'),
  email: (row) => detail(row, 'email'),
  sourceUrl: 'link',
  says: [
    warning({
      regulator: fixed('Financial Conduct Authority'),
      country: fixed('GB'),
      date: { of: 'pubDate', forms: ['weekday', 'rfc822', 'iso'] },
      reason: (row) => cloneMark(title(row)) || warnedType(row),
    }),
  ],
}

/** The title without the feed's own mark: `Example Trade (new)`. */
function title(row: FieldRow): string {
  return row.get('title').replace(/\s*\((?:new|updated?|amended)\)\s*$/i, '')
}

function warnedType(row: FieldRow): string {
  const text = row.get('description')
  return /<warned_type>([^<]{1,100})<\/warned_type>/i.exec(text)?.[1]?.trim() ?? ''
}

/** Of a clone, the details may repeat the name of the firm that is imitated. */
function isClone(row: FieldRow): boolean {
  return cloneMark(`${title(row)} ${warnedType(row)}`) !== ''
}

function warnedSites(row: FieldRow): readonly string[] {
  const marked = row.get('description').matchAll(/<warned>([^<]{1,2000})<\/warned>/gi)
  const sites = [...marked].map((match) => match[1] ?? '')
  return sites.length > 0 ? sites : [detail(row, 'website')]
}

/** The section about the firm that is warned of: what follows it may be about a genuine one. */
const SECTION =
  /(?:unauthorised|clone|unregistered|scam)\s+(?:firm|individual)s?\s+details\s*\n([\s\S]*?)(?=\n[^\n]*(?:(?<!un)authorised|registered)\s+firm\s+details|\nSome firms may give|\n\s*What this means|$)/i

function detail(row: FieldRow, label: string): string {
  const section = SECTION.exec(row.get('description'))?.[1] ?? ''
  const line = section.split('\n').find((text) => text.trim().toLowerCase().startsWith(`${label}:`))
  return (line ?? '')
    .replace(/^[^:]*:/, '')
    .replace(/<[^>]{0,100}>/g, ' ')
    .trim()
}

/** The newest notices of the FCA. */
export function crawl(ctx: CrawlContext): AsyncIterable<SourceItem> {
  return firmsOf(ctx, feedFields(ctx), MAP)
}
