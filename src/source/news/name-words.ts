/** Words inside and around names: which join, which begin sentences, which are offices. */

export const CONNECTORS = new Set([
  'de',
  'del',
  'della',
  'di',
  'da',
  'do',
  'dos',
  'du',
  'van',
  'von',
  'der',
  'den',
  'bin',
  'al',
  'el',
  'la',
  'le',
  'und',
  'ng',
  'das',
  'y',
  'zu',
  'zur',
  'für',
  'las',
  'los',
  'af',
  'och',
  'og',
  'ter',
  'ten',
  'dal',
  'degli',
  'et',
])
/** Words that begin sentences and never a name. */
export const CLOSED = new Set(
  'a an the in on at by to of for from with and but or if as it its this that these those he she his her they their we our you your i when while after before since during under over last next former there here how what why who which where is are was were has have had do does did not no both each every all some any more most many much than then so yet nor also meanwhile however according following despite amid among against between through without within upon incoming outgoing dear yours regards sincerely newly secondary struggling troubled embattled one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen twenty thirty forty fifty'.split(
    ' ',
  ),
)
/** `… and Exchange Commission`: the noun in front is part of the name. */
export const AUTHORITY_HEADS = /^(?:commission|board|authority|agency|council)$/
/** An office written with capitals, as press releases do: it is said of a name and is none. */
export const OFFICE_TITLE =
  /^(?:(?:Chief|Group|Global|Deputy|Interim|Acting) )*(?:Chief (?:\p{Lu}\p{L}+ ){1,3}?Officer|Chief Executive|Chief (?:Economist|Analyst|Strategist|of Staff)|(?:Managing|Executive|Finance|Commercial|Sales|Technical|Non-Executive) Director|General (?:Counsel|Manager)|Managing Partner|(?:Senior |Executive )?Vice President|Co-[Ff]ounder|Head of \p{Lu}\p{L}+(?: (?:and )?\p{Lu}\p{L}+)?)(?! (?:of|and) \p{Lu})(?![\p{L}-])/u
/** Offices in short: said of a name, never part of it. */
export const OFFICES = new Set([
  'ceo',
  'cfo',
  'cto',
  'coo',
  'cio',
  'cmo',
  'cro',
  'cso',
  'ceos',
  'ciso',
])
export const SUFFIX = /(?:ing|ed|tions?|ments?|ness|ly|ities|ists|ance|ence|ism|ally)$/
