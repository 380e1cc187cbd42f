/**
 * Officially assigned ISO 3166-1 alpha-2 codes, and XK, which is user-assigned (Kosovo). Intl also
 * names codes that are withdrawn (SU, YU) or no country (EU, ZZ): only these count.
 */
const CODES = `AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN
BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO
DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY
HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB
LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA
NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA
SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT
TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW`.split(/\s+/)

/**
 * Names and adjectives that lists use beside the name that Intl gives. One line per code; what two
 * countries share ("Congo", "Korea", "Virgin Islands", "American" of a continent) is left out: a
 * word that does not tell is no country.
 */
const ALIASES = `
AE UAE|U.A.E.|Emirati
AF Afghan|Islamic Republic of Afghanistan
AG Antigua
AL Albanian
AM Armenian
AR Argentine|Argentinian|Argentine Republic
AT Austrian|Republic of Austria|Oesterreich|Österreich
AU Australian|Commonwealth of Australia
AZ Azerbaijani|Azeri
BA Bosnia|Bosnian|Bosnia-Herzegovina
BD Bangladeshi
BE Belgian|Kingdom of Belgium
BG Bulgarian|Republic of Bulgaria
BH Bahraini
BN Brunei Darussalam
BO Plurinational State of Bolivia|Bolivia (Plurinational State of)|Bolivian
BR Brazilian|Federative Republic of Brazil
BS Bahamian
BY Belarusian|Belorussian|Byelorussia
CA Canadian
CD DRC|DR Congo|D.R. Congo|Congo (Kinshasa)|Democratic Republic of Congo|Democratic Republic of the Congo|Congo (the Democratic Republic of the)|Zaire
CG Republic of the Congo|Republic of Congo|Congo (Brazzaville)
CH Swiss|Swiss Confederation|Schweiz
CI Ivory Coast|Cote d Ivoire|Ivorian
CL Chilean
CN Chinese|PRC|People's Republic of China|Mainland China
CO Colombian|Republic of Colombia
CU Cuban
CV Cabo Verde
CW Curacao
CY Cypriot|Republic of Cyprus
CZ Czech Republic|Czech
DE German|Federal Republic of Germany|Deutschland
DK Danish|Kingdom of Denmark
DZ Algerian
EC Ecuadorian
EE Estonian|Republic of Estonia
EG Egyptian|Arab Republic of Egypt
ER Eritrean
ES Spanish|Kingdom of Spain
ET Ethiopian
FI Finnish|Republic of Finland
FK Falkland Islands (Malvinas)
FM Federated States of Micronesia|Micronesia (Federated States of)
FR French|French Republic
GB UK|U.K.|Great Britain|Britain|British|England|Scotland|Wales|Northern Ireland|United Kingdom of Great Britain and Northern Ireland
GE Georgian
GM Gambian|Republic of the Gambia
GR Greek|Hellenic Republic
HK Hong Kong|Hongkong|Hong Kong SAR|Hong Kong, China|China, Hong Kong Special Administrative Region|Hong Kong Special Administrative Region
HR Croatian|Republic of Croatia
HT Haitian
HU Hungarian
ID Indonesian|Republic of Indonesia
IE Irish|Republic of Ireland|Eire
IL Israeli|State of Israel
IM Isle of Man|Manx
IN Indian|Republic of India
IQ Iraqi
IR Islamic Republic of Iran|Iran (Islamic Republic of)|Iranian|Persia
IS Icelandic
IT Italian|Italian Republic
JM Jamaican
JO Jordanian|Hashemite Kingdom of Jordan
JP Japanese
KE Kenyan
KG Kyrgyz Republic|Kyrgyz|Kirghizia
KH Cambodian
KN Saint Christopher and Nevis
KP DPRK|D.P.R.K.|Democratic People's Republic of Korea|Korea (Democratic People's Republic of)|North Korean
KR ROK|Republic of Korea|Korea (Republic of)|South Korean
KW Kuwaiti
KZ Kazakh|Kazakhstani|Republic of Kazakhstan
LA Lao People's Democratic Republic|Lao PDR|Lao|Laotian
LB Lebanese
LI Principality of Liechtenstein
LK Sri Lankan|Ceylon
LR Liberian
LT Lithuanian|Republic of Lithuania
LU Grand Duchy of Luxembourg
LV Latvian|Republic of Latvia
LY Libyan|Libyan Arab Jamahiriya|State of Libya
MA Moroccan|Kingdom of Morocco
MC Principality of Monaco
MD Republic of Moldova|Moldova (Republic of)|Moldovan
ME Montenegrin
MF Saint Martin (French part)
MH Republic of the Marshall Islands
MK Macedonia|Macedonian|The Former Yugoslav Republic of Macedonia|FYROM|Republic of North Macedonia
ML Malian
MM Burma|Myanmar|Burmese|Union of Myanmar
MN Mongolian
MO Macau|Macao|Macau SAR|China, Macao Special Administrative Region
MR Mauritanian
MT Maltese|Republic of Malta
MV Maldivian
MX Mexican|United Mexican States
MY Malaysian
NG Nigerian|Federal Republic of Nigeria
NI Nicaraguan
NL The Netherlands|Kingdom of the Netherlands|Holland|Dutch
NO Norwegian|Kingdom of Norway
NP Nepalese|Nepali
OM Omani|Sultanate of Oman
PA Panamanian
PE Peruvian
PH Filipino|Philippine|Republic of the Philippines
PK Pakistani|Islamic Republic of Pakistan
PL Polish|Republic of Poland
PN Pitcairn
PS Palestine|State of Palestine|Palestine, State of|Palestinian|Palestinian Territory|Occupied Palestinian Territory|West Bank|Gaza|Gaza Strip
PT Portuguese|Portuguese Republic
PY Paraguayan
QA Qatari|State of Qatar
RO Romanian
RS Serbian|Republic of Serbia
RU Russian Federation|Russian
RW Rwandan
SA Saudi|Saudi Arabian|Kingdom of Saudi Arabia|KSA
SD Sudanese
SE Swedish|Kingdom of Sweden
SG Singaporean|Republic of Singapore
SH Saint Helena, Ascension and Tristan da Cunha
SI Slovene|Slovenian|Republic of Slovenia
SK Slovak|Slovak Republic
SN Senegalese
SO Somali|Somalian
SS South Sudanese
ST Sao Tome and Principe
SX Sint Maarten (Dutch part)
SY Syrian Arab Republic|Syrian
SZ Swaziland|Eswatini
TD Chadian
TH Thai|Kingdom of Thailand
TJ Tajik
TL East Timor
TM Turkmen
TN Tunisian
TR Turkey|Turkish|Turkiye|Republic of Turkey|Republic of Türkiye
TW Taiwanese|Taiwan, Province of China|Taiwan (Province of China)|Chinese Taipei|Republic of China
TZ United Republic of Tanzania|Tanzania, United Republic of|Tanzanian
UA Ukrainian
UG Ugandan
US USA|U.S.A.|U.S.|United States of America|American
UY Uruguayan
UZ Uzbek|Uzbekistani
VA Holy See|Vatican|Holy See (Vatican City State)
VC Saint Vincent and the Grenadines
VE Venezuelan|Bolivarian Republic of Venezuela|Venezuela (Bolivarian Republic of)
VG BVI|Virgin Islands (British)|Virgin Islands, British
VI Virgin Islands (U.S.)|Virgin Islands, U.S.|United States Virgin Islands|US Virgin Islands
VN Viet Nam|Socialist Republic of Vietnam|Socialist Republic of Viet Nam|Vietnamese
WS Western Samoa
XK Republic of Kosovo|Kosovar
YE Yemeni|Republic of Yemen
ZA South African|Republic of South Africa
ZM Zambian
ZW Zimbabwean
`

const isCode = new Set(CODES)
let byName: ReadonlyMap<string, string> | undefined

/**
 * ISO 3166-1 alpha-2 code of a country as a list writes it: a name, an adjective or the code itself
 * (`Korea, North`, `Palestinian`, `Viet Nam`, `RU`; `UK` is GB, and `EL` is GR as in EU files).
 * Undefined for what names no country of today: `undetermined`, `former Soviet Union`, `Congo`.
 */
export function countryCode(text: string): string | undefined {
  const trimmed = text.trim()
  if (/^[A-Z]{2}$/.test(trimmed)) {
    if (trimmed === 'UK') return 'GB'
    if (trimmed === 'EL') return 'GR'
    return isCode.has(trimmed) ? trimmed : undefined
  }
  if (trimmed.length < 3 || trimmed.length > 100) return undefined
  byName ??= namesByKey()
  const plain = trimmed.replace(/^region:\s*/i, '').replace(/\.\s+previously\b.*$/i, '')
  const found = byName.get(keyOf(plain))
  if (found !== undefined) return found
  const comma = plain.indexOf(',')
  if (comma === -1) return undefined
  return byName.get(keyOf(`${plain.slice(comma + 1)} ${plain.slice(0, comma)}`))
}

function namesByKey(): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  const intl = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' })
  for (const code of CODES) {
    const name = intl.of(code)
    if (name !== undefined) names.set(keyOf(name), code)
  }
  for (const line of ALIASES.trim().split('\n')) {
    for (const alias of line.slice(3).split('|')) names.set(keyOf(alias), line.slice(0, 2))
  }
  return names
}

/** Lower case without marks, punctuation and articles; `St.` and `&` are written out. */
function keyOf(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/&/g, ' and ')
    .replace(/['’.]/g, '')
    .replace(/[^a-z0-9]+/g, ' ')
    .replace(/\b(st)\b/g, 'saint')
    .replace(/\bthe\b/g, '')
    .replace(/\s+/g, ' ')
    .trim()
}
