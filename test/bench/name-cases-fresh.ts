import { intBelow, type Rng } from '../../src/base/rng.ts'
import { foldName } from '../../src/model/name.ts'
import { isCommonName } from '../../src/model/name-common.ts'
import type { Person } from './name-cases-people.ts'
import type { Script } from './name-cases-script.ts'

/**
 * Ordinary given and family names by culture, for made-up people whom no list in the product was
 * written for: no word of them is in its list of common names. Nobody in particular is meant.
 */
interface Culture {
  readonly script: Script
  readonly given: readonly string[]
  readonly family: readonly string[]
}

const split = (text: string) => text.trim().split(/\s+/u)

const CULTURES: readonly Culture[] = [
  {
    script: 'latin',
    given:
      split(`Heather Trevor Bethany Russell Tiffany Douglas Vanessa Clifford Melissa Stuart Rebecca
      Nigel Amanda Derek Stephanie Gavin Brenda Craig Pamela Keith Nicole Rodney Cynthia
      Duncan Kathleen Angela Wesley Shirley Leonard Brianna Marvin Dorothy Curtis Megan Gordon
      Cheryl Stanley Samantha Vincent Rachel Dennis Joyce Jerry Hailey Tyler Diane Courtney
      Neville Rosalind Desmond Imogen Fergus Morag Callum Aoife Declan Niamh Rhys Bronwen
      Gareth`),
    family: split(`Fletcher Whitaker Pemberton Ashworth Holloway Kendrick Bradshaw Sinclair Thornton
      Gallagher McAllister Donovan Fitzgerald Buchanan Lockhart Hargreaves Winslow Prescott
      Chambers Hathaway Marlowe Barlow Sutherland Drummond Carmichael Dalton Whitfield Ramsey
      Wheeler Goodwin Chandler Bowman Holt Pritchard Llewellyn Kavanagh O'Sullivan Brennan
      Doherty McKenzie Ferguson Armstrong Crawford Stephenson Lawson Burgess Hodgson Webster
      Barker Osborne Atkinson Goddard Bishop Parsons Shepherd Hobbs Vickers Tate Yardley Colby
      Rutherford Eastwood Langley Holbrook`),
  },
  {
    script: 'latin',
    given:
      split(`Gonzalo Rocío Álvaro Nuria Ignacio Mónica Rubén Cristina Adrián Silvia Hugo Alicia Óscar
      Lorena Héctor Paloma Emilio Inmaculada Rodrigo Ximena Agustín Noelia Matías Soledad
      Leandro Catarina Nuno Mariana Vasco Leonor Gustavo Fernanda Renato Bianca Thiago Larissa
      Edson Rosário Benedetta Alessio Ludovica Edoardo Ilaria Gianluca Martina Leonardo
      Aurélie Thibault Clémence Bastien Océane Quentin Mélanie Romain Sylvie Gaëtan Solène
      Fabrice`),
    family:
      split(`Montoya Quintero Villanueva Arroyo Cabello Serrano Ibáñez Carrasco Gallego Pascual
      Santana Lozano Vidal Crespo Bravo Peña Rueda Cordero Benítez Trujillo Espinoza Figueroa
      Bermúdez Escobar Zamora Palacios Sepúlveda Fuentes Arriaga Teixeira Nogueira Monteiro
      Cardoso Machado Guimarães Azevedo Pinheiro Barros Faria Colombo Conti Gallo Fontana
      Caruso Mancini Rizzo Lombardi Barbieri Moretti Giordano Marchetti Chevalier Perrin
      Gauthier Boucher Renard Marchand Lemoine Giraud Vasseur Delorme Picard Besson`),
  },
  {
    script: 'latin',
    given:
      split(`Sabine Holger Ulrike Rainer Heike Detlef Petra Klaus Gudrun Tobias Silke Florian Annika
      Torsten Maren Henrik Solveig Rasmus Kirsten Magnus Linnea Gunnar Sigrid Oskar Tuulikki
      Eero Riikka Krzysztof Justyna Wojciech Katarzyna Marcin Dorota Radek Lenka Ondřej
      Vendula László Ildikó Attila Kinga Bogdan Raluca Cosmin Mihaela Dragan Goran Snežana
      Zdravko Vesna Koen Marieke Bram Femke Joost Sanne Selçuk Nurhan Serkan Gülay`),
    family:
      split(`Krause Lehmann Köhler Vogel Friedrich Günther Sommer Böhm Pfeiffer Dietrich Ziegler Kuhn
      Engelhardt Seidel Brandt Haas Schreiber Ebert Lindner Bergström Sandberg Engström
      Holmberg Nyström Söderlund Christensen Mortensen Knudsen Iversen Haugen Bakken Lehtonen
      Mäkinen Heikkinen Zieliński Szymański Woźniak Dąbrowski Kozłowski Mazur Krawczyk
      Procházka Kučera Veselý Pospíšil Szabó Tóth Kocsis Balogh Farkas Munteanu Dumitru
      Stanciu Jovanović Petrović Marković Stojanović van Dijk Visser Hendriks Dekker Brouwer
      Koçak Özdemir Erdoğan Aksoy`),
  },
  {
    script: 'latin',
    given:
      split(`Thanh Huong Quang Trang Hieu Ngoc Rohit Ananya Sanjay Lakshmi Suresh Meenakshi Harish
      Rekha Manoj Swati Nikhil Pooja Oluwaseun Folake Ifeanyi Chiamaka Tunde Yetunde Kofi
      Akosua Sipho Nomvula Tendai Rudo Wanjiru Kamau Bambang Ratna Hendra Wulan Rizky Ayu
      Takeshi Naoko Makoto Emiko Daisuke Ayumi Jerome Marisol Rodel Maricel Somchai Pornthip
      Anong Kittisak Hyunwoo Jiyeon Seungmin Yerin Guowei Xiuying Zhiqiang Meiling`),
    family:
      split(`Bhattacharya Krishnan Subramanian Chatterjee Mukherjee Kulkarni Deshpande Banerjee Menon
      Pillai Chauhan Saxena Tiwari Trivedi Bhatt Rathore Adebayo Okonkwo Balogun Oyelaran
      Nwachukwu Olatunji Asante Owusu Appiah Mthembu Khumalo Ndlovu Moyo Otieno Mwangi Kariuki
      Ochieng Setiawan Kurniawan Hidayat Nugroho Susanto Fujimoto Hashimoto Ogawa Nishimura
      Morita Endo Ishikawa Okada Villareal Macaraeg Dimaculangan Pascual Chaiyasit
      Rattanakosin Srisuwan Truong Dinh Phan Luong Ouyang Situ`),
  },
  {
    script: 'latin',
    given:
      split(`Anas Rawan Basel Dina Hatem Ghada Lamia Marwan Nisreen Osayd Rasha Sameh Suhair Talal
      Wafa Yazan Abeer Ihab Manal Louay Hanan Munther Siham Fadi Jumana Ramzi Asma Haytham
      Sawsan Bashir Afaf Nabil Kawthar Wassim Ibtisam Shadi Amal Zubair Farida Arash Mahnaz
      Behrouz Nasrin Kaveh Shahla Bahram Golnaz Asif Nazia Kashif Sadia Waqas Rubina`),
    family:
      split(`Shami Halabi Tannous Abboud Gemayel Saadeh Nasrallah Zeidan Bitar Masri Qabbani Jabri
      Kilani Atassi Shaheen Batal Hariri Fakhoury Salameh Tawil Daher Makdisi Bennani Alaoui
      Berrada Tazi Fassi Belkacem Boudiaf Ziani Hamdi Trabelsi Gharbi Mejri Ayari Naccache
      Ansari Zaidi Bukhari Mirza Baig Chughtai Bhutto Abbasi Farooqi Khosravi Rahmanian
      Shirazi Isfahani Golzar Pahlavan Shahbazi Nikpour`),
  },
  {
    script: 'cyrillic',
    given:
      split(`Зинаида Валентин Раиса Тамара Герман Полина Ярослав Вероника Глеб Алина Всеволод Диана
      Святослав Кристина Карина Жанна Тихон Инна Захар Алла Родион Римма Вадим Лилия Эльвира
      Савелий Богдан Соломия Назар Остап Любомир Ростислав Станислава Кузьма Клавдия Фёкла
      Прохор`),
    family:
      split(`Тихонов Щербаков Блинов Колесников Карпов Афанасьев Исаков Тихомиров Аксёнов Родионов
      Котов Горбунов Кудряшов Быков Зуев Третьяков Савельев Панов Рыбаков Суворов Абрамов
      Воронов Мухин Архипов Трофимов Мартынов Емельянов Горшков Чернов Овчинников Селезнёв
      Панфилов Копылов Михеев Галкин Назаров Лобанов Лукин Беляков Потапов Некрасов Хохлов
      Жданов Наумов Шилов Воронцов Ермаков Дроздов Игнатьев Савин Логинов Сафонов Капустин
      Кириллов Моисеев Елисеев Кошелев Костин Горбачёв Орехов Ефремов Исаев Евдокимов
      Калашников Кабанов Носков Юдин Кулагин Лапин Прохоров Нестеров Харитонов Агафонов
      Муравьёв Ларионов Федосеев Зимин Пахомов Шубин Гаврилюк Дмитренко Панченко Мельниченко
      Сидоренко Приходько Литвиненко Яременко`),
  },
  {
    script: 'arabic',
    given:
      split(`أنس روان باسل دينا حاتم غادة مروان نسرين رشا سامح طلال وفاء يزن عبير إيهاب منال لؤي حنان
      فادي جمانة رمزي أسماء هيثم سوسن بشير نبيل وسيم ابتسام شادي آمال زبير فريدة عدنان رغد
      عماد`),
    family:
      split(`الحلبي طنوس عبود سعادة زيدان البيطار المصري القباني الجابري الكيلاني الأتاسي شاهين البطل
      الحريري الفاخوري سلامة الطويل ضاهر المقدسي بناني العلوي برادة التازي بلقاسم بوضياف
      الزياني الطرابلسي الغربي العياري النقاش الأنصاري الزيدي البخاري الخطيب الزعبي العمري
      الرفاعي الدباغ النابلسي`),
  },
  {
    script: 'han',
    given: split(
      `瑞 凯 菲 宇航 诗涵 博文 雨桐 泽宇 思琪 嘉豪 欣怡 振国 玉兰 德明 秋菊 永福 春梅 立新 淑珍 景行 若溪 鸿飞 婉清 家栋 慧敏`,
    ),
    family: split(`沈 贾 薛 阎 戴 郝 崔 毛 顾 邵 万 段 尹 乔 赖 龚 司马 诸葛`),
  },
  {
    script: 'hangul',
    given: split(
      `태현 유진 건우 소연 재훈 다은 동현 채원 승호 나연 진우 가영 규민 세아 병철 순자 영호 미숙 기범 혜진 정훈 보람 상철 은경`,
    ),
    family: split(`백 허 남 심 하 곽 성 차 주 우 구 나 지 엄 채 원 천 방 공 현 함 변 염`),
  },
  {
    script: 'greek',
    given: split(`Σπυρίδων Ζωή Θεόδωρος Δέσποινα Λεωνίδας Καλλιόπη Στέφανος Φωτεινή Ηλίας Ευτυχία
      Παρασκευή Απόστολος Χρυσούλα Αγγελική Φίλιππος`),
    family: split(`Παππάς Τσιμπούκης Χατζηγεωργίου Σωτηρίου Λαμπρόπουλος Μαυρίδης Κουτσούκος Αλεξίου
      Ζαφειρίου Θεοδώρου Σταύρου Καλογερόπουλος Ραπτης Μητσοτάκος Λιάπης Κόκκινος Σαμαράς
      Τζαβάρας Ξενάκης Φραγκος`),
  },
  {
    script: 'kana',
    given: split(`タクヤ ミホ リョウタ カナコ シンジ ユウコ マサル チヒロ コウヘイ ノゾミ`),
    family: split(
      `ヤマザキ ハシモト イシカワ マエダ フジタ オガワ ゴトウ オカダ ハセガワ ムラカミ`,
    ),
  },
]

/** Of a hundred people; most are written in Latin, as in the lists. */
const SHARES = [16, 12, 14, 14, 12, 12, 7, 6, 3, 3, 1]
const WITHOUT_SPACE: ReadonlySet<Script> = new Set(['han', 'hangul'])

/** A made-up person; one in three has a middle name. */
export function freshPersonOf(rng: Rng): Person {
  let at = intBelow(rng, 100)
  const culture = CULTURES.find((_, i) => {
    at -= SHARES[i] ?? 0
    return at < 0
  }) as Culture
  const { script } = culture
  const of = (list: readonly string[]) => list[intBelow(rng, list.length)] ?? ''
  const [given, family] = [of(culture.given), of(culture.family)]
  if (WITHOUT_SPACE.has(script)) return { text: `${family}${given}`, script }
  const middle = rng() < 0.33 ? ` ${of(culture.given)}` : ''
  return { text: `${given}${middle} ${family}`, script }
}

/**
 * Words that the product's own list of common names knows, too: there must be none. A name that is
 * written without spaces is compared as a whole, for its syllables are everybody's.
 */
export function knownToProduct(): string[] {
  return CULTURES.flatMap(({ script, given, family }) =>
    [...given, ...family].filter((name) => {
      const words = foldName(name).split(' ')
      return [...(WITHOUT_SPACE.has(script) ? [] : words), words.join('')].some(isCommonName)
    }),
  )
}
