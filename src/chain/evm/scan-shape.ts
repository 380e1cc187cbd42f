import { shapeOf } from './scan-json.ts'

/** Which members the scanner reads of each object, and where it keeps them. */
export const ENVELOPE = shapeOf(['result', 'error'])
export const BLOCK = shapeOf(['number', 'hash', 'parentHash', 'timestamp', 'transactions'])
export const B = { number: 0, hash: 2, parent: 4, at: 6, fields: 8 } as const
export const TRANSACTION = shapeOf([
  'hash',
  'from',
  'to',
  'value',
  'input',
  'nonce',
  'gas',
  'blockHash',
  'blockNumber',
  'transactionIndex',
  'calls',
])
/** Two numbers a field: where it begins and ends. */
export const T = {
  hash: 0,
  from: 2,
  to: 4,
  value: 6,
  input: 8,
  nonce: 10,
  gas: 12,
  blockHash: 14,
  blockNumber: 16,
  index: 18,
  fields: 20,
} as const
/** Characters of hashes and addresses, by slot; all of them are decoded later. */
export const T_LENGTHS = [66, 42, 42, 0, 0, 0, 0, 66, 0, 0]
export const RECEIPT = shapeOf([
  'transactionHash',
  'status',
  'contractAddress',
  'gasUsed',
  'blockHash',
  'blockNumber',
  'transactionIndex',
  'logs',
])
export const R = {
  tx: 0,
  status: 2,
  contract: 4,
  gasUsed: 6,
  blockHash: 8,
  blockNumber: 10,
  index: 12,
  fields: 14,
} as const
export const R_LENGTHS = [66, 0, 42, 0, 66, 0, 0]
export const L_LENGTHS = [42, 0, 0, 66, 66, 0]
export const LOG_SHAPE = shapeOf([
  'address',
  'data',
  'logIndex',
  'transactionHash',
  'blockHash',
  'blockNumber',
  'topics',
  'removed',
])
