import { existsSync, readFileSync, statSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { AppError } from '../../base/error.ts'
import { LIMITS } from '../../base/limits.ts'
import { isDay } from '../../model/time.ts'
import type { BoardInput, FxPurchaseParams, RateQueries } from '../../query/rate-types.ts'
import {
  type Call,
  type CliPorts,
  type Command,
  EXIT,
  isSet,
  type OptionSpec,
  textOf,
  UsageError,
} from '../command.ts'
import { convertText, purchaseText } from '../render/rate.ts'
import { type Paint, painter } from '../terminal.ts'
import { TIME_OPTIONS, timesOf } from '../times.ts'

/** A character of UTF-8 takes at most four bytes. */
const BOARD_BYTES_MAX = LIMITS.boardCharsMax * 4

const { 'known-at': knownAtOption } = TIME_OPTIONS
const RATE_OPTIONS: Readonly<Record<string, OptionSpec>> = {
  date: { type: 'string', value: 'D', help: 'rates of this day (2020-03-16; default today)' },
  ...(knownAtOption === undefined ? {} : { 'known-at': knownAtOption }),
  lang: { type: 'string', value: 'LL', help: 'how numbers are read: 1.234,56 in de (default en)' },
}

interface Look {
  readonly paint: Paint
  readonly columns: number
}

/** Asks one question about rates and prints the answer as JSON or as text. */
async function answer<T>(
  call: Call,
  ports: CliPorts,
  ask: (rates: RateQueries) => Promise<T>,
  text: (value: T, look: Look) => string,
): Promise<number> {
  const { terminal } = ports
  const installation = await ports.open(call.config().config, 'read')
  try {
    const value = await ask(installation.rates).catch(asUsage)
    const look = { paint: painter(terminal.hasColour), columns: terminal.columns }
    await terminal.out(call.isJson ? `${JSON.stringify(value)}\n` : text(value, look))
    return EXIT.ok
  } finally {
    await installation.close()
  }
}

/** What the question itself has wrong was written wrongly; what is missing here is a failure. */
function asUsage(error: unknown): never {
  if (error instanceof AppError && error.status === 400 && /^(?:rate|fx)\./.test(error.code)) {
    throw new UsageError(error.message, `[${error.code}]`)
  }
  throw error
}

function sharedOf(call: Call) {
  const date = textOf(call, 'date')
  const lang = textOf(call, 'lang')
  if (date !== undefined && !isDay(date)) {
    throw new UsageError('--date takes a day, for example 2020-03-16')
  }
  if (lang !== undefined && !/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}$/.test(lang)) {
    throw new UsageError('--lang takes a language tag, for example zh-Hans')
  }
  return { date, knownAt: timesOf(call).knownAt, lang }
}

export const convertCommand: Command = {
  name: 'convert',
  summary: 'An amount in another currency or token, with source and age of each rate.',
  usage: 'AMOUNT FROM TO [options]',
  arguments: { min: 3, max: 3 },
  options: RATE_OPTIONS,
  notes: [
    'FROM and TO: an ISO 4217 code (EUR), a publisher’s name (currency_api:btc) or CAIP-19.',
    'A symbol that names several things is refused, with the choices.',
  ],
  examples: [
    'custos convert 100 EUR USD --date 2020-03-16',
    'custos convert 0.5 currency_api:btc CHF --json',
    'custos convert 1.234,56 DEM EUR --lang de',
  ],
  run(call, ports) {
    const [amount = '', from = '', to = ''] = call.positionals
    const params = { amount, from, to, ...sharedOf(call) }
    return answer(call, ports, (rates) => rates.convert(params), convertText)
  },
}

export const fxBuyCommand: Command = {
  name: 'fx-buy',
  summary: 'What foreign currency costs at a bank’s board, and its hidden margin.',
  usage: 'AMOUNT CURRENCY --with CURRENCY [options]',
  arguments: { min: 2, max: 2 },
  options: {
    with: { type: 'string', value: 'CURRENCY', help: 'money that is paid with, or paid out' },
    board: { type: 'string', value: 'FILE|NAME', help: 'a board file (CSV), or a dataset’s name' },
    home: {
      type: 'string',
      value: 'CURRENCY',
      help: 'currency of the board file (default --with)',
    },
    side: { type: 'string', value: 'buy|sell', help: 'what you do with CURRENCY (default buy)' },
    kind: { type: 'string', value: 'spot|cash', help: 'transfer or banknotes (default spot)' },
    budget: { type: 'boolean', help: 'AMOUNT is the money to spend in all, fee included' },
    fee: { type: 'string', value: 'F', help: 'an amount (15) or a share (0.5%) of --with' },
    ...RATE_OPTIONS,
  },
  notes: [
    'A board file: currency,unit,spot_buy,cash_buy,spot_sell,cash_sell,time – the bank’s sides,',
    'prices in its home currency per unit. Without a board the reference rate is the price.',
  ],
  examples: [
    'custos fx-buy 1000 USD --with CNY --board board.csv',
    'custos fx-buy 5000 USD --with CNY --board board.csv --budget --kind cash --fee 0.5%',
    'custos fx-buy 200 EUR --with TRY --board tr_tcmb --side sell --json',
  ],
  run(call, ports) {
    const params = purchaseOf(call, ports)
    return answer(call, ports, (rates) => rates.fxPurchase(params), purchaseText)
  },
}

function purchaseOf(call: Call, ports: CliPorts): FxPurchaseParams {
  const [amount = '', currency = ''] = call.positionals
  const home = textOf(call, 'with')
  if (home === undefined) {
    throw new UsageError('custos fx-buy needs --with CURRENCY: the money that is paid with')
  }
  const board = boardOf(call, ports)
  return {
    currency,
    with: home,
    ...(isSet(call, 'budget') ? { budget: amount } : { quantity: amount }),
    side: choiceOf(call, 'side', ['buy', 'sell']),
    kind: choiceOf(call, 'kind', ['spot', 'cash']),
    fee: textOf(call, 'fee'),
    ...(board === undefined ? {} : { board }),
    ...sharedOf(call),
  }
}

function choiceOf<T extends string>(call: Call, name: string, words: readonly T[]): T | undefined {
  const text = textOf(call, name)
  if (text === undefined) return undefined
  const word = words.find((candidate) => candidate === text)
  if (word === undefined) throw new UsageError(`--${name} takes ${words.join(' or ')}`)
  return word
}

/** A file where there is one of that name, or where no dataset could be called so. */
function boardOf(call: Call, { cwd }: CliPorts): BoardInput | undefined {
  const text = textOf(call, 'board')
  const home = textOf(call, 'home')
  if (text === undefined) {
    if (home !== undefined) throw new UsageError('--home says of a --board in which money it is')
    return undefined
  }
  const path = resolve(cwd, text)
  if (/^[a-z][a-z0-9_]*$/.test(text) && !existsSync(path)) {
    if (home !== undefined) throw new UsageError(`--home is for a board file; ${text} has its own`)
    return { dataset: text }
  }
  const csv = readBoardFile(path, text)
  return { csv, name: basename(path), ...(home === undefined ? {} : { home }) }
}

function readBoardFile(path: string, name: string): string {
  let text: string
  try {
    if (statSync(path).size > BOARD_BYTES_MAX) {
      throw new UsageError(`${name} is larger than a board can be`, '[fx.bad_board]')
    }
    text = readFileSync(path, 'utf8')
  } catch (cause) {
    if (cause instanceof UsageError) throw cause
    throw new AppError('file.unreadable', `${name} cannot be read.`, { cause })
  }
  return text
}
