import type { ChainRule, RuleFinding } from './types.ts'
import { isNobody, liquidity } from './window.ts'

/** Of what was put in: taking back a part is ordinary business. */
const PULLED_PERCENT = 80n
const MINT_PERCENT = 50n

/** A pool that is minutes old loses nearly all that was put into it. */
export const liquidityPulled: ChainRule = {
  id: 'liquidity.pulled',
  version: '1',
  summary: 'Nearly all liquidity of a brand-new pool was taken out.',
  run({ block, window }) {
    const added = new Map<string, bigint>()
    const pools = new Set<string>()
    const found: RuleFinding[] = []
    for (const [ordinal, event] of block.events.entries()) {
      if (event.kind === 'pool_created' && event.spender !== null) pools.add(event.spender)
      if (event.kind !== 'liquidity_added' && event.kind !== 'liquidity_removed') continue
      const pool = event.contract
      for (const [name, amount] of liquidity(event.extra)) {
        const key = `${pool} ${name}`
        if (event.kind === 'liquidity_added') {
          added.set(key, (added.get(key) ?? 0n) + amount)
          continue
        }
        if (!pools.has(pool) && !window.hasPool(pool)) continue
        const before = (added.get(key) ?? 0n) + window.sum('added', key)
        if (before === 0n || amount * 100n < before * PULLED_PERCENT) continue
        const token = event.extra[name === 'amount0' ? 'token0' : 'token1']
        found.push({
          severity: 'danger',
          tx: event.tx,
          logIndex: event.logIndex,
          ordinal,
          subjects: event.owner === null ? [pool] : [pool, event.owner],
          token: token ?? undefined,
          amount,
          params: { pool, percent: String((amount * 100n) / before) },
          causes: [],
        })
        break
      }
    }
    return found
  },
}

/** Half of a new token's supply or more is made for one address, which sells it at once. */
export const mintAndDump: ChainRule = {
  id: 'token.mint_and_dump',
  version: '1',
  summary: 'Most of a new token was made for one address, which puts it on the market at once.',
  run({ block, window }) {
    const made = new Map<string, bigint>()
    const supply = new Map<string, bigint>()
    const pools = new Set(block.events.flatMap((e) => (e.kind === 'swap' ? e.contract : [])))
    const sold = new Map<string, bigint>()
    const told = new Set<string>()
    const found: RuleFinding[] = []
    for (const transfer of block.transfers) {
      const { standard, token, from, to, amount } = transfer
      if (standard !== 'erc20' || token === null || amount === null || to === null) continue
      if (isNobody(from)) {
        made.set(`${token} ${to}`, (made.get(`${token} ${to}`) ?? 0n) + amount)
        supply.set(token, (supply.get(token) ?? 0n) + amount)
        continue
      }
      if (from === null || !pools.has(to)) continue
      const key = `${token} ${from}`
      const own = (made.get(key) ?? 0n) + window.sum('minted', key)
      if (own === 0n || told.has(key)) continue
      // Only a token that began inside the window: of older ones the whole supply is not known.
      if (window.createdBy(token) === undefined && !isCreatedIn(block, token)) continue
      const all = (supply.get(token) ?? 0n) + mintedOf(window, token)
      if (own * 100n < all * MINT_PERCENT) continue
      const sum = (sold.get(key) ?? 0n) + amount
      sold.set(key, sum)
      if (sum * 100n < own * MINT_PERCENT) continue
      told.add(key)
      found.push({
        severity: 'danger',
        tx: transfer.tx,
        logIndex: transfer.logIndex,
        ordinal: transfer.ordinal,
        subjects: [token, from],
        token,
        amount: sum,
        params: { token, seller: from, percent: String((sum * 100n) / own) },
        causes: [],
      })
    }
    return found
  },
}

function mintedOf(window: Parameters<ChainRule['run']>[0]['window'], token: string): bigint {
  let sum = 0n
  for (const block of window.blocks) {
    for (const [key, amount] of block.minted) if (key.startsWith(`${token} `)) sum += amount
  }
  return sum
}

function isCreatedIn(block: Parameters<ChainRule['run']>[0]['block'], token: string): boolean {
  return block.events.some((event) => event.kind === 'created' && event.spender === token)
}

/** The issuer of a stablecoin froze, released or destroyed what an address holds. */
export const issuerFreeze: ChainRule = {
  id: 'issuer.freeze',
  version: '1',
  summary: 'The issuer of a token froze an address, released it, or destroyed what it held.',
  run({ block }) {
    return block.events.flatMap((event, ordinal): RuleFinding[] => {
      const { kind, owner } = event
      if (kind !== 'freeze' && kind !== 'unfreeze' && kind !== 'destroyed_funds') return []
      if (owner === null) return []
      return [
        {
          severity: kind === 'unfreeze' ? 'info' : 'warning',
          tx: event.tx,
          logIndex: event.logIndex,
          ordinal,
          subjects: [owner],
          token: event.contract,
          amount: event.amount,
          params: { address: owner, what: kind },
          causes: [],
        },
      ]
    })
  },
}
