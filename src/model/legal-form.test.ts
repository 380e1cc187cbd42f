import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { legalFormClass, legalRange } from './legal-form.ts'
import { foldName, nameTokens } from './name.ts'

const core = (name: string) => {
  const words = nameTokens(foldName(name))
  const { start, end } = legalRange(words)
  return words.slice(start, end).join(' ')
}

describe('a legal form', () => {
  it.each([
    [
      'limited',
      ['GmbH', 'S.à r.l.', 'ООО', 'OOO', 'LLC', '有限公司', 'ش.م.م', 'Sp. z o.o.', 'Ltd'],
    ],
    ['shares', ['AG', 'S.A.', 'ПАО', 'A.Ş.', '株式会社', '주식회사', 'Α.Ε.', 'ش.م.ع', 'JSC']],
    ['partnership', ['GmbH & Co. KG', 'LLP', 'ΟΕ', '合伙企业', 'Sp. k.', 'S. en C.']],
    ['foundation', ['Stiftung', 'Фонд', '基金会', 'Fundación']],
  ])('of the class %s is one in any script', (kind, spellings) => {
    expect(spellings.map(legalFormClass)).toEqual(spellings.map(() => kind))
  })

  it('is no word of a name', () => {
    expect(['Acme', 'Trading', 'Bank', ''].map(legalFormClass)).toEqual(
      Array.from({ length: 4 }, () => undefined),
    )
  })
})

describe('the name without its legal forms', () => {
  it.each([
    ['Acme Trading GmbH & Co. KG', 'acme trading'],
    ['Acme S. p. A.', 'acme'],
    ['ООО «Ромашка»', 'romashka'],
    ['Общество с ограниченной ответственностью "Ромашка"', 'romashka'],
    ['北京示例科技有限公司', 'bei jing shi li ke ji'],
    ['Beijing Shili Keji Youxian Gongsi', 'beijing shili keji'],
    ['株式会社サンプル', 'sanpuru'],
    ['Pat Smith', 'pat smith'],
    ['Limited Edition Ltd', 'limited edition'],
    ['GmbH', 'gmbh'],
  ])('of %s is %s', (name, rest) => {
    expect(core(name)).toBe(rest)
  })

  it('is never empty for a name that has words', () => {
    const word = fc.constantFrom('gmbh', 'ltd', 'ooo', 's', 'a', 'co', 'kg', 'acme', 'und', 'llc')
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 12 }), (words) => {
        const { start, end } = legalRange(words)
        expect(end).toBeGreaterThan(start)
        expect(start).toBeGreaterThanOrEqual(0)
        expect(end).toBeLessThanOrEqual(words.length)
      }),
    )
  })
})

const mirror = process.env.CUSTOS_MIRROR
/** Jurisdictions of the registers and lists that are read. */
const OURS =
  `AE AT AU BE BG CA CH CN CY CZ DE DK EE ES FI FR GB GI GR HK HR HU IE IL IS IT JP KR KY LI
  LT LU LV MT MY NL NO NZ PL PT RO RU SA SE SG SI SK TR UA US VG ZA`.split(/\s+/)

describe.runIf(mirror)('the forms of ISO 20275', () => {
  const rows = mirror === undefined ? [] : elfRows(mirror)

  it('are known by a third of their abbreviations or more where our data come from, all common ones', () => {
    const own = rows.filter((row) => row.isActive && OURS.includes(row.country))
    const texts = new Set(own.flatMap((row) => row.abbreviations))
    const known = [...texts].filter((text) => legalFormClass(text) !== undefined)
    process.stdout.write(`ISO 20275: ${known.length} of ${texts.size} abbreviations known\n`)
    expect(texts.size).toBeGreaterThan(300)
    expect(known.length / texts.size).toBeGreaterThan(ABBREVIATIONS_KNOWN)
  })

  it('never leave nothing of a name, and leave the name itself', () => {
    for (const row of rows) {
      for (const form of [row.name, ...row.abbreviations]) {
        if (foldName(form) === '') continue
        expect(core(form), form).not.toBe('')
        expect(core(`Zyxwvut ${form}`).startsWith('zyxwvut'), form).toBe(true)
      }
    }
  })
})

/** What the hand-written table reaches; the rest are rare forms of one country each. */
const ABBREVIATIONS_KNOWN = 0.35

interface ElfRow {
  readonly country: string
  readonly name: string
  readonly abbreviations: readonly string[]
  readonly isActive: boolean
}

function elfRows(folder: string): ElfRow[] {
  const path = join(folder, 'regulators/other/iso20275-elf-codes-1.4.1.csv')
  const [header = [], ...lines] = csvRows(readFileSync(path, 'utf8').replace(/^\ufeff/, ''))
  const at = (name: string) => header.findIndex((title) => title.startsWith(name))
  const [country, name, local, latin, status] = [
    at('Country Code'),
    at('Entity Legal Form name Local'),
    at('Abbreviations Local'),
    at('Abbreviations trans'),
    at('ELF Status'),
  ] as [number, number, number, number, number]
  const split = (cell = '') => cell.split(';').map((text) => text.trim())
  return lines.map((cells) => ({
    country: cells[country] ?? '',
    name: cells[name] ?? '',
    abbreviations: [...split(cells[local]), ...split(cells[latin])].filter((text) => text !== ''),
    isActive: cells[status] === 'ACTV',
  }))
}

/** Every cell of that file stands in quotes. */
function csvRows(text: string): string[][] {
  return text
    .split(/"\r?\n/)
    .map((line) => line.replace(/^"|"$/g, '').split('","'))
    .filter((cells) => cells.length > 5)
}
