import { MEDIA_SENTENCE, waitReason } from '../../output/waiting.ts';
import type { Batch } from '../backend/filed.ts';
import { CommandLine, Live, renderDeskPage, Status, type Where } from './frame.tsx';

/** The form with which files are filed. It works without scripts, which only add dropping and progress. */
export function filingPage(where: Where, prefix: string, trouble?: string): string {
  return renderDeskPage({
    where,
    title: 'File',
    part: 'file',
    children: (
      <>
        <h1>File stories</h1>
        {trouble && (
          <p class="outcome trouble" role="alert">
            {trouble}
          </p>
        )}
        <form id="filing" method="post" action="file" enctype="multipart/form-data" class="filing">
          <fieldset class="drop">
            <legend>What</legend>
            <label>
              Files
              <input type="file" name="files" multiple />
            </label>
            <label id="folder" hidden>
              Or a folder with all files in it
              <input type="file" name="folder" {...{ webkitdirectory: true }} />
            </label>
            <p class="soft drop-here" role="status">
              You can drop files and folders here.
            </p>
            <label>
              Or a pasted text
              <textarea name="text" rows={6} dir="auto" />
            </label>
          </fieldset>
          <fieldset>
            <legend>About the copy</legend>
            <p class="soft">Only for files that do not say it themselves.</p>
            <label>
              Folder, such as “world”. It becomes the section.
              <input name="prefix" value={prefix} />
            </label>
            <label>
              Section, if it is not the folder
              <input name="section" maxLength={100} />
            </label>
            <label>
              Not public before, such as “1 December 2026 18:00” ({where.timeZone})
              <input name="publishAt" maxLength={100} />
            </label>
          </fieldset>
          <p>
            <button type="submit" class="main">
              File
            </button>
          </p>
          <div id="sending" role="status" class="sending" />
        </form>
      </>
    ),
  });
}

/** The outcomes of files that were filed together. */
export function filedPage(where: Where, batch: Batch, idOf: (key: string) => string, line: string): string {
  const done = batch.files.filter(({ outcome }) => outcome !== undefined).length;
  const all = batch.files.length;
  return renderDeskPage({
    where,
    title: 'Filed',
    part: 'file',
    children: (
      <>
        <h1>Filed</h1>
        <Live where={where} everyMs={1_000} isStill={done === all}>
          <p>
            <label>
              {done} of {all} done{' '}
              <progress max={all} value={done}>
                {done}/{all}
              </progress>
            </label>
          </p>
          <ul class="filed">
            {batch.files.map(({ key, outcome }) => (
              <li>
                <Status status={outcome?.outcome ?? 'under way'} />{' '}
                <a href={`story?id=${idOf(key)}`} dir="auto">
                  {outcome?.headline ?? key}
                </a>
                {outcome?.headline && <span class="key">{key}</span>}
                {outcome?.reason && <span class="reason">{outcome.reason}</span>}
                {outcome?.outcome === 'media' && <span class="reason media">{MEDIA_SENTENCE}</span>}
                {outcome?.wait && <span class={`reason ${outcome.outcome}`}>{waitReason(outcome.wait)}</span>}
                {outcome?.warnings?.map(warning => (
                  <span class="warnings">{warning}</span>
                ))}
              </li>
            ))}
          </ul>
        </Live>
        <p class="pages">
          <a href="file">File more</a>
          <a href={`filed?batch=${batch.id}`} class="reload">
            Look again
          </a>
        </p>
        <CommandLine line={line} />
      </>
    ),
  });
}
