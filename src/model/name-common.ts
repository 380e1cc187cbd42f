import { isCommonPersonName as isFamilyName } from './name-variants.ts'

/**
 * Given names and surnames that very many people bear, besides those of `name-variants.ts`. Hand-
 * written, in folded spelling. A match that rests on such names alone is a namesake more often than
 * not.
 */
const COMMON = new Set(
  `smith johnson williams brown jones miller davis wilson anderson taylor moore jackson martin
  thompson white harris clark lewis robinson walker young allen king wright scott hill green adams
  nelson baker hall campbell mitchell carter roberts phillips evans turner parker collins edwards
  stewart morris murphy cook rogers morgan cooper reed bailey bell kelly howard ward cox gray
  watson brooks bennett wood ross hughes price long foster hunter simpson graham murray
  garcia rodriguez gonzalez fernandez lopez martinez sanchez perez gomez ruiz diaz moreno alvarez
  romero navarro torres silva santos oliveira pereira costa carvalho rossi russo ferrari esposito
  bianchi ricci marino dubois lefevre moreau girard rousseau fournier mercier hernandez ramirez
  flores rivera ortiz gutierrez chavez ramos reyes cruz morales castillo jimenez vargas castro
  mendoza rojas medina aguilar guerrero vega munoz soto delgado herrera rios cardenas salazar
  valencia restrepo zapata londono osorio acosta suarez dominguez nunez souza ferreira almeida
  rodrigues alves lima gomes ribeiro martins barbosa bernard durand leroy fontaine lambert
  muller mueller schmidt schneider fischer weber wagner becker hoffmann schafer koch bauer richter
  klein wolf schroder neumann schwarz braun hofmann zimmermann hartmann kruger meier mayer lang
  andersen nilsson hansen johansen olsen larsen jensen nielsen eriksson larsson lindqvist virtanen
  korhonen nowak kowalski kowalczyk wisniewski lewandowski nagy horvath novak dvorak popescu
  ionescu yilmaz kaya demir celik sahin aydin ozturk arslan dogan kilic aslan yildiz
  ivanov ivanova smirnov smirnova kuznetsov popov vasiliev vasilev vasilyev sokolov mikhailov
  mikhaylov novikov fedorov morozov volkov lebedev kozlov stepanov orlov makarov zakharov zaitsev
  zaytsev shevchenko kovalenko bondarenko petrov pavlov semenov golubev vinogradov bogdanov
  vorobyov frolov alexandrov aleksandrov andreev alekseev alexeev nikolaev nikitin kovalev
  ilyin gusev titov kuzmin kudryavtsev baranov kulikov sergeev romanov medvedev ershov antonov
  tarasov zhukov komarov belov melnik melnyk boyko tkachenko kravchenko oliynyk moroz lysenko
  rudenko savchenko petrenko marchenko kovalchuk markov danilov borisov yakovlev grigoriev
  grigoryev sidorov egorov matveev vlasov filippov davydov gavrilov kiselev maslov
  haddad khoury mansour mansur najjar sabbagh barakat qureshi siddiqui chaudhry malik rahman
  chowdhury sarkar cherif sharif fahmy shawky darwish rezaei karimi mousavi musavi ahmadi jafari
  tehrani harbi qahtani mutairi utaybi ghamdi otaibi hosseini husseini rezai mohammadi moradi
  rahimi hashimi hashemi kazemi sadeghi najafi rostami khan begum bibi shah akhtar iqbal aziz
  azizi rashid rasheed latif majid hamid hamed karim kareem rahim salim salem salman salam samir
  tariq bilal faisal faysal nadir nasir nasser naser amin amir ameer anwar jamal jamil jalal kamal
  kamil mahmud mahmoud mustafa mostafa mansoor munir mubarak najib rafiq sadiq saad sabir walid
  waleed yasin yasir yunus younis zahid zahir zaki ziad zayd hadi habib hakim halim hamza haidar
  haydar idris imran jabir nur noor omran qadir rami riyad shafiq tahir taha wahid zain nadia
  layla leila huda salma rania zainab zaynab zahra amina khadija sana reza parisa farhad shirin
  jabbar rahman rahmani ghani haq haqqani wali gul jan din
  sharma patel gupta kumar singh reddy mehta iyer das verma mishra jain agarwal joshi nair rao
  okafor eze nwosu mensah dlamini nkosi adeyemi ibe traore diallo keita toure kone camara
  nguyen tran pham hoang vu vo dang bui do ngo duong ly
  santoso wijaya tanaka suzuki watanabe kobayashi yamamoto sato satou ito itou nakamura kato katou
  takahashi yoshida yamada sasaki matsumoto inoue kimura hayashi shimizu saito mori abe ikeda
  park kim lee han oh seo song ahn hong son bae moon ryu
  zhang liu chen yang huang zhao wu zhou sun zhu hu gao luo song xie tang deng feng peng zeng
  xiao tian dong pan yuan cai jiang yu du ye wei su lu ding ren yao lu jin xia tan fan fang shi
  liao zou xiong bai meng qin qiu hou lei long tao jun min ping hui ming hua wen bin jing hong
  laura carmen isabel teresa marta lucia pilar ana fernando javier rafael sergio beatriz marco
  luca claudia andrea mark marcus jennifer patricia linda barbara susan jessica sarah karen lisa
  nancy betty sandra ashley emily donna kenneth michelle kevin carol brian ronald jason gary ryan
  eric jonathan scott justin brandon benjamin patrick alan juan bruce adam nathan zachary walter
  svetlana oksana taras marina lyudmila galina larisa ludmila vera nadezhda oxana vladislav
  vyacheslav stanislav boris leonid vitaly vitaliy vitali denis artem artyom ruslan rustam marat
  anton arthur artur nikita egor stefan emre burak murat mehmet ayse fatih kemal zeynep elif`.split(
    /\s+/,
  ),
)

/** A patronymic is left out as often as it is written: `Anatolyevich`, `Petrovna`, `oglu`. */
const PATRONYMIC = /(?:[oey]vi(?:t?ch|tsch)|[oe]vych|[oei]vna|ichna)$/
const PATRONYMIC_WORDS = new Set('oglu ogly oglou ogli kyzy qizi kizi uulu'.split(' '))

/** A given name or surname that very many people bear. */
export function isCommonName(word: string): boolean {
  return COMMON.has(word) || isFamilyName(word)
}

export function isPatronymic(word: string): boolean {
  return PATRONYMIC_WORDS.has(word) || (word.length > 6 && PATRONYMIC.test(word))
}
