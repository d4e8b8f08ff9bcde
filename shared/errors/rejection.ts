import type { RejectionCode } from '../model/article.ts';
import { CopydeskError } from './errors.ts';

/** Thrown if a file can never become an article. The file is recorded with the reason, and is not retried. */
export class Rejection extends CopydeskError {
  declare readonly code: RejectionCode;

  constructor(code: RejectionCode, message: string, options: { subject?: string; cause?: unknown } = {}) {
    super(code, message, options);
  }
}
