import type { ChainBlock, ChainId, ChainTransaction, ChainTransfer } from '../types.ts'
import { inconsistentBlock, sha256d } from './bytes.ts'
import { merkleRoot } from './merkle.ts'
import type { BitcoinNetwork } from './network.ts'
import { inputAddress } from './reveal.ts'
import { scriptAddress } from './script.ts'

export interface BitcoinOutput {
  readonly amount: bigint
  readonly script: Uint8Array
}

export interface BitcoinInput {
  /** `txid:index` of the output that is spent; null for newly made coins. */
  readonly spends: string | null
  readonly script: Uint8Array
  readonly witness: readonly Uint8Array[]
  /** The spent output, where the source of the block tells it. */
  readonly output: BitcoinOutput | null
}

export interface BitcoinTransaction {
  /** In the order of the bytes, as the Merkle tree holds them. */
  readonly id: Uint8Array
  /** Hash with the witness; null where the source does not tell it. */
  readonly witnessId: Uint8Array | null
  /** `id` as it is written. */
  readonly text: string
  readonly inputs: readonly BitcoinInput[]
  readonly outputs: readonly BitcoinOutput[]
}

export interface BitcoinBlock {
  readonly number: number
  readonly hash: string
  readonly parent: string
  readonly at: number
  readonly merkleRoot: Uint8Array
  readonly transactions: readonly BitcoinTransaction[]
}

/**
 * A block as flows. Transaction ids must give the Merkle root of the header, and hashes with
 * witnesses the root that the first transaction commits to (BIP-141); otherwise
 * `chain.block_inconsistent`. Of one transaction first the inputs stand (`to` null), then the
 * outputs (`from` null). An input has an address where its output is known or what unlocks it
 * shows it, and an amount only where its output is known: in this block, or told by the source.
 */
export function bitcoinFlows(
  block: BitcoinBlock,
  chain: ChainId,
  network: BitcoinNetwork,
): ChainBlock {
  checkRoots(block)
  const known = new Map<string, BitcoinOutput>()
  const transfers: ChainTransfer[] = []
  let inputs = true
  const transactions = block.transactions.map((tx, index): ChainTransaction => {
    const place = { tx: tx.text, txIndex: index }
    const senders = new Set<string | null>()
    for (const input of tx.inputs) {
      if (input.spends === null) continue
      const output = input.output ?? known.get(input.spends) ?? null
      if (output === null) inputs = false
      const from =
        output === null
          ? inputAddress(input.script, input.witness, network)
          : scriptAddress(output.script, network)
      senders.add(from)
      // Nothing is known of an input without address and amount.
      if (from === null && output === null) continue
      const amount = output?.amount ?? null
      transfers.push(flow({ ...place, ordinal: transfers.length, from, to: null, amount }))
    }
    for (const [i, { amount, script }] of tx.outputs.entries()) {
      known.set(`${tx.text}:${i}`, { amount, script })
      const to = scriptAddress(script, network)
      transfers.push(flow({ ...place, ordinal: transfers.length, from: null, to, amount }))
    }
    return {
      hash: tx.text,
      index,
      from: senders.size === 1 ? ([...senders][0] ?? null) : null,
      to: null,
      value: tx.outputs.reduce((sum, { amount }) => sum + amount, 0n),
      status: 'success',
      selector: null,
      created: null,
    }
  })
  const { number, hash, parent, at } = block
  const coverage = { receipts: true, logs: true, traces: true, inputs }
  return { chain, number, hash, parent, at, transactions, transfers, events: [], coverage }
}

type Flow = Pick<ChainTransfer, 'ordinal' | 'from' | 'to' | 'amount' | 'tx' | 'txIndex'>

function flow(fields: Flow): ChainTransfer {
  return {
    standard: 'utxo',
    token: null,
    tokenId: null,
    logIndex: null,
    isInternal: false,
    ...fields,
  }
}

function checkRoots({ transactions, merkleRoot: stated }: BitcoinBlock): void {
  const root = merkleRoot(transactions.map(({ id }) => id))
  if (Buffer.compare(root, stated) !== 0) throw inconsistentBlock('merkleroot')
  const [first] = transactions
  const commitment = first === undefined ? undefined : commitmentOf(first)
  const reserved = first?.inputs[0]?.witness[0]
  if (commitment === undefined || reserved?.length !== 32) return
  const ids = transactions.map(({ witnessId }) => witnessId)
  if (ids.includes(null)) return
  const hashes = ids.map((id, i) => (i === 0 || id === null ? new Uint8Array(32) : id))
  const witness = sha256d(Buffer.concat([merkleRoot(hashes), reserved]))
  if (Buffer.compare(witness, commitment) !== 0) throw inconsistentBlock('witness')
}

/** BIP-141: the last output of the first transaction that begins so counts. */
function commitmentOf({ outputs }: BitcoinTransaction): Uint8Array | undefined {
  return outputs
    .map(({ script }) => Buffer.from(script))
    .filter((script) => script.length >= 38 && script.toString('hex', 0, 6) === '6a24aa21a9ed')
    .at(-1)
    ?.subarray(6, 38)
}
