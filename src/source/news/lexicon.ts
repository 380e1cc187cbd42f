/** Words that tell what a name is. English first; each list is a closed class or a set of cues. */

const set = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/))

/** Legal forms and words that end the name of an organisation. Lower case. */
export const ORG_ENDINGS = set(`
  inc incorporated b.v s.p.a p.l.c l.l.c l.p s.r.l a.g a.s s.à.r.l sdn bhd sas se oü ltda ltd limited llc llp plc corp corporation company co ag gmbh sa s.a nv n.v ab asa
  oyj spa srl kg bv sarl pte pty group holding holdings bank bancorp labs lab laboratories exchange
  capital ventures partners payments payment pay markets market securities finance financial trust
  insurance assurance airlines airways motors motor automotive technologies technology tech systems
  software studios studio games interactive entertainment media foundation agency authority
  commission council university institute association federation fund funds investments investment
  management advisors advisers asset assets wealth brokers brokerage trading research analytics
  intelligence consulting consultancy solutions services networks telecom telekom telecommunications
  energy power oil gas petroleum pharma pharmaceuticals therapeutics biotech biosciences health
  healthcare logistics freight shipping foods brewing brands stores retail industries industrial
  manufacturing semiconductor semiconductors robotics ai aerospace defence defense space electric
  international global worldwide ministry department treasury bureau court parliament congress
  committee board union society club press news times post journal tribune protocol dao swap bridge
  custody custodian wallet digital crypto coin interactive mining miners properties realty estates
  hotels resorts airlines railways steel mining chemical chemicals materials cement credit mutual
  equity street insight insights data gate monitor watch reserve police constabulary
`)

/** Heads whose name goes on after "of", "for" or "and": Bank of Ireland, Commission for … */
export const ORG_HEADS = set(`
  bank ministry department university institute board authority commission council court office
  bureau association federation chamber house society college school agency republic bank's fund
  church league union museum academy treasury kingdom
`)

/** Words before "and" inside the name of an authority: Securities and Exchange Commission. */
export const AND_HEADS = set(`
  securities financial standards trade conduct prudential markets services revenue customs science
  research innovation justice trust economic economics commerce business energy futures food drug
  competition enterprise investment investments banking johnson procter barnes marks
`)

/** Common nouns that say what the name behind them is: "exchange Lumenvex". */
export const ORG_NOUNS = set(`
  company firm group exchange platform broker brokerage bank lender insurer insurance issuer
  custodian operator maker manufacturer startup start-up retailer carrier airline supplier provider
  developer studio publisher giant rival subsidiary unit arm parent owner producer miner fund
  investor investors conglomerate distributor wholesaler chain network processor protocol project
  marketplace regulator watchdog authority agency regulator's fintech unicorn chipmaker automaker
  carmaker drugmaker designer specialist consultancy researcher app website site portal business
  venture utility telecom brewer builder contractor shipper trader dealer manager house vendor
  analytics auditor newspaper outlet broadcaster wallet service bridge group's corporation
  conglomerate organisation organization foundation trust securities
`)

/** With an article these stand for a firm that was named: "the lender". */
export const FIRM_WORDS = set(`
  company firm group exchange broker brokerage bank lender insurer issuer custodian operator maker
  manufacturer startup start-up retailer carrier airline supplier developer studio publisher giant
  fintech unicorn chipmaker automaker carmaker drugmaker designer consultancy platform provider
  conglomerate builder shipper miner brewer reinsurer utility app protocol bourse shipbuilder
  neobank wholesaler distributor producer chain grocer supermarket brewery distiller marketplace venue
  processor outfit institution vendor specialist telco broadcaster housebuilder developer steelmaker
  cooperative co-operative foodmaker caterer cinema clothier jeweller pharmacy biotech bakery hospital
  newspaper winemaker cheesemaker shop airport adviser consultancy payments-firm payment-firm
`)

/** Nouns whose owner or subject is a person. */
export const PERSON_TITLES =
  set(`mr mrs ms miss mx dr prof professor sir dame lord lady judge justice
  senator congressman congresswoman minister president chancellor governor secretary king queen
  prince princess general captain attorney commissioner`)

const FIRST_NAMES = set(`
  aaron abdul abdullah abigail adam adrian ahmed aisha akira alan albert alejandro alessandro alex
  alexander alexandra alexis alfred ali alice alicia alison allison amanda amber amir amit amy ana
  anastasia anders andrea andreas andrei andres andrew andy angela anil anita anja ann anna anne
  annette anthony antoine anton antonio anna april arjun armin arnold arthur ashley asif astrid
  audrey august barbara barry beatrice ben benjamin bernard bernd beth bettina bill bjorn bob
  boris brad bradley brandon brenda brett brian bridget bruce bruno bryan caitlin cameron carl carla
  carlos carmen carol caroline cathy catherine cecilia chad changpeng charles charlie charlotte chen
  cheng chloe chris christian christina christine christoph christopher cindy claire clara claudia
  clive colin connor constance craig cristina cynthia dalia damian dan dana daniel daniela danielle
  daria darren dave david dean deborah denis denise dennis derek diana diane diego dieter dimitri
  dirk dmitri dmitry dominic donald donna dorothy doug douglas duncan dylan earl ed eddie edgar
  edith eduardo edward edwin eileen elaine eleanor elena eli elias elizabeth ella ellen elon emil
  emily emma emmanuel enrique eric erica erik erika erin ernest esther ethan eugene eva evan evelyn
  fabian fabio faisal farah fatima federico felix femi fernando fiona florian frances francesca
  francesco francis francisco franck francois frank franz fred frederic frederick friedrich gabriel
  gareth gary gavin gemma geoff geoffrey george gerald gerard gerhard giles giovanni giulia glen
  glenn gordon grace graham grant greg gregory greta guido guillaume gunnar guy hana hannah hans
  harald haruto harold harriet harry harvey hassan heather hector heidi helen helena helmut hendrik
  henri henrik henry herbert hiroshi holly howard hugh hugo ian ibrahim igor ilya imran ines ingrid
  irene irina isaac isabel isabella ivan jack jackie jacob jacqueline jacques jake james jamie jan
  jane janet jason javier jay jean jeff jeffrey jennifer jenny jens jeremy jerome jesper jesse
  jessica jim jimmy jin joan joanna joanne jochen joe joel johan johann johannes john johnny jon
  jonas jonathan jordan jorge jorma jose josef joseph josh joshua joyce juan judith judy julia
  julian julie juliet jun jurgen justin kai karen karim karin karl karsten kate katherine kathleen
  kathryn katie katrin kazuo keith kelly ken kenneth kenji kevin khalid kim kirsten klaus kris
  kristen kristina kumar kurt kyle lars laura lauren laurence laurent lawrence lea lee lei leila
  lena leo leon leonard leslie lewis liam lily lin linda lisa liu liz lloyd logan lorenzo louis
  louise luca lucas lucia lucy luis luisa lukas luke lydia lynn magnus malcolm manuel marc marcel
  marco marcus margaret maria marie marina mario marion marius mark marko markus marta martha martin
  martina mary mathias mathieu matt matteo matthew matthias maureen maurice max maximilian maya
  megan mehmet mei melanie melissa mia michael michaela michel michelle miguel mikael mike mikhail
  milan mina miriam mohamed mohammad mohammed moira monica morgan morten muhammad nadia nancy naomi
  natalia natalie natasha nathan neil nelson niall nicholas nick nicola nicolas nicole nigel nikolai
  nikolas nils nina noah noel nora norman olaf oleg oliver olivia olga omar oscar otto owen pablo
  pamela paolo patricia patrick paul paula pauline pavel pedro penny per pete peter petra phil philip
  philipp philippe pierre pippa prakash pradeep priya rachel rafael rahul raj rajesh ralf ralph ramon
  randy raphael rashid raul ravi ray raymond rebecca renate rene ricardo richard rick rita rob robert
  roberto robin rod rodrigo roger roland rolf roman ron ronald rosa rosemary ross roy ruby rudolf
  rupert russell ruth ryan sabine sally sam samantha samir samuel sandra sanjay santiago sara sarah
  satoshi scott sean sebastian serge sergei sergey sergio seth shane shannon sharon shaun sheila
  sheryl simon simone sofia sonia sophia sophie stefan stefanie stella stephan stephanie stephen
  steve steven stewart stuart sundar sunil susan susanne suzanne sven sylvia takeshi tamara tanya tara
  tariq tatiana ted teresa terry theo theodore theresa thierry thomas tiffany tim timothy tina tobias
  todd tom tomas tommaso tommy toni tony tracy travis trevor tyler ulrich ulrike umar ursula uwe
  valentina valerie vanessa vera veronica victor victoria vijay vikram vincent viktor virginia
  vitalik vivian vladimir walter wang wanda warren wei wendy werner wilhelm will william wolfgang
  xavier yann yasmin yuan yuki yusuf yves yvonne zach zachary zahra zhang zoe
`)

export const isFirstName = (word: string) => FIRST_NAMES.has(word.toLowerCase())

/** Lower-case words that begin sentences and titles and are no names. */
export const COMMON = set(`
  a about above according across action activity actually added adding additional adoption adviser
  advisers after again against age agency ago ahead all allegedly almost along already also
  alternatively although always amid among an analysis analyst analysts and announced announcement
  annual annually another any anyone anything apart app appeal application applications approval
  april are area around article as aside ask assets at attack attackers audit authorities authority
  authorisation authorization available average back balance bank banks based battery because been
  before began behind being below benefits besides best better between beyond big bigger biggest
  billion bitcoins blockchain board bonds both bounty breach briefly broker brokers build built
  business businesses but buy buyer buyers buying by call called calls can capital case cash central
  century certain chain chair chairman chairwoman chance change changes charges cheap chief china's
  citing city civil clearly client clients close closing club co-founder code coins come coming
  comments commission committee common companies company compared competition competitor competitors
  compliance computer concerns conditions consumer consumers contract contracts contrary controls
  corporate cost costs could countries country court courts credit criminal critics crypto
  cryptocurrencies cryptocurrency currently customer customers cyber daily data date day days deal
  deals debt decision deliveries demand department deposits deputy despite details developer
  developers development did digital director directors disclosure discussions distribution do does
  dollar domestic don't down dozens due during each earlier early earnings economic economists
  economy editor efforts eight either electric elsewhere employee employees employers end energy
  enforcement enough entering equally especially estimates ether euro europe's european even
  eventually ever every everyone everything evidence examples except exchange exchanges exclusive
  executive executives experts export exports exposure external extra facing failed failing failure
  false families far fast federal few fewer fifth figures filings final finally finance financial
  finding firm firms first five following for foreign former formerly found founded founder founders
  four fourth fraud fraudsters free frequently friday from full fully fund funding funds further
  future gains gaming general generally get giant give given giving global globally going good goods
  government governments great greater gross group groups growing growth had half has have having he
  headquartered health heavy help her here hers high higher highly him his historically hopes
  household housing how however hundreds i if immediately import imports in including income indeed
  independent industrial industry inflation information initial initially inquiry inside instead
  institutional insurance insurer insurers interest internal international into investigation
  investigators investing investment investments investor investors involved is issuer issuers it
  it's its itself jobs joint journalists judge just key know known large larger largest last late
  lately later latest law lawmakers lawyer lawyers lead leader leaders leading learn legal lender
  lenders less let letter licence licences license licensed licenses like likewise limited liquidity
  list listed listing little loans local long look looking loss losses lost low lower made mail
  main major majority make maker makers making management manager managers mandatory many march
  margins market marketing markets may meanwhile media medium meet meeting member members merger
  might military million millions miners mining ministers mobile model models moderate monday money
  month monthly months more moreover most mostly move much multiple my national natural near nearly
  need neither net network networks never nevertheless new newly news next nine no nobody none
  nonetheless nor not notably note noted nothing notice now number of off offer offering office
  officer officers official officials often oil old on once one ongoing online only open opening
  operating operations operator or orders originally other others otherwise our out outflows output
  outside over overall owned owner owners ownership paid part participants parties partly partner
  partners partnership party past payment payments penalties pending people per performance perhaps
  permission personal phone phones pivoted place plan planned plans platform platforms please police
  policy popular population possibly potential power powerful present president press pressure
  previous previously price prices primary prime prior private probably problems proceeds process
  producer producers product production products profit profits programme project projects
  property proposal proposals prosecutors protocol provider providers public published purchase
  quarter quarterly question questions quickly quoting raise raised rate rates rather read real
  really reason recent recently record records reducing regional registered registration regulation
  regulations regulator regulators regulatory related reliance remember report reported reportedly
  reporters reporting reports representatives required research researchers reserve residents
  respectively restrictions result results retail retailer retailers return returning returns revenue
  revenues rising risk risks rival rivals robot robotics round rules rumours said sale sales same
  saturday savings say saying says scam scammers scientists scope sec second section sector sectors
  securities security see seed seeking seen sell seller sellers selling senior separate separately
  september series service services seven several shadow share shareholders shares she short shortly
  should show similar similarly since single site six size small smaller so social software sold
  some someone something sometimes soon source sources speaking special spending spokesperson staff
  standards start started starting startup startups state statement states still stock stocks strategy
  strong studies study such suddenly sunday supervision supervisors suppliers supply support
  surprisingly surveys swap system systems take taken taking talks target tax taxes team teams
  tech technical technology telecoms ten tens term terms than thank thanks that the their them then
  there thereafter therefore these they thing things think third this those though thousands three
  through throughout thursday thus time times to today together token tokens tomorrow tonight too
  top total totals tough toward trade traders trades trading traditional transaction transactions
  transfer transparency treasury trust tuesday turning turnover two typical ultimately under unit
  units unless unlike unregulated until up upon us use used user users using usually valuation value
  various vehicle vehicles venture very via vice victim victims volume volumes wages wallet wallets
  want warning warnings was watchdog we weak wealth website websites wednesday week weekly weeks well
  were what whatever when where whether which while who whose why wide widely will with withdrawals
  within without women won't work workers working world worldwide worse worth would writing year
  yearly years yes yesterday yet you young your
  breaking exclusive update updated explained opinion watch video live podcast sponsored
`)

/** Verbs and nouns of headlines, for titles where every word begins with a capital. */
export const HEADLINE_WORDS = set(`
  acquires acquire acquired acquisition adds agrees aims allows amid announces appoints approval
  approves asks bags bans becomes beats begins bets bid billion blocks boosts breaks brings builds
  buys buyout calls ceo cfo claims clash clears closes collapse confirms crackdown crash cuts deal
  debuts delays denies dives drains drops ends enters escapes exits expands exploit exploited eyes
  faces falls files fined fines firm for freezes gains gets gives grants growth hack hacked hackers
  halts hires hit hits hold holds inks investigates invests ipo issues jumps joins key launch launches
  lands lawsuit leads leaves lists loses loss makes merges misses moves names nears obtains offers
  opens operator over partners partnership pays penalty plans plunges posts probe profit pulls
  pushes raises rebrands receives regulators rejects releases removes reports resigns returns reveals
  revokes rises sales says secures seeks sells sets settles shares shuts signs slides slump slumps
  soars spikes stake stolen sues surges suspends takeover takes taps targets tests top topples tops
  trading trims triples unveils urges valuation wants warns watch wins withdraws worth
`)

/** Cities, regions and peoples; countries come from the language data of the platform. */
export const PLACES = set(`
  london paris berlin tokyo beijing shanghai dubai singapore zurich geneva frankfurt amsterdam brussels
  madrid barcelona lisbon rome milan vienna stockholm oslo copenhagen helsinki dublin warsaw prague
  budapest athens istanbul moscow kyiv delhi mumbai bangalore seoul sydney melbourne toronto vancouver
  montreal chicago boston miami houston dallas seattle austin washington california texas florida
  delaware wyoming nevada york hong kong shenzhen bangkok manila jakarta hanoi lagos nairobi cairo
  johannesburg riyadh doha tehran europe asia africa america oceania scandinavia california seychelles
  luxembourg vilnius riga tallinn malta cyprus gibraltar bermuda cayman bahamas wales scotland england
  britain uk u.k us u.s usa eu uae u.s.a manhattan brooklyn silicon valley texas brussels espoo
  american british german french italian spanish portuguese dutch swiss austrian belgian danish
  swedish norwegian finnish icelandic irish polish czech slovak hungarian romanian bulgarian greek
  turkish russian ukrainian lithuanian latvian estonian maltese cypriot japanese chinese korean indian
  pakistani thai vietnamese indonesian malaysian filipino singaporean taiwanese australian canadian
  mexican brazilian argentine argentinian chilean colombian peruvian nigerian kenyan egyptian
  israeli saudi emirati iranian iraqi qatari kuwaiti lebanese jordanian european asian african
  western eastern northern southern nordic baltic latin middle east gulf atlantic pacific arctic
  balkans iberian munich hamburg cologne stuttgart dusseldorf düsseldorf leipzig dresden hanover
  bremen nuremberg lyon marseille toulouse grenoble lille bordeaux nantes strasbourg turin naples
  bologna genoa venice florence palermo valencia seville bilbao malaga porto rotterdam hague
  eindhoven utrecht antwerp ghent bruges liege basel lausanne bern lugano zug graz salzburg linz
  malmo malmö gothenburg uppsala aarhus bergen trondheim stavanger turku tampere reykjavik cork
  galway belfast edinburgh glasgow manchester birmingham leeds bristol liverpool sheffield cambridge
  oxford brighton cardiff newcastle nottingham aberdeen krakow gdansk wroclaw brno bratislava
  ljubljana zagreb belgrade sofia bucharest chisinau minsk odesa lviv tbilisi yerevan baku almaty
  astana tashkent ankara izmir beirut amman jerusalem haifa muscat manama jeddah abuja accra dakar
  abidjan casablanca tunis algiers kampala kigali lusaka harare maputo durban pretoria pune
  hyderabad chennai kolkata ahmedabad bengaluru gurugram noida karachi lahore islamabad dhaka
  colombo kathmandu yangon osaka kyoto nagoya fukuoka yokohama busan incheon taipei hsinchu macau
  guangzhou chengdu wuhan hangzhou tianjin brisbane perth adelaide canberra auckland wellington
  ottawa calgary winnipeg denver phoenix portland philadelphia atlanta detroit minneapolis cleveland
  pittsburgh nashville tampa orlando baltimore sacramento monterrey guadalajara bogota bogotá
  medellin lima quito caracas santiago montevideo brasilia arizona georgia ohio minnesota michigan
  colorado oregon utah nevada virginia maryland massachusetts pennsylvania illinois tennessee
  queensland victoria ontario quebec alberta bavaria catalonia flanders jersey guernsey macao
`)

/** Places of more than one word. */
export const LONG_PLACES: ReadonlySet<string> = new Set([
  'new york',
  'san diego',
  'san jose',
  'salt lake city',
  'buenos aires',
  'são paulo',
  'addis ababa',
  'port louis',
  'st petersburg',
  'ras al khaimah',
  'los angeles',
  'san francisco',
  'hong kong',
  'abu dhabi',
  'cayman islands',
  'new jersey',
  'united kingdom',
  'united states',
  'south korea',
  'north korea',
  'new delhi',
  'tel aviv',
  'kuala lumpur',
  'ho chi minh city',
  'sao paulo',
  'rio de janeiro',
  'mexico city',
  'cape town',
  'british virgin islands',
  'isle of man',
  'silicon valley',
  'wall street',
  'european union',
  'north america',
  'south america',
  'latin america',
  'middle east',
  'new york city',
  'new mexico',
  'north carolina',
  'south carolina',
  'puerto rico',
  'las vegas',
  'northern ireland',
  'saudi arabia',
  'new york state',
  'southeast asia',
  'great britain',
  'eu',
])

/** Assets and chains: never an organisation that a fact is about. */
export const ASSETS = set(`
  bitcoin btc ether ethereum eth solana sol xrp ripple's cardano ada dogecoin doge litecoin ltc tether
  usdt usdc dai bnb trx tron avalanche avax polkadot dot polygon matic stablecoin stablecoins nft nfts
  defi wbtc steth weth arb op sui ton shib pepe link uni
`)

/** Known products and systems, and words that never name an organisation. */
export const PRODUCTS = set(`
  iphone ipad android ios windows macos linux playstation xbox kindle lumia symbian snake chatgpt
  internet covid covid-19 brexit mica gdpr ipo etf etfs ceo cfo coo cto cio cmo chairman nft nfts api ai
  gdp esg kyc aml q1 q2 q3 q4 h1 h2 fy series photo gallery ebitda tvl dex otc usd eur gbp chf jpy
  christmas easter clarity act bill directive
`)

/** Authorities by the short name that articles use; the full one is found by its endings. */
export const REGULATORS = set(`
  sec fca bafin esma mas vara cftc finma amf fma fsma cnmv consob asic austrac fintrac cysec mfsa
  finra ofac fincen nydfs sfc hkma fsa fsc fss fiu kofiu afm dnb aepd cssf cbi eba ecb doj ftc irs
  occ fdic sebi rbi cima bma gfsc jfsc adgm dfsa cbuae bnm bsp ojk sarb fsca cnbv cvm pra osc csa
  finansinspektionen finanstilsynet finantsinspektsioon fsra bsp ssm dfs nuprc ccpa ofwat ofgem ofcom
  cma rekenkamer bundesbank sesc fsca rbnz apra accc acma oaic cnil agcm antai fedstate nfra csrc pboc
  iiroc ciro knf mnb asf lb cnb nbp boi boe cma dfpi cfpb bcb smv
`)

/** Firms that articles name by one word, so that a first mention is not taken for something else. */
export const KNOWN_ORGS = set(`
  binance coinbase kraken bybit okx kucoin bitfinex bitstamp gemini huobi htx upbit bithumb korbit
  bitget gate.io mexc crypto.com bitpanda bitgo fireblocks circle ripple paxos tether blackrock
  fidelity vanguard goldman jpmorgan citigroup hsbc barclays ubs nomura mizuho santander bbva ing
  revolut wise paypal stripe visa mastercard square robinhood webull etoro ledger trezor metamask
  chainalysis elliptic certik peckshield slowmist galaxy grayscale bullish hashkey uniswap aave lido
  makerdao opensea polymarket kalshi hyperliquid apple google alphabet microsoft amazon meta facebook
  instagram whatsapp twitter netflix tesla nvidia intel amd ibm oracle samsung sony nintendo nokia
  ericsson huawei xiaomi tencent alibaba bytedance baidu softbank toyota honda bmw volkswagen
  mercedes renault stellantis ford boeing airbus siemens bosch sap philips shell bp exxon chevron
  totalenergies equinor orsted walmart target ikea nestle unilever pfizer moderna novartis roche
  bayer openai anthropic uber airbnb spotify zoom salesforce adobe cisco dell hp lenovo qualcomm
  broadcom tsmc asml arm bt vodafone telefónica orange verizon infinera reuters bloomberg nasdaq nyse
  swift interpol europol opec unitree bitmex deribit bitmain microstrategy marathon
`)

/** Venues where shares are listed. */
export const VENUES = set(`nasdaq nyse lse euronext hkex sgx tsx asx amex aim`)

export const MONTHS: readonly string[] = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
]
export const WEEKDAYS: readonly string[] = [
  'sunday',
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
]

/** What an office is of: `head of digital assets`. */
const ROLE_WORDS =
  '(?:(?!(?:at|of|in|for|on|to|from|with|who|told|said|says|will|has|is|was)(?![a-z]))(?:[a-z&-]+|⟨[TUL]\\d+⟩(?:-[a-z]+)?)(?: (?!(?:at|of|in|for|on|to|from|with|by|who|told|said|says|will|has|is|was|after|when|as|since|until)(?![a-z]))(?:[a-z&-]+|⟨[TUL]\\d+⟩(?:-[a-z]+)?)){0,3})'
/** Offices that a person holds. Longest first where one holds another. */
export const ROLE =
  `(?:(?:co-)?(?:founder|ceo|cfo|coo|cto|cio|cmo|cro|cso)(?: and (?:co-)?(?:founder|ceo|chief executive(?: officer)?|chairman|president))?|(?:former |interim |acting |deputy |vice |outside |supervisory |lead |senior |joint |group |global |regional |executive |non-executive |independent |managing |founding )*(?:chief [a-z]+(?: [a-z]+)? officer|chief executive(?: officer)?|chief (?:economist|analyst|strategist|scientist|investment officer|of staff)|finance chief|(?:(?:managing|executive|finance|financial|commercial|technical|sales|marketing|operations|creative|medical|risk|compliance|investment|strategy|country|research|legal|technology|product|human resources|communications) )?director(?: general)?(?: of ROLEWORDS)?|general counsel|head of (?:(?:its|the|⟨[OUK]\\d+⟩'s?) )?ROLEWORDS|chair(?:man|woman|person)?(?: of (?:the|its|⟨[OUK]\\d+⟩') (?:[a-z]+ )?board(?: of directors)?)?|member of (?:the|its) (?:[a-z]+ )?board|chair of the [a-z]+ committee|vice president(?: of ROLEWORDS)?|president|general manager|treasurer|secretary|partner|analyst|strategist|economist|spokes(?:man|woman|person)|managing partner|governor|commissioner|prime minister|minister|lawyer|counsel|portfolio manager|editor|engineer|board member))`.replaceAll(
    'ROLEWORDS',
    ROLE_WORDS,
  )
