import { phrases } from '../tables.ts';

// Words of boxes that ask for consent or offer subscriptions. One pattern is one topic in many languages. A word
// says nothing alone: notices.ts looks for small boxes with several topics.

const topic = (words: string): RegExp =>
  new RegExp(
    phrases(words)
      .map(word => (/^[a-z]/.test(word) ? `\\b${word}` : word))
      .join('|'),
    'u',
  );

export const NOTICE_TOPICS: readonly RegExp[] = [
  topic(`
    trial | test for free | probeabo | probemonat | kostenlos testen | gratis testen | testphase | essai gratuit
    prueba gratis | teste grátis | prova gratuita | proefperiode | gratis proberen | prøv gratis | okres próbny
    пробн | 無料体験 | お試し | 免费试用 | 免費試用 | 무료 체험
  `),
  topic(`
    subscri | abonn | abo\\b | suscr | assinar | assinatura | assinante | iscriv | prenumer | subskry | підпис | подпис
    předplat | 購読 | 订阅 | 訂閱 | 구독 | 会員登録 | 会員限定 | 無料登録
  `),
  topic(`
    sign in | log in | sign up | register | your account | an account | one account | anmelden | registrier | einloggen
    kundenkonto | se connecter | connectez | créer un compte | inicia sesión | regístr | tu cuenta | accedi | registrati
    inloggen | registre | zaloguj | załóż konto | войти | ログイン | 会員番号 | 登录 | 登入 | 로그인 | 회원 가입 | logg inn | logga in
  `),
  topic(`
    newsletter | inbox | posteingang | postfach | infolettre | boletín | nieuwsbrief | nyhetsbrev | рассылк | e-mail address
    email address | 전자우편 | 이메일 | 电子邮件 | 電子郵件 | ニュースレター | メールマガジン | メールアドレス | 뉴스레터 | 电子报 | 電子報
  `),
  topic(`
    cancel | unsubscrib | kündbar | kündig | abmelden | abbestellen | résili | désabonn | désinscri | darse de baja
    disdire | disiscri | opzeg | uitschrijven | zrezygn | wypis | отпис | відпис | 解約 | 配信解除 | 退订 | 해지
  `),
  topic(`
    per month | a month | /month | per week | a week | monatlich | pro monat | par mois | al mes | por mês | al mese | per maand
    miesięcz | в месяц | на місяць | 月額 | i måneden | i månaden
  `),
  topic(`
    unlimited | unbegrenzt | illimité | ilimitad | illimitat | onbeperkt | bez ograniczeń | безлимит | 読み放題 | e-?paper
    digital access | exclusive articles | more articles | support local journalism | werbefrei | ad-free | 電子版
  `),
  topic(`
    privacy | datenschutz | privatsphäre | confidentialité | privacidad | riservatezza | prywatności | конфиденциал
    personal data | personenbezogen | données personnelles | datos personales | dados pessoais | dati personali
    danych osobowych | personopplysning | personuppgift | persoonsgegevens | プライバシー | 個人情報 | 个人信息 | 隐私 | 개인정보
  `),
  topic(`
    consent | agree | accept | einwillig | einverstand | einverständnis | zustimm | erlauben | consentement | j'accepte | acept
    aceit | accett | zgod | toestemming | samtyck | samtykk | соглас | 同意 | 동의
  `),
  topic(`
    external content | external video | editorial content | third part | externe inhalte | externer inhalt | externen inhalt | drittplattform | drittanbieter
    contenu externe | contenus externes | contenu tiers | contenido externo | conteúdo externo | contenuti esterni | contenuto esterno | one click | einem klick
    eingebettet | cookies | extern innehåll | externe inhoud | treści zewnętrzn
  `),
];
