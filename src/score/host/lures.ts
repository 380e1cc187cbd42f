/**
 * Words that stand beside a brand in the hosts of imitations. Lower case, ASCII, without brands.
 * A word is here because it tells a visitor what to do or what to get.
 */

/**
 * They ask for a wallet, promise a gift or repair a loss: beside a brand they rarely are innocent.
 */
export const LURES: readonly string[] = [
  'airdrop airdrops allocation allocations authenticate authentication bonus bounty campaign',
  'claim claimable claiming claims compensation connect connection connects dapp dapps',
  'distribution distributions eligibility eligible giveaway giveaways import incentive',
  'incentives kyc login logins migrate migrating migration mint minter minting mints nft nfts',
  'official officials phrase presale prize promo promotion raffle rebase rebate recover',
  'recovery rectify redeem refund refunds register registration restore revoke reward rewards',
  'seed signin signup snapshot staking support supports unlock unstake update upgrade validate',
  'validation validator verification verified verify vesting voucher wallet walletconnect',
  'wallets web3 webapp whitelist withdraw withdrawal',
].flatMap((line) => line.split(' '))

/**
 * Honest sites use them as well: they count beside a brand that somebody chose to protect, and
 * beside a name that is too long to be a chance. Some only spell out
 * a site: `com`, `io`, `v2`.
 */
export const WEAK_LURES: readonly string[] = [
  'access account accounts activate activation alert app apps approve auth check checker client',
  'confirm dashboard drop drops earn event events extension fix fixed foundation free game',
  'games gift gifts global help helpdesk helpline hotline ico international join key keys labs',
  'launch launchpad legit live mainnet master mining move network new news now online original',
  'page panel pass points portal pro proposal real resolve safe sale season secure secured',
  'security service services sign site start stake sync team token tokens treasury trusted us',
  'user vip vote web website com io net org fi v2 v3 v4',
].flatMap((line) => line.split(' '))

/**
 * Words of the trade: half the names are made of one and a stem. They carry no identity, so only
 * the stem counts when the length of a name decides how near is too near.
 */
export const TRADE_WORDS: readonly string[] = [
  'bank bit bitcoin bitcoins bot btc capital cash chain coin coins crypto cryptos dao defi dex',
  'digital eth ethereum exchange farm finance fi fund funds group invest labs lend market',
  'markets meta money network pay poly pool protocol swap swaps token tokens trade trader',
  'trading wallet bridge',
].flatMap((line) => line.split(' '))
