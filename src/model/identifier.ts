import { AppError } from '../base/error.ts'
import { LIMITS } from '../base/limits.ts'
import type { AddressReading } from './address/reading.ts'
import { addressKey, readAddress } from './address.ts'
import {
  caip10Key,
  caip19Key,
  isAddressNamespace,
  isKnownNamespace,
  parseCaip10,
  parseCaip19,
  subjectOf,
} from './caip.ts'
import { type HostQuery, parseHostQuery } from './host.ts'
import { hostQueryKeys, KEY, registerQueryKeys } from './key.ts'
import { hasLeiShape, leiChecksumOk, normaliseLei } from './lei.ts'
import { type PaymentTarget, readPaymentUri } from './payment-uri.ts'
import { normaliseQuery, type QueryNote } from './query-text.ts'
import { readRegisterNumber } from './register-number.ts'
import { readTxHash } from './txhash.ts'
import type { Reading } from './verdict.ts'

/** One way to read a query, with everything that a look-up needs. */
export interface QueryReading extends Reading {
  /** Keys of `model/key.ts` under which statements about the subject are filed. */
  readonly keys: readonly string[]
  /** The text to search names for; only readings of kind `name` have it. */
  readonly name?: string
  /** The parts of the host; only readings of kind `domain` and `url` have it. */
  readonly host?: HostQuery
}

export interface Recognition {
  /** As it was asked. */
  readonly query: string
  /** What was read: trimmed, NFC, without invisible characters and wrapping quotes. */
  readonly normalised: string
  /** At least one; the first is the one that the answer is about. */
  readonly readings: readonly QueryReading[]
  readonly notes: readonly QueryNote[]
}

export interface RecognisePorts {
  readonly parseHost: (text: string) => HostQuery | undefined
}

/**
 * Ranks of readings: what proves itself by a checksum before what only has a form, what has a form
 * before a name, and guesses last. Equal ranks keep the order in which they were found.
 */
const RANK = {
  caip: 0,
  address: 10,
  transaction: 15,
  unchecked: 20,
  lei: 25,
  mismatch: 28,
  url: 30,
  inUrl: 32,
  embedded: 35,
  number: 40,
  ticker: 45,
  name: 50,
  symbol: 60,
  maybeNumber: 65,
  bic: 70,
  unknownCaip: 85,
  other: 90,
} as const

/** Enough for the most ambiguous text; a pasted page must not become a hundred look-ups. */
const READINGS_MAX = 16
/** Words or path segments of one query that are tried as identifiers. */
const PIECES_MAX = 24
/** No checked address or hash is shorter. */
const PIECE_CHARS_MIN = 25

/** The longest checked address is Monero's, of 106 characters. */
const TORN_CHARS_MAX = 128

interface Ranked {
  readonly rank: number
  readonly reading: QueryReading
}

/**
 * Reads any text as every identifier that it may be, ranked. Ambiguity is an answer: all readings
 * are given and looked up. Throws `query.empty` and `query.too_long` (both status 400), and nothing
 * else, whatever the text.
 *
 *     recognise('0x098B716B8Aaf21512996dC57EB0615e2383E2f96').readings[0]
 *     // { kind: 'address', subject: 'eip155:1:0x098b…', form: 'evm', checksum: 'ok', … }
 */
export function recognise(
  query: string,
  ports: RecognisePorts = { parseHost: parseHostQuery },
): Recognition {
  if (query.length > LIMITS.queryCharsMax) {
    const params = { max: LIMITS.queryCharsMax }
    throw new AppError('query.too_long', 'The query is too long.', { status: 400, params })
  }
  const { text, notes } = normaliseQuery(query)
  if (text === '') throw new AppError('query.empty', 'The query is empty.', { status: 400 })
  const payment = readPaymentUri(text)
  if (payment === undefined) {
    return { query, normalised: text, readings: ranked(readText(text, ports)), notes }
  }
  const found = payment.flatMap((target) => readTarget(target, ports))
  return { query, normalised: text, readings: ranked(found), notes: [...notes, 'payment_uri'] }
}

function ranked(found: readonly Ranked[]): QueryReading[] {
  const seen = new Set<string>()
  const readings: QueryReading[] = []
  for (const { reading } of found.length < 2 ? found : found.toSorted((a, b) => a.rank - b.rank)) {
    const id = `${reading.kind} ${reading.form} ${reading.subject}`
    if (seen.has(id) || readings.length === READINGS_MAX) continue
    seen.add(id)
    readings.push(reading)
  }
  return readings
}

function readText(text: string, ports: RecognisePorts): Ranked[] {
  if (/\s/u.test(text)) return readWords(text)
  const caip = text.includes(':') ? readCaip(text) : []
  if (caip[0]?.rank === RANK.caip) return caip
  const certain = readCertain(text)
  if (certain.length > 0) return certain
  const lei = readLei(text)
  if (lei[0]?.rank === RANK.lei) return lei
  const host = readHost(text, ports)
  const site = host[0]?.reading.host
  if (site === undefined) return [...caip, ...lei, ...readLoose(text)]
  // `Crypto.com` is a host and the name of a firm; a link or an IP address is nothing else.
  return site.isUrl || site.isIp ? host : [...host, nameReading(text)]
}

/** Texts of several words: names, numbers with their scheme, and identifiers inside a sentence. */
function readWords(text: string): Ranked[] {
  const lei = readLei(text)
  if (lei[0]?.rank === RANK.lei) return lei
  const inside = [...readTorn(text), ...readInside(text, RANK.embedded)]
  // A sentence around an identifier may hold a firm's name, but no number of a register.
  return inside.length > 0 ? [...inside, nameReading(text)] : [...lei, ...readLoose(text)]
}

/** An address that a line end or a page tore apart: only a right checksum puts it together. */
function readTorn(text: string): Ranked[] {
  const joined = text.replaceAll(' ', '')
  if (joined.length < PIECE_CHARS_MIN || joined.length > TORN_CHARS_MAX) return []
  return readCertain(joined).filter((found) => found.reading.checksum === 'ok')
}

/** Addresses and hashes, which no other reading can outrank once they are found. */
function readCertain(text: string): Ranked[] {
  const addresses = readAddress(text)
  const tx = readTxHash(text)
  const found = addresses.map((r) => ({ rank: rankOf(r), reading: addressReading(r) }))
  if (tx !== undefined) {
    found.push({
      rank: RANK.transaction,
      reading: {
        kind: 'transaction',
        subject: tx.hash,
        form: tx.form,
        chains: tx.chains,
        checksum: 'none',
        keys: [`t:${tx.key}`],
      },
    })
    // Accounts of NEAR and payment ids of Monero are 64 hex digits too, and lists hold both.
    if (addresses.length === 0) found.push(otherReading(text))
  }
  return found
}

function rankOf(r: AddressReading): number {
  if (r.checksum === 'mismatch' && r.family !== 'evm') return RANK.mismatch
  if (r.family === 'evm') return r.variant === 'unknown' ? RANK.mismatch : RANK.address
  return r.checksum === 'ok' || r.family === 'ton' ? RANK.address : RANK.unchecked
}

function addressReading(r: AddressReading): QueryReading {
  return {
    kind: 'address',
    subject: subjectOf(r),
    form: r.family,
    chains: r.chains.slice(1),
    checksum: r.checksum,
    keys: [`a:${r.key}`],
  }
}

/** An address that Custos cannot check, found by its exact text where a list holds it. */
function otherReading(text: string): { rank: number; reading: QueryReading } {
  const key = addressKey(text)
  const reading = { subject: key, form: 'other', chains: [], keys: [`a:${key}`] }
  return { rank: RANK.other, reading: { kind: 'address', checksum: 'none', ...reading } }
}

function readTarget(target: PaymentTarget, ports: RecognisePorts): Ranked[] {
  const { chain } = target
  if (target.role === 'token' && chain !== undefined) {
    // The link is about the recipient; the token says what is sent.
    const rank = RANK.address + 1
    return readCaip(`${chain}/erc20:${target.text}`).map(({ reading }) => ({ rank, reading }))
  }
  const found = readText(target.text, ports)
  if (chain === undefined) return found
  return found.map(({ rank, reading }) => {
    const onChain = readAddress(target.text).find(
      (r) => r.family === reading.form && takesChain(r, chain),
    )
    if (reading.kind !== 'address' || onChain === undefined) return { rank, reading }
    const chains = onChain.chains.filter((other) => other !== chain)
    const subject = subjectOf({ ...onChain, chains: [chain] })
    // The link says which of several coins is meant.
    return { rank: rank - 1, reading: { ...reading, subject, chains } }
  })
}

function takesChain(r: AddressReading, chain: string): boolean {
  return r.chains.includes(chain) || (r.family === 'evm' && chain.startsWith('eip155:'))
}

function readCaip(text: string): Ranked[] {
  const asset = parseCaip19(text)
  if (asset !== undefined) {
    const rank = isKnownNamespace(asset.chain) ? RANK.caip : RANK.unknownCaip
    const subject = caip19Key(asset)
    const isContract = isAddressNamespace(asset.namespace)
    const keys = [`c:${subject}`, ...(isContract ? [KEY.address(asset.reference)] : [])]
    const checksum = isContract ? (readAddress(asset.reference)[0]?.checksum ?? 'none') : 'none'
    const form = 'caip19'
    return [{ rank, reading: { kind: 'token', subject, form, chains: [], checksum, keys } }]
  }
  const account = parseCaip10(text)
  if (account === undefined) return []
  const { chain } = account
  const readings = readAddress(account.account)
  const match = readings.find((r) => takesChain(r, chain)) ?? readings[0]
  const known = isKnownNamespace(chain)
  return [
    {
      rank: known ? RANK.caip : RANK.unknownCaip,
      reading: {
        kind: 'address',
        subject: caip10Key(account),
        form: match?.family ?? 'other',
        chains: match?.chains.filter((other) => other !== chain) ?? [],
        checksum: match?.checksum ?? 'none',
        keys: [`a:${match?.key ?? addressKey(account.account)}`],
      },
    },
  ]
}

/** Characters without which a text is no host: dots of all scripts, slashes, brackets, colons. */
const HOST_MARK = /[./:[(\\\u3002\uff0e\uff61]/u

function readHost(text: string, ports: RecognisePorts): Ranked[] {
  if (!HOST_MARK.test(text)) return []
  const host = ports.parseHost(text)
  if (host === undefined) return []
  const tail = host.path + host.search
  const kind = tail === '' ? 'domain' : 'url'
  const subject = host.host + tail
  const form = host.isIp
    ? 'ip'
    : host.isPublicSuffix
      ? 'public_suffix'
      : kind === 'url'
        ? 'url'
        : 'host'
  const keys = hostQueryKeys(host)
  const reading = { kind, subject, form, chains: [], checksum: 'none', keys, host } as const
  const own = { rank: RANK.url, reading }
  return host.isUrl ? [own, ...readInside(text, RANK.inUrl)] : [own]
}

/** Identifiers inside a sentence or a link of an explorer: only what proves or shows itself. */
function readInside(text: string, rank: number): Ranked[] {
  const pieces = text
    .split(/[\s,;/?#=&|<>"'()]+/u, PIECES_MAX)
    .filter((piece) => piece.length >= PIECE_CHARS_MIN)
  return pieces.flatMap((piece) =>
    readCertain(piece.replace(/[.:!]+$/u, ''))
      .filter((found) => found.rank <= RANK.unchecked)
      .map((found) => ({ rank, reading: found.reading })),
  )
}

function readLei(text: string): Ranked[] {
  if (text.length > 48) return []
  const lei = normaliseLei(text.replace(/^lei[\s:.#-]+/iu, ''))
  if (!hasLeiShape(lei)) return []
  const holds = leiChecksumOk(lei)
  const checksum = holds ? 'ok' : 'mismatch'
  const keys = [KEY.lei(lei)]
  const reading = { kind: 'lei', subject: lei, form: 'lei', chains: [], checksum, keys } as const
  return [{ rank: holds ? RANK.lei : RANK.mismatch, reading }]
}

/** Numbers, symbols, names, and texts that only an exact match can confirm. */
function readLoose(text: string): Ranked[] {
  const found: Ranked[] = [nameReading(text)]
  const number = readRegisterNumber(text)
  if (number !== undefined) {
    const rank = number.likely ? RANK.number : RANK.maybeNumber
    found.push(numberReading(rank, text, number.scheme))
  } else if (BIC.test(text)) found.push(numberReading(RANK.bic, text, 'bic'))
  const symbol = symbolOf(text)
  if (symbol !== undefined) {
    const rank = text.startsWith('$') ? RANK.ticker : RANK.symbol
    const keys = [KEY.symbol(symbol)]
    const subject = symbol.toUpperCase()
    const reading = { subject, form: 'symbol', chains: [], keys } as const
    found.push({ rank, reading: { kind: 'token', checksum: 'none', ...reading } })
  }
  if (EXACT.some((shape) => shape.test(text))) found.push(otherReading(text))
  return found
}

/** The key finds what a list holds as an address in a form that Custos does not know. */
function nameReading(text: string): Ranked {
  const keys = [KEY.address(text)]
  const reading = { subject: text, form: 'name', chains: [], keys, name: text } as const
  return { rank: RANK.name, reading: { kind: 'name', checksum: 'none', ...reading } }
}

function numberReading(rank: number, text: string, scheme: string): Ranked {
  const keys = registerQueryKeys(text)
  const reading = { subject: text, form: scheme, chains: [], keys } as const
  return { rank, reading: { kind: 'licence', checksum: 'none', ...reading } }
}

/** ISO 9362: four letters of the party, two of the country, two or five more. */
const BIC = /^[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?$/u
/** VOCABULARY §14: a symbol has at most 20 characters. */
const TICKER = /^\$([^\s$]{1,20})$/u
const PLAIN_SYMBOL = /^[A-Za-z0-9]{2,12}$/u

/**
 * `$ABC`; or 2 to 12 letters and digits that look like a symbol rather than a word: no lower case
 * (`USDT`), short (`usdc`), or with capitals inside (`wstETH`).
 */
function symbolOf(text: string): string | undefined {
  const ticker = TICKER.exec(text)?.[1]
  if (ticker !== undefined) return /\p{L}/u.test(ticker) ? ticker : undefined
  if (!PLAIN_SYMBOL.test(text) || !/[A-Za-z]/u.test(text)) return undefined
  const capitals = text.replace(/[^A-Z]/gu, '').length
  const likely = text === text.toUpperCase() || text.length <= 5 || capitals >= 2
  return likely ? text : undefined
}

/** Forms of addresses that Custos does not check: long tokens with digits, EOS and NEAR names. */
const EXACT = [
  /^(?=\S*\d)(?=\S*[a-z])[A-Za-z0-9:._+/=-]{24,200}$/iu,
  /^[a-z1-5]{12}$/u,
  /^[a-z0-9_.-]{2,59}\.near$/u,
] as const
