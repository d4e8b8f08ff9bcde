import type { RejectionCode } from '../model/article.ts';
import { CopydeskError } from './errors.ts';

/**
 * Thrown when a file can never become an article. It is recorded with its reason and acknowledged:
 * retrying would not help.
 */
export class Rejection extends CopydeskError {
  declare readonly code: RejectionCode;

  constructor(code: RejectionCode, message: string, options: { subject?: string; cause?: unknown } = {}) {
    super(code, message, options);
  }
}
