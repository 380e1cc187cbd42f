import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { z } from 'zod'
import { AppError } from '../base/error.ts'
import { ipSet } from '../base/ip.ts'

/** A CAIP-2 chain id. */
const CHAIN = /^[-a-z0-9]{3,8}:[-_a-zA-Z0-9]{1,32}$/

const chain = z.strictObject({
  rpc: z.array(z.url({ protocol: /^(https?|wss?)$/ })).default([]),
  follow: z.boolean().default(false),
})

const network = z.string().refine(isNetwork, 'must be an address or a network such as 10.0.0.0/8')

const rateLimit = z.union([
  z.literal('off'),
  z.strictObject({
    quota: z.number().int().min(2).max(1_000_000_000),
    windowSeconds: z.number().int().min(1).max(86_400),
  }),
])

const datasetName = z.string().regex(/^[a-z0-9]+(_[a-z0-9]+)*$/, 'must be the name of a dataset')

const newsFeed = z.strictObject({
  url: z.url({ protocol: /^https?$/ }).max(2_048),
  /** Whose it is, where the feed does not say. */
  publication: z.string().min(1).max(200).optional(),
})

const shape = {
  data: z.string().min(1),
  host: z.string().min(1).max(255),
  port: z.number().int().min(0).max(65_535),
  mirror: z.string().min(1).nullable(),
  offline: z.boolean(),
  enable: z.array(datasetName),
  disable: z.array(datasetName),
  trustedProxies: z.array(network),
  rateLimit,
  publicUrl: z
    .url({ protocol: /^https?$/ })
    .max(200)
    .refine(isOrigin, 'must be scheme and host alone, as https://custos.example')
    .nullable(),
  origin: z
    .string()
    .regex(/^[^\s+]{1,200}$/, 'must hold neither white space nor plus')
    .nullable(),
  log: z.enum(['silent', 'error', 'warn', 'info', 'debug']),
  databaseUrl: z.string().nullable(),
  chainUrl: z.string().nullable(),
  demo: z.boolean(),
  news: z.array(newsFeed).max(500),
  chains: z.record(z.string().regex(CHAIN, 'must be a CAIP-2 chain id'), chain),
}

export type Key = keyof typeof shape
export type Config = { readonly [K in Key]: z.output<(typeof shape)[K]> }

interface Setting {
  readonly initial: unknown
  readonly flag?: string
  readonly env?: string
  /** The text of a flag or a variable as the value that the schema judges. */
  readonly read: (text: string) => unknown
  /** Relative to the working folder, or to the folder of the configuration file. */
  readonly isPath?: boolean
  readonly help: string
}

const asText = (text: string) => text
const asNumber = (text: string) => (/^\d{1,9}$/.test(text) ? Number(text) : text)
const asFlag = (text: string) =>
  ({ '1': true, true: true, yes: true, '0': false, false: false, no: false, '': false })[text] ??
  text
const asList = (text: string) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
const asRate = (text: string) => {
  const match = /^(\d{1,9})\/(\d{1,5})$/.exec(text)
  return match === null ? text : { quota: Number(match[1]), windowSeconds: Number(match[2]) }
}

/** Every setting once: default, flag, variable, and what it does. */
export const SETTINGS: Readonly<Record<Key, Setting>> = {
  data: {
    initial: './data',
    flag: 'data',
    env: 'CUSTOS_DATA',
    read: asText,
    isPath: true,
    help: 'data folder',
  },
  host: {
    initial: '127.0.0.1',
    flag: 'host',
    env: 'CUSTOS_HOST',
    read: asText,
    help: 'address to listen on',
  },
  port: {
    initial: 7070,
    flag: 'port',
    env: 'CUSTOS_PORT',
    read: asNumber,
    help: 'port to listen on; 0: any free one',
  },
  mirror: {
    initial: null,
    flag: 'mirror',
    env: 'CUSTOS_MIRROR',
    read: asText,
    isPath: true,
    help: 'folder of recorded source files, read instead of the network',
  },
  offline: {
    initial: false,
    flag: 'offline',
    env: 'CUSTOS_OFFLINE',
    read: asFlag,
    help: 'contact nothing',
  },
  enable: {
    initial: [],
    env: 'CUSTOS_ENABLE',
    read: asList,
    help: 'datasets to read that are off by default',
  },
  disable: { initial: [], env: 'CUSTOS_DISABLE', read: asList, help: 'datasets not to read' },
  trustedProxies: {
    initial: [],
    env: 'CUSTOS_TRUSTED_PROXIES',
    read: asList,
    help: 'addresses and networks whose X-Forwarded-For counts',
  },
  rateLimit: {
    initial: { quota: 1_200, windowSeconds: 60 },
    env: 'CUSTOS_RATE_LIMIT',
    read: asRate,
    help: 'cost per window and network, as 1200/60, or off; this machine itself is not limited',
  },
  publicUrl: {
    initial: null,
    env: 'CUSTOS_PUBLIC_URL',
    read: (text) => text.replace(/\/+$/, ''),
    help: 'scheme and host that readers use, for links and pictures that messengers show',
  },
  origin: {
    initial: null,
    env: 'CUSTOS_ORIGIN',
    read: asText,
    help: 'name of the log in its checkpoints; default: made from its key',
  },
  log: {
    initial: 'warn',
    env: 'CUSTOS_LOG',
    read: asText,
    help: 'silent, error, warn, info or debug',
  },
  databaseUrl: {
    initial: null,
    env: 'CUSTOS_DATABASE_URL',
    read: asText,
    help: 'reserved: PostgreSQL for ledger and index',
  },
  chainUrl: {
    initial: null,
    env: 'CUSTOS_CHAIN_URL',
    read: asText,
    help: 'reserved: ClickHouse for chain rows',
  },
  demo: {
    initial: false,
    env: 'CUSTOS_DEMO',
    read: asFlag,
    help: 'open a data folder of made-up data, and no other',
  },
  news: {
    initial: [],
    env: 'CUSTOS_NEWS',
    read: (text) => asList(text).map((url) => ({ url })),
    help: 'feeds that the news desk reads',
  },
  chains: {
    initial: {},
    read: asText,
    help: 'per CAIP-2 chain: rpc and follow; CUSTOS_RPC_EIP155_1 names endpoints and follows',
  },
}

const KEYS = Object.keys(SETTINGS) as readonly Key[]

export interface LoadedConfig {
  readonly config: Config
  /** Where each value came from: `flag --port`, `environment CUSTOS_PORT`, the file, `default`. */
  readonly origins: Readonly<Record<Key, string>>
}

export interface ConfigInputs {
  readonly flags: Readonly<Record<string, string | boolean | undefined>>
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
}

/** Flags over environment over file over default. Throws `config.*` naming key and origin. */
export function loadConfig(inputs: ConfigInputs): LoadedConfig {
  const file = readFile(inputs)
  const config: Record<string, unknown> = {}
  const origins: Record<string, string> = {}
  for (const key of KEYS) {
    const { value, origin, base } = given(key, inputs, file)
    const parsed = shape[key].safeParse(value)
    if (!parsed.success) throw invalid(key, origin, parsed.error.issues[0])
    const isPath = SETTINGS[key].isPath === true && typeof parsed.data === 'string'
    config[key] = isPath ? resolve(base, parsed.data as string) : parsed.data
    origins[key] = origin
  }
  addRpc(config as { chains: Config['chains'] }, origins, inputs.env)
  return { config: config as Config, origins: origins as LoadedConfig['origins'] }
}

interface Given {
  readonly value: unknown
  readonly origin: string
  readonly base: string
}

function given(key: Key, inputs: ConfigInputs, file: ConfigFile): Given {
  const { flag, env, read, initial } = SETTINGS[key]
  const { cwd } = inputs
  const flagged = flag === undefined ? undefined : inputs.flags[flag]
  if (flagged !== undefined) {
    const value = typeof flagged === 'string' ? read(flagged) : flagged
    return { value, origin: `flag --${flag}`, base: cwd }
  }
  const variable = env === undefined ? undefined : inputs.env[env]
  if (variable !== undefined && variable !== '') {
    return { value: read(variable), origin: `environment ${env}`, base: cwd }
  }
  if (Object.hasOwn(file.values, key)) {
    return { value: file.values[key], origin: file.name, base: file.folder }
  }
  return { value: initial, origin: 'default', base: cwd }
}

interface ConfigFile {
  readonly name: string
  readonly folder: string
  readonly values: Readonly<Record<string, unknown>>
}

const FILE = 'custos.config.json'

function readFile({ flags, env, cwd }: ConfigInputs): ConfigFile {
  const named = (flags.config as string | undefined) ?? (env.CUSTOS_CONFIG || undefined)
  const path = resolve(cwd, named ?? FILE)
  const name = named ?? FILE
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (cause) {
    const isMissing = (cause as { code?: string }).code === 'ENOENT'
    if (named === undefined && isMissing) return { name, folder: cwd, values: {} }
    throw new AppError('config.unreadable', `${name} cannot be read.`, { cause })
  }
  let values: unknown
  try {
    values = JSON.parse(text)
  } catch (cause) {
    throw new AppError('config.not_json', `${name} is not JSON.`, { cause })
  }
  if (typeof values !== 'object' || values === null || Array.isArray(values)) {
    throw new AppError('config.not_json', `${name} must hold one JSON object.`)
  }
  const unknown = Object.keys(values).find((key) => !Object.hasOwn(SETTINGS, key))
  if (unknown !== undefined) {
    throw new AppError(
      'config.unknown_key',
      `${name} names "${unknown.slice(0, 60)}", which is no setting. Settings: ${KEYS.join(', ')}.`,
      { params: { key: unknown.slice(0, 60) } },
    )
  }
  return { name, folder: dirname(path), values: values as Record<string, unknown> }
}

const RPC = /^CUSTOS_RPC_([A-Z0-9]{3,8})_([A-Z0-9_]{1,32})$/

/** `CUSTOS_RPC_EIP155_1=https://…,https://…` replaces the endpoints of `eip155:1`. */
function addRpc(
  config: { chains: Config['chains'] },
  origins: Record<string, string>,
  env: ConfigInputs['env'],
): void {
  for (const [name, value] of Object.entries(env)) {
    const match = RPC.exec(name)
    if (match === null || value === undefined || value === '') continue
    const reference = (match[2] ?? '').toLowerCase().replaceAll('_', '-')
    const id = `${(match[1] ?? '').toLowerCase()}:${reference}`
    const parsed = chain.shape.rpc.safeParse(asList(value))
    if (!parsed.success) throw invalid('chains', `environment ${name}`, parsed.error.issues[0])
    const known = config.chains[id] ?? { rpc: [], follow: id.startsWith('eip155:') }
    config.chains = { ...config.chains, [id]: { ...known, rpc: parsed.data } }
    const origin = `environment ${name}`
    origins.chains = origins.chains === 'default' ? origin : `${origins.chains}, ${origin}`
  }
}

function invalid(key: Key, origin: string, issue: z.core.$ZodIssue | undefined): AppError {
  const path = [key, ...(issue?.path ?? [])].map(String).join('.')
  const message = (issue?.message ?? 'does not fit').slice(0, 200)
  return new AppError('config.invalid', `${path} (${origin}): ${message}`, {
    params: { key: path, origin },
  })
}

function isOrigin(text: string): boolean {
  return URL.canParse(text) && new URL(text).origin === text
}

function isNetwork(text: string): boolean {
  try {
    ipSet([text])
    return true
  } catch {
    return false
  }
}

/** A value as it may be shown: endpoints and database addresses often hold a key or a password. */
export function shown(key: Key, config: Config): unknown {
  if (key === 'databaseUrl' || key === 'chainUrl') {
    const value = config[key]
    return value === null ? null : withoutSecrets(value)
  }
  if (key !== 'chains') return config[key]
  return Object.fromEntries(
    Object.entries(config.chains).map(([id, { rpc, follow }]) => [
      id,
      { rpc: rpc.map(withoutSecrets), follow },
    ]),
  )
}

function withoutSecrets(address: string): string {
  if (!URL.canParse(address)) return '…'
  const url = new URL(address)
  const hasMore = url.pathname.length > 1 || url.search !== '' || url.username !== ''
  return `${url.protocol}//${url.host}${hasMore ? '/…' : ''}`
}
