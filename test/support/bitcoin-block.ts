import { sha256d } from '../../src/chain/bitcoin/bytes.ts'
import { merkleRoot } from '../../src/chain/bitcoin/merkle.ts'

/** Bytes of invented Bitcoin blocks. Their target is that of a test network: any second hash meets it. */
export interface MadeInput {
  readonly id: Uint8Array
  readonly index: number
  readonly script: Uint8Array
  readonly witness?: readonly Uint8Array[]
}

export interface MadeOutput {
  readonly amount: bigint
  readonly script: Uint8Array
}

const le = (value: number, bytes: number) => {
  const out = Buffer.alloc(bytes)
  out.writeUIntLE(value, 0, Math.min(bytes, 6))
  return out
}

export const sized = (bytes: Uint8Array) => Buffer.concat([compact(bytes.length), bytes])

const compact = (count: number) =>
  count < 0xfd ? le(count, 1) : Buffer.concat([le(0xfd, 1), le(count, 2)])

const amountBytes = (amount: bigint) => {
  const out = Buffer.alloc(8)
  out.writeBigUInt64LE(amount)
  return out
}

/** One transaction: with its witnesses, and without, as its id is made. */
export function makeTransaction(
  inputs: readonly MadeInput[],
  outputs: readonly MadeOutput[],
): { whole: Buffer; id: Uint8Array } {
  const ins = inputs.map(({ id, index, script }) =>
    Buffer.concat([id, le(index, 4), sized(script), le(0xffffffff, 4)]),
  )
  const outs = outputs.map(({ amount, script }) =>
    Buffer.concat([amountBytes(amount), sized(script)]),
  )
  const body = Buffer.concat([compact(ins.length), ...ins, compact(outs.length), ...outs])
  const version = le(2, 4)
  const bare = Buffer.concat([version, body, le(0, 4)])
  const hasWitness = inputs.some(({ witness }) => witness !== undefined)
  const witnesses = inputs.flatMap(({ witness = [] }) => [
    compact(witness.length),
    ...witness.map(sized),
  ])
  const whole = hasWitness
    ? Buffer.concat([version, Buffer.from([0, 1]), body, ...witnesses, le(0, 4)])
    : bare
  return { whole, id: sha256d(bare) }
}

export function coinbase(height: number, outputs: readonly MadeOutput[]) {
  const script = Buffer.concat([Buffer.from([3]), le(height, 3)])
  return makeTransaction([{ id: new Uint8Array(32), index: 0xffffffff, script }], outputs)
}

export interface MadeBlock {
  readonly parent?: Uint8Array
  readonly version?: number
  readonly transactions: readonly { whole: Buffer; id: Uint8Array }[]
}

export function makeBlock({ parent, version = 4, transactions }: MadeBlock): Buffer {
  const header = Buffer.alloc(80)
  header.writeInt32LE(version, 0)
  header.set(parent ?? new Uint8Array(32), 4)
  header.set(merkleRoot(transactions.map(({ id }) => id)), 36)
  header.writeUInt32LE(1_700_000_000, 68)
  header.writeUInt32LE(0x207fffff, 72)
  for (let nonce = 0; (sha256d(header)[31] ?? 0) > 0x7f; nonce++) header.writeUInt32LE(nonce, 76)
  return Buffer.concat([
    header,
    compact(transactions.length),
    ...transactions.map(({ whole }) => whole),
  ])
}

/** Blocks as a node's file holds them. */
export function blockFile(blocks: readonly Uint8Array[], magic = 'f9beb4d9'): Buffer {
  return Buffer.concat(
    blocks.flatMap((block) => [Buffer.from(magic, 'hex'), le(block.length, 4), block]),
  )
}
