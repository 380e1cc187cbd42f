/** Closed classes of English, lower case: what a word is whatever stands beside it. */

const set = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/))

export const DETERMINERS = set(`
  the a an this that these those its their his her our my your each every some any no both all
  another several many few whose such either neither most`)
export const PRONOUNS = set(`
  it he she they we i you him them us me himself herself itself themselves something nothing
  everything someone anyone nobody everyone others one there`)
export const RELATIVES = set('which who whom that')
export const PREPOSITIONS = set(`
  of in on at by to for from with without into onto via against like per than over under through
  between about among amid behind using alongside versus vs as within during after before since until
  despite upon across towards toward around below above beyond near off out up down worth including
  excluding following concerning regarding totalling totaling besides except plus minus pending
  according-to because-of out-of instead-of along-with together-with such-as ahead-of as-part-of
  due-to prior-to as-of up-from down-from compared-with thanks-to as-well-as in-exchange-for
  in-return-for on-behalf-of in-front-of in-addition-to rather-than with-respect-to in-respect-of
  in-relation-to aboard throughout outside inside`)
export const CONJUNCTIONS = set('and or but nor & plus')
/** They begin a clause of their own. */
export const SUBORDINATORS = set(`
  if because while when although though whether where unless whereas how why what so-that
  even-though wherever whenever whatever`)
/** Prepositions before a noun, subordinators before a clause. */
export const BOTH = set('after before since until as than')
export const MODALS = set(
  "will would can could may might must shall should 'll cannot won't wouldn't can't couldn't shan't",
)
export const BE = set("is are was were be been being 's 're am isn't aren't wasn't weren't")
export const HAVE = set("has have had having 've hasn't haven't hadn't")
export const DO = set("do does did don't doesn't didn't")
export const NEGATIONS =
  set(`not never no-longer cannot n't won't wouldn't can't couldn't shan't isn't aren't
  wasn't weren't hasn't haven't hadn't don't doesn't didn't hardly`)
export const ADVERBS = set(`
  also then now just recently reportedly still already later first once ago again soon however
  meanwhile separately today yesterday tomorrow tonight earlier only even here there too almost
  nearly about around more most less least further instead therefore thus hence else ever yet quite
  rather very well together apart away back abroad online overnight twice sharply formally officially
  jointly previously currently formerly finally initially eventually together otherwise likewise
  furthermore moreover nonetheless nevertheless anyway perhaps maybe indeed always often sometimes
  usually long since higher lower so not never no-longer hardly fast afterwards alike altogether
  last-week this-week next-week last-night this-morning last-quarter this-quarter this-afternoon
  last-spring last-summer last-autumn last-winter last-month-end earlier-this-year earlier-this-month
  later-this-year later-this-month this-summer this-spring this-autumn this-winter as-well once
  respectively publicly overnight upwards downwards forward ahead up down flat`)
export const ADJECTIVES = set(`
  new old former first second third last next big large small major minor key main top senior junior
  local foreign domestic own other same different good bad great high low long short full whole
  early late recent current present past future free open close certain sure clear due likely able
  ready available subject similar various entire total gross net annual quarterly monthly weekly daily
  private public joint single double rival fellow flagship record stronger higher lower bigger smaller
  larger best worst biggest largest smallest highest lowest leading fresh hefty whopping 
  interim acting global regional non-executive independent managing struggling growing existing
  failing competing emerging outgoing incoming remaining surviving controlling sprawling fast-growing
  loss-making cash-strapped rival-making thriving booming aspiring would-be upcoming ongoing outstanding
  online overnight offshore onshore mobile more most digital electric
  smart wholesale retail mid-sized listed troubled embattled ailing collapsed bankrupt fictitious
  fraudulent unauthorised unauthorized unlicensed unregistered suspicious fake bogus rogue dodgy
  suspected alleged proposed planned potential possible failed attempted pending hostile rumoured
  rumored would-be in-principle preliminary provisional conditional final initial civil criminal
  administrative regulatory financial monetary`)
/** What comes after a verb and is part of it. */
export const PARTICLES = set('up off out over down in on away back through together into')
/** Words in -ing that are nouns unless the words around say otherwise. */
export const ING_NOUNS = set(`
  trading banking funding lending mining clearing listing holding offering meeting building training
  ruling filing processing manufacturing financing engineering marketing accounting advertising
  consulting gaming gambling betting brokering hosting computing clothing shipping farming housing
  earning saving warning finding wrongdoing laundering staking settling phishing hacking licensing
  dealing opening closing pricing rating setting standing undertaking beginning going networking
  understanding offering packaging catering brewing drilling refining borrowing spending planning underwriting testing
  timing turning briefing monitoring screening streaming sequencing monday being something nothing
  anything everything thing king ring spring string bring evening morning during wing ceiling sterling`)
/** Nouns in -ed, and adjectives that look like participles. */
export const ED_ADJECTIVES = set(`
  limited united so-called renowned seed speed feed breed indeed hundred embed red bed biomed unlimited`)
/** Written in several words, read as one. */
export const PHRASES: readonly string[] = [
  'according to',
  'because of',
  'out of',
  'instead of',
  'along with',
  'together with',
  'such as',
  'ahead of',
  'as part of',
  'due to',
  'prior to',
  'as of',
  'up from',
  'down from',
  'compared with',
  'thanks to',
  'as well as',
  'in exchange for',
  'in return for',
  'on behalf of',
  'in front of',
  'in addition to',
  'rather than',
  'with respect to',
  'in respect of',
  'in relation to',
  'no longer',
  'alert list',
  'warning list',
  'watch list',
  'so that',
  'even though',
  'last week',
  'this week',
  'next week',
  'last night',
  'this morning',
  'this afternoon',
  'last quarter',
  'this quarter',
  'last spring',
  'last summer',
  'last autumn',
  'last winter',
  'this summer',
  'this spring',
  'this autumn',
  'this winter',
]
