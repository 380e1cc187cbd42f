import { AppError } from '../../base/error.ts'
import { LIMITS } from '../../base/limits.ts'
import type { InputFile } from '../crawl.ts'

/** More than one replacement character in a hundred: the file is in another encoding. */
const REPLACED_SHARE_MAX = 0.01

interface TextOptions {
  /**
   * The file is a web page: it may begin as one, and `<meta charset>` tells its encoding (HTML
   * Living Standard §13.2.3.2).
   */
  readonly isHtml?: boolean
}

/**
 * The file's text in pieces: BOM stripped, UTF-8 or (by its BOM) UTF-16. Bytes that are not text
 * become U+FFFD, which the caller notes per row; a file full of them is refused.
 */
export async function* textChunks(
  file: InputFile,
  { isHtml = false }: TextOptions = {},
): AsyncIterable<string> {
  let decoder: InstanceType<typeof TextDecoder> | undefined
  let chars = 0
  let replaced = 0
  let isFirst = true
  for await (const chunk of file.open()) {
    if (chunk.length === 0) continue
    decoder ??= decoderOf(chunk, isHtml)
    const text = decoder.decode(chunk, { stream: true })
    chars += text.length
    replaced += countReplaced(text)
    if (chars > 65_536) refuseWrongEncoding(file, chars, replaced)
    if (text === '') continue
    if (isFirst && !isHtml) refuseOtherFormat(file, text)
    isFirst = false
    yield text
  }
  const rest = decoder?.decode() ?? ''
  refuseWrongEncoding(file, chars + rest.length, replaced + countReplaced(rest))
  if (chars + rest.length === 0) throw new AppError('source.empty', `${file.name} is empty.`)
  if (rest !== '') yield rest
}

/** The whole text, for formats that have no streaming reader; bounded by `charsMax`. */
export async function wholeText(
  file: InputFile,
  charsMax: number = LIMITS.sourceBytesMax / 4,
  options: TextOptions = {},
): Promise<string> {
  const parts: string[] = []
  let length = 0
  for await (const part of textChunks(file, options)) {
    length += part.length
    if (length > charsMax) throw tooLarge(file, charsMax)
    parts.push(part)
  }
  return parts.join('')
}

function tooLarge(file: InputFile, max: number): AppError {
  return new AppError('source.too_large', `${file.name} is larger than its limit.`, {
    params: { max },
  })
}

export function malformed(file: InputFile, what: string, cause?: unknown): AppError {
  return new AppError('source.malformed', `${file.name}: ${what}`, { cause })
}

/** An HTML page where a list was expected is an error page or a bot challenge, never an empty list. */
function refuseOtherFormat(file: InputFile, text: string): void {
  if (/^\s*<(!doctype\s+html|html|head|script)\b/i.test(text)) {
    throw new AppError('source.html_instead', `${file.name} is an HTML page, not the list.`)
  }
}

function refuseWrongEncoding(file: InputFile, chars: number, replaced: number): void {
  if (replaced > 8 && replaced > chars * REPLACED_SHARE_MAX) {
    throw new AppError('source.encoding', `${file.name} is not UTF-8 text.`)
  }
}

type Decoder = InstanceType<typeof TextDecoder>

/** How far into a page browsers look for `<meta charset>`. */
const META_BYTES_MAX = 1_024
const META_CHARSET = /<meta[^>]{0,200}charset\s*=\s*["']?\s*([A-Za-z0-9_:-]{2,40})/i

function decoderOf(chunk: Uint8Array, isHtml: boolean): Decoder {
  const byMark = encodingOf(chunk)
  if (!isHtml || byMark !== 'utf-8') return new TextDecoder(byMark)
  const head = Buffer.from(chunk.subarray(0, META_BYTES_MAX)).toString('latin1')
  const label = META_CHARSET.exec(head)?.[1]?.toLowerCase()
  // A page that names UTF-16 in ASCII letters is not UTF-16 (same section of the standard).
  if (label === undefined || label.startsWith('utf-16')) return new TextDecoder()
  try {
    return new TextDecoder(label)
  } catch {
    return new TextDecoder()
  }
}

function encodingOf(chunk: Uint8Array): string {
  if (chunk[0] === 0xff && chunk[1] === 0xfe) return 'utf-16le'
  if (chunk[0] === 0xfe && chunk[1] === 0xff) return 'utf-16be'
  return 'utf-8'
}

function countReplaced(text: string): number {
  let count = 0
  for (let at = text.indexOf('\uFFFD'); at !== -1; at = text.indexOf('\uFFFD', at + 1)) count += 1
  return count
}
