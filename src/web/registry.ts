import { AppError } from '../base/error.ts'
import { LIMITS } from '../base/limits.ts'
import type { Verdict } from '../model/verdict.ts'
import type {
  FirmView,
  RankingBy,
  RegistryChangesAnswer,
  RegistryEvent,
  RegistryQueries,
  ServeAnswer,
} from '../query/registry-types.ts'
import { comparePage } from './page/compare.ts'
import { rankingsPage } from './page/rankings.ts'
import { regulatorPage, regulatorsPage } from './page/regulators.ts'
import type { Page } from './part/layout.ts'
import type { View } from './view.ts'

type Query = Readonly<Record<string, string | undefined>>

/** A whole ranking, for nearly every country and order: the page turns and orders it itself. */
const PAGE_ROWS = LIMITS.pageRowsMax
const EVENTS = 20
const NEWEST = 6
const ORDERS: readonly RankingBy[] = ['score', 'newly_licensed', 'newly_warned']

export async function answerRegulators(
  registry: RegistryQueries,
  view: View,
  { country, cursor }: Query,
): Promise<Page> {
  const answer = await registry.regulators({ country, cursor, limit: PAGE_ROWS })
  return regulatorsPage(view, answer, country?.toUpperCase() ?? '')
}

export async function answerRegulator(
  registry: RegistryQueries,
  view: View,
  code: string,
): Promise<Page> {
  const row = await registry.regulator(code, { lang: view.locale })
  if (row === undefined) {
    throw new AppError('regulator.unknown', 'The directory holds no such authority.', {
      status: 404,
    })
  }
  return regulatorPage(view, row)
}

export async function answerRankings(
  registry: RegistryQueries,
  view: View,
  query: Query,
): Promise<Page> {
  const by = ORDERS.find((order) => order === query.by) ?? 'score'
  const { country, cursor, asOf } = query
  const answer = await registry.rankings({ by, country, cursor, asOf, limit: PAGE_ROWS })
  return rankingsPage(view, answer, country?.toUpperCase() ?? '')
}

export async function answerCompare(
  registry: RegistryQueries,
  view: View,
  { a, b, asOf, knownAt }: Query,
): Promise<Page> {
  const isAsked = a !== undefined && b !== undefined
  const times = { asOf, knownAt, lang: view.locale }
  const answer = isAsked ? await registry.compare(a, b, times) : undefined
  return comparePage(view, { a, b, answer })
}

export interface FirmAnswer {
  readonly firm: FirmView
  readonly asked: { readonly country: string | undefined; readonly service: string | undefined }
  readonly serve: ServeAnswer | undefined
  /** What is wrong with the question of the form; the page stands without its answer. */
  readonly fault: AppError | undefined
}

/** What the page of an entity says beyond its statements, when it is a firm. */
export async function answerFirm(
  registry: RegistryQueries,
  view: View,
  id: string,
  { asOf, knownAt, country, service }: Query,
): Promise<FirmAnswer | undefined> {
  const times = { asOf, knownAt, lang: view.locale }
  const firm = await registry.firm(id, times)
  if (firm === undefined) return undefined
  const asked = { country, service }
  if (country === undefined) return { firm, asked, serve: undefined, fault: undefined }
  try {
    const serve = await registry.serve({ firm: firm.id, country, service, ...times })
    return { firm, asked, serve, fault: undefined }
  } catch (error) {
    if (!(error instanceof AppError) || error.status >= 500) throw error
    return { firm, asked, serve: undefined, fault: error }
  }
}

/** May the firm that a verdict is about serve the asked country? Undefined where nobody asked. */
export async function answerServe(
  registry: RegistryQueries | undefined,
  view: View,
  { firms, label }: Verdict,
  { asOf, knownAt, country, service }: Query,
): Promise<ServeAnswer | undefined> {
  const firm = firms[0]
  if (registry === undefined || country === undefined || firm === undefined || label === null) {
    return undefined
  }
  const times = { asOf, knownAt, lang: view.locale }
  try {
    return await registry.serve({ firm: firm.id, country, service, ...times })
  } catch (error) {
    // A country that is none, or a letter without a service: the verdict stands without it.
    if (error instanceof AppError && error.status < 500) return undefined
    throw error
  }
}

export function answerRegistryChanges(
  registry: RegistryQueries,
  view: View,
  { country, kind, cursor, entity }: Query,
): Promise<RegistryChangesAnswer> {
  const params = { country, kind, cursor, firm: entity, limit: EVENTS }
  return registry.changes({ ...params, lang: view.locale })
}

/** The newest changes of registers for the front page. */
export async function newestRegistryEvents(
  registry: RegistryQueries | undefined,
  view: View,
): Promise<readonly RegistryEvent[] | undefined> {
  if (registry === undefined) return undefined
  return (await registry.changes({ limit: NEWEST, lang: view.locale })).events
}
