import { SCREEN_CLASS } from './screening-book.ts'

/** What a statement says about an address, as far as classes need it. */
export interface ScreenStatement {
  readonly prop: string
  /** Canonical JSON of the statement (docs/VOCABULARY.md). */
  readonly value: string
  /** Kind of its dataset (`model/dataset.ts`). */
  readonly kind: string
}

const {
  sanctioned,
  sanction_label,
  scam,
  phishing,
  drainer,
  ransom,
  stolen,
  exploit,
  terrorism,
  mixer,
  blacklisted,
  victim,
  exchange,
  bridge,
  router,
  service,
  miner,
  gambling,
  token,
  known,
} = SCREEN_CLASS

/** Categories, abuses and concepts of tags (VOCABULARY §4) by the class they give. */
const WORDS: ReadonlyMap<string, number> = new Map(
  (
    [
      [sanction_label, 'sanction'],
      [
        scam,
        `scam fraud investment_fraud ponzi_scheme pyramid_scheme money_laundering financial_crime
        payment_card_fraud abuse counterfeit sextortion extortion social_engineering perpetrator
        giveaway impersonation rug_pull honeypot fake`,
      ],
      [phishing, 'phishing poisoning address_poisoning'],
      [drainer, 'drainer wallet_drainer phishing_kit'],
      [ransom, 'ransomware malware'],
      [stolen, 'stolen_funds theft'],
      [exploit, 'hack hacking service_hack account_hack exploit exploiter data_breach'],
      [terrorism, 'terrorism terrorism_financing extremism'],
      [mixer, 'mixing mixing_service coinjoin mixer tumbler'],
      [blacklisted, 'black_list gov_black_list blocked frozen'],
      [victim, 'victim'],
      [exchange, 'exchange cex hosted_wallet deposit hot_wallet cold_wallet'],
      [bridge, 'bridge defi_bridge cross_chain'],
      [router, 'router aggregator defi_dex dex swapper'],
      [
        service,
        `service wallet_service payment_processor market defi defi_lending lending pool staking
        custodian organization donation infrastructure`,
      ],
      [miner, 'miner mining mining_service mining_pool validator'],
      [gambling, 'gambling'],
    ] as const
  ).flatMap(([bits, words]) => words.split(/\s+/).map((word) => [word, bits] as const)),
)

/** Role of a party of an incident. */
const ROLES: ReadonlyMap<string, number> = new Map([
  ['attacker', exploit | stolen],
  ['attack_contract', exploit],
  ['vulnerable', victim],
])

/**
 * Lists that sanction, and the starter: it says `wallet` only of an entry that it transcribes from
 * an authority's own list, which is named in the statement.
 */
const AUTHORITY_KINDS: ReadonlySet<string> = new Set(['sanctions', 'starter'])

/**
 * The classes that one statement gives the address that it is about. Words that are not known give
 * `known` and nothing else: a class is a reason to look, and an unknown word is none.
 */
export function classesOfStatement({ prop, value, kind }: ScreenStatement): number {
  const members = membersOf(value)
  switch (prop) {
    case 'wallet':
      return AUTHORITY_KINDS.has(kind) ? sanctioned : known
    case 'involved':
      return ROLES.get(wordOf(members.role)) ?? known
    case 'token':
      return token
    case 'listed':
      return listedClasses(members, kind)
    case 'tag':
      return tagClasses(members)
    default:
      return known
  }
}

function membersOf(value: string): Readonly<Record<string, unknown>> {
  if (!value.startsWith('{')) return {}
  return JSON.parse(value) as Readonly<Record<string, unknown>>
}

const wordOf = (value: unknown) =>
  typeof value === 'string'
    ? value
        .trim()
        .toLowerCase()
        .replaceAll(/[\s-]+/g, '_')
    : ''

function wordsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(wordOf) : [wordOf(value)]
}

function classesOfWords(words: readonly string[]): number {
  return words.reduce((bits, word) => bits | (WORDS.get(word) ?? 0), 0)
}

function listedClasses(members: Readonly<Record<string, unknown>>, kind: string): number {
  if (kind === 'sanctions') return sanctioned
  const own = classesOfWords([...wordsOf(members.category), ...wordsOf(members.group)])
  return own === 0 ? (kind === 'phishing' ? scam | phishing : known) : own
}

/** Who was robbed is not who robbed: a tag of a victim gives no class of harm. */
function tagClasses(members: Readonly<Record<string, unknown>>): number {
  const words = [members.category, members.abuse, members.concepts].flatMap(wordsOf)
  const bits = classesOfWords(words)
  if ((bits & victim) !== 0) return victim
  return bits === 0 ? known : bits
}
