/**
 * Spellings of one word that no rule of sound derives: given names across languages, surnames
 * across systems of romanisation, and the abbreviations of trade. Hand-written; one family a line.
 * A word belongs to one family only: the first line that names it.
 */
const PERSON_FAMILIES = `
muhammad mohammed mohamed mohammad muhammed mohamad muhamad mehmet mehmed mahomed mohd mohamud muhamed mohammod magomed magomet muhammadu mamadou mohammadi mhmd mokhammed mukhammad mokhamed
ahmad ahmed ahmet achmed akhmed akhmad ahmadu amadou ahmd
ali aly aliy
hussein hossein husain hussain husayn hossain husein husseyn houssein hussen huseyin guseyn khusein hsyn hsin
hosseini husseini hoseini husayni husaini hussaini hosaini hsini hosayni hossaini
ubaydi obaidi obeidi ubaidi abidi obaydi ubeidi
siddiqi sediqi sadiqi siddiqui sedigi sdighi sdiqi
haqqani haghani hqani haqani hghani
hassan hasan hassen khasan gasan hsn
abdallah abdullah abdulla abdellah abdoulaye abdoullah abdulah abdalla
abdul abdel abd abdal abdol abdou abdoul
ibrahim abraham ebrahim ibragim avraham avram brahim
yusuf yousef youssef yousuf joseph josef jose josip giuseppe iosif yosef yousif yussuf usef yusef jusuf yusif
yaqub yacoub jacob jakob yakub iakov yakov jacques
musa moussa moses moshe mousa
isa issa eissa essa
umar omar omer umer oumar
usman othman osman uthman ousmane osmaan
usama osama oussama ussama
khalid khaled halid khald
said saeed sayid saied sayeed
mahdi mehdi mahdy mhdi mehdy mahady
reza rida ridha rza rda rdha
sayyid sid syd sayed seyed syed sayyed saiyid seyyed
salih saleh salah
sulayman suleiman sulaiman solomon suleyman soliman soleiman sulieman suliman
ismail ismael esmail ishmael ismayil esmaeil
ishaq isaac ishak isac
jafar jfar jaafar jaffar djafar gafar
qasim qasm ghasem kassem qassem kasim qasem kassim ghasem
qadhafi gaddafi gadhafi qaddafi kadhafi khadafy gadafi kaddafi qadafi gathafi
hajji haji hadji haj hajj hagi
shaykh sheikh sheik shaikh cheikh sheykh shaykhu
sharif shareef cherif sherif
aisha ayesha aicha aishah
fatima fatimah fatma fathima
maryam mariam miriam mary maria marie mariya marija mariia
yahya yehia john jon johannes jan ivan johan hans giovanni juan joao jean ian ioannis ioan ian ivo sean janos juhani yiannis yohannes hovhannes
alexander aleksandr alexandre alessandro aleksander oleksandr aliaksandr alejandro alexandros aleksandar iskandar iskander sikandar alex oleksander alyaksandr alexandru
alexandra aleksandra oleksandra alessandra alejandra
alexei aleksei alexey aleksey oleksiy oleksii aliaksei alexej aleksej oleksij
sergei sergey serge serhiy serhii siarhei sergej sergio serguei siarhiej
dmitry dmitri dmitriy dmitrii dmytro dzmitry dimitri dimitry dimitrios dmitrij
vladimir volodymyr uladzimir wladimir vladimer wolodymyr uladzimer
nikolai nikolay mykola nikolas nicholas nicolas mikalai nikolaj nicolai nikolaos mikola nick
mikhail mykhailo michael mikhael mikhailo michail miguel michel michele mihail mihai mikalay mike mihhail michal mykhaylo
andrei andrey andrew andriy andrii andrzej andre andreas andres andrea andrej andrij
yevgeny evgeny yevgeniy evgeniy evgeni yevgeni yevhen evgenii eugene jewgeni evgenij yevhenii eugen yauhen
yuri yury yuriy yurii iurii jurij juri georgy georgi georgiy george jorge giorgi georges georgios heorhiy jerzy jurgen georgii iouri jiri
igor ihor
oleg oleh aleh
vasily vasiliy vasilii vasyl vasil basil vasile wassili vasilij
pavel pavlo paul paulo pablo paolo paval
petr pyotr piotr petro peter pedro pierre pietro pjotr petar petros
grigory grigoriy grigori hryhoriy gregory grigorii grzegorz gregor ryhor
konstantin constantine kostyantyn kanstantsin constantin costas konstantinos
fyodor fedor fiodor theodor theodore fedir teodoro feodor
anatoly anatoliy anatoli anatolii anatol
valery valeriy valeri valerii valerij
gennady gennadiy gennadi hennadiy gennadii henadz
arkady arkadiy arkadi arkadii
viktor victor wiktor viktar
maxim maksim maksym maxime maksym
ilya ilia illia ilja elias ilyas elijah
kirill kyrylo cyril kiryl
roman ramon
timofey timothy tymofiy timur
natalia natalya nataliya nataliia natalija natalie nataly
tatiana tatyana tetiana tetyana tatjana tatsiana
elena yelena olena helena helen jelena alena
ekaterina yekaterina kateryna katherine catherine katerina katarina catalina katsiaryna
olga olha volha
irina iryna irene irena
yulia julia yuliya iuliia juliya yuliia
william will bill billy guillermo wilhelm guillaume vilhelm liam guglielmo
robert bob rob bobby roberto
richard rick dick ricardo riccardo
james jim jimmy jaime giacomo diego jamie
thomas tom tommy tomas tommaso foma
charles carlos karl carl carlo charlie karel
henry henri enrique heinrich enrico harry hendrik
edward ed eddie eduardo edvard edouard eduard
anthony tony antonio antoine anton antonios
stephen steven steve stefan stephan esteban stefano stepan etienne stephane
david dawid daoud dawud davud dave daud davide
daniel danilo daniil daniele danila daniyal danyil
matthew matthias mateo matteo matvey mateusz matthieu
lawrence laurence lorenzo laurent lavrentiy
francis francisco francesco franz francois frank
louis luis luigi ludwig lewis luiz
elizabeth elisabeth isabel elisabetta yelizaveta elizaveta liz
margaret margarita marguerite margarete
anna anne ana hanna hannah ann
philip phillip felipe philippe filip filippo
christopher christophe cristobal kristof chris khristofor
joshua yeshua josue
samuel sam shmuel samuil
kim gim ghim
lee yi rhee ri rhie yee
park pak bak baek paek
choi choe choy chwe
jung jeong chung chong joung jong cheong
kang gang
yoon yun youn
jang chang zhang cheung teo
lim rim im yim
shin sin
cho jo joh
kwon gwon kwun
hwang whang huang wong vong
ryu yoo yu ryoo
roh no noh ro
moon mun
woo wu ng ngo goh
chen chan tan chin chern
wang ong vang
li lei
liu lau liew lew low
lin lam
guo kwok kuo quek
liang leung neo
he hor ho
zeng tsang tseng chng
ye yip yeh yap
zhou chow chou chew jow
xu hsu hui tsui hsui koh khoo
zheng cheng tay cheong
xie hsieh tse chia
luo law lo loh
cai tsai choi choy chua
zhao chao chiu teoh
deng teng tang
zhu chu choo
hu woo oo
feng fung phang
xiao hsiao siu siew
jiang chiang kong keung
zhong chung tchung
sun suen sng
ma mah beh
pan poon phua
yang yeung yeo ieong
tian tien tin
dong tung toong
qian chien tsien
qiu chiu khoo yau
`

/** Words of trade and place, in the same form. */
const TRADE_FAMILIES = `
international intl internacional internazionale internationale inter mezhdunarodny mezhdunarodnaya beynelmilel
national natl nacional nazionale nationale natsionalny natsionalnaya
brothers bros hermanos freres
manufacturing mfg manufacture manufacturers manufacturer
saint st ste sankt santa san sao
street str
university univ universidad universite universitat universitet
department dept departamento
association assn assoc asociacion associacao
government govt
management mgmt mgt
services svcs svc service servicios servis
holding hldg hldgs holdings khalding
group grp grupo groupe gruppe gruppo gruppa
technology tech technologies tekhnologii teknoloji technologie tecnologia tecnologias
engineering engg eng ingenieria muhendislik
industries ind industry industrial industria industrias industriel industrielle indus sanayi
investment inv investments invest inversiones investitionen
development dev devt desarrollo
trading trdg trade trades comercio torgovy torgovaya ticaret tijari commerce comercial commercial
exchange exch exchanges
bank bk banco banque banca banka banku bankasi bancorp
financial finance fin finans finanzas financiera financiere finansovy
insurance ins seguros assurance assurances
pharmaceuticals pharma pharmaceutical pharm farma
laboratories labs laboratory laboratorios laboratorio
centre center centro tsentr zentrum markaz
organization organisation org organizacion organizatsiya organizasyon
foundation fdn fundacion fondation fondazione stiftung fond vakfi
institute inst instituto institut
transport transportation trans transportes transp transportnaya
shipping shpg naviera denizcilik
construction constr constructions construcciones stroitelnaya insaat
import imp importacion ithalat
export exp exportacion ihracat eksport
company companhia compania compagnie kompaniya kampuni kompani
electronics electronic elektronik elec
electric electrical elektrik
petroleum petrol petro petrochemical petrochemicals
republic republica republique respublika
commission comision
committee cttee comite komitet
ministry ministerio ministere ministerstvo
movement movimiento mouvement
front frente
army ejercito armee
general gen gral
mount mt
doctor dr
north northern norte nord
south southern sur sud
east eastern este
west western oeste ouest
`

const CLASSES = new Map<string, number>()
const PERSON_LINES = PERSON_FAMILIES.trim().split('\n')
const LINES = [...PERSON_LINES, ...TRADE_FAMILIES.trim().split('\n')]
for (const [at, line] of LINES.entries()) {
  for (const word of line.split(' ')) if (!CLASSES.has(word)) CLASSES.set(word, at)
}

const MEMBERS: ReadonlyMap<number, readonly string[]> = members()

function members(): Map<number, string[]> {
  const lists = new Map<number, string[]>()
  for (const [word, family] of CLASSES) {
    const list = lists.get(family)
    if (list === undefined) lists.set(family, [word])
    else list.push(word)
  }
  return lists
}

/** The family of a word; undefined for the many that have none. */
export function variantClass(word: string): number | undefined {
  return CLASSES.get(word)
}

/** Every spelling of the word's family, the word itself among them; empty where it has none. */
export function variantsOf(word: string): readonly string[] {
  const family = CLASSES.get(word)
  return family === undefined ? [] : (MEMBERS.get(family) ?? [])
}

/** A given name or surname that very many people bear, in any spelling known here. */
export function isCommonPersonName(word: string): boolean {
  const family = CLASSES.get(word)
  return family !== undefined && family < PERSON_LINES.length
}
