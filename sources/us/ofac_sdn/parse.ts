import type { Crawl } from '../../../src/source/crawl.ts'
import { ofac } from '../../../src/source/format/ofac.ts'
import { sdnLists } from '../../../src/source/format/ofac_party.ts'

/** OFAC's list of Specially Designated Nationals and Blocked Persons, delimited, advanced or both. */
export const crawl: Crawl = (ctx) => ofac(ctx, sdnLists)
