import { keccak256 } from '../base/keccak.ts'
import { instantOf } from '../model/time.ts'
import type { NodeToken } from './chain-ports.ts'
import type { ChainParts } from './chain-rows.ts'
import type { AssetView, TokenAnswer } from './chain-types.ts'
import type { TimedEvidence } from './evidence.ts'

interface AskedToken {
  readonly chain: string
  readonly token: string
  readonly id: string
}

type Present = NonNullable<TokenAnswer['code']>['present'][number]

/**
 * Functions by what they do. Present in code is a fact about the code and no judgement: most
 * issuers of dollars can freeze.
 */
const SIGNATURES: Readonly<Record<Present, readonly string[]>> = {
  mint: ['mint(address,uint256)', 'mint(uint256)', 'issue(uint256)', 'mintTo(address,uint256)'],
  pause: ['pause()', 'unpause()', 'setPaused(bool)'],
  blacklist: [
    'blacklist(address)',
    'addBlackList(address)',
    'isBlackListed(address)',
    'isBlacklisted(address)',
    'addToBlacklist(address)',
    'freeze(address)',
  ],
  fee: [
    'setParams(uint256,uint256)',
    'basisPointsRate()',
    'setTaxes(uint256,uint256)',
    'setTaxFeePercent(uint256)',
    'setFee(uint256)',
    '_taxFee()',
  ],
  upgrade: ['upgradeTo(address)', 'upgradeToAndCall(address,bytes)'],
  burn: ['burn(uint256)', 'burnFrom(address,uint256)', 'redeem(uint256)'],
}
const KINDS = Object.keys(SIGNATURES) as Present[]

/** Selector (the first four bytes of the signature's hash) by what its function does. */
const BY_SELECTOR: ReadonlyMap<string, Present> = new Map(
  KINDS.flatMap((what) =>
    SIGNATURES[what].map((signature) => {
      const hash = Buffer.from(keccak256(Buffer.from(signature)))
      return [hash.toString('hex', 0, 4), what] as const
    }),
  ),
)
/** Events of a token among which its creation is looked for. */
const EVENTS_MAX = 500
const PUSH1 = 0x60
const PUSH4 = 0x63
const PUSH32 = 0x7f

/**
 * What the dispatcher of a contract knows: the constants that its code pushes with PUSH4. Push data
 * is stepped over, so that bytes inside a constant are never read as code.
 */
export function presentIn(code: string): readonly Present[] {
  const bytes = Buffer.from(code.replace(/^0x/, ''), 'hex')
  const found = new Set<Present>()
  for (let at = 0; at < bytes.length; at += 1) {
    const op = bytes[at] as number
    if (op < PUSH1 || op > PUSH32) continue
    const size = op - PUSH1 + 1
    if (op === PUSH4) {
      const what = BY_SELECTOR.get(bytes.toString('hex', at + 1, at + 5))
      if (what !== undefined) found.add(what)
    }
    at += size
  }
  return KINDS.filter((what) => found.has(what))
}

/** Listed, a namesake or unlisted; what its code has; what was seen of it. */
export async function tokenAnswer(
  parts: ChainParts,
  asked: AskedToken,
  fold: (text: string) => string,
  lang = 'en',
): Promise<TokenAnswer> {
  const { ports, known } = parts
  const { chain, token, id } = asked
  const session = await ports.keeper.session({})
  const rows = await known.listings(session, id)
  const onNode = await ports
    .node(chain)
    ?.token(token)
    .catch(() => undefined)
  const listed = await known.asset(chain, token)
  const asset: AssetView = {
    id,
    symbol: listed.symbol ?? onNode?.symbol ?? null,
    name: listed.name ?? onNode?.name ?? null,
    decimals: listed.decimals ?? onNode?.decimals ?? null,
  }
  const namesakes = await known.namesakes(asset, fold)
  const seen = await ports.reader()?.token(chain, token)
  const verdict = await ports.check({ q: `${chain}:${token}`, lang })
  const isWhole = seen !== undefined && (await isSeenWhole(parts, asked))
  const supply = onNode?.supply ?? (isWhole ? seen.supply : null)
  return {
    asset,
    chain,
    address: `${chain}:${token}`,
    standing: standingIn(rows, namesakes, asset),
    lists: rows.map(({ source, id: statement }) => ({
      dataset: source.dataset,
      title: source.title,
      statement,
    })),
    namesakes,
    code: onNode === undefined ? null : codeOf(chain, onNode),
    supply: supply === null ? null : String(supply),
    holders: isWhole ? seen.holders : null,
    transfers: seen?.transfers ?? 0,
    findings: verdict.findings,
    asOf: instantOf(ports.clock.nowMs()),
  }
}

/** Sums over stored transfers are supply and holders only when the token began inside of them. */
async function isSeenWhole({ ports }: ChainParts, { chain, token }: AskedToken): Promise<boolean> {
  const reader = ports.reader()
  if (reader === undefined) return false
  const { rows } = await reader.eventsOf(chain, token, { limit: EVENTS_MAX })
  return rows.some(({ kind, spender }) => kind === 'created' && spender === token)
}

/** Without a symbol nothing can be compared, and without a list there is nothing to compare with. */
function standingIn(
  rows: readonly TimedEvidence[],
  namesakes: readonly AssetView[],
  { symbol }: AssetView,
): TokenAnswer['standing'] {
  if (rows.length > 0) return 'listed'
  if (symbol === null) return 'unchecked'
  return namesakes.length > 0 ? 'namesake' : 'unlisted'
}

function codeOf(chain: string, found: NodeToken): TokenAnswer['code'] {
  const { code, implementationCode, proxy, owner } = found
  const present = new Set([...presentIn(code), ...presentIn(implementationCode ?? '')])
  return {
    size: Math.max(0, code.length / 2 - 1),
    proxy:
      proxy === null
        ? null
        : { kind: proxy.kind, implementation: `${chain}:${proxy.implementation}` },
    owner: owner === null ? null : `${chain}:${owner}`,
    present: KINDS.filter((what) => present.has(what)),
  }
}
