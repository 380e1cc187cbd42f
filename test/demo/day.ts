import { encodeFunctionData, type Hex, keccak256, parseAbi, stringToHex } from 'viem'
import { type PrivateKeyAccount, privateKeyToAccount } from 'viem/accounts'
import { factoryCode, poolCode, tokenCode } from './assemble.ts'

/** The machine's own node: mines when it is told to. */
export interface DemoNode {
  rpc<T>(method: string, params?: readonly unknown[]): Promise<T>
}

/** What the script waits for between its steps. */
export interface Stage {
  /** Rests between two blocks; nothing where the day is played as fast as it goes. */
  pause(): Promise<void>
  /** Resolves when the rule has an alert in this state in block `block` or above. */
  untilAlert(rule: string, state: string, block: number): Promise<void>
  say(text: string): void
}

const ABI = parseAbi([
  'function transfer(address to, uint256 amount)',
  'function transferFrom(address from, address to, uint256 amount)',
  'function approve(address spender, uint256 amount)',
  'function mint(address to, uint256 amount)',
  'function create(address a, address b, address pool)',
])
const POOL = parseAbi([
  'function mint(uint256 a, uint256 b)',
  'function swap(uint256 paid, uint256 taken, address to)',
  'function burn(uint256 a, uint256 b, address to)',
])

type Call = typeof encodeFunctionData<typeof ABI>
const call: Call = encodeFunctionData
const UNLIMITED = 2n ** 256n - 1n
const UNIT = 10n ** 6n
const COIN = 10n ** 18n
/** An EVM chain without a rule of its own is final thirty blocks deep. */
const FINAL_AFTER = 31
const TRAFFIC = 4

/** A listed wallet that comes with every installation: whoever pays it raises an alert. */
export const LISTED = '0x098b716b8aaf21512996dc57eb0615e2383e2f96'

const CHAIN_ID = 31_337
const GAS = 2_000_000n

/**
 * Somebody of one day. The key is made from public words: whatever it signs is worth nothing. Each
 * signs for himself, because a follower proves the hash of every transaction.
 */
const person = (name: string): PrivateKeyAccount =>
  privateKeyToAccount(keccak256(stringToHex(`Custos demonstration: ${name}`)))

/** Made-up people and contracts of one day; the next day has others. */
class Day {
  readonly #node: DemoNode
  readonly #stage: Stage
  readonly #customers: readonly PrivateKeyAccount[]
  readonly #shop: PrivateKeyAccount
  readonly #thief: PrivateKeyAccount
  readonly #nonces = new Map<Hex, number>()
  /** The supplier whom every customer pays, and the address that is made to look like it. */
  readonly #supplier: Hex
  readonly #lure: Hex
  #dollar: Hex = '0x'
  #factory: Hex = '0x'

  constructor(node: DemoNode, stage: Stage, number: number) {
    this.#node = node
    this.#stage = stage
    const of = (name: string) => person(`${name} of day ${number}`)
    this.#customers = Array.from({ length: 6 }, (_, at) => of(`customer ${at}`))
    this.#shop = of('shop')
    this.#thief = of('thief')
    const middle = number.toString(16).padStart(4, '0')
    this.#supplier = `0x7e57${'ab'.repeat(14)}${middle}51d3`
    this.#lure = `0x7e57${'f0'.repeat(14)}${middle}51d3`
  }

  async play(): Promise<void> {
    const { say } = this.#stage
    await this.#open()
    say('Ordinary traffic.')
    for (let at = 0; at < TRAFFIC; at += 1) await this.#traffic(at)
    say('A payment to a listed address.')
    await this.#payListed()
    await this.#traffic(1)
    say('A poisoned history.')
    await this.#poison()
    await this.#traffic(2)
    say('An approval that lets a new contract take everything.')
    const last = await this.#drain()
    await this.#traffic(3)
    say('A pool is emptied, and the blocks that held it are replaced.')
    await this.#pullAndReplace()
    say('Blocks on top, until the rest is final.')
    for (let at = 0; at < FINAL_AFTER + 2; at += 1) await this.#traffic(at)
    await this.#stage.untilAlert('approval.drainer', 'confirmed', last)
  }

  /** Coins for everybody, and the day's token. */
  async #open(): Promise<void> {
    for (const { address } of [...this.#customers, this.#shop, this.#thief]) {
      await this.#node.rpc('anvil_setBalance', [address, `0x${(100n * COIN).toString(16)}`])
    }
    const code = tokenCode({ name: 'Demo Dollar', symbol: 'DEMO', decimals: 6 })
    this.#dollar = await this.#deploy(this.#shop, code)
    this.#factory = await this.#deploy(this.#shop, factoryCode())
    for (const customer of this.#customers) {
      const data = call({ abi: ABI, functionName: 'mint', args: [customer.address, 5_000n * UNIT] })
      await this.#send(this.#shop, this.#dollar, data)
    }
    await this.#mine()
  }

  /** Everybody buys something; the shop pays its supplier. */
  async #traffic(at: number): Promise<void> {
    for (const [index, customer] of this.#customers.entries()) {
      if ((index + at) % 3 === 0) continue
      const amount = BigInt(3 + ((index * 7 + at * 5) % 40)) * UNIT + BigInt(index * 10_000)
      await this.#pay(customer, this.#shop.address, amount)
    }
    await this.#pay(this.#shop, this.#supplier, 25n * UNIT)
    const buyer = this.#customer(at % this.#customers.length)
    await this.#pay(buyer, this.#supplier, 12n * UNIT)
    await this.#send(buyer, this.#shop.address, '0x', COIN / 50n)
    await this.#mine()
  }

  async #payListed(): Promise<void> {
    await this.#send(this.#customer(1), LISTED, '0x', COIN / 2n)
    const block = await this.#mine()
    await this.#stage.untilAlert('counterparty', 'provisional', block)
  }

  /** A transfer of nothing in the victim's own name, to an address that looks like its supplier. */
  async #poison(): Promise<void> {
    const data = call({
      abi: ABI,
      functionName: 'transferFrom',
      args: [this.#customer(0).address, this.#lure, 0n],
    })
    await this.#send(this.#thief, this.#dollar, data)
    const block = await this.#mine()
    await this.#stage.untilAlert('poisoning.look_alike', 'provisional', block)
  }

  /** Gives the block: of the alerts that stay, its is the last. */
  async #drain(): Promise<number> {
    const spender = await this.#deploy(this.#thief, poolCode())
    const data = call({ abi: ABI, functionName: 'approve', args: [spender, UNLIMITED] })
    await this.#send(this.#customer(2), this.#dollar, data)
    const block = await this.#mine()
    await this.#stage.untilAlert('approval.drainer', 'provisional', block)
    return block
  }

  async #pullAndReplace(): Promise<void> {
    const code = tokenCode({ name: 'Moon Tomorrow', symbol: 'MOON', decimals: 18 })
    const token = await this.#deploy(this.#thief, code)
    const pool = await this.#deploy(this.#thief, poolCode())
    const pair = call({ abi: ABI, functionName: 'create', args: [token, this.#dollar, pool] })
    await this.#send(this.#thief, this.#factory, pair)
    await this.#pool(pool, this.#thief, 'mint', [1_000_000n * COIN, 20_000n * UNIT])
    await this.#mine()
    for (const customer of this.#customers.slice(3)) {
      await this.#pay(customer, pool, 200n * UNIT)
      await this.#pool(pool, customer, 'swap', [200n * UNIT, 9_000n * COIN, customer.address])
    }
    await this.#traffic(1)
    await this.#pool(pool, this.#thief, 'burn', [
      990_000n * COIN,
      19_900n * UNIT,
      this.#thief.address,
    ])
    const block = await this.#mine()
    await this.#stage.untilAlert('liquidity.pulled', 'provisional', block)
    await this.#stage.pause()
    // The block goes, and the one below it: what they held never happened.
    await this.#node.rpc('anvil_reorg', [2, []])
    this.#nonces.clear()
    await this.#traffic(2)
    await this.#traffic(3)
    await this.#stage.untilAlert('liquidity.pulled', 'retracted', block)
  }

  #customer(at: number): PrivateKeyAccount {
    return this.#customers[at] as PrivateKeyAccount
  }

  #pay(from: PrivateKeyAccount, to: Hex, amount: bigint): Promise<Hex> {
    const data = call({ abi: ABI, functionName: 'transfer', args: [to, amount] })
    return this.#send(from, this.#dollar, data)
  }

  async #pool(
    pool: Hex,
    from: PrivateKeyAccount,
    name: 'mint' | 'swap' | 'burn',
    args: readonly (bigint | Hex)[],
  ): Promise<void> {
    const data = encodeFunctionData({ abi: POOL, functionName: name, args: args as never })
    await this.#send(from, pool, data)
  }

  async #deploy(from: PrivateKeyAccount, data: Hex): Promise<Hex> {
    const hash = await this.#send(from, undefined, data)
    await this.#mine()
    const receipt = await this.#node.rpc<{ contractAddress: Hex }>('eth_getTransactionReceipt', [
      hash,
    ])
    return receipt.contractAddress
  }

  async #send(from: PrivateKeyAccount, to: Hex | undefined, data: Hex, value = 0n): Promise<Hex> {
    const { address } = from
    const counted = () => this.#node.rpc<string>('eth_getTransactionCount', [address, 'pending'])
    const nonce = this.#nonces.get(address) ?? Number(await counted())
    const signed = await from.signTransaction({
      type: 'eip1559',
      chainId: CHAIN_ID,
      nonce,
      ...(to === undefined ? {} : { to }),
      data,
      value,
      gas: GAS,
      maxFeePerGas: 0n,
      maxPriorityFeePerGas: 0n,
    })
    this.#nonces.set(address, nonce + 1)
    return this.#node.rpc<Hex>('eth_sendRawTransaction', [signed])
  }

  async #mine(): Promise<number> {
    await this.#node.rpc('evm_mine')
    await this.#stage.pause()
    return this.#height()
  }

  async #height(): Promise<number> {
    return Number(await this.#node.rpc<string>('eth_blockNumber'))
  }
}

/** Plays one scripted day; `number` keeps its people apart from those of another day. */
export async function playDay(node: DemoNode, stage: Stage, number: number): Promise<void> {
  await new Day(node, stage, number).play()
}
