import { chooseFormat } from './formats/index.ts'; import { DEFAULT_SETTINGS } from '../../shared/settings.ts';
async function t(name:string, body:string|Uint8Array, key='a.txt', contentType?:string){ const input={bytes: typeof body==='string'?Buffer.from(body):body,key,contentType}; try { const c=chooseFormat(input); const d=c.reader.name==='html'?undefined:await c.reader.read({text:c.text,input,settings:DEFAULT_SETTINGS}); console.log('##',name,'→',c.reader.name,c.charset,c.warnings); if(d) console.log(d.$('body').html()!.slice(0,900), JSON.stringify(d.stated), d.warnings);} catch(e:any){console.log('##',name,'✗',e.code,e.message)} }
await t('fm','---\ntitle: Bridge: the second try\ntags: [a, b]\nauthor: Jane Doe and John Roe\ndate: 2024-10-01\ndraft: true\nfoo: 1\nimage: /x.png\n---\n# Bridge: the second try\n\nText *here* and <b>b</b>.\n\nRelated:\n\n- [One](https://e.org/1)\n- Two\n','a.md');
await t('fm2','---\ntitle: "ok"\nlang: uk\nauthors:\n  - name: Олена Петренко\n    url: https://x.org/o\nembargo: 2024-10-03T00:01:00Z\ndescription: d\nsubtitle: s\n---\nBody.\n','a.txt');
await t('js','---js\nprocess.exit(1)\n---\nBody\n','a.md');
await t('md','# Head\n\n*By Jane Doe*\n\nOctober 1, 2024\n\nBody text. http://x.org/a and example.com\n','a.md');
await t('md-paste','The first paragraph of a story that was pasted without any blank lines is quite long, so that it would be joined with the other ones in Markdown.\nThe second paragraph of a story that was pasted without any blank lines is quite long, so that it would be joined with the other ones in Markdown.\nThird.','a.md');
await t('html in txt','<p>Hello there</p>\n<p>Again</p>');
await t('doc in txt','\n<!DOCTYPE html><html><body>x</body></html>');
await t('text with snippet','The tag <b> makes text bold, as everybody knows.\n\n<div class="x">Hello</div>\n\nThat was an example of it in a text that goes on.\n\nAnd on.');
await t('text w code first','<b> is the tag for bold. Use it.\n\nMore text here about tags.');
await t('plain in html','Just words\n\nNo tags here','a.html','text/html');
await t('md in txt','# Title here\n\nSome [link](https://x.org) text.\n\n## Sub\n\nMore **bold** text.\n');
await t('pdf',Buffer.from('%PDF-1.7 ...'),'story.txt'); await t('docx',Buffer.concat([Buffer.from('PK\x03\x04'),Buffer.alloc(20),Buffer.from('word/document.xml')]),'a.txt');
await t('nul',Buffer.from([65,0,66,66,1,2,3,0,0,9]),'a.txt'); await t('empty','  \n\u200b'); await t('zero',''); await t('BZh','BZh is a river.\n'); await t('rtf','{\\rtf1 x}');
await t('bin',Buffer.from(Array.from({length:500},(_,i)=>(i*37+11)%256)),'a.txt');
await t('filed',`FOR IMMEDIATE RELEASE
EMBARGOED UNTIL 00:01 GMT, 3 October 2024

Harbour bridge to open a year early
The city saves two million euros
By Jane Doe and John Roe, Staff Writers
jane@example.org
October 1, 2024

PORT ELLIS, Oct 1 (Reuters) — The harbour bridge will open a year earlier than planned, the council said on Tuesday, see www.example.org/bridge (or write to a@example.org).

“It is a good day,” said the mayor.

Demands:
– lower fares;
– longer hours;

— Come in, — he said. — Sit down.

Read also:
- First title https://e.org/1
- Second title
  https://e.org/2

ENDS

Notes to editors
1. Photos are available.
Contact: Jane, 555 1234
`);
await t('uk',`Міст відкриють на рік раніше
Автор: Олена Петренко
1 жовтня 2024

ПОРТ-ЕЛЛІС, 1 жовтня (Укрінформ) — Міст відкриють раніше, повідомила рада у вівторок увечері після засідання.

Читайте також:
• Перша
• Друга
`);
