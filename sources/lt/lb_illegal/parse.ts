import type { SourceItem } from '../../../src/model/statement.ts'
import type { CrawlContext } from '../../../src/source/crawl.ts'
import { csvFields } from '../../../src/source/format/fields.ts'
import type { FirmMap } from '../../../src/source/format/firm.ts'
import { firmsOf, fixed } from '../../../src/source/format/firm.ts'
import { warning } from '../../../src/source/format/sayings.ts'

/** Columns of the export at https://www.lb.lt/illegalwww: domain, company, trademark. */
const COLUMNS = ['Domenas', 'Bendrovės pavadinimas', 'Prekės ženklas']

const MAP: FirmMap = {
  key: (row) => row.get('Domenas').replace(/^https?:\/\//i, ''),
  names: (row) => unquoted(row.get('Bendrovės pavadinimas')),
  aliases: (row) => unquoted(row.get('Prekės ženklas')),
  websites: ['Domenas'],
  // "Name not given", in the forms of the list's own language.
  blank: /^(?:pavadinimas\s+)?nenurodyt(?:as|a|i|os)$/iu,
  says: [warning({ regulator: fixed('Bank of Lithuania'), country: fixed('LT') })],
}

/** Lithuanian typists open a quotation with two commas: `UAB ,,Example"`. */
function unquoted(name: string): string {
  return name.replace(/,,|[“”„"]/gu, ' ')
}

/** Sites without a licence; the file is divided by semicolons and quotes nothing. */
export function crawl(ctx: CrawlContext): AsyncIterable<SourceItem> {
  const rows = csvFields(ctx, {
    role: 'list',
    delimiter: ';',
    relaxQuotes: true,
    required: COLUMNS,
  })
  return firmsOf(ctx, rows, MAP)
}
