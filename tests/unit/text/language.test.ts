import { chooseLanguage, detectLanguage, withRegion } from '../../../functions/ingest/text/language.ts';

describe('the language of a text', () => {
  it.each([
    [
      'en',
      'The government announced on Monday that it will close the old bridge, which has been in use for eighty years.',
    ],
    ['de', 'Die Regierung hat am Montag neue Maßnahmen beschlossen, die ab Januar für alle gelten.'],
    ['fr', 'Le gouvernement a annoncé lundi de nouvelles mesures qui entreront en vigueur en janvier.'],
    [
      'es',
      'El gobierno anunció el lunes nuevas medidas que entrarán en vigor en enero para los trabajadores.',
    ],
    ['it', 'Il governo ha annunciato lunedì nuove misure che entreranno in vigore a gennaio.'],
    ['pt', 'O governo anunciou na segunda-feira novas medidas que não entrarão em vigor até janeiro.'],
    ['nl', 'De regering heeft maandag nieuwe maatregelen aangekondigd die in januari ingaan.'],
    ['pl', 'Rząd ogłosił w poniedziałek nowe środki, które wejdą w życie w styczniu.'],
    ['no', 'Bystyret vedtok mandag å stenge broen i vinter fordi den er blitt for farlig.'],
    ['da', 'Byrådet besluttede mandag at lukke broen i vinteren, fordi den er blevet for farlig.'],
    ['fi', 'Kaupunginvaltuusto päätti maanantaina sulkea sillan, koska se ei ole turvallinen.'],
    ['sk', 'Zastupiteľstvo v pondelok rozhodlo, že most bude cez zimu uzavretý.'],
    ['sl', 'Občinski svet je v ponedeljek odločil, da bo most pozimi zaprt.'],
    ['hr', 'Gradsko vijeće odlučilo je u ponedjeljak zatvoriti most tijekom zime.'],
    ['hu', 'A városi tanács hétfőn úgy döntött, hogy télre lezárja a hidat.'],
    ['ca', 'L’ajuntament va decidir dilluns tancar el pont durant l’hivern per fer-hi obres.'],
    ['gl', 'A conselleira dixo que non haberá máis cartos para as escolas deste ano.'],
    ['id', 'Dewan kota memutuskan pada hari Senin untuk menutup jembatan itu karena sudah tidak aman.'],
    [
      'ms',
      'Majlis memutuskan pada hari Isnin untuk menutup jambatan itu kerana ia tidak selamat, kata beliau.',
    ],
    ['vi', 'Hội đồng thành phố hôm thứ Hai đã quyết định đóng cầu trong mùa đông.'],
    ['be', 'Гарадскі савет вырашыў у панядзелак закрыць мост на зіму.'],
    ['sr', 'Градско веће одлучило је у понедељак да затвори мост током зиме.'],
    ['mk', 'Градскиот совет одлучи во понеделникот да го затвори мостот преку зимата.'],
    ['ur', 'شہر کی کونسل نے پیر کو فیصلہ کیا کہ پل سردیوں میں بند رہے گا۔'],
    ['cs', 'Vláda v pondělí oznámila nová opatření, která vstoupí v platnost až po lednu.'],
    ['sv', 'Regeringen meddelade på måndagen nya åtgärder som träder i kraft i januari.'],
    ['ro', 'Guvernul a anunțat luni noi măsuri care vor intra în vigoare din ianuarie pentru toți.'],
    [
      'tr',
      'Hükümet pazartesi günü ocak ayında yürürlüğe girecek yeni önlemleri açıkladı ve bir çok karar için.',
    ],
    ['uk', 'Уряд оголосив у понеділок про нові заходи, які почнуть діяти в січні.'],
    ['ru', 'Правительство объявило в понедельник о новых мерах, которые начнут действовать в январе.'],
    ['bg', 'Правителството обяви в понеделник нови мерки, които ще влязат в сила през януари.'],
    ['ar', 'أعلنت الحكومة يوم الاثنين عن إجراءات جديدة تدخل حيز التنفيذ في يناير.'],
    ['fa', 'دولت روز دوشنبه اقدامات جدیدی را اعلام کرد که از ماه ژانویه اجرا می شود.'],
    ['he', 'הממשלה הודיעה ביום שני על צעדים חדשים שייכנסו לתוקף בינואר.'],
    ['zh', '政府周一宣布了将于一月生效的新措施。'],
    ['ja', '政府は月曜日、一月に発効する新しい措置を発表した。'],
    ['ko', '정부는 월요일에 1월부터 시행되는 새로운 조치를 발표했다.'],
    ['el', 'Η κυβέρνηση ανακοίνωσε τη Δευτέρα νέα μέτρα.'],
    ['hi', 'सरकार ने सोमवार को नए उपायों की घोषणा की।'],
  ])('%s', (language, text) => {
    expect(detectLanguage(text)?.language).toBe(language);
  });

  it('a few words fall back to the language of the site', () => {
    expect(chooseLanguage(undefined, 'Ok 12', 'fi').language).toBe('fi');
  });

  it('a short text that may well be in the language of the site is', () => {
    const either = 'Han er en god mand, og det er hun';
    expect(chooseLanguage(undefined, either, 'no').language).toBe('no');
    expect(chooseLanguage(undefined, either, 'da').language).toBe('da');
  });

  it('a declaration is believed unless the text is surely in another', () => {
    const german =
      'Die Regierung hat am Montag neue Maßnahmen beschlossen, die ab Januar für alle gelten. '.repeat(6);
    expect(chooseLanguage('en-US', german, 'en')).toEqual({ language: 'de', overruled: true });
    expect(chooseLanguage('de-AT', german, 'en')).toEqual({ language: 'de-AT', overruled: false });
    expect(chooseLanguage('en-GB', 'Schön', 'en')).toEqual({ language: 'en-GB', overruled: false });
  });
});

describe('the region of the site holds for its stories', () => {
  const TEXTS: Record<string, string> = {
    'en-GB': 'The harbour board said on Monday that the ferry would sail again.',
    'de-AT': 'Die Regierung hat am Montag neue Maßnahmen beschlossen.',
    'pt-PT': 'O governo anunciou na segunda-feira novas medidas.',
    'fr-CA': 'Le gouvernement a annoncé lundi de nouvelles mesures.',
    'ar-EG': 'أعلنت الحكومة يوم الاثنين عن إجراءات جديدة.',
    'zh-TW': '市政府表示，這條鐵路還沒開通。',
    'zh-HK': '市政府表示，這條鐵路還沒開通。',
    'zh-CN': '市政府表示，这条铁路还没开通。',
    'sr-Cyrl-RS': 'Градско веће одлучило је у понедељак.',
    'sr-Latn-RS': 'Gradsko veće odlučilo je u ponedeljak.',
  };

  it.each(Object.entries(TEXTS))('%s', (site, text) => {
    const [language = ''] = site.split('-');
    expect(withRegion(language, text, site)).toBe(site);
    // A stated region, another language of the story and a site without a region change nothing.
    expect(withRegion(`${language}-ZZ`, text, site)).toBe(`${language}-ZZ`);
    expect(withRegion('ko', text, site)).toBe('ko');
    if (!/Latn|TW|HK/.test(site)) expect(withRegion(language, text, language)).toBe(language);
  });

  it('not if the scripts differ', () => {
    const text = (site: string) => TEXTS[site] ?? '';
    expect(withRegion('zh', text('zh-CN'), 'zh-TW')).toBe('zh');
    expect(withRegion('zh', text('zh-TW'), 'zh-CN')).toBe('zh-Hant');
    expect(withRegion('zh', text('zh-TW'), 'en')).toBe('zh-Hant');
    expect(withRegion('zh', '公告', 'zh-TW')).toBe('zh-TW');
    expect(withRegion('sr', text('sr-Latn-RS'), 'sr-RS')).toBe('sr');
    expect(withRegion('sr', text('sr-Cyrl-RS'), 'sr-Latn')).toBe('sr');
  });

  it('both written forms of Norwegian are taken for the one of the site', () => {
    expect(withRegion('no', 'Bystyret vedtok å stenge broen.', 'nb-NO')).toBe('nb-NO');
    expect(withRegion('da', 'Byrådet besluttede at lukke broen.', 'nb-NO')).toBe('da');
  });
});
