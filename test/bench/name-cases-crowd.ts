import { intBelow, type Rng, seededRng } from '../../src/base/rng.ts'
import { personOf } from './name-cases-people.ts'

/**
 * A crowd of realistic names: firms and people in several scripts. Words repeat as they do in a
 * register: the word of rank r is about r times rarer than the commonest (Zipf).
 */
const WORDS = 120_000

const ONSETS =
  'b br c ch cl cr d dr f fl fr g gl gr h j k kl kr l m n p pl pr qu r s sc sh sk sl sp st str t th tr v w y z'
const NUCLEI = 'a e i o u a e i o ai ea ee ia io ou oo'
const CODAS = ' n r s l t m nd nt st x ck rt ll  n r s'

const CYRILLIC_SYLLABLES =
  'ал ан ар ба бе би бо ва ве ви во га го да де ди до ев за зи ин ка ки ко кра ла ле ли ло ма ме ми мо на не ни но ов па пе по пра ра ре ри ро са се си со ста та те ти то тра у фа хо це ша эк ю'
const ARABIC_SYLLABLES =
  'الم مست است نور بر سلا حم دار فا كر لي من نا هد وا يم شر صن طو عال غر قد جم خل رش زه ست'
const GREEK_SYLLABLES =
  'αλ αν βα γε δη ελ ζω ηλ θε κα κο λα λι μα με να νι ξε ολ πα πο ρα ρι σα σο τα τε τρι φα χρι ω'
const HAN =
  '中国华明安东海天大新金文江龙山林科技信息贸易发展投资建设工程电子石油化机械制造物流国际北京上深圳广州南京西部长城鑫源盛泰和平兴达亚太联合创投资本银行证券保险基金航空船舶能钢铁煤矿业农食品医药生健康教育文传媒网络通讯软件智慧云数据光伏环保材料纺织服装玩具家居酒店旅游餐饮房地产'
const HANGUL =
  '가강건경고광국금기김나남대덕도동두라로마명무미박백보부산삼상서석선성세수신아안양연영오용우원유인일자장전정제조주중지진창천철청태통평하한해현호화환'
const KANA =
  'アイウエオカキクケコサシスセソタチツテトナニネノハヒフヘホマミムメモヤユヨラリルレロワン'

const TRADES =
  'Trading Capital Holdings Group International Services Technologies Finance Solutions Industries Shipping Logistics Energy Investments Bank Systems Consulting Pharma Foods Construction Digital Media Partners Exchange Payments Labs Network Global Ventures Marine Oil Steel'
const FORMS = 'Ltd Limited LLC Inc. GmbH S.A. AG B.V. Corp. SAS S.r.l. PLC Pty Ltd'

/** Names without end, always the same for the same seed. */
export function* crowd(seed: number): Generator<string, never> {
  const rng = seededRng(seed)
  const latin = wordsOf(rng)
  const make = {
    latin: () => latinFirm(rng, latin),
    cyrillic: () => cyrillicFirm(rng),
    han: () => `${run(rng, [...HAN], 3, 7)}有限公司`,
    hangul: () => `${run(rng, [...HANGUL], 3, 5)} 주식회사`,
    arabic: () =>
      `شركة ${run(rng, ARABIC_SYLLABLES.split(' '), 2, 3)} ${run(rng, ARABIC_SYLLABLES.split(' '), 2, 3)}`,
    greek: () =>
      `${cap(run(rng, GREEK_SYLLABLES.split(' '), 2, 4))} ${cap(run(rng, GREEK_SYLLABLES.split(' '), 2, 4))} Α.Ε.`,
    kana: () => `${run(rng, [...KANA], 3, 6)}株式会社`,
  }
  for (;;) {
    const kind = rng()
    if (kind < 0.3) yield person(rng, latin)
    else if (kind < 0.82) yield make.latin()
    else if (kind < 0.88) yield make.cyrillic()
    else if (kind < 0.92) yield make.han()
    else if (kind < 0.95) yield make.arabic()
    else if (kind < 0.97) yield make.hangul()
    else if (kind < 0.99) yield make.greek()
    else yield make.kana()
  }
}

/** A common name, and in two of three a rarer family name. */
function person(rng: Rng, latin: readonly string[]): string {
  const { text, script } = personOf(rng)
  if (script !== 'latin' || rng() < 0.33) return text
  return `${text.slice(0, text.lastIndexOf(' '))} ${cap(zipf(rng, latin))}`
}

function latinFirm(rng: Rng, latin: readonly string[]): string {
  const names = Array.from({ length: 1 + intBelow(rng, 2) }, () => cap(zipf(rng, latin)))
  const trades = TRADES.split(' ')
  const trade = rng() < 0.7 ? ` ${zipf(rng, trades)}` : ''
  const forms = FORMS.split(' ')
  return `${names.join(' ')}${trade} ${zipf(rng, forms)}`
}

function cyrillicFirm(rng: Rng): string {
  const syllables = CYRILLIC_SYLLABLES.split(' ')
  const words = Array.from({ length: 1 + intBelow(rng, 2) }, () => cap(run(rng, syllables, 2, 4)))
  return `ООО «${words.join(' ')}»`
}

/** Words of two to four syllables; the crowd draws from them by rank. */
function wordsOf(rng: Rng): string[] {
  const [onsets, nuclei, codas] = [ONSETS, NUCLEI, CODAS].map((list) => list.split(' '))
  const of = (list: readonly string[] = []) => list[intBelow(rng, list.length)] ?? ''
  const words = new Set<string>()
  while (words.size < WORDS) {
    const syllables = 2 + intBelow(rng, 2)
    let word = ''
    for (let i = 0; i < syllables; i++) word += of(onsets) + of(nuclei)
    words.add(word + of(codas))
  }
  return [...words]
}

function run(rng: Rng, parts: readonly string[], min: number, max: number): string {
  const length = min + intBelow(rng, max - min + 1)
  return Array.from({ length }, () => parts[intBelow(rng, parts.length)] ?? '').join('')
}

/** Rank r with a chance of about 1/r. */
function zipf(rng: Rng, words: readonly string[]): string {
  return words[Math.floor(words.length ** rng()) - 1] ?? words[0] ?? ''
}

function cap(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}
