/*
 * The script of the desk. Without it, every page works through links and forms. It shows new outcomes by themselves, takes
 * dropped files, and files files one by one with their progress.
 */

watch();
const form = document.querySelector<HTMLFormElement>('#filing');
let takeDropped = form ? fileByScript(form) : undefined;
onDrop(document.body, found => {
  void (async () => {
    takeDropped ??= await openForm();
    takeDropped?.(found);
  })();
});

/** Reads the page again and again, and replaces its live part if it changed. */
function watch(): void {
  const live = document.querySelector<HTMLElement>('#live');
  const every = Number(live?.dataset.every);
  if (!live || !every) return;
  let last: string | undefined;
  let isReading = false;
  const timer = setInterval(() => {
    if (document.hidden || isReading) return;
    isReading = true;
    void fetch(location.href)
      .then(async answer => {
        if (!answer.ok) return;
        const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
        const next = page.querySelector<HTMLElement>('#live');
        if (next === null) return;
        const isLast = next.dataset.every === undefined;
        const isNews = last !== undefined ? next.innerHTML !== last : next.innerHTML !== live.innerHTML;
        last = next.innerHTML;
        if (!isNews) return;
        // A person who is in the middle of it loses the place: the part is then replaced later.
        if (live.contains(document.activeElement)) {
          last = undefined;
          return;
        }
        live.replaceChildren(...next.childNodes);
        if (isLast) clearInterval(timer);
        const news = document.querySelector('#news');
        if (news) news.textContent = `Updated at ${new Date().toLocaleTimeString()}.`;
      })
      // The next round tries again.
      .catch(() => undefined)
      .finally(() => {
        isReading = false;
      });
  }, every);
}

/** A file with its path below a dropped folder. */
interface Found {
  file: File;
  path: string;
}

/** Files that are sent at the same time. */
const CONCURRENCY = 3;

/**
 * Lets a form send files one by one.
 * @returns adds dropped files to the form. They wait for its button, because an embargo or a folder may be missing
 */
function fileByScript(filing: HTMLFormElement): (found: readonly Found[]) => void {
  const folder = filing.querySelector<HTMLElement>('#folder');
  if (folder) folder.hidden = false;
  const dropped: Found[] = [];
  filing.addEventListener('submit', event => {
    const chosen = [...filing.querySelectorAll<HTMLInputElement>('input[type=file]')].flatMap(input =>
      [...(input.files ?? [])].map(file => ({ file, path: file.webkitRelativePath || file.name })),
    );
    const found = [...dropped, ...chosen];
    // A pasted text alone is one short form.
    if (found.length === 0) return;
    event.preventDefault();
    void send(filing, found);
  });
  return found => {
    dropped.push(...found);
    const here = filing.querySelector('.drop-here');
    if (here) here.textContent = `Dropped: ${dropped.map(({ path }) => path).join(', ')}`;
    filing.querySelector<HTMLElement>('button.main')?.focus();
  };
}

/** Sends each file with the fields of the form, and then opens the page of their outcomes. */
async function send(filing: HTMLFormElement, found: readonly Found[]): Promise<void> {
  const status = filing.querySelector('#sending');
  const list = document.createElement('ul');
  status?.replaceChildren(list);
  for (const button of filing.querySelectorAll('button')) button.disabled = true;
  const text = filing.querySelector('textarea')?.value ?? '';
  const waiting: (Found | undefined)[] = [...(text.trim() ? [undefined] : []), ...found];
  let batch = '';
  let failed = 0;
  const next = async () => {
    while (waiting.length > 0) {
      const one = waiting.shift();
      const line = document.createElement('li');
      const bar = document.createElement('progress');
      bar.max = 1;
      bar.value = 0;
      const name = document.createElement('span');
      name.textContent = one?.path ?? 'The pasted text';
      line.append(name, bar);
      list.append(line);
      try {
        batch = await sendOne(filing, one, { batch, onSent: share => (bar.value = share) });
        bar.value = 1;
      } catch (error) {
        failed++;
        bar.replaceWith((error as Error).message);
      }
    }
  };
  // The first answer names the batch to which the others belong.
  const [first, ...others] = waiting.splice(0);
  waiting.push(first);
  await next();
  waiting.push(...others);
  await Promise.all(Array.from({ length: CONCURRENCY }, next));
  for (const button of filing.querySelectorAll('button')) button.disabled = false;
  if (batch && failed === 0) location.assign(`filed?batch=${batch}`);
  else if (batch) {
    const link = document.createElement('a');
    link.href = `filed?batch=${batch}`;
    link.textContent = 'See the others';
    status?.append(link);
  }
}

/** Sends one file, or the pasted text. Returns the batch. `fetch` reports no progress, so this is an XMLHttpRequest. */
function sendOne(
  filing: HTMLFormElement,
  one: Found | undefined,
  { batch, onSent }: { batch: string; onSent: (share: number) => void },
): Promise<string> {
  const data = new FormData();
  for (const name of ['prefix', 'section', 'publishAt', ...(one ? [] : ['text'])]) {
    const field = filing.elements.namedItem(name);
    if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)
      data.set(name, field.value);
  }
  data.set('batch', batch);
  // A path in the name of a file does not pass through every browser.
  if (one) {
    data.set('path', one.path);
    data.set('files', one.file, one.file.name);
  }
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', 'file');
    request.setRequestHeader('accept', 'application/json');
    request.upload.addEventListener('progress', event => onSent(event.loaded / event.total));
    request.addEventListener('error', () => reject(new Error('The desk does not answer.')));
    request.addEventListener('load', () => {
      const answer = JSON.parse(request.responseText || '{}') as { batch?: string; trouble?: string };
      if (answer.batch === undefined) reject(new Error(answer.trouble ?? 'It was not taken.'));
      else resolve(answer.batch);
    });
    request.send(data);
  });
}

/** Opens the form of the filing page in another page, for files that are dropped there. */
async function openForm(): Promise<ReturnType<typeof fileByScript> | undefined> {
  const page = new DOMParser().parseFromString(await (await fetch('file')).text(), 'text/html');
  const filing = page.querySelector<HTMLFormElement>('#filing');
  const main = document.querySelector('#main');
  if (!filing || !main) return undefined;
  const own = document.importNode(filing, true);
  main.prepend(own);
  return fileByScript(own);
}

function onDrop(target: HTMLElement, take: (found: Found[]) => void): void {
  const over = (isOver: boolean) => (event: DragEvent) => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    document.body.classList.toggle('is-over', isOver);
  };
  target.addEventListener('dragover', over(true));
  target.addEventListener('dragleave', over(false));
  target.addEventListener('drop', event => {
    over(false)(event);
    const entries = [...(event.dataTransfer?.items ?? [])].flatMap(item => item.webkitGetAsEntry() ?? []);
    const plain = [...(event.dataTransfer?.files ?? [])].map(file => ({ file, path: file.name }));
    void (async () => {
      const found = (await Promise.all(entries.map(entry => filesOf(entry)))).flat();
      take(found.length > 0 ? found : plain);
    })();
  });
}

/** The files of a dropped file or folder, with their paths. */
async function filesOf(entry: FileSystemEntry): Promise<Found[]> {
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) =>
      (entry as FileSystemFileEntry).file(resolve, reject),
    );
    return [{ file, path: entry.fullPath.replace(/^\//, '') }];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const found: Found[] = [];
  for (;;) {
    // A reader gives at most 100 entries at once.
    const entries = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (entries.length === 0) return found;
    for (const each of entries) found.push(...(await filesOf(each)));
  }
}
