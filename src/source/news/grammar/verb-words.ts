/** The verbs that English business prose is made of: a lexicon of forms, so that a tagger needs no model. */

const list = (words: string): readonly string[] => words.trim().split(/\s+/)

/** `base past participle`: what no rule of spelling gives. */
const IRREGULAR = `
  be/was/been have/had/had do/did/done go/went/gone
  buy/bought/bought sell/sold/sold take/took/taken make/made/made pay/paid/paid steal/stole/stolen
  win/won/won give/gave/given lose/lost/lost hold/held/held say/said/said tell/told/told
  become/became/become begin/began/begun bring/brought/brought build/built/built choose/chose/chosen
  come/came/come cut/cut/cut deal/dealt/dealt draw/drew/drawn withdraw/withdrew/withdrawn
  drive/drove/driven fall/fell/fallen feel/felt/felt find/found/found fly/flew/flown get/got/got
  grow/grew/grown hit/hit/hit keep/kept/kept know/knew/known lead/led/led leave/left/left let/let/let
  mean/meant/meant meet/met/met oversee/oversaw/overseen overtake/overtook/overtaken put/put/put
  quit/quit/quit read/read/read ride/rode/ridden ring/rang/rung rise/rose/risen run/ran/run see/saw/seen
  seek/sought/sought send/sent/sent set/set/set shed/shed/shed shrink/shrank/shrunk shut/shut/shut
  sink/sank/sunk spend/spent/spent spin/spun/spun split/split/split spread/spread/spread
  stand/stood/stood strike/struck/struck swing/swung/swung think/thought/thought throw/threw/thrown
  undertake/undertook/undertaken understand/understood/understood write/wrote/written beat/beat/beaten
  break/broke/broken fight/fought/fought forbid/forbade/forbidden hand/handed/handed hide/hid/hidden
  hurt/hurt/hurt lend/lent/lent rebuild/rebuilt/rebuilt repay/repaid/repaid speak/spoke/spoken
  stick/stuck/stuck sweep/swept/swept teach/taught/taught cost/cost/cost bid/bid/bid slide/slid/slid
  leap/leapt/leapt spring/sprang/sprung outsell/outsold/outsold bet/bet/bet wind/wound/wound
  undergo/underwent/undergone fling/flung/flung show/showed/shown prove/proved/proven swell/swelled/swollen
  mistake/mistook/mistaken grind/ground/ground outgrow/outgrew/outgrown arise/arose/arisen
  dwindle/dwindled/dwindled eat/ate/eaten shoot/shot/shot catch/caught/caught hang/hung/hung sign/signed/signed net/netted/netted
  rewrite/rewrote/rewritten slip/slipped/slipped plummet/plummeted/plummeted step/stepped/stepped
  submit/submitted/submitted admit/admitted/admitted commit/committed/committed permit/permitted/permitted
  drop/dropped/dropped ship/shipped/shipped strip/stripped/stripped tap/tapped/tapped top/topped/topped
  snap/snapped/snapped swap/swapped/swapped trap/trapped/trapped flag/flagged/flagged log/logged/logged
  bag/bagged/bagged nab/nabbed/nabbed grab/grabbed/grabbed ban/banned/banned plan/planned/planned
  bar/barred/barred scrap/scrapped/scrapped wrap/wrapped/wrapped equip/equipped/equipped
  transfer/transferred/transferred refer/referred/referred occur/occurred/occurred
  prefer/preferred/preferred stop/stopped/stopped poach/poached/poached siphon/siphoned/siphoned
  control/controlled/controlled cancel/cancelled/cancelled label/labelled/labelled total/totalled/totalled
  propel/propelled/propelled compel/compelled/compelled travel/travelled/travelled rob/robbed/robbed
  signal/signalled/signalled model/modelled/modelled fuel/fuelled/fuelled dip/dipped/dipped
  jump/jumped/jumped skid/skidded/skidded trim/trimmed/trimmed slot/slotted/slotted
  unplug/unplugged/unplugged quadruple/quadrupled/quadrupled shop/shopped/shopped pop/popped/popped
  edge/edged/edged cap/capped/capped chop/chopped/chopped axe/axed/axed defer/deferred/deferred
  tot/totted/totted fit/fitted/fitted lag/lagged/lagged spot/spotted/spotted`

/** Verbs whose base and -s forms are rarely nouns. */
export const STRONG = list(`
  hive flog jettison demerge syphon filch burgle fleece snag co-opt parachute reappoint bankroll
  spearhead anchor underwrite funnel shovel gross hoover mop mete inflict cough fork remit disgorge
  amerce smack sting yank deregister delicense accredit certify bestow accord confer skim bleed nick
  snatch ally pen cement forge deepen modernise modernize charter brand reorient crater nosedive
  skyrocket balloon mushroom accelerate weaken shoot rebuff snub relist incur sustain endure
  headhunt retain entrust appropriate sublicense redeploy relocate refinance recapitalise rescue
  abandon absorb accept accompany account accumulate accuse achieve acknowledge acquire act add address
  adopt advise affect agree aim allege allocate allow amass amount announce apologise apologize appeal
  appear apply appoint approach approve argue arrange arrest arrive ask assess assign assist assume
  attain attract attribute authorise authorize avoid award back bag ban become begin believe belong
  blacklist block book boost borrow breach bring broaden build buy calculate cancel caution cease
  celebrate challenge charge choose cite claim clear climb clinch close collaborate collapse collect
  combine come command commence commercialise commercialize commit compare compel compensate compete
  complete comprise compromise concentrate concern conclude conduct confess confirm connect consider
  consist construct contain continue contribute control convert convict cooperate cover create criticise
  criticize crown debut decide declare decline deem defend defraud delay deliver delist demand deny depart
  deploy deprive describe deserve design designate detail determine develop disband discharge disclose
  discontinue discover discuss dismiss dispose dispute distribute divest dominate double downgrade draw
  dub earn eliminate embezzle embrace employ empty enable encounter encourage end enforce engage enlist
  ensure enter entrust equal erase escape establish estimate evaluate exceed exchange excite exclude
  execute exercise exit expand expect expel expire explain explore exploit expose express extend face
  facilitate fail fall feature fetch file finalise finalize fix flag flee focus follow force forecast
  foster found free freeze fulfil function garner gain generate get give gobble go govern grab grant
  grow guarantee halve hail halt hand handle happen have head help hike hire hit hold hope host identify
  impersonate implement impose improve include incorporate incur indicate infiltrate inform inherit
  inject ink install instruct integrate intend introduce invest investigate invite involve join justify
  keep know lack land lapse lapsed last launch lead leap learn leave lend level leverage license licence
  liquidate list live lodge log lose lower maintain make manage manufacture mean merge migrate misappropriate
  miss mistake move mull nab name need negotiate net nominate note notch notify oblige obtain occur
  offload onboard open operate oppose opt order oust outpace outsell overhaul oversee overtake owe own
  partner participate pass pay penalise penalize perform permit persuade phase pick pinch plead pledge
  plough plow plummet plunge poach pocket portray possess post postpone pour praise predict prefer prepare
  present prevent proceed process procure produce prohibit promise promote propel propose prosecute
  protect prove provide publish pull pump punish purchase pursue push put quadruple quit rack raise rally
  reach react read realise realize receive recall reclaim recognise recognize recommend record recover
  recruit redeem reduce refer refund refuse regain register regulate reimburse reject rejoin relate
  release relinquish rely remain remind remove renew renounce rename repay replace report represent
  reprimand request require rescind resign resolve respond restore restrict resume retain retire return
  reveal revive revoke rise rob rocket roll run sack safeguard sanction satisfy save say scale scoop
  scrap secure see seek seem seize select sell send serve settle shed shift ship shut shutter sign
  sink siphon slash slip snap soar solve specialise specialize spend spin splash spook stand start state
  steal step stop stress strengthen strike strip struggle succeed sue suffer suggest supervise supply
  support surge surpass surrender suspect suspend swallow swell swindle take target tell terminate
  think threaten tie top total trace track trade transfer transform treble trigger trim triple
  try tumble turn uncover understand undertake unite unveil upgrade urge use value vote vow wait want
  warn weigh welcome win wind wipe withdraw withhold witness work write wrap yield oblige overcharge
  launder mislead manipulate outlaw unmask pilfer loot ransack swipe raid hack drain breach leak attack
  plunder lift rebrand rein roll-out onboard co-lead headquarter capitalise capitalize snaffle swoop
  dethrone eclipse outstrip ebb edge inch dip skid slump slide swing jump bounce rebound recoup recover
  shed rack ring oust install enlist anoint elevate elect crown tap headhunt lure nominate welcome
  beckon strip forfeit annul void invalidate reinstate refuse permit greenlight green-light whitelist
  admit float ipo unveil debut premiere introduce roll deploy commission`)

/** Verbs whose base and -s forms are nouns as often: the words around decide. */
export const WEAK = list(`
  center centre revolve hinge rest race zoom vault whack fuel bet net steer
  access advance aid air answer appeal approach arm attack award bail ban band bank bar base battle beat
  bet bid bill blame bond book boom breach break bridge budget call campaign cap cause change charge
  check claim climb close comment conduct contact contract control cost count course cover crash credit
  cut damage date deal debate debut decline decrease default delay demand deposit design detail deal dip
  discount display dispute doubt draft draw drive drop ease end escape estimate exchange exit exploit
  export face fall fear feature field figure file fine finish finance flow focus force form fund gain
  grant group guide hack halt harm head help hire hit hold hope house impact import increase insure
  interest issue jail joint judge jump kick label lack land launch lead leak lease lease level license
  licence lie lift limit line link list loan lock loss lower mandate mark market match matter measure
  merge mine mint model move name need net note notice number object offer open order own pact partner
  pass patent pause pay peak penalty permit phase phone pick pilot place plan plant plead pledge plot
  point poll position post power praise present press price probe process produce profit program project
  promise prompt protest purchase push question quote raid rally range rank rate reach rebound record
  refund release rent repair report request rescue research reserve result retail return review reward
  risk rule rumour run rush sanction save scale scam score seat seal search  sense sentence serve
  service set settle shake shape share shift ship shop show side sign signal slide slip slump sort sound
  source split spike sponsor spread staff stake stand start state steal step stock stop store strike
  study subject suit supply support surge survey suspect swap swing switch talk tally target tax team
  test top total touch tour trace track trade train transfer travel trend trial trust tumble turn upgrade
  use value venture view visit volume vote wage wait walk warn warrant watch weigh  work worry yield
  auction merger treble surrender lapse debut float alert caution reprimand flag penalise exit peg book
  swoop haul collapse rise walk tip reform land tap host scoop pocket`)

export interface VerbForm {
  readonly lemma: string
  /** `ed`: past or participle; `past` and `part`: one of them only. */
  readonly form: 'base' | 's' | 'ed' | 'past' | 'part' | 'ing'
}

const FORMS = new Map<string, VerbForm>()
const WEAK_SET: ReadonlySet<string> = new Set(WEAK)
const VOWEL_END = /[aeiou]$/

function put(word: string, lemma: string, form: VerbForm['form']): void {
  if (!FORMS.has(word)) FORMS.set(word, { lemma, form })
}

function thirdOf(base: string): string {
  if (/(?:s|x|z|ch|sh)$/.test(base)) return `${base}es`
  if (/[^aeiou]y$/.test(base)) return `${base.slice(0, -1)}ies`
  return base === 'go' || base === 'do' || base === 'undergo' || base === 'veto'
    ? `${base}es`
    : `${base}s`
}

function ingOf(base: string, past: string): string {
  if (/ie$/.test(base)) return `${base.slice(0, -2)}ying`
  if (/[^eo]e$/.test(base) && base !== 'be') return `${base.slice(0, -1)}ing`
  const doubled = /([b-df-hj-np-tv-z])\1ed$/.exec(past)
  const last = base.at(-1) ?? ''
  if (doubled !== null && base.at(-2) !== last) return `${base}${last}ing`
  const isShort = /^(?:get|put|cut|hit|let|set|shut|run|begin|win|spin|split|quit|shed|bet|bid)$/
  return isShort.test(base) ? `${base}${last}ing` : `${base}ing`
}

function edOf(base: string): string {
  if (/e$/.test(base)) return `${base}d`
  if (/[^aeiou]y$/.test(base)) return `${base.slice(0, -1)}ied`
  return `${base}ed`
}

function learn(): void {
  for (const row of list(IRREGULAR)) {
    const [base = '', past = '', part = ''] = row.split('/')
    put(past, base, past === part ? 'ed' : 'past')
    if (part !== past) put(part, base, 'part')
    put(base, base, 'base')
    put(thirdOf(base), base, 's')
    put(ingOf(base, past), base, 'ing')
  }
  for (const base of [...STRONG, ...WEAK]) {
    put(base, base, 'base')
    put(thirdOf(base), base, 's')
    put(edOf(base), base, 'ed')
    put(ingOf(base, edOf(base)), base, 'ing')
  }
}
learn()

/** The verb that a lower-case word may be a form of; undefined: none that is known. */
export function verbOf(word: string): VerbForm | undefined {
  const known = FORMS.get(word)
  if (known !== undefined) return known
  const again = /^(?:re|co-|over|out|un|de|de-|re-)/.exec(word)
  if (again !== null && word.length > 5) {
    const inner = FORMS.get(word.slice(again[0].length))
    if (inner !== undefined && inner.form !== 'base' && inner.form !== 's')
      return { lemma: again[0] + inner.lemma, form: inner.form }
  }
  if (word.length < 5) return undefined
  if (word.endsWith('ed') && !word.endsWith('eed'))
    return { lemma: stemOf(word.slice(0, -2)), form: 'ed' }
  return undefined
}

/** An -ing word that the lexicon does not hold. */
export function gerundOf(word: string): VerbForm | undefined {
  if (word.length < 6 || !word.endsWith('ing')) return undefined
  return { lemma: stemOf(word.slice(0, -3)), form: 'ing' }
}

function stemOf(stem: string): string {
  if (/([bdgmnprt])\1$/.test(stem)) return stem.slice(0, -1)
  if (stem.endsWith('i')) return `${stem.slice(0, -1)}y`
  return /(?:[^aeiou][aeiou][vzgcs]|[^aeiou]u|at|iv|is|iz|ur)$/.test(stem) && !VOWEL_END.test(stem)
    ? `${stem}e`
    : stem
}

/** May the base or -s form of this verb be a noun as well? */
export const isAlsoNoun = (lemma: string) => WEAK_SET.has(lemma)
