import { SendMessageCommand } from '@aws-sdk/client-sqs';
import type { Article } from '../../../shared/model/article.ts';
import type { Run } from '../../support/command.ts';
import { story } from '../../support/copy.ts';
import { type Laptop, type OpenLaptop, openLaptop } from '../../support/laptop.ts';

/** The laptop of all tests of commands, because each start takes seconds. */
class AtDesk {
  #laptop: OpenLaptop | undefined;

  get laptop(): OpenLaptop {
    if (this.#laptop === undefined) throw new Error('The laptop is not started.');
    return this.#laptop;
  }

  run(...args: string[]): Promise<Run> {
    return this.laptop.run(...args);
  }

  async open(): Promise<void> {
    this.#laptop = await openLaptop();
    await this.laptop.write({
      'world/ferry.md': story('Ferry sails'),
      'world/bridge.md': story(
        'Bridge opens',
        'The bridge over the harbour opened to all traffic this morning.',
      ),
      'town/empty.txt': '',
    });
    await this.run('put', 'world', '--prefix', 'world', '--wait');
    await this.run('put', 'town', '--prefix', 'town', '--wait');
  }

  end(): Promise<void> {
    return this.laptop.end();
  }
}

export const at = new AtDesk();

export const ferry = async () => (await at.laptop.record('world/ferry.md')) as Article;
export const page = async () => fetch(new URL((await ferry()).permalink, at.laptop.site));
export const titles = async () => (await at.laptop.feed()).map(({ title }) => title).sort();

export function event(key: string, sequencer: string): string {
  const object = { key, size: 10, eTag: 'x', sequencer };
  return JSON.stringify({
    Records: [
      {
        eventName: 'ObjectCreated:Put',
        eventTime: new Date().toISOString(),
        s3: { bucket: { name: at.laptop.deployment.outputs.intakeBucket }, object },
      },
    ],
  });
}

/** Sends the event of the ferry's file again, as `reprocess` does. */
export async function deliver({ deployment }: Laptop, sequencer: string): Promise<void> {
  const body = event('world/ferry.md', sequencer);
  await deployment.clients.sqs.send(
    new SendMessageCommand({ QueueUrl: deployment.outputs.intakeQueue, MessageBody: body }),
  );
}

export async function until(condition: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 20_000;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error('It never came true.');
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}
