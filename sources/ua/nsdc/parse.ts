import { AppError } from '../../../src/base/error.ts'
import type { SourceItem } from '../../../src/model/statement.ts'
import type { CrawlContext, InputFile } from '../../../src/source/crawl.ts'
import { Party } from '../../../src/source/format/party.ts'
import { parseWrittenDate } from '../../../src/source/parse/date.ts'
import { isRecord, json } from '../../../src/source/parse/json.ts'
import { at } from '../../../src/source/parse/locator.ts'
import { malformed } from '../../../src/source/parse/text.ts'

type Fields = Readonly<Record<string, unknown>>

/** One answer of `/v2/subjects` for each type of subject; members as the interface names them. */
const ROLES = [
  ['individual', 'Person'],
  // A legal entity may be a firm, a party or a branch of a state.
  ['legal', 'LegalEntity'],
] as const

export async function* crawl(ctx: CrawlContext): AsyncIterable<SourceItem> {
  let given = 0
  for (const [role, schema] of ROLES) {
    const file = ctx.optional(role)
    if (file === undefined) continue
    for (const [i, subject] of (await subjects(file)).entries()) {
      ctx.countRow()
      const row = at.pointer(role, i)
      const fields = isRecord(subject) ? subject : {}
      const sid = text(fields, 'sid')
      if (!/^\d{1,12}$/.test(sid) || text(fields, 'name') === '') {
        ctx.note('record_unreadable', `${row}: ${sid.slice(0, 100)}`)
        continue
      }
      if (ENDED.test(text(fields, 'status'))) {
        ctx.note('subject_ended', `${row}: ${sid}`)
        continue
      }
      given += 1
      const party = new Party(ctx, sid, row)
      read(party, fields, { sid, schema })
      yield* party.drain()
    }
  }
  if (given === 0) throw new AppError('source.empty', 'The register holds no subject.')
}

/** Words for measures that are over; another unknown word leaves the subject listed, with a note. */
const ENDED = /expired|cancel|revok|exclud|terminat|закінч|скасован|виключ|припинен/iu
const IN_FORCE = /^(?:active|in force|чинн\p{L}*|діюч\p{L}*|активн\p{L}*)$/iu

async function subjects(file: InputFile): Promise<readonly unknown[]> {
  const value = await json(file)
  if (!Array.isArray(value)) throw malformed(file, 'it is no list of subjects.')
  return value
}

function text(fields: Fields, member: string): string {
  const value = fields[member]
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' ? value.trim() : ''
}

/** A list of texts, or one text with semicolons. */
function texts(fields: Fields, member: string): readonly string[] {
  const value = fields[member]
  const list: readonly unknown[] = Array.isArray(value) ? value.slice(0, 1_000) : [value]
  return list
    .flatMap((part) => (typeof part === 'string' ? part.split(/[;\n]/u) : []))
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

function records(fields: Fields, member: string): readonly Fields[] {
  const value = fields[member]
  return Array.isArray(value) ? value.slice(0, 1_000).filter(isRecord) : []
}

function read(party: Party, fields: Fields, p: { sid: string; schema: string }): void {
  party.add('schema', p.schema)
  names(party, fields)
  party.json('listing', { list: 'UA', authorityId: p.sid })
  const status = text(fields, 'status')
  if (!IN_FORCE.test(status)) party.defect('status_unknown', 'status', status)
  const isPerson = p.schema === 'Person'
  for (const code of texts(fields, 'citizenships')) {
    party.country(isPerson ? 'nationality' : 'jurisdiction', code)
  }
  if (isPerson) births(party, text(fields, 'bd'))
  else party.notes(text(fields, 'bd'), 'Founded')
  party.notes(text(fields, 'dd'), isPerson ? 'Died' : 'Dissolved')
  for (const identifier of records(fields, 'identifiers')) identity(party, identifier)
  for (const attribute of records(fields, 'attributes')) described(party, attribute)
}

/** `Назва (Название, Name)`: the name in Ukrainian, and two more in brackets behind it. */
function names(party: Party, fields: Fields): void {
  const whole = text(fields, 'name')
  const match = /^([^()]+)\(([^(),]+),([^(),]+)\)$/u.exec(whole)
  party.name('name', match?.[1] ?? whole, { lang: 'uk', original: whole })
  for (const name of match?.slice(2) ?? []) party.name('alias', name, { original: whole })
  party.name('alias', text(fields, 'translit'))
  for (const name of texts(fields, 'aliases')) party.name('alias', name)
}

function births(party: Party, value: string): void {
  if (value === '') return
  const values = parseWrittenDate(value)?.values
  if (values === undefined) party.defect('date_unreadable', 'birthDate', value.slice(0, 100))
  for (const date of values ?? []) party.add('birthDate', date, { original: value })
}

function identity(party: Party, fields: Fields): void {
  const id = text(fields, 'id')
  const info = [id, text(fields, 'iso2'), text(fields, 'note')].filter((part) => part !== '')
  const prop = id.startsWith('tax:')
    ? 'taxNumber'
    : id.startsWith('reg:')
      ? 'registrationNumber'
      : 'idNumber'
  for (const code of texts(fields, 'code')) {
    party.add(prop, code, { original: `${info.join(' ')} ${code}` })
  }
}

function described(party: Party, fields: Fields): void {
  const key = text(fields, 'key')
  const value = text(fields, 'value')
  if (/^місце народження/iu.test(key)) party.add('birthPlace', value)
  else if (/^(?:адрес|місце(?:знаходження| проживання| реєстрації))/iu.test(key)) {
    party.address([value])
  } else party.notes(value, key)
}
