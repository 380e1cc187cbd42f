import { describe, expect, it, vi } from 'vitest'
import { memoryFile } from '../../../test/support/crawl.ts'
import { csvRecords, csvTable } from './csv.ts'

async function cellsOf(text: string): Promise<readonly (readonly string[])[]> {
  const cells: (readonly string[])[] = []
  for await (const record of csvRecords(memoryFile('list', 'list.csv', text)))
    cells.push(record.cells)
  return cells
}

describe('csvRecords', () => {
  it('reads a file of many pieces whole, without gathering listeners', async () => {
    const warned = vi.fn()
    process.on('warning', warned)
    const rows = Array.from({ length: 60_000 }, (_, i) => `${i},"row ${i}, of a large file"`)
    const cells = await cellsOf(`${rows.join('\n')}\n`)
    await new Promise((resolve) => setImmediate(resolve))
    process.off('warning', warned)
    expect(cells).toHaveLength(60_000)
    expect(cells.at(-1)).toEqual(['59999', 'row 59999, of a large file'])
    expect(warned).not.toHaveBeenCalled()
  })
})

describe('csvTable', () => {
  const text = 'Report Date: 08-Oct-2030\n\nName,Double  spaced\nA,1\n,\nB\n'

  it('tells what stands before the header, and reads what is below by column name', async () => {
    const before: (readonly string[])[] = []
    const rows: string[][] = []
    const options = { required: ['Name'], onPreamble: (c: readonly string[]) => before.push(c) }
    for await (const { get } of csvTable(memoryFile('list', 'l.csv', text), options)) {
      rows.push([get('Name'), get('Double spaced')])
    }
    expect(before).toEqual([['Report Date: 08-Oct-2030']])
    expect(rows).toEqual([
      ['A', '1'],
      ['B', ''],
    ])
  })

  it('takes the first record for the header where no title is expected', async () => {
    const reading = csvTable(memoryFile('list', 'l.csv', text), { required: ['Name'] })
    await expect(reading[Symbol.asyncIterator]().next()).rejects.toMatchObject({
      code: 'source.malformed',
    })
  })
})
