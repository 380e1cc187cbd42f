import { encodeAbiParameters, type Hex, toEventSelector, toFunctionSelector } from 'viem'

/**
 * Contracts of the demonstration, put together from single instructions: no compiler is needed, and
 * nothing is in them beyond the events that real tokens and pools emit. They keep no balances.
 */
const OP = {
  stop: '00',
  eq: '14',
  shr: '1c',
  caller: '33',
  load: '35', // CALLDATALOAD
  store: '52', // MSTORE
  jumpIf: '57',
  target: '5b',
  zero: '5f',
  copy: '80', // DUP1
  log2: 'a2',
  log3: 'a3',
  give: 'f3', // RETURN
  revert: 'fd',
} as const

const push = (hex: string) => (0x5f + hex.length / 2).toString(16) + hex
const number = (value: number) =>
  value === 0 ? OP.zero : push(value.toString(16).padStart(value > 255 ? 4 : 2, '0'))
/** The nth argument of the call. */
const argument = (at: number) => number(4 + 32 * at) + OP.load
const put = (value: string, word: number) => value + number(32 * word) + OP.store
const giveWord = (value: string) => put(value, 0) + number(32) + OP.zero + OP.give

/** An event: its words of data, then its topics. */
function emit(signature: string, data: readonly string[], topics: readonly string[]): string {
  const words = data.map((value, at) => put(value, at)).join('')
  const selector = push(toEventSelector(signature).slice(2))
  const log = topics.length === 1 ? OP.log2 : OP.log3
  return `${words}${[...topics].reverse().join('')}${selector}${number(32 * data.length)}${OP.zero}${log}`
}

function text(value: string): string {
  const words = encodeAbiParameters([{ type: 'string' }], [value]).slice(2)
  const parts = words.match(/.{64}/g) ?? []
  const stores = parts.map((word, at) => put(push(word), at)).join('')
  return stores + number(parts.length * 32) + OP.zero + OP.give
}

/** Code that runs the body of the function that is called, and code that deploys it. */
function contract(functions: Readonly<Record<string, string>>): Hex {
  const list = Object.entries(functions)
  const head = OP.zero + OP.load + number(224) + OP.shr
  const entry = (selector: string, at: number) =>
    `${OP.copy}63${selector}${OP.eq}61${at.toString(16).padStart(4, '0')}${OP.jumpIf}`
  const dispatchBytes = head.length / 2 + list.length * (entry('00000000', 0).length / 2) + 1
  let at = dispatchBytes
  let dispatch = head
  let bodies = ''
  for (const [signature, body] of list) {
    dispatch += entry(toFunctionSelector(signature).slice(2), at)
    bodies += OP.target + body
    at += 1 + body.length / 2
  }
  // Whoever calls nothing may send coins: a wallet would.
  const runtime = dispatch + OP.stop + bodies
  const size = (runtime.length / 2).toString(16).padStart(4, '0')
  return `0x61${size}80600a5f395ff3${runtime}`
}

const MOVED = 'Transfer(address,address,uint256)'
const ALLOWED = 'Approval(address,address,uint256)'
const YES = giveWord(number(1))

export interface TokenFacts {
  readonly name: string
  readonly symbol: string
  readonly decimals: number
}

/** `transferFrom` asks nobody: with an amount of zero, real tokens do not ask either. */
export function tokenCode({ name, symbol, decimals }: TokenFacts): Hex {
  return contract({
    'name()': text(name),
    'symbol()': text(symbol),
    'decimals()': giveWord(number(decimals)),
    'totalSupply()': giveWord(push('0de0b6b3a7640000')),
    'transfer(address,uint256)': emit(MOVED, [argument(1)], [OP.caller, argument(0)]) + YES,
    'approve(address,uint256)': emit(ALLOWED, [argument(1)], [OP.caller, argument(0)]) + YES,
    'transferFrom(address,address,uint256)':
      emit(MOVED, [argument(2)], [argument(0), argument(1)]) + YES,
    'mint(address,uint256)': emit(MOVED, [argument(1)], [OP.zero, argument(0)]) + OP.stop,
  })
}

export function poolCode(): Hex {
  return contract({
    'mint(uint256,uint256)':
      emit('Mint(address,uint256,uint256)', [argument(0), argument(1)], [OP.caller]) + OP.stop,
    'burn(uint256,uint256,address)':
      emit(
        'Burn(address,uint256,uint256,address)',
        [argument(0), argument(1)],
        [OP.caller, argument(2)],
      ) + OP.stop,
    'swap(uint256,uint256,address)':
      emit(
        'Swap(address,uint256,uint256,uint256,uint256,address)',
        [argument(0), OP.zero, OP.zero, argument(1)],
        [OP.caller, argument(2)],
      ) + OP.stop,
  })
}

export function factoryCode(): Hex {
  return contract({
    'create(address,address,address)':
      emit(
        'PairCreated(address,address,address,uint256)',
        [argument(2), number(1)],
        [argument(0), argument(1)],
      ) + OP.stop,
  })
}
