import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { parse as parseYaml } from 'yaml'

/**
 * What a machine must hold, and no more (STYLE §4): the layers of HOUSE §6, what hides faults, and
 * what every dataset owes. Formatting is Biome's job, types are the compiler's.
 */
const root = fileURLToPath(new URL('..', import.meta.url))

function filesUnder(folder: string): readonly string[] {
  const path = join(root, folder)
  if (!existsSync(path)) return []
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
}

const ALL = [...['src', 'sources', 'test', 'bin'].flatMap(filesUnder), 'vitest.config.ts']
const CODE = ALL.filter((path) => /\.(ts|mjs)$/.test(path))
const isTest = (path: string) => /\.(test|bench)\.ts$/.test(path) || path.startsWith('test/')
const PRODUCT = CODE.filter((path) => /^(src|sources)\//.test(path) && !isTest(path))
const texts = new Map(CODE.map((path) => [path, readFileSync(join(root, path), 'utf8')]))
const textOf = (path: string) => texts.get(path) ?? ''

/** The code without comments; strings stay, so that imports can be read. */
function withoutComments(text: string): string {
  return text.replace(
    /('(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`)|\/\/[^\n]*|\/\*[\s\S]*?\*\//g,
    (_whole, string: string | undefined) => string ?? '',
  )
}

/** The code without comments and without what stands in quotes. */
function bareCode(path: string): string {
  return withoutComments(textOf(path)).replace(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/g, "''")
}

interface Import {
  readonly from: string
  readonly to: string
  readonly isType: boolean
}

const IMPORT =
  /(?:^|\n)\s*(?:import|export)\s+(type\s)?[^'";]*?from\s*'([^']+)'|(?:^|\n)\s*import\s*'([^']+)'|\bimport\(\s*'([^']+)'|new URL\(\s*'(\.[^']+\.ts)'/g

function importsOf(path: string): readonly Import[] {
  return [...withoutComments(textOf(path)).matchAll(IMPORT)].map((match) => {
    const named = match[2] ?? match[3] ?? match[4] ?? match[5] ?? ''
    const target = named.startsWith('.')
      ? relative(root, resolve(root, dirname(path), named))
      : named
    return { from: path, to: target.split(sep).join('/'), isType: match[1] !== undefined }
  })
}

const IMPORTS = CODE.flatMap(importsOf)

/** HOUSE §6. `index` and `ledger:read` name the whole folder and its reading side. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  base: [],
  model: ['base'],
  i18n: ['base', 'locales'],
  source: ['base', 'model'],
  ledger: ['base', 'model'],
  chain: ['base', 'model'],
  score: ['chain:read', 'model', 'base'],
  ingest: ['source', 'chain', 'ledger', 'score', 'model', 'base', 'sources'],
  index: ['ledger:read', 'chain:read', 'model', 'base'],
  query: ['index', 'ledger:read', 'chain:read', 'score', 'model', 'i18n', 'base', 'docs'],
  alert: ['index', 'ingest', 'ledger:read', 'chain:read', 'score', 'model', 'base'],
  api: ['query', 'alert', 'model', 'i18n', 'base'],
  web: ['query', 'alert', 'model', 'i18n', 'base'],
  cli: ['query', 'alert', 'ingest', 'ledger', 'index', 'model', 'i18n', 'base'],
  client: ['model'],
  sources: ['source', 'model', 'base'],
}

/** What readers of the ledger and of chain rows ask, and the tree that proves what was read. */
const READ_SIDE = [
  'src/ledger/read.ts',
  'src/ledger/merkle.ts',
  'src/chain/read.ts',
  'src/chain/types.ts',
]

/** Files that compose the process may import everything (HOUSE §6, ADR-0010). */
const isRoot = (path: string) => /^src\/[^/]+\.ts$/.test(path)

const folderOf = (path: string) =>
  path.startsWith('src/') ? (path.split('/')[1] ?? '') : (path.split('/')[0] ?? '')

function isAllowed({ from, to }: Import): boolean {
  const [own, other] = [folderOf(from), folderOf(to)]
  if (own === other && own !== 'sources') return true
  // A source may use its own files; a neighbour's belong to the neighbour.
  if (own === 'sources' && other === 'sources') return dirname(to).startsWith(dirname(from))
  const allowed = MAY_IMPORT[own] ?? []
  return allowed.includes(other) || (READ_SIDE.includes(to) && allowed.includes(`${other}:read`))
}

describe('imports go one way', () => {
  it('every folder of src has a place in the table', () => {
    const folders = new Set(PRODUCT.filter((path) => !isRoot(path)).map(folderOf))
    expect([...folders].filter((folder) => !(folder in MAY_IMPORT))).toEqual([])
  })

  it('no file imports from a folder that the table does not name', () => {
    const wrong = IMPORTS.filter(
      ({ from, to }) =>
        PRODUCT.includes(from) && !isRoot(from) && /^(src|sources|test|docs|locales)\//.test(to),
    ).filter((edge) => !isAllowed(edge))
    expect(wrong.map(({ from, to }) => `${from} -> ${to}`)).toEqual([])
  })

  it('no product file imports a test, and every relative import ends in its real name', () => {
    const wrong = IMPORTS.filter(({ from, to }) => {
      const isOwn = /^(src|sources|test)\//.test(to)
      if (isOwn && PRODUCT.includes(from) && isTest(to)) return true
      return isOwn && !existsSync(join(root, to))
    })
    expect(wrong.map(({ from, to }) => `${from} -> ${to}`)).toEqual([])
  })

  it('the checker sees an edge that is not allowed', () => {
    const edge = (from: string, to: string) => isAllowed({ from, to, isType: false })
    expect(edge('src/base/a.ts', 'src/model/b.ts')).toBe(false)
    expect(edge('src/query/a.ts', 'src/ledger/append.ts')).toBe(false)
    expect(edge('src/query/a.ts', 'src/ledger/read.ts')).toBe(true)
    expect(edge('src/api/a.ts', 'src/web/b.ts')).toBe(false)
    expect(edge('sources/eu/a/parse.ts', 'sources/eu/b/parse.ts')).toBe(false)
    expect(edge('sources/eu/a/parse.ts', 'sources/eu/a/words.ts')).toBe(true)
    expect(importsOf('test/tidy.test.ts').map(({ to }) => to)).toContain('yaml')
  })

  it('pure layers do no input, output or timing of their own', () => {
    const wrong = PRODUCT.filter((path) => /^src\/(score|model)\//.test(path)).flatMap((path) => [
      ...importsOf(path)
        .filter(({ to }) =>
          /^node:(fs|tls|dgram|http|https|dns|child_process|worker_threads)/.test(to),
        )
        .map(({ to }) => `${path} -> ${to}`),
      ...(/\bDate\.now\(|\bMath\.random\(|\bperformance\.now\(/.test(bareCode(path))
        ? [`${path} asks for the time or for chance`]
        : []),
    ])
    expect(wrong).toEqual([])
  })
})

/** One package, one importing file: replacing it stays a small job. */
const SINGLE_IMPORTER = [
  'any-ascii',
  '@scure/base',
  '@scure/btc-signer',
  'feedsmith',
  'linkedom',
  'undici',
]
/** The guard is a part of the one way out; endpoints of the operator's choice have their own. */
const PAIRS: Readonly<Record<string, readonly string[]>> = {
  undici: ['src/base/address-guard.ts', 'src/base/http.ts', 'src/base/operator-link.ts'],
}

describe.each(SINGLE_IMPORTER)('the package %s', (name) => {
  it('is imported by one file', () => {
    const importers = new Set(
      IMPORTS.filter(
        ({ from, to }) => PRODUCT.includes(from) && (to === name || to.startsWith(`${name}/`)),
      ).map(({ from }) => from),
    )
    for (const path of PAIRS[name] ?? []) importers.delete(path)
    expect([...importers].slice(1)).toEqual([])
    if (PAIRS[name] !== undefined) expect([...importers]).toEqual([])
  })
})

describe('nothing hides a fault', () => {
  const offenders = (pattern: RegExp, among = CODE, code = bareCode) =>
    among.filter((path) => path !== 'test/tidy.test.ts' && pattern.test(code(path)))

  it('no test is skipped, focused, left to do or tried again', () => {
    expect(
      offenders(/\b(?:it|test|describe|suite)(?:\.\w+)*\.(?:skip|skipIf|only|todo|fails)\b/),
    ).toEqual([])
    expect(offenders(/\bretry\s*:\s*[1-9]|\bretries\s*:\s*[1-9]/, CODE.filter(isTest))).toEqual([])
  })

  it('no any, no console, no default export, no silenced compiler', () => {
    expect(offenders(/[:<,(|&]\s*any\b(?!-)|\bas any\b|\bany\[\]/, PRODUCT)).toEqual([])
    expect(offenders(/\bconsole\.\w+/)).toEqual([])
    const configured = CODE.filter((path) => !path.endsWith('.config.ts'))
    expect(offenders(/^export default\b|\bas default\b/m, configured)).toEqual([])
    expect(offenders(/@ts-(?:ignore|expect-error|nocheck)/, CODE, textOf)).toEqual([])
  })

  it('no left-over marker, no file called index, no barrel', () => {
    expect(offenders(/\b(?:TODO|FIXME|XXX|HACK)\b/, CODE, textOf)).toEqual([])
    expect(CODE.filter((path) => /(?:^|\/)index\.(?:ts|mjs)$/.test(path))).toEqual([])
    const barrels = PRODUCT.filter((path) => {
      const code = withoutComments(textOf(path)).trim()
      return (
        code !== '' && code.split('\n').every((line) => /^export\b.*\bfrom\b/.test(line.trim()))
      )
    })
    expect(barrels).toEqual([])
  })

  it('raw HTML is made in one file', () => {
    const users = PRODUCT.filter((path) => /\braw\(/.test(bareCode(path)))
    expect(users.filter((path) => !path.startsWith('src/web/'))).toEqual([])
    expect(users.slice(1)).toEqual([])
  })

  it('the network is reached through the guarded way out and no other', () => {
    const callers = offenders(/(?<![.\w])fetch\(|\bnew (?:WebSocket|EventSource)\b/, PRODUCT)
    const mayCall = (path: string) =>
      // An island runs in the reader's browser, and its policy lets it ask this installation only.
      /^src\/(?:client|web\/island)\//.test(path) || path === 'src/base/operator-link.ts'
    expect(callers.filter((path) => !mayCall(path))).toEqual([])
    const clients = IMPORTS.filter(
      ({ from, to, isType }) =>
        PRODUCT.includes(from) && !isType && /^node:(https?|tls|dns|dgram)$/.test(to),
    ).map(({ from }) => from)
    // The guard resolves names; the server takes the words of its statuses.
    expect([...new Set(clients)].sort()).toEqual(['src/api/serve.ts', 'src/base/address-guard.ts'])
  })

  it('every expected error has a code that docs/operate/errors.md explains', () => {
    const errors = readFileSync(join(root, 'docs/operate/errors.md'), 'utf8')
    const codes = PRODUCT.flatMap((path) =>
      [
        ...withoutComments(textOf(path)).matchAll(/new (?:AppError|ProblemError)\(\s*'([^']+)'/g),
      ].map((match) => match[1] ?? ''),
    )
    expect(codes.length).toBeGreaterThan(20)
    const missing = [...new Set(codes)].filter((code) => !errors.includes(`| \`${code}\` `))
    expect(missing.sort()).toEqual([])
  })
})

describe('the ledger asserts what must hold', () => {
  const files = PRODUCT.filter(
    (path) => path.startsWith('src/ledger/') && !READ_SIDE.slice(0, 1).includes(path),
  )
  const functions = (path: string) =>
    [...bareCode(path).matchAll(/^export (?:async )?function\*? (\w+)/gm)].length

  it.each(files.filter((path) => functions(path) > 0))('%s', (path) => {
    const asserts = [...bareCode(path).matchAll(/\bassert\w*\(/g)].length
    expect(asserts).toBeGreaterThanOrEqual(2 * functions(path))
  })
})

interface DatasetFile {
  readonly name?: unknown
  readonly assertions?: readonly { min?: unknown; max?: unknown; reason?: unknown }[]
}

const DATASETS = ALL.filter((path) => /^sources\/.*\/dataset\.yml$/.test(path))

describe.each(DATASETS)('%s', (path) => {
  const dataset = parseYaml(readFileSync(join(root, path), 'utf8')) as DatasetFile

  it('bounds what it may hold, and gives a reason for each bound', () => {
    const assertions = dataset.assertions ?? []
    expect(assertions.length).toBeGreaterThan(0)
    for (const { min, max, reason } of assertions) {
      expect(min !== undefined || max !== undefined).toBe(true)
      expect(String(reason ?? '').split(' ').length).toBeGreaterThanOrEqual(3)
    }
    expect(assertions.some(({ min }) => min !== undefined)).toBe(true)
  })

  it('stands with its parser, a fixture and what the fixture gives', () => {
    const names = readdirSync(join(root, dirname(path)))
    expect(names).toContain('parse.ts')
    expect(names).toContain('expected.jsonl')
    expect(names.some((name) => name.startsWith('fixture'))).toBe(true)
  })
})
