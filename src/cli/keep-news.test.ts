import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { AppError } from '../base/error.ts'
import type { NewsRequest } from '../ingest/news-types.ts'
import { keepNews } from './keep-news.ts'

it('adds own articles, then every feed, and goes on after one that fails', async () => {
  const data = mkdtempSync(join(tmpdir(), 'custos-keep-'))
  mkdirSync(join(data, 'news'))
  writeFileSync(join(data, 'news/b.md'), 'b')
  writeFileSync(join(data, 'news/a.md'), 'a')
  writeFileSync(join(data, 'news/c.txt'), 'c')
  const stop = new AbortController()
  const asked: NewsRequest[] = []
  const told: string[] = []
  await keepNews({
    config: {
      data,
      offline: false,
      news: [{ url: 'https://a.example/f' }, { url: 'https://b.example/f', publication: 'B' }],
    },
    add: async (request) => {
      asked.push(request)
      if (request.publication === 'B') stop.abort()
      if (request.url === 'https://a.example/f') throw new AppError('fetch.status', 'HTTP 500.')
      return {
        kind: 'feed',
        dataset: 'news_b',
        publication: 'B',
        run: null,
        articles: [],
        notes: {},
      }
    },
    tell: (text) => told.push(text),
    stop: stop.signal,
  })
  rmSync(data, { recursive: true })
  expect(asked.map(({ file, url }) => file?.slice(data.length) ?? url)).toEqual([
    '/news/a.md',
    '/news/b.md',
    'https://a.example/f',
    'https://b.example/f',
  ])
  expect(asked.map(({ isOwn }) => isOwn === true)).toEqual([true, true, false, false])
  expect(told).toEqual(['custos: https://a.example/f: HTTP 500. [fetch.status]\n'])
})
