import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fixedClock } from '../../src/base/clock.ts'
import { AppError } from '../../src/base/error.ts'
import type { CliPorts, Server } from '../../src/cli/command.ts'
import type { Downloads, Installation, Operator } from '../../src/cli/operator.ts'
import { runCli } from '../../src/cli/run.ts'
import type { SyncRow } from '../../src/ingest/types.ts'
import type { NewsListAnswer } from '../../src/query/news-types.ts'
import type { RateQueries } from '../../src/query/rate-types.ts'
import type { RegistryQueries } from '../../src/query/registry-types.ts'
import type { Queries } from '../../src/query/types.ts'
import { noChain } from './no-chain.ts'
import { noRegistry } from './no-registry.ts'
import { NOW, sampleQueries } from './sample-queries.ts'
import { sampleRates } from './sample-rates.ts'

export const SYNC_ROW: SyncRow = {
  dataset: 'xx_list',
  state: 'ok',
  versions: 1,
  added: 250,
  retracted: 3,
  unchanged: 7,
  publishedAt: '2026-02-27T00:00:00Z',
  ageSeconds: 216_000,
  error: null,
  ms: 1_234,
}

const NO_NEWS: NewsListAnswer = {
  articles: [],
  facets: { type: [], topic: [], country: [] },
  nextCursor: null,
  asOf: '2026-03-01T00:00:00Z',
}

const sampleOperator: Operator = {
  chains: {
    watch: async () => ({ blocks: 0, alerts: 0 }),
    dryRun: async () => ({ blocks: 0, alerts: 0 }),
    importBlocks: async () => [],
    rewind: async ({ chain, to }) => ({
      ...{ chain, to, blocks: 2, retracted: 1, lifted: 'chain.deep_reorg' },
    }),
    follow: async () => {},
  },
  init: async () => ({ created: false }),
  async sync(_request, onProgress) {
    onProgress({ kind: 'dataset', dataset: 'xx_list', index: 1, total: 1 })
    onProgress({ kind: 'rows', dataset: 'xx_list', rows: 100 })
    onProgress({ kind: 'row', row: SYNC_ROW })
    return [SYNC_ROW]
  },
  news: async () => ({
    kind: 'text',
    dataset: 'news_example',
    publication: 'Example',
    run: null,
    articles: [],
    notes: {},
  }),
  newsText: async () => undefined,
  rebuild: async () => ({ events: 251, entities: 1, ms: 1_500 }),
  verifyLog: async () => ({
    ok: true,
    statements: 250,
    events: 251,
    runs: 1,
    files: 1,
    checkpoint: null,
    problems: [],
  }),
  async *exportRows() {},
  doctor: async () => [{ name: 'node', state: 'ok', detail: 'new enough' }],
  keepFresh: async () => {},
}

const noDownloads: Downloads = {
  isMaking: false,
  manifest: () => undefined,
  open: () => undefined,
  make: async () => {
    throw new AppError('downloads.empty', 'There is nothing to offer: no list has been read yet.')
  },
  refreshSoon() {},
}

export interface FakeCli {
  readonly folder: string
  readonly stop: AbortController
  /** What `open` was asked for: `read` or `write`, in order; `-` for a close. */
  readonly opened: string[]
  run(...argv: string[]): Promise<{ code: number; out: string; err: string }>
  dispose(): void
}

export interface FakeOptions {
  readonly queries?: Partial<Queries>
  readonly rates?: RateQueries
  readonly registry?: Partial<RegistryQueries>
  readonly operator?: Partial<Operator>
  readonly downloads?: Partial<Downloads>
  readonly env?: NodeJS.ProcessEnv
  readonly input?: string
  readonly isTty?: boolean
  readonly listen?: CliPorts['listen']
}

/** The command line without a process: what goes in, what comes out, and the exit code. */
export function fakeCli(options: FakeOptions = {}): FakeCli {
  const folder = mkdtempSync(join(tmpdir(), 'custos-cli-'))
  const stop = new AbortController()
  const opened: string[] = []
  const installation: Installation = {
    queries: { ...sampleQueries, ...options.queries },
    rates: options.rates ?? sampleRates,
    registry: { ...noRegistry, ...options.registry },
    news: { list: async () => NO_NEWS, article: async () => undefined, about: async () => [] },
    chain: noChain,
    operator: { ...sampleOperator, ...options.operator },
    downloads: { ...noDownloads, ...options.downloads },
    onFollowed() {},
    async close() {
      opened.push('-')
    },
  }
  return {
    folder,
    stop,
    opened,
    async run(...argv) {
      let out = ''
      let err = ''
      const ports: CliPorts = {
        terminal: {
          out: async (text) => {
            out += text
          },
          err: (text) => {
            err += text
          },
          input: (async function* () {
            yield Buffer.from(options.input ?? '')
          })(),
          isOutTty: options.isTty ?? false,
          isErrTty: options.isTty ?? false,
          columns: 100,
          hasColour: options.isTty ?? false,
        },
        env: options.env ?? {},
        cwd: folder,
        version: '0.0.0',
        clock: fixedClock(NOW),
        stop: stop.signal,
        async open(_config, mode) {
          opened.push(mode)
          return installation
        },
        listen: options.listen ?? (async () => fakeServer),
      }
      const code = await runCli(argv, ports)
      return { code, out, err }
    },
    dispose: () => rmSync(folder, { recursive: true, force: true }),
  }
}

const fakeServer: Server = { url: 'http://127.0.0.1:7070/', close: async () => {} }
