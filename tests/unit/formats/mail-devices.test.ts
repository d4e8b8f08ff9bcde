import { parseArticle } from '../../../functions/ingest/parse.ts';

const STORY =
  'The harbour board voted on Thursday to widen the northern basin, a project that residents have opposed.\n\nWork will begin in March, the chairwoman said, and the fish market will move to the customs hall.';

/** The last line of a mail. */
const LINES = [
  'Sent from my iPhone',
  'Sent from Yahoo Mail on Android',
  'Get Outlook for iOS<https://aka.ms/o0ukef>',
  'Von meinem iPad gesendet',
  'Gesendet mit der Outlook Mobile App',
  'Holen Sie sich Outlook für Android',
  'Envoyé de mon iPhone',
  'Télécharger Outlook pour iOS',
  'Enviado desde mi Samsung Galaxy',
  'Obtener Outlook para Android',
  'Inviato da iPhone',
  'Scarica Outlook per Android',
  'Enviado do meu iPhone',
  'Verstuurd vanaf mijn iPhone',
  'Wysłane z iPhone’a',
  'Отправлено с iPhone',
  'Надіслано з iPhone',
  "iPhone'umdan gönderildi",
  'Skickat från min iPad',
  'Sendt fra min iPhone',
  'Sendt fra Outlook for Android',
  'Lähetetty iPhonesta',
  'Odesláno z iPhonu',
  'Elküldve az iPhone-omról',
  'iPhoneから送信',
  '发自我的 iPhone',
  '從我的 iPhone 傳送',
  '나의 iPhone에서 보냄',
  'مُرسل من الـ iPhone الخاص بي',
  'נשלח מה-iPhone שלי',
];

async function bodyOf(text: string): Promise<string> {
  const mail = `From: Ann Quay <a@c.example>\nSubject: Harbour\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n${text}\n`;
  return (await parseArticle({ bytes: Buffer.from(mail), key: 'desk/a.eml' })).bodyText;
}

test.each(LINES)('the line of a telephone is no text of the story: %s', async line => {
  const story = await bodyOf(STORY);
  expect(await bodyOf(`${STORY}\n\n${line}`)).toBe(story);
  expect(await bodyOf(`${STORY}\n${line}\n`)).toBe(story);
});

test.each([
  'The pictures were sent from an iPhone, the police said.',
  'Outlook for the week: rain',
  'The new iPhone costs 999 crowns.',
])('a line of a story stays: %s', async line => {
  expect(await bodyOf(`${STORY}\n\n${line}`)).toContain(line);
});
