import type { Crawl } from '../../../src/source/crawl.ts'
import { ofac } from '../../../src/source/format/ofac.ts'
import { consolidatedLists } from '../../../src/source/format/ofac_party.ts'

/** OFAC's consolidated file: every list of its that is not the SDN list. */
export const crawl: Crawl = (ctx) => ofac(ctx, consolidatedLists)
