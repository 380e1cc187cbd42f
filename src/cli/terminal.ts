/** Where a command reads and writes. Standard output holds answers and nothing else. */
export interface Terminal {
  /** Resolves when the reader has taken it: a slow pipe slows the command, not the memory. */
  out(text: string): Promise<void>
  err(text: string): void
  readonly input: AsyncIterable<Uint8Array | string>
  readonly isOutTty: boolean
  readonly isErrTty: boolean
  readonly columns: number
  /** Colour on standard output: a terminal, and nobody asked for none. */
  readonly hasColour: boolean
}

const COLUMNS_MIN = 40
const COLUMNS_MAX = 100

export function processTerminal(env: NodeJS.ProcessEnv = process.env): Terminal {
  const { stdin, stdout, stderr } = process
  // A reader that closes its end (`| head`) has had enough: that is no failure.
  stdout.on('error', (error: Error & { code?: string }) => {
    if (error.code === 'EPIPE') process.exit(0)
    throw error
  })
  return {
    out: (text) =>
      new Promise((resolve) => {
        if (stdout.write(text)) resolve()
        else stdout.once('drain', resolve)
      }),
    err: (text) => {
      stderr.write(text)
    },
    input: stdin,
    isOutTty: stdout.isTTY === true,
    isErrTty: stderr.isTTY === true,
    columns: Math.min(COLUMNS_MAX, Math.max(COLUMNS_MIN, stdout.columns ?? COLUMNS_MAX)),
    // https://no-color.org: any value that is not empty.
    hasColour: stdout.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb',
  }
}

const CODES = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  yellow: [33, 39],
  green: [32, 39],
  blue: [34, 39],
} as const

export type Style = keyof typeof CODES
export type Paint = (style: Style, text: string) => string

export function painter(hasColour: boolean): Paint {
  return (style, text) => {
    if (!hasColour) return text
    const [on, off] = CODES[style]
    return `\u001b[${on}m${text}\u001b[${off}m`
  }
}

/**
 * Foreign text for a terminal. Control characters could move the cursor, repaint what stands
 * above, or set the clipboard; bidirectional overrides could turn the order of what is read.
 */
export function safe(text: string): string {
  return text.replace(UNSAFE, '\ufffd')
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g

/** Columns that a text takes: East Asian wide characters take two, marks take none. */
export function widthOf(text: string): number {
  let width = 0
  for (const char of text) {
    if (/\p{Mark}/u.test(char)) continue
    width += WIDE.test(char) ? 2 : 1
  }
  return width
}

const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u

export function padTo(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)))
}

/** Cuts the end, visibly. */
export function cutTo(text: string, width: number): string {
  if (widthOf(text) <= width) return text
  let cut = ''
  for (const char of text) {
    if (widthOf(cut + char) > width - 1) break
    cut += char
  }
  return `${cut}…`
}

/** Words in lines of at most `width`; a word that is longer (an identifier) stays whole. */
export function wrap(text: string, width: number, indent = ''): string {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`
    if (line !== '' && widthOf(indent + longer) > width) {
      lines.push(indent + line)
      line = word
    } else {
      line = longer
    }
  }
  lines.push(indent + line)
  return lines.join('\n')
}

interface Column {
  readonly title: string
  readonly isRight?: boolean
  /** Cut to this width. */
  readonly max?: number
}

/** A plain table: titles, then rows, two spaces between columns, nothing at line ends. */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  paint: Paint,
): string {
  const cells = rows.map((row) =>
    row.map((cell, at) => cutTo(safe(cell), columns[at]?.max ?? COLUMNS_MAX)),
  )
  const widths = columns.map((column, at) =>
    Math.max(widthOf(column.title), ...cells.map((row) => widthOf(row[at] ?? ''))),
  )
  const lineOf = (row: readonly string[]) =>
    row
      .map((cell, at) => {
        const width = widths[at] ?? 0
        return columns[at]?.isRight
          ? ' '.repeat(Math.max(0, width - widthOf(cell))) + cell
          : padTo(cell, width)
      })
      .join('  ')
      .trimEnd()
  return [paint('dim', lineOf(columns.map(({ title }) => title))), ...cells.map(lineOf)].join('\n')
}
