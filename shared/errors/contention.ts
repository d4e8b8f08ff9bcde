import { CopydeskError } from './errors.ts';

/** Attempts at a conditional write. Each failed attempt means that another writer succeeded. */
export const MAX_ATTEMPTS = 20;

/** The error of a record or state that other writers change faster than this function can follow. */
export function contention(subject: string): CopydeskError {
  return new CopydeskError('contention', `Too many writers of ${subject} at once.`, {
    subject,
  });
}
