import type { Command } from 'commander';

/** Adds the commands that work on many files or articles at once. */
export function addBulkCommands(_program: Command, _done: (exitCode: number) => void): void {}
