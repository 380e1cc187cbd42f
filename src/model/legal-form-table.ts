/**
 * Legal forms of firms as registers and lists write them, grouped by what they are (the kinds of
 * ISO 20275, reduced to classes that can be compared across countries). Hand-written. One class
 * may have many rows; spellings are in the local script, in transliteration and abbreviated, and
 * are folded before they are compared, so case, marks, dots and spaces do not matter.
 */
export const LEGAL_FORM_ROWS: readonly (readonly [string, string])[] = [
  [
    'limited',
    `Ltd; Limited; Private Limited; Pvt Ltd; Pte Ltd; Pty Ltd; Pvt; Pte; Pty;
    Proprietary Limited; Limited Company; Co Ltd; Company Limited;
    Private Company Limited by Shares; Company Limited by Guarantee; LTDA; Teoranta;
    Cyfyngedig; Cyf; Private; Proprietary; DAC; Designated Activity Company; CLG; UC;
    Unlimited Company; Ultd; Unltd`,
  ],
  [
    'limited',
    `LLC; L.L.C.; Limited Liability Company; Limited Liability Co; LC; PLLC; FZ LLC; FZE; FZCO;
    FZC; FZ-LLC; DMCC; WLL; W.L.L.; SPC; SPV Ltd; Series LLC;
    Professional Limited Liability Company; With Limited Liability`,
  ],
  [
    'limited',
    `GmbH; gGmbH; m.b.H.; Gesellschaft mit beschränkter Haftung; Ges.m.b.H.; GesmbH; UG;
    UG (haftungsbeschränkt); Unternehmergesellschaft;
    Unternehmergesellschaft haftungsbeschränkt; FlexCo; FlexKapG;
    Flexible Kapitalgesellschaft; GmbH in Liquidation; GmbH i.L.`,
  ],
  [
    'limited',
    `SARL; S.à r.l.; S.a.r.l.-S; SARLU; Société à responsabilité limitée; EURL; SASU; SAS;
    S.A.S.; Société par actions simplifiée; Société par actions simplifiée unipersonnelle;
    SELARL; SELAS; SURL; Sàrl; Société unipersonnelle à responsabilité limitée`,
  ],
  [
    'limited',
    `SRL; S.r.l.; S.r.l.s.; Società a responsabilità limitata;
    Società a responsabilità limitata semplificata; SRLU; BV; B.V.; BVBA; SPRL;
    Besloten vennootschap; Besloten vennootschap met beperkte aansprakelijkheid;
    Besloten venootschap; VBA; Comm VA`,
  ],
  [
    'limited',
    `SL; S.L.; SLU; S.L.U.; SLP; SLL; SLNE; Sociedad Limitada;
    Sociedad de Responsabilidad Limitada;
    Sociedad de Responsabilidad Limitada de Capital Variable; S de RL de CV; S de RL;
    SRL de CV; Sociedad Limitada Unipersonal; Sociedad por Acciones Simplificada; SAPI;
    SAPI de CV; SpA; EIRL; Empresa Individual de Responsabilidad Limitada; Compañía Limitada;
    Cia Ltda; Sociedade Limitada; Sociedade Unipessoal; Unipessoal Lda; Unipessoal; Lda;
    Sociedade por Quotas; Limitada; EIRELI; Sociedad Limitada Laboral; SUC;
    Sociedad Unipersonal`,
  ],
  [
    'limited',
    `Sp. z o.o.; Spółka z ograniczoną odpowiedzialnością; Spółka z o.o.; Prosta spółka akcyjna;
    PSA; s.r.o.; spol. s r.o.; společnost s ručením omezeným; spoločnosť s ručením obmedzeným;
    d.o.o.; j.d.o.o.; društvo s ograničenom odgovornošću; družba z omejeno odgovornostjo;
    DOOEL; ДООЕЛ; ДОО; друштво со ограничена одговорност; друштво са ограниченом одговорношћу;
    sh.p.k.; SHPK; Shoqëri me përgjegjësi të kufizuar`,
  ],
  [
    'limited',
    `Kft; Korlátolt felelősségű társaság; SRL-D; Societate cu răspundere limitată; EOOD; OOD;
    ЕООД; ООД; Дружество с ограничена отговорност;
    Еднолично дружество с ограничена отговорност; UAB; MB; Uždaroji akcinė bendrovė;
    Mažoji bendrija; SIA; Sabiedrība ar ierobežotu atbildību; OÜ; Osaühing`,
  ],
  [
    'limited',
    `ООО; OOO; ОсОО; OsOO; TOO; ТОО; ТОВ; TOV; TZOV; ТзОВ; LLC OOO; MMC; QMM; ЧП; ООД;
    Общество с ограниченной ответственностью; Obshchestvo s ogranichennoy otvetstvennostyu;
    Obshchestvo s ogranichennoi otvetstvennostyu; Товариство з обмеженою відповідальністю;
    Tovarystvo z obmezhenoyu vidpovidalnistyu; Товарищество с ограниченной ответственностью;
    Жауапкершілігі шектеулі серіктестік; ЖШС; MChJ; МЧЖ; Masuliyati cheklangan jamiyati; SPE;
    შპს; ՍՊԸ; Məhdud Məsuliyyətli Cəmiyyət; Таварыства з абмежаванай адказнасцю; ТАА; ODO;
    ОДО; Общество с дополнительной ответственностью`,
  ],
  [
    'limited',
    `ApS; Anpartsselskab; IVS; ehf.; einkahlutafélag; ΕΠΕ; EPE; ΙΚΕ; IKE;
    Εταιρεία Περιορισμένης Ευθύνης; Ιδιωτική Κεφαλαιουχική Εταιρεία; Ltd Şti; Limited Şirketi;
    Limited Sirket; Ltd. Şirketi; בע"מ; בעמ; Bam; B.M.; Be'eravon mugbal`,
  ],
  [
    'limited',
    `ش.م.م; ش.ذ.م.م; ذ.م.م; ذ م م; شركة ذات مسؤولية محدودة; شركة ذات مسئولية محدودة;
    ذات مسؤولية محدودة; ذات مسئولية محدودة; محدودة; المحدودة; با مسئولیت محدود;
    شرکت با مسئولیت محدود; شركة الشخص الواحد; Sherkat ba masouliyat mahdoud; مسئولیت محدود`,
  ],
  [
    'limited',
    `有限公司; 有限責任公司; 有限责任公司; 私人有限公司; 有限会社; 合同会社; 合同會社; 유한회사; 유한책임회사; (유); Yugen Kaisha;
    Godo Kaisha; GK; YK; Youxian Gongsi; Youxian Zeren Gongsi; Yuhan Hoesa; Yuhan Hoesha;
    無限公司; Công ty TNHH; Công ty trách nhiệm hữu hạn; TNHH; Trách nhiệm hữu hạn; Sdn Bhd;
    Sdn. Berhad; Sendirian Berhad; บริษัท จำกัด; จำกัด; บริษัทจำกัด; Perseroan Terbatas; PT;
    P.T.; PT Tbk; Tbk`,
  ],
  [
    'shares',
    `AG; Aktiengesellschaft; gAG; InvAG; REIT-AG; SE; Societas Europaea;
    Europäische Gesellschaft; AG & Co; KGaA; SE & Co KGaA; GmbH & Co KGaA; AG & Co KGaA;
    Kommanditgesellschaft auf Aktien; Investmentaktiengesellschaft; VVaG;
    Versicherungsverein auf Gegenseitigkeit`,
  ],
  [
    'shares',
    `SA; S.A.; Société Anonyme; Sociedad Anónima; Sociedade Anónima; Sociedade Anônima;
    Societate pe acțiuni; SAU; SA de CV; SAB de CV; SAB; SAA; SAC; SACI; SAIC; S.A.C.; SAICF;
    Sociedad Anónima Cerrada; Sociedad Anónima Abierta; Sociedad Anónima de Capital Variable;
    Sociedad Anónima Unipersonal; SAD; SGPS; SGPS SA; SCA; Société en commandite par actions;
    SpA; S.p.A.; Società per azioni; SapA; Società in accomandita per azioni; Sicaf`,
  ],
  [
    'shares',
    `NV; N.V.; Naamloze vennootschap; A/S; AS; Aktieselskab; Aksjeselskap; ASA;
    Allmennaksjeselskap; AB; Aktiebolag; Publikt aktiebolag; AB (publ); Oy; Oyj; Osakeyhtiö;
    Julkinen osakeyhtiö; Oy Ab; Ab Oy; hf.; hlutafélag; P/F; Partafelag; Rt; Nyrt; Zrt;
    Zártkörűen működő részvénytársaság; Nyilvánosan működő részvénytársaság; Részvénytársaság;
    a.s.; akciová společnost; akciová spoločnosť; Spółka Akcyjna; d.d.; dioničko društvo;
    delniška družba; a.d.; акционарско друштво; AD; EAD; АД; ЕАД; АДСИЦ; ADSIC;
    Акционерно дружество; Еднолично акционерно дружество; sh.a.; Shoqëri aksionare;
    Aktsiaselts; AAS; Akciju sabiedrība; Akcinė bendrovė`,
  ],
  [
    'shares',
    `АО; AO; ОАО; OAO; ПАО; PAO; ЗАО; ZAO; НАО; NAO; НПАО; ААТ; АТ; AT; ПрАТ; PrAT; PrJSC;
    PJSC; JSC; OJSC; CJSC; Joint Stock Company; Joint-Stock Co; Open Joint Stock Company;
    Closed Joint Stock Company; Public Joint Stock Company; Private Joint Stock Company;
    Акционерное общество; Публичное акционерное общество; Открытое акционерное общество;
    Закрытое акционерное общество; Непубличное акционерное общество; Акціонерне товариство;
    Публічне акціонерне товариство; Приватне акціонерне товариство; Aktsionernoe obshchestvo;
    Aktsionernoye obshchestvo; Publichnoe aktsionernoe obshchestvo;
    Publichnoye aktsionernoye obshchestvo; Otkrytoe aktsionernoe obshchestvo;
    Zakrytoe aktsionernoe obshchestvo; АҚ; Акционерлік қоғам; ASC; ҚSC; QSC;
    Açıq Səhmdar Cəmiyyəti; AJ; სს; ԲԲԸ; ՓԲԸ; Адкрытае акцыянернае таварыства;
    Закрытае акцыянернае таварыства; ЗАТ; ЗАТ`,
  ],
  [
    'shares',
    `Α.Ε.; ΑΕ; A.E.; Ανώνυμη Εταιρεία; Anonymi Etaireia; Anonymos Etairia; SA Hellas; ΑΒΕΕ;
    AVEE; A.Ş.; Anonim Şirketi; Anonim Sirketi; Anonim Ortaklığı; TAŞ; T.A.S.; T.A.Ş.; ש.מ;
    חברה ציבורית`,
  ],
  [
    'shares',
    `ش.م.ع; ش.م.خ; ش.م.ل; ش.م.ك; ش.م.ب; ش.م.س; ش.م; شركة مساهمة; شركة مساهمة عامة;
    شركة مساهمة خاصة; مساهمة عامة; ش.م.ك.ع; ش.م.ك.م; سهامی عام; سهامی خاص; سهامی; شرکت سهامی;
    شرکت سهامی خاص; Sherkat-e Sahami; Sherkate Sahami Khass; Sahami Aam; KSC; K.S.C.; KSCP;
    KSCC; QPSC; Q.P.S.C.; QSC; BSC; B.S.C.; BSC (c); SAOG; SAOC; S.A.O.G.; SAE; S.A.E.; SAL;
    S.A.L.; SAL Offshore; PSC; Bank PSC; SAK; SAKP; SAKC; Saudi Joint Stock Company`,
  ],
  [
    'shares',
    `股份有限公司; 公眾股份有限公司; 私人股份有限公司; 股份公司; 集团股份有限公司; 集团有限公司; 集團有限公司; 株式会社; 株式會社; ㈱; (株); 주식회사; ㈜;
    (주); Kabushiki Kaisha; Kabushiki Gaisha; Kabushikikaisha; Kabushikigaisha; KK; K.K.;
    Chusik Hoesa; Jusik Hoesa; Jusikhoesa; Chusikhoesa; Jusighoesa; Gufen Youxian Gongsi;
    Gufen Gongsi; Công ty cổ phần; Cổ phần; CTCP; บริษัท จำกัด (มหาชน); มหาชน; จำกัด มหาชน;
    PCL; Public Company Limited; Bhd; Berhad`,
  ],
  [
    'corporation',
    `Inc; Inc.; Incorporated; Corp; Corp.; Corporation; Co; Co.; Company; Incorporated Company;
    Professional Corporation; PC; Ltée; Limitée; Compagnie; Cie; Public Benefit Corporation;
    PBC; Société par actions; Incorporée; Compañía; Cia; Companhia; y Cia; & Co; and Company;
    & Cie; et Cie; u. Co; und Co; & Co Ltd`,
  ],
  [
    'public',
    `PLC; P.L.C.; Public Limited Company; CCC; Cwmni cyfyngedig cyhoeddus;
    Public Company Limited by Shares; Public`,
  ],
  [
    'partnership',
    `LP; L.P.; Limited Partnership; LLP; L.L.P.; Limited Liability Partnership; LLLP;
    General Partnership; GP; SLP; ILP; ELP; SCSp; SCS; S.C.S.; Société en commandite simple;
    Société en commandite spéciale; SNC; S.N.C.; Société en nom collectif;
    Società in nome collettivo; SAS di; Società in accomandita semplice; Société civile; SCI;
    Société civile immobilière; CV; C.V.; Commanditaire vennootschap; VOF; V.O.F.;
    Vennootschap onder firma; Maatschap; Comm V`,
  ],
  [
    'partnership',
    `KG; Kommanditgesellschaft; OHG; oHG; OG; Offene Gesellschaft; Offene Handelsgesellschaft;
    GbR; eGbR; GesbR; Gesellschaft bürgerlichen Rechts; PartG; PartGmbB; PartG mbB;
    Partnerschaftsgesellschaft; GmbH & Co KG; GmbH & Co OHG; AG & Co KG; AG & Co OHG;
    UG (haftungsbeschränkt) & Co KG; UG & Co KG; SE & Co KG; Stiftung & Co KG;
    Limited & Co KG; Ltd & Co KG; KG mbH; GmbH & Co; Sp. k.; Spółka komandytowa; Sp. j.;
    Spółka jawna; SKA; S.K.A.; Spółka komandytowo-akcyjna; Sp. z o.o. Sp. k.; Sp. p.;
    Spółka partnerska; k.s.; komanditní společnost; v.o.s.; veřejná obchodní společnost;
    komanditná spoločnosť; verejná obchodná spoločnosť; Bt; Betéti társaság; Kkt;
    Közkereseti társaság; K/S; Kommanditselskab; I/S; Interessentskab; ANS; DA;
    Ansvarlig selskap; KS; Kommandittselskap; KB; HB; Kommanditbolag; Handelsbolag; Ky;
    Kommandiittiyhtiö; Ay; Avoin yhtiö; k.d.; d.n.o.; j.t.d.; javno trgovačko društvo; KDA;
    SD; КД; СД; КДА; Събирателно дружество; Командитно дружество; ДЗЗД; TÜ; UÜ; Täisühing;
    Usaldusühing; KŪB; TŪB; PS; Pilnsabiedrība; Komandītsabiedrība;
    Komanditinė ūkinė bendrija; Tikroji ūkinė bendrija`,
  ],
  [
    'partnership',
    `ΟΕ; O.E.; ΕΕ; E.E.; Ομόρρυθμη Εταιρεία; Ετερόρρυθμη Εταιρεία; Omorrythmi Etaireia;
    Eterorrythmi Etaireia; Koll. Şti.; Kom. Şti.; Kollektif Şirket; Komandit Şirket;
    Kollektif Şirketi; Komandit Şirketi; Полное товарищество; Товарищество на вере;
    Командитное товарищество; Повне товариство; شركة تضامن; شركة التضامن; شركة توصية بسيطة;
    شركة توصية بالأسهم; شركة محاصة; شرکت تضامنی; 合夥; 合伙企业; 普通合伙; 有限合伙; 有限合伙企业; 普通合伙企业; 合名会社;
    合資会社; Gomei Kaisha; Goshi Kaisha; 합명회사; 합자회사; ห้างหุ้นส่วนจำกัด; CV Indonesia;
    Ltd Partnership; Ltd Liability Partnership; Sociedad en Comandita; S en C; S. en C.;
    Sociedad Colectiva; SRC; Sociedad Civil; SCom; Sociedade em Comandita;
    Sociedade em Nome Coletivo`,
  ],
  [
    'sole',
    `e.K.; eK; e.Kfm.; e.Kfr.; e. Kffr.; e.U.; eingetragener Kaufmann; eingetragene Kauffrau;
    eingetragenes Einzelunternehmen; Einzelunternehmen; Einzelfirma; EI; EIRL;
    Entreprise individuelle; Eenmanszaak; Ditta individuale; Impresa individuale; ИП; IP;
    Индивидуальный предприниматель; ФОП; FOP; Фізична особа підприємець; ЧТУП; ЧУП; ПУП; УП;
    UP; Унитарное предприятие; Частное предприятие; ПП; PP; Приватне підприємство;
    Едноличен търговец; Sole Trader; Sole Proprietorship; Sole Proprietor; d/b/a; DBA; t/a;
    s.p.; samostojni podjetnik; Enskild firma; Enkeltpersonforetak; ENK;
    Enkeltmandsvirksomhed; Egyéni cég; e.c.; FIE; IK; Individualus; IĮ; Toiminimi; Tmi; 개인사업자;
    个体工商户; 個人獨資企業; مؤسسة فردية; مؤسسة; Est; Establishment; Şahıs Şirketi`,
  ],
  [
    'cooperative',
    `eG; e.G.; Eingetragene Genossenschaft; Genossenschaft; SCE; Sociedad Cooperativa;
    S. Coop.; Coop; Cooperative; Co-operative; Cooperativa; Coöperatie; Coöperatieve; U.A.;
    Coöperatie U.A.; Coöperatief; Coop. V; Société coopérative; SCOP; SC RL; SCRL; CVBA;
    Società cooperativa; Soc. coop.; Scarl; S.c.a r.l.; S.c.p.a.; Scpa;
    Società cooperativa per azioni; Osuuskunta; Osk; Ekonomisk förening; ek. för.; AmbA;
    A.m.b.A.; FMBA; Andelsselskab; družstvo; Spółdzielnia; Szövetkezet; zadruga; zadrugo;
    Кооператив; Кооперация; Потребительский кооператив; ПК; СПК; Συνεταιρισμός; ΣΥΝ.Π.Ε;
    Kooperatif; Kooperatifi; Ühistu; Tulundusühistu; Kooperatyvas; Kooperatīvā sabiedrība;
    Kooperatīvs; 合作社; 农民专业合作社; 협동조합; 協同組合; Kyodo Kumiai; Agudat Shitufit; אגודה שיתופית;
    جمعية تعاونية; شرکت تعاونی; تعاونی`,
  ],
  [
    'association',
    `e.V.; eV; eingetragener Verein; Verein; nicht eingetragener Verein; ASBL; A.S.B.L.; VZW;
    V.Z.W.; AISBL; IVZW; Vereniging; Association loi 1901; Association sans but lucratif;
    Vereniging zonder winstoogmerk; Associazione; Associação; Asociación; Asociación Civil;
    AC; A.C.; ry; r.y.; rekisteröity yhdistys; Ideell förening; Forening; Förening; Spolek;
    z.s.; o.z.; Občianske združenie; Stowarzyszenie; Egyesület; Asociația; Сдружение; Udruga;
    Udruženje; Društvo; MTÜ; Mittetulundusühing; Biedrība; Asociacija; Σωματείο; Dernek;
    Derneği; Автономная некоммерческая организация; АНО; ANO; НКО; Некоммерческое партнерство;
    НП; Общественная организация; Громадська організація; ГО; NGO; nonprofit;
    Nonprofit Corporation; Inc. Association; 사단법인; 社団法人; 一般社団法人; 社会团体; 協會; عמותה; עמותה; ע״ר;
    جمعية; انجمن`,
  ],
  [
    'foundation',
    `Stiftung; gStiftung; Stichting; Fondation; Fondazione; Fundación; Fundação; Foundation;
    Fonden; Fond; Stiftelse; Säätiö; Nadace; Nadační fond; Nadácia; Fundacja; Alapítvány;
    Fundația; Фондация; Zaklada; Zadužbina; Ustanova; Sihtasutus; Nodibinājums; Fondas;
    Ίδρυμα; Vakıf; Vakfı; Фонд; Благотворительный фонд; Благодійний фонд; 基金会; 基金會; 財団法人;
    一般財団法人; 재단법인; مؤسسة خيرية; وقف; بنیاد; הקדש; Privatstiftung; Privée Stiftung; SPF`,
  ],
  [
    'fund',
    `SICAV; SICAV-SIF; SICAR; SIF; RAIF; SICAF; SICAV-RAIF; FCP; FCPE; FCPR; FPCI; UCITS; OEIC;
    ICVC; ICAV; VCC; Unit Trust; Trust; Statutory Trust; Business Trust; REIT; Treuhand;
    Anstalt; Est Reg; Establishment Reg; Registered Trust; Trust reg; Treuunternehmen;
    Fideicomiso; SCPI; OPCI; ETF; PCC; Protected Cell Company; ICC; Incorporated Cell Company;
    SPC Segregated Portfolio Company; Segregated Portfolio Company; IBC;
    International Business Company; IC; AIF; Investeringsforening; Closed-End Fund; FII;
    SGIIC; SICC`,
  ],
  [
    'state',
    `GUP; ГУП; FGUP; ФГУП; MUP; МУП; ГП; ДП; DP; КП; KP;
    Федеральное государственное унитарное предприятие; Государственное унитарное предприятие;
    Федеральное казенное предприятие; Муниципальное унитарное предприятие;
    Государственное предприятие; Державне підприємство; РУП; RUP;
    Republican Unitary Enterprise; Republican Unitary Company;
    Республиканское унитарное предприятие; Anstalt des öffentlichen Rechts; AöR; A.d.ö.R.;
    KdöR; K.d.ö.R.; Körperschaft des öffentlichen Rechts; Eigenbetrieb; EPIC; EPA;
    Établissement public; Ente pubblico; GIE; GEIE; G.I.E.; Groupement d'intérêt économique;
    EWIV; EEIG; EESV; Agrupación de Interés Económico; AIE; ACE; Consorzio; Consortium; SOE;
    Statutory Corporation; State Corporation; Crown Corporation; Государственная корпорация;
    Госкорпорация; 国有独资公司; 国有企业; 全民所有制; 공사; 독립행정법인; 独立行政法人; d.v.; javno poduzeće; j.p.;
    javno preduzeće; Société d'économie mixte; SEM; Société nationale; Empresa pública;
    Empresa Estatal; E.P.; EPE`,
  ],
  ['and', `und', 'et', 'y', 'e', 'i', 'u', 'en`],
]
