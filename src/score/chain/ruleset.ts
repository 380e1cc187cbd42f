import { lengthPrefixed, sha256Hex } from '../../base/encode.ts'
import type { AlertRow, ChainBlock } from '../../chain/types.ts'
import { drainerApproval } from './approval.ts'
import {
  mixerCounterparty,
  mixerFunded,
  sanctionedCounterparty,
  scamCounterparty,
  stolenFunds,
} from './counterparty.ts'
import { issuerFreeze, liquidityPulled, mintAndDump } from './liquidity.ts'
import { poisoning } from './poisoning.ts'
import { largeTransfer, outflowBurst, structuredTransfers } from './size.ts'
import type { ChainRule, PastFacts, RuleContext, RuleFinding, Wanted } from './types.ts'

/** Every rule that looks at every block, in the order in which their alerts are told. */
export const CHAIN_RULES: readonly ChainRule[] = [
  sanctionedCounterparty,
  stolenFunds,
  scamCounterparty,
  mixerCounterparty,
  mixerFunded,
  poisoning,
  drainerApproval,
  liquidityPulled,
  mintAndDump,
  issuerFreeze,
  outflowBurst,
  structuredTransfers,
  largeTransfer,
]

/** Alerts that one block may raise by one rule: a spam block does not fill the store. */
export const ALERTS_PER_RULE_MAX = 1_000

/** What the rules ask of the past, for one look-up before they run. */
export function wantedOf(
  rules: readonly ChainRule[],
  context: Omit<RuleContext, 'past'>,
): Required<Wanted> {
  const seen = new Set<string>()
  const counterparties = new Set<string>()
  for (const rule of rules) {
    const wanted = rule.wants?.(context)
    for (const address of wanted?.seen ?? []) seen.add(address)
    for (const address of wanted?.counterparties ?? []) counterparties.add(address)
  }
  return { seen: [...seen], counterparties: [...counterparties] }
}

export const NO_PAST: PastFacts = { hasSeen: () => false, counterparties: () => [] }

/** An alert before its statements are known. */
export interface DraftAlert extends Omit<AlertRow, 'statements'> {
  /** Addresses, in the chain's text, whose statements made the rule fire. */
  readonly causes: readonly string[]
}

/** Runs rules over one block. Equal inputs give equal alerts with equal ids. */
export function judgeBlock(
  rules: readonly ChainRule[],
  context: RuleContext,
): readonly DraftAlert[] {
  const alerts: DraftAlert[] = []
  for (const rule of rules) {
    const findings = rule.run(context).slice(0, ALERTS_PER_RULE_MAX)
    for (const finding of findings) alerts.push(alertOf(rule, finding, context))
  }
  return alerts
}

function alertOf(rule: ChainRule, finding: RuleFinding, { block, asset }: RuleContext): DraftAlert {
  const { token, tx, logIndex, amount, params, severity, causes } = finding
  const facts = token === undefined ? undefined : asset(token)
  return {
    id: alertId(rule, finding, block),
    state: 'provisional',
    rule: rule.id,
    ruleVersion: rule.version,
    severity,
    chain: block.chain,
    block: block.number,
    blockHash: block.hash,
    tx,
    logIndex,
    subjects: [...new Set(finding.subjects)].map((address) => `${block.chain}:${address}`),
    asset: token === undefined ? null : assetId(block.chain, token),
    amount,
    decimals: facts?.decimals ?? null,
    params: facts === undefined ? params : { ...params, symbol: facts.symbol },
    at: block.at,
    supersedes: null,
    causes,
  }
}

function alertId(rule: ChainRule, finding: RuleFinding, block: ChainBlock): string {
  const { tx, logIndex, ordinal, subjects } = finding
  return sha256Hex(
    lengthPrefixed([
      rule.id,
      rule.version,
      block.chain,
      block.hash,
      tx ?? undefined,
      String(logIndex ?? `#${ordinal}`),
      subjects[0],
      finding.params.side,
    ]),
  )
}

/** CAIP-19; the coin of an EVM chain is `slip44:60`, of Bitcoin `slip44:0`. */
export function assetId(chain: string, token: string | null): string {
  if (token !== null) return `${chain}/erc20:${token}`
  return `${chain}/slip44:${chain.startsWith('eip155:') ? '60' : '0'}`
}
