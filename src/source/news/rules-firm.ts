import { isGoverned } from './clause.ts'
import {
  type Draft,
  each,
  FIRM,
  isFirm,
  isUnreal,
  lastFirm,
  mentionOf,
  nameOf,
  ownerBefore,
  whenFor,
} from './draft.ts'
import { ROLE } from './lexicon.ts'
import { E, type Masked, type Mention, PERSON } from './mask.ts'
import type { Name } from './name-kind.ts'

/** Whom a rule may take for a person: a name of unknown kind stands where only a person can. */
const WHO = `(?:⟨[PU]\\d+⟩)`
const THEROLE = `(?:(?:as|to|its|⟨K\\d+⟩'s|their|the|a|an|be|become|new|next|first|group|global|position of|role of|post of) )*(?<role>${ROLE})`
const NAMES_TO = new RegExp(
  `(?<!\\p{L})(?<verb>appoint(?:s|ed|ing)?|nam(?:es|ed|ing)|hir(?:es|ed|ing)|promot(?:es|ed|ing)|elect(?:s|ed)|tapp(?:s|ed)|taps|install(?:s|ed)|pick(?:s|ed)|recruit(?:s|ed)) (?:(?:former|veteran|ex-|insider) )?(?:[⟨OUA0-9⟩' a-z-]{0,60}?)(?<who>${WHO}),? (?:[^,.;]{0,60}, |(?:away )?from [^,.;]{3,50}? (?=as |to be ))?${THEROLE}`,
  'gu',
)
/** `announced the appointment of ⟨P1⟩ as chief executive`. */
const APPOINTMENT = new RegExp(
  `(?:appointment|nomination|promotion|election|hiring|recruitment) of (?:[a-z' -]{0,40}?)(?<who>${WHO}),? (?:[^.;]{0,60}, )?(?:as|to) ${THEROLE}(?:(?: of| at| by| for)(?<firm> ${FIRM}))?`,
  'gu',
)
const NAMES_ROLE = new RegExp(
  `(?<!\\p{L})(?:appoint(?:s|ed)|nam(?:es|ed)|hir(?:es|ed)|elect(?:s|ed)) (?:(?:a|an|its|the|new|next|as|⟨K\\d+⟩'s) )+(?<role>${ROLE}),? (?<who>${WHO})`,
  'gu',
)
const WAS_NAMED = new RegExp(
  `(?<who>${WHO})(?:,[^,;]{0,80},)? (?:has been|had been|have been|was|is|will be|is to be) (?:(?:today|recently|formally|also) )?(?:appointed|named|hired|promoted|elected|made|installed) ${THEROLE}(?:(?: of| at| by| for)(?<firm> ${FIRM}))?`,
  'gu',
)
const JOINS = new RegExp(
  `(?<who>${WHO})(?:,[^,;]{0,80},)? (?:(?:has|have|will|is|also|recently) )*(?:join(?:s|ed|ing)?|rejoin(?:s|ed)?|mov(?:es|ed) to|(?:lead|head|run)s?|return(?:s|ed)? to|takes? the helm (?:of|at)|took the helm (?:of|at)) (?<firm>${FIRM})(?:,? from [^,;.]{3,40}?)?,? (?:on ⟨D\\d+⟩ |in ⟨D\\d+⟩ )?as ${THEROLE}`,
  'gu',
)
const BECOMES = new RegExp(
  `(?<who>${WHO})(?:,[^,;]{0,80},)? (?:(?:has|have|will|is|also|to) )*(?:becom(?:e|es|ing)|became|takes? over as|took over as|steps? up as|start(?:s|ed) as|succeed(?:s|ed)? ${WHO} as) ${THEROLE}(?:(?: of| at)(?<firm> ${FIRM}))?`,
  'gu',
)
const NEW_ROLE = new RegExp(`(?<!\\p{L})new (?<role>${ROLE}),? (?<who>${PERSON})`, 'gu')
const RESIGNED = /\b(?:resign(?:s|ed)?|step(?:s|ped) down|depart(?:s|ed)|left|quit|retire)\b/

/** Who was given which office. Who left one is not said here. */
export function appointments(m: Masked): Draft[] {
  const out: Draft[] = []
  if (
    !/appoint|nam(?:es|ed|ing)|hir(?:es|ed)|promot|elect|tap|join|becom|became|succe|takes? over|took over|new |mov|step|install|pick|recruit|made|start/.test(
      m.text,
    )
  )
    return out
  const add = (match: RegExpMatchArray & { index: number }, firm: Name | undefined) => {
    const who = mentionOf(m, match, 'who')
    const role = match.groups?.role?.trim()
    if (
      who?.name === undefined ||
      firm === undefined ||
      role === undefined ||
      isUnreal(m, match.index)
    )
      return
    if (who.letter === 'U' && !/\s/.test(who.text)) return
    if (out.some((one) => one.with?.[0] === who.name?.name)) return
    out.push({
      type: 'appointment',
      at: match.index,
      of: firm,
      what: written(m, match, role),
      with: [who.name.name],
      when: whenFor(m, match.index),
    })
  }
  for (const pattern of [NAMES_TO, NAMES_ROLE]) {
    for (const match of each(m, pattern)) add(match, subjectOr(m, match.index))
  }
  for (const match of each(m, WAS_NAMED))
    add(match, nameOf(m, match, 'firm') ?? lastFirm(m, match, 'firm')?.name ?? beforeIt(m))
  for (const match of each(m, APPOINTMENT)) {
    const owner = ownerBefore(m, match.index)
    const said = lastFirm(m, match, 'firm')
    const of = isFirm(said) ? said.name : isFirm(owner) ? owner.name : subjectOr(m, match.index)
    add(match, of)
  }
  for (const match of each(m, JOINS)) add(match, lastFirm(m, match, 'firm')?.name)
  for (const match of each(m, BECOMES)) add(match, lastFirm(m, match, 'firm')?.name ?? beforeIt(m))
  for (const match of each(m, NEW_ROLE)) {
    if (
      RESIGNED.test(m.text.slice(match.index + match[0].length, match.index + match[0].length + 20))
    )
      continue
    const owner = ownerBefore(m, match.index)
    const before = m.between(0, match.index, 'OUK').filter((mention) => mention.possessive)
    add(match, isFirm(owner) ? owner.name : (before.at(-1)?.name ?? subjectOr(m, match.index)))
  }
  return out
}

/** The firm of the sentences before; where this one names another, it is not plain whose office it is. */
function beforeIt(m: Masked): Name | undefined {
  const { subject } = m.context
  const others = m.between(0, m.text.length, 'OA').filter(({ name }) => name !== subject)
  return others.length === 0 ? subject : undefined
}

function written(m: Masked, match: RegExpMatchArray & { index: number }, role: string): string {
  const at = m.text.indexOf(role, match.index)
  return at < 0 ? role : m.original(at, at + role.length)
}

function subjectOr(m: Masked, at: number): Name | undefined {
  const subject = m.subject(at)
  if (isFirm(subject)) return subject.name
  // `Carrow also named`: the adverb belongs to the verb.
  return at < 3 ? m.elided() : undefined
}

/** No product of its own: `some new features`. */
const VAGUE =
  /^(?:(?:some|several|many|various|more|other|new|two|three|four|few|a number of|innovative|additional) )*(?:\p{L}+ )?(?:features?|tools?|updates?|improvements?|options|changes|measures|functions|capabilities)$/iu
const LAUNCH =
  /(?<!\p{L})(?<verb>launch(?:es|ed|ing)?|unveil(?:s|ed|ing)?|introduc(?:es|ed|ing)|releas(?:es|ed|ing)|debut(?:s|ed|ing)?|roll(?:s|ed|ing)? out|present(?:s|ed)|bring(?:s)? out|brought out|start(?:s|ed) selling|began selling|begins (?:the )?(?:beta )?(?:distribution|rollout) of) (?<object>[^;.]{3,120})/gu
const OWN_LAUNCH = new RegExp(
  `(?<owner>${E})'s? (?:(?<d>⟨D\\d+⟩) )?(?<what>(?:[a-z-]+ ){0,3}(?:⟨[TU]\\d+⟩|[a-z-]+)) (?:launch|debut|release)(?!\\p{L})`,
  'gu',
)
const ROLLOUT =
  /(?<verb>begins|starts|began|started) (?<what>(?:(?:[a-z-]+|⟨[A-Z]\d+⟩(?:-[a-z]+)?) ){0,4}?(?:stablecoin|token|product|platform|service)) (?:rollout|distribution|launch)/gu
const WILL_LAUNCH =
  /(?<what>⟨[TU]\d+⟩)"? (?:will (?:be )?)?(?:launch(?:es|ed)?|debut(?:s|ed)?|be released|go(?:es)? on sale|arrive(?:s)?) (?:on|in|for|this) /gu
const NOT_PRODUCT =
  /^(?:an? |the |its |their |his |fresh |new |formal |criminal |civil |another |legal |internal |joint |public |wider |broad |full |own |independent |second |first )*(?:[a-z-]+ )?(?:investigation|probe|inquiry|enquiry|lawsuit|suit|review|attack|attacks|bid|offer|offering|campaign|appeal|consultation|case|action|proceedings|crackdown|search|tender|ipo|audit|competition|strike|details|statement|report|results|figures|data|findings|plan|plans|process|round|talks|effort|initiative|study|survey|hunt|raid|operation|fund|fundraising|buyback|sale|process|information|documents|guidance|rules)\b/

/** Which product a firm brought out. */
export function launches(m: Masked): Draft[] {
  const out: Draft[] = []
  if (
    !/launch|unveil|introduc|releas|debut|roll(?:s|ed|ing)?[ -]?out|rollout|present|brought out|bring|selling|distribution/.test(
      m.text,
    )
  )
    return out
  for (const match of each(m, LAUNCH)) {
    const at = match.index
    const { object = '', verb = '' } = match.groups ?? {}
    const start = at + match[0].length - object.length
    const subject = m.subject(at, 'OUK')
    const of = isFirm(subject)
      ? subject.name
      : verb.endsWith('ing')
        ? undefined
        : at < 3
          ? m.elided()
          : undefined
    if (of === undefined || NOT_PRODUCT.test(object) || isUnreal(m, at)) continue
    const what = productIn(m, start, object)
    if (what === undefined || what === of.name || VAGUE.test(what)) continue
    out.push({ type: 'product_launch', at, of, what, when: whenFor(m, at) })
  }
  for (const match of each(m, OWN_LAUNCH)) {
    const at = match.index
    const owner = mentionOf(m, match, 'owner')
    const what = match.groups?.what ?? ''
    if (
      !isFirm(owner) ||
      owner.name.isRegulator ||
      /\b(?:product|planned|new|recent|latest|official|successful|upcoming)$/.test(what) ||
      isUnreal(m, at)
    )
      continue
    const start = at + match[0].indexOf(what, match[0].indexOf('⟩'))
    out.push({
      type: 'product_launch',
      at,
      of: owner.name,
      what: m.original(start, start + what.length),
      when: mentionOf(m, match, 'd') ?? whenFor(m, at),
    })
  }
  for (const match of each(m, ROLLOUT)) {
    const at = match.index
    const subject = m.subject(at, 'OUK')
    const { what = '', verb = '' } = match.groups ?? {}
    if (!isFirm(subject) || isUnreal(m, at)) continue
    out.push({
      type: 'product_launch',
      at,
      of: subject.name,
      what: m.original(at + verb.length + 1, at + verb.length + 1 + what.length),
      when: whenFor(m, at),
    })
  }
  for (const match of each(m, WILL_LAUNCH)) {
    const at = match.index
    const what = mentionOf(m, match, 'what')
    const of = [m.context.subject, m.context.topic].find((name) => name?.kind === 'org')
    if (what?.letter !== 'T' || of === undefined || what.name?.isAsset || isUnreal(m, at)) continue
    out.push({ type: 'product_launch', at, of, what: what.text, when: whenFor(m, at) })
  }
  return out
}

/** The product's own name where it has one, else the words for it up to the first circumstance. */
function productIn(m: Masked, start: number, object: string): string | undefined {
  const np =
    /^(?:(?!\b(?:in|on|for|with|at|to|by|from|after|before|that|which|as|and|while|when|priced|aimed|designed|following|during|across|via|last|earlier|against|into|amid|despite|under|called)\b)[^,;.])+/u.exec(
      object,
    )?.[0]
  const called = /^[^,;.]{0,60}?(?:called|named|dubbed) ("?⟨[TUO]\d+⟩"?)/.exec(object)
  const words = np?.trimEnd() ?? ''
  const marks = m.between(start, start + words.length, 'TUOL')
  if (called !== null) return m.between(start, start + called[0].length, 'TUO').at(-1)?.text
  const apposed = /^,? (?:the |an? )?(⟨[TUO]\d+⟩)(?:,|$| )/.exec(m.text.slice(start + words.length))
  const product = marks.find((mark) => 'TUO'.includes(mark.letter))
  const isDated = /^(?:⟨D\d+⟩)?$/.test(words.trim())
  if (words === '' || isDated) return undefined
  // Without a name of its own there must be a noun that says what it is.
  if (product === undefined && apposed === null && words.split(' ').length < 2) return undefined
  const text = m.original(start, start + words.length).replace(/^(?:its|the|an?|their|new)\s+/i, '')
  if (apposed !== null && product === undefined) {
    const at = start + words.length + apposed[0].indexOf('⟨')
    return m.at(at)?.text ?? text
  }
  return product !== undefined &&
    product.start - start < 12 &&
    !/[a-z]{4,}/.test(words.slice(product.end - start))
    ? product.text
    : text
}

const PIVOT =
  /(?:(?<year>⟨D\d+⟩) )?(?:(?:strategic )?(?<verb>pivot(?:s|ed|ing)?|shift(?:s|ed|ing)?|refocus(?:es|ed|ing)?|reposition(?:s|ed|ing)?|turn(?:s|ed)|switch(?:es|ed|ing)?|mov(?:es|ed|ing))) (?<mid>(?:(?:its|their|⟨K\\d+⟩'s) )?(?:strategy|focus|business|itself|attention|strategic focus|model)? ?(?:(?:away )?from (?:(?! to )[^;.,]){3,50} )?)(?:to|on|into|towards?) (?<what>[^;.,]{3,70})/gu
const STRATEGY_NOUN = /strateg|pivot|focus|reposition|itself/

/** A change of course that the text itself calls one. */
export function strategies(m: Masked): Draft[] {
  const out: Draft[] = []
  if (!/pivot|strateg|refocus|reposition/.test(m.text)) return out
  for (const match of each(m, PIVOT)) {
    const at = match.index
    const { mid = '', verb = '', what = '' } = match.groups ?? {}
    // What happens amid a shift tells of something else.
    if (
      /\b(?:amid|despite|following|after) (?:an?|its|the|⟨K\d+⟩'s) (?:[a-z]+ )?$/.test(
        m.text.slice(Math.max(0, at - 30), at),
      )
    )
      continue
    if (!STRATEGY_NOUN.test(`${verb} ${mid} ${match[0].slice(0, 30)}`) || isUnreal(m, at)) continue
    const words = what.replace(
      /\s(?:flopped|failed|worked|paid off|has|had|was|is|will|in ⟨D\d+⟩|amid|after|as|by|securing|while|and)\b.*$/u,
      '',
    )
    const whatAt = at + match[0].length - what.length
    const subject = m.subject(at, 'OUK')
    const of = isFirm(subject)
      ? subject.name
      : (m.elided() ?? (/^(?:an?|the|its) /.test(m.text) ? m.context.subject : undefined))
    if (of === undefined || words.length < 3) continue
    const others = m
      .between(whatAt, whatAt + words.length, 'OU')
      .filter(isFirm)
      .filter(({ name }) => name !== of && name.kind === 'org')
    let text = m.original(whatAt, whatAt + words.length)
    const [partner] = others
    if (partner?.possessive && text.startsWith(partner.text))
      text = text.slice(partner.text.length).replace(/^['’‘`´]?s?\s+/, '')
    out.push({
      type: 'strategy',
      at,
      of,
      what: text,
      with: others.map(({ name }) => name.name),
      when: mentionOf(m, match, 'year') ?? whenFor(m, at),
    })
  }
  return out
}

const JUDGED =
  /(?:as (?:noted|put|argued|observed|described) by (?<a>⟨P\d+⟩)|(?<b>⟨P\d+⟩)(?: of ⟨[OU]\d+⟩|, [^,;]{0,60},)? (?:deemed|called|described|considers?|considered|credited|criticised|criticized|praised|blamed) )/gu

/** What somebody from outside thinks of a firm. */
export function assessments(m: Masked): Draft[] {
  const out: Draft[] = []
  for (const match of each(m, JUDGED)) {
    const who = mentionOf(m, match, 'a') ?? mentionOf(m, match, 'b')
    const subject = firstSubject(m) ?? m.context.subject
    if (who?.name === undefined || subject === undefined) continue
    // Who speaks for an own firm is no outside voice.
    const beside = /^ of (⟨[OU]\d+⟩)/.exec(m.text.slice(who.end))
    const employer = beside === null ? undefined : m.at(who.end + 4)?.name
    if (employer === undefined || employer === subject) continue
    out.push({ type: 'assessment', at: match.index, of: subject, attributedTo: who.name.name })
  }
  return out
}

function firstSubject(m: Masked): Name | undefined {
  const first: Mention | undefined = m.between(0, m.text.length, 'OUK')[0]
  return isFirm(first) &&
    !isGoverned(m.text, first.start) &&
    m.text.slice(0, first.start).length < 20
    ? first.name
    : undefined
}
