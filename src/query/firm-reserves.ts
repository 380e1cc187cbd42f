import { exchangeKey } from '../model/key.ts'
import type { Evidence } from '../score/risk/types.ts'
import type { EvidenceReader, TimedEvidence } from './evidence.ts'

/** Wallets of one firm that are read: that there are some is what counts. */
const WALLETS_MAX = 20
const NAMES_MAX = 10

/**
 * Wallets that are published as the reserves of an exchange which one of the firm's records is: by
 * the ids that the actor pack itself names for the other list, or its own id where that is the
 * actor's name. An actor that is no exchange has no reserves.
 */
export async function reservesOf(
  reader: EvidenceReader,
  evidence: readonly Evidence[],
  seq: number,
): Promise<readonly TimedEvidence[]> {
  const wallets: TimedEvidence[] = []
  for (const name of exchangesOf(evidence)) {
    for (const wallet of await reader.byKey(`v:${name}`, seq)) {
      if (wallets.length >= WALLETS_MAX) return wallets
      wallets.push(wallet)
    }
  }
  return wallets
}

function exchangesOf(evidence: readonly Evidence[]): readonly string[] {
  const names = new Set<string>()
  for (const { prop, value, entity, source } of evidence) {
    if (prop !== 'actor' || source.kind !== 'actors') continue
    const { categories, defilama_ids: ids } = membersOf(value)
    if (!textsOf(categories).includes('exchange')) continue
    for (const id of textsOf(ids)) names.add(exchangeKey(id))
    const own = exchangeKey(entity.slice(entity.indexOf(':') + 1))
    // An id that is not the actor's name may be the name of another exchange.
    const isName = evidence.some(
      (item) => item.entity === entity && item.prop === 'name' && exchangeKey(item.value) === own,
    )
    if (isName) names.add(own)
  }
  return [...names].sort().slice(0, NAMES_MAX)
}

function membersOf(value: string): Readonly<Record<string, unknown>> {
  try {
    const json: unknown = JSON.parse(value)
    return typeof json === 'object' && json !== null ? (json as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
}
