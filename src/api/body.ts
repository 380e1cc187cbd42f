import { LIMITS } from '../base/limits.ts'
import { ProblemError } from './problem.ts'

/**
 * The JSON body, counted as it arrives: `Content-Length` may be missing or wrong. Throws the
 * problems `request.media_type`, `request.too_large` and `request.not_json`. With
 * `hasExactNumbers` each number is the text that stands in the body: `0.10` stays `0.10`.
 */
export async function readJson(
  request: Request,
  { hasExactNumbers = false }: { readonly hasExactNumbers?: boolean } = {},
): Promise<unknown> {
  const mediaType = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase()
  const encoding = request.headers.get('content-encoding') ?? 'identity'
  if (mediaType !== 'application/json' || encoding !== 'identity') {
    throw new ProblemError('request.media_type', 'The body must be plain application/json.')
  }
  if (Number(request.headers.get('content-length') ?? 0) > LIMITS.bodyBytesMax) throw tooLarge()
  const chunks: Uint8Array[] = []
  let bytes = 0
  if (request.body !== null) {
    for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
      bytes += chunk.length
      if (bytes > LIMITS.bodyBytesMax) throw tooLarge()
      chunks.push(chunk)
    }
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks))
    return hasExactNumbers ? JSON.parse(text, asWritten) : JSON.parse(text)
  } catch {
    throw new ProblemError('request.not_json', 'The body is not JSON in UTF-8.')
  }
}

/** ECMA-262's third argument of a reviver, which the type library does not know yet. */
function asWritten(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  return typeof value === 'number' ? (context?.source ?? String(value)) : value
}

function tooLarge(): ProblemError {
  return new ProblemError('request.too_large', 'The body is larger than allowed.', {
    params: { bytesMax: LIMITS.bodyBytesMax },
    // What is still on its way is not read; the connection ends with the answer.
    headers: { connection: 'close' },
  })
}
