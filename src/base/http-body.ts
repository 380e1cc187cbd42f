import type { IncomingHttpHeaders } from 'node:http'
import { pipeline, type Readable, Transform } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import { AppError } from './error.ts'
import { LIMITS } from './limits.ts'

/** Enough of a page to recognise it. */
const PEEK_BYTES = 16_384
/** Small answers may compress better than any limit on the ratio allows. */
const RATIO_FREE_BYTES = 1_048_576

interface BodyLimits {
  readonly bytesMax: number
  readonly encoding: string | undefined
  readonly length: string | undefined
  /** True when the first bytes show a page that is not the content. */
  readonly refuse: (start: string) => boolean
}

/** The unpacked bytes, counted as they come: neither `Content-Length` nor the encoding is trusted. */
export async function* boundedBody(raw: Readable, limits: BodyLimits): AsyncGenerator<Uint8Array> {
  try {
    if (Number(limits.length ?? 0) > limits.bytesMax) throw tooLarge(limits.bytesMax)
    const packed = { bytes: 0 }
    let unpacked = 0
    for await (const chunk of unpack(raw, limits.encoding, packed)) {
      const isFirst = unpacked === 0
      unpacked += chunk.length
      const isBomb =
        packed.bytes > 0 &&
        unpacked > RATIO_FREE_BYTES &&
        unpacked > packed.bytes * LIMITS.sourceRatioMax
      if (unpacked > limits.bytesMax || isBomb) throw tooLarge(limits.bytesMax)
      if (isFirst && limits.refuse(startOf(chunk))) {
        throw new AppError('fetch.blocked', 'The server asks for a browser instead of answering.', {
          status: 502,
          params: { status: 200 },
        })
      }
      yield chunk
    }
  } finally {
    raw.destroy()
  }
}

function unpack(
  raw: Readable,
  encoding: string | undefined,
  packed: { bytes: number },
): AsyncIterable<Uint8Array> {
  const name = encoding?.trim().toLowerCase() ?? 'identity'
  if (name === 'identity' || name === '') return raw
  const decoder = decoderOf(name)
  if (decoder === undefined) {
    throw new AppError('fetch.network', 'The server uses a compression nobody asked for.', {
      status: 502,
    })
  }
  const counter = new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      packed.bytes += chunk.length
      done(null, chunk)
    },
  })
  // The reader sees a fault of any of the three; pipeline destroys them all.
  return pipeline(raw, counter, decoder, () => {})
}

function decoderOf(name: string): Transform | undefined {
  if (name === 'gzip' || name === 'x-gzip') return createGunzip()
  if (name === 'br') return createBrotliDecompress()
  return name === 'deflate' ? createInflate() : undefined
}

function tooLarge(bytesMax: number): AppError {
  return new AppError('fetch.too_large', 'The answer is larger than allowed.', {
    status: 502,
    params: { bytesMax },
  })
}

function startOf(chunk: Uint8Array): string {
  return Buffer.from(chunk.buffer, chunk.byteOffset, Math.min(chunk.length, PEEK_BYTES)).toString(
    'latin1',
  )
}

/** The start of an error page, for recognising what kind it is. */
export async function peekBytes(body: Readable): Promise<string> {
  let text = ''
  for await (const chunk of body) {
    text += startOf(chunk as Uint8Array)
    if (text.length >= PEEK_BYTES) break
  }
  return text
}

/** Reads the short body of an answer that is not wanted, so that the connection can be used again. */
export async function drain(body: Readable): Promise<void> {
  let bytes = 0
  for await (const chunk of body) {
    bytes += (chunk as Uint8Array).length
    if (bytes > PEEK_BYTES) break
  }
}

/** Phrases of the pages with which content networks ask for a browser. */
const CHALLENGE =
  /just a moment\.\.\.|cf-browser-verification|challenge-platform|attention required! \| cloudflare|_incapsula_resource|captcha-delivery\.com|awswaf|px-captcha|ddos protection by|<title>access denied<\/title>/i

/** True for a page that guards the content instead of giving it. */
export function isChallenge(headers: IncomingHttpHeaders, start: string): boolean {
  return (
    headers['cf-mitigated'] !== undefined ||
    headers['x-amzn-waf-action'] !== undefined ||
    CHALLENGE.test(start)
  )
}
