import { BatchGetItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { BatchGetCommand, DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { toItem } from '../../../shared/table/article-item.ts';
import { Articles } from '../../../shared/table/articles.ts';
import { article } from '../../support/articles.ts';

const table = mockClient(DynamoDBDocumentClient);
const articles = new Articles(new DynamoDBClient({}), 'articles', { namespace: 'copydesk' });

beforeEach(() => table.reset());

function fault(name: string, httpStatusCode = 400): Error {
  return Object.assign(new Error(`${name}!`), { name, $metadata: { httpStatusCode } });
}

test.each([
  ['ProvisionedThroughputExceededException', 'table-busy', true],
  ['ThrottlingException', 'table-busy', true],
  ['AccessDeniedException', 'table-forbidden', false],
  ['ValidationException', 'table-refused', false],
])('%s is %s, which names the article', async (name, code, retryable) => {
  table.on(GetCommand).rejects(fault(name));
  await expect(articles.get('abc')).rejects.toMatchObject({ code, retryable, subject: 'abc' });
});

test('a write whose condition fails is told from one that failed', async () => {
  table.on(PutCommand).rejects(fault('ConditionalCheckFailedException'));
  expect(await articles.replace(article(), article({ status: 'withdrawn' }))).toBe(false);
  table.on(PutCommand).rejects(fault('ThrottlingException'));
  await expect(articles.replace(article(), article({ status: 'withdrawn' }))).rejects.toMatchObject({
    retryable: true,
  });
});

test('what a batch could not read is asked for again', async () => {
  const one = article({ id: 'one' });
  const two = article({ id: 'two' });
  const rest = [{ pk: 'article#two', sk: 'record' }];
  table
    .on(BatchGetCommand)
    .resolvesOnce({ Responses: { articles: [toItem(one)] }, UnprocessedKeys: { articles: { Keys: rest } } })
    .resolvesOnce({ Responses: { articles: [toItem(two)] } });
  expect([...(await articles.getMany(['one', 'two'])).keys()]).toEqual(['one', 'two']);
  expect(table.commandCalls(BatchGetItemCommand).length + table.commandCalls(BatchGetCommand).length).toBe(2);
});

test('a batch of which nothing can ever be read is not asked for without end', async () => {
  const rest = [{ pk: 'article#one', sk: 'record' }];
  table.on(BatchGetCommand).resolves({ Responses: {}, UnprocessedKeys: { articles: { Keys: rest } } });
  await expect(articles.getMany(['one'])).rejects.toMatchObject({ code: 'table-busy', retryable: true });
});

test('a record that an edit by hand has broken names its field', async () => {
  table.on(GetCommand).resolves({ Item: { ...toItem(article({ id: 'abc' })), tags: 'none' } });
  await expect(articles.get('abc')).rejects.toMatchObject({
    code: 'bad-record',
    message: expect.stringContaining('abc is broken: tags'),
  });
});

test('a callback for broken records may return anything: no record is made of it', async () => {
  const broken = { ...toItem(article({ id: 'abc' })), tags: 'none' };
  table.on(BatchGetCommand).resolves({ Responses: { articles: [broken] } });
  const subjects: string[] = [];
  const found = await articles.getMany(['abc'], ({ subject }) => subjects.push(subject));
  expect([found.size, subjects]).toEqual([0, ['abc']]);
});
