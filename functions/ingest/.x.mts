import { textReader } from './formats/text.ts'; import { DEFAULT_SETTINGS } from '../../shared/settings.ts'; import {readFileSync} from 'node:fs';
const d = textReader.read({ text: readFileSync(process.argv[2]!,'utf8'), input: { bytes: new Uint8Array(), key: 'x' }, settings: DEFAULT_SETTINGS }) as any;
console.log(d.$('body').html().split('\n').map((l:string)=>process.argv[3]?l:l.length>150?l.slice(0,70)+' … '+l.slice(-70):l).join('\n')); console.log(JSON.stringify(d.stated,null,1), d.warnings);
