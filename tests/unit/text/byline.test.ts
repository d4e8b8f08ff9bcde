import { parseByline } from '../../../functions/ingest/text/byline.ts';

test.each([
  ['By Jane Doe and John Roe, Staff Writers', ['Jane Doe', 'John Roe']],
  ['By Jane Doe, John Roe and Max Mustermann', ['Jane Doe', 'John Roe', 'Max Mustermann']],
  ['BY JANE DOE AND JOHN ROE', ['JANE DOE', 'JOHN ROE']],
  ['By Dan O’Brien and Sinéad Ní Bhriain', ['Dan O’Brien', 'Sinéad Ní Bhriain']],
  ['By J. R. R. Doe', ['J. R. R. Doe']],
  ['By Sammy Doe Jr.', ['Sammy Doe Jr.']],
  ['by Jane Doe (Harbour News)', ['Jane Doe', 'Harbour News']],
  ['By Jane Doe (Reuters)', ['Jane Doe']],
  ['By Jane Doe | Reuters', ['Jane Doe']],
  ['By Reuters', ['Reuters']],
  ['By Jane Doe in Kyiv', ['Jane Doe']],
  ['By Jane Doe jane@example.org', ['Jane Doe']],
  ['By Jane Doe, who lives in Paris and writes', ['Jane Doe']],
  ['Written by Jane Doe', ['Jane Doe']],
  ['By By Jane Doe', ['Jane Doe']],
  ['Von Anna Müller und Karl von Beispiel', ['Anna Müller', 'Karl von Beispiel']],
  [
    'Par Jean Exemple (avec Marie de la Tour et Luc Exemple)',
    ['Jean Exemple', 'Marie de la Tour', 'Luc Exemple'],
  ],
  ['Por José Ejemplo y Gasset', ['José Ejemplo y Gasset']],
  ['Por Ana Pérez y Luis Gómez', ['Ana Pérez', 'Luis Gómez']],
  ['Di Mario Esempio', ['Mario Esempio']],
  ['Автор: Олена Приклад', ['Олена Приклад']],
  ['Автори: Олена Приклад та Іван Зразок', ['Олена Приклад', 'Іван Зразок']],
  ['作者：王小明', ['王小明']],
  ['文/张三', ['张三']],
  ['بقلم: أحمد علي', ['أحمد علي']],
])('%s', (line, names) => {
  expect(parseByline(line)?.map(author => author.name)).toEqual(names);
});

test.each([
  ...[
    'Abby Smith',
    'Jane Doe',
    'By the river',
    'By Tuesday the council had voted',
    'By noon, President Doe',
    'By',
  ],
  ...[
    'Por fin llegó',
    'Di lui non si sa',
    'By Last Updated: January 7, 2025',
    'By 2026 the lane is to be a garden.',
  ],
  ...['Von dort ging es weiter', 'By Jane22 Dec 2016651', 'By Staff Writers', `By ${'A'.repeat(500)}`],
])('%s is no byline', line => {
  expect(parseByline(line)).toBeUndefined();
});
