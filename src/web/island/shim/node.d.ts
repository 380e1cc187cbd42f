/** What the recogniser imports from Node, as the files beside this one give it to a browser. */
declare module 'node:net' {
  export function isIP(text: string): number
}

declare module 'node:url' {
  export function domainToUnicode(host: string): string
}

/** Types that the browser takes stand beside code that it never runs: `base/encode.ts`. */
declare module 'node:crypto' {
  export function hash(algorithm: string, data: string | Uint8Array, encoding: 'hex'): string
}

declare const Buffer: { byteLength(text: string): number }
