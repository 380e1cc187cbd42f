import { describe, expect, it } from 'vitest'
import {
  askedNumberForms,
  listedNumberForms,
  normaliseRegisterNumber,
  readRegisterNumber,
} from './register-number.ts'

const finds = (asked: string, listed: string) => {
  const filed = new Set(listedNumberForms(listed))
  return askedNumberForms(asked).some((form) => filed.has(form))
}

describe('licence and register numbers', () => {
  it.each([
    ['VL/24/01/001', 'VL2401001'],
    [' c-43456 ', 'C43456'],
    ['Kanto No.00006', 'KANTONO00006'],
    ['１２３４５', '12345'],
    ['関東財務局長 第00010号', '関東財務局長第00010号'],
  ])('%s is compared as %s', (text, want) => {
    expect(normaliseRegisterNumber(text)).toBe(want)
  })

  it.each([
    ['FRN 123456', '123456'],
    ['123456', 'FRN 123456'],
    ['frn: 123456', 'FRN123456'],
    ['MSB31000123456789', '31000123456789'],
    ['31000123456789', 'MSB31000123456789'],
    ['Licence No. VL/24/01/001', 'VL/24/01/001'],
    ['vl 24 01 001', 'VL/24/01/001'],
    ['HRB 12345', 'HRB 12345'],
    ['IMO 9123456', 'IMO 9123456'],
    ['C43456', 'C 43456'],
  ])('%s finds %s', (asked, listed) => {
    expect(finds(asked, listed)).toBe(true)
  })

  it.each([
    ['FRN 123456', 'CRD 123456'],
    ['123456', '1234567'],
    ['C43456', '43456'],
    ['', ''],
    ['---', '123'],
  ])('%s does not find %s', (asked, listed) => {
    expect(finds(asked, listed)).toBe(false)
  })

  it.each([
    ['C43456', 'number', true],
    ['FRN 123456', 'frn', true],
    ['HRB 12345', 'hrb', true],
    ['MSB31000123456789', 'msb', true],
    ['978690', 'digits', true],
    ['BUA970', 'number', true],
    ['VL/24/01/001', 'number', true],
    ['HE 123456', 'number', true],
    ['12-345-678', 'digits', true],
    ['Reg. No. 00006', 'digits', true],
    ['Kanto No.00006', 'number', true],
    ['関東財務局長 第00010号', 'number', true],
    ['Casino 77777', 'number', false],
    ['Trading212', 'number', false],
    ['2024', 'number', false],
    ['Fund 2024 Europe', 'number', false],
  ])('%s is read with scheme %s, likely: %s', (text, scheme, likely) => {
    expect(readRegisterNumber(text)).toEqual({ scheme, likely })
  })

  it.each(['Binance', 'a1', '1inch', '1'.repeat(65), 'one 1 two 2 three 3 four'])(
    '%s is none',
    (text) => {
      expect(readRegisterNumber(text)).toBeUndefined()
    },
  )
})
