import { AppError } from '../../base/error.ts'

/** The largest page, feed or text that is read; a news page stays below one. */
export const NEWS_BYTES_MAX = 20_971_520

/** What stands for an encoding in the first bytes of XML and HTML. */
const HEAD_BYTES = 1_024
const XML_DECLARATION = /^[^<]*<\?xml[^>]{0,200}encoding\s*=\s*["']([A-Za-z0-9_:.-]{2,40})["']/i
const META_CHARSET = /<meta[^>]{0,200}charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})/i
const HEADER_CHARSET = /charset\s*=\s*["']?([A-Za-z0-9_:.-]{2,40})/i

export interface Decoded {
  readonly text: string
  readonly notes: readonly string[]
}

/**
 * Bytes as text: a byte order mark decides, then valid UTF-8, then what the answer's header, the
 * XML declaration or the page names, then windows-1252, which gives every byte a letter. Throws
 * `news.too_large` and `news.binary`.
 */
export function decodeNews(bytes: Uint8Array, contentType: string | null): Decoded {
  if (bytes.length > NEWS_BYTES_MAX) {
    throw new AppError('news.too_large', 'The article is larger than 20 MiB.', {
      status: 413,
      params: { max: NEWS_BYTES_MAX },
    })
  }
  const mark = markOf(bytes)
  if (mark !== undefined) return { text: new TextDecoder(mark).decode(bytes), notes: [] }
  const head = Buffer.from(bytes.subarray(0, HEAD_BYTES)).toString('latin1')
  if (head.includes('\0'))
    throw new AppError('news.binary', 'The file holds no text.', { status: 400 })
  const strict = decodeAs('utf-8', bytes, true)
  const named =
    HEADER_CHARSET.exec(contentType ?? '')?.[1] ??
    XML_DECLARATION.exec(head)?.[1] ??
    META_CHARSET.exec(head)?.[1]
  const isPlainUtf8 = strict !== undefined
  if (isPlainUtf8) {
    const isOther = named !== undefined && !/^(?:utf-?8|unicode-1-1-utf-8)$/i.test(named)
    const isAscii = !/[^\0-\x7f]/.test(strict)
    // Bytes that are valid UTF-8 beyond ASCII are UTF-8, whatever a page calls them.
    if (!isOther || !isAscii)
      return { text: strict, notes: isOther && !isAscii ? ['encoding_mislabelled'] : [] }
  }
  const asNamed = named === undefined ? undefined : decodeAs(named, bytes, false)
  if (asNamed !== undefined && !/^utf-?8$/i.test(named ?? '')) return { text: asNamed, notes: [] }
  return { text: decodeAs('windows-1252', bytes, false) ?? '', notes: ['encoding_guessed'] }
}

function markOf(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8'
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  return undefined
}

function decodeAs(label: string, bytes: Uint8Array, fatal: boolean): string | undefined {
  try {
    return new TextDecoder(label, { fatal }).decode(bytes)
  } catch {
    return undefined
  }
}
