import { keepingEdits } from '../../../shared/model/edited.ts';
import { article, source } from '../../support/articles.ts';

const edited = article({ headline: 'By hand', dek: undefined, edited: ['headline', 'dek'] });

test('what was corrected by hand stays when the same upload is read anew', () => {
  const draft = article({ headline: 'In the file', dek: 'In the file', tags: ['new'] });
  expect(keepingEdits(draft, edited)).toEqual({ ...edited, tags: ['new'] });
});

test('a later upload wins, and says what it replaced', () => {
  const draft = article({ headline: 'In the file', source: source({ sequencer: '02' }) });
  const warning = 'A later upload replaced what was corrected by hand: headline.';
  expect(keepingEdits(draft, edited)).toEqual({ ...draft, warnings: [warning] });
});

test('so does one that was refused at first, and can be read by a later parser', () => {
  const later = source({ sequencer: '02' });
  const refused = { ...edited, source: later, refused: { etag: 'e2' } };
  const draft = article({ headline: 'In the file', source: later });
  expect(keepingEdits(draft, refused)).toMatchObject({ headline: 'In the file' });
  expect(keepingEdits(draft, refused).edited).toBeUndefined();
});
