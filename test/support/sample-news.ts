import type { NewsArticleView, NewsFactView, NewsQueries } from '../../src/query/news-types.ts'

const HASH = 'a'.repeat(64)

const FACT: NewsFactView = {
  type: 'acquisition',
  of: null,
  from: 'Ardent Pay',
  to: 'Helvault',
  with: [],
  what: null,
  amount: '410000000',
  currency: 'USD',
  percent: null,
  quantity: null,
  year: 2026,
  date: '2026-06-29',
  approximate: false,
  qualifier: null,
  scope: null,
  attributedTo: null,
  inferred: ['USD from $'],
  sentence: 'Ardent Pay has acquired…',
  start: 0,
  end: 91,
  statement: HASH,
  sentences: [{ start: 0, end: 91 }],
  contradictions: [
    {
      rule: 'amount_differs',
      here: '410000000 USD',
      there: '510000000 USD',
      dataset: 'news_weekly',
      entity: null,
      article: 'news_weekly:0123456789abcdef',
      statement: HASH,
    },
  ],
}

const REVENUE: NewsFactView = {
  ...FACT,
  type: 'revenue',
  of: 'Helvault',
  from: null,
  to: null,
  date: null,
  contradictions: [],
  statement: 'b'.repeat(64),
}

/** One article with everything that an article can have; every name in it is invented. */
export const ARTICLE: NewsArticleView = {
  id: 'news_daily:fedcba9876543210',
  title: 'Ardent buys <b>Helvault</b>',
  publisher: 'Daily',
  dataset: 'news_daily',
  publishedAt: '2026-07-01T08:30',
  zone: 'none',
  language: 'en',
  category: 'Tech',
  url: 'https://daily.example/a',
  types: ['acquisition', 'revenue'],
  organisations: [
    { name: 'Ardent Pay', entity: null, score: null },
    { name: 'Helvault', entity: 'eu_esma_casp:helvault', score: 1 },
  ],
  copies: ['news_weekly:1111111111111111'],
  hasContradiction: true,
  isOwn: false,
  observedAt: '2026-07-02T00:00:00Z',
  author: 'Jane Doe',
  keyTakeaways: ['One.', 'Two.'],
  sections: [{ question: 'What is Helvault?', text: null }],
  text: null,
  disclaimer: 'This is no advice.',
  notes: ['teaser_dropped'],
  people: [{ name: 'Ben Marsh', role: 'CEO', organisation: 'Helvault', from: 2019, to: null }],
  facts: [
    FACT,
    { ...REVENUE, year: 2024, amount: '5000000', statement: 'c'.repeat(64) },
    { ...REVENUE, year: 2025 },
  ],
  corrected: [{ ...FACT, amount: '400000000', contradictions: [] }],
  related: [],
  asOf: '2026-11-22T12:00:00Z',
}

const {
  author,
  keyTakeaways,
  sections,
  text,
  disclaimer,
  notes,
  people,
  facts,
  corrected,
  related,
  asOf,
  ...HEADLINE
} = ARTICLE

export const sampleNews: NewsQueries = {
  list: async () => ({
    articles: [HEADLINE],
    facets: {
      type: [{ value: 'acquisition', count: 1 }],
      topic: [{ value: 'Tech', count: 1 }],
      country: [{ value: 'LU', count: 1 }],
    },
    nextCursor: null,
    asOf,
  }),
  article: async (id) => (id === ARTICLE.id ? ARTICLE : undefined),
  about: async () => [HEADLINE],
}
