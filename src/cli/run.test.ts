import { afterEach, describe, expect, it } from 'vitest'
import { type FakeCli, type FakeOptions, fakeCli } from '../../test/support/fake-cli.ts'
import { finding, SOURCE, sampleQueries, sampleVerdict } from '../../test/support/sample-queries.ts'
import { message } from '../i18n/catalogue.ts'
import { COMMANDS } from './commands.ts'
import { widthOf } from './terminal.ts'

let open: FakeCli[] = []
afterEach(() => {
  for (const cli of open) cli.dispose()
  open = []
})

function started(options: FakeOptions = {}): FakeCli {
  const cli = fakeCli(options)
  open.push(cli)
  return cli
}
const run = (...argv: string[]) => started().run(...argv)

describe('help', () => {
  it.each(COMMANDS.map(({ name }) => name))('custos %s --help shows an example', async (name) => {
    const { code, out, err } = await run(...name.split(' '), '--help')
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toMatch(new RegExp(`Examples?:\n  (?:\\S+=\\S+ )?custos ${name}`))
    expect(out).toContain('--json')
    for (const line of out.split('\n')) expect(widthOf(line)).toBeLessThanOrEqual(100)
  })

  it.each([[], ['help'], ['--help'], ['-h']])('custos %s lists every command', async (...argv) => {
    const { code, out } = await run(...argv)
    expect(code).toBe(0)
    for (const { name } of COMMANDS) expect(out).toContain(name)
  })

  it('works with a broken configuration', async () => {
    const cli = started({ env: { CUSTOS_PORT: 'broken' } })
    expect((await cli.run('start', '--help')).code).toBe(0)
    const { code, err } = await cli.run('sources')
    expect(code).toBe(2)
    expect(err).toContain('CUSTOS_PORT')
  })

  it('tells the version', async () => {
    expect(await run('--version')).toEqual({ code: 0, out: 'custos 0.0.0\n', err: '' })
  })
})

describe('a mistake in writing', () => {
  it.each([
    [['chek', 'x'], 'did you mean custos check?'],
    [['frobnicate'], 'unknown command frobnicate'],
    [['log'], 'checkpoint, verify'],
    [['log', 'chekpoint'], 'checkpoint, verify'],
    [['check'], 'custos check needs QUERY'],
    [['check', 'x', '--as-off', '2024-01-01'], 'did you mean --as-of?'],
    [['check', 'x', '--nonsense'], 'unknown option --nonsense'],
    [['check', 'x', '--as-of'], '--as-of'],
    [['check', 'x', '--as-of', '2024-02-30'], '--as-of takes a day'],
    [['check', 'x', '--known-at', 'now'], '--known-at takes a day'],
    [['check', 'x', '--country', 'DEU'], 'two letters'],
    [['check', 'x', '--service', 'z'], 'a to j'],
    [['check', 'x', '-'], '- stands alone'],
    [['search', 'x', '--limit', '0'], '--limit takes'],
    [['search', 'x', '--limit', '501'], '--limit takes'],
    [['entity'], 'custos entity needs ID'],
    [['entity', 'a', 'b'], 'no more than 1'],
    [['sources', 'x'], 'no more than 0'],
    [['sync', '--file', 'f'], 'the name of one dataset'],
    [['sync', '--record', 'd', '--offline'], '--record'],
    [['export', '--format', 'xml'], 'ftm, csv or jsonl'],
    [['export', '--format', 'stix'], 'not_built'],
    [['config', '--port', 'abc'], 'port'],
  ])('exits 2 with a hint, and nothing on standard output: %j', async (argv, hint) => {
    const { code, out, err } = await run(...argv)
    expect(err).toContain(hint)
    expect({ code, out }).toEqual({ code: 2, out: '' })
  })
})

describe('custos check', () => {
  it.each([
    [['clean'], 0],
    [['warning'], 10],
    [['danger'], 20],
    [['else'], 30],
    [['clean', 'else'], 30],
    [['else', 'warning', 'clean'], 10],
    [['warning', 'clean', 'danger', 'else'], 20],
    [['clean a', 'clean b'], 0],
  ])('exits with the worst of its answers: %j → %i', async (queries, code) => {
    expect((await run('check', ...queries)).code).toBe(code)
    expect((await run('check', '--json', ...queries)).code).toBe(code)
    const cli = started({ input: queries.join('\n') })
    expect((await cli.run('check', '-')).code).toBe(code)
  })

  it('prints verdict, sentence, who says it, how it matched, and what was not checked', async () => {
    const { out } = await run('check', 'danger one')
    expect(out).toMatch(/^⬢ Danger {2}danger one\nSummary of danger\.\n/)
    const says = { authority: 'Invented Authority', list: 'Invented List' }
    expect(out).toContain(message('en', 'checked.gap', { missing: 1, total: 2 }))
    expect(out).toContain(message('en', 'why.says', says))
    expect(out).toContain(`${message('en', 'why.first_version')} 27 February 2026`)
    expect(out).toContain(`${message('en', 'why.match')}: exact`)
    expect(out).toContain('https://authority.example/list')
    expect(out).toContain('custos entity xx_list:1')
    expect(out).toContain('never fetched (1): Second Invented List.')
    expect(out).toContain('ruleset 2026.03')
  })

  it('never shows unknown as clean, and says so in words, not in colour alone', async () => {
    const { out } = await run('check', 'else')
    expect(out).toMatch(/^◌ Unknown/)
    expect(out).toContain(message('en', 'why.none_unknown'))
    expect(out).not.toMatch(/No adverse evidence|✓|✔/)
  })

  it('speaks the asked language', async () => {
    const { out } = await run('check', 'else', '--lang', 'de')
    expect(out).toMatch(/^◌ Unbekannt/)
  })

  it('uses colour on a terminal and none in a pipe', async () => {
    expect((await started({ isTty: true }).run('check', 'danger')).out).toContain('\u001b[31m')
    expect((await run('check', 'danger')).out).not.toContain('\u001b')
  })

  it('lets no foreign text move the cursor or turn what is read', async () => {
    const hostile = '\u001b[2J\u001b]0;title\u0007\r\u202esafe\u009b31m'
    const cli = started({
      queries: {
        check: async () => ({
          ...sampleVerdict('danger'),
          query: hostile,
          summary: hostile,
          findings: [
            finding('sanction', {
              text: hostile,
              authority: hostile,
              datasetTitle: hostile,
              sourceUrl: hostile,
              entity: `x:'${hostile}`,
              listVersion: hostile,
            }),
          ],
        }),
        entity: async (id) => {
          const view = await sampleQueries.entity(id)
          return view && { ...view, caption: hostile, aliases: [hostile], id: hostile }
        },
      },
    })
    for (const argv of [
      ['check', 'x'],
      ['entity', 'xx_list:1'],
    ]) {
      const { out } = await cli.run(...argv)
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there.
      expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/)
    }
  })

  it('answers each line of standard input in order, also the ones that cannot be read', async () => {
    const cli = started({ input: 'danger\r\n\nclean\nrefused\nunknown thing' })
    const { code, out } = await cli.run('check', '-')
    const answers = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { verdict: string; query: string })
    expect(answers.map(({ query }) => query)).toEqual([
      'danger',
      '',
      'clean',
      'refused',
      'unknown thing',
    ])
    expect(answers[3]).toEqual({
      query: 'refused',
      verdict: 'unknown',
      error: { code: 'query.unreadable', message: 'Not readable.' },
    })
    expect(code).toBe(20)
  })

  it('ends with exit 1 when the installation is at fault', async () => {
    const { code, out, err } = await run('check', 'fault')
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err).toContain('[internal.error]')
    expect((await started({ input: 'fault' }).run('check', '-')).code).toBe(1)
  })

  it('passes country, service and both times on', async () => {
    const asked: unknown[] = []
    const cli = started({
      queries: {
        check: (params) => {
          asked.push(params)
          return sampleQueries.check(params)
        },
      },
    })
    const flags = ['--country', 'de', '--service', 'a', '--as-of', '2024-01-01', '--lang', 'de']
    await cli.run('check', 'x', ...flags, '--known-at', '2024-02-01T10:00:00Z')
    expect(asked).toEqual([
      {
        q: 'x',
        country: 'DE',
        service: 'a',
        asOf: '2024-01-01',
        knownAt: '2024-02-01T10:00:00Z',
        lang: 'de',
      },
    ])
  })
})

describe('other readers', () => {
  it('a table of sources fits 100 columns, whatever the names hold', async () => {
    const long = {
      ...SOURCE,
      dataset: 'x'.repeat(80),
      authority: { ...SOURCE.authority, name: '界'.repeat(90) },
    }
    const cli = started({ queries: { sources: async () => [SOURCE, long] } })
    const { out } = await cli.run('sources')
    expect(out).toContain('current')
    for (const line of out.split('\n')) expect(widthOf(line)).toBeLessThanOrEqual(100)
  })

  it('names what failed and how to read the rest', async () => {
    const { out } = await run('sources')
    expect(out).toContain('[source.too_few]')
  })

  it('search gives the reason for each score', async () => {
    const { out } = await run('search', 'example', 'party')
    expect(out).toContain('0.93  Example Party')
    expect(out).toContain('name 0.97 (tokens)')
  })

  it('entity shows every statement, and exits 1 for an id that nobody named', async () => {
    const { out } = await run('entity', 'xx_list:1')
    expect(out).toContain('Statements (250)')
    expect(out).toContain('main#record:12')
    const none = await run('entity', 'nobody:1')
    expect(none.code).toBe(1)
    expect(none.err).toContain('[entity.unknown]')
  })

  it('log checkpoint prints the signed note as it is', async () => {
    expect((await run('log', 'checkpoint')).out).toMatch(/^custos\.example\/ledger\n42\n/)
  })

  it('log verify exits 1 when the ledger is not whole, and says where', async () => {
    expect((await run('log', 'verify')).code).toBe(0)
    const problems = [{ what: 'statement', where: 'sid 7', message: 'its hash is another' }]
    const cli = started({
      operator: {
        verifyLog: async () => ({
          ok: false,
          statements: 7,
          events: 7,
          runs: 1,
          files: 1,
          checkpoint: null,
          problems,
        }),
      },
    })
    const { code, out } = await cli.run('log', 'verify')
    expect(code).toBe(1)
    expect(out).toContain('NOT whole')
    expect(out).toContain('sid 7')
  })

  it('doctor exits 1 when something is broken', async () => {
    expect((await run('doctor')).code).toBe(0)
    const cli = started({
      operator: { doctor: async () => [{ name: 'disk', state: 'failure', detail: 'full' }] },
    })
    expect(await cli.run('doctor')).toMatchObject({ code: 1, out: 'failure  disk: full\n' })
  })

  it('config says where each value came from', async () => {
    const cli = started({ env: { CUSTOS_PORT: '8080' } })
    const { out } = await cli.run('config', '--host', '0.0.0.0', '--json')
    const { settings } = JSON.parse(out) as {
      settings: { key: string; value: unknown; origin: string }[]
    }
    expect(settings).toContainEqual({ key: 'port', value: 8080, origin: 'environment CUSTOS_PORT' })
    expect(settings).toContainEqual({ key: 'host', value: '0.0.0.0', origin: 'flag --host' })
    expect((await cli.run('config')).out).toMatch(/port +8080 +environment CUSTOS_PORT/)
  })

  it.each(COMMANDS.filter(({ acceptsAnything }) => acceptsAnything).map(({ name }) => name))(
    'custos %s is not built and says so',
    async (name) => {
      const { code, out, err } = await run(...name.split(' '), 'x', '--some-flag', 'y')
      expect({ code, out }).toEqual({ code: 1, out: '' })
      expect(err).toContain('[not_built]')
    },
  )
})
