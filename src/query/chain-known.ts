import type { ChainId } from '../chain/types.ts'
import { KEY } from '../model/key.ts'
import { classesOfStatement } from '../model/screen-class.ts'
import { classNames } from '../model/screening-book.ts'
import type { Verdict, VerdictValue } from '../model/verdict.ts'
import { coinFacts, tokenFacts } from '../score/chain/asset.ts'
import type { AssetFacts } from '../score/chain/types.ts'
import { standingOf } from '../score/risk/validity.ts'
import type { AssetView, PartyView, TokenAnswer } from './chain-types.ts'
import { assetOf } from './chain-view.ts'
import type { TimedEvidence } from './evidence.ts'
import { Lru } from './lru.ts'
import type { Session } from './session.ts'
import type { SessionKeeper } from './session-keeper.ts'
import type { Queries } from './types.ts'

const ASSETS_KEPT = 20_000
const PARTIES_KEPT = 20_000
const RANK: readonly VerdictValue[] = ['danger', 'warning', 'unknown', 'no_adverse_evidence']

interface ChainFacts {
  readonly name: string
  readonly symbol: string | null
  readonly decimals: number | null
  readonly explorers: readonly string[]
}

/** What lists say of addresses, tokens and chains, remembered while nothing is committed. */
export class ChainKnowledge {
  readonly #keeper: SessionKeeper
  readonly #check: Queries['check']
  readonly #assets = new Lru<string, AssetView>(ASSETS_KEPT)
  readonly #parties = new Lru<string, { classes: number; party: PartyView }>(PARTIES_KEPT)
  readonly #chains = new Map<ChainId, ChainFacts>()
  #seq = -1

  constructor(keeper: SessionKeeper, check: Queries['check']) {
    this.#keeper = keeper
    this.#check = check
  }

  async #session(): Promise<Session> {
    const session = await this.#keeper.session({})
    if (session.view.seq !== this.#seq) {
      this.#seq = session.view.seq
      this.#assets.clear()
      this.#parties.clear()
      this.#chains.clear()
    }
    return session
  }

  /** Symbol, name and decimals by the token lists; nulls where none carries it. */
  async asset(chain: ChainId, token: string | null): Promise<AssetView> {
    const session = await this.#session()
    const id = assetOf(chain, token)
    const known = this.#assets.get(id)
    if (known !== undefined) return known
    const view = token === null ? await this.#coin(chain) : await this.#token(session, id)
    this.#assets.set(id, view)
    return view
  }

  async #coin(chain: ChainId): Promise<AssetView> {
    const facts = await this.chain(chain)
    const own = coinFacts(chain)
    return {
      id: assetOf(chain, null),
      symbol: own?.symbol ?? facts.symbol,
      name: own === undefined ? facts.symbol : facts.symbol,
      decimals: own?.decimals ?? facts.decimals ?? (chain.startsWith('eip155:') ? 18 : null),
    }
  }

  async #token(session: Session, id: string): Promise<AssetView> {
    const [row] = await this.listings(session, id)
    return row === undefined ? { id, symbol: null, name: null, decimals: null } : viewOf(id, row)
  }

  /** Rows of token lists in force that carry the asset, in the order of the lists' names. */
  async listings(session: Session, id: string): Promise<readonly TimedEvidence[]> {
    const { reader, times, view } = session
    const key = `c:${id}`
    if (view.book?.has(key) === false) return []
    return (await reader.byKey(key, times.seq))
      .filter(
        ({ prop, intervals }) =>
          prop === 'token' && standingOf(intervals, times.day).state === 'active',
      )
      .sort((a, b) => (a.source.dataset < b.source.dataset ? -1 : 1))
  }

  async facts(chain: ChainId, token: string | null): Promise<AssetFacts | undefined> {
    if (token === null) return coinFacts(chain)
    const { symbol, decimals } = await this.asset(chain, token)
    return symbol === null || decimals === null ? undefined : tokenFacts({ symbol, decimals })
  }

  /** Verdict, classes and strongest label of a party. */
  async party(chain: ChainId, account: string): Promise<PartyView> {
    return (await this.#known(chain, account)).party
  }

  async classes(chain: ChainId, account: string): Promise<number> {
    return (await this.#known(chain, account)).classes
  }

  /** Parties, each once, the worst first. */
  async parties(chain: ChainId, accounts: Iterable<string>): Promise<readonly PartyView[]> {
    const found: PartyView[] = []
    for (const account of new Set(accounts)) found.push(await this.party(chain, account))
    return found.sort((a, b) => RANK.indexOf(a.verdict) - RANK.indexOf(b.verdict))
  }

  async #known(chain: ChainId, account: string) {
    const session = await this.#session()
    const address = `${chain}:${account}`
    const known = this.#parties.get(address)
    if (known !== undefined) return known
    const classes = await this.#classes(session, account)
    const verdict = await this.#check({ q: address })
    const party = {
      address,
      verdict: verdict.verdict,
      classes: classNames(classes),
      label: labelOf(verdict),
    }
    const made = { classes, party }
    this.#parties.set(address, made)
    return made
  }

  async #classes({ reader, times, view }: Session, account: string): Promise<number> {
    const key = KEY.address(account)
    if (view.book?.has(key) === false) return 0
    let classes = 0
    for (const { prop, value, source, intervals } of await reader.byKey(key, times.seq)) {
      if (standingOf(intervals, times.day).state !== 'active') continue
      classes |= classesOfStatement({ prop, value, kind: source.kind ?? '' })
    }
    return classes
  }

  /** A chain by the lists of chains; its id where none knows it. */
  async chain(chain: ChainId): Promise<ChainFacts> {
    const { reader, times } = await this.#session()
    const known = this.#chains.get(chain)
    if (known !== undefined) return known
    const entity = await reader.entity(`${CHAINS_DATASET}:${chain}`, times.seq)
    const own = OWN_NAMES[chain]
    // A number that everybody uses for tests is nobody's chain, whoever has registered it.
    const isTest = chain === LOCAL
    const json = isTest ? {} : (entity?.evidence.find(({ prop }) => prop === 'chain')?.json ?? {})
    const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : null)
    const explorers = Array.isArray(json.explorers) ? (json.explorers as unknown[]) : []
    const facts = {
      name: own ?? text(json.name) ?? chain,
      symbol: coinFacts(chain)?.symbol ?? text(json.symbol),
      decimals: typeof json.decimals === 'number' ? json.decimals : null,
      explorers: [
        ...explorers.flatMap((row) => text((row as { url?: unknown } | null)?.url) ?? []),
        ...(OWN_EXPLORERS[chain] ?? []),
      ].filter((url) => /^https:\/\//.test(url)),
    }
    this.#chains.set(chain, facts)
    return facts
  }

  /** Tokens of lists, on this chain, that go by the same folded symbol under another contract. */
  async namesakes(
    asset: Pick<AssetView, 'id' | 'symbol'>,
    fold: (text: string) => string,
  ): Promise<TokenAnswer['namesakes']> {
    if (asset.symbol === null) return []
    const { reader, times } = await this.#session()
    const chain = asset.id.slice(0, asset.id.indexOf('/'))
    const found = new Map<string, AssetView>()
    for (const key of new Set([KEY.symbol(asset.symbol), KEY.symbol(fold(asset.symbol))])) {
      for (const row of await reader.byKey(key, times.seq)) {
        const id = String(row.json.asset ?? '')
        const isOther = row.prop === 'token' && id.startsWith(`${chain}/`) && id !== asset.id
        if (isOther && standingOf(row.intervals, times.day).state === 'active') {
          found.set(id, viewOf(id, row))
        }
      }
    }
    return [...found.values()].slice(0, NAMESAKES_MAX)
  }
}

const NAMESAKES_MAX = 20
const CHAINS_DATASET = 'evm_chains'
const BITCOIN = 'bip122:000000000019d6689c085ae165831e93'
const LOCAL = 'eip155:31337'
const OWN_NAMES: Readonly<Record<string, string>> = {
  [BITCOIN]: 'Bitcoin',
  'bip122:12a765e31ffd4059bada1e25190f6e98': 'Litecoin',
  'bip122:1a91e3dace36e2be3bf030a65679fe82': 'Dogecoin',
  [LOCAL]: 'Local test chain',
}
const OWN_EXPLORERS: Readonly<Record<string, readonly string[]>> = {
  [BITCOIN]: ['https://mempool.space'],
}

function viewOf(id: string, { json }: TimedEvidence): AssetView {
  const { symbol, name, decimals } = json
  const isCount = typeof decimals === 'number' && Number.isInteger(decimals)
  return {
    id,
    symbol: typeof symbol === 'string' && symbol !== '' ? symbol : null,
    name: typeof name === 'string' && name !== '' ? name : null,
    decimals: isCount && decimals >= 0 && decimals <= 255 ? decimals : null,
  }
}

function labelOf({ findings }: Verdict): string | null {
  return findings[0]?.text ?? null
}
