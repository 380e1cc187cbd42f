import { describe, expect, it } from 'vitest'
import { fakeCli } from '../../test/support/fake-cli.ts'
import { firmSaid, licenceRow, registryWorld } from '../../test/support/registry-world.ts'

describe('custos serve-check', () => {
  it('prints answer, reason, rows, registers and what it is not', async () => {
    const said = firmSaid('n', 'Nordwind Digital Ltd', [licenceRow()])
    const world = await registryWorld([{ dataset: 'eu_esma_casp', day: '2026-11-16', said }])
    const cli = fakeCli({ registry: { serve: (params) => world.registry.serve(params) } })
    const text = await cli.run('serve-check', 'Nordwind', '--country', 'DE', '--service', 'a')
    expect(text.code).toBe(0)
    for (const part of [
      'Yes.',
      'Germany',
      'Nordwind Digital Ltd',
      'not legal advice',
      '2026-11-16',
    ]) {
      expect(text.out).toContain(part)
    }
    const json = await cli.run('serve-check', 'Nordwind', '--country', 'IT', '--json')
    expect(JSON.parse(json.out)).toMatchObject({ answer: 'no', reasonCode: 'country_not_covered' })
    await world.close()
  })

  it.each([
    [['Nordwind'], '--country'],
    [['Nordwind', '--country', 'DE', '--as-of', 'today'], '--as-of'],
    [['Nordwind', '--country', 'DE', '--lang', '!'], '--lang'],
  ])('refuses %j', async (args, named) => {
    const { code, err } = await fakeCli().run('serve-check', ...args)
    expect(code).toBe(2)
    expect(err).toContain(named)
  })
})
