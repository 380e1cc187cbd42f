import { parseHostQuery } from '../../model/host.ts'
import type { Day } from '../../model/time.ts'
import { dayOf } from '../../model/time.ts'
import type { Licence } from '../../model/verdict.ts'
import type { CrawlContext } from '../crawl.ts'
import type { EsmaFirm, EsmaRow } from './esma.ts'
import { CELL_MEMBERS_MAX, isEuCode } from './esma.ts'
import { readCountries, readServices } from './esma_services.ts'
import { collapse, stripEnds } from './esma_text.ts'

/**
 * What a row of the register of crypto-asset service providers grants. The row is an authorisation
 * or a notification (MiCA Art. 63, Art. 60), and `comment` is the only place that may tell which.
 */
export function addServiceLicence(
  ctx: CrawlContext,
  row: EsmaRow,
  p: { firm: EsmaFirm; from: Day | null; comment: string },
): void {
  const cell = row.list('ac_serviceCode')
  const { services, defects } = readServices(cell)
  row.defects('ac_serviceCode', defects)
  if (services.length > 0 && !LETTER.test(cell)) {
    row.defect('service_without_letter', 'ac_serviceCode', collapse(cell))
  }
  if (services.length === 0) row.defect('service_missing', 'ac_serviceCode', '')
  const to = row.day('ac_authorisationEndDate')
  // An end that cannot be read, or a row out of place, never makes a licence of it.
  const isUnclear = row.isShifted || (to === null && row.isFilled('ac_authorisationEndDate'))
  row.json('licence', {
    ...holderOf(p.firm),
    kind: 'licence',
    status: isUnclear ? 'unverified' : hasEnded(ctx, to) ? 'withdrawn' : 'authorised',
    regulatorWord: regulatorWord(p.comment),
    services,
    countries: countriesWithHome(row, 'ac_serviceCode_cou', p.firm),
    from: p.from,
    to,
  })
}

/** The letter that opens a service in MiCA's order: `a. providing …`, `b)`, or alone. */
const LETTER = /(?:^|[\s|;,(])[a-j](?:\s*[.)]|\s*(?:$|[|;,]))/imu

const NOTIFIED = /\bart(?:icle|\.)?\s*60\b|\bnotified\b[^.]{0,200}\bintention to provide\b/iu
const AUTHORISED = /\bart(?:icle|\.)?\s*(?:59|62|63)\b/iu
/** Only what was given can be given back. */
const GIVEN_BACK = /\b(?:revo|withdraw|renoun)\w*\b[^.]{0,40}\bauthori[sz]ation\b/iu

/** The regulator's word where the row has it; the register's columns do not tell the two apart. */
export function regulatorWord(comment: string): string {
  if (NOTIFIED.test(comment)) return 'notified under Art. 60'
  if (AUTHORISED.test(comment) || GIVEN_BACK.test(comment)) return 'authorised'
  return 'authorised or notified (the file does not say)'
}

/**
 * True when the end date has passed on the version's own day. A version without a day cannot show
 * that an end lies ahead, so the stricter reading holds.
 */
function hasEnded(ctx: CrawlContext, to: Day | null): boolean {
  if (to === null) return false
  return ctx.publishedAt === null || to <= dayOf(ctx.publishedAt)
}

function holderOf(
  firm: EsmaFirm,
): Pick<Licence, 'regulator' | 'country' | 'number' | 'holder' | 'lei'> {
  const { authority: regulator, home: country, name, lei } = firm
  return { regulator, country, number: null, holder: name || 'not named', lei }
}

function countriesWithHome(row: EsmaRow, column: string, firm: EsmaFirm): readonly string[] {
  const cell = row.list(column)
  const { countries, defects } = readCountries(cell)
  if (cell.split(/[^\p{L}]+/u).some(isEuCode)) row.defect('country_code_eu', column, 'EL')
  row.defects(column, defects)
  return firm.home === null ? countries : [...new Set([...countries, firm.home])].sort()
}

interface WhitePaper {
  readonly firm: EsmaFirm
  /** The register's word for what was filed. */
  readonly word: string
  readonly from: Day | null
  /** Column with the countries of the offer. */
  readonly countries: string
  /** The trading platform that filed it, where the row names one. */
  readonly platform?: string
}

/**
 * A white paper is a notification and never a licence (MiCA Art. 8: no prior approval). Beside the
 * members of every licence it carries `whitePapers` (addresses), `dti` and `dtiGroup` (ISO 24165)
 * and `platform`, so that each paper of one issuer stays a statement of its own.
 */
export function addWhitePaper(ctx: CrawlContext, row: EsmaRow, paper: WhitePaper): void {
  const cell = row.list('wp_url')
  const isNone = /^[A-Z]{2,8}_NO_WP$/u.test(cell)
  const whitePapers = isNone ? [] : readUrls(cell)
  if (cell !== '' && !isNone && whitePapers.length === 0) {
    row.defect('white_paper_unreadable', 'wp_url', cell)
  }
  for (const url of whitePapers) row.add('sourceUrl', url, url === cell ? undefined : cell)
  const to = row.day('ac_authorisationEndDate')
  row.json('licence', {
    ...holderOf(paper.firm),
    kind: 'notification',
    status: hasEnded(ctx, to) ? 'withdrawn' : 'registered',
    regulatorWord: isNone ? `no white paper (${cell})` : paper.word,
    services: [],
    countries: countriesWithHome(row, paper.countries, paper.firm),
    from: paper.from,
    to,
    whitePapers: listOrNothing(whitePapers),
    dti: listOrNothing(readDtis(row, 'ae_DTI')),
    dtiGroup: listOrNothing(readDtis(row, 'ae_DTI_FFG')),
    platform: paper.platform,
  })
}

function listOrNothing(list: readonly string[]): readonly string[] | undefined {
  return list.length === 0 ? undefined : list
}

/** Addresses of one cell: several, with white space or commas between them, some without scheme. */
export function readUrls(cell: string): string[] {
  const urls = new Set<string>()
  for (const word of cell.split(/[\s|]+/u)) {
    const piece = stripEnds(word, ',;')
    if (/^https?:\/\/[^/]/iu.test(piece)) {
      if (URL.canParse(piece)) urls.add(piece)
      continue
    }
    const site = parseHostQuery(piece)
    if (site) urls.add(`https://${site.host}${site.path}${site.search}`)
  }
  return [...urls].slice(0, CELL_MEMBERS_MAX)
}

/** Digital token identifiers: nine characters without vowels, the last one a check character. */
function readDtis(row: EsmaRow, column: string): string[] {
  const found = new Set<string>()
  for (const word of row.list(column).split(/[\s|,;]+|(?<=\s)I(?=\s)/u)) {
    const dti = word.toUpperCase()
    if (/^[0-9B-DF-HJ-NP-TV-XZ]{9}$/u.test(dti)) found.add(dti)
    else if (word !== '') row.defect('dti_unreadable', column, word)
  }
  return [...found].sort()
}
