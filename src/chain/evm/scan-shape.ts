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
  'type',
  'chainId',
  'gasPrice',
  'maxFeePerGas',
  'maxPriorityFeePerGas',
  'v',
  'yParity',
  'r',
  's',
  'accessList',
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
  /** The whole of it. */
  object: 20,
  type: 22,
  chainId: 24,
  gasPrice: 26,
  maxFee: 28,
  maxPriorityFee: 30,
  v: 32,
  parity: 34,
  r: 36,
  s: 38,
  accessList: 40,
  fields: 42,
} as const
/** Characters of hashes and addresses, by slot; all of them are decoded later. */
export const T_LENGTHS = [66, 42, 42, 0, 0, 0, 0, 66, ...new Array<number>(13).fill(0)]
export const RECEIPT = shapeOf([
  'transactionHash',
  'status',
  'contractAddress',
  'gasUsed',
  'blockHash',
  'blockNumber',
  'transactionIndex',
  'logs',
  'type',
  'cumulativeGasUsed',
  'logsBloom',
  'from',
  'to',
])
export const R = {
  tx: 0,
  status: 2,
  contract: 4,
  gasUsed: 6,
  blockHash: 8,
  blockNumber: 10,
  index: 12,
  type: 16,
  gasSum: 18,
  bloom: 20,
  from: 22,
  to: 24,
  fields: 26,
} as const
export const R_LENGTHS = [66, 0, 42, 0, 66, 0, 0, 0, 0, 0, 0, 0, 0]
/** Where a receipt is compared with its transaction the last two are decoded too. */
export const R_PAIR_LENGTHS = [...R_LENGTHS.slice(0, 11), 42, 42]
/** Where roots are proven, so is the filter. */
export const R_ROOT_LENGTHS = [...R_LENGTHS.slice(0, 10), 514, 42, 42]
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
  'transactionIndex',
])
