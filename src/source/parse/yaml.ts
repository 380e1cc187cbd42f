import { parseDocument } from 'yaml'
import type { InputFile } from '../crawl.ts'
import { malformed, wholeText } from './text.ts'

const YAML_CHARS_MAX = 33_554_432

/** The file as YAML 1.2 data: no tags, no custom types, aliases bounded (a "billion laughs" is refused). */
export async function yaml(file: InputFile): Promise<unknown> {
  const text = await wholeText(file, YAML_CHARS_MAX)
  const document = parseDocument(text, { logLevel: 'silent', schema: 'core', strict: false })
  if (document.errors.length > 0)
    throw malformed(file, 'the YAML is malformed.', document.errors[0])
  try {
    return document.toJS({ maxAliasCount: 100 })
  } catch (error) {
    throw malformed(file, 'the YAML expands beyond its limit.', error)
  }
}
