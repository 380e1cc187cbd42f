import type { SourceItem } from '../../../src/model/statement.ts'
import type { CrawlContext } from '../../../src/source/crawl.ts'
import { readDay } from '../../../src/source/format/day.ts'
import type { FieldRow } from '../../../src/source/format/fields.ts'
import { csvFields } from '../../../src/source/format/fields.ts'
import { Party } from '../../../src/source/format/party.ts'
import { parsePartialDate, parseWrittenDate } from '../../../src/source/parse/date.ts'

/** Columns of the file as its own header names them, with both languages of most. */
const REQUIRED = ['区分', '番号', '告示日付', '個人・団体', '氏名（日本語）', '氏名（英語）']
const KNOWN = [
  '告示番号',
  ...['別名・別称', '旧称', '確定に十分でない別名', '称号', '役職', '出生地', '国籍'].flatMap(both),
  ...['住所・所在地（国）', '住所・所在地（都市その他の情報）'].flatMap(both),
  '生年月日',
  '旅券番号',
  '身分証番号',
  '国連参照番号',
  'リスト掲載日',
  'その他の情報',
  '外務省告示情報',
]

function both(column: string): readonly string[] {
  return [`${column}（日本語）`, `${column}（英語）`]
}

const SCHEMA: Readonly<Record<string, string>> = {
  個人: 'Person',
  // The list's word for firms, ministries and armed groups alike.
  団体: 'LegalEntity',
}

export async function* crawl(ctx: CrawlContext): AsyncIterable<SourceItem> {
  for await (const row of csvFields(ctx, { role: 'list', required: REQUIRED, known: KNOWN })) {
    const key = row.get('番号')
    if (!/^\d[\d-]{2,20}$/.test(key)) {
      ctx.note('row_malformed', `${row.row}: ${key.slice(0, 100)}`)
      continue
    }
    const party = new Party(ctx, key, row.row)
    read(party, row, key)
    yield* party.drain()
  }
}

function read(party: Party, row: FieldRow, key: string): void {
  const kind = row.get('個人・団体')
  if (SCHEMA[kind] === undefined) party.defect('type_unknown', '個人・団体', kind)
  party.add('schema', SCHEMA[kind] ?? 'LegalEntity')
  names(party, row)
  listing(party, row, key)
  births(party, row.get('生年月日'))
  party.add('birthPlace', row.get('出生地（英語）') || row.get('出生地（日本語）'))
  for (const part of split(row.get('国籍（英語）'))) party.country('nationality', part)
  for (const part of split(row.get('役職（英語）'))) party.add('position', part)
  for (const part of split(row.get('称号（英語）'))) party.add('title', part)
  party.address([
    row.get('住所・所在地（都市その他の情報）（英語）'),
    row.get('住所・所在地（国）（英語）'),
  ])
  for (const part of split(row.get('住所・所在地（国）（英語）'))) party.country('country', part)
  identity(party, row)
  party.notes(row.get('国連参照番号'), 'United Nations reference')
  party.notes(row.get('その他の情報'))
  party.notes(row.get('外務省告示情報'))
}

/** The English name is the caption; where there is none, the Japanese one. */
function names(party: Party, row: FieldRow): void {
  const english = quoted(row.get('氏名（英語）'))
  const japanese = quoted(row.get('氏名（日本語）'))
  if (english !== '') party.name('name', english)
  party.name(english === '' ? 'name' : 'alias', japanese, { lang: 'ja' })
  const props = { '別名・別称': 'alias', 旧称: 'previousName', 確定に十分でない別名: 'weakAlias' }
  for (const [column, prop] of Object.entries(props)) {
    for (const name of split(row.get(`${column}（英語）`))) said(party, prop, name)
    for (const name of split(row.get(`${column}（日本語）`))) said(party, prop, name, 'ja')
  }
}

/** What stands in brackets behind a name is about the person: `（生年月日1963/4/11）`. */
const ABOUT =
  /[（(][^（()）]*(?:生年月日|出生地|国籍|旅券|\bDOB\b|\bPOB\b|nationality|passport)[^（()）]*[）)]/giu

function said(party: Party, prop: string, text: string, lang?: string): void {
  const name = quoted(text.replace(ABOUT, ' '))
  party.name(prop, name, { original: text, ...(lang !== undefined && { lang }) })
}

function quoted(text: string): string {
  return text.trim().replace(/^[“"]([^“”"]+)[”"]$/u, '$1')
}

/** Semicolons of both widths; those inside brackets are of the same name. */
function split(cell: string): readonly string[] {
  const parts: string[] = ['']
  let depth = 0
  for (const char of cell) {
    if ('（('.includes(char)) depth += 1
    if ('）)'.includes(char)) depth = Math.max(0, depth - 1)
    if (depth === 0 && '；;\n'.includes(char)) parts.push('')
    else parts[parts.length - 1] += char
  }
  return parts.map((part) => part.trim()).filter((part) => part !== '')
}

/** `2001.10.12 2012.3.27改訂`: the day of the notice, and those of its amendments. */
function listing(party: Party, row: FieldRow, authorityId: string): void {
  // Sections are numbered on the page of the list, which the file does not repeat.
  const section = row.get('区分')
  const program = section === '' ? undefined : [`区分${section}`]
  party.json('listing', { list: 'JP', program, authorityId })
  party.day('listingDate', row.get('告示日付').split(/\s/u)[0], ['ymd', 'cjk', 'iso'])
  party.notes(row.get('告示番号'), 'Notice')
  party.notes(row.get('リスト掲載日'), 'Listed by the United Nations')
}

function births(party: Party, cell: string): void {
  for (const text of split(cell)) {
    const day = readDay(text, ['ymd', 'cjk'])
    const month = /^(\d{4})年\s?(\d{1,2})月$/u.exec(text)
    const partial =
      month === null
        ? parsePartialDate(text.replace(/年$/u, ''))
        : `${month[1]}-${(month[2] ?? '').padStart(2, '0')}`
    const values = day !== undefined ? [day] : partial !== undefined ? [partial] : written(text)
    if (values === undefined) party.defect('date_unreadable', 'birthDate', text.slice(0, 100))
    for (const value of values ?? []) party.add('birthDate', value, { original: text })
  }
}

function written(text: string): readonly string[] | undefined {
  return parseWrittenDate(text)?.values
}

/** Numbers stand in prose: `エジプト旅券 X0000001（2029年失効）`. */
function identity(party: Party, row: FieldRow): void {
  for (const column of ['旅券番号', '身分証番号']) {
    for (const text of split(row.get(column))) {
      const plain = text.normalize('NFKC').replace(/\([^()]*\)/gu, ' ')
      const number = /[A-Z0-9][A-Z0-9-]*\d[A-Z0-9-]*/iu.exec(plain)?.[0]
      if (number === undefined) party.notes(text, column)
      else party.add('idNumber', number, { original: `${column} ${text}` })
    }
  }
}
