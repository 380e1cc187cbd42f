import { AppError } from '../../base/error.ts'
import type { FirmView, RegistryQueries } from '../../query/registry-types.ts'
import { entityParams } from '../params.ts'
import { ProblemError } from '../problem.ts'
import {
  compareQuery,
  firmQuery,
  licencesQuery,
  rankingsQuery,
  registryChangesQuery,
  regulatorParams,
  regulatorQuery,
  regulatorsQuery,
  serveQuery,
} from '../registry-params.ts'
import { type Answer, jsonAnswer } from '../respond.ts'
import { type ApiPorts, type Route, route } from '../route.ts'
import {
  compareAnswer,
  firmView,
  licencesAnswer,
  rankingsAnswer,
  registryChangesAnswer,
  regulatorsAnswer,
  regulatorView,
  serveAnswer,
} from '../schema/registry.ts'

/** A list over every firm, or a firm with all its rows. */
const LIST_COST = 4

const serve = route({
  method: 'get',
  path: '/v1/serve',
  tag: 'registry',
  summary: 'May this firm serve here? Yes, no or no evidence, with the row of the register.',
  query: serveQuery,
  answer: serveAnswer,
  cost: 2,
  problems: [503],
  handle: async ({ query }, ports) => jsonAnswer(await registryOf(ports).serve(query), 'own'),
})

const firm = route({
  method: 'get',
  path: '/v1/firms/{id}',
  tag: 'registry',
  summary: 'A firm: its records, licences, label, score and what changed; a merged id answers 308.',
  query: firmQuery,
  params: entityParams,
  answer: firmView,
  cost: LIST_COST,
  canMove: true,
  problems: [404, 503],
  async handle({ query, params }, ports) {
    const view = await registryOf(ports).firm(params.id, query)
    if (view === undefined) {
      throw new ProblemError('firm.unknown', 'No register and no warning names this firm.', {
        params: { id: params.id.slice(0, 200) },
      })
    }
    return moved(view, params.id) ?? jsonAnswer(view, 'public')
  },
})

/** 308 to the id that the firm goes by. */
function moved(view: FirmView, asked: string): Answer | undefined {
  if (view.id === asked) return undefined
  return {
    body: JSON.stringify({ id: view.id }),
    mediaType: 'application/json',
    cache: 'public',
    status: 308,
    headers: { location: `/v1/firms/${encodeURIComponent(view.id)}` },
  }
}

const compare = route({
  method: 'get',
  path: '/v1/compare',
  tag: 'registry',
  summary: 'Two firms side by side.',
  query: compareQuery,
  answer: compareAnswer,
  cost: LIST_COST,
  problems: [404, 503],
  async handle({ query: { a, b, ...times } }, ports) {
    const answer = await registryOf(ports).compare(a, b, times)
    if (answer !== undefined) return jsonAnswer(answer, 'own')
    throw new ProblemError('firm.unknown', 'No register and no warning names one of the two.')
  },
})

const licences = route({
  method: 'get',
  path: '/v1/licences',
  tag: 'registry',
  summary: 'Rows of registers and warnings, by what they say.',
  query: licencesQuery,
  answer: licencesAnswer,
  cost: LIST_COST,
  problems: [503],
  handle: async ({ query }, ports) => jsonAnswer(await registryOf(ports).licences(query), 'public'),
})

const regulators = route({
  method: 'get',
  path: '/v1/regulators',
  tag: 'registry',
  summary: 'Authorities that supervise firms, each field with the page that it was read off.',
  query: regulatorsQuery,
  answer: regulatorsAnswer,
  cost: LIST_COST,
  problems: [503],
  handle: async ({ query }, ports) =>
    jsonAnswer(await registryOf(ports).regulators(query), 'public'),
})

const regulator = route({
  method: 'get',
  path: '/v1/regulators/{code}',
  tag: 'registry',
  summary: 'One authority: what it permits, its criteria, its newest rows and changes.',
  query: regulatorQuery,
  params: regulatorParams,
  answer: regulatorView,
  cost: LIST_COST,
  problems: [404, 503],
  async handle({ query, params }, ports) {
    const view = await registryOf(ports).regulator(params.code, query)
    if (view !== undefined) return jsonAnswer(view, 'public')
    throw new ProblemError('regulator.unknown', 'The directory has no authority of this code.')
  },
})

const rankings = route({
  method: 'get',
  path: '/v1/rankings',
  tag: 'registry',
  summary: 'Firms by score, or by the newest licence or warning.',
  query: rankingsQuery,
  answer: rankingsAnswer,
  cost: LIST_COST,
  problems: [503],
  handle: async ({ query }, ports) => jsonAnswer(await registryOf(ports).rankings(query), 'public'),
})

const changes = route({
  method: 'get',
  path: '/v1/registry/changes',
  tag: 'registry',
  summary: 'What versions of registers changed: licences, warnings and sites, with both rows.',
  query: registryChangesQuery,
  answer: registryChangesAnswer,
  cost: LIST_COST,
  problems: [503],
  handle: async ({ query }, ports) => jsonAnswer(await registryOf(ports).changes(query), 'public'),
})

function registryOf({ registry }: ApiPorts): RegistryQueries {
  if (registry !== undefined) return registry
  throw new AppError('registry.no_data', 'This installation offers no registry.', { status: 503 })
}

export const registryRoutes: readonly Route[] = [
  serve,
  firm,
  compare,
  licences,
  regulators,
  regulator,
  rankings,
  changes,
]
