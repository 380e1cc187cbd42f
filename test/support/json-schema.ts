import { assert } from '../../src/base/assert.ts'

/** The part of JSON Schema that the OpenAPI document uses; an unknown keyword is an error. */
export interface JsonSchema {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: boolean | JsonSchema
  readonly items?: JsonSchema
  /** JSON Schema 2020-12 §10.3.1.1: one schema for each place of a tuple. */
  readonly prefixItems?: readonly JsonSchema[]
  readonly anyOf?: readonly JsonSchema[]
  readonly allOf?: readonly JsonSchema[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly pattern?: string
  readonly minimum?: number
  readonly maximum?: number
}

const KNOWN = new Set(
  `$ref type properties required additionalProperties items prefixItems anyOf allOf enum const pattern minimum
  maximum description example format maxItems maxLength minLength`.split(/\s+/),
)

export interface OpenApi {
  readonly openapi: string
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { readonly schemas: Readonly<Record<string, JsonSchema>> }
}

export interface Operation {
  readonly summary: string
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema: JsonSchema }>> }>
  >
}

/** What does not fit, as `path: reason`. A member that the schema does not name does not fit. */
export function violations(
  document: OpenApi,
  schema: JsonSchema,
  value: unknown,
  path = '$',
): readonly string[] {
  for (const keyword of Object.keys(schema)) {
    assert(KNOWN.has(keyword), `${path}: the validator does not know "${keyword}"`)
  }
  if (schema.$ref !== undefined) {
    const name = schema.$ref.replace('#/components/schemas/', '')
    const target = document.components.schemas[name]
    assert(target !== undefined, `${path}: no schema ${schema.$ref}`)
    return violations(document, target, value, path)
  }
  if (schema.anyOf !== undefined) {
    const all = schema.anyOf.map((option) => violations(document, option, value, path))
    return all.some((found) => found.length === 0) ? [] : all.flat()
  }
  if (schema.allOf !== undefined) {
    const { properties, required } = merged(document, schema.allOf)
    return violations(document, { type: 'object', properties, required }, value, path)
  }
  return [
    ...typeViolations(schema, value, path),
    ...(Array.isArray(value)
      ? value.flatMap((item, n) => {
          const own = schema.prefixItems?.[n] ?? schema.items
          return own === undefined ? [] : violations(document, own, item, `${path}[${n}]`)
        })
      : []),
    ...(isRecord(value) ? memberViolations(document, schema, value, path) : []),
  ]
}

function merged(document: OpenApi, parts: readonly JsonSchema[]) {
  let properties: Record<string, JsonSchema> = {}
  const required: string[] = []
  for (const part of parts) {
    const name = part.$ref?.replace('#/components/schemas/', '')
    const schema = name === undefined ? part : (document.components.schemas[name] ?? {})
    properties = { ...properties, ...schema.properties }
    required.push(...(schema.required ?? []))
  }
  return { properties, required }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function typeViolations(schema: JsonSchema, value: unknown, path: string): readonly string[] {
  const found: string[] = []
  const types = schema.type === undefined ? [] : [schema.type].flat()
  const isOf = (type: string) =>
    type === 'null'
      ? value === null
      : type === 'array'
        ? Array.isArray(value)
        : type === 'object'
          ? isRecord(value)
          : type === 'integer'
            ? Number.isInteger(value)
            : typeof value === type
  if (types.length > 0 && !types.some(isOf)) found.push(`${path}: is not ${types.join(' or ')}`)
  if (schema.enum !== undefined && !schema.enum.includes(value)) {
    found.push(`${path}: ${JSON.stringify(value)} is not one of ${schema.enum.join(', ')}`)
  }
  if (schema.const !== undefined && schema.const !== value) found.push(`${path}: is another value`)
  if (typeof value === 'string' && schema.pattern !== undefined) {
    if (!new RegExp(schema.pattern).test(value)) found.push(`${path}: does not match the pattern`)
  }
  if (typeof value === 'number') {
    if (value < (schema.minimum ?? value) || value > (schema.maximum ?? value)) {
      found.push(`${path}: ${value} is out of bounds`)
    }
  }
  return found
}

function memberViolations(
  document: OpenApi,
  schema: JsonSchema,
  value: Record<string, unknown>,
  path: string,
): readonly string[] {
  const missing = (schema.required ?? []).filter((name) => !Object.hasOwn(value, name))
  const found = missing.map((name) => `${path}.${name}: is missing`)
  for (const [name, member] of Object.entries(value)) {
    const own = schema.properties?.[name]
    const rest = schema.additionalProperties
    if (own !== undefined) found.push(...violations(document, own, member, `${path}.${name}`))
    else if (typeof rest === 'object') {
      found.push(...violations(document, rest, member, `${path}.${name}`))
    } else found.push(`${path}.${name}: is not documented`)
  }
  return found
}
