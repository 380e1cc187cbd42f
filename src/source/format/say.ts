import type { Json } from '../../base/encode.ts'
import { canonicalJson } from '../../base/encode.ts'
import type { EntityId, SourceItem } from '../../model/statement.ts'

export interface Saying {
  /** What the source wrote; left out where it is the value itself. */
  readonly original?: string | undefined
  readonly lang?: string | undefined
}

/** Says one thing after another about one entity, all read from one row. */
export type Say = (prop: string, value: string, saying?: Saying) => SourceItem

/** `about('un_sc_sanctions:1', row)('name', 'A B')` → the item, without empty members. */
export function about(entity: EntityId, row: string): Say {
  return (prop, value, saying = {}) => ({
    entity,
    prop,
    value,
    ...(saying.original !== undefined && saying.original !== value
      ? { original: saying.original }
      : {}),
    ...(saying.lang === undefined ? {} : { lang: saying.lang }),
    row,
  })
}

/** A data-quality note that a reader of the entity should see. */
export function quality(say: Say, code: string, field: string, original: string): SourceItem {
  const value: Json = { code, field, original }
  return say('quality', canonicalJson(value))
}
