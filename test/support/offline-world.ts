import { createHash } from 'node:crypto'
import { fixedClock } from '../../src/base/clock.ts'
import { canonicalJson, type Json } from '../../src/base/encode.ts'
import { newInstanceKey, noteSigner, signNote } from '../../src/ledger/checkpoint.ts'
import type { Dataset } from '../../src/model/dataset.ts'
import { type OfflineContent, writeOfflineBundle } from '../../src/model/offline-bundle.ts'
import { offlineNoteText } from '../../src/model/offline-note.ts'
import { offlineContent } from '../../src/query/offline.ts'
import type { Session } from '../../src/query/session.ts'
import { SessionKeeper } from '../../src/query/session-keeper.ts'
import { englishMessage, type World } from './world.ts'

const ORIGIN = 'custos.test/offline-world'
const signer = noteSigner(newInstanceKey(), ORIGIN)

export interface SignedBundle {
  readonly content: OfflineContent
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly note: string
  readonly vkey: string
}

/** What the lists of a small world say, as an installation would sign and serve it. */
export async function offlineOf(
  world: World,
  list: readonly Dataset[],
): Promise<SignedBundle & { readonly session: Session }> {
  const { ledger, index, holder } = world
  const datasets = new Map(list.map((dataset) => [dataset.name, dataset]))
  const at = holder.current().checkpoint?.at ?? ''
  const keeper = new SessionKeeper({
    ...{ ledger, index, view: holder, datasets },
    ...{ clock: fixedClock(at), message: englishMessage },
  })
  const session = await keeper.session({})
  const content = await offlineContent({
    ...{ session, datasets, keys: index.keys() },
    checkpoint: { origin: ORIGIN, size: 9, root: 'cm9vdA==' },
    onProgress: () => {},
    signal: new AbortController().signal,
  })
  return { ...signedBundle(content), session }
}

export function bytesOf(content: OfflineContent): Uint8Array<ArrayBuffer> {
  return writeOfflineBundle(content, (header) => canonicalJson(header as Json))
}

/** `by`: another key than the installation's own. */
export function signedBundle(content: OfflineContent, by = signer): SignedBundle {
  const bytes = bytesOf(content)
  const { version, at, expires } = content
  const sha256 = createHash('sha256').update(bytes).digest('base64')
  const body = { origin: by.name, version, sha256, bytes: bytes.length, at, expires }
  return { content, bytes, note: signNote(offlineNoteText(body), by), vkey: by.vkey }
}
