import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fakeQueries } from '../../test/support/fake-queries.ts'
import {
  firmSaid,
  LEI_A,
  licenceRow,
  type RegistryWorld,
  registryWorld,
} from '../../test/support/registry-world.ts'
import { createApi } from './app.ts'
import {
  compareAnswer,
  firmView,
  licencesAnswer,
  rankingsAnswer,
  registryChangesAnswer,
  regulatorsAnswer,
  serveAnswer,
} from './schema/registry.ts'

let world: RegistryWorld
let api: ReturnType<typeof createApi>
const ID = `eu_esma_casp:${LEI_A}`

beforeAll(async () => {
  const said = [
    ...firmSaid(LEI_A, 'Nordwind Digital Ltd', [licenceRow()], ['www.nordwind-made-up.com']),
    { entity: LEI_A, prop: 'leiCode', value: LEI_A },
  ]
  world = await registryWorld([{ dataset: 'eu_esma_casp', day: '2026-11-16', said }])
  api = createApi({ queries: world.queries, registry: world.registry, version: '0' })
})
afterAll(() => world.close())

const get = async (path: string) => {
  const response = await api.request(path)
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

describe('the routes of the registry', () => {
  it.each([
    ['/v1/serve?firm=Nordwind&country=DE&service=a', serveAnswer],
    ['/v1/serve?firm=Nordwind&country=us-ny&asOf=2026-01-01', serveAnswer],
    [`/v1/firms/${encodeURIComponent(ID)}`, firmView],
    [`/v1/compare?a=Nordwind&b=${LEI_A}`, compareAnswer],
    ['/v1/licences?kind=licence&country=de&limit=5', licencesAnswer],
    ['/v1/regulators', regulatorsAnswer],
    ['/v1/rankings?by=newly_licensed', rankingsAnswer],
    ['/v1/registry/changes?kind=licence&since=2026-01-01', registryChangesAnswer],
  ])('%s answers what it documents', async (path, schema) => {
    const { status, body } = await get(path)
    expect(status).toBe(200)
    expect(schema.safeParse(body).error).toBeUndefined()
  })

  it.each([
    ['/v1/serve?firm=Nordwind', 400, 'request.invalid'],
    ['/v1/serve?country=DE', 400, 'request.invalid'],
    ['/v1/serve?firm=%20&country=DE', 400, 'query.empty'],
    ['/v1/serve?firm=A&country=Germany', 400, 'request.invalid'],
    ['/v1/serve?firm=A&country=DE&service=z', 400, 'request.invalid'],
    [`/v1/serve?firm=${'a'.repeat(3000)}&country=DE`, 400, 'query.too_long'],
    ['/v1/licences?changedSince=2026-02-30', 400, 'request.invalid'],
    ['/v1/licences?limit=501', 400, 'request.invalid'],
    ['/v1/rankings?by=payment', 400, 'request.invalid'],
    ['/v1/rankings?cursor=abc', 400, 'request.invalid'],
    ['/v1/regulators/xx-none', 404, 'regulator.unknown'],
    ['/v1/firms/nobody%3A1', 404, 'firm.unknown'],
    ['/v1/compare?a=Nordwind&b=Nobody%20at%20all', 404, 'firm.unknown'],
  ])('%s is refused with %i', async (path, status, code) => {
    expect(await get(path)).toMatchObject({ status, body: { code } })
  })

  it('an installation without a registry says so', async () => {
    const bare = createApi({ queries: fakeQueries(), version: '0' })
    const response = await bare.request('/v1/rankings')
    expect(response.status).toBe(503)
    expect(await response.json()).toMatchObject({ code: 'registry.no_data' })
  })
})
