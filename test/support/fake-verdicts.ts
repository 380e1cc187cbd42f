import type { QueryKind, Reading, Verdict } from '../../src/model/verdict.ts'
import type { EntityView } from '../../src/query/types.ts'
import {
  CHECKPOINT,
  coverage,
  entity,
  finding,
  hash,
  licence,
  NOW,
  statement,
} from './fake-data.ts'

/** Questions to which the fake has an answer of each kind. */
export const ASK = {
  danger: '0x5c0ffee05c0ffee05c0ffee05c0ffee05c0ffee0',
  warning: 'northlight-markets.example',
  unknown: '0x1111222233334444555566667777888899990000',
  fresh: 'bc1q0000000000000000000000000000000000fresh',
  clean: 'library.example.org',
  firm: 'Meridian Custody',
  delisted: '0xde11570000000000000000000000000000de1157',
  disputed: 'wallet-bridge.example',
  many: 'John Example',
  fault: 'fault.example',
  tooLong: 'too-long.example',
} as const

export const FIRM_ID = 'eu_esma_casp:529900T8BM49AURSDO55'
export const PERSON_ID = 'us_ofac_sdn:40001'
/** An id that holds every character that could break a link. */
export const ODD_ID = 'odd_list:a/b?c=d#e%2F&"\'<script>alert(1)</script> \u202eمثال'

export const ADDRESS_LISTS = [
  'us_ofac_sdn',
  'eu_fsf',
  'gb_fcdo',
  'un_sc_sanctions',
  'graphsense_tags',
]
const HOST_LISTS = ['metamask_phishing', 'polkadot_phishing']
export const FIRM_LISTS = ['us_ofac_sdn', 'eu_fsf', 'gb_fcdo', 'un_sc_sanctions', 'eu_esma_casp']

export function verdict(query: string, kind: QueryKind, rest: Partial<Verdict>): Verdict {
  const required = kind === 'address' ? ADDRESS_LISTS : kind === 'domain' ? HOST_LISTS : FIRM_LISTS
  return {
    query,
    kind,
    subjects: [query],
    readings: [reading(query, kind)],
    verdict: 'unknown',
    coverage: 'partial',
    summary: 'Nothing adverse found in the lists that were read.',
    findings: [],
    ...coverage(required),
    entities: [],
    licences: [],
    help: [],
    firms: [],
    score: null,
    label: null,
    asOf: NOW,
    knownAt: NOW,
    ruleset: '2026.11',
    checkpoint: CHECKPOINT,
    ...rest,
  }
}

function reading(query: string, kind: QueryKind): Reading {
  const isEvm = query.startsWith('0x')
  return {
    kind,
    subject: isEvm ? `eip155:1:${query}` : query,
    form: isEvm ? 'evm' : kind === 'address' ? 'bitcoin' : kind === 'domain' ? 'host' : kind,
    chains: isEvm ? ['eip155:10', 'eip155:56', 'eip155:137', 'eip155:8453', 'eip155:42161'] : [],
    checksum: isEvm ? 'ok' : 'none',
  }
}

const firmLicence = licence({})
export const firm: EntityView = entity({
  id: FIRM_ID,
  caption: 'Meridian Custody S.A.',
  aliases: ['Meridian', 'Meridian Vault', 'ميريديان للحفظ'],
  countries: ['LU'],
  websites: ['meridian-custody.example', 'vault.meridian-custody.example'],
  identifiers: [
    { prop: 'leiCode', value: '529900T8BM49AURSDO55' },
    { prop: 'registrationNumber', value: 'B 248.115' },
  ],
  licences: [
    firmLicence,
    licence({
      regulator: 'Bundesanstalt für Finanzdienstleistungsaufsicht',
      country: 'DE',
      number: null,
      status: 'withdrawn',
      regulatorWord: 'Erlaubnis beendet',
      services: ['h'],
      countries: [],
      from: '2023-02-01',
      to: '2025-05-13',
      statements: [hash('meridian-old')],
    }),
  ],
  statements: [
    statement(FIRM_ID, 'name', 'Meridian Custody S.A.', { original: 'Meridian  Custody S.A. ' }),
    statement(FIRM_ID, 'alias', 'ميريديان للحفظ', { lang: 'ar' }),
    statement(FIRM_ID, 'country', 'LU'),
    statement(FIRM_ID, 'website', 'meridian-custody.example', {
      original: 'https.//Meridian-Custody.example/',
    }),
    statement(FIRM_ID, 'leiCode', '529900T8BM49AURSDO55'),
    statement(FIRM_ID, 'licence', JSON.stringify({ number: 'N00000815', status: 'authorised' }), {
      id: hash('meridian-licence'),
    }),
    statement(FIRM_ID, 'address', '12, rue de l’Exemple, Luxembourg', {
      to: '2026-03-02',
      isLive: false,
    }),
  ],
})

export const person: EntityView = entity({
  id: PERSON_ID,
  caption: 'EXAMPLE, John Q.',
  schema: 'Person',
  aliases: ['Example Johannes', 'Пример Джон'],
  countries: ['RU'],
  wallets: [{ address: ASK.danger, currency: 'ETH', query: ASK.danger }],
  listedAt: '2025-06-20',
  statements: [
    statement(PERSON_ID, 'name', 'EXAMPLE, John Q.'),
    statement(PERSON_ID, 'birthDate', '1971-04'),
    statement(PERSON_ID, 'wallet', JSON.stringify({ address: ASK.danger, currency: 'ETH' }), {
      id: hash('us_ofac_sdnsanction.listed'),
    }),
  ],
  notChecked: coverage(ADDRESS_LISTS).notChecked.slice(0, 2),
})

const odd: EntityView = entity({
  id: ODD_ID,
  caption: '<img src=x onerror=alert(1)> "quoted" & \'single\'',
  websites: ['javascript:alert(1)'],
  statements: [
    statement(ODD_ID, 'sourceUrl', 'javascript:alert(1)', { sourceUrl: 'javascript:alert(1)' }),
  ],
})

export const ENTITIES: ReadonlyMap<string, EntityView> = new Map(
  [firm, person, odd].map((one) => [one.id, one]),
)

export function summary(one: EntityView, score: number) {
  const { id, schema, caption, dataset, countries } = one
  return { id, schema, caption, score, dataset, countries }
}

const DANGER: Verdict = verdict(ASK.danger, 'address', {
  verdict: 'danger',
  summary: 'On OFAC’s SDN list since 20 June 2025.',
  readings: [
    reading(ASK.danger, 'address'),
    { kind: 'name', subject: ASK.danger, form: 'name', chains: [], checksum: 'none' },
  ],
  entities: [summary(person, 1)],
  findings: [
    finding('us_ofac_sdn', {
      text: 'On OFAC’s SDN list since 20 June 2025, under the programme CYBER2.',
      entity: PERSON_ID,
      caption: person.caption,
      listedAt: '2025-06-20',
      details: { program: ['CYBER2', 'DPRK3'], list: 'SDN', currency: 'ETH' },
    }),
    finding('graphsense_tags', {
      kind: 'label',
      severity: 'info',
      rule: 'label.info',
      text: 'Labelled “Example laundering service” by a public TagPack.',
      entity: `graphsense_tags:ETH:${ASK.danger}`,
      firstVersion: '2025-08-01',
      details: { category: 'mixing_service', confidence: 'web_crawl' },
    }),
  ],
})

const FIRM: Verdict = verdict(ASK.firm, 'name', {
  verdict: 'unknown',
  summary: 'Licensed in Luxembourg under MiCA; the EU and UK sanctions lists were not checked.',
  entities: [
    summary(firm, 0.97),
    { ...summary(person, 0.72), caption: 'Meridian Capital Example' },
  ],
  licences: firm.licences,
  readings: [
    reading(ASK.firm, 'name'),
    { kind: 'token', subject: 'MERIDIAN', form: 'symbol', chains: [], checksum: 'none' },
  ],
  findings: [
    finding('eu_esma_casp', {
      kind: 'licence',
      severity: 'positive',
      rule: 'licence.authorised',
      text: 'In the MiCA register of 17 November 2026 as authorised for four services.',
      entity: FIRM_ID,
      caption: firm.caption,
      listedAt: '2025-05-14',
      statements: [hash('meridian-licence')],
      match: { method: 'name', score: 0.97, detail: 'Meridian Custody S.A.' },
      details: { services: ['a', 'c', 'd', 'j'] },
    }),
  ],
})

const DISPUTED: Verdict = verdict(ASK.disputed, 'domain', {
  verdict: 'danger',
  summary: 'On the Polkadot phishing list; MetaMask’s list allows it.',
  findings: [
    finding('polkadot_phishing', {
      kind: 'phishing',
      rule: 'phishing.listed',
      text: 'On the phishing list of 22 August 2026.',
      firstVersion: '2026-02-03',
    }),
    finding('metamask_phishing', {
      kind: 'positive_evidence',
      severity: 'positive',
      rule: 'host.allow',
      text: 'Allowed by the list of 21 November 2026.',
      firstVersion: '2025-11-30',
    }),
  ],
})

export const VERDICTS: Readonly<Record<string, Verdict>> = {
  [ASK.danger]: DANGER,
  [ASK.firm]: FIRM,
  [ASK.disputed]: DISPUTED,
  [ASK.warning]: verdict(ASK.warning, 'domain', {
    verdict: 'warning',
    summary: 'ESMA’s register of 17 November 2026 names its operator as non-compliant.',
    findings: [
      finding('eu_esma_ncasp', {
        kind: 'warning',
        severity: 'warning',
        rule: 'warning.regulator',
        text: 'The authority of Italy says that Northlight Markets acts without permission.',
        listedAt: '2026-04-09',
        details: { infringement: 'Art. 59 MiCA', reason: 'No authorisation' },
        match: { method: 'registrable_domain', score: 1 },
      }),
    ],
  }),
  [ASK.unknown]: verdict(ASK.unknown, 'address', {
    summary: 'Not on the 4 required lists that were read; 2 could not be checked.',
  }),
  [ASK.fresh]: verdict(ASK.fresh, 'address', {
    coverage: 'none',
    summary: 'No list that speaks about addresses has been read here yet.',
    ...coverage(ADDRESS_LISTS, { fresh: true }),
  }),
  [ASK.clean]: verdict(ASK.clean, 'domain', {
    verdict: 'no_adverse_evidence',
    coverage: 'complete',
    summary: 'Not on any of the phishing lists, all current.',
    ...coverage(HOST_LISTS, { allCurrent: true }),
  }),
  [ASK.delisted]: verdict(ASK.delisted, 'address', {
    summary: 'No longer on OFAC’s SDN list since 21 March 2025.',
    findings: [
      finding('us_ofac_sdn', {
        state: 'withdrawn',
        severity: 'info',
        rule: 'sanction.delisted',
        text: 'No longer listed by OFAC since 21 March 2025.',
        firstVersion: '2022-08-08',
        endedAt: '2025-03-21',
      }),
    ],
  }),
  [ASK.many]: verdict(ASK.many, 'name', {
    verdict: 'warning',
    summary: 'A similar name is on OFAC’s SDN list; compare the details.',
    entities: [summary(person, 0.88), summary(firm, 0.71)],
    findings: Array.from({ length: 11 }, (_, at) =>
      finding('us_ofac_sdn', {
        severity: 'warning',
        text: `Similar to entry ${at + 1} of the list of 20 November 2026.`,
        entity: PERSON_ID,
        match: { method: 'name', score: 0.88 - at / 100 },
      }),
    ),
  }),
}
