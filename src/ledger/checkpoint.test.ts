import { describe, expect, it } from 'vitest'
import {
  newInstanceKey,
  noteSigner,
  noteVerifier,
  openCheckpoint,
  signCheckpoint,
} from './checkpoint.ts'

const root = Buffer.alloc(32, 7).toString('base64')

describe('a checkpoint as a signed note', () => {
  const signer = noteSigner(newInstanceKey(), 'custos.example/log')
  const note = signCheckpoint({ origin: signer.name, size: 42, root }, signer)

  it('has the lines of C2SP tlog-checkpoint and opens with the published verifier key', () => {
    expect(note).toMatch(/^custos\.example\/log\n42\n\S+\n\n— custos\.example\/log \S+\n$/)
    expect(openCheckpoint(note, noteVerifier(signer.vkey))).toEqual({
      origin: 'custos.example/log',
      size: 42,
      root,
    })
  })

  it('opens a note and key made by the reference implementation of signed-note', () => {
    // From the documentation of golang.org/x/mod/sumdb/note (BSD-3-Clause): key and signed text.
    const vkey = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'
    expect(noteVerifier(vkey).keyId.toString('hex')).toBe('c74f20a3')
  })

  it('is refused when any single byte of it is another', () => {
    const verifier = noteVerifier(signer.vkey)
    const bytes = Buffer.from(note)
    let refused = 0
    for (let i = 0; i < bytes.length; i += 1) {
      const flipped = Buffer.from(bytes)
      flipped[i] = (flipped[i] ?? 0) ^ 1
      expect(() => openCheckpoint(flipped.toString('latin1'), verifier)).toThrow()
      refused += 1
    }
    expect(refused).toBe(bytes.length)
  })

  it('is refused under another key of the same name', () => {
    const other = noteSigner(newInstanceKey(), signer.name)
    expect(() => openCheckpoint(note, other)).toThrow(/cannot be trusted/)
  })

  it('names an instance without a chosen origin after its key', () => {
    expect(noteSigner(newInstanceKey()).name).toMatch(/^custos\.invalid\/[0-9a-f]{16}$/)
  })
})
