import type { InputFile } from '../../src/source/crawl.ts'

export interface BadInput {
  readonly name: string
  /** True: nothing of the list is left, so a parser that stays silent hides a failure. */
  readonly isNoList: boolean
  /** The bad content, made from the good file; undefined where the case does not apply to it. */
  make(file: InputFile): Promise<Uint8Array | undefined>
}

async function bytesOf(file: InputFile): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of file.open()) chunks.push(chunk)
  return Buffer.concat(chunks)
}

const HTML = `<!DOCTYPE html>
<html lang="en"><head><title>Just a moment...</title></head>
<body><h1>503 Service Unavailable</h1><p>Checking your browser.</p></body></html>
`

const EXPANSION = `<?xml version="1.0"?>
<!DOCTYPE lolz [
  <!ENTITY lol "lol">
  <!ENTITY lol1 "&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;">
  <!ENTITY lol2 "&lol1;&lol1;&lol1;&lol1;&lol1;&lol1;&lol1;&lol1;&lol1;&lol1;">
  <!ENTITY file SYSTEM "file:///etc/passwd">
]>
<lolz>&lol2;&file;</lolz>
`

const FORMULA = "=cmd|' /C calc'!A0"
const SCRIPT = '<script>alert(1)</script>'

/** Where a cell or a value stands, by the ending of the file's name. */
const VALUES: Readonly<Record<string, RegExp>> = {
  csv: /(?<=^|,)("[^"\n]{3,}"|[^",\n]{3,})(?=,|\r?$)/gm,
  tsv: /(?<=\t)([^\t\n]+)$/gm,
  json: /(?<=[[:,]\s*)"([^"\n]{3,})"(?=\s*[,\]}])/g,
  jsonl: /(?<=[[:,]\s*)"([^"\n]{3,})"(?=\s*[,\]}])/g,
  xml: /(?<=>)([^<>\n]{3,})(?=<)/g,
  atom: /(?<=>)([^<>\n]{3,})(?=<)/g,
  yaml: /(?<=: |- )([^\n:#]{3,})$/gm,
  yml: /(?<=: |- )([^\n:#]{3,})$/gm,
}

/** Every second value becomes a formula or markup, written as the format writes such a text. */
function injected(name: string, text: string): string {
  const ending = name.slice(name.lastIndexOf('.') + 1)
  const pattern = VALUES[ending]
  if (pattern === undefined) return `${text}\n${FORMULA}\n${SCRIPT}\n`
  const isXml = ending === 'xml' || ending === 'atom'
  let count = 0
  return text.replace(pattern, (whole: string) => {
    count += 1
    if (count % 2 === 0) return whole
    const hostile = count % 4 === 1 ? FORMULA : SCRIPT
    if (isXml) return hostile.replaceAll('<', '&lt;').replaceAll('>', '&gt;')
    return ending === 'tsv' ? hostile : `"${hostile}"`
  })
}

/** Ten times the rows, where the format lets rows follow each other; else ten times the text. */
function multiplied(text: string): string {
  const xml = /^([\s\S]*?<(\w+)[^>]*>[\s\S]*?)(<(\w+)[ >][\s\S]*<\/\4>)(\s*<\/\2>\s*)$/.exec(text)
  if (xml !== null) return (xml[1] ?? '') + (xml[3] ?? '').repeat(10) + (xml[5] ?? '')
  const array = /^(\s*\[)([\s\S]*\S)(\s*\]\s*)$/.exec(text)
  if (array !== null) return `${array[1]}${Array(10).fill(array[2]).join(',')}${array[3]}`
  return text.repeat(10)
}

/** Bytes that are no text, the same in each run. */
function noise(): Uint8Array {
  let state = 42
  return Uint8Array.from({ length: 20_000 }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return state >>> 24
  })
}

export const BAD_INPUTS: readonly BadInput[] = [
  { name: 'an empty file', isNoList: true, make: async () => new Uint8Array() },
  { name: 'white space', isNoList: true, make: async () => Buffer.from('\n  \n\t\n') },
  {
    name: 'a file broken off in the middle',
    isNoList: false,
    async make(file) {
      const bytes = await bytesOf(file)
      return bytes.subarray(0, Math.floor(bytes.length / 2))
    },
  },
  { name: 'an HTML page', isNoList: true, make: async () => Buffer.from(HTML) },
  {
    name: 'UTF-16 without a byte order mark',
    isNoList: true,
    // A byte order mark would tell the encoding, so a fixture's own one goes.
    make: async (file) =>
      Buffer.from((await bytesOf(file)).toString('utf8').replace(/^\uFEFF/, ''), 'utf16le'),
  },
  { name: 'bytes that are no text', isNoList: true, make: async () => noise() },
  {
    name: 'formulas and script in the cells',
    isNoList: false,
    make: async (file) => Buffer.from(injected(file.name, (await bytesOf(file)).toString('utf8'))),
  },
  {
    name: 'XML whose entities expand',
    isNoList: true,
    make: async () => Buffer.from(EXPANSION),
  },
  {
    name: 'a document type before the list',
    isNoList: false,
    async make(file) {
      const text = (await bytesOf(file)).toString('utf8')
      if (!text.startsWith('<?xml')) return undefined
      return Buffer.from(text.replace('?>', '?><!DOCTYPE x [<!ENTITY a "b">]>'))
    },
  },
  {
    name: 'a file ten times as large',
    isNoList: false,
    make: async (file) => Buffer.from(multiplied((await bytesOf(file)).toString('utf8'))),
  },
  {
    name: 'one endless line',
    isNoList: true,
    make: async () => Buffer.from('x'.repeat(4_000_000)),
  },
  {
    name: 'ten thousand open brackets',
    isNoList: true,
    make: async () => Buffer.from('['.repeat(10_000)),
  },
]
