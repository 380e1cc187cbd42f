import { writeFileSync } from 'node:fs'
import { loadCatalogue } from '../../src/ingest/catalogue.ts'
import { parseHostQuery } from '../../src/model/host.ts'
import { joinFirms } from '../../src/score/firm/join.ts'
import { type FirmRecord, firmRecord } from '../../src/score/firm/join-record.ts'
import { lookalike } from '../../src/score/host/lookalike.ts'
import { buildProtected, type Matcher } from '../../src/score/host/protected.ts'
import type { CloneRule } from '../../src/score/risk/clone.ts'
import { type LicensedFirm, LicensedNames } from '../../src/score/risk/clone-names.ts'
import {
  type CloneCase,
  honestNames,
  imitatedHosts,
  imitatedNames,
  type Quality,
  qualityOf,
} from '../support/clone-cases.ts'
import { mirrorFile, runCrawl } from '../support/crawl.ts'
import { itemsOf, madeFirms } from '../support/made-firms.ts'
import { readRecordedHosts } from '../support/recorded-hosts.ts'

/**
 * Precision and recall of the rules of imitation (docs/method/clones.md), on seeded imitations of
 * made firms and, with CUSTOS_MIRROR, of the firms of the newest recorded register beside recorded
 * honest hosts and names. `UPDATE_CLONES=1` writes docs/method/clones.json, which every finding
 * quotes. Run with: node test/bench/clones.bench.ts
 */
const MIRROR = process.env.CUSTOS_MIRROR ?? ''
const REGISTER = 'regulators/esma-mica/history/CASPS-2026-06-28.csv'
const ACTORS = 'labels/graphsense.actorpack.yaml.gz'
/** Imitations that a regulator confirmed: the name and the brand that it imitates. */
const CONFIRMED = 'regulators/other/whichcrypto-scam_clones_manual.yaml'
const SEED = 20_261_122

type Said = { readonly entity: string; readonly prop: string; readonly value: string }

function byEntity(items: readonly Said[]): ReadonlyMap<string, readonly Said[]> {
  return Map.groupBy(items, ({ entity }) => entity)
}

function licensed(items: readonly Said[]): LicensedFirm[] {
  return [...byEntity(items)].flatMap(([id, said], sid) => {
    const values = (...props: string[]) =>
      said.filter(({ prop }) => props.includes(prop)).map(({ value }) => value)
    if (values('licence').length === 0) return []
    const names = values('name', 'alias')
    const domains = values('website').flatMap((site) => parseHostQuery(site)?.registrable ?? [])
    return [{ id, sid, caption: names[0] ?? id, regulator: '', country: null, names, domains }]
  })
}

interface World {
  readonly firms: readonly LicensedFirm[]
  readonly items: readonly Said[]
  /** Names of others that are nobody's imitation. */
  readonly otherNames: readonly string[]
  readonly benign: readonly string[]
  readonly protectedHosts: readonly string[]
  readonly licensedHosts: ReadonlySet<string>
}

async function recorded(): Promise<World> {
  const catalogue = loadCatalogue()
  const read = async (dataset: string, role: string, path: string) => {
    const crawl = await catalogue.get(dataset)?.crawl()
    if (crawl === undefined) throw new Error(`no source ${dataset}`)
    return (await runCrawl(crawl, [mirrorFile(role, path)], { dataset })).items
  }
  const items = await read('eu_esma_casp', 'register', REGISTER)
  const actors = await read('graphsense_actors', 'actors', ACTORS)
  const hosts = readRecordedHosts(MIRROR)
  return {
    firms: licensed(items),
    items,
    otherNames: actors.filter(({ prop }) => prop === 'name').map(({ value }) => value),
    benign: hosts.benign,
    protectedHosts: hosts.protectedHosts,
    licensedHosts: hosts.licensedHosts,
  }
}

function made(): World {
  const firms = madeFirms(400, 3)
  const items = firms.flatMap((firm) => itemsOf('made', firm, 'registered'))
  const others = madeFirms(2_000, 4)
  return {
    firms: licensed(items),
    items,
    otherNames: others.map(({ name }) => name),
    benign: others.map(({ site }) => site),
    protectedHosts: firms.map(({ site }) => site),
    licensedHosts: new Set(firms.map(({ site }) => site)),
  }
}

function names({ firms, otherNames }: World, licensedNames: LicensedNames): Quality {
  const cases = [
    ...imitatedNames(firms, SEED),
    ...honestNames(firms),
    ...otherNames.map((text): CloneCase => ({ text, of: null })),
  ]
  return qualityOf(cases, (text, of) => names2(licensedNames, text, of))
}

/** An imitation is found where the finding names the firm or one of the same name. */
function names2(licensedNames: LicensedNames, text: string, of: string | null): boolean {
  const twin = licensedNames.like(text)
  return twin !== undefined && (of === null || twin.firm.id === of || isAlike(twin.firm, of))
}

let firmsById = new Map<string, LicensedFirm>()

function isAlike(firm: LicensedFirm, of: string): boolean {
  const other = firmsById.get(of)
  return (
    other?.domains.some((domain) => firm.domains.includes(domain)) === true ||
    isSameBrand(firm, other)
  )
}

function isSameBrand(a: LicensedFirm, b: LicensedFirm | undefined): boolean {
  const first = (name: string) => name.toLowerCase().split(/[\s,.]+/u)[0] ?? ''
  const words = new Set(a.names.map(first))
  return b?.names.some((name) => words.has(first(name))) === true
}

function sites(
  { firms, benign }: World,
  p: { licensedNames: LicensedNames; matcher: Matcher; rule: 'name' | 'host' },
): Quality {
  const cases = [
    ...imitatedHosts(firms, SEED),
    ...benign.map((text): CloneCase => ({ text, of: null })),
  ]
  return qualityOf(cases, (text) => {
    const q = parseHostQuery(text)
    // What a list protects or allows is asked of no rule.
    if (q === undefined || p.matcher.own.has(q.registrable ?? '')) return false
    if (p.rule === 'host') return lookalike(p.matcher, q).length > 0
    return p.licensedNames.claiming(q) !== undefined
  })
}

/** Records that carry another firm's LEI, and second records of the firms themselves. */
function numbers({ items }: World): Quality {
  const register = { name: 'one', kind: 'register' } as const
  const other = { name: 'two', kind: 'register' } as const
  const own: FirmRecord[] = []
  const second: FirmRecord[] = []
  const cases: CloneCase[] = []
  const strangers = madeFirms(5_000, 9)
  for (const [i, [id, said]] of [...byEntity(items)].entries()) {
    const record = firmRecord(`one:${id}`, register, said)
    if (record === undefined || record.leis.length === 0) continue
    own.push(record)
    const stranger = strangers[i % strangers.length]
    const imitation = said
      .filter(({ prop }) => prop !== 'alias')
      .map((item) => {
        if (item.prop === 'name') return { ...item, value: stranger?.name ?? '' }
        return item.prop === 'website' ? { ...item, value: stranger?.site ?? '' } : item
      })
    // The firm itself, under its brand or in capitals, in another register.
    const honest = said.map((item) =>
      item.prop === 'name' ? { ...item, value: item.value.toUpperCase() } : item,
    )
    const isImitation = i % 2 === 0
    const twin = firmRecord(`two:${id}`, other, isImitation ? imitation : honest)
    if (twin === undefined) continue
    second.push(twin)
    cases.push({ text: twin.id, of: isImitation ? record.id : null })
  }
  const { joins } = joinFirms([...own, ...second])
  const apart = new Set(
    joins
      .filter(({ kind, reason }) => kind === 'notSameAs' && reason === 'shared_lei')
      .flatMap(({ left, right }) => [left, right]),
  )
  return qualityOf(cases, (text) => apart.has(text))
}

/** Notices that say whom they imitate, and notices about firms that merely have such a name. */
function notices({ items }: World): Quality {
  const register = { name: 'one', kind: 'register' } as const
  const list = { name: 'list', kind: 'warnings' } as const
  const records: FirmRecord[] = []
  const cases: CloneCase[] = []
  for (const [i, [id, said]] of [...byEntity(items)].entries()) {
    const record = firmRecord(`one:${id}`, register, said)
    if (record === undefined || record.domains.length === 0) continue
    const isClone = i % 2 === 0
    const reason = isClone ? 'Clone of an authorised firm' : 'Offers services without permission'
    const warned = firmRecord(`list:${id}`, list, [
      ...said.filter(({ prop }) => prop === 'name' || prop === 'website' || prop === 'country'),
      { prop: 'warning', value: JSON.stringify({ reason }) },
    ])
    if (warned === undefined) continue
    records.push(record, warned)
    cases.push({ text: warned.id, of: isClone ? record.id : null })
  }
  const { joins } = joinFirms(records)
  const told = new Set(
    joins
      .filter(({ reason }) => reason === 'clone_notice')
      .flatMap(({ left, right }) => [left, right]),
  )
  return qualityOf(cases, (text) => told.has(text))
}

function measure(world: World): Readonly<Record<CloneRule, Quality>> {
  const licensedNames = new LicensedNames(world.firms)
  firmsById = new Map(world.firms.map((firm) => [firm.id, firm]))
  const matcher = buildProtected(
    world.protectedHosts.map((host) => ({ host, isLicensed: world.licensedHosts.has(host) })),
  )
  return {
    'clone.number_of_another': numbers(world),
    'clone.notice': notices(world),
    'clone.site_not_in_register': sites(world, { licensedNames, matcher, rule: 'name' }),
    'clone.lookalike_host': sites(world, { licensedNames, matcher, rule: 'host' }),
    'clone.lookalike_name': names(world, licensedNames),
  }
}

function show(title: string, measured: Readonly<Record<CloneRule, Quality>>): void {
  process.stdout.write(`${title}\n`)
  for (const [rule, q] of Object.entries(measured)) {
    const { precision, recall, found, imitations, falseAlarms, honest } = q
    process.stdout.write(
      `  ${rule.padEnd(28)} precision ${precision.toFixed(3)} recall ${recall.toFixed(3)}` +
        `  ${found} of ${imitations} imitations, ${falseAlarms} of ${honest} honest\n`,
    )
  }
}

async function confirmed(world: World): Promise<void> {
  const { readFileSync } = await import('node:fs')
  const { join } = await import('node:path')
  const { parse } = await import('yaml')
  const { clones } = parse(readFileSync(join(MIRROR, CONFIRMED), 'utf8')) as {
    clones: readonly { clone_name: string }[]
  }
  const licensedNames = new LicensedNames(world.firms)
  const texts = clones.flatMap(({ clone_name: name }) => name.split(' / '))
  const found = texts.filter((text) => {
    const q = parseHostQuery(text)
    const twin = q === undefined ? licensedNames.like(text) : licensedNames.claiming(q)
    return twin !== undefined
  })
  process.stdout.write(`confirmed clones: ${found.length} of ${texts.length} found\n`)
}

const worlds = new Map<string, World>([['made firms', made()]])
if (MIRROR !== '') worlds.set('recorded firms', await recorded())
let last: Readonly<Record<CloneRule, Quality>> | undefined
for (const [title, world] of worlds) {
  last = measure(world)
  show(title, last)
}
const real = worlds.get('recorded firms')
if (real !== undefined) await confirmed(real)
if (process.env.UPDATE_CLONES === '1' && real !== undefined && last !== undefined) {
  const rules = Object.fromEntries(
    Object.entries(last).map(([rule, { precision, recall, imitations, honest }]) => [
      rule,
      {
        precision: precision.toFixed(2),
        recall: recall.toFixed(2),
        imitations,
        honest,
      },
    ]),
  )
  const path = new URL('../../docs/method/clones.json', import.meta.url)
  writeFileSync(path, `${JSON.stringify({ rules }, null, 2)}\n`)
}
