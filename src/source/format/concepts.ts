/** Concepts that say harm (INTERPOL dark-web taxonomy as TagPacks use it, VOCABULARY §4). */
const HARM = `abuse sexual_abuse child_sexual_abuse violence human_trafficking murder torture scam
financial_crime investment_fraud ponzi_scheme pyramid_scheme money_laundering payment_card_fraud
extortion sextortion ransomware phishing hacking service_hack account_hack exploit data_breach
social_engineering malware drugs weapons sanction counterfeit extremism terrorism
terrorism_financing dark_web`

/** Concepts that say use, or who and what (VOCABULARY §4). */
const NEUTRAL = `gray_usage mixing coinjoin white_usage cold_wallet hot_wallet warm_wallet
deposit_wallet black_list gov_black_list white_list gov_white_list entity organization user victim
perpetrator donation miner service exchange wallet_service escrow_wallet ico_wallet mixing_service
mining_service gambling market payment_processor atm hosting vpn nameservice messaging_service
filesharing search_engine shop faucet index defi defi_token defi_lending defi_dex defi_dex_pair
defi_derivative defi_bridge defi_dao defi_staking defi_custody item collectible deployer funder
behaviour source mention website_mention forum_mention unknown`

/** Spellings of older packs and of people, and the concept that each means. */
const SPELLINGS: Readonly<Record<string, string>> = {
  'alt-right': 'extremism',
  blacklist: 'black_list',
  bridge: 'defi_bridge',
  child_abuse: 'child_sexual_abuse',
  csam: 'child_sexual_abuse',
  dark_net: 'dark_web',
  darknet: 'dark_web',
  darkweb: 'dark_web',
  dex: 'defi_dex',
  fraud: 'scam',
  hack: 'hacking',
  hosted_wallet: 'wallet_service',
  lending: 'defi_lending',
  marketplace: 'market',
  mixer: 'mixing_service',
  nft: 'collectible',
  organisation: 'organization',
  payment_card: 'payment_card_fraud',
  ponzi: 'ponzi_scheme',
  ransom: 'ransomware',
  sanctions: 'sanction',
  terrorist_financing: 'terrorism_financing',
  tumbler: 'mixing_service',
  whitelist: 'white_list',
}

const harm = new Set(HARM.split(/\s+/))
const known = new Set([...harm, ...NEUTRAL.split(/\s+/)])

/** The concept that a word of a pack means; undefined for an unknown word. */
export function conceptOf(word: string): string | undefined {
  const key = word
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_')
  if (known.has(key)) return key
  return SPELLINGS[key] ?? SPELLINGS[word.trim().toLowerCase()]
}

/** Whether the concept says harm: a label with it is adverse, without it merely descriptive. */
export function isHarm(concept: string): boolean {
  return harm.has(concept)
}
