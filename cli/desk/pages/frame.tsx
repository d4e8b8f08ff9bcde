import type { ComponentChildren } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { printable } from '../../../functions/publish/content/text.ts';

/** The deployment that a desk works on, in words. */
export interface Where {
  /** `the laptop (.copydesk)`, `the stack Copydesk in eu-west-1`. */
  name: string;
  isLaptop: boolean;
  /** Number of the AWS account. */
  account: string | undefined;
  /** Address of the site. */
  site: string;
  timeZone: string;
}

export interface FrameProps {
  where: Where;
  title: string;
  /** The part of the desk that the navigation marks. */
  part?: 'stories' | 'file' | undefined;
  children?: ComponentChildren;
}

/** Renders a page of the desk. Its links are relative, because the address begins with a token. */
export function renderDeskPage(props: FrameProps): string {
  return printable(`<!doctype html>\n${renderToString(<Frame {...props} />)}\n`);
}

function Frame({ where, title, part, children }: FrameProps) {
  return (
    <html lang="en" dir="ltr">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{`${title} | Copydesk`}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="desk.css" />
        <script src="desk.js" defer />
      </head>
      <body class={where.isLaptop ? 'laptop' : 'deployed'}>
        <a class="skip" href="#main">
          Skip to the content
        </a>
        <header class="top">
          <p class="where">
            {!where.isLaptop && <strong>Production: </strong>}
            {where.name.replace(/^the/, 'The')}
            {where.account !== undefined && `, account ${where.account}`}
          </p>
          <nav aria-label="Desk">
            <p class="name">
              <a href="./">Copydesk</a>
            </p>
            <ul>
              <li>
                <a href="./" aria-current={part === 'stories' ? 'page' : undefined}>
                  Stories
                </a>
              </li>
              <li>
                <a href="file" aria-current={part === 'file' ? 'page' : undefined}>
                  File
                </a>
              </li>
              <li>
                <a href={`${where.site}/`} rel="noreferrer">
                  Site
                </a>
              </li>
            </ul>
          </nav>
        </header>
        <main id="main">{children}</main>
      </body>
    </html>
  );
}

/** Intervals at which a page reads its live part again, in milliseconds. Each read of a stack costs money. */
const LAPTOP_INTERVAL_MS = 2_000;
const STACK_INTERVAL_MS = 15_000;

/**
 * The part of a page that the script replaces if it changed.
 * @param props.isStill the part stays as it is: nothing is expected, or reading it again is expensive
 */
export function Live({
  where: { isLaptop },
  everyMs = isLaptop ? LAPTOP_INTERVAL_MS : STACK_INTERVAL_MS,
  isStill = false,
  children,
}: {
  where: Where;
  everyMs?: number;
  isStill?: boolean;
  children: ComponentChildren;
}) {
  return (
    <>
      <p id="news" role="status" class="news" />
      <div id="live" data-every={isStill ? undefined : String(everyMs)}>
        {children}
      </div>
    </>
  );
}

/** A command line that did, or does, the same as the page. */
export function CommandLine({ line, label = 'The same in a terminal' }: { line: string; label?: string }) {
  return (
    <div class="command">
      <p>{label}</p>
      <pre>
        <code>
          {line.split(' ').map((word, at) => (
            <>
              {at > 0 && ' '}
              <span>{word}</span>
            </>
          ))}
        </code>
      </pre>
    </div>
  );
}

/** Hidden fields of a form. */
export function Hidden({ fields }: { fields: Readonly<Record<string, string>> }) {
  return (
    <>
      {Object.entries(fields).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
    </>
  );
}

/** A status as a word in a colour. */
export function Status({ status }: { status: string }) {
  return <span class={`status ${status}`}>{status}</span>;
}

/** A time in the zone of the newsroom. */
export function Instant({ at, timeZone }: { at: string; timeZone: string }) {
  if (Number.isNaN(Date.parse(at))) return null;
  const text = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    ...{ day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' },
  }).format(new Date(at));
  return <time dateTime={at}>{text}</time>;
}
