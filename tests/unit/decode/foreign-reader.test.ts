import { readForeign } from '../../../functions/ingest/decode/foreign-reader.ts';
import { parseArticle } from '../../../functions/ingest/parse.ts';
import { CopydeskError } from '../../../shared/errors/errors.ts';
import { makeDocx } from '../../support/zip.ts';

const thrown = (error: unknown) =>
  readForeign('The file is damaged', () => {
    throw error;
  });

test.each([
  [new Error('Unexpected end of data.'), 'The file is damaged: Unexpected end of data.'],
  [new TypeError("Cannot read properties of null (reading 'tagName')"), 'The file is damaged.'],
  [new RangeError('Maximum call stack size exceeded'), 'The file is damaged.'],
  ['a string', 'The file is damaged: a string.'],
])('whatever a package throws is a fault of the file (%#)', async (error, message) => {
  await expect(thrown(error)).rejects.toMatchObject({ code: 'unreadable', message, cause: error });
});

test.each([
  Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC', syscall: 'write' }),
  Object.assign(new Error('EMFILE: too many open files'), { code: 'EMFILE', syscall: 'open' }),
  new RangeError('Array buffer allocation failed'),
  new CopydeskError('out-of-time', 'Too little time.'),
])('what says nothing about the file comes as it is (%#)', async error => {
  await expect(thrown(error)).rejects.toBe(error);
});

test('a Word document that makes mammoth throw is unreadable', async () => {
  const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
  const bytes = makeDocx(`<w:document ${W}><w:body><w:p><w:r><w:sym/></w:r></w:p></w:body></w:document>`);
  await expect(parseArticle({ bytes, key: 'a.docx' })).rejects.toMatchObject({
    code: 'unreadable',
    cause: expect.any(TypeError),
  });
});

test('an error of our own code is not a rejection', async () => {
  const fault = new TypeError('x is not a function');
  const input = {
    bytes: Buffer.from('# A headline\n\nThe ferry sailed on Monday.\n'),
    key: 'a.md',
    get metadata(): Record<string, string> {
      throw fault;
    },
  };
  await expect(parseArticle(input)).rejects.toBe(fault);
});
