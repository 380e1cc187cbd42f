import type { Context, MiddlewareHandler } from 'hono'

/**
 * The pages hold no script, no inline style and no foreign content, so the policy allows none:
 * a hole in escaping would still not run anything. `img-src data:` is for the icon in the head.
 */
const POLICY =
  "default-src 'none'; style-src 'self'; img-src 'self' data:; manifest-src 'self'; " +
  "form-action 'self'; " +
  "base-uri 'none'; frame-ancestors 'none'"
/** Pages with an island: a file of this installation may run, and may ask this installation. */
const ISLAND_POLICY = `${POLICY}; script-src 'self'; connect-src 'self'; worker-src 'self'`

const HEADERS: readonly (readonly [string, string])[] = [
  ['x-content-type-options', 'nosniff'],
  ['x-frame-options', 'DENY'],
  // What was asked stays here: a followed source does not learn the question. Not `no-referrer`,
  // under which a browser would send the form's own origin as `null`.
  ['referrer-policy', 'same-origin'],
  ['cross-origin-opener-policy', 'same-origin'],
  ['cross-origin-resource-policy', 'same-origin'],
  ['permissions-policy', 'camera=(), geolocation=(), microphone=(), payment=()'],
]

/** For the one page that is being answered, and only when it has an island. */
export function allowIslands(c: Context): void {
  c.header('content-security-policy', ISLAND_POLICY)
}

/** For a picture, which a messenger in a browser shows on its own page. */
export function allowEmbedding(c: Context): void {
  c.header('cross-origin-resource-policy', 'cross-origin')
}

/**
 * The security headers of every answer of the pages, errors included. They are set before the page
 * is made: a finished answer that is opened again for one more header is copied as a whole.
 */
export const securityHeaders: MiddlewareHandler = async (c, next) => {
  for (const [name, value] of HEADERS) c.header(name, value)
  c.header('content-security-policy', POLICY)
  await next()
}

/**
 * True when a form was sent by a page of this installation. Browsers say so themselves
 * (Fetch Metadata); older ones send `Origin`, whose host must then be the host that was asked.
 * A client that sends neither is not a browser, and cannot be made to ask by a foreign page.
 */
export function isOwnForm(headers: Headers): boolean {
  const site = headers.get('sec-fetch-site')
  if (site !== null) return site === 'same-origin' || site === 'none'
  const origin = headers.get('origin')
  if (origin === null) return true
  if (!URL.canParse(origin)) return false
  return new URL(origin).host === headers.get('host')
}
