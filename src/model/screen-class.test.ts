import { describe, expect, it } from 'vitest'
import { classesOfStatement } from './screen-class.ts'
import { classNames } from './screening-book.ts'

const names = (prop: string, value: object, kind = 'labels') =>
  classNames(classesOfStatement({ prop, value: JSON.stringify(value), kind }))

describe('classes of a statement', () => {
  it.each([
    ['a wallet of a sanctioned party', 'wallet', { address: 'x' }, 'sanctions', ['sanctioned']],
    ['a wallet that the starter read off the list', 'wallet', {}, 'starter', ['sanctioned']],
    ['a wallet that a warning names', 'wallet', { address: 'x' }, 'warnings', ['known']],
    ['an entry of a phishing list', 'listed', { address: 'x' }, 'phishing', ['scam', 'phishing']],
    ['an attacker', 'involved', { role: 'attacker' }, 'incidents', ['stolen', 'exploit']],
    ['the attacked contract', 'involved', { role: 'vulnerable' }, 'incidents', ['victim']],
    ['a listed token', 'token', { symbol: 'ABC' }, 'tokens', ['token']],
    ['an exchange', 'tag', { category: 'exchange' }, 'labels', ['exchange']],
    ['a mixer', 'tag', { category: 'mixing_service' }, 'labels', ['mixer']],
    ['ransom', 'tag', { abuse: 'ransomware' }, 'labels', ['ransom']],
    ['a repeated sanction', 'tag', { abuse: 'sanction' }, 'labels', ['sanction_label']],
    ['two concepts', 'tag', { concepts: ['defi_bridge', 'hack'] }, 'labels', ['exploit', 'bridge']],
    ['a robbed party', 'tag', { concepts: ['hack', 'victim'] }, 'labels', ['victim']],
    ['a word of tomorrow', 'tag', { category: 'quantum_oracle' }, 'labels', ['known']],
  ])('%s', (_name, prop, value, kind, expected) => {
    expect(names(prop, value, kind)).toEqual(expected)
  })
})
