import type { BatchBytes } from '../decode-batch.ts'
import type { Wanted } from '../endpoint-check.ts'
import { checkHeader } from './header.ts'
import {
  type BlockSpan,
  scanBlockHere,
  scannedHash,
  scannedNumber,
  scanReceiptsHere,
} from './scan.ts'
import { ABSENT, countAt, GIVE_UP, JsonScan, shapeOf } from './scan-json.ts'
import { ScanProof } from './scan-proof.ts'
import { type RpcObject, readHash } from './value.ts'

const ENTRY = shapeOf(['result', 'error', 'id'])
const ID = new Int32Array(2)
const proof = new ScanProof()

/**
 * The packed blocks of one answer, scanned and proven where they lie; null where anything is
 * unusual or wrong: then the slow path reads the same bytes. Only of chains whose headers verify.
 */
export function scanBatch({ chain, roots, wanted, ids, body }: BatchBytes): Buffer[] | null {
  try {
    const scan = new JsonScan(body)
    const packed: Buffer[] = []
    scan.expect(0x5b)
    for (const [i, want] of wanted.entries()) {
      proof.clear(roots)
      let header: RpcObject = {}
      entry(scan, ids[2 * i], () => {
        header = headerOf(body, scanBlockHere(scan, proof))
        if (checkHeader(chain, header) !== 'verified') throw GIVE_UP
        checkWanted(want)
      })
      if (!scan.more(0x5d)) throw GIVE_UP
      entry(scan, ids[2 * i + 1], () => {
        packed.push(scanReceiptsHere(scan, body, chain))
      })
      checkRoots(header, roots)
      if (scan.more(0x5d) !== i + 1 < wanted.length) throw GIVE_UP
    }
    if (!Number.isNaN(scan.peek() ?? Number.NaN)) throw GIVE_UP
    return packed
  } catch {
    // Giving up, and what the code of the slow path throws for fields that it shares.
    return null
  }
}

/** One answer of the batch, which has to stand in the order of the calls. */
function entry(scan: JsonScan, id: number | undefined, read: () => void): void {
  let [results, member] = [0, 0]
  ID.fill(ABSENT)
  scan.expect(0x7b)
  if (scan.isEmpty(0x7d)) throw GIVE_UP
  do {
    const slot = scan.key(ENTRY, member++)
    if (slot === 0) {
      results += 1
      read()
    } else if (slot === 1) throw GIVE_UP
    else if (slot === 2) scan.field(ID, 0)
    else scan.skip()
  } while (scan.more(0x7d))
  const isText = scan.bytes[(ID[0] as number) - 1] === 0x22
  if (results !== 1 || isText || countAt(scan.bytes, ID, 0) !== id) throw GIVE_UP
}

/** The block without its transactions, which alone are long. */
function headerOf(body: Uint8Array, { start, listStart, listEnd, end }: BlockSpan): RpcObject {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength)
  const head = bytes.toString('utf8', start, listStart)
  return JSON.parse(`${head}[]${bytes.toString('utf8', listEnd, end)}`) as RpcObject
}

function checkWanted({ number, hash }: Wanted): void {
  if (scannedNumber() !== number) throw GIVE_UP
  if (hash !== null && `0x${Buffer.from(scannedHash()).toString('hex')}` !== hash) throw GIVE_UP
}

function checkRoots(header: RpcObject, wantsRoots: boolean): void {
  if (wantsRoots) {
    const [transactions, receipts] = [header.transactionsRoot, header.receiptsRoot].map((root) =>
      readHash(root, 'root').slice(2),
    )
    if (!proof.hasRoots(transactions ?? '', receipts ?? '')) throw GIVE_UP
    return
  }
  const { logsBloom } = header
  if (logsBloom === undefined || logsBloom === null) return
  const isEmpty = typeof logsBloom === 'string' && /^0x0*$/.test(logsBloom)
  if (proof.logs === 0 && !isEmpty) throw GIVE_UP
}
