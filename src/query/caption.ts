import type { EntityId } from '../model/statement.ts'
import type { Evidence } from '../score/risk/types.ts'

/** The order in which a source's names become the caption: its own, then its strongest alias. */
const NAME_PROPS = ['name', 'alias', 'previousName', 'weakAlias'] as const

/** What an entity is called: by what is held now, else by what was. */
export function captionOf(evidence: readonly Evidence[], id: EntityId): string {
  const names = NAME_PROPS.flatMap((prop) => evidence.filter((item) => item.prop === prop))
  const name = names.find(isHeld) ?? names.toSorted(byLastHeld)[0]
  if (name !== undefined) return name.value
  for (const { prop, json } of evidence) {
    const said = prop === 'tag' ? json.label : (json.name ?? json.host ?? json.url ?? json.address)
    if (typeof said === 'string' && said !== '') return said
  }
  // No name in the files that were read: the source's own key says which entry it is.
  return id.slice(id.indexOf(':') + 1)
}

export function schemaOf(evidence: readonly Evidence[]): string {
  const said = evidence.find((item) => item.prop === 'schema' && isHeld(item))
  if (said !== undefined) return said.value
  const ever = evidence.find((item) => item.prop === 'schema')?.value
  const isWallet = evidence.some(
    ({ prop, json }) => (prop === 'tag' || prop === 'listed') && typeof json.address === 'string',
  )
  return ever ?? (isWallet ? 'CryptoWallet' : 'Thing')
}

export function countriesOf(evidence: readonly Evidence[]): readonly string[] {
  const countries = new Set<string>()
  for (const wanted of ['country', 'jurisdiction', 'nationality']) {
    for (const { prop, value } of evidence) if (prop === wanted) countries.add(value)
  }
  return [...countries]
}

function isHeld({ intervals }: Evidence): boolean {
  return intervals.some((interval) => interval.to === null)
}

/** Of what is no longer held, what was held last comes first. */
function byLastHeld(a: Evidence, b: Evidence): number {
  const lastDay = ({ intervals }: Evidence) =>
    intervals
      .map(({ to }) => to ?? '')
      .sort()
      .at(-1)
  return (lastDay(b) ?? '').localeCompare(lastDay(a) ?? '')
}
