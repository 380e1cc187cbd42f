import { hash } from 'node:crypto'
import { assert } from './assert.ts'

export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json | undefined }

/**
 * Canonical JSON of RFC 8785: keys in UTF-16 order, no white space, one spelling per value.
 * `undefined` members are left out. Numbers must be safe integers: amounts are strings.
 */
export function canonicalJson(value: Json): string {
  if (value === null) return 'null'
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value.isWellFormed() ? value : value.toWellFormed())
    case 'boolean':
      return value ? 'true' : 'false'
    case 'number':
      assert(Number.isSafeInteger(value), 'canonical JSON takes safe integers only')
      return String(value)
  }
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  const record = value as { readonly [key: string]: Json | undefined }
  let out = ''
  for (const key of Object.keys(record).sort()) {
    const member = record[key]
    if (member === undefined) continue
    out += `${out === '' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(member)}`
  }
  return `{${out}}`
}

/**
 * Fields joined so that no two different lists give the same text: each is a netstring
 * (`<bytes>:<text>,`), an absent one is `-,`.
 */
export function lengthPrefixed(fields: readonly (string | undefined)[]): string {
  let out = ''
  for (const field of fields) {
    out += field === undefined ? '-,' : `${Buffer.byteLength(field)}:${field},`
  }
  return out
}

/** SHA-256 as 64 lower-case hex digits. */
export function sha256Hex(data: string | Uint8Array): string {
  return hash('sha256', data, 'hex')
}
