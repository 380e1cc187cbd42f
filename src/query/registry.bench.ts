import { performance } from 'node:perf_hooks'
import { madeFirms } from '../../test/support/made-firms.ts'
import type { Said } from '../../test/support/memory-ledger.ts'
import { firmSaid, licenceRow, registryWorld } from '../../test/support/registry-world.ts'

/**
 * Rankings over 100,000 firms < 50 ms, and a firm with 1,000 statements < 30 ms. Invented firms.
 * Run with: node src/query/registry.bench.ts
 */
const FIRMS = 100_000
const ROUNDS = 10
const LETTERS = 'abcdefghij'

function register(): Said[] {
  const said: Said[] = []
  for (const [i, firm] of madeFirms(FIRMS, 5).entries()) {
    const value = licenceRow({
      ...{ holder: firm.name, country: firm.country, lei: null, number: firm.number },
      services: [...LETTERS.slice(0, 1 + (i % 9))],
      from: `20${10 + (i % 16)}-0${1 + (i % 9)}-11`,
    })
    said.push({ entity: `f${i}`, prop: 'name', value: firm.name })
    said.push({ entity: `f${i}`, prop: 'licence', value })
  }
  return said
}

/** One firm whose rows changed for years. */
function busy(): Said[] {
  const rows = Array.from({ length: 300 }, (_, i) =>
    licenceRow({ number: `N${i}`, services: [...LETTERS.slice(0, 1 + (i % 9))] }),
  )
  const sites = Array.from({ length: 700 }, (_, i) => `site${i}.example.com`)
  return firmSaid('busy', 'Busywind Ltd', rows, sites)
}

async function main(): Promise<void> {
  const world = await registryWorld([
    { dataset: 'eu_esma_casp', day: '2026-11-16', said: [...register(), ...busy()] },
  ])
  const { registry } = world
  const rows: string[] = []
  const measure = async (name: string, run: () => Promise<unknown>) => {
    const times: number[] = []
    for (let round = 0; round < ROUNDS; round++) {
      const startedMs = performance.now()
      await run()
      times.push(performance.now() - startedMs)
    }
    const [first = 0, ...later] = times
    const worst = Math.max(...later)
    rows.push(`${name}: first ${first.toFixed(1)} ms, then at most ${worst.toFixed(1)} ms`)
  }
  await measure('rankings by score', () => registry.rankings({ by: 'score' }))
  await measure('newest licences in one country', () =>
    registry.rankings({ by: 'newly_licensed', country: 'DE' }),
  )
  await measure('licences of one country', () => registry.licences({ country: 'DE' }))
  await measure('changes', () => registry.changes({}))
  await measure('a firm with 1,000 statements', () => registry.firm('eu_esma_casp:busy'))
  await measure('serve-check by id', () =>
    registry.serve({ firm: 'eu_esma_casp:busy', country: 'DE', service: 'a' }),
  )
  process.stdout.write(`${rows.join('\n')}\n`)
  await world.close()
}

await main()
