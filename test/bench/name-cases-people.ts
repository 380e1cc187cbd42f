import { intBelow, type Rng } from '../../src/base/rng.ts'
import type { Script } from './name-cases-script.ts'

/** Common given and family names by culture, for made-up people. Nobody in particular is meant. */
interface Culture {
  readonly script: Script
  readonly given: readonly string[]
  readonly family: readonly string[]
  /** What stands between the parts; Han and Hangul write the family name first. */
  readonly order: 'given family' | 'familygiven'
}

const split = (text: string) => text.trim().split(/\s+/u)

const CULTURES: readonly Culture[] = [
  {
    script: 'latin',
    order: 'given family',
    given: split(`James Mary Robert Patricia Linda Michael Jennifer William Elizabeth David Barbara
      Richard Susan Thomas Jessica Charles Sarah Karen Daniel Nancy Matthew Lisa Anthony Betty Mark
      Sandra Paul Ashley Steven Emily Andrew Kimberly Joshua Donna Kenneth Michelle Kevin Carol`),
    family: split(`Smith Johnson Williams Brown Jones Miller Davis Wilson Anderson Taylor Moore
      Jackson Martin Thompson White Harris Clark Lewis Robinson Walker Young Allen King Wright Scott
      Hill Green Adams Nelson Baker Hall Campbell Mitchell Carter Roberts Phillips Evans Turner`),
  },
  {
    script: 'latin',
    order: 'given family',
    given: split(`José María Carlos Carmen Juan Ana Luis Isabel Miguel Laura Javier Lucía Fernando
      Pilar Diego Teresa Pablo Marta Sergio Elena João Paulo Beatriz Tiago Inês Rafael Camila
      Giovanni Francesca Marco Giulia Luca Chiara Pierre Camille Julien Margaux Étienne Amélie`),
    family: split(`García Rodríguez González Fernández López Martínez Sánchez Pérez Gómez Ruiz Díaz
      Moreno Álvarez Romero Navarro Torres Silva Santos Oliveira Pereira Costa Carvalho Rossi Russo
      Ferrari Esposito Bianchi Ricci Marino Dubois Lefèvre Moreau Girard Rousseau Fournier Mercier`),
  },
  {
    script: 'latin',
    order: 'given family',
    given: split(`Lukas Anna Felix Lena Jonas Katharina Stefan Birgit Jürgen Ute Björn Astrid Lars
      Ingrid Sven Freja Mikkel Aino Jukka Piotr Agnieszka Tomasz Małgorzata Zoltán Eszter Jiří
      Tereza Milan Ivana Nikola Andrei Ioana Emre Ayşe Mehmet Elif Burak Zeynep`),
    family: split(`Müller Schmidt Schneider Fischer Weber Wagner Becker Hoffmann Schäfer Koch Bauer
      Richter Klein Wolf Andersen Nilsson Lindqvist Virtanen Korhonen Nowak Kowalczyk Wiśniewski
      Lewandowski Nagy Horváth Novák Dvořák Popescu Ionescu Yılmaz Kaya Demir Çelik Şahin Aydın`),
  },
  {
    script: 'latin',
    order: 'given family',
    given: split(`Wei Min Li Jing Hao Xin Nguyen Thi Minh Anh Linh Rajesh Priya Amit Sunita Vikram
      Deepa Arjun Kavita Chinedu Ngozi Emeka Adaeze Kwame Abena Thabo Naledi Jun Maria Angelo Siti
      Budi Dewi Agus Putri Hiroshi Yuki Kenji Haruka`),
    family: split(`Wang Zhang Liu Chen Yang Huang Zhao Wu Zhou Tran Pham Hoang Sharma Patel Gupta
      Iyer Reddy Singh Mehta Okafor Eze Nwosu Mensah Boateng Dlamini Nkosi Reyes Cruz Bautista
      Santoso Wijaya Tanaka Suzuki Watanabe Kobayashi Yamamoto`),
  },
  {
    script: 'latin',
    order: 'given family',
    given: split(`Mohammed Ahmed Ali Omar Hassan Fatima Aisha Khalid Youssef Layla Ibrahim Maryam
      Tariq Nadia Samir Huda Karim Rania Bilal Zainab Faisal Salma Hamza Noor Reza Parisa Farhad
      Shirin Imran Sana Usman Bushra`),
    family: split(`Haddad Khoury Mansour Najjar Sabbagh Barakat Qureshi Siddiqui Chaudhry Malik
      Rahman Chowdhury Sarkar Benali Bouzid Cherif El-Sayed Fahmy Shawky Darwish Rezaei Karimi
      Mousavi Ahmadi Jafari Tehrani Al-Harbi Al-Qahtani Al-Mutairi`),
  },
  {
    script: 'cyrillic',
    order: 'given family',
    given: split(`Александр Мария Дмитрий Анна Сергей Елена Андрей Ольга Иван Наталья Алексей
      Татьяна Михаил Ирина Николай Светлана Павел Юлия Константин Екатерина Олексій Оксана Тарас`),
    family: split(`Иванов Смирнов Кузнецов Попов Васильев Соколов Михайлов Новиков Фёдоров Морозов
      Волков Лебедев Козлов Степанов Орлов Макаров Захаров Зайцев Шевченко Коваленко Бондаренко`),
  },
  {
    script: 'arabic',
    order: 'given family',
    given: split(
      `محمد أحمد علي عمر حسن فاطمة عائشة خالد يوسف ليلى إبراهيم مريم طارق سمير هدى كريم`,
    ),
    family: split(`حداد خوري منصور النجار الصباغ بركات القرشي المالكي الشريف درويش فهمي السيد
      الحربي القحطاني المطيري العتيبي الغامدي`),
  },
  {
    script: 'han',
    order: 'familygiven',
    given: split(`伟 芳 娜 敏 静 丽 强 磊 军 洋 勇 艳 杰 娟 涛 明 超 秀兰 霞 平 刚 桂英 志强 建华
      晓东 雅婷 子涵 浩然 梓萱 国栋 海燕 文博 思远 佳怡 俊杰`),
    family: split(
      `王 李 张 刘 陈 杨 黄 赵 吴 周 徐 孙 马 朱 胡 郭 何 高 林 罗 郑 梁 谢 宋 唐 欧阳`,
    ),
  },
  {
    script: 'hangul',
    order: 'familygiven',
    given: split(`민준 서연 도윤 지우 하준 서현 주원 민서 지호 하은 준서 지민 현우 수빈 우진 예은
      은지 성민 미경 영수 정희 상훈`),
    family: split(`김 이 박 최 정 강 조 윤 장 임 한 오 서 신 권 황 안 송 류 홍`),
  },
  {
    script: 'greek',
    order: 'given family',
    given: split(`Γεώργιος Μαρία Δημήτρης Ελένη Κωνσταντίνος Αικατερίνη Νικόλαος Βασιλική Παναγιώτης
      Σοφία Χρήστος Αναστασία Αθανάσιος Ευαγγελία`),
    family: split(`Παπαδόπουλος Βλάχος Αγγελόπουλος Νικολαΐδης Γεωργίου Δημητρίου Οικονόμου
      Παπαγεωργίου Μακρής Καραγιάννης Αντωνίου Ιωάννου Σταματίου Κωστόπουλος`),
  },
  {
    script: 'kana',
    order: 'given family',
    given: split(`タロウ ハナコ ケンジ ユキ ヒロシ サクラ ダイスケ アヤカ ショウタ ミサキ`),
    family: split(
      `サトウ スズキ タカハシ タナカ ワタナベ イトウ ヤマモト ナカムラ コバヤシ カトウ`,
    ),
  },
]

/** Most people of the crowd are written in Latin, as in the lists. */
const SHARES = [16, 12, 14, 14, 12, 12, 7, 6, 3, 3, 1]

export interface Person {
  readonly text: string
  readonly script: Script
}

/** A made-up person with a common name; one in three has a middle name. */
export function personOf(rng: Rng): Person {
  let at = intBelow(rng, 100)
  const culture = CULTURES.find((_, i) => {
    at -= SHARES[i] ?? 0
    return at < 0
  }) as Culture
  const { script, order } = culture
  const of = (list: readonly string[]) => list[intBelow(rng, list.length)] ?? ''
  const given = of(culture.given)
  const family = of(culture.family)
  if (order === 'familygiven') return { text: `${family}${given}`, script }
  const middle = rng() < 0.33 ? ` ${of(culture.given)}` : ''
  return { text: `${given}${middle} ${family}`, script }
}
