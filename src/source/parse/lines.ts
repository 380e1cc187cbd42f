import { AppError } from '../../base/error.ts'
import { LIMITS } from '../../base/limits.ts'
import type { InputFile } from '../crawl.ts'
import { textChunks } from './text.ts'

export interface Line {
  /** 1 for the first line of the file. */
  readonly line: number
  readonly text: string
}

/** Lines of a text file, without their ends; a line longer than its limit is refused. */
export async function* lines(file: InputFile): AsyncIterable<Line> {
  let rest = ''
  let line = 0
  for await (const chunk of textChunks(file)) {
    const text = rest + chunk
    let start = 0
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', start)) {
      line += 1
      if (line > LIMITS.sourceRowsMax) {
        throw new AppError('source.too_many_rows', `${file.name} has too many rows.`)
      }
      yield { line, text: text.slice(start, text[end - 1] === '\r' ? end - 1 : end) }
      start = end + 1
    }
    rest = text.slice(start)
    if (rest.length > LIMITS.sourceCellCharsMax * 4) {
      throw new AppError('source.too_large', `${file.name} has a line longer than its limit.`)
    }
  }
  if (rest !== '') yield { line: line + 1, text: rest.endsWith('\r') ? rest.slice(0, -1) : rest }
}
